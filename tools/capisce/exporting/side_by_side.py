"""Words of one question in several languages side by side, as Moodle's filter for several languages reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from capisce.exporting.inline import Writer
from capisce.model import Course, Question
from capisce.rendering.interface import Interface

Get = Callable[[Question, Interface], str]
"""Takes words with marks from a question, or from the interface."""
Make = Callable[[Question, Writer, Interface], str]
"""Makes HTML of a question."""


def side_by_side(versions: Mapping[str, str], block: bool) -> str:
    """Return versions of some HTML by language as one; where all are alike, that one."""
    if len(set(versions.values())) < 2:
        return next(iter(versions.values()), "")
    tag = "div" if block else "span"
    return "".join(f'<{tag} lang="{lang}" class="multilang">{html}</{tag}>' for lang, html in versions.items())


def in_its_language(html: str, own: str, lang: str, block: bool) -> str:
    """Mark HTML that is not translated yet with the language it is in."""
    if own == lang or not html:
        return html
    return f'<section lang="{own}">{html}</section>' if block else f'<bdi lang="{own}">{html}</bdi>'


class Piece:
    """One question in one or more languages."""

    def __init__(self, questions: Mapping[str, Question], courses: Mapping[str, Course]) -> None:
        self.questions = questions
        self.question = next(iter(questions.values()))
        self.ref = self.question.ref
        self.langs = list(questions)
        self._writers = {lang: Writer(courses[lang]) for lang in questions}

    def inline(self, get: Get, ours: bool = False) -> str:
        """Return words as HTML for one line; `ours` are the interface's, which are always translated."""
        return self._html(lambda q, w, i: w.html(get(q, i), i.lang if ours else q.lang), False, ours)

    def block(self, get: Get, ours: bool = False) -> str:
        """Return words as paragraphs."""
        return self._html(lambda q, w, i: w.paragraphs(get(q, i), i.lang if ours else q.lang), True, ours)

    def made(self, make: Make, ours: bool = False) -> str:
        """Return HTML that is made for each language."""
        return self._html(make, True, ours)

    def plain(self, lang: str, get: Get) -> str:
        """Return words in one language as text."""
        question = self.questions[lang]
        return self._writers[lang].plain(get(question, Interface(lang)), question.lang)

    def _html(self, make: Make, block: bool, ours: bool) -> str:
        versions = {}
        for lang, question in self.questions.items():
            html = make(question, self._writers[lang], Interface(lang))
            versions[lang] = html if ours else in_its_language(html, question.lang, lang, block)
        return side_by_side(versions, block)
