"""The questions as a spreadsheet for reviewers: a row for every piece of text, a column for every language."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from capisce.exporting import asking
from capisce.exporting.inline import Writer
from capisce.exporting.losses import Losses, note_words
from capisce.model import ChecklistKey, ChoiceKey, Course, OrderKey, PairsKey, Question, Quiz, TextKey
from capisce.rendering.interface import Interface
from capisce.words import State

EVERYWHERE = (
    "Words are plain text: no emphasis, no links; a citation is the short name of its source in brackets.",
    "A cell that begins with = + - or @ has an apostrophe before it, so that no program runs it as a formula.",
)

HEAD = ("module", "quiz", "question", "kind", "piece", "id", "right", "objective", "sources")
"""The columns that are the same in every language."""

_FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
"""What a spreadsheet may run when it opens the file (OWASP, CSV injection)."""


@dataclass(frozen=True)
class Row:
    """One piece of a quiz in one language: what it is, what is right about it, its words and its feedback."""

    piece: str
    id: str
    right: str
    text: str
    feedback: str = ""


def export(
    courses: Mapping[str, Course],
    slugs: Sequence[str],
    losses: Losses,
    tell: Callable[[], None] = lambda: None,
    separator: str = ",",
) -> bytes:
    """Return the quizzes as separated values in UTF-8, with the mark by which Excel knows it."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=separator, lineterminator="\r\n")
    writer.writerow([*HEAD, *(f"{lang} {column}" for lang in courses for column in ("text", "feedback", "state"))])
    for slug in slugs:
        writer.writerows(_quiz_rows(courses, slug))
        for questions in asking.asked(courses, slug):
            for lang, question in questions.items():
                note_words(question, losses, lang, plain=True)
            writer.writerows(_question_rows(questions, courses, slug))
            tell()
    return b"\xef\xbb\xbf" + table.getvalue().encode("utf-8")


def protected(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; taking one apostrophe away gives the words back."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _quiz_rows(courses: Mapping[str, Course], slug: str) -> Iterator[list[str]]:
    quizzes = {lang: course.quizzes[slug] for lang, course in courses.items()}
    first = next(iter(quizzes.values()))
    head = [first.module, slug, "", ""]
    rows: list[tuple[str, Callable[[Quiz], str]]] = [("title", lambda quiz: quiz.title)]
    rows += [("intro", lambda quiz: quiz.intro)] if first.intro else []
    for piece, get in rows:
        cells = [*head, piece, "", "", "", ""]
        for lang, quiz in quizzes.items():
            cells += [_plain(courses[lang], get(quiz), quiz.lang), "", _state(quiz.state, quiz.lang, lang)]
        yield [protected(cell) for cell in cells]
    if first.pass_percent is not None:
        yield [*head, "pass", "", f"{first.pass_percent}%", "", "", *([""] * 3 * len(quizzes))]


def _question_rows(questions: Mapping[str, Question], courses: Mapping[str, Course], slug: str) -> Iterator[list[str]]:
    """Yield the rows of a question, the languages joined by piece and id."""
    first = next(iter(questions.values()))
    module = next(iter(courses.values())).quizzes[slug].module
    by_lang = {
        lang: {(row.piece, row.id): row for row in rows_of(questions[lang], courses[lang])} for lang in questions
    }
    names = {name: None for rows in by_lang.values() for name in rows}
    for number, (piece, id_) in enumerate(names):
        rows = {lang: found.get((piece, id_)) for lang, found in by_lang.items()}
        right = next(row.right for row in rows.values() if row)
        sources = " ".join(first.sources)
        extra = [first.objective, sources] if number == 0 else ["", ""]
        cells = [module, slug, first.id, first.kind, piece, id_, right, *extra]
        for lang in courses:
            row, question = rows.get(lang), questions.get(lang)
            if row is None or question is None:
                cells += ["", "", ""]
            else:
                cells += [row.text, row.feedback, _state(question.state, question.lang, lang) if number == 0 else ""]
        yield [protected(cell) for cell in cells]


def rows_of(question: Question, course: Course) -> Iterator[Row]:
    """Yield the pieces of a question in one language."""
    key = question.key
    interface = Interface(course.lang)
    known = isinstance(key, ChoiceKey | PairsKey | OrderKey | TextKey | ChecklistKey)

    def plain(text: str) -> str:
        return _plain(course, text, question.lang)

    yield Row("prompt", "", "" if known else json.dumps(key.as_json(), ensure_ascii=False), plain(question.prompt))
    if question.text:
        yield Row("text", "", "", plain(question.text))
    if isinstance(key, TextKey):
        for number, spelling in enumerate(key.accepted, 1):
            yield Row("accepted", str(number), "yes", " ".join(spelling.split()))
    for part in question.parts:
        yield Row(
            "part",
            part.id,
            _right(question, part.id),
            plain(asking.part_name(question, part, interface)),
            plain(part.feedback),
        )
    for target in question.targets:
        yield Row("target", target.id, "", plain(target.text))
    if question.hint:
        yield Row("hint", "", "", plain(question.hint))
    if question.why:
        yield Row("why", "", "", plain(question.why))


def _right(question: Question, id_: str) -> str:
    """Return what is right about a part: yes or no, its targets, or its place."""
    match question.key:
        case ChoiceKey(right=right):
            return "yes" if id_ in right else "no"
        case PairsKey(parts=parts):
            return " ".join(parts.get(id_, ()))
        case OrderKey(items=items):
            return str(items.index(id_) + 1) if id_ in items else ""
        case TextKey():
            return "no"
    return ""


def _plain(course: Course, text: str, lang: str) -> str:
    return Writer(course, typesets=False).plain(text, lang)


def _state(state: State, own: str, lang: str) -> str:
    return state.value if own == lang else f"{state.value}, shown in {own}"
