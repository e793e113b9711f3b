"""The interface's own words, in the language of the page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

RUNTIME = Path(__file__).parent.parent / "runtime"

_ONE_UP_TO = {"fr": 1}
"""French counts 0 as one; the other languages do not (CLDR plural rules)."""


class Interface:
    """Words of the interface by key, with their variables filled in."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._words = _read_words(lang)

    def say(self, key: str, **variables: object) -> str:
        """Return the words for `key`; `{name}` becomes the variable `name`."""
        return _fill(self._words["html"][key], variables)

    def write(self, key: str, **variables: object) -> str:
        """Return the words for `key` that only exported and printed questions need."""
        return _fill(self._words["export"][key], variables)

    def count(self, key: str, n: int) -> str:
        """Return the singular or plural words for `key`, with `{n}` filled in."""
        forms = self._words["html"][key]
        one = n == 1 or n <= _ONE_UP_TO.get(self.lang, -1)
        return _fill(forms["one" if one else "other"], {"n": n})

    def date(self, date: str) -> str:
        """Write `2026-11-23` as the language does."""
        year, month, day = (int(part) for part in date.split("-"))
        first = {"fr": "1er", "it": "1º"}.get(self.lang, "1")
        return f"{first if day == 1 else day}\u00a0{self._words['months'][month - 1]} {year}"

    @property
    def name(self) -> str:
        """The language's own name."""
        return str(self._words["name"])

    @property
    def html(self) -> dict[str, Any]:
        """The words that templates need."""
        words: dict[str, Any] = self._words["html"]
        return words

    @property
    def export(self) -> dict[str, str]:
        """The words that only exported questions need."""
        words: dict[str, str] = self._words["export"]
        return words

    @property
    def script(self) -> dict[str, Any]:
        """The words that the page runtime needs."""
        words: dict[str, Any] = self._words["script"]
        return words


def _fill(words: str, variables: dict[str, object]) -> str:
    for name, value in variables.items():
        words = words.replace("{" + name + "}", str(value))
    return words


@cache
def _read_words(lang: str) -> dict[str, Any]:
    words: dict[str, Any] = json.loads((RUNTIME / "words" / f"{lang}.json").read_text(encoding="utf-8"))
    return words
