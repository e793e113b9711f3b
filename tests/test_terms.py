"""Terms to avoid: found in any form, left alone where they are spoken about, told with what to write instead."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from capisce.cli import main
from capisce.reading import read_courses
from capisce.terms import Word, blank_spoken_of, check_terms, find_words, words_to_avoid
from capisce.words import LANGUAGES
from conftest import ROOT


def word(term: str) -> Word:
    """Return a term to avoid."""
    return Word(term, "another word", "It harms.", "concept", sometimes=False)


@pytest.mark.parametrize(
    ("lang", "term", "text"),
    [
        ("en", "child prostitute", "Two child prostitutes were named."),
        ("en", "child prostitute", "CHILD\nPROSTITUTE"),
        ("en", "modern slavery", "It is modern slavery."),
        ("fr", "mineur illégal", "Des mineurs illégaux."),
        ("fr", "mineur illégal", "Une mineure illégale."),
        ("fr", "trafic d’êtres humains", "le trafic d'êtres humains"),
        ("nl", "kinderprostituee", "twee kinderprostituees"),
        ("nl", "illegale minderjarige", "de illegale minderjarigen"),
        ("it", "sposa bambina", "le spose bambine"),
        ("it", "migrante illegale", "i migranti illegali"),
    ],
)
def test_finds_a_term_in_its_simple_inflections(lang: str, term: str, text: str) -> None:
    assert find_words(text, lang, [word(term)])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The word ‘child prostitute’ harms, and so does ‘don’t say child prostitute’."),
        ("en", "*child prostitute* and **child prostitute** and “child prostitute”"),
        ("en", "[child prostitute]{lang=en} and `child prostitute`"),
        ("en", "[a page](child-prostitute.md) and https://example.org/child-prostitute"),
        ("en", "grandchild prostitutedness"),
        ("fr", "le mot « child prostitute »"),
    ],
)
def test_leaves_alone_what_is_spoken_about(lang: str, text: str) -> None:
    assert find_words(text, lang, [word("child prostitute")]) == []
    assert len(blank_spoken_of(text)) == len(text)


def test_tells_line_and_column_and_the_longest_term_only() -> None:
    found = find_words("One.\nA child sex worker.", "en", [word("sex worker"), word("child sex worker"), word("child")])
    assert [(one.line, one.column, one.text) for one in found] == [(2, 3, "child sex worker"), (2, 9, "sex worker")]


@pytest.fixture(scope="module")
def courses() -> object:
    """The course in all languages."""
    return read_courses(ROOT, LANGUAGES)[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_course_obeys_its_own_words(lang: str, courses: dict[str, object]) -> None:
    course = courses[lang]
    assert len(words_to_avoid(course)) >= 20  # type: ignore[arg-type]
    assert check_terms(ROOT, course) == []  # type: ignore[arg-type]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course with one term to avoid, and one to avoid sometimes."""
    shutil.copytree(ROOT / "tests" / "broken" / "base", tmp_path, dirs_exist_ok=True)
    with (tmp_path / "reference" / "glossary.yml").open("a", encoding="utf-8") as glossary:
        glossary.write(
            "    avoid:\n"
            "      little-adult: {term: little adult, why: It hides how old the child is.}\n"
            "      client: {term: client (of a child), why: It sounds like business.}\n"
        )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_any_text_can_be_looked_at(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "letter.txt").write_text("Dear client,\nthe little adults are well.\n", encoding="utf-8")
    assert main(["terms", "letter.txt"]) == 1
    assert capsys.readouterr().out == (
        "letter.txt:1:6: look at `client`: It sounds like business.\n    Write `child` where that is meant.\n"
        "letter.txt:2:5: avoid `little adults`: It hides how old the child is.\n    Write `child`.\n"
    )


def test_a_text_can_be_piped_in(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("A ‘little adult’.\n"))
    assert main(["terms", "-"]) == 0
    assert capsys.readouterr().out == "No term to avoid found.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("A ‘little adult’.\n"))
    assert main(["terms", "-", "--quoted"]) == 1


def test_a_file_that_is_not_text_or_not_there_gets_a_sentence(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "letter.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1")
    assert main(["terms", "letter.doc"]) == 2
    assert "letter.doc is not plain text" in capsys.readouterr().err
    assert main(["terms", "nowhere.txt"]) == 2
    assert "nowhere.txt" in capsys.readouterr().err
