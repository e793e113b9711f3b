"""What every program needs to know to ask a question, told from its rule and not from its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from capisce.kinds.gaps import GAP
from capisce.model import ChecklistKey, ChoiceKey, Course, Key, OrderKey, PairsKey, Part, Question, Quiz, TextKey
from capisce.rendering.interface import Interface
from capisce.words import State

TRUE_FALSE = ("true", "false")
"""The options of a statement, whose words are the interface's."""


def possible_marks(key: Key) -> int:
    """Return the marks that the right response earns; 0 where no program can give marks."""
    match key:
        case ChoiceKey():
            return len(key.right)
        case PairsKey():
            return len(key.parts)
        case OrderKey():
            return len(key.items)
        case TextKey():
            return 1
    return 0


def takes_several(question: Question) -> bool:
    """Whether several options may be chosen; a question may say so although only one is right."""
    several = isinstance(question.key, ChoiceKey) and len(question.key.right) > 1
    return several or question.choose_any or question.kind == "multiple"


def instruction(question: Question, interface: Interface) -> str:
    """Return what the learner is to do, where the other program does not say it by itself."""
    if isinstance(question.key, TextKey) and question.typed_lang:
        return interface.say(f"type_term_in_{question.typed_lang}")
    if isinstance(question.key, ChoiceKey) and takes_several(question):
        hidden = question.choose_any or len(question.key.right) < 2
        return interface.say("choose_all") if hidden else interface.say("choose_n", n=len(question.key.right))
    return ""


def part_name(question: Question, part: Part, interface: Interface) -> str:
    """Return what a part is called, as words with marks: its own words, true or false, or the number of its gap."""
    if part.text:
        return part.text
    if part.id in TRUE_FALSE:
        return interface.say(part.id)
    if isinstance(question.key, PairsKey):
        return interface.say("gap_n", n=question.parts.index(part) + 1)
    return part.id


def shows_gaps(question: Question) -> bool:
    """Whether the parts are gaps in the question's text."""
    return isinstance(question.key, PairsKey) and bool(GAP.search(question.text))


def with_gaps(text: str, shown: Mapping[str, str]) -> str:
    """Return the text with every gap shown as `shown` says."""
    return GAP.sub(lambda match: shown.get(match[1], match[0]), text)


def listed_feedback(question: Question) -> list[Part]:
    """Return the parts whose feedback other programs cannot give one by one."""
    one_by_one = isinstance(question.key, ChoiceKey | TextKey)
    return [] if one_by_one else [part for part in question.parts if part.feedback]


def extra_sources(question: Question) -> list[str]:
    """Return the sources that the explanation does not cite itself."""
    return [source for source in question.sources if f"[@{source}" not in question.why]


def sources_lead(interface: Interface) -> str:
    """Return the word before a list of sources, with the space that French puts before a colon."""
    return interface.say("sources") + ("\u00a0:" if interface.lang == "fr" else ":")


def labels(question: Question, quiz: Quiz, langs: Iterable[str]) -> list[str]:
    """Return the labels by which a question bank can be searched."""
    found = [quiz.module, f"quiz:{quiz.slug}", f"kind:{question.kind}"]
    found += [f"objective:{question.objective}"] if question.objective else []
    found += [f"lang:{lang}" for lang in langs]
    return [*found, "review:done" if question.state is State.REVIEWED else "review:none"]


def units(key: ChecklistKey, question: Question) -> list[Part]:
    """Return the points that a learner compares with: the parts, or the bare units where no part has words."""
    by_id = {part.id: part for part in question.parts}
    return [by_id.get(unit, Part(unit, unit)) for unit in key.units]


def asked(courses: Mapping[str, Course], slug: str) -> Iterator[dict[str, Question]]:
    """Yield the questions of a quiz, each in all the languages it can be read in."""
    names = {name: None for course in courses.values() for name in course.quizzes[slug].questions}
    for name in names:
        found = {lang: course.quizzes[slug].questions.get(name) for lang, course in courses.items()}
        yield {lang: question for lang, question in found.items() if question is not None}
