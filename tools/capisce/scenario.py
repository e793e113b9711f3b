"""What a scenario is made of, once read: scenes, the choices between them, and the sums over every path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from capisce.words import State

Quality = Literal["best", "acceptable", "poor", "harmful"]
MARKS: Mapping[str, int] = {"best": 2, "acceptable": 1, "poor": 0, "harmful": 0}
AXES = ("trust", "accuracy", "role", "care")
ENDINGS = ("good", "mixed", "poor")
BASES = ("rule", "evidence", "advice")


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks. `language` is empty for the language of the page, `L` for the child's, or a code."""

    id: str
    role: str
    age: int | None = None
    language: str = ""


@dataclass(frozen=True)
class Line:
    """Something that is said in a scene."""

    id: str
    who: str
    says: str


@dataclass(frozen=True)
class Condition:
    """An axis that has to stand at least, or at most, at a value; nothing is ever evaluated as code."""

    axis: str
    sign: Literal[">=", "<="]
    value: int

    def holds(self, total: int) -> bool:
        """Say whether a total meets the condition."""
        return total >= self.value if self.sign == ">=" else total <= self.value


@dataclass(frozen=True)
class Choice:
    """What the learner may do in a scene, and what becomes of it."""

    id: str
    text: str
    quality: str
    to: str
    follows: str
    because: str
    basis: str = "advice"
    effects: Mapping[str, int] = field(default_factory=dict)
    principles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()

    @property
    def marks(self) -> int:
        return MARKS.get(self.quality, 0)


@dataclass(frozen=True)
class Scene:
    """A moment of the case: what happens, what is said, and the choices, or an ending."""

    id: str
    text: str
    lines: tuple[Line, ...] = ()
    ask: str = ""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    ending: str = ""


@dataclass(frozen=True)
class Sums:
    """What can be reached from the start: the most marks, and each axis from its worst to its best."""

    possible: int
    axes: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Scenario:
    """A branching case in one language."""

    slug: str
    title: str
    module: str
    setting: str
    minutes: int | None
    load: int
    summary: str
    cast: Mapping[str, Speaker]
    start: str
    scenes: Mapping[str, Scene]
    expert: tuple[str, ...]
    questions: tuple[str, ...]
    notes: str
    sums: Sums
    lang: str = "en"
    state: State = State.DRAFT

    def steps(self, path: tuple[str, ...]) -> Iterator[tuple[Scene, Choice]]:
        """Yield the scene and choice of each `scene.choice` of a path."""
        for step in path:
            scene, _, choice = step.partition(".")
            yield self.scenes[scene], self.scenes[scene].choices[choice]
