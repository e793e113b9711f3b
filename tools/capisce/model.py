"""What a course is made of, once read: frozen, in one language, without a trace of the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from capisce.scenario import Line, Scenario, Speaker
from capisce.words import State

Rule = Literal["choice", "pairs", "order", "text", "checklist", "spot"]
RULES: tuple[Rule, ...] = ("choice", "pairs", "order", "text", "checklist", "spot")


@dataclass(frozen=True)
class Score:
    """Marks earned out of marks possible, in whole numbers."""

    earned: int
    possible: int


@dataclass(frozen=True)
class ChoiceKey:
    """Which of the options are right."""

    options: tuple[str, ...]
    right: tuple[str, ...]
    rule: Rule = "choice"

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "options": list(self.options), "right": list(self.right)}


@dataclass(frozen=True)
class PairsKey:
    """For each part, the choices that are right for it."""

    choices: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    rule: Rule = "pairs"

    def as_json(self) -> dict[str, Any]:
        parts = {part: list(right) for part, right in self.parts.items()}
        return {"rule": self.rule, "choices": list(self.choices), "parts": parts}


@dataclass(frozen=True)
class OrderKey:
    """The items in the right order."""

    items: tuple[str, ...]
    rule: Rule = "order"

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "items": list(self.items)}


@dataclass(frozen=True)
class TextKey:
    """The spellings that are right, and typical misses by the id of their feedback."""

    accepted: tuple[str, ...]
    misses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule: Rule = "text"

    def as_json(self) -> dict[str, Any]:
        misses = {miss: list(spellings) for miss, spellings in self.misses.items()}
        return {"rule": self.rule, "accepted": list(self.accepted), "misses": misses}


@dataclass(frozen=True)
class ChecklistKey:
    """The units that a learner ticks off for themselves."""

    units: tuple[str, ...]
    rule: Rule = "checklist"

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "units": list(self.units)}


@dataclass(frozen=True)
class SpotTurn:
    """One turn of a dialogue: the names its error may be given (none when all is right), the repairs, the right one."""

    errors: tuple[str, ...]
    repairs: tuple[str, ...]
    right: str = ""


@dataclass(frozen=True)
class SpotKey:
    """The names offered for errors, and for each turn what is wrong with it."""

    errors: tuple[str, ...]
    turns: Mapping[str, SpotTurn]
    rule: Rule = "spot"

    def as_json(self) -> dict[str, Any]:
        turns = {
            name: {"errors": list(turn.errors), "repairs": list(turn.repairs), "right": turn.right}
            for name, turn in self.turns.items()
        }
        return {"rule": self.rule, "errors": list(self.errors), "turns": turns}


Key = ChoiceKey | PairsKey | OrderKey | TextKey | ChecklistKey | SpotKey


@dataclass(frozen=True)
class Part:
    """What feedback can be given on: an option, an item, a gap, a typical miss. Words are inline Markdown."""

    id: str
    text: str
    feedback: str = ""
    exclusive: bool = False


@dataclass(frozen=True)
class Target:
    """What an item is paired with: a heading, a second half, a word for a gap."""

    id: str
    text: str


@dataclass(frozen=True)
class Turn:
    """One turn of an interpreted dialogue: who spoke, what was said, what the interpreter made of it."""

    id: str
    who: Speaker
    says: str
    rendition: str
    repairs: tuple[Target, ...]


@dataclass(frozen=True)
class Segment:
    """One turn to render: who speaks, what is said, a recording of it where there is one, its units of meaning."""

    id: str
    who: Speaker
    says: str
    units: tuple[Target, ...]
    audio: str = ""


@dataclass(frozen=True)
class Segments:
    """A dialogue to render, and the page to go to next for each thing that may have gone wrong."""

    segments: tuple[Segment, ...]
    next: Mapping[str, str]


@dataclass(frozen=True)
class Thing:
    """A piece of furniture on a room plan; lengths in decimetres, the place is its middle."""

    id: str
    shape: str
    at: tuple[int, int]
    size: tuple[int, int]
    text: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody on a room plan, seen from above, and what they face."""

    id: str
    at: tuple[int, int]
    faces: tuple[int, int] | None
    text: str


@dataclass(frozen=True)
class Seat:
    """A place to choose on a room plan, and whom one sees from it."""

    id: str
    at: tuple[int, int]
    sees: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Plan:
    """A room seen from above; lengths in decimetres, from the top left corner."""

    size: tuple[int, int]
    alt: str
    things: tuple[Thing, ...]
    people: tuple[Person, ...]
    seats: tuple[Seat, ...] = ()


Matter = tuple[Turn, ...] | Segments | Plan
"""What some kinds show beside their parts: a dialogue, turns to render, a room."""


@dataclass(frozen=True)
class Question:
    """One question in one language. `lang` is the language its words are really in."""

    id: str
    quiz: str
    kind: str
    key: Key
    prompt: str
    parts: tuple[Part, ...]
    targets: tuple[Target, ...] = ()
    text: str = ""
    choose_any: bool = False
    typed_lang: str = ""
    matter: Matter | None = None
    why: str = ""
    hint: str = ""
    objective: str = ""
    sources: tuple[str, ...] = ()
    lang: str = "en"
    state: State = State.DRAFT
    line: int = 0

    @property
    def ref(self) -> str:
        """The name by which a lesson and a learner's progress know the question."""
        return f"{self.quiz}.{self.id}"


@dataclass(frozen=True)
class Quiz:
    """Questions that belong together, in one language."""

    slug: str
    title: str
    module: str
    questions: Mapping[str, Question]
    intro: str = ""
    pass_percent: int | None = None
    lang: str = "en"
    state: State = State.DRAFT


@dataclass(frozen=True)
class Reference:
    """Something a lesson's Markdown asks for: a block, a citation, a glossary link."""

    sort: Literal["quiz", "question", "scenario", "walkthrough", "cite", "term", "block"]
    name: str
    line: int


@dataclass(frozen=True)
class Lesson:
    """One page of the course in one language. `path` is relative to the language's folder."""

    path: str
    lang: str
    title: str
    module: str = ""
    minutes: int | None = None
    objectives: tuple[str, ...] = ()
    checked: str = ""
    load: int = 1
    leave: bool = False
    references: tuple[Reference, ...] = ()
    digest: str = ""
    state: State = State.DRAFT
    review: str = ""


@dataclass(frozen=True)
class Edition:
    """A source as it is called in one language."""

    lang: str
    short: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Source:
    """Something the course cites. The first edition is the one the others fall back to."""

    id: str
    group: str
    year: int | None
    checked: str
    editions: Mapping[str, Edition]

    def edition(self, lang: str) -> Edition:
        """Return the edition for `lang`, its gaps filled from the first edition."""
        first = next(iter(self.editions.values()))
        own = self.editions.get(lang) or self.editions.get("en") or first
        if own.title:
            return own
        return Edition(first.lang, own.short, first.title, first.url)


@dataclass(frozen=True)
class Variant:
    """A term as one country uses it."""

    country: str
    term: str
    note: str = ""


@dataclass(frozen=True)
class Avoided:
    """A word that is not used, and why."""

    term: str
    why: str


@dataclass(frozen=True)
class Term:
    """What one language calls a concept, and what its countries do."""

    term: str
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True)
class Concept:
    """One idea of the glossary with its term in one language."""

    id: str
    domain: str
    term: str
    definition: str
    note: str = ""
    variants: tuple[Variant, ...] = ()
    avoid: tuple[Avoided, ...] = ()
    see: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    lang: str = "en"
    state: State = State.DRAFT


@dataclass(frozen=True)
class Objective:
    """What a learner can do after a lesson; completes "After this lesson you can"."""

    id: str
    text: str
    lang: str = "en"
    state: State = State.DRAFT


@dataclass(frozen=True)
class Cue:
    """A caption of a film, from `start` to `end` in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Film:
    """A partner's own film: its file and its captions by language, below docs/, and those of one language read."""

    file: str
    captions: Mapping[str, str]
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Stage:
    """A stage of an interview: what happens, what is said, why, what it asks of the interpreter, and a question."""

    id: str
    title: str
    text: str
    lines: tuple[tuple[Speaker, Line], ...]
    why: str
    ask: str
    question: str
    plan: Plan | None = None
    at: int | None = None
    """The second of the film at which the stage begins."""


@dataclass(frozen=True)
class Walkthrough:
    """An interview stage by stage, in one language."""

    slug: str
    title: str
    summary: str
    stages: Mapping[str, Stage]
    film: Film | None = None
    lang: str = "en"
    state: State = State.DRAFT


@dataclass(frozen=True)
class Course:
    """Everything, in one language, with pieces not translated yet in English."""

    lang: str
    quizzes: Mapping[str, Quiz]
    lessons: Mapping[str, Lesson]
    sources: Mapping[str, Source]
    concepts: Mapping[str, Concept]
    objectives: Mapping[str, Objective]
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    walkthroughs: Mapping[str, Walkthrough] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    """Language -> concept -> its term, for a glossary that shows all languages side by side."""

    def question(self, ref: str) -> Question | None:
        """Return the question called `<quiz>.<id>`."""
        slug, _, name = ref.partition(".")
        quiz = self.quizzes.get(slug)
        return quiz.questions.get(name) if quiz else None

    def lessons_for(self, objective: str) -> list[Lesson]:
        """Return the lessons that teach an objective."""
        return [lesson for lesson in self.lessons.values() if objective in lesson.objectives]
