"""Spaces that a language's typography asks for and that authors should not have to type."""

from __future__ import annotations

import re

_RULES: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "fr": (
        (re.compile(r"[ \u00a0](?=[;!?](?!\w))"), "\u202f"),
        (re.compile(r" (?=:(?:\s|$))"), "\u00a0"),
        (re.compile(r"«[ \u00a0\u202f]?"), "«\u00a0"),
        (re.compile(r"[ \u00a0\u202f]?»"), "\u00a0»"),
        (re.compile(r"(?<=\d) (?=%)"), "\u00a0"),
    ),
}

_EVERYWHERE = (re.compile(r"\b(arts?\.|par\.|nos?\.|n°|§) (?=\d)"), "\\1\u00a0")


def typeset(text: str, lang: str) -> str:
    """Put no-break spaces where the language wants them; text that has them already stays as it is."""
    for pattern, space in _RULES.get(lang, ()):
        text = pattern.sub(space, text)
    return _EVERYWHERE[0].sub(_EVERYWHERE[1], text)
