"""Options to choose from, as single and multiple choice write them."""

from __future__ import annotations

from capisce.fields import Fields
from capisce.kinds.kind import check_same_words
from capisce.model import ChoiceKey, Part


def read_options(
    fields: Fields, exclusive_allowed: bool, also: tuple[str, ...] = ()
) -> tuple[ChoiceKey, tuple[Part, ...]]:
    """Read `options:`: text, feedback, and `correct: true` where it is right; keys in `also` are read elsewhere."""
    parts, right = [], []
    for name, below in fields.each("options", low=2, high=8):
        if below.flag("correct"):
            right.append(name)
        exclusive = bool(below.flag("exclusive")) if exclusive_allowed else False
        parts.append(Part(name, below.text("text"), below.text("feedback"), exclusive))
        below.finish(also)
    check_same_words(fields, "options", parts)
    if parts and not right:
        what = f"No option of `{fields.name}` is right, so nobody could earn a mark."
        fields.note("no-right-option", what, "Add `correct: true` to the option that is right.", "options")
    return ChoiceKey(tuple(part.id for part in parts), tuple(right)), tuple(parts)
