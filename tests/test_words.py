"""States are computed from digests; a translation never changes what is right."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from capisce.model import ChoiceKey
from capisce.reading import read_course, read_courses
from capisce.words import Review, State, digest, lay_over, state_of, state_of_source, words_of

BASE = Path(__file__).parent / "broken" / "base"
ENGLISH: dict[str, Any] = {
    "kind": "single",
    "prompt": "What?",
    "options": {"a": {"text": "This", "correct": True}, "b": {"text": "That"}},
}
NOW = digest(ENGLISH)
FRENCH: dict[str, Any] = {"of": NOW, "prompt": "Quoi ?", "options": {"a": {"text": "Ceci"}, "b": {"text": "Cela"}}}


@pytest.mark.parametrize(
    ("translation", "review", "state"),
    [
        (None, None, State.MISSING),
        ({}, None, State.MISSING),
        (FRENCH, None, State.DRAFT),
        ({**FRENCH, "method": "machine"}, None, State.MACHINE),
        ({**FRENCH, "of": "00000000"}, None, State.STALE),
        ({**FRENCH, "of": "00000000"}, Review("role", "2026-11-23", digest(FRENCH)), State.STALE),
        (FRENCH, Review("role", "2026-11-23", digest(FRENCH)), State.REVIEWED),
        (FRENCH, Review("role", "2026-11-23", "00000000"), State.CHANGED),
    ],
)
def test_state_follows_from_digests(translation: Any, review: Review | None, state: State) -> None:
    assert state_of(NOW, translation, review) is state


def test_a_digest_of_digits_alone_counts_with_and_without_quotes() -> None:
    assert state_of("12345678", {"of": 12345678, "title": "x"}, None) is State.DRAFT
    assert state_of("12345678", {"of": "12345678", "title": "x"}, None) is State.DRAFT


def test_state_of_the_english_follows_from_its_review() -> None:
    assert state_of_source(NOW, None) is State.DRAFT
    assert state_of_source(NOW, Review("role", "2026-11-23", NOW)) is State.REVIEWED
    assert state_of_source(NOW, Review("role", "2026-11-23", "00000000")) is State.CHANGED


def test_digest_ignores_structure_spaces_and_unicode_form() -> None:
    assert digest({"prompt": "é  x", "kind": "single"}) == digest({"kind": "term", "prompt": " e\u0301\nx "})
    assert digest({"prompt": "a"}) != digest({"prompt": "b"})
    assert len(NOW) == 8


def test_words_are_laid_over_and_structure_stays() -> None:
    laid = lay_over(ENGLISH, {**FRENCH, "kind": "term", "options": {"a": {"text": "Ceci", "correct": False}, "z": {}}})
    assert laid == {
        "kind": "single",
        "prompt": "Quoi ?",
        "options": {"a": {"text": "Ceci", "correct": True}, "b": {"text": "That"}},
    }


def test_a_term_of_one_language_is_not_words() -> None:
    assert ("accepted",) in words_of({"accepted": ["x"]})
    assert ("accepted",) not in words_of({"accepted": ["x"], "lang": "fr"})


def lay_out(folder: Path, french: str) -> Path:
    """Write the good course with a French quiz."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    (folder / "quizzes" / "fr").mkdir()
    (folder / "quizzes" / "fr" / "good.yml").write_text(french, encoding="utf-8")
    return folder


def test_a_translated_question_has_the_english_key_and_its_own_words(tmp_path: Path) -> None:
    french = "title: Bon\nquestions:\n  one:\n    prompt: Quoi ?\n    options:\n" \
             "      yes: {text: Ceci, feedback: Oui.}\n      no: {text: Cela, feedback: Non.}\n"  # fmt: skip
    courses, _ = read_courses(lay_out(tmp_path, french), ["en", "fr"])
    question = courses["fr"].quizzes["good"].questions["one"]
    assert (question.lang, question.prompt, [part.text for part in question.parts]) == (
        "fr",
        "Quoi ?",
        ["Ceci", "Cela"],
    )
    assert question.key == courses["en"].quizzes["good"].questions["one"].key == ChoiceKey(("yes", "no"), ("yes",))


def test_a_question_translated_in_part_is_shown_in_english_as_a_whole(tmp_path: Path) -> None:
    french = "title: Bon\nquestions:\n  one:\n    prompt: Quoi ?\n"
    course, problems = read_course(lay_out(tmp_path, french), "fr")
    question = course.quizzes["good"].questions["one"]
    assert (question.lang, question.prompt, question.state) == ("en", "What is right?", State.MISSING)
    assert "missing-words" in {problem.code for problem in problems}
    assert course.quizzes["good"].title == "Bon"


def test_a_page_without_translation_is_the_english_one(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    course, _ = read_course(tmp_path, "nl")
    assert (course.lessons["index.md"].lang, course.lessons["index.md"].state) == ("en", State.MISSING)


def test_a_piece_may_have_an_id_that_is_a_state_key_at_its_top() -> None:
    english = {"prompt": "What?", "gaps": {"method": {"feedback": "By force."}, "avoid": {"feedback": "Later."}}}
    french = {"of": "0", "gaps": {"method": {"feedback": "Par la force."}, "avoid": {"feedback": "Après."}}}
    assert words_of(english)["gaps", "method", "feedback"] == "By force."
    assert lay_over(english, french)["gaps"]["method"]["feedback"] == "Par la force."
    assert lay_over(english, french)["gaps"]["avoid"]["feedback"] == "Après."
    assert digest(english) != digest({**english, "gaps": {"method": {"feedback": "By ruse."}}})
