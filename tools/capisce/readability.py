"""How long and how hard pages are: words, minutes, sentences, and each language's own measure of ease.

The measures are published ones, each from 0 (hard) to 100 (easy): Flesch 1948 for English, Kandel and Moles 1958
for French, Douma 1960 for Dutch, Gulpease (Lucisano and Piemontese 1988) for Italian. They count letters and
syllables and know nothing of meaning: a reason to look again at a page, never a mark for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from capisce.located import read_text
from capisce.marks import BLOCK, CITE
from capisce.model import Course, Lesson, Question, Walkthrough

WORDS_A_MINUTE = 120
"""Somebody who studies in a second language, with care."""
MINUTES_A_QUESTION = 0.75
LONGER = {"spot": 5.0, "render": 8.0, "reflect": 2.0}
"""Minutes for a question of the kinds that take longer than a choice."""
LONG_SENTENCE = 30
RATIO = (0.8, 1.4)
"""How long a translated page may be, measured against the English."""

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_LINK = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})")
_MARKS = re.compile(r"[*_`#>|]|^[ \t]*(?:[-+]|\d+\.)[ \t]|^[ \t|:-]+$", re.M)
_SENTENCE = re.compile(r"(?<=[.!?…:;])[ \u00a0\u202f»’”]*(?:\s|$)+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+")
_VOWELS = re.compile(r"[aeiouyàâäáéèêëíìîïóòôöúùûüœæ]+", re.I)
_EASE = {
    "en": lambda length, syllables: 206.835 - 1.015 * length - 84.6 * syllables,
    "fr": lambda length, syllables: 207 - 1.015 * length - 73.6 * syllables,
    "nl": lambda length, syllables: 206.84 - 0.93 * length - 77 * syllables,
}


@dataclass(frozen=True)
class Page:
    """What is measured of a page: words, sentences with their words, minutes stated and reckoned, ease 0-100."""

    lesson: Lesson
    words: int
    sentences: tuple[str, ...]
    minutes: float
    ease: int
    ratio: float | None = None

    @property
    def mean(self) -> float:
        """Words in a sentence, on average."""
        return self.words / max(1, len(self.sentences))

    @property
    def long(self) -> list[str]:
        """The sentences that are longer than readers on a phone follow with ease."""
        return [sentence for sentence in self.sentences if len(_WORD.findall(sentence)) > LONG_SENTENCE]

    @property
    def is_off_time(self) -> bool:
        """Whether the minutes reckoned are off the minutes stated by more than a third."""
        stated = self.lesson.minutes
        return bool(stated) and not 2 / 3 <= self.minutes / (stated or 1) <= 4 / 3

    @property
    def is_off_length(self) -> bool:
        """Whether a translation is much shorter or longer than the English."""
        return self.ratio is not None and not RATIO[0] <= self.ratio <= RATIO[1]


def measure(root: Path, course: Course) -> list[Page]:
    """Measure every page of the course's language that is translated."""
    pages = []
    for lesson in course.lessons.values():
        if lesson.lang != course.lang:
            continue
        text = visible_text(_read(root, course.lang, lesson.path))
        english = visible_text(_read(root, "en", lesson.path)) if course.lang != "en" else ""
        ratio = len(text) / len(english) if english else None
        pages.append(_measure(lesson, course, text, ratio))
    return pages


def _measure(lesson: Lesson, course: Course, text: str, ratio: float | None) -> Page:
    sentences = tuple(sentence for sentence in _split(text) if _WORD.search(sentence))
    words = _WORD.findall(text)
    minutes = len(words) / WORDS_A_MINUTE + _exercise_minutes(lesson, course)
    return Page(lesson, len(words), sentences, minutes, ease(words, len(sentences), course.lang), ratio)


def _exercise_minutes(lesson: Lesson, course: Course) -> float:
    minutes = 0.0
    for reference in lesson.references:
        if reference.sort == "question":
            minutes += _question_minutes(course.question(reference.name))
        elif reference.sort == "quiz" and reference.name in course.quizzes:
            minutes += sum(_question_minutes(one) for one in course.quizzes[reference.name].questions.values())
        elif reference.sort == "walkthrough" and reference.name in course.walkthroughs:
            minutes += _walk_minutes(course.walkthroughs[reference.name], course)
        elif reference.sort == "scenario" and reference.name in course.scenarios:
            minutes += course.scenarios[reference.name].minutes or 0
    return minutes


def _question_minutes(question: Question | None) -> float:
    return LONGER.get(question.kind, MINUTES_A_QUESTION) if question else 0.0


def _walk_minutes(walkthrough: Walkthrough, course: Course) -> float:
    texts = [
        text
        for stage in walkthrough.stages.values()
        for text in (stage.text, stage.why, stage.ask, *(line.says for _, line in stage.lines))
    ]
    reading = sum(len(_WORD.findall(visible_text(text))) for text in texts) / WORDS_A_MINUTE
    return reading + sum(_question_minutes(course.question(stage.question)) for stage in walkthrough.stages.values())


def ease(words: Iterable[str], sentences: int, lang: str) -> int:
    """Return the language's measure of ease, kept between 0 and 100."""
    listed = list(words)
    count, sentences = max(1, len(listed)), max(1, sentences)
    if lang == "it":
        letters = sum(len(word) for word in listed)
        value = 89 + (300 * sentences - 10 * letters) / count
    else:
        syllables = sum(max(1, len(_VOWELS.findall(word))) for word in listed) / count
        value = _EASE[lang](count / sentences, syllables)
    return max(0, min(100, round(value)))


def visible_text(markdown: str) -> str:
    """Return the words of a page as a reader meets them, without marks, blocks, citations and front matter."""
    text = _FRONT.sub("", markdown)
    text = "\n".join("" if BLOCK.match(line) else line for line in text.split("\n"))
    text = _LINK.sub(r"\1", CITE.sub("", text))
    return _MARKS.sub(" ", text)


def _split(text: str) -> list[str]:
    """Cut text into sentences; a heading, a list item and a table cell are each one."""
    return [" ".join(part.split()) for line in text.split("\n") for part in _SENTENCE.split(line) if part.strip()]


def _read(root: Path, lang: str, path: str) -> str:
    text, _ = read_text(root, f"docs/{lang}/{path}")
    return text or ""


def report_reading(pages: Iterable[Page], everything: bool = False) -> str:
    """Return a table of pages, those that stand out or all, and the longest sentences of each."""
    lines = [f"{'page':42} {'words':>6} {'min':>4} {'reckoned':>8} {'sentence':>8} {'ease':>5} {'ratio':>6}"]
    listed = [page for page in pages if everything or page.is_off_time or page.is_off_length or page.long]
    for page in listed:
        marks = ("time " if page.is_off_time else "") + ("length" if page.is_off_length else "")
        ratio = f"{page.ratio:6.2f}" if page.ratio is not None else f"{'':6}"
        lines.append(
            f"{page.lesson.path:42} {page.words:6} {page.lesson.minutes or 0:4} {page.minutes:8.1f} "
            f"{page.mean:8.1f} {page.ease:5} {ratio} {marks}".rstrip()
        )
        lines += [f"    {len(_WORD.findall(sentence))} words: {sentence[:90]}..." for sentence in page.long]
    return "\n".join(lines if listed else [*lines, "No page stands out."])
