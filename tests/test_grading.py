"""Python and JavaScript grade alike: both run the frozen vectors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from capisce.grading import fold, grade, longest_run
from capisce.model import RULES, ChecklistKey, ChoiceKey, Key, OrderKey, PairsKey, SpotKey, SpotTurn, TextKey
from capisce.rendering.interface import RUNTIME
from conftest import vectors
from playwright.sync_api import Page

VECTORS = Path(__file__).parent / "vectors"
FROZEN = VECTORS / "frozen.txt"


def key_of(key: dict[str, Any]) -> Key:
    """Return the key that a vector writes as JSON."""
    makers: dict[str, Callable[[], Key]] = {
        "choice": lambda: ChoiceKey(tuple(key["options"]), tuple(key["right"])),
        "pairs": lambda: PairsKey(tuple(key["choices"]), {part: tuple(right) for part, right in key["parts"].items()}),
        "order": lambda: OrderKey(tuple(key["items"])),
        "text": lambda: TextKey(tuple(key["accepted"]), {m: tuple(s) for m, s in key.get("misses", {}).items()}),
        "checklist": lambda: ChecklistKey(tuple(key["units"])),
        "spot": lambda: SpotKey(
            tuple(key["errors"]),
            {
                name: SpotTurn(tuple(turn["errors"]), tuple(turn["repairs"]), turn["right"])
                for name, turn in key["turns"].items()
            },
        ),
    }
    return makers[key["rule"]]()


@pytest.fixture(scope="module")
def grader(browser: Any) -> Any:
    """A page that holds nothing but the JavaScript grader."""
    page = browser.new_page()
    script = (RUNTIME / "grading.js").read_text(encoding="utf-8")
    page.evaluate(f"() => {{ {script}\nObject.assign(window, {{ grade, fold }}); }}")
    yield page
    page.close()


@pytest.mark.parametrize("case", vectors())
def test_python_gives_the_marks_of_the_vector(case: dict[str, Any]) -> None:
    score = grade(key_of(case["key"]), case["response"])
    assert (asdict(score) if score else None) == case["score"]


def test_javascript_gives_the_marks_of_every_vector(grader: Page) -> None:
    cases = [case.values[0] for case in vectors()]
    marks = grader.evaluate("cases => cases.map(c => grade(c.key, c.response))", cases)
    assert marks == [case["score"] for case in cases]


def test_both_graders_fold_text_alike(grader: Page) -> None:
    cases = json.loads((VECTORS / "fold.json").read_text(encoding="utf-8"))
    assert [fold(case["in"]) for case in cases] == [case["out"] for case in cases]
    assert grader.evaluate("cases => cases.map(c => fold(c.in))", cases) == [case["out"] for case in cases]


def test_there_are_vectors_enough_for_every_rule() -> None:
    rules = [case.values[0]["key"]["rule"] for case in vectors()]
    assert len(rules) >= 80
    assert all(rules.count(rule) >= 8 for rule in RULES)


def test_no_frozen_vector_has_been_changed_or_deleted(golden: bool) -> None:
    now = {fingerprint(case.values[0]) for case in vectors()}
    if golden:
        FROZEN.write_text("\n".join(sorted(now | set(FROZEN.read_text().split() if FROZEN.exists() else ()))) + "\n")
    frozen = set(FROZEN.read_text().split())
    assert frozen - now == set(), "A vector is never changed or deleted; add another instead."
    assert now - frozen == set(), "Freeze new vectors with `pytest --golden`."


def fingerprint(case: dict[str, Any]) -> str:
    """Return what a vector says, without its name, as a short hash."""
    said = json.dumps([case["key"], case["response"], case["score"]], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def test_the_longest_run_may_have_gaps() -> None:
    assert longest_run([2, 0, 3, 1, 4]) == 3
    assert longest_run([4, 3, 2, 1, 0]) == 1
    assert longest_run([]) == 0
