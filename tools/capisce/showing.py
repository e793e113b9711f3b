"""A quiz as plain text with its key, for authors and reviewers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from capisce.model import (
    ChoiceKey,
    Course,
    OrderKey,
    PairsKey,
    Question,
    Quiz,
    Segments,
    SpotKey,
    TextKey,
    Turn,
    Walkthrough,
)
from capisce.rendering.inline import plain
from capisce.rendering.interface import Interface
from capisce.rendering.scenario import outline
from capisce.scenario import Scenario
from capisce.words import State

_WIDTH = 88


def show_quiz(quiz: Quiz, course: Course) -> str:
    """Return the quiz as text: every question with its key, feedback and explanation."""
    lines = [plain(quiz.title), "=" * len(plain(quiz.title)), *_wrapped(quiz.intro, "")]
    for number, question in enumerate(quiz.questions.values(), 1):
        lines += ["", *_show_question(number, question, course)]
    return "\n".join(lines)


def show_scenario(scenario: Scenario, course: Course) -> str:
    """Return the scenario as text: the tree, then every scene with its choices, what follows and why."""
    interface = Interface(course.lang)
    title = plain(scenario.title)
    lines = [title, "=" * len(title), *_wrapped(scenario.summary, ""), "", outline(scenario)]
    for scene in scenario.scenes.values():
        lines += ["", f"# {scene.id}" + (f"  [{scene.ending}]" if scene.ending else ""), *_wrapped(scene.text, "   ")]
        for line in scene.lines:
            lines += _wrapped(f"{plain(scenario.cast[line.who].role)}: {line.says}", "   | ")
        lines += _wrapped(scene.ask, "   ? ")
        for choice in scene.choices.values():
            lines += ["", *_wrapped(f"{choice.text} [{choice.quality}, to {choice.to}]", "   - ")]
            lines += _wrapped(choice.follows, "     > ") + _wrapped(choice.because, "     = ")
            lines += _wrapped(", ".join([interface.say(f"basis_{choice.basis}"), *choice.sources]), "       ")
    return "\n".join([*lines, "", *(line for text in scenario.questions for line in _wrapped(text, "? "))])


def show_walkthrough(walkthrough: Walkthrough) -> str:
    """Return the walk-through as text: what happens at each stage, what is said, why, and what it asks."""
    title = plain(walkthrough.title)
    lines = [title, "=" * len(title), *_wrapped(walkthrough.summary, "")]
    for number, stage in enumerate(walkthrough.stages.values(), 1):
        lines += ["", f"{number}. {plain(stage.title)}  [{stage.id}, {stage.question}]"]
        lines += _wrapped(stage.plan.alt, "   # ") if stage.plan else []
        lines += _wrapped(stage.text, "   ")
        for who, line in stage.lines:
            lines += _wrapped(f"{who.role}: {line.says}", "   | ")
        lines += _wrapped(stage.why, "   = ") + _wrapped(stage.ask, "   > ")
    return "\n".join(lines)


def _show_question(number: int, question: Question, course: Course) -> Iterator[str]:
    state = question.state.value if question.state is not State.MISSING else "missing, shown in English"
    yield f"{number}. {question.id}  [{question.kind}, {state}]"
    yield from _wrapped(question.prompt, "   ")
    if question.text:
        yield from _wrapped(question.text, "   ")
    matter = question.matter
    if isinstance(matter, Segments):
        for segment in matter.segments:
            yield from _wrapped(f"{segment.who.role}: {segment.says}", "   | ")
            yield from (line for unit in segment.units for line in _wrapped(unit.text, "     - "))
    if isinstance(matter, tuple) and isinstance(question.key, SpotKey):
        for turn in matter:
            yield from _show_turn(turn, question.key, Interface(course.lang))
    yield from _show_key(question, Interface(course.lang))
    if question.hint:
        yield from _wrapped(f"? {question.hint}", "   ")
    if question.why:
        yield from _wrapped(f"= {question.why}", "   ")
    if question.sources:
        yield from _wrapped("Sources: " + ", ".join(question.sources), "   ")


def _show_turn(turn: Turn, key: SpotKey, interface: Interface) -> Iterator[str]:
    """Show what was said, the rendition, and what is wrong with it: `!` an error, `+` the repair, `-` the others."""
    hidden = key.turns[turn.id]
    yield from _wrapped(f"{turn.who.role}: {turn.says}", "   | ")
    yield from _wrapped(turn.rendition, "     > ")
    yield from _wrapped(" / ".join(interface.say(f"error_{error}") for error in hidden.errors), "     ! ")
    for repair in turn.repairs:
        yield from _wrapped(repair.text, "     + " if repair.id == hidden.right else "     - ")


def _show_key(question: Question, interface: Interface) -> Iterator[str]:
    key = question.key
    targets = {target.id: target.text for target in question.targets}
    if isinstance(key, TextKey):
        yield from _wrapped("accepted: " + " | ".join(key.accepted), "   + ")
    for place, part in enumerate(question.parts, 1):
        if isinstance(question.matter, Segments):
            break  # the units stand with their segments
        words = part.text or (interface.say(part.id) if question.kind == "true-false" else part.id)
        if isinstance(key, ChoiceKey):
            yield from _wrapped(words, "   + " if part.id in key.right else "   - ")
        elif isinstance(key, PairsKey):
            yield from _wrapped(f"{words} -> " + " / ".join(targets[right] for right in key.parts[part.id]), "   * ")
        elif isinstance(key, OrderKey):
            yield from _wrapped(words, f"   {place}) ")
        else:
            yield from _wrapped(words, "   - ")
        if part.feedback:
            yield from _wrapped(part.feedback, "       ")


def _wrapped(text: str, lead: str) -> list[str]:
    plain_text = plain(text)
    if not plain_text:
        return []
    return textwrap.wrap(
        plain_text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False
    )
