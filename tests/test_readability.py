"""Readability: what is counted is what a reader sees, and pages that stand out are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from capisce.cli import main
from capisce.readability import ease, measure, report_reading, visible_text
from capisce.reading import read_courses
from capisce.words import LANGUAGES
from conftest import ROOT

PAGE = """---
title: A page
minutes: 10
---
# A page

Say *it* [twice](other.md), says [tratta]{lang=it} [@palermo, art. 3].

::: quiz good

- One point
"""


def test_marks_blocks_citations_and_front_matter_are_no_words() -> None:
    assert visible_text(PAGE).split() == ["A", "page", "Say", "it", "twice,", "says", "tratta", ".", "One", "point"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_words_in_short_sentences_are_easier_than_long_ones_in_long(lang: str) -> None:
    easy = ["the", "cat", "sat"] * 20
    hard = ["unconstitutionality", "internationalisation", "responsibilities"] * 20
    assert 0 <= ease(hard, 1, lang) < ease(easy, 20, lang) <= 100


def test_known_values() -> None:
    words = ["The", "cat", "sat", "on", "the", "mat"]
    assert ease(words, 1, "en") == 100
    assert ease(["interpretation"] * 10, 1, "en") == 0
    assert ease(["interprete"] * 10, 1, "it") == 19  # 89 + (300 - 10 * 100) / 10


def test_a_page_off_its_time_and_a_long_sentence_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "tests" / "broken" / "base", tmp_path, dirs_exist_ok=True)
    text = PAGE + "\n" + " ".join(["word"] * 40) + ".\n"
    (tmp_path / "docs" / "en" / "page.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["read"]) == 0
    said = capsys.readouterr().out
    assert "page.md" in said
    assert "time" in said
    assert "40 words: word word" in said


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_no_translated_page_is_much_shorter_or_longer_than_the_english(lang: str) -> None:
    pages = measure(ROOT, read_courses(ROOT, [lang])[0][lang])
    assert len(pages) > 30
    assert [(page.lesson.path, page.ratio) for page in pages if page.is_off_length] == []


def test_lessons_take_about_as_long_as_they_say() -> None:
    pages = measure(ROOT, read_courses(ROOT, ["en"])[0]["en"])
    assert [(p.lesson.path, p.minutes) for p in pages if p.is_off_time and p.lesson.objectives] == []
    assert report_reading([]).endswith("No page stands out.")
