"""Every problem code has a small spoilt course in `tests/broken/` and is told at its file and line.

The first line of an example says where the problem is; `>>> path` begins a file that is laid over `base/`.
`<delete>` takes a file away, and `<latin-1>` saves it in that encoding.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from capisce.cli import find_problems
from capisce.problems import CODES, format_github, format_json, format_text

BROKEN = Path(__file__).parent / "broken"
EXAMPLES = sorted(path.stem for path in BROKEN.glob("*.txt"))


def lay_out(example: str, folder: Path) -> str:
    """Write the example over a good course; return the place where its problem is expected."""
    shutil.copytree(BROKEN / "base", folder, dirs_exist_ok=True)
    expected, *files = (BROKEN / f"{example}.txt").read_text(encoding="utf-8").split("\n>>> ")
    for file in files:
        name, _, text = file.partition("\n")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text.strip() == "<delete>":
            path.unlink()
        elif text.startswith("<latin-1>\n"):
            path.write_bytes(text.removeprefix("<latin-1>\n").encode("latin-1"))
        else:
            path.write_text(text, encoding="utf-8")
    return expected.removeprefix("expect: ")


def test_the_good_course_has_no_problem_but_missing_translations(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    assert {problem.code for problem in find_problems(tmp_path, ["en", "fr"])} == {"missing-translation"}


def test_every_code_has_an_example() -> None:
    assert sorted(CODES) == EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES)
def test_problem_is_told_at_its_line(example: str, tmp_path: Path) -> None:
    expected = lay_out(example, tmp_path)
    problems = [problem for problem in find_problems(tmp_path, ["en", "fr"]) if problem.code == example]
    assert expected in [problem.place for problem in problems]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_spoils_one_thing_only(example: str, tmp_path: Path) -> None:
    lay_out(example, tmp_path)
    consequences = {
        "missing-file": {"unknown-source"},
        "unknown-scene": {"unreachable-scene", "unknown-scenario"},
        "dead-end": {"unknown-scenario"},
        "cycle": {"unknown-scenario"},
        "no-best-choice": {"expert-path"},
    }.get(example, set())
    errors = {problem.code for problem in find_problems(tmp_path, ["en", "fr"]) if not problem.is_warning}
    assert errors - {example} <= consequences


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_problem_is_told_in_whole_sentences_without_computer_words(example: str, tmp_path: Path) -> None:
    lay_out(example, tmp_path)
    for problem in find_problems(tmp_path, ["en", "fr"]):
        for sentence in filter(None, (problem.what, problem.fix)):
            assert sentence[0].isupper() or sentence[0] in "`«"
            assert sentence.rstrip("`").endswith((".", "?", ":"))
            for word in ("invalid", "traceback", "exception", "NoneType", "dict", "str ", "<class", "null"):
                assert word.lower() not in sentence.lower()


def test_all_problems_come_in_one_run(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "base", tmp_path, dirs_exist_ok=True)
    (tmp_path / "quizzes" / "one.yml").write_text("title: [", encoding="utf-8")
    (tmp_path / "quizzes" / "two.yml").write_text(
        "title: Two\nmodule: first\nquestions:\n"
        "  a: {kind: nothing, prompt: What?}\n  b: {kind: single, promt: What?}\n  c: {kind: term, prompt: What?}\n",
        encoding="utf-8",
    )
    codes = [problem.code for problem in find_problems(tmp_path, ["en"]) if not problem.is_warning]
    assert {"yaml-syntax", "unknown-kind", "missing-key", "unknown-key"} <= set(codes)
    assert len(codes) >= 6


def test_annotations_keep_to_one_line_and_escape_what_would_end_them(tmp_path: Path) -> None:
    lay_out("unknown-key", tmp_path)
    problems = find_problems(tmp_path, ["en"])
    lines = format_github(problems).split("\n")
    assert len(lines) == len(problems)
    assert any(line.startswith("::error file=quizzes/bad.yml,line=6,title=unknown-key::") for line in lines)


def test_json_and_text_hold_every_problem(tmp_path: Path) -> None:
    lay_out("missing-key", tmp_path)
    problems = find_problems(tmp_path, ["en"])
    assert format_json(problems).count('"code"') == len(problems)
    assert all(f"[{problem.code}]" in format_text([problem]) for problem in problems)
