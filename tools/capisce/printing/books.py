"""A module's workbook and its answer key, as pages to be printed: the same course gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from capisce.marks import find_references
from capisce.model import Course, Lesson, Question, Quiz
from capisce.printing.paper import Paper
from capisce.printing.story import Story
from capisce.rendering.inline import plain
from capisce.rendering.lists import show_source
from capisce.rendering.setting import Setting
from capisce.rendering.templates import PACKAGE, render_template
from capisce.rendering.typography import typeset
from capisce.words import SOURCE_LANGUAGE, State

_NAV = re.compile(r"^\s*-\s(?:[^#\n]*:\s)?([\w./-]+\.md)\s*$", re.M)


@dataclass(frozen=True)
class Section:
    """A quiz of the module, its questions numbered through the whole book."""

    quiz: Quiz
    papers: tuple[Paper, ...]
    lang: str

    @property
    def title(self) -> str:
        return typeset(plain(self.quiz.title), self.quiz.lang)

    @property
    def foreign(self) -> str:
        return self.quiz.lang if self.quiz.lang != self.lang else ""


@dataclass(frozen=True)
class Book:
    """What one PDF holds; `is_key` tells the answer key from the workbook."""

    course: Course
    module: str
    is_key: bool
    order: Sequence[str] = ()
    """The pages in the order of the navigation, which is the order of their quizzes."""

    @property
    def lang(self) -> str:
        return self.course.lang

    @cached_property
    def setting(self) -> Setting:
        return Setting(self.course)

    @property
    def name(self) -> str:
        return self.setting.interface.write("key" if self.is_key else "workbook")

    @property
    def title(self) -> str:
        """The title of the module's first page; its name where there is none."""
        lessons = self._lessons
        first = next((lesson for lesson in lessons if lesson.path.endswith("/index.md")), None)
        return typeset(plain(first.title), first.lang) if first else self.module

    @cached_property
    def sections(self) -> list[Section]:
        """The quizzes in the order of the pages they stand on."""
        place: dict[str, int] = {}
        for at, lesson in enumerate(self._lessons):
            for reference in lesson.references:
                place.setdefault(reference.name.partition(".")[0], at)
        own = [quiz for quiz in self.course.quizzes.values() if quiz.module == self.module]
        sections, number = [], 0
        for quiz in sorted(own, key=lambda quiz: place.get(quiz.slug, len(place))):
            questions = list(quiz.questions.values())
            papers = [Paper(question, self.setting, number + n) for n, question in enumerate(questions, 1)]
            sections.append(Section(quiz, tuple(papers), self.lang))
            number += len(papers)
        return sections

    @cached_property
    def stories(self) -> list[Story]:
        """The scenarios of the module in the order of the pages they stand on."""
        place = {
            reference.name: at
            for at, lesson in enumerate(self._lessons)
            for reference in lesson.references
            if reference.sort == "scenario"
        }
        own = [scenario for scenario in self.course.scenarios.values() if scenario.module == self.module]
        own.sort(key=lambda scenario: place.get(scenario.slug, len(place)))
        return [Story(scenario, self.setting) for scenario in own]

    @property
    def sources(self) -> list[dict[str, object]]:
        """Every source of the key once, in the order of their short names."""
        names = {name for section in self.sections for paper in section.papers for name in _cited(paper.question)}
        names |= {name for story in self.stories for name in _told(story)}
        found = [show_source(self.course.sources[name], self.setting) for name in names if name in self.course.sources]
        return sorted(found, key=lambda source: (str(source["short"]).casefold(), str(source["id"])))

    @property
    def checked(self) -> str:
        """The day on which the law was checked: the earliest of the module's pages, so that it holds for all."""
        return min((lesson.checked for lesson in self._lessons if lesson.checked), default="")

    @property
    def is_reviewed(self) -> bool:
        """Whether a specialist has signed off every word of it."""
        states = [paper.question.state for section in self.sections for paper in section.papers]
        states += [story.scenario.state for story in self.stories]
        return all(state is State.REVIEWED for state in states)

    @cached_property
    def _lessons(self) -> list[Lesson]:
        place = {path: at for at, path in enumerate(self.order)}
        own = [lesson for lesson in self.course.lessons.values() if lesson.module == self.module]
        return sorted(own, key=lambda lesson: place.get(lesson.path, len(place)))


def render_book(book: Book) -> str:
    """Return a workbook or a key as one page of HTML that needs no other file."""
    interface = book.setting.interface
    foot = f"CAPISCE · {book.title} · {book.name}"
    style = (PACKAGE / "printing" / "book.css").read_text(encoding="utf-8").replace("FOOT", _css_string(foot))
    unreviewed = "not_reviewed" if book.lang == SOURCE_LANGUAGE else "translation_not_reviewed"
    html = render_template(
        "printing/book.html",
        book=book,
        say=interface.say,
        write=interface.write,
        language=interface.name,
        style=Markup(style),
        checked=interface.say("law_checked", date=interface.date(book.checked)) if book.checked else "",
        unreviewed="" if book.is_reviewed else interface.say(unreviewed),
    )
    return f"{html}\n"


def page_order(root: Path) -> list[str]:
    """Return the pages in the order of the navigation of mkdocs.yml; nothing where there is none."""
    settings = root / "mkdocs.yml"
    return _NAV.findall(settings.read_text(encoding="utf-8")) if settings.is_file() else []


def _cited(question: Question) -> Iterator[str]:
    """Yield the sources of a question: those it names, and those its words cite."""
    yield from question.sources
    words = " ".join(
        [question.prompt, question.text, question.why, question.hint, *(p.feedback for p in question.parts)]
    )
    yield from (found.name for found in find_references(words) if found.sort == "cite")


def _told(story: Story) -> Iterator[str]:
    """Yield the sources of a scenario."""
    for scene in story.scenario.scenes.values():
        for choice in scene.choices.values():
            yield from choice.sources
            yield from (found.name for found in find_references(choice.because) if found.sort == "cite")


def _css_string(text: str) -> str:
    """Return text as a string of CSS that can end neither itself nor the style element."""
    return '"' + re.sub(r'[\\"<\n]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'
