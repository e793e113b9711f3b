"""A room seen from above: furniture, people, and whom one sees from a seat. Lengths are in decimetres."""

from __future__ import annotations

from collections.abc import Mapping

from capisce.fields import Fields, nearest
from capisce.model import Person, Plan, Seat, Thing

SHAPES = ("table", "round-table", "chair", "camera", "microphone", "screen", "door", "window", "wall", "shelf")
_MOST = 200

Points = Mapping[str, tuple[int, int]]


def read_plan(fields: Fields, key: str = "plan") -> Plan | None:
    """Read a room: its `size`, what a reader who cannot see it is told (`alt`), `things` and `people`."""
    below = fields.below(key)
    if below is None:
        return None
    size = below.pair("size", 10, _MOST) or (60, 40)
    alt = below.text("alt")
    things = tuple(_read_thing(name, entry) for name, entry in below.each("things", required=False, high=20))
    points = {thing.id: thing.at for thing in things}
    entries = list(below.each("people", low=1, high=12))
    at = {name: entry.pair("at", 0, _MOST) or (0, 0) for name, entry in entries}
    people = tuple(_read_person(name, entry, at[name], {**points, **at}) for name, entry in entries)
    below.finish()
    _check_inside(below, size, {**points, **at})
    return Plan(size, alt, things, people)


def read_seat(name: str, fields: Fields, plan: Plan) -> Seat:
    """Read where a seat stands and whom one sees from it: `at`, and `sees` with ids of people."""
    at = fields.pair("at", 0, _MOST) or (0, 0)
    people = {person.id: person.at for person in plan.people}
    sees = fields.ids("sees")
    for person in sees:
        if person not in people:
            fields.note("unknown-option", f"`{person}` is not among the people.", nearest(person, people), "sees")
    _check_inside(fields, plan.size, {"at": at})
    return Seat(name, at, tuple(people[person] for person in sees if person in people))


def _read_thing(name: str, fields: Fields) -> Thing:
    thing = Thing(
        name,
        fields.one_of("shape", SHAPES),
        fields.pair("at", 0, _MOST) or (0, 0),
        fields.pair("size", 1, _MOST, required=False) or (4, 4),
        fields.text("text", required=False),
    )
    fields.finish()
    return thing


def _read_person(name: str, fields: Fields, at: tuple[int, int], points: Points) -> Person:
    faces = fields.id("faces", required=False)
    if faces and faces not in points:
        what = f"`{faces}` is neither a person nor a thing of the plan."
        fields.note("unknown-option", what, nearest(faces, points), "faces")
    person = Person(name, at, points.get(faces), fields.text("text"))
    fields.finish()
    return person


def _check_inside(fields: Fields, size: tuple[int, int], points: Points) -> None:
    for name, (across, down) in points.items():
        if across > size[0] or down > size[1]:
            what = f"`{name}` stands at [{across}, {down}], outside a room of {size[0]} by {size[1]} decimetres."
            fields.note("out-of-range", what, "Move it inside, or make the room larger.")
