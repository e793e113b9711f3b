"""What a format cannot carry: noted while a file is made, told in one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from capisce.exporting.inline import has_dead_link, has_marks
from capisce.exporting.text import FORBIDDEN
from capisce.model import ChoiceKey, Key, OrderKey, PairsKey, Part, Question, Target, TextKey


@dataclass
class Losses:
    """Every loss once: `(field, what)` -> question or quiz -> the languages it concerns."""

    noted: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)

    def note(self, where: str, what_field: str, what: str, langs: Iterable[str] = ()) -> None:
        """Note that `what_field` of the question or quiz `where` is not carried as it is."""
        listed = self.noted.setdefault((what_field, what), {}).setdefault(where, [])
        listed += [lang for lang in langs if lang not in listed]

    def of(self, where: str) -> set[str]:
        """Return the fields of one question or quiz of which a loss was noted."""
        return {name for (name, _), places in self.noted.items() if where in places}

    def __len__(self) -> int:
        return sum(len(places) for places in self.noted.values())


def format_losses(losses: Losses, name: str, everywhere: Iterable[str]) -> str:
    """Return the report: what holds for every question, then each loss with the questions it concerns."""
    lines = [f"What the format {name} does not carry as it is in the course.", "", "Of every question:"]
    lines += [f"- {text}" for text in everywhere]
    if not losses.noted:
        lines += ["", "Nothing else is lost."]
    for (what_field, what), places in sorted(losses.noted.items()):
        lines += ["", f"{what_field}: {what}"]
        lines += [f"    {where}" + (f" ({', '.join(langs)})" if langs else "") for where, langs in places.items()]
    return "\n".join(lines) + "\n"


def fields_of(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of every field of a question that holds words."""
    yield from (("prompt", question.prompt), ("text", question.text), ("hint", question.hint), ("why", question.why))
    for part in question.parts:
        yield f"{part.id}.text", part.text
        yield f"{part.id}.feedback", part.feedback
    for target in question.targets:
        yield f"{target.id}.text", target.text
    if isinstance(question.key, TextKey):
        for spellings in (question.key.accepted, *question.key.misses.values()):
            yield from (("accepted", spelling) for spelling in spellings)


def note_words(question: Question, losses: Losses, lang: str, plain: bool) -> None:
    """Note what any format loses of a question's words; `plain` is for those that hold no HTML."""
    for name in _strangers(question):
        losses.note(question.ref, name, "only this course knows it", [lang])
    for name, words in fields_of(question):
        if FORBIDDEN.search(words):
            losses.note(question.ref, name, "control characters that no file may hold are left out", [lang])
        if plain and has_marks(words):
            what = "emphasis, links and the language of foreign words are written as plain text"
            losses.note(question.ref, name, what, [lang])
        elif has_dead_link(words):
            losses.note(question.ref, name, "a link to another page of the course is written as words", [lang])


_KNOWN = frozenset(
    {"id", "quiz", "kind", "key", "prompt", "parts", "targets", "text", "choose_any", "typed_lang", "why", "hint",
     "objective", "sources", "lang", "state", "line", "feedback", "exclusive"}
)  # fmt: skip
"""The fields of questions, parts and targets that the exporters know; a new one is told as lost until they do."""


def _strangers(question: Question) -> Iterator[str]:
    """Yield the fields that are filled in and that no exporter knows."""
    pieces: tuple[Question | Part | Target, ...] = (question, *question.parts, *question.targets)
    for piece in pieces:
        for known in fields(piece):
            if known.name not in _KNOWN and getattr(piece, known.name):
                yield known.name if piece is question else f"{piece.id}.{known.name}"


def unaskable(key: Key) -> str:
    """Return why a question with this key cannot be asked in another program, or nothing."""
    match key:
        case ChoiceKey(right=()):
            return "no option is right, so the question is left out"
        case PairsKey(parts=parts) if not parts or not all(parts.values()):
            return "an item has nothing that belongs to it, so the question is left out"
        case OrderKey(items=items) if len(items) < 2:
            return "there are fewer than two items, so the question is left out"
        case TextKey(accepted=()):
            return "no spelling is right, so the question is left out"
    return ""
