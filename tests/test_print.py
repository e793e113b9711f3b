"""Workbooks and keys on paper: what stands in the pages, and PDF as Chromium really makes it."""

from __future__ import annotations

import re
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from capisce import browser
from capisce.cli import main
from capisce.exporting.inline import Writer
from capisce.kinds import KINDS
from capisce.model import Course, Question, Quiz
from capisce.printing.books import Book, page_order, render_book
from capisce.reading import read_courses
from capisce.words import State
from conftest import ROOT
from find_browser import ADVICE
from test_kinds import read_sample

GOLDEN = Path(__file__).parent / "golden"
COURSES, _ = read_courses(GOLDEN / "course", ("en", "fr"))
REAL, _ = read_courses(ROOT, ("en", "fr", "nl", "it"))


def sample(kind: str, state: State = State.DRAFT) -> Question:
    """Return the sample of a kind, with words of its own in everything that only a key may say."""
    question, _ = read_sample(kind)
    parts = tuple(
        replace(part, feedback=f"Feedback on {part.id}.") if part.feedback else part for part in question.parts
    )
    return replace(question, quiz="quiz", parts=parts, why="The reason why.", state=state)


def course_of(*questions: Question) -> Course:
    asked = {question.id: question for question in questions}
    return Course("en", {"quiz": Quiz("quiz", "A quiz", "module", asked)}, {}, {}, {}, {})


def books(course: Course, module: str = "module") -> tuple[str, str]:
    """Return the workbook and the key."""
    return render_book(Book(course, module, False)), render_book(Book(course, module, True))


def text_of(html: str) -> str:
    """Return the words of a page, without its style."""
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class TestPages:
    @pytest.mark.parametrize("kind", KINDS)
    def test_the_workbook_asks_and_the_key_tells(self, kind: str) -> None:
        question = sample(kind)
        workbook, key = books(course_of(question))
        for html in (workbook, key):
            assert f'<section class="question" id="q-{question.ref}"' in html
            assert "Question 1" in html
        assert 'class="box' in workbook or 'class="blank' in workbook or 'class="lines' in workbook
        assert "The reason why." not in workbook
        assert "Feedback on" not in workbook
        assert question.ref not in text_of(workbook)
        assert "The reason why." in key
        assert question.ref in text_of(key)
        for part in question.parts:
            if part.feedback:
                assert part.feedback in key

    @pytest.mark.parametrize("lang", ["en", "fr"])
    @pytest.mark.parametrize("is_key", [False, True], ids=["workbook", "key"])
    def test_a_course_with_every_kind_gives_the_same_page_as_before(
        self, lang: str, is_key: bool, golden: bool
    ) -> None:
        html = re.sub(r"<style>.*?</style>", "", render_book(Book(COURSES[lang], "bank", is_key)), flags=re.S)
        file = GOLDEN / f"print.{lang}.{'key' if is_key else 'workbook'}.html"
        if golden:
            file.write_text(html, encoding="utf-8")
        assert html == file.read_text(encoding="utf-8")

    def test_options_have_the_letter_in_the_key_that_they_have_in_the_workbook(self) -> None:
        workbook, key = books(course_of(sample("single")))
        right = re.search(r'<ul class="right"><li><b>(\w)</b> (.*?)</li>', key)
        assert right
        assert re.search(rf'class="letter">{right[1]}</b>.*?class="words">{re.escape(right[2])}<', workbook)

    def test_what_belongs_to_an_item_is_not_marked_in_the_workbook(self) -> None:
        matching, term, reflect = sample("matching"), sample("term"), sample("reflect")
        workbook, key = books(course_of(matching, term, reflect))
        assert "→" not in workbook
        assert key.count("→") == len(matching.parts)
        for spelling in term.key.accepted:  # type: ignore[union-attr]
            assert spelling not in text_of(workbook)
            assert spelling in text_of(key)
        for part in reflect.parts:
            assert part.text not in workbook
            assert part.text in key

    def test_gaps_keep_the_spaces_around_them(self) -> None:
        question = sample("gaps")
        first, second = (part.id for part in question.parts[:2])
        question = replace(question, text=f"A {{{first}}}, then **{{{second}}} more**.")
        html, _ = books(course_of(question))
        assert 'A <span class="gap">(1)<span class="blank"></span></span>, then <strong><span class="gap">(2)' in html

    def test_the_title_page_says_what_it_is_and_that_nobody_has_reviewed_it(self) -> None:
        html = render_book(Book(REAL["fr"], "definitions", False))
        assert '<html lang="fr">' in html
        assert "<title>CAPISCE · Définitions · Cahier d’exercices</title>" in html
        cover = text_of(html.partition("<main>")[0])
        for words in ("Définitions", "Cahier d’exercices", "Français", "23 novembre 2026", "BY-SA 4.0", "relecture"):
            assert words in cover

    def test_a_book_that_was_reviewed_whole_does_not_say_that_it_was_not(self) -> None:
        sentence = "not yet been reviewed"
        assert sentence in render_book(Book(course_of(sample("single")), "module", False))
        reviewed = course_of(sample("single", state=State.REVIEWED))
        assert sentence not in render_book(Book(reviewed, "module", False))

    @pytest.mark.parametrize("lang", REAL)
    def test_every_question_of_a_module_is_there_once_in_the_order_of_the_pages(self, lang: str) -> None:
        book = Book(REAL[lang], "definitions", False, page_order(ROOT))
        html = render_book(book)
        quizzes = [quiz for quiz in REAL[lang].quizzes.values() if quiz.module == "definitions"]
        questions = [question for quiz in quizzes for question in quiz.questions.values()]
        assert sorted(re.findall(r'id="q-([^"]+)"', html)) == sorted(question.ref for question in questions)
        assert [book.sections[0].quiz.slug, book.sections[-1].quiz.slug] == ["why-this-course", "definitions"]
        writer = Writer(REAL[lang], tag="span")
        key = render_book(Book(REAL[lang], "definitions", True))
        for question in questions:
            why = writer.paragraphs(question.why, question.lang)
            assert (why in html, why in key) == (False, True)
            for part in question.parts:
                assert f"<span>{writer.html(part.feedback, question.lang)}</span>" in key

    def test_no_reason_of_a_scenario_stands_in_the_workbook(self) -> None:
        workbook, key = books(REAL["en"], "scenarios")
        for scenario in REAL["en"].scenarios.values():
            assert f'id="s-{scenario.slug}"' in workbook
            assert f'id="s-{scenario.slug}.{scenario.start}"' in workbook
        assert "The best choice" not in workbook
        assert "Ending:" not in workbook
        assert "The best choice" in key
        assert "Ending:" in key

    def test_every_address_of_a_source_is_written_out_in_the_key(self) -> None:
        _, key = books(COURSES["en"], "bank")
        url = "https://example.org/palermo?a=1&amp;b=2"
        assert f'<a href="{url}">{url}</a>' in key

    def test_no_page_of_the_site_is_linked(self) -> None:
        for html in books(REAL["en"], "definitions"):
            assert all(href.startswith("https://") for href in re.findall(r'href="([^"]*)"', html))

    def test_the_same_course_gives_the_same_page(self) -> None:
        again, _ = read_courses(GOLDEN / "course", ("fr",))
        assert render_book(Book(again["fr"], "bank", True)) == render_book(Book(COURSES["fr"], "bank", True))


class TestCommand:
    @pytest.fixture(autouse=True)
    def course(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        shutil.copytree(GOLDEN / "course", tmp_path, dirs_exist_ok=True)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    @staticmethod
    def run(*arguments: str) -> int:
        return main(["export", "print", *arguments])

    def test_a_workbook_and_a_key_are_made_as_tagged_pdf_with_an_outline(
        self, course: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert browser.find_browser(), ADVICE
        assert self.run("bank", "--lang", "fr") == 0
        files = sorted((course / "exports").iterdir())
        assert [path.name for path in files] == ["bank.fr.key.pdf", "bank.fr.workbook.pdf"]
        assert "Written: exports/bank.fr.workbook.pdf" in capsys.readouterr().out
        for path in files:
            content = path.read_bytes()
            text = content + b"".join(_streams(content))
            assert re.search(rb"/StructTreeRoot\b", text)
            assert re.search(rb"/Marked true", text)
            assert re.search(rb"/Outlines\b", text)
            assert re.search(rb"/Lang\s*\(fr\)", text)
            assert re.search(rb"/Title\b", text)
            assert len(re.findall(rb"/Type\s*/Page\b", text)) > 2
            assert b"capisce-print-" not in text  # nor the place where it was made

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["bnak"], "There is no module `bnak` to print. Did you mean `bank`?"),
            (["-o", "bank.pdf"], "A workbook and a key are written"),
            (["--semicolon"], "leave out --multilang and --semicolon"),
            (["--lang", "en", "-o", "full"], "full/bank.en.key.pdf exists already"),
            (["--lang", "en", "-o", "file"], "file is not a folder"),
        ],
        ids=str,
    )
    def test_what_cannot_be_done_is_said_in_a_sentence(
        self, arguments: list[str], sentence: str, course: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (course / "full").mkdir()
        (course / "full" / "bank.en.key.pdf").write_text("mine")
        (course / "file").write_text("mine")
        assert self.run(*arguments) == 2
        said = capsys.readouterr().err
        assert sentence in said
        assert said.count("\n") == 1
        assert (course / "full" / "bank.en.key.pdf").read_text() == "mine"

    def test_without_a_chromium_it_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], course: Path
    ) -> None:
        monkeypatch.setenv("CAPISCE_CHROMIUM", "/nowhere/chromium")
        assert self.run("--lang", "en") == 2
        assert "apt install chromium" in capsys.readouterr().err
        assert not (course / "exports").exists()

    @pytest.mark.parametrize(
        ("script", "sentence"),
        [
            ("#!/bin/sh\necho no display\n", "did not make a PDF and said: no display."),
            ("no program", "cannot be started"),
        ],
    )
    def test_a_chromium_that_fails_leaves_everything_as_it_was(
        self,
        script: str,
        sentence: str,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        course: Path,
    ) -> None:
        false = course / "chromium"
        false.write_text(script)
        false.chmod(0o755)
        monkeypatch.setenv("CAPISCE_CHROMIUM", str(false))
        (course / "exports").mkdir()
        (course / "exports" / "bank.en.key.pdf").write_text("mine")
        assert self.run("--lang", "en", "--force") == 2
        assert sentence in capsys.readouterr().err
        assert [path.name for path in (course / "exports").iterdir()] == ["bank.en.key.pdf"]

    def test_it_works_without_the_packages_of_the_tests(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CAPISCE_CHROMIUM", raising=False)
        monkeypatch.setattr(shutil, "which", lambda _: None)
        monkeypatch.setitem(__import__("sys").modules, "playwright.sync_api", None)
        assert browser.find_browser() is None


def _streams(pdf: bytes) -> list[bytes]:
    """Return the streams of a PDF unpacked, for objects that are kept in one."""
    unpacked = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            unpacked.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return unpacked
