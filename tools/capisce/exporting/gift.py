"""The question bank as GIFT: one text file that people can read and Moodle and others import.

Escapes and the way a reader tells the types apart are those of Moodle's question/format/gift/format.php.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from capisce.exporting import asking, moodle
from capisce.exporting.inline import Writer
from capisce.exporting.losses import Losses, fields_of, note_words, unaskable
from capisce.exporting.text import clean
from capisce.grading import fold
from capisce.model import ChecklistKey, ChoiceKey, Course, OrderKey, PairsKey, Part, Question, Quiz, TextKey
from capisce.rendering.interface import Interface

EVERYWHERE = (
    *moodle.EVERYWHERE,
    "Marks: every question is worth 1 in GIFT; the shares within it are ours.",
    "Titles and introductions of quizzes: a question stands in a category with the quiz’s short name.",
)

_ESCAPES = re.compile(r"[\\#=~{}:]")
_PLACEHOLDER = re.compile(r"&&(?=(?:010|035|058|061|092|123|125|126);)")
"""What Moodle's reader puts in the place of an escaped character, and would take for one."""


def export(
    courses: Mapping[str, Course], slugs: Sequence[str], losses: Losses, tell: Callable[[], None] = lambda: None
) -> bytes:
    """Return the quizzes in one language as one file."""
    ((lang, course),) = courses.items()
    blocks = []
    for slug in slugs:
        quiz = course.quizzes[slug]
        moodle.note_pass(quiz, losses)
        if quiz.intro:
            losses.note(slug, "intro", "GIFT has no place for the introduction of a quiz")
        blocks.append(f"$CATEGORY: {moodle.category(quiz.module, slug, lang)}")
        for question in quiz.questions.values():
            blocks += _Writing(question, quiz, course, losses).block()
            tell()
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


class _Writing:
    """One question on its way into the file."""

    def __init__(self, question: Question, quiz: Quiz, course: Course, losses: Losses) -> None:
        self.question, self.quiz, self.losses = question, quiz, losses
        self.ref, self.lang = question.ref, question.lang
        self.writer, self.interface = Writer(course), Interface(course.lang)

    def block(self) -> list[str]:
        """Return the question with the comment that carries its id and tags; nothing when GIFT cannot ask it."""
        question = self.question
        lines = self._response()
        if lines is None:
            return []
        note_words(question, self.losses, self.interface.lang, plain=True)
        moodle.note_question(question, self.losses)
        for name, words in fields_of(question):
            if _PLACEHOLDER.search(words):
                self.losses.note(self.ref, name, "`&&` is parted by an invisible space: Moodle would act on it")
        if question.hint:
            self.losses.note(self.ref, "hint", "GIFT has no place for hints")
        tags = moodle.fitting(asking.labels(question, self.quiz, [self.interface.lang]), question, self.losses)
        comment = f"// [id:{moodle.idnumber(question, self.losses)}] " + " ".join(f"[tag:{tag}]" for tag in tags)
        general = self._general()
        ending = [f"\t####{general}"] if general else []
        return ["\n".join([comment, f"::{_escaped(self.ref)}::[plain]{self._asked()} {{", *lines, *ending, "}"])]

    def _response(self) -> list[str] | None:
        """Return the lines between the braces."""
        key = self.question.key
        why_not = unaskable(key)
        if why_not:
            self.losses.note(self.ref, "question", why_not)
            return None
        match key:
            case ChoiceKey(options=asking.TRUE_FALSE):
                return self._true_false(key)
            case ChoiceKey():
                return self._choice(key)
            case PairsKey():
                return self._pairs(key)
            case OrderKey():
                return self._order(key)
            case TextKey():
                return self._spellings(key)
            case ChecklistKey():
                self.losses.note(self.ref, "units", "the points are shown afterwards and cannot be ticked; no marks")
                return []
        what = f"GIFT has nothing like a question with the rule `{key.rule}`; it is left out"
        self.losses.note(self.ref, "question", what)
        return None

    def _true_false(self, key: ChoiceKey) -> list[str]:
        feedback = {part.id: self._words(part.feedback) for part in self.question.parts}
        right = key.right[0]
        wrong = next(id_ for id_ in asking.TRUE_FALSE if id_ != right)
        return [f"\t{right.upper()}#{feedback.get(wrong, '')}#{feedback.get(right, '')}"]

    def _choice(self, key: ChoiceKey) -> list[str]:
        share = moodle.fraction(1, len(key.right))
        lines = []
        for part in self.question.parts:
            right = part.id in key.right
            words = self._name(part)
            if asking.takes_several(self.question):
                sign = f"~%{'' if right else '-'}{share}%"
            elif right:
                sign = "="
            else:
                sign = "~%0%" if words.startswith("%") else "~"  # a bare per cent sign would be read as a share
            lines.append(f"\t{sign}{words}" + (f"#{self._words(part.feedback)}" if part.feedback else ""))
        return lines

    def _pairs(self, key: PairsKey) -> list[str]:
        targets = {target.id: self._words(target.text) for target in self.question.targets}
        used = {right[0] for right in key.parts.values()}
        self._note_listed_feedback()
        pairs = [(self._stem(self._name(part)), targets[key.parts[part.id][0]]) for part in self.question.parts]
        return [f"\t={stem} -> {words}" for stem, words in pairs] + [
            f"\t= -> {words}" for id_, words in targets.items() if id_ not in used
        ]

    def _order(self, key: OrderKey) -> list[str]:
        """Return the items matched with their places, which readers without an ordering question know too."""
        what = "asked as a matching question with places; a mark for every item in its exact place, not for the run"
        self.losses.note(self.ref, "marks", what)
        self._note_listed_feedback()
        by_id = {part.id: part for part in self.question.parts}
        stems = [self._stem(self._words(by_id[id_].text)) for id_ in key.items]
        return [f"\t={stem} -> {place}" for place, stem in enumerate(stems, 1)]

    def _spellings(self, key: TextKey) -> list[str]:
        accepted = list(dict.fromkeys(text for spelling in key.accepted for text in moodle.spellings(spelling)))
        known = {fold(text) for text in accepted}
        lines = [f"\t=%100%{_spelling(text)}" for text in accepted]
        feedback = {part.id: part.feedback for part in self.question.parts}
        for miss, spellings in key.misses.items():
            for text in dict.fromkeys(text for spelling in spellings for text in moodle.spellings(spelling)):
                if fold(text) not in known:
                    words = self._without_arrow(self._words(feedback.get(miss, "")), f"{miss}.feedback")
                    lines.append(f"\t=%0%{_spelling(text)}#{words}")
        return self._readable(lines)

    def _readable(self, lines: list[str]) -> list[str]:
        """Leave out spellings with an arrow, which would turn the question into a matching one."""
        kept = [line for line in lines if "->" not in line]
        if len(kept) < len(lines):
            self.losses.note(self.ref, "accepted", "a spelling with `->` is left out: GIFT would take it for a pair")
        return kept

    def _asked(self) -> str:
        """Return the text of the question: prompt, instruction, text with numbered gaps."""
        question = self.question
        parts = [question.prompt]
        if question.lang != self.interface.lang:
            parts.insert(0, f"({self.interface.say('not_translated')})")
        parts.append(asking.instruction(question, self.interface))
        if question.text:
            numbers = {part.id: f"({number}) _____" for number, part in enumerate(question.parts, 1)}
            shown = numbers if asking.shows_gaps(question) else {}
            parts.append(asking.with_gaps(question.text, shown))
        return "\\n".join(words for words in map(self._words, parts) if words)

    def _general(self) -> str:
        """Return the explanation, what cannot be said part by part, and the sources."""
        question = self.question
        parts = [question.why]
        for part in asking.listed_feedback(question):
            parts.append(f"{asking.part_name(question, part, self.interface)} – {part.feedback}")
        if isinstance(question.key, ChecklistKey):
            parts += [self.interface.export["compare"]]
            parts += [f"- {unit.text}" for unit in asking.units(question.key, question)]
        sources = "; ".join(self.writer.plain_source(name) for name in asking.extra_sources(question))
        parts += [f"{asking.sources_lead(self.interface)} {sources}"] if sources else []
        return "\\n".join(words for words in map(self._words, parts) if words)

    def _note_listed_feedback(self) -> None:
        if asking.listed_feedback(self.question):
            self.losses.note(self.ref, "feedback", "feedback on each item is shown as a list, whatever the response")

    def _name(self, part: Part) -> str:
        return self._words(asking.part_name(self.question, part, self.interface))

    def _words(self, text: str) -> str:
        return _unformatted(_escaped(self.writer.plain(text, self.lang)))

    def _stem(self, words: str) -> str:
        return self._without_arrow(words, "items")

    def _without_arrow(self, words: str, name: str) -> str:
        if "->" not in words:
            return words
        self.losses.note(self.ref, name, "`->` is written as `→`: GIFT would take it for a pair")
        return words.replace("->", "→")


def _escaped(text: str) -> str:
    """Escape what GIFT would act on; `&&058;`, by which Moodle remembers a colon, is parted by an invisible space."""
    text = _PLACEHOLDER.sub("&\u200b&", clean(text))
    return _ESCAPES.sub(r"\\\g<0>", text).replace("\n", "\\n").replace("\t", " ")


def _unformatted(words: str) -> str:
    """Keep a bracket at the beginning from being read as the name of a format, as in `[html]`."""
    return f"[plain]{words}" if words.startswith("[") else words


def _spelling(text: str) -> str:
    """Escape a spelling; an asterisk would stand for anything."""
    return _unformatted(_escaped(" ".join(text.split()).replace("*", "\\*")))
