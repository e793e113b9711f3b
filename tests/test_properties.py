"""Whatever is written or done: the reader returns problems, the graders return marks, and neither ever raises."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml
from capisce.cli import find_problems
from capisce.fields import Fields
from capisce.grading import fold, grade
from capisce.kinds import KINDS, folder_of
from capisce.located import parse_yaml, read_yaml
from capisce.model import ChecklistKey, ChoiceKey, Course, Key, OrderKey, PairsKey, TextKey
from capisce.problems import CODES, Problem
from capisce.reading import read_courses
from capisce.reading.marked import Known
from capisce.reading.quizzes import read_question
from capisce.reading.scenarios import read_scenario
from capisce.reading.translations import Laid, lay_pieces
from capisce.rendering.inline import plain, render_inline
from capisce.rendering.setting import Setting
from capisce.starting import KINDS_FOLDER, new_scenario_text
from capisce.words import digest, lay_over, words_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BASE = Path(__file__).parent / "broken" / "base"
SETTING = Setting(Course("en", {}, {}, {}, {}, {}))

ids = st.sampled_from(["a", "b", "c", "d", "e"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | ids,
    lambda below: st.lists(below, max_size=6) | st.dictionaries(ids | st.text(max_size=5), below, max_size=5),
    max_leaves=8,
)
keys: st.SearchStrategy[Key] = st.one_of(
    st.builds(
        lambda options, right: ChoiceKey(tuple(options), tuple(o for o in options if o in right) or (options[0],)),
        st.lists(ids, min_size=2, unique=True),
        st.sets(ids),
    ),
    st.builds(
        lambda parts, choices: PairsKey(tuple(choices), dict.fromkeys(parts, (choices[0],))),
        st.lists(ids, min_size=1, unique=True),
        st.lists(ids, min_size=2, unique=True),
    ),
    st.builds(lambda items: OrderKey(tuple(items)), st.lists(ids, min_size=3, unique=True)),
    st.builds(lambda spellings: TextKey(tuple(spellings)), st.lists(st.text(min_size=1), min_size=1)),
    st.builds(lambda units: ChecklistKey(tuple(units)), st.lists(ids, min_size=1, unique=True)),
)


@given(keys, anything)
def test_any_response_gives_marks_within_bounds_or_nothing(key: Key, response: Any) -> None:
    score = grade(key, response)
    assert score is None or 0 <= score.earned <= score.possible


@given(keys, st.lists(ids, max_size=12))
def test_repeating_an_id_changes_nothing(key: Key, response: list[str]) -> None:
    assert grade(key, response) == grade(key, response + response)


@given(st.lists(ids, min_size=2, unique=True), st.data())
def test_ticking_every_option_never_earns_full_marks_while_one_is_wrong(
    options: list[str], data: st.DataObject
) -> None:
    right = data.draw(st.lists(st.sampled_from(options), min_size=1, max_size=len(options) - 1, unique=True))
    score = grade(ChoiceKey(tuple(options), tuple(right)), options)
    assert score is not None
    assert score.earned < score.possible


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_yaml_reader_returns_a_document_or_problems(text: str) -> None:
    document, problems = parse_yaml("any.yml", text)
    assert (document is None) == bool(problems)
    assert all(problem.code in CODES and problem.line >= 1 for problem in problems)


FRAGMENTS = ["title: x\n", "questions:\n", "  a:\n", "    kind: single\n", "    kind: gaps\n", "- ", "&a ", "*a",
             "[", "]", "{", "}", ": ", "'", '"', ">-\n", "|\n", "\t", "!!python/object:os.system x", "---\n", "? ",
             "#", "\n", "é", "\x00", "%YAML 9\n"]  # fmt: skip
marks = st.sampled_from(FRAGMENTS)


@given(st.lists(marks | st.text(max_size=4), max_size=30).map("".join))
@settings(max_examples=300)
def test_yaml_like_text_never_raises(text: str) -> None:
    parse_yaml("any.yml", text)


@given(st.binary(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_course_with_any_bytes_for_a_quiz_and_a_lesson_is_read_to_the_end(tmp_path: Path, raw: bytes) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "quizzes" / "any.yml").write_bytes(raw)
    (tmp_path / "docs" / "en" / "any.md").write_bytes(raw)
    assert all(problem.code in CODES for problem in find_problems(tmp_path, ["en", "fr"]))
    courses, _ = read_courses(tmp_path, ["en"])
    assert "good" in courses["en"].quizzes


def samples() -> list[dict[str, Any]]:
    """Every kind's sample as plain values."""
    read = (
        yaml.safe_load((KINDS_FOLDER / folder_of(kind) / "sample.yml").read_text(encoding="utf-8")) for kind in KINDS
    )
    return [question for sample in read for question in sample.values()]


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A sample question with values put in the place of others, anywhere, and keys taken out."""
    question = yaml.safe_load(yaml.safe_dump(draw(st.sampled_from(samples()))))
    for _ in range(draw(st.integers(1, 3))):
        place = question
        while True:
            key = draw(st.sampled_from(sorted(place, key=str)))
            if isinstance(place[key], dict) and place[key] and draw(st.booleans()):
                place = place[key]
                continue
            if draw(st.booleans()):
                del place[key]
            else:
                place[key] = draw(anything)
            break
        if not question:
            break
    return dict(question)


@given(spoilt())
@settings(max_examples=300, deadline=None)
def test_a_question_with_anything_in_it_is_read_to_the_end(question: dict[str, Any]) -> None:
    document, _ = parse_yaml("quizzes/any.yml", "title: x")
    assert document is not None
    document.value = {"questions": {"q": question}}
    problems: list[Problem] = []
    read_question(
        "any", Fields(document, ("questions", "q"), question, problems), Laid(document, "en"), Known((), (), ())
    )
    assert all(problem.code in CODES for problem in problems)


@given(anything, anything)
def test_a_translation_never_changes_structure(structure: Any, words: Any) -> None:
    laid = lay_over(structure, words)
    assert words_of(lay_over(structure, {})) == words_of(structure)
    if isinstance(structure, dict):
        assert set(laid) - {"variants", "avoid"} == set(structure) - {"variants", "avoid"}


@given(st.dictionaries(st.sampled_from(["title", "prompt", "why", "kind"]), st.text(max_size=20)))
def test_the_digest_looks_at_words_and_at_nothing_else(piece: dict[str, str]) -> None:
    spaced = {key: f"  {value}\n" if key != "kind" else "another" for key, value in piece.items()}
    reordered = dict(reversed(list(piece.items())))
    assert digest(piece) == digest(reordered)
    if "kind" in piece:
        assert digest(piece) == digest(spaced)


@given(st.text(max_size=80) | st.lists(st.sampled_from(list("[]()*<>&{}@:=\"' abc")), max_size=40).map("".join))
def test_no_words_get_through_as_html(text: str) -> None:
    html = str(render_inline(text, SETTING))
    assert plain(text) is not None
    rest = html
    for tag in ("<strong>", "</strong>", "<em>", "</em>", "</span>", "</a>"):
        rest = rest.replace(tag, "")
    for opening in rest.split("<")[1:]:
        assert opening.startswith(("span lang=", "a href=", "a class="))
    assert "javascript:" not in html.lower() or 'href="javascript:' not in html.lower()


def test_the_c_loader_is_used_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a: 1", encoding="utf-8")
    document, _ = read_yaml(tmp_path, "x.yml")
    assert document is not None
    assert yaml.__with_libyaml__


SCENARIO = new_scenario_text("A case")


@st.composite
def spoilt_scenario(draw: st.DrawFn) -> dict[str, Any]:
    """The scenario that `capisce new` writes, with anything put anywhere."""
    scenario: dict[str, Any] = yaml.safe_load(SCENARIO)
    for _ in range(draw(st.integers(1, 3))):
        place = scenario
        while place:
            key = draw(st.sampled_from(sorted(place, key=str)))
            if isinstance(place[key], dict) and place[key] and draw(st.integers(0, 3)):
                place = place[key]
                continue
            place[key] = draw(anything | st.sampled_from(["briefing", "calm-ending", "mixed-ending", "best", "L"]))
            break
    return scenario


@given(spoilt_scenario())
@settings(max_examples=300, deadline=None)
def test_a_scenario_with_anything_in_it_is_read_to_the_end(value: dict[str, Any]) -> None:
    document, _ = parse_yaml("scenarios/any.yml", "title: x")
    assert document is not None
    document.value = value
    problems: list[Problem] = []
    laid = lay_pieces(document, None, "en", "scenes", problems)
    scenario = read_scenario("any", laid, Known((), (), ()), problems)
    assert scenario is not None or problems
    assert all(problem.code in CODES for problem in problems)
