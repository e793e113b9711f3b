"""The question bank as Moodle XML: native questions with feedback, hints, tags and ids.

Element names as Moodle's own reader knows them: question/format/xml/format.php.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from capisce.exporting import asking, moodle
from capisce.exporting.inline import Writer
from capisce.exporting.losses import Losses, note_words
from capisce.exporting.moodle_types import body_of, html_leaf, points, text_leaf, without_gaps
from capisce.exporting.side_by_side import Piece, in_its_language, side_by_side
from capisce.exporting.text import branch, document, escaped, leaf
from capisce.model import ChecklistKey, Course, Question, Quiz
from capisce.rendering.interface import Interface

EVERYWHERE = (
    *moodle.EVERYWHERE,
    "Hints are shown by the behaviours with several tries, such as “Interactive with multiple tries”.",
    "Several languages in one file (--multilang) need Moodle’s filter “Multi-Language Content”, "
    "switched on for content and headings.",
)


def export(
    courses: Mapping[str, Course], slugs: Sequence[str], losses: Losses, tell: Callable[[], None] = lambda: None
) -> bytes:
    """Return the quizzes as one file; with several courses, in all their languages side by side."""
    blocks = []
    for slug in slugs:
        quizzes = {lang: course.quizzes[slug] for lang, course in courses.items()}
        quiz = next(iter(quizzes.values()))
        moodle.note_pass(quiz, losses)
        blocks.append(_category(quizzes, courses))
        for questions in asking.asked(courses, slug):
            block = _question(Piece(questions, courses), quiz, losses)
            blocks += [block] if block else []
            tell()
    return document(*branch("quiz", *blocks))


def _category(quizzes: Mapping[str, Quiz], courses: Mapping[str, Course]) -> list[str]:
    """Return the category of a quiz, described by its title and introduction."""
    slug, module = next((quiz.slug, quiz.module) for quiz in quizzes.values())
    lang = next(iter(quizzes)) if len(quizzes) == 1 else ""
    told = {}
    for code, quiz in quizzes.items():
        writer = Writer(courses[code])
        html = f"<p>{writer.html(quiz.title, quiz.lang)}</p>{writer.paragraphs(quiz.intro, quiz.lang)}"
        told[code] = in_its_language(html, quiz.lang, code, block=True)
    return branch(
        "question",
        branch("category", leaf("text", escaped(moodle.category(module, slug, lang)))),
        branch("info", html_leaf(side_by_side(told, block=True)), format="html"),
        leaf("idnumber", escaped(f"{slug}.{lang}" if lang else slug)),
        type="category",
    )


def _question(piece: Piece, quiz: Quiz, losses: Losses) -> list[str]:
    """Return one question, or nothing when Moodle has none like it."""
    question = piece.question
    body = body_of(piece, losses)
    if body is None:
        return []
    kind, asked, own = body
    for lang in piece.langs:
        note_words(piece.questions[lang], losses, lang, plain=False)
    moodle.note_question(question, losses)
    prompt = piece.block(lambda q, _: q.prompt)
    if not asking.shows_gaps(question):
        asked = piece.block(lambda q, _: q.text) + asked
    if kind == "gapselect":
        prompt = without_gaps(prompt)
    feedback = piece.block(lambda q, _: q.why) + _feedback_list(piece, losses) + _sources(piece)
    tags = asking.labels(question, quiz, piece.langs if len(piece.langs) == 1 else ())
    return branch(
        "question",
        branch("name", leaf("text", escaped(question.ref))),
        branch("questiontext", html_leaf(prompt + _instruction(piece) + asked), format="html"),
        branch("generalfeedback", html_leaf(feedback), format="html"),
        leaf("defaultgrade", str(asking.possible_marks(question.key))),
        leaf("penalty", "0.3333333"),
        leaf("hidden", "0"),
        leaf("idnumber", escaped(moodle.idnumber(question, losses))),
        *own,
        *_hint(piece, kind, losses),
        branch("tags", *(branch("tag", text_leaf(tag)) for tag in moodle.fitting(tags, question, losses))),
        type=kind,
    )


def _feedback_list(piece: Piece, losses: Losses) -> str:
    """Return the feedback on parts that Moodle cannot give one by one, and the points of a checklist."""
    key = piece.question.key
    if isinstance(key, ChecklistKey):
        lead = piece.block(lambda _, i: i.export["compare"], ours=True)
        return lead + piece.made(lambda q, w, _: points(key, q, w))
    if not asking.listed_feedback(piece.question):
        return ""
    losses.note(piece.ref, "feedback", "feedback on each item is shown as a list, whatever the response")

    def listed(question: Question, writer: Writer, interface: Interface) -> str:
        items = []
        for part in asking.listed_feedback(question):
            name = writer.html(asking.part_name(question, part, interface), question.lang)
            items.append(f"<li><strong>{name}</strong> – {writer.html(part.feedback, question.lang)}</li>")
        return f"<ul>{''.join(items)}</ul>"

    return piece.made(listed)


def _sources(piece: Piece) -> str:
    names = asking.extra_sources(piece.question)
    if not names:
        return ""
    return piece.made(
        lambda _, writer, interface: (
            f"<p>{escape(asking.sources_lead(interface))} " + "; ".join(writer.source(name) for name in names) + "</p>"
        ),
        ours=True,
    )


def _instruction(piece: Piece) -> str:
    text = piece.inline(asking.instruction, ours=True)
    return f"<p><em>{text}</em></p>" if text else ""


def _hint(piece: Piece, kind: str, losses: Losses) -> list[list[str]]:
    if not piece.question.hint:
        return []
    if kind == "essay":
        losses.note(piece.ref, "hint", "Moodle has no hints for this type of question")
        return []
    return [branch("hint", html_leaf(piece.block(lambda q, _: q.hint)), format="html")]
