"""A question as a form that reads well without scripts, with its key in a closed block below."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from capisce.kinds import folder_of
from capisce.kinds.gaps import GAP
from capisce.kinds.render import CONDUCT, SLIPS
from capisce.kinds.spot import FAMILIES
from capisce.model import (
    ChoiceKey,
    OrderKey,
    PairsKey,
    Part,
    Plan,
    Question,
    Quiz,
    Segments,
    SpotKey,
    Target,
    TextKey,
)
from capisce.rendering.inline import plain, render_cite, render_inline, render_paragraphs
from capisce.rendering.interface import Interface
from capisce.rendering.plan import render_plan
from capisce.rendering.setting import Setting
from capisce.rendering.templates import render_template, script_json
from capisce.rendering.typography import typeset
from capisce.scenario import Speaker
from capisce.words import State


def render_quiz(quiz: Quiz, setting: Setting) -> Markup:
    """Return all questions of a quiz, numbered, with a place for the summary."""
    total = len(quiz.questions)
    return render_template(
        "rendering/quiz.html",
        quiz=quiz,
        title=plain(quiz.title),
        foreign=_foreign(quiz.lang, setting),
        intro=render_inline(quiz.intro, setting, quiz.lang) if quiz.intro else "",
        questions=[
            render_question(question, setting, number, total)
            for number, question in enumerate(quiz.questions.values(), 1)
        ],
        say=setting.interface.say,
    )


def render_question(question: Question, setting: Setting, number: int = 0, total: int = 0) -> Markup:
    """Return one question; `number` and `total` place it in its quiz."""
    view = View(question, setting)
    return render_template(
        "rendering/question.html",
        question=question,
        view=view,
        number=number,
        total=total,
        kind_template=f"kinds/{folder_of(question.kind)}/{folder_of(question.kind)}.html",
        foreign=_foreign(question.lang, setting),
        say=setting.interface.say,
        stale=question.state is State.STALE,
        data=Markup(script_json(question.key.as_json())),
    )


@dataclass(frozen=True)
class View:
    """What the templates of the kinds may ask of a question."""

    question: Question
    setting: Setting

    @property
    def name(self) -> str:
        """The name of the form's controls, unique on the page."""
        return self.question.ref

    @property
    def interface(self) -> Interface:
        return self.setting.interface

    @property
    def own(self) -> Markup:
        """The page's language, as an attribute, for the interface's words inside a question shown in another."""
        foreign = _foreign(self.question.lang, self.setting)
        return Markup(' lang="{}"').format(self.setting.lang) if foreign else Markup("")

    def words(self, text: str) -> Markup:
        """Show words with their marks."""
        return render_inline(text, self.setting, self.question.lang)

    def paragraphs(self, text: str) -> Markup:
        return render_paragraphs(text, self.setting, self.question.lang)

    def label(self, text: str) -> str:
        """Show words where only plain text can stand."""
        return typeset(plain(text), self.question.lang)

    @property
    def instruction(self) -> str:
        """What to do, by kind; several right options are counted out unless the author hides how many."""
        say = self.setting.interface.say
        if self.question.kind == "multiple":
            right = self.question.key.right if isinstance(self.question.key, ChoiceKey) else ()
            return say("choose_all") if self.question.choose_any or len(right) < 2 else say("choose_n", n=len(right))
        if self.question.kind == "term" and self.question.typed_lang:
            return say(f"type_term_in_{self.question.typed_lang}")
        return say(_INSTRUCTIONS[self.question.kind])

    @property
    def shown_items(self) -> list[Part]:
        """The items of an order as the page shows them: shuffled alike every time, never in the right order."""
        right = [part.id for part in self.question.parts]
        shown = shuffled(right, self.question.ref)
        if shown == right:
            shown = [*shown[1:], shown[0]]
        by_id = {part.id: part for part in self.question.parts}
        return [by_id[id_] for id_ in shown]

    @property
    def shown_targets(self) -> list[Any]:
        """What items are paired with, shuffled alike every time, so that their order tells nothing."""
        by_id = {target.id: target for target in self.question.targets}
        return [by_id[id_] for id_ in shuffled(list(by_id), self.question.ref)]

    @property
    def gap_pieces(self) -> list[tuple[str, Part | None, int]]:
        """The text of a gaps question cut at its gaps: words, then the gap that follows and its number."""
        by_id = {part.id: part for part in self.question.parts}
        pieces: list[tuple[str, Part | None, int]] = []
        end = 0
        for number, match in enumerate(GAP.finditer(self.question.text), 1):
            pieces.append((self.question.text[end : match.start()], by_id.get(match[1]), number))
            end = match.end()
        return [*pieces, (self.question.text[end:], None, 0)]

    def part_words(self, part: Part) -> Markup:
        """Name a part in the feedback list: its own words, or the gap and what fills it."""
        if self.question.kind == "true-false":
            return Markup(escape(self.setting.interface.say(part.id)))
        if self.question.kind in _NUMBERED:
            number = self.question.parts.index(part) + 1
            return Markup(escape(self.setting.interface.say(_NUMBERED[self.question.kind], n=number)))
        return self.words(part.text)

    @property
    def right(self) -> list[Markup]:
        """The right response, line by line."""
        key = self.question.key
        if isinstance(key, ChoiceKey):
            return [self.part_words(part) for part in self.question.parts if part.id in key.right]
        if isinstance(key, PairsKey):
            targets = {target.id: target.text for target in self.question.targets}
            return [
                self.part_words(part)
                + Markup(" → ")
                + Markup(" / ").join(self.words(targets[t]) for t in key.parts[part.id])
                for part in self.question.parts
            ]
        if isinstance(key, OrderKey):
            return [self.words(part.text) for part in self.question.parts]
        if isinstance(key, TextKey):
            return [Markup(escape(typeset(key.accepted[0], self.question.lang)))] if key.accepted else []
        if isinstance(key, SpotKey):
            return [self._mended(key, part) for part in self.question.parts if key.turns[part.id].errors]
        return []

    def _mended(self, key: SpotKey, part: Part) -> Markup:
        """Say of a faulty turn what went wrong and how it is mended."""
        turn = key.turns[part.id]
        names = " / ".join(self.setting.interface.say(f"error_{error}") for error in turn.errors)
        turns = self.question.matter if isinstance(self.question.matter, tuple) else ()
        repairs = {repair.id: repair.text for shown in turns if shown.id == part.id for repair in shown.repairs}
        return Markup("{}: {} → {}").format(self.part_words(part), names, self.words(repairs.get(turn.right, "")))

    def speaker(self, who: Speaker) -> Markup:
        """Name who speaks, and say so when it is in the child's language."""
        name = Markup('<span class="cap-speaker">{}</span>').format(speaker_name(who, self.question.lang))
        if who.language != "L":
            return name
        return name + Markup(' <span class="cap-in"{}>{}</span>').format(
            self.own, self.setting.interface.say("in_language_l")
        )

    @staticmethod
    def spoken(who: Speaker) -> Markup:
        """The language of what somebody says, as an attribute, where it is a real one."""
        return Markup(' lang="{}"').format(who.language) if who.language not in ("", "L") else Markup("")

    @property
    def families(self) -> list[tuple[str, list[str]]]:
        """The errors that a question offers, by family."""
        offered = self.question.key.errors if isinstance(self.question.key, SpotKey) else ()
        families = [(family, [error for error in errors if error in offered]) for family, errors in FAMILIES.items()]
        return [(family, errors) for family, errors in families if errors]

    def shown(self, targets: Sequence[Target], name: str) -> list[Target]:
        """Show repairs in an order that tells nothing."""
        by_id = {target.id: target for target in targets}
        return [by_id[id_] for id_ in shuffled(list(by_id), f"{self.question.ref}.{name}")]

    @property
    def plan(self) -> Markup:
        """The room of a question about a place."""
        matter = self.question.matter
        return render_plan(matter, self.question.lang) if isinstance(matter, Plan) else Markup("")

    slips = SLIPS
    conduct = CONDUCT

    @property
    def next_pages(self) -> list[tuple[str, Markup]]:
        """Where to go next after a dialogue: what went wrong, and a link."""
        if not isinstance(self.question.matter, Segments):
            return []
        lessons = self.setting.course.lessons
        return [
            (name, Markup('<a href="{}">{}</a>').format(self.setting.link(path), typeset(lesson.title, lesson.lang)))
            for name, path in self.question.matter.next.items()
            if (lesson := lessons.get(path))
        ]

    @property
    def read_again(self) -> list[Markup]:
        """Links to the other lessons that teach what the question tests."""
        if not self.question.objective:
            return []
        lessons = self.setting.course.lessons_for(self.question.objective)
        return [
            Markup('<a href="{}">{}</a>').format(self.setting.link(lesson.path), typeset(lesson.title, lesson.lang))
            for lesson in lessons
            if lesson.path != self.setting.page
        ]

    @property
    def sources(self) -> list[Markup]:
        """Links to the sources that the explanation does not cite itself."""
        return [
            Markup(render_cite(source, "", self.setting))
            for source in self.question.sources
            if f"[@{source}" not in self.question.why
        ]


def speaker_name(who: Speaker, lang: str) -> str:
    """Name somebody who speaks, a child by initial and age."""
    role = typeset(plain(who.role), lang)
    return f"{role}, {who.age}" if who.age is not None else role


def shuffled(ids: Sequence[str], seed: str) -> list[str]:
    """Return the ids in an order that depends on the seed and the ids alone, so that every build is the same."""
    return sorted(ids, key=lambda id_: hashlib.sha256(f"{seed}/{id_}".encode()).digest())


_INSTRUCTIONS = {
    "single": "choose_one",
    "true-false": "say_true_false",
    "matching": "match",
    "sorting": "sort",
    "ordering": "order",
    "gaps": "gap",
    "term": "type_term",
    "spot": "spot_errors",
    "place": "choose_place",
    "reflect": "write_compare",
    "render": "render_aloud",
}

_NUMBERED = {"gaps": "gap_n", "spot": "turn_n"}
"""Kinds whose parts go by their number in the feedback."""


def _foreign(lang: str, setting: Setting) -> str:
    return lang if lang != setting.lang else ""
