"""Read a scenario: cast, scenes, choices and endings, in one language."""

from __future__ import annotations

import re

from capisce.fields import Fields, nearest
from capisce.kinds.casting import read_cast, read_who
from capisce.located import Document
from capisce.problems import Problem
from capisce.reading.graphs import check_graph
from capisce.reading.marked import Known, check_marks
from capisce.reading.shelf import Shelf
from capisce.reading.translations import Laid, lay_head, lay_pieces, read_review
from capisce.scenario import (
    AXES,
    BASES,
    ENDINGS,
    MARKS,
    Choice,
    Condition,
    Line,
    Scenario,
    Scene,
    Speaker,
)
from capisce.words import SOURCE_LANGUAGE, State

FOLDER = "scenarios"
SETTINGS = ("police-interview", "guardian", "therapy", "asylum", "court", "remote", "hospital", "labour-inspection",
            "suspect", "community", "waiting-room", "shelter", "afterwards")  # fmt: skip
PRINCIPLES = ("accuracy", "completeness", "impartiality", "role-boundary", "confidentiality", "transparency",
              "competence", "child-first", "self-care")  # fmt: skip
HEAD = ("title", "summary", "cast", "debrief", "trainer")
_WHEN = re.compile(r"(>=|<=) ?(-?[0-9]{1,2})")


def read_scenarios(shelf: Shelf, lang: str, known: Known, problems: list[Problem]) -> dict[str, Scenario]:
    """Read every scenario of the course, sorted by slug; one that cannot be played is left out."""
    scenarios = {}
    for slug, english in shelf.named(FOLDER, lang):
        scenario = read_scenario(slug, _laid(shelf, english, slug, lang, problems), known, problems)
        if scenario is not None:
            scenarios[slug] = scenario
    return scenarios


def read_scenario(slug: str, laid: Laid, known: Known, problems: list[Problem]) -> Scenario | None:
    """Read one scenario from a laid document; `None` when its graph cannot be played."""
    fields = Fields.of(laid.document, problems)
    title, summary = fields.text("title"), fields.text("summary")
    module, setting = fields.id("module"), fields.one_of("setting", SETTINGS)
    minutes, load = fields.number("minutes", 1, 60), fields.number("load", 1, 3, 1) or 1
    cast = read_cast(fields)
    start = fields.id("start")
    scenes = {name: _read_scene(below, cast, known) for name, below in fields.each("scenes", low=2)}
    expert = _read_expert(fields)
    questions, notes = _read_questions(fields), _read_notes(fields)
    fields.finish({"of", "method", "review"})
    for key in ("title", "summary", "debrief", "trainer"):
        if key in laid.document.value:
            check_marks(laid.document, (), {key: laid.document.value[key]}, known, problems)
    sums = check_graph(fields, scenes, start, expert)
    if sums is None:
        return None
    worst = [state for state in laid.states.values() if state in (State.MISSING, State.STALE)]
    return Scenario(
        slug, title, module, setting, minutes, load, summary, cast, start, scenes, expert, questions, notes, sums,
        lang=laid.langs.get("", SOURCE_LANGUAGE),
        state=worst[0] if worst else laid.states.get("", State.DRAFT),
    )  # fmt: skip


def _read_scene(fields: Fields, cast: dict[str, Speaker], known: Known) -> Scene:
    text = fields.text("text")
    ending = fields.one_of("ending", ENDINGS, "") if fields.has("ending") else ""
    lines = tuple(_read_line(name, below, cast) for name, below in fields.each("lines", required=False))
    ask = fields.text("ask", required=not ending and fields.has("choices"))
    choices = {}
    if fields.has("choices"):
        choices = {name: _read_choice(name, below, known) for name, below in fields.each("choices", low=2, high=5)}
    read_review(fields)
    fields.finish({"of", "method"})
    check_marks(fields.document, fields.path, fields.value, known, fields.problems)
    return Scene(fields.name, text, lines, ask, choices, ending)


def _read_line(name: str, fields: Fields, cast: dict[str, Speaker]) -> Line:
    line = Line(name, read_who(fields, cast).id, fields.text("says"))
    fields.finish()
    return line


def _read_choice(name: str, fields: Fields, known: Known) -> Choice:
    effects = _read_effects(fields)
    sources = fields.ids("sources")
    for source in sources:
        if source not in known.sources:
            what = f"There is no source `{source}` in reference/sources.yml."
            fields.note("unknown-source", what, nearest(source, known.sources), "sources")
    principles = fields.ids("principles")
    for principle in principles:
        if principle not in PRINCIPLES:
            fields.note(
                "unknown-value", f"`{principle}` is not a principle.", nearest(principle, PRINCIPLES), "principles"
            )
    choice = Choice(
        id=name,
        text=fields.text("text"),
        quality=fields.one_of("quality", MARKS),
        to=fields.id("to"),
        follows=fields.text("follows"),
        because=fields.text("because"),
        basis=fields.one_of("basis", BASES),
        effects=effects,
        principles=principles,
        sources=sources,
        when=_read_when(fields),
    )
    fields.finish()
    return choice


def _read_effects(fields: Fields) -> dict[str, int]:
    below = fields.below("effects", required=False)
    if below is None:
        return {}
    effects = {axis: value for axis in AXES if (value := below.number(axis, -2, 2))}
    below.finish()
    return effects


def _read_when(fields: Fields) -> tuple[Condition, ...]:
    below = fields.below("when", required=False)
    conditions = []
    for axis in below.value if below else ():
        value = below.take(axis) if below else None
        match = _WHEN.fullmatch(value) if isinstance(value, str) else None
        if below and axis in AXES and match:
            conditions.append(Condition(axis, ">=" if match[1] == ">=" else "<=", int(match[2])))
        elif below:
            fix = 'Write an axis and a value, such as trust: ">= 1". The axes are ' + ", ".join(AXES) + "."
            below.note("unknown-value", f"`{axis}` holds no condition that can be read.", fix, axis)
    return tuple(conditions)


def _read_expert(fields: Fields) -> tuple[str, ...]:
    value = fields.take("expert")
    if isinstance(value, list) and value and all(isinstance(step, str) for step in value):
        return tuple(value)
    fields.note("expert-path", "`expert` is not a list of steps.", "Write `expert: [scene.choice, scene.choice]`.")
    return ()


def _read_questions(fields: Fields) -> tuple[str, ...]:
    below = fields.below("debrief")
    if below is None:
        return ()
    questions = []
    for _, entry in below.each("questions", low=1):
        questions.append(entry.text("text"))
        entry.finish()
    below.finish()
    return tuple(questions)


def _read_notes(fields: Fields) -> str:
    below = fields.below("trainer")
    notes = below.below("notes") if below else None
    if below is None or notes is None:
        return ""
    text = notes.text("text")
    notes.finish()
    below.finish()
    return text


def _laid(shelf: Shelf, english: Document, slug: str, lang: str, problems: list[Problem]) -> Laid:
    translation = shelf.open(f"{FOLDER}/{lang}/{slug}.yml") if lang != SOURCE_LANGUAGE else None
    laid = lay_pieces(english, translation, lang, "scenes", problems)
    if translation is not None:
        lay_head(english, translation, laid, HEAD, lang, problems)
    elif lang != SOURCE_LANGUAGE:
        laid.langs[""], laid.states[""] = SOURCE_LANGUAGE, State.MISSING
    return laid
