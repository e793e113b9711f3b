"""What a question kind is: a name, the rule its key obeys, and how its fields are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from capisce.fields import Fields, nearest
from capisce.model import Key, Matter, PairsKey, Part, Rule, Target


@dataclass(frozen=True)
class Body:
    """What a kind reads from a question beside the fields that all kinds share."""

    key: Key
    parts: tuple[Part, ...]
    targets: tuple[Target, ...] = ()
    text: str = ""
    choose_any: bool = False
    typed_lang: str = ""
    matter: Matter | None = None


@dataclass(frozen=True)
class Kind:
    """A way to write and show a question. `read` notes its problems in the fields it is given."""

    name: str
    rule: Rule
    read: Callable[[Fields], Body]


def read_targets(fields: Fields, key: str, low: int, high: int) -> tuple[Target, ...]:
    """Read what items are paired with: a mapping of ids to words."""
    targets = []
    for name, below in fields.each(key, low=low, high=high):
        targets.append(Target(name, below.text("text")))
        below.finish()
    check_same_words(fields, key, targets)
    return tuple(targets)


def read_target(fields: Fields, key: str, targets: Iterable[Target]) -> tuple[str, ...]:
    """Read which target an item belongs to."""
    names = [target.id for target in targets]
    name = fields.id(key)
    if not name:
        return ()
    if name in names:
        return (name,)
    fields.note("unknown-option", f"`{key}: {name}` names something that is not listed.", nearest(name, names), key)
    return ()


def read_pairs(fields: Fields, targets_key: str, items_key: str, target_key: str, high: int) -> Body:
    """Read items that each belong to one of several targets, as in matching and sorting."""
    targets = read_targets(fields, targets_key, 2, high)
    parts, right = [], {}
    for name, below in fields.each(items_key, low=2, high=8):
        parts.append(Part(name, below.text("text"), below.text("feedback")))
        right[name] = read_target(below, target_key, targets)
        below.finish()
    check_same_words(fields, items_key, parts)
    return Body(PairsKey(tuple(target.id for target in targets), right), tuple(parts), targets)


def check_same_words(fields: Fields, key: str, pieces: Iterable[Part | Target]) -> None:
    """Note two pieces that a learner could not tell apart."""
    seen: dict[str, str] = {}
    for piece in pieces:
        words = " ".join(piece.text.casefold().split())
        if words and words in seen:
            what = f"`{seen[words]}` and `{piece.id}` in `{key}` read the same."
            fields.note("same-words", what, "Change one of them, or take it out.", key)
        seen[words] = piece.id
