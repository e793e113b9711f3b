"""What a question is on paper: letters to name, boxes to tick, lines to write on; told from its rule, not its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from markupsafe import Markup

from capisce.exporting.asking import extra_sources, shows_gaps, with_gaps
from capisce.exporting.inline import Writer
from capisce.model import (
    ChecklistKey,
    ChoiceKey,
    OrderKey,
    PairsKey,
    Part,
    Plan,
    Segments,
    SpotKey,
    Target,
    TextKey,
)
from capisce.rendering.interface import Interface
from capisce.rendering.question import View
from capisce.rendering.setting import Setting
from capisce.rendering.typography import typeset

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_Named = TypeVar("_Named")


@dataclass(frozen=True)
class Paper(View):
    """A question as the templates of a book see it; its words link to no page of the site."""

    number: int = 0

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.setting.course, tag="span")

    def words(self, text: str) -> Markup:
        return Markup(self.writer.html(text, self.question.lang))

    def paragraphs(self, text: str) -> Markup:
        return Markup(self.writer.paragraphs(text, self.question.lang))

    @property
    def colon(self) -> str:
        """A colon after a word, with the space that French puts before it."""
        return colon(self.setting)

    @property
    def foreign(self) -> str:
        """The question's language where it is not the book's."""
        return self.question.lang if self.question.lang != self.setting.lang else ""

    @property
    def form(self) -> str:
        """Which form of `form.html` the question has."""
        question = self.question
        match question.key:
            case ChoiceKey():
                return "choice"
            case PairsKey():
                if shows_gaps(question):
                    return "gaps"
                return "columns" if len(question.targets) < len(question.parts) else "pairs"
            case OrderKey():
                return "order"
            case TextKey():
                return "line"
            case SpotKey():
                return "turns"
            case ChecklistKey():
                return "segments" if isinstance(question.matter, Segments) else "lines"

    @property
    def instruction(self) -> str:
        """What to do with a pen; where that is what one does on the page, in the words of the page."""
        write = self.interface.write
        match self.form:
            case "pairs" | "gaps":
                return write("write_letters")
            case "order":
                return write("write_numbers")
            case "lines":
                return write("write_compare")
            case "segments":
                return write("render_compare")
            case "line" if self.question.typed_lang:
                return write("write_term_in", name=Interface(self.question.typed_lang).name)
            case "line":
                return write("write_term")
        return super().instruction

    @property
    def options(self) -> list[tuple[str, Part]]:
        """The options with the letters they have on paper, or the numbers they have on a plan."""
        if isinstance(self.question.matter, Plan):
            return [(str(number), part) for number, part in enumerate(self.question.parts, 1)]
        return with_letters(self.question.parts)

    @property
    def gapped(self) -> Markup:
        """The text with a numbered line in the place of every gap."""
        signs = {part.id: f"\ue000{number}\ue001" for number, part in enumerate(self.question.parts, 1)}
        html = str(self.words(with_gaps(self.question.text, signs)))
        html = html.replace("\ue000", '<span class="gap">(').replace("\ue001", ')<span class="blank"></span></span>')
        return Markup(html)

    @property
    def choices(self) -> list[tuple[str, Target]]:
        """What items are paired with, with the letters they have on paper."""
        return with_letters(self.shown_targets)

    @property
    def right(self) -> list[Markup]:
        """The right response, line by line, with the letters that stand on paper."""
        key = self.question.key
        if isinstance(key, ChoiceKey):
            return [_lettered(letter, self.part_words(part)) for letter, part in self.options if part.id in key.right]
        if isinstance(key, PairsKey):
            return [self._paired(key.parts[part.id], part) for part in self.question.parts]
        if isinstance(key, TextKey):
            return [self._spelt(spelling) for spelling in key.accepted[:1]]
        return super().right

    @property
    def also_right(self) -> list[Markup]:
        """Other spellings that are right."""
        key = self.question.key
        return [self._spelt(spelling) for spelling in key.accepted[1:]] if isinstance(key, TextKey) else []

    @property
    def feedback(self) -> list[tuple[str, Part]]:
        """The parts that feedback is given on, with their letters."""
        named: Mapping[str, str] = (
            {part.id: letter for letter, part in self.options} if isinstance(self.question.key, ChoiceKey) else {}
        )
        return [(named.get(part.id, ""), part) for part in self.question.parts if part.feedback]

    @property
    def sources(self) -> list[Markup]:
        """The sources that the explanation does not cite itself."""
        return [Markup(self.writer.source(name)) for name in extra_sources(self.question)]

    @property
    def titles(self) -> list[str]:
        """The lessons to read again, by title."""
        lessons = self.setting.course.lessons_for(self.question.objective) if self.question.objective else []
        return [typeset(lesson.title, lesson.lang) for lesson in lessons]

    def _paired(self, right: tuple[str, ...], part: Part) -> Markup:
        found = [
            _lettered(letter, self.words(target.text)) if self.form != "columns" else self.words(target.text)
            for letter, target in self.choices
            if target.id in right
        ]
        return self.part_words(part) + Markup(" → ") + Markup(" / ").join(found)

    def _spelt(self, spelling: str) -> Markup:
        lang = self.question.typed_lang or self.question.lang
        return Markup('<span lang="{}">{}</span>').format(lang, typeset(spelling, lang))


def with_letters(items: Sequence[_Named]) -> list[tuple[str, _Named]]:
    """Return each item with its letter; where the alphabet ends, with its number."""
    return [(_LETTERS[at] if at < len(_LETTERS) else str(at + 1), item) for at, item in enumerate(items)]


def colon(setting: Setting) -> str:
    """Return a colon as the language of a book writes it after a word."""
    return "\u00a0:" if setting.lang == "fr" else ":"


def _lettered(letter: str, words: Markup) -> Markup:
    return Markup("<b>{}</b> {}").format(letter, words)
