"""Find where the rendition goes wrong, name the error, choose the repair."""

from __future__ import annotations

from capisce.fields import Fields, nearest
from capisce.kinds.casting import read_cast, read_who
from capisce.kinds.kind import Body, Kind, check_same_words
from capisce.model import Part, SpotKey, SpotTurn, Target, Turn

FAMILIES = {
    "content": ("omission", "addition", "distortion", "made-precise", "number", "term"),
    "form": ("tidied", "reordered", "register", "tone", "person", "reference"),
    "question": ("closed", "leading", "merged", "tag"),
    "role": ("side-talk", "silence-filled", "remark", "explained"),
}
"""What can go wrong with a rendition, in families: an error named within its family is nearly named."""

ERRORS = tuple(error for errors in FAMILIES.values() for error in errors)


def read(fields: Fields) -> Body:
    """Read the cast, the errors offered, and the turns; a turn without `error` was rendered well.

    Every turn has repairs, those rendered well too, so that a list of repairs tells nothing.
    """
    offered = fields.ids("errors", required=True)
    for error in offered:
        if error not in ERRORS:
            fields.note(
                "unknown-value", f"`{error}` is not an error that is known here.", nearest(error, ERRORS), "errors"
            )
    cast = read_cast(fields)
    turns, keys, parts = [], {}, []
    for name, below in fields.each("turns", low=3, high=12):
        who, says, rendition = read_who(below, cast), below.text("says"), below.text("rendition")
        errors = _read_errors(below, offered)
        repairs, right = _read_repairs(below, bool(errors))
        parts.append(Part(name, rendition, below.text("feedback")))
        turns.append(Turn(name, who, says, rendition, repairs))
        keys[name] = SpotTurn(errors, tuple(repair.id for repair in repairs), right)
        below.finish()
    if keys and not any(turn.errors for turn in keys.values()):
        what = f"No turn of `{fields.name}` goes wrong, so nobody could earn a mark."
        fields.note("no-right-option", what, "Give the turn that goes wrong an `error:`.", "turns")
    return Body(SpotKey(tuple(dict.fromkeys(offered)), keys), tuple(parts), matter=tuple(turns))


def _read_errors(fields: Fields, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Read `error`, and `also` for other names that are as good."""
    error = fields.id("error", required=False)
    errors = (error, *fields.ids("also")) if error else ()
    for name in errors:
        if name not in offered:
            what = f"`{name}` is not among the `errors` that the question offers."
            fields.note("unknown-option", what, nearest(name, offered), "error" if name == error else "also")
    return errors


def _read_repairs(fields: Fields, faulty: bool) -> tuple[tuple[Target, ...], str]:
    repairs, right = [], []
    for name, below in fields.each("repairs", low=2, high=4):
        if below.flag("correct"):
            right.append(name)
        repairs.append(Target(name, below.text("text")))
        below.finish()
    check_same_words(fields, "repairs", repairs)
    if repairs and len(right) != int(faulty):
        if faulty:
            what, fix = f"`{fields.name}` needs exactly one right repair.", "Mark one with `correct: true`."
        else:
            what = f"`{fields.name}` was rendered well, so no repair of it can be right."
            fix = "Take `correct: true` out, or name the `error:`."
        fields.note("no-right-option" if faulty and not right else "too-many-right", what, fix, "repairs")
    return tuple(repairs), right[0] if right else ""


KIND = Kind("spot", "spot", read)
