"""Read a quiz: its questions, each as its kind writes it, in one language."""

from __future__ import annotations

from capisce.fields import Fields, nearest
from capisce.kinds import KINDS
from capisce.located import Document
from capisce.model import Question, Quiz
from capisce.problems import Problem
from capisce.reading.marked import Known, check_marks
from capisce.reading.shelf import Shelf
from capisce.reading.translations import Laid, lay_head, lay_pieces, read_review
from capisce.words import SOURCE_LANGUAGE, State

FOLDER = "quizzes"


def read_quizzes(shelf: Shelf, lang: str, known: Known, problems: list[Problem]) -> dict[str, Quiz]:
    """Read every quiz of the course, sorted by slug."""
    quizzes = {}
    for slug, english in shelf.named(FOLDER, lang):
        quizzes[slug] = read_quiz(slug, _laid(shelf, english, slug, lang, problems), known, problems)
    return quizzes


def read_quiz(slug: str, laid: Laid, known: Known, problems: list[Problem]) -> Quiz:
    """Read one quiz from a laid document; a question that cannot be read is left out."""
    fields = Fields.of(laid.document, problems)
    title, intro = fields.text("title"), fields.text("intro", required=False)
    module = fields.id("module")
    pass_percent = fields.number("pass", 1, 100)
    questions = {}
    for name, below in fields.each("questions", low=1):
        question = read_question(slug, below, laid, known)
        if question is not None:
            questions[name] = question
    check_marks(laid.document, (), {"title": title, "intro": intro}, known, problems)
    fields.finish({"of", "method", "review"})
    lang, state = laid.langs.get("", "en"), laid.states.get("", State.DRAFT)
    return Quiz(slug, title, module, questions, intro, pass_percent, lang, state)


def read_question(quiz: str, fields: Fields, laid: Laid, known: Known) -> Question | None:
    """Read one question; `None` when its kind is unknown."""
    name = fields.take("kind")
    if "kind" not in fields.value:
        fix = "Add a line such as `kind: single`. The kinds are " + ", ".join(f"`{kind}`" for kind in KINDS) + "."
        fields.note("missing-key", f"`kind:` is missing in `{fields.name}`.", fix)
        return None
    if not isinstance(name, str) or name not in KINDS:
        fields.note("unknown-kind", f"There is no question kind `{name}`.", nearest(str(name), KINDS), "kind")
        return None
    prompt = fields.text("prompt")
    why, hint = fields.text("why", required=False), fields.text("hint", required=False)
    objective = fields.id("objective", required=False)
    sources = fields.ids("sources")
    read_review(fields)
    body = KINDS[name].read(fields)
    fields.finish({"of", "method"})
    check_marks(fields.document, fields.path, fields.value, known, fields.problems)
    _check_references(fields, objective, sources, known)
    return Question(
        id=fields.name,
        quiz=quiz,
        kind=name,
        key=body.key,
        prompt=prompt,
        parts=body.parts,
        targets=body.targets,
        text=body.text,
        choose_any=body.choose_any,
        typed_lang=body.typed_lang,
        matter=body.matter,
        why=why,
        hint=hint,
        objective=objective,
        sources=sources,
        lang=laid.langs.get(fields.name, "en"),
        state=laid.states.get(fields.name, State.DRAFT),
        line=fields.document.where(fields.path)[1],
    )


def _laid(shelf: Shelf, english: Document, slug: str, lang: str, problems: list[Problem]) -> Laid:
    translation = shelf.open(f"{FOLDER}/{lang}/{slug}.yml") if lang != SOURCE_LANGUAGE else None
    laid = lay_pieces(english, translation, lang, "questions", problems)
    if translation is not None:
        lay_head(english, translation, laid, ("title", "intro"), lang, problems)
        _check_top(translation, english, problems)
    elif lang != SOURCE_LANGUAGE:
        laid.langs[""], laid.states[""] = SOURCE_LANGUAGE, State.MISSING
    return laid


def _check_top(translation: Document, english: Document, problems: list[Problem]) -> None:
    for key in translation.value:
        if key in ("title", "intro", "questions", "of", "method", "review"):
            continue
        file, line = translation.where((key,))
        code = "structure-in-translation" if key in english.value else "unknown-key"
        what = f"`{key}` does not belong in a translation."
        problems.append(Problem(file, line, code, what, "Take the line out: a translation holds words only."))


def _check_references(fields: Fields, objective: str, sources: tuple[str, ...], known: Known) -> None:
    if objective and objective not in known.objectives:
        what = f"There is no objective `{objective}` in reference/objectives.yml."
        fields.note("unknown-objective", what, nearest(objective, known.objectives), "objective")
    for source in sources:
        if source not in known.sources:
            what = f"There is no source `{source}` in reference/sources.yml."
            fields.note("unknown-source", what, nearest(source, known.sources), "sources")
