"""Write, then compare with points to look for."""

from __future__ import annotations

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind, check_same_words
from capisce.model import ChecklistKey, Part


def read(fields: Fields) -> Body:
    """Read the points that the learner compares their own words with; what they write is never kept or graded."""
    parts = []
    for name, below in fields.each("points", low=2, high=8):
        parts.append(Part(name, below.text("text"), below.text("feedback", required=False)))
        below.finish()
    check_same_words(fields, "points", parts)
    return Body(ChecklistKey(tuple(part.id for part in parts)), tuple(parts))


KIND = Kind("reflect", "checklist", read)
