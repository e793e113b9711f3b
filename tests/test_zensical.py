"""The course does not depend on its site generator: Zensical and bare Python-Markdown show the same exercises."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import markdown
import pytest
from capisce.model import Course, Question
from capisce.reading import read_course
from capisce.rendering.inline import plain
from capisce.rendering.typography import typeset

ROOT = Path(__file__).resolve().parent.parent
MODULE = "definitions"
LESSONS = sorted(path.name for path in (ROOT / "docs" / "en" / MODULE).glob("*.md"))
MARKS = (":::", "[@", "(term:", "{lang=")
CONFIG = """\
site_name: CAPISCE
docs_dir: docs
site_dir: site
use_directory_urls: false
markdown_extensions:
  - tables
  - attr_list
  - toc
  - capisce.markdown:
      root: {root}
      lang: en
"""

pytestmark = pytest.mark.xdist_group("zensical")  # one process, so that one build is enough


class Shown(HTMLParser):
    """What a page shows: its ids, its links, its text outside code, and each question's prompt and key."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.text = ""
        self.prompts: dict[str, str] = {}
        self.rights: dict[str, str] = {}
        self.keys: dict[str, Any] = {}
        self._question = ""
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            within = "cap-concept" if self._inside("cap-concept") else given.get("class", "")
            self.links.append((within, given["href"]))
        if tag == "form" and "data-question" in given:
            self._question = given["data-question"]
            self.prompts[self._question] = self.rights[self._question] = ""
        if tag not in ("input", "br", "img", "hr", "meta", "link", "wbr", "source"):
            self._open.append((tag, given.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "form":
            self._question = ""

    def handle_data(self, data: str) -> None:
        if self._question and self._inside("cap-data"):
            self.keys[self._question] = json.loads(data)
        elif self._question and self._inside("cap-prompt") and not self._inside("cap-tip"):
            self.prompts[self._question] += data
        elif self._question and self._inside("cap-key") and self._inside("cap-right"):
            self.rights[self._question] += data
        if not {"code", "pre", "script", "style"} & {tag for tag, _ in self._open}:
            self.text += data

    def _inside(self, name: str) -> bool:
        return any(name in classes.split() for _, classes in self._open)


@cache
def course(lang: str) -> Course:
    return read_course(ROOT, lang)[0]


def asked_for(path: str, lang: str = "en") -> list[Question]:
    """Return the questions that a lesson asks for, those of whole quizzes included, in the order of the page."""
    questions: list[Question] = []
    for reference in course(lang).lessons[path].references:
        if reference.sort == "quiz":
            questions += course(lang).quizzes[reference.name].questions.values()
        elif reference.sort == "question":
            question = course(lang).question(reference.name)
            assert question is not None
            questions.append(question)
    return questions


def assert_shows(page: Shown, questions: list[Question]) -> None:
    assert list(page.prompts) == [question.ref for question in questions]
    for question in questions:
        assert page.ids.count(f"q-{question.ref}") == 1
        assert page.prompts[question.ref] == typeset(plain(question.prompt), question.lang)
        assert page.keys[question.ref] == question.key.as_json()
        assert page.rights[question.ref].strip()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    """The English course built by Zensical, which ignores MkDocs plugins, page by page."""
    folder = tmp_path_factory.mktemp("zensical")
    shutil.copytree(ROOT / "docs" / "en", folder / "docs")
    (folder / "mkdocs.yml").write_text(CONFIG.format(root=json.dumps(str(ROOT))), encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site = folder / "site"
    return {path.relative_to(site).as_posix(): Shown(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_module_1_asks_for_exercises() -> None:
    asked = [question.ref for name in LESSONS for question in asked_for(f"{MODULE}/{name}")]
    assert len(set(asked)) == len(asked) > 30


@pytest.mark.parametrize("name", LESSONS)
def test_zensical_shows_every_exercise_of_a_lesson(name: str, pages: dict[str, Shown]) -> None:
    assert_shows(pages[f"{MODULE}/{name.removesuffix('.md')}.html"], asked_for(f"{MODULE}/{name}"))


@pytest.mark.parametrize("name", LESSONS)
def test_citations_and_glossary_links_lead_somewhere_under_zensical(name: str, pages: dict[str, Shown]) -> None:
    links = [href for kind, href in pages[f"{MODULE}/{name.removesuffix('.md')}.html"].links if "cap-c" in kind]
    assert links or name == "index.md"
    for href in links:
        target, anchor = urldefrag(href)
        assert target in ("../sources.html", "../glossary.html")
        assert unquote(anchor) in pages[target.removeprefix("../")].ids


@pytest.mark.parametrize("name", LESSONS)
def test_links_to_other_pages_lead_somewhere_under_zensical(name: str, pages: dict[str, Shown]) -> None:
    page = f"{MODULE}/{name.removesuffix('.md')}.html"
    for _, href in pages[page].links:
        target, anchor = urldefrag(href)
        if re.match(r"[a-z]+:", href) or not (target.endswith(".html") or href.startswith("#")):
            continue
        path = (Path("/", page).parent / target).resolve().relative_to("/").as_posix() if target else page
        assert path in pages
        assert not anchor or unquote(anchor) in pages[path].ids


def test_zensical_leaves_no_mark_unread(pages: dict[str, Shown]) -> None:
    assert [(name, mark) for name, page in pages.items() for mark in MARKS if mark in page.text] == []


@pytest.mark.parametrize("lang", ["en", "fr", "nl", "it"])
def test_bare_python_markdown_shows_a_lesson_with_its_exercises(lang: str) -> None:
    page = f"{MODULE}/what-trafficking-is.md"
    options = {"capisce.markdown": {"root": str(ROOT), "lang": lang, "page": page}}
    text = (ROOT / "docs" / lang / page).read_text(encoding="utf-8")
    html = markdown.markdown(text, extensions=["meta", "tables", "attr_list", *options], extension_configs=options)
    shown = Shown(html)
    assert_shows(shown, asked_for(page, lang))
    assert ("cap-cite", "../sources.html#palermo") in shown.links
    assert ("cap-concept", "../glossary.html#child") in shown.links
    assert [mark for mark in MARKS if mark in shown.text] == []
