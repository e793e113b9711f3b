"""Choose a place in a room."""

from __future__ import annotations

from dataclasses import replace

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind
from capisce.kinds.options import read_options
from capisce.kinds.plans import read_plan, read_seat


def read(fields: Fields) -> Body:
    """Read the room and the places, of which one is right; the list is the control, the plan only shows it."""
    plan = read_plan(fields)
    seats = []
    if plan is not None:
        below = fields.below("options")
        seats = [read_seat(name, entry, plan) for name, entry in below.all()] if below else []
    key, parts = read_options(fields, exclusive_allowed=False, also=("at", "sees"))
    if len(key.right) > 1:
        what = f"More than one place of `{fields.name}` is marked `correct: true`; one can be chosen."
        fields.note("too-many-right", what, "Keep the best one.", "options")
    return Body(key, parts, matter=replace(plan, seats=tuple(seats)) if plan else None)


KIND = Kind("place", "choice", read)
