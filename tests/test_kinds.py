"""Every kind: its sample reads clean, its key earns full marks, an empty response is not graded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from by_keyboard import full_response
from capisce.fields import Fields
from capisce.grading import grade
from capisce.kinds import KINDS, folder_of
from capisce.located import read_yaml
from capisce.model import RULES, Course, OrderKey, Question
from capisce.problems import Problem
from capisce.reading.marked import Known
from capisce.reading.quizzes import read_question
from capisce.reading.translations import Laid
from capisce.rendering import Setting, render_question
from capisce.schema import quiz_schema
from capisce.starting import KINDS_FOLDER

KNOWN = Known((), (), ())
EMPTY: dict[str, Any] = {"choice": [], "pairs": {}, "order": [], "text": "", "checklist": [], "spot": {}}


def read_sample(kind: str) -> tuple[Question, list[Problem]]:
    """Read the sample of a kind."""
    document, problems = read_yaml(KINDS_FOLDER / folder_of(kind), "sample.yml")
    assert document is not None
    name = next(iter(document.value))
    question = read_question(
        "sample", Fields(document, (name,), document.value[name], problems), Laid(document, "en"), KNOWN
    )
    assert question is not None
    return question, problems


@pytest.mark.parametrize("kind", KINDS)
class TestKind:
    def test_has_its_four_files(self, kind: str) -> None:
        folder = folder_of(kind)
        files = {"__init__.py", f"{folder}.html", f"{folder}.js", "sample.yml"}
        assert {path.name for path in (KINDS_FOLDER / folder).iterdir() if path.is_file()} == files

    def test_sample_reads_without_a_problem(self, kind: str) -> None:
        assert read_sample(kind)[1] == []

    def test_sample_fits_the_schema_for_editors(self, kind: str) -> None:
        sample = yaml.safe_load((KINDS_FOLDER / folder_of(kind) / "sample.yml").read_text(encoding="utf-8"))
        jsonschema.validate({"title": "Sample", "module": "sample", "questions": sample}, quiz_schema())

    def test_key_earns_full_marks(self, kind: str) -> None:
        question, _ = read_sample(kind)
        score = grade(question.key, full_response(question.key))
        assert score is not None
        assert score.earned == score.possible > 0

    def test_empty_response_is_not_graded(self, kind: str) -> None:
        question, _ = read_sample(kind)
        assert question.key.rule in RULES
        assert grade(question.key, EMPTY[question.key.rule]) is None

    def test_form_holds_every_word_and_names_every_part(self, kind: str) -> None:
        question, _ = read_sample(kind)
        html = render_question(question, Setting(Course("en", {}, {}, {}, {}, {})))
        for part in question.parts:
            assert part.feedback in html
            if kind != "term":  # a typical miss is not shown in the form
                assert f'"{part.id}"' in html
        assert question.prompt in html

    def test_order_shown_is_never_the_right_one(self, kind: str) -> None:
        question, _ = read_sample(kind)
        if isinstance(question.key, OrderKey):
            html = render_question(question, Setting(Course("en", {}, {}, {}, {}, {})))
            shown = sorted(question.key.items, key=lambda item: html.index(f'data-item="{item}"'))
            assert tuple(shown) != question.key.items


def test_every_folder_of_a_kind_is_registered() -> None:
    folders = {path.parent.name for path in Path(KINDS_FOLDER).glob("*/__init__.py")}
    assert folders == {folder_of(kind) for kind in KINDS}


SPOILT = [
    ("spot", "error: closed", "error: leading", "unknown-option"),
    ("spot", "errors: [closed,", "errors: [clsed,", "unknown-value"),
    ("spot", "who: officer", "who: oficer", "unknown-speaker"),
    ("spot", "about the house., correct: true}", "about the house.}", "no-right-option"),
    ("spot", "{text: It was four rooms.}", "{text: It was four rooms., correct: true}", "too-many-right"),
    ("spot", "      error: omission\n", "", "too-many-right"),
    ("place", "at: [37, 18]", "at: [60, 18]", "out-of-range"),
    ("place", "at: [37, 18]", "at: 37", "not-a-number"),
    ("place", "sees: [interviewer, child]", "sees: [interviewer, chld]", "unknown-option"),
    ("place", "faces: table", "faces: tabel", "unknown-option"),
    ("place", "shape: round-table", "shape: square", "unknown-value"),
    ("place", "    alt: A room", "    lat: A room", "missing-key"),
    ("place", "size: [50, 36]", "size: [50, -36]", "out-of-range"),
    ("render", "Take your time.", "Take your time. " + 30 * "now ", "out-of-range"),
    ("render", "hour: {text", "omission: {text", "bad-id"),
    ("render", "    done: index.md", "    omission: index.md", "missing-key"),
    ("reflect", "  points:", "  point:", "missing-key"),
]


@pytest.mark.parametrize(("kind", "good", "bad", "code"), SPOILT)
def test_a_spoilt_sample_is_told(kind: str, good: str, bad: str, code: str, tmp_path: Path) -> None:
    text = (KINDS_FOLDER / folder_of(kind) / "sample.yml").read_text(encoding="utf-8")
    assert good in text
    (tmp_path / "sample.yml").write_text(text.replace(good, bad, 1), encoding="utf-8")
    document, problems = read_yaml(tmp_path, "sample.yml")
    assert document is not None
    name = next(iter(document.value))
    read_question("sample", Fields(document, (name,), document.value[name], problems), Laid(document, "en"), KNOWN)
    assert code in {problem.code for problem in problems}
    assert all(problem.line for problem in problems)
