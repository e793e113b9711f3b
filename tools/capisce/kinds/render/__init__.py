"""Interpret turns aloud, then tick off what was kept."""

from __future__ import annotations

from capisce.fields import Fields
from capisce.kinds.casting import read_cast, read_who
from capisce.kinds.kind import Body, Kind, check_same_words
from capisce.model import ChecklistKey, Part, Segment, Segments, Target
from capisce.scenario import Speaker

SLIPS = ("omission", "addition", "distortion", "form")
"""What a learner looks for in their own rendition of each segment."""

CONDUCT = ("first-person", "kept-marks", "no-own-question", "flagged", "same-tone", "waited")
"""What a learner looks for in how they worked, once for the whole dialogue."""

NEXT = (*SLIPS, "conduct", "done")
MOST_WORDS = 35


def read(fields: Fields) -> Body:
    """Read the segments with their units of meaning, and where to go next; the learner ticks, nobody grades."""
    cast = read_cast(fields)
    segments, units, parts = [], [], []
    for name, below in fields.each("segments", low=2, high=10):
        segment = _read_segment(name, below, cast)
        segments.append(segment)
        units += [f"{name}.{unit.id}" for unit in segment.units]
        parts += [Part(f"{name}.{unit.id}", unit.text) for unit in segment.units]
    return Body(ChecklistKey(tuple(units)), tuple(parts), matter=Segments(tuple(segments), _read_next(fields)))


def _read_segment(name: str, fields: Fields, cast: dict[str, Speaker]) -> Segment:
    who, says = read_who(fields, cast), fields.text("says")
    if len(says.split()) > MOST_WORDS:
        what = f"`{name}` has {len(says.split())} words; a segment has at most {MOST_WORDS}."
        fields.note("out-of-range", what, "Cut it in two.", "says")
    audio = fields.text("audio", required=False)
    units = []
    for unit, below in fields.each("units", low=1, high=8):
        units.append(Target(unit, below.text("text")))
        if unit in SLIPS:
            below.note("bad-id", f"`{unit}` is the name of a slip, so it cannot be a unit.", "Choose another id.")
        below.finish()
    check_same_words(fields, "units", units)
    fields.finish()
    return Segment(name, who, says, tuple(units), audio)


def _read_next(fields: Fields) -> dict[str, str]:
    """Read the page to go to next for each thing that may go wrong, and for nothing at all (`done`)."""
    below = fields.below("next")
    pages = {}
    for name in NEXT:
        page = below.text(name, required=name == "done") if below else ""
        if page:
            pages[name] = page
    if below:
        below.finish()
    return pages


KIND = Kind("render", "checklist", read)
