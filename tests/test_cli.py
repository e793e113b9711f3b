"""The command line: helpful, honest about its exit status, and never a traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from capisce.cli import main
from capisce.kinds import KINDS

BASE = Path(__file__).parent / "broken" / "base"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small good course, in which the command runs."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    """Run the command as the shell would; return its exit status."""
    try:
        return main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)


def test_check_is_content_with_a_good_course(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    assert "0 problems to mend" in capsys.readouterr().out


def test_check_finds_the_course_from_a_folder_inside_it(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course / "docs" / "en")
    assert run("check") == 0


def test_strict_check_counts_a_missing_translation(course: Path) -> None:
    assert run("check", "--strict") == 1


def test_five_typical_mistakes_are_each_told_in_one_line_with_a_way_to_mend_them(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "quizzes" / "good.yml").write_text(
        """\
title: A good quiz
module: first
questions:
  one:
    kind: singel
    prompt: Misspelt kind
  two:
    kind: single
    prompt: No option is right
    options:
      a: {text: This, feedback: It is.}
      b: {text: That, feedback: It is not.}
  three:
    kind: true-false
    prompt: A yes that is neither true nor false
    correct: yes
    if-true: Read again.
    if-false: Read again.
  four:
    kind: single
    prompt: Feedback forgotten
    options:
      a: {text: This, correct: true, feedback: It is.}
      b: {text: That}
  five:
    kind: single
    prompt: A source that is not listed
    sources: [palermo, palermmo]
    options:
      a: {text: This, correct: true, feedback: It is.}
      b: {text: That, feedback: It is not.}
""",
        encoding="utf-8",
    )
    assert run("check") == 1
    said = capsys.readouterr().out
    for line, code, fix in (
        (5, "unknown-kind", "Did you mean `single`?"),
        (10, "no-right-option", "Add `correct: true` to the option that is right."),
        (16, "not-true-or-false", "Write `correct: true` or `correct: false`, without quotes."),
        (24, "missing-key", "Add a line `feedback: ...`."),
        (28, "unknown-source", "Did you mean `palermo`?"),
    ):
        told = [text for text in said.split("\n") if text.startswith(f"quizzes/good.yml:{line}:")]
        assert len(told) == 1
        assert told[0].endswith(f"[{code}]")
        assert fix in said
    assert "Traceback" not in said


def test_json_is_json(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--format", "json") == 0
    assert {problem["severity"] for problem in json.loads(capsys.readouterr().out)} == {"warning"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chek"], "chek"),
        (["check", "--root", "nowhere"], "There is no folder nowhere."),
        (["check", "--format", "xml"], "xml"),
        (["show", "god"], "There is no quiz, scenario or walk-through `god`. There are: good."),
        (["show", "good", "--lang", "de"], "de"),
        (["new", "question", "good"], "`good` is not QUIZ.QUESTION"),
        (["new", "question", "bad.one"], "There is no quizzes/bad.yml"),
        (["new", "question", "good.one"], "already"),
        (["new", "quiz", "Not An Id"], "cannot be a name"),
        (["new", "quiz", "good"], "exists already"),
        (["new", "lesson", "alone"], "is not MODULE/LESSON"),
        (["new", "kind", "single"], "There is a kind `single` already"),
        (["words", "--stamp", "quizzes/fr/nothing.yml"], "There is no file quizzes/fr/nothing.yml"),
        (["build"], "There is no mkdocs.yml"),
        (["serve", "--port", "70000"], "70000 is not a port"),
    ],
)
def test_a_wrong_command_gets_a_sentence_and_status_two(
    arguments: list[str], sentence: str, course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_outside_a_course_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                               capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run("check") == 2
    assert "This is not a course's folder" in capsys.readouterr().err


def test_without_a_command_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    said = capsys.readouterr().out
    names = ("check", "new", "words", "show", "terms", "read", "export", "schema", "build", "serve", "package")
    assert all(name in said for name in names)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_question_of_any_kind_passes_the_check(kind: str, course: Path) -> None:
    assert run("new", "question", "good.another", "--kind", kind) == 0
    assert run("check") == 0
    assert yaml.safe_load((course / "quizzes" / "good.yml").read_text())["questions"]["another"]["kind"] == kind


def test_a_new_quiz_and_a_new_lesson_pass_the_check(course: Path) -> None:
    assert run("new", "quiz", "fresh") == 0
    assert run("new", "lesson", "first/fresh") == 0
    assert run("check") == 0


def test_a_new_kind_has_its_files_and_reads_its_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("capisce.starting.KINDS_FOLDER", tmp_path)
    from capisce.starting import new_kind

    assert "kinds/__init__.py" in "\n".join(new_kind("hot-spot"))
    files = {path.name for path in (tmp_path / "hot_spot").iterdir()}
    assert files == {"__init__.py", "hot_spot.html", "hot_spot.js", "sample.yml"}
    namespace: dict[str, object] = {}
    exec((tmp_path / "hot_spot" / "__init__.py").read_text(), namespace)  # the file is what we have just written
    assert namespace["KIND"].name == "hot-spot"  # type: ignore[attr-defined]
    assert "{{" in (tmp_path / "hot_spot" / "hot_spot.html").read_text()


def test_show_prints_question_key_and_feedback(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "good") == 0
    said = capsys.readouterr().out
    assert "1. one  [single, draft]" in said
    assert "   + This\n       It is." in said
    assert "   - That\n       It is not." in said


def test_schema_is_a_schema_and_takes_the_good_quiz(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema") == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    document = {"title": "A", "module": "a", "questions": {"q": {"kind": "single", "prompt": "?", "optoins": {}}}}
    assert not jsonschema.Draft202012Validator(schema).is_valid(document)


def test_the_command_runs_as_a_program_and_takes_a_closed_pipe_calmly() -> None:
    command = f"{sys.executable} -m capisce schema | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("{")
    assert "Traceback" not in done.stderr


class TestWords:
    FRENCH = """\
# Kept as it is.
title: Un bon quiz
questions:
  one:
    prompt: Qu’est-ce qui est juste ?   # also kept
    options:
      yes: {text: Ceci, feedback: Oui.}
      no: {text: Cela, feedback: Non.}
"""

    def test_stamping_clears_stale_and_changes_nothing_else(self, course: Path) -> None:
        file = course / "quizzes" / "fr" / "good.yml"
        file.parent.mkdir()
        file.write_text(self.FRENCH, encoding="utf-8")
        assert run("words", "--stamp", "quizzes/fr/good.yml") == 0
        stamped = file.read_text(encoding="utf-8").split("\n")
        assert [line for line in stamped if not line.strip().startswith("of:")] == self.FRENCH.split("\n")
        assert sum(line.strip().startswith("of:") for line in stamped) == 2

    def test_one_changed_word_makes_that_piece_stale_and_no_other(
        self, course: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = course / "quizzes" / "fr" / "good.yml"
        file.parent.mkdir()
        file.write_text(self.FRENCH, encoding="utf-8")
        run("words", "--stamp")
        english = course / "quizzes" / "good.yml"
        english.write_text(english.read_text().replace("What is right?", "Which one is right?"))
        capsys.readouterr()
        run("check")
        told = [line for line in capsys.readouterr().out.split("\n") if "[stale-translation]" in line]
        assert [line.split(":")[0:2] for line in told] == [["quizzes/fr/good.yml", "5"]]

    def test_a_lesson_is_stamped_in_its_front_matter(self, course: Path) -> None:
        page = course / "docs" / "fr" / "index.md"
        page.parent.mkdir()
        page.write_text("---\ntitle: Une page\n---\n# Une page\n\n::: quiz good\n", encoding="utf-8")
        assert run("words", "--stamp", "docs/fr/index.md") == 0
        lines = page.read_text().split("\n")
        assert lines[2].startswith('of: "')
        assert lines[3] == "---"
        before = page.read_text()
        assert run("words", "--stamp", "docs/fr/index.md") == 0
        assert page.read_text() == before

    def test_table_counts_every_language(self, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("words") == 0
        lines = capsys.readouterr().out.split("\n")
        assert lines[0].split() == ["language", "pieces", "missing", "machine", "draft", "stale", "reviewed",
                                    "changed-after-review"]  # fmt: skip
        assert [line.split()[:3] for line in lines[1:5]] == [
            ["en", "5", "0"],
            ["fr", "5", "5"],
            ["nl", "5", "5"],
            ["it", "5", "5"],
        ]

    def test_list_names_the_pieces(self, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("words", "--list") == 0
        assert "`one` has no words in `fr` yet" in capsys.readouterr().out
