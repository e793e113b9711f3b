"""Walk-throughs: read with a partner's film and without, shown as stages, the film stopping at each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from capisce.markdown import render_exercise
from capisce.model import Walkthrough
from capisce.problems import Problem
from capisce.reading import read_course
from capisce.rendering import Setting
from capisce.rendering.interface import RUNTIME, Interface
from capisce.selecting import select_modules
from conftest import LANGUAGES
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent

TALK = """\
title: A talk
summary: It shows a talk.
cast:
  officer: {role: Interviewer}
  child: {role: B., age: 12, language: L}
film: {file: assets/films/talk.mp4}
stages:
  before:
    title: Before
    at: 0
    plan:
      size: [40, 30]
      alt: A room with two people.
      people:
        officer: {at: [10, 15], faces: child, text: Interviewer}
        child: {at: [30, 15], faces: officer, text: Child}
    text: They meet.
    lines:
      hello: {who: officer, says: Good morning.}
      reply: {who: child, says: Good morning.}
    why: A greeting costs nothing.
    ask: You render the greeting.
    question: good.one
  after:
    title: After
    at: 9
    text: They part.
    why: It is over.
    ask: You stay until the end.
    question: good.two
"""
SECOND = """
  two:
    kind: true-false
    prompt: You stay.
    correct: true
    if-true: You do.
    if-false: You do.
"""
CAPTIONS = """WEBVTT

1
00:00:01.000 --> 00:00:04.000 line:80%
<v Officer>Good morning.
How are you?

00:09.500 --> 00:12.000
Goodbye.
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course with a walk-through and its film."""
    shutil.copytree(ROOT / "tests" / "broken" / "base", tmp_path, dirs_exist_ok=True)
    (tmp_path / "walkthroughs").mkdir()
    (tmp_path / "walkthroughs" / "talk.yml").write_text(TALK, encoding="utf-8")
    with (tmp_path / "quizzes" / "good.yml").open("a", encoding="utf-8") as quiz:
        quiz.write(SECOND)
    films = tmp_path / "docs" / "assets" / "films"
    films.mkdir(parents=True)
    (films / "talk.mp4").write_bytes(b"a film")
    for lang in LANGUAGES:
        (films / f"talk.{lang}.vtt").write_text(CAPTIONS, encoding="utf-8")
    return tmp_path


def read(course: Path) -> tuple[Walkthrough, list[Problem]]:
    """Read the walk-through and its problems."""
    found, problems = read_course(course, "en")
    return found.walkthroughs["talk"], [problem for problem in problems if not problem.is_warning]


def render(course: Path) -> str:
    """Return the walk-through as HTML."""
    return str(render_exercise("walkthrough", "talk", Setting(read_course(course, "en")[0], "talks/one.md")))


def change(course: Path, before: str, after: str) -> None:
    """Change the walk-through's file."""
    path = course / "walkthroughs" / "talk.yml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_reads_stages_and_captions(course: Path) -> None:
    walkthrough, problems = read(course)
    assert problems == []
    assert list(walkthrough.stages) == ["before", "after"]
    assert walkthrough.film is not None
    assert [(cue.start, cue.end, cue.text) for cue in walkthrough.film.cues] == [
        (1.0, 4.0, "Good morning. How are you?"),
        (9.5, 12.0, "Goodbye."),
    ]


def test_shows_every_stage_with_its_question_and_its_part_of_the_transcript(course: Path) -> None:
    html = render(course)
    first, second = html.split('class="cap-stage"')[1:]
    assert "A greeting costs nothing." in first
    assert 'data-question="good.one"' in first
    assert "How are you?" in first
    assert "Goodbye." not in first
    assert "Goodbye." in second
    assert 'src="../assets/films/talk.mp4"' in html
    assert html.count("<track ") == len(LANGUAGES)


def test_a_part_of_the_course_keeps_the_questions_of_the_walkthroughs_it_shows(course: Path) -> None:
    pages = {"talks/one.md": "talks", "far.md": "far"}
    for path, module in pages.items():
        page = course / "docs" / "en" / path
        page.parent.mkdir(exist_ok=True)
        shown = "::: walkthrough talk\n" if module == "talks" else ""
        page.write_text(f"---\ntitle: A page\nmodule: {module}\n---\n# A page\n\n{shown}", encoding="utf-8")
    whole = read_course(course, "en")[0]
    kept, left = select_modules(whole, ["talks"]), select_modules(whole, ["far"])
    assert (list(kept.walkthroughs), "good" in kept.quizzes) == (["talk"], True)
    assert (list(left.walkthroughs), "talks/one.md" in left.lessons) == ([], False)


def test_is_whole_without_a_film(course: Path) -> None:
    change(course, "film: {file: assets/films/talk.mp4}\n", "")
    walkthrough, problems = read(course)
    assert (walkthrough.film, problems) == (None, [])
    html = render(course)
    assert "cap-film" not in html
    assert "cap-transcript" not in html


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("assets/films/talk.mp4", "https://elsewhere.example/talk.mp4", "unknown-value"),
        ("assets/films/talk.mp4", "assets/../../talk.mp4", "unknown-value"),
        ("assets/films/talk.mp4", "assets/films/other.mp4", "missing-file"),
        ("    at: 9\n", "", "out-of-range"),
        ("at: 9\n", "at: 0\n", "out-of-range"),
        ("who: officer", "who: oficer", "unknown-speaker"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(course: Path, before: str, after: str, code: str) -> None:
    change(course, before, after)
    _, problems = read(course)
    assert [problem.code for problem in problems] == [code]
    assert problems[0].line


def test_captions_missing_in_one_language_are_told(course: Path) -> None:
    (course / "docs" / "assets" / "films" / "talk.nl.vtt").unlink()
    _, problems = read(course)
    assert [problem.code for problem in problems] == ["missing-file"]
    assert "`nl`" in problems[0].what


def test_the_film_stops_where_a_stage_ends_and_the_stage_takes_the_focus(page: Page, course: Path) -> None:
    script = (RUNTIME / "page.js").read_text(encoding="utf-8") + (RUNTIME / "film.js").read_text(encoding="utf-8")
    page.goto("about:blank")
    page.set_content(f'<html lang="en"><body>{render(course)}</body></html>')
    # A film whose clock the test sets: what is proved is where it stops, not that the browser plays.
    page.evaluate(
        """([script, words]) => {
            const film = document.querySelector("video");
            const state = { time: 0, paused: true };
            Object.defineProperty(film, "currentTime", { get: () => state.time, set: (time) => (state.time = time) });
            Object.defineProperty(film, "paused", { get: () => state.paused });
            film.play = () => { state.paused = false; film.dispatchEvent(new Event("play")); };
            film.pause = () => (state.paused = true);
            window.film = state;
            new Function("words", script)(words);
        }""",
        [script, Interface("en").script],
    )
    tick = """(time) => {
        film.time = time;
        document.querySelector("video").dispatchEvent(new Event("timeupdate"));
        return [film.paused, document.activeElement.textContent];
    }"""
    page.get_by_role("button", name="Watch this stage").first.click()
    assert page.evaluate(tick, 8.8)[0] is False
    stopped, focused = page.evaluate(tick, 9.1)
    assert stopped is True
    assert "Before" in focused
    page.get_by_role("button", name="Watch this stage").nth(1).click()
    assert page.evaluate("film.time") == 9
    assert page.evaluate(tick, 30)[0] is False
