"""A room seen from above, drawn as an SVG of our own: no faces, no colour that carries meaning alone."""

from __future__ import annotations

from math import atan2, degrees

from markupsafe import Markup

from capisce.model import Person, Plan, Thing
from capisce.rendering.inline import plain
from capisce.rendering.templates import render_template
from capisce.rendering.typography import typeset


def render_plan(plan: Plan, lang: str) -> Markup:
    """Return the plan as an image with its description; one unit of the drawing is a decimetre."""
    return render_template(
        "rendering/plan.html",
        plan=plan,
        turn=_turn,
        place=lambda thing: _place(thing, plan),
        label=lambda text: typeset(plain(text), lang),
    )


def _place(thing: Thing, plan: Plan) -> tuple[float, float, str]:
    """Return where the name of a thing stands, and `start` or `end` when it begins or ends there.

    In the middle of furniture; outside the room for what is in its front or back wall; beside what is small.
    """
    (across, down), (width, depth) = thing.at, plan.size
    if thing.shape in ("table", "round-table", "shelf") or (thing.shape == "screen" and thing.size[0] > 8):
        return across, down + 0.8, ""
    if down <= 2:
        return across, -2.2, ""
    if down >= depth - 2:
        return across, depth + 3.8, ""
    if across <= 4:
        return across + thing.size[0] / 2 + 1, down + 0.8, "start"
    if across >= width - 4:
        return across - thing.size[0] / 2 - 1, down + 0.8, "end"
    return across, down + thing.size[1] / 2 + 2.6, ""


def _turn(person: Person) -> int | None:
    """Return the angle a person is turned by, in degrees clockwise from looking up; `None` when they face nothing."""
    if person.faces is None or person.faces == person.at:
        return None
    across, down = person.faces[0] - person.at[0], person.faces[1] - person.at[1]
    return round(degrees(atan2(down, across))) + 90
