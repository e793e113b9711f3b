"""Who speaks: the cast of a dialogue or a scenario."""

from __future__ import annotations

from collections.abc import Mapping

from capisce.fields import Fields, nearest
from capisce.scenario import Speaker


def read_cast(fields: Fields) -> dict[str, Speaker]:
    """Read `cast:`, a mapping of ids to those who speak; a child goes by initial and age."""
    return {name: _read_speaker(name, below) for name, below in fields.each("cast", low=1)}


def read_who(fields: Fields, cast: Mapping[str, Speaker]) -> Speaker:
    """Read `who:`, somebody of the cast."""
    name = fields.id("who")
    if name and name not in cast:
        fields.note("unknown-speaker", f"`{name}` speaks here and is not in the cast.", nearest(name, cast), "who")
    return cast.get(name) or Speaker(name, name)


def _read_speaker(name: str, fields: Fields) -> Speaker:
    role = fields.text("role")
    age = fields.number("age", 0, 99)
    fields.one_of("gender", ("girl", "boy"), "")
    language = fields.take("language") if fields.has("language") else ""
    fields.finish()
    return Speaker(name, role, age, language if isinstance(language, str) else "")
