"""Choose a word for each gap in a text."""

import re

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind, read_target, read_targets
from capisce.model import PairsKey, Part

GAP = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")


def read(fields: Fields) -> Body:
    """Read the text with its `{gap}` marks, the words to choose from, and which word fills which gap."""
    text = fields.text("text")
    choices = read_targets(fields, "choices", 2, 10)
    parts, right = [], {}
    for name, below in fields.each("gaps", low=1, high=8):
        parts.append(Part(name, "", below.text("feedback")))
        right[name] = read_target(below, "choice", choices)
        below.finish()
    _check_marks(fields, text, [part.id for part in parts])
    order = {name: place for place, name in enumerate(GAP.findall(text))}
    parts.sort(key=lambda part: order.get(part.id, len(order)))
    return Body(PairsKey(tuple(choice.id for choice in choices), right), tuple(parts), choices, text)


def _check_marks(fields: Fields, text: str, gaps: list[str]) -> None:
    marks = GAP.findall(text)
    for gap in gaps:
        if text and marks.count(gap) != 1:
            times = "is not in" if gap not in marks else "stands more than once in"
            what = f"`{{{gap}}}` {times} the text of `{fields.name}`."
            fields.note("gap-mismatch", what, f"Write `{{{gap}}}` once, where the gap is.", "text")
    for mark in dict.fromkeys(marks):
        if mark not in gaps:
            what = f"The text of `{fields.name}` has `{{{mark}}}`, which is not listed under `gaps:`."
            fields.note("gap-mismatch", what, "List it with its `choice:`, or take the mark out.", "text")


KIND = Kind("gaps", "pairs", read)
