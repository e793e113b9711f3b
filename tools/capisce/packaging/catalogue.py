"""What the frame of a SCORM package knows of the course: keys, scenes and pass marks, by the ids that pages use."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from capisce.model import Course, Quiz, TextKey
from capisce.scenario import Scenario
from capisce.selecting import modules_of


def catalogue(course: Course, modules: Sequence[str]) -> dict[str, Any]:
    """Return quizzes, scenarios and pass marks as JSON can hold them.

    `t` is a token for a quiz or a scenario: it changes with the structure, so that a record that was kept for
    another edition is never read as something else.
    """
    wanted = list(modules) or modules_of(course)
    graded = {slug: quiz.pass_percent for slug, quiz in course.quizzes.items() if slug in wanted and quiz.pass_percent}
    return {
        "graded": graded,
        "quizzes": {slug: _quiz(quiz) for slug, quiz in course.quizzes.items()},
        "scenarios": {slug: _scenario(scenario) for slug, scenario in course.scenarios.items()},
    }


def _quiz(quiz: Quiz) -> dict[str, Any]:
    keys = {name: _key(question.key) for name, question in quiz.questions.items()}
    return {"t": _token([quiz.slug, keys]), "keys": keys}


def _key(key: Any) -> dict[str, Any]:
    """Return a key without the spellings of a typed term, which differ by language and are never recorded."""
    found: dict[str, Any] = key.as_json()
    return {"rule": "text"} if isinstance(key, TextKey) else found


def _scenario(scenario: Scenario) -> dict[str, Any]:
    scenes = {
        name: {choice.id: choice.to for choice in scene.choices.values()} for name, scene in scenario.scenes.items()
    }
    found = {"start": scenario.start, "scenes": scenes, "possible": scenario.sums.possible}
    return {"t": _token([scenario.slug, found]), **found}


def _token(structure: Any) -> str:
    """Return four characters for a structure: 16 million values for a few hundred quizzes."""
    text = json.dumps(structure, separators=(",", ":"))
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest())[:4].decode("ascii")
