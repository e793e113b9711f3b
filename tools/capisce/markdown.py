"""The Python-Markdown extension: `:::` blocks, citations, glossary links and foreign words.

It takes all it needs as options, so that it works wherever Python-Markdown does.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from capisce.marks import BLOCK, CITE, CLOSED_BLOCKS, FOREIGN, NAMED_BLOCKS, TERM
from capisce.model import Course
from capisce.reading import read_course
from capisce.rendering import (
    Setting,
    render_cited,
    render_glossary,
    render_progress,
    render_question,
    render_quiz,
    render_scenario,
    render_sources,
    render_walkthrough,
)
from capisce.rendering.inline import plain
from capisce.rendering.typography import typeset

_LATER = "data-capisce-href"
"""Where the address of a link waits until other extensions have looked at the links they know."""


class CapisceExtension(Extension):
    """Show a course's exercises and references in Markdown."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "root": [".", "The course's folder: the one that holds quizzes/ and reference/."],
            "lang": ["en", "The language of the page."],
            "page": ["", "The page's path below its language's folder, such as definitions/quiz.md."],
            "ending": [".html", "What `.md` becomes in the addresses of pages."],
            "place": [False, "Leave a marker for each exercise instead of the exercise itself."],
            "setting": ["", "A Setting to use instead of reading the course from `root`."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the processors, each early or late enough not to meet another's marks."""
        source = SettingSource(md, self)
        md.preprocessors.register(BlockLines(md), "capisce_lines", 20)  # after fenced code has been taken out
        md.parser.blockprocessors.register(Blocks(md, source, self.getConfig("place")), "capisce_blocks", 175)
        md.inlinePatterns.register(Cite(md, source), "capisce_cite", 178)  # before links, after code
        md.inlinePatterns.register(Term(md, source), "capisce_term", 177)
        md.inlinePatterns.register(Foreign(md), "capisce_foreign", 176)
        md.treeprocessors.register(Typeset(md, source), "capisce_typeset", 6)  # after inline marks, before the contents
        md.treeprocessors.register(Addresses(md), "capisce_addresses", -10)  # after everything that checks links


class SettingSource:
    """Knows the page that is being rendered; asks other tools' processors when the options do not say."""

    def __init__(self, md: Markdown, extension: CapisceExtension) -> None:
        self._md = md
        self._extension = extension
        self._setting: Setting | None = None

    def __call__(self) -> Setting:
        given = self._extension.getConfig("setting")
        if isinstance(given, Setting):
            return given
        page = self._extension.getConfig("page") or self._page_of_host()
        if self._setting is None or self._setting.page != page:
            course = _read(str(Path(self._extension.getConfig("root")).resolve()), self._extension.getConfig("lang"))
            self._setting = Setting(course, page, self._extension.getConfig("ending"))
        return self._setting

    def _page_of_host(self) -> str:
        """Ask the site generator's own processors, without importing it: Zensical leaves the page's path on one."""
        for processor in self._md.preprocessors:
            path = getattr(getattr(processor, "page", None), "path", None)
            if isinstance(path, str):
                return path
        return "index.md"


@cache
def _read(root: str, lang: str) -> Course:
    return read_course(Path(root), lang)[0]


class BlockLines(Preprocessor):
    """Put every `:::` line into a block of its own, whatever stands beside it."""

    def run(self, lines: list[str]) -> list[str]:
        spaced: list[str] = []
        for line in lines:
            spaced += ["", line.rstrip(), ""] if BLOCK.match(line) else [line]
        return spaced


class Blocks(BlockProcessor):
    """Turn `:::` blocks into exercises, lists, dialogues."""

    def __init__(self, md: Markdown, source: Callable[[], Setting], place: bool) -> None:
        super().__init__(md.parser)
        self._md = md
        self._source = source
        self._place = place

    def test(self, parent: etree.Element, block: str) -> bool:
        return BLOCK.match(block) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        match = BLOCK.match(blocks.pop(0))
        assert match
        name, target = match[1] or "", match[2] or ""
        if name in CLOSED_BLOCKS:
            self._enclose(parent, blocks, name, target)
            return
        html = self._html(name, target)
        if html:
            paragraph = etree.SubElement(parent, "p")
            paragraph.text = self._md.htmlStash.store(html)

    def _html(self, name: str, target: str) -> str:
        if name in NAMED_BLOCKS:
            if self._place:
                return f'<div class="cap-place" data-place="{name} {escape(target)}"></div>'
            return render_exercise(name, target, self._source())
        if name == "glossary":
            return render_glossary(self._source())
        if name == "sources":
            return render_sources(self._source())
        if name == "cited":
            return render_cited(self._source())
        if name == "progress":
            return render_progress(self._source())
        return ""

    def _enclose(self, parent: etree.Element, blocks: list[str], name: str, target: str) -> None:
        inside: list[str] = []
        while blocks:
            block = blocks.pop(0)
            if (match := BLOCK.match(block)) and not match[1]:
                break
            inside.append(block)
        if name == "test":
            self._test(parent, inside, target)
            return
        box = etree.SubElement(parent, "div", {"class": f"cap-{name}"})
        if name == "dialogue":
            box.set("role", "group")
            box.set("aria-label", self._source().interface.say("dialogue"))
        self.parser.parseBlocks(box, inside)

    def _test(self, parent: etree.Element, inside: list[str], percent: str) -> None:
        """Sum up questions of other quizzes as one test, with a pass mark where there is one."""
        page = self._source().page.removesuffix(".md").replace("/", "-")
        box = etree.SubElement(parent, "section", {"class": "cap-quiz", "data-quiz": page})
        if percent.isdigit():
            box.set("data-pass", percent)
        self.parser.parseBlocks(box, inside)
        etree.SubElement(box, "div", {"class": "cap-summary", "tabindex": "-1", "hidden": "hidden"})


def render_exercise(name: str, target: str, setting: Setting) -> str:
    """Return the exercise that a block asks for; nothing when there is none of that name."""
    if name == "quiz" and target in setting.course.quizzes:
        return render_quiz(setting.course.quizzes[target], setting)
    if name == "scenario" and target in setting.course.scenarios:
        return render_scenario(setting.course.scenarios[target], setting)
    if name == "walkthrough" and target in setting.course.walkthroughs:
        return render_walkthrough(setting.course.walkthroughs[target], setting)
    question = setting.course.question(target) if name == "question" else None
    return render_question(question, setting) if question else ""


class Cite(InlineProcessor):
    """`[@palermo, art. 3]` becomes a link to the sources page."""

    def __init__(self, md: Markdown, source: Callable[[], Setting]) -> None:
        super().__init__(CITE.pattern, md)
        self._source = source

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str, int, int]:  # type: ignore[override]
        setting = self._source()
        source = setting.course.sources.get(m[1])
        if source is None:
            return m[0], m.start(0), m.end(0)
        label = source.edition(setting.lang).short + (f", {m[2]}" if m[2] else "")
        link = etree.Element("a", {"class": "cap-cite", "href": "", _LATER: setting.link("sources.md", source.id)})
        link.text = AtomicString(typeset(label, setting.lang))
        return link, m.start(0), m.end(0)


class Term(InlineProcessor):
    """`[words](term:concept)` becomes a glossary link with its definition as a tooltip."""

    def __init__(self, md: Markdown, source: Callable[[], Setting]) -> None:
        super().__init__(TERM.pattern, md)
        self._source = source

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str, int, int]:  # type: ignore[override]
        setting = self._source()
        concept = setting.course.concepts.get(m[2])
        if concept is None:
            return m[1], m.start(0), m.end(0)
        tip = setting.unique(f"tip-{concept.id}")
        box = etree.Element("span", {"class": "cap-concept"})
        href = setting.link("glossary.md", concept.id)
        link = etree.SubElement(box, "a", {"href": "", _LATER: href, "aria-describedby": tip})
        link.text = m[1]
        definition = etree.SubElement(box, "span", {"class": "cap-tip", "role": "tooltip", "id": tip})
        if concept.lang != setting.lang:
            definition.set("lang", concept.lang)
        definition.text = AtomicString(typeset(plain(concept.definition), concept.lang))
        return box, m.start(0), m.end(0)


class Foreign(InlineProcessor):
    """`[traite]{lang=fr}` carries its language."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(FOREIGN.pattern, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element, int, int]:  # type: ignore[override]
        span = etree.Element("span", {"lang": m[2]})
        if m[3]:
            span.set("dir", m[3])
        span.text = m[1]
        return span, m.start(0), m.end(0)


class Typeset(Treeprocessor):
    """Put the no-break spaces of the language into running text, code and foreign words left alone."""

    def __init__(self, md: Markdown, source: Callable[[], Setting]) -> None:
        super().__init__(md)
        self._source = source

    def run(self, root: etree.Element) -> None:
        self._walk(root, self._source().lang)

    def _walk(self, element: etree.Element, lang: str) -> None:
        for child in element:
            own = child.get("lang", lang)
            if child.tag not in ("code", "pre", "script", "style") and isinstance(child.tag, str):
                if child.text:
                    child.text = _same_sort(child.text, typeset(child.text, own))
                self._walk(child, own)
            if child.tail:
                child.tail = _same_sort(child.tail, typeset(child.tail, lang))


class Addresses(Treeprocessor):
    """Give our links their addresses after every other extension has had its say about links."""

    def run(self, root: etree.Element) -> None:
        for link in root.iter("a"):
            if _LATER in link.attrib:
                link.set("href", link.attrib.pop(_LATER))


def _same_sort(before: str, after: str) -> str:
    return AtomicString(after) if isinstance(before, AtomicString) else after


def makeExtension(**options: Any) -> CapisceExtension:
    """Return the extension; the name is the one that Python-Markdown looks for."""
    return CapisceExtension(**options)
