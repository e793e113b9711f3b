"""Take the fields of one mapping one by one, and say of each what is missing, misspelt or of the wrong sort."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from capisce.located import Document, Key
from capisce.problems import Problem

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
DIGEST = re.compile(r"[0-9a-f]{8}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a sentence that offers the nearest known names, or all when there are few."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{close[0]}`?"
    if 0 < len(names) <= 12:
        return "Use one of " + ", ".join(f"`{name}`" for name in names) + "."
    return ""


class Fields:
    """The fields of one mapping of a content file; every reading notes its own problem in `problems`.

    Each method returns a usable value of the promised type even when the file is wrong,
    so that one run finds every problem. Call `finish` last: it names the keys nobody asked for.
    """

    def __init__(self, document: Document, path: tuple[Key, ...], value: Any, problems: list[Problem]) -> None:
        self.document = document
        self.path = path
        self.problems = problems
        self._taken: set[str] = set()
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            name = f"`{path[-1]}`" if path else "The file"
            self.note("not-a-mapping", f"{name} needs `key: value` lines below it.", "Indent them by two spaces more.")

    @classmethod
    def of(cls, document: Document, problems: list[Problem]) -> Fields:
        """Take the top mapping of a file."""
        return cls(document, (), document.value, problems)

    @property
    def name(self) -> str:
        """The id under which this mapping stands, or the empty text at the top of a file."""
        return str(self.path[-1]) if self.path else ""

    def note(self, code: str, what: str, fix: str = "", key: str | None = None) -> None:
        """Note a problem at `key` of this mapping, or at the mapping itself."""
        file, line = self.document.where(self.path if key is None else (*self.path, key))
        self.problems.append(Problem(file, line, code, what, fix))

    def has(self, key: str) -> bool:
        return key in self.value

    def take(self, key: str) -> Any:
        """Return the raw value, which the caller checks."""
        self._taken.add(key)
        return self.value.get(key)

    def text(self, key: str, required: bool = True) -> str:
        """Return words; an empty text when there are none."""
        value = self.take(key)
        if key not in self.value:
            if required:
                self.note("missing-key", f"`{key}:` is missing{self._in()}.", f"Add a line `{key}: ...`.")
            return ""
        return self._words(key, value, (*self.path, key))

    def texts(self, key: str, required: bool = True) -> tuple[str, ...]:
        """Return a list of words."""
        return tuple(
            words
            for position, value in enumerate(self._list(key, required))
            if (words := self._words(f"{key}, number {position + 1}", value, (*self.path, key, position)))
        )

    def ids(self, key: str, required: bool = False) -> tuple[str, ...]:
        """Return a list of ids."""
        found: list[str] = []
        for position, value in enumerate(self._list(key, required)):
            if isinstance(value, int) and not isinstance(value, bool):
                value = str(value)
            if isinstance(value, str) and ID.fullmatch(value):
                found.append(value)
            else:
                file, line = self.document.where((*self.path, key, position))
                what = f"`{value}` in `{key}` is not an id."
                self.problems.append(Problem(file, line, "bad-id", what, _ID_FIX))
        return tuple(found)

    def id(self, key: str, required: bool = True) -> str:
        """Return one id; an empty text when there is none."""
        value = self.take(key)
        if key not in self.value:
            if required:
                self.note("missing-key", f"`{key}:` is missing{self._in()}.", f"Add a line `{key}: ...` with an id.")
            return ""
        if isinstance(value, bool):
            value = str(value).lower()
        if isinstance(value, int):
            value = str(value)
        if isinstance(value, str) and ID.fullmatch(value):
            return value
        self.note("bad-id", f"`{key}: {_shown(value)}` is not an id.", _ID_FIX, key)
        return ""

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """Return one of the allowed values, or `default` when the key is absent."""
        names = list(allowed)
        value = self.take(key)
        if key not in self.value:
            if default is None:
                self.note("missing-key", f"`{key}:` is missing{self._in()}.", nearest("", names))
            return default or ""
        if isinstance(value, str) and value in names:
            return value
        self.note("unknown-value", f"`{key}: {_shown(value)}` is not known here.", nearest(_shown(value), names), key)
        return default or ""

    def flag(self, key: str, default: bool | None = False) -> bool | None:
        """Return `true` or `false`; `default` when the key is absent, `None` when it is required and wrong."""
        value = self.take(key)
        if key not in self.value:
            if default is None:
                self.note("missing-key", f"`{key}:` is missing{self._in()}.", f"Add `{key}: true` or `{key}: false`.")
            return default
        if isinstance(value, bool):
            return value
        fix = f"Write `{key}: true` or `{key}: false`, without quotes."
        self.note("not-true-or-false", f"`{key}: {_shown(value)}` is neither true nor false.", fix, key)
        return default

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int | None:
        """Return a whole number from `low` to `high`."""
        value = self.take(key)
        if key not in self.value:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            fix = f"Write a number from {low} to {high}."
            self.note("not-a-number", f"`{key}: {_shown(value)}` is not a whole number.", fix, key)
            return default
        if not low <= value <= high:
            self.note("out-of-range", f"`{key}: {value}` is outside {low} to {high}.", "Check the number.", key)
            return default
        return value

    def pair(self, key: str, low: int, high: int, required: bool = True) -> tuple[int, int] | None:
        """Return two whole numbers from `low` to `high`, such as a place on a plan."""
        value = self.take(key)
        if key not in self.value:
            if required:
                self.note("missing-key", f"`{key}:` is missing{self._in()}.", f"Add `{key}: [10, 20]`.")
            return None
        if not isinstance(value, list) or len(value) != 2 or any(type(number) is not int for number in value):
            self.note("not-a-number", f"`{key}` needs two whole numbers.", f"Write `{key}: [10, 20]`.", key)
            return None
        first, second = value
        if not (low <= first <= high and low <= second <= high):
            self.note("out-of-range", f"`{key}: {value}` is outside {low} to {high}.", "Check the numbers.", key)
            return None
        return first, second

    def date(self, key: str) -> str:
        """Return a date as `YYYY-MM-DD`; an empty text when there is none."""
        value = self.take(key)
        if key not in self.value:
            return ""
        if isinstance(value, str) and DATE.fullmatch(value):
            return value
        self.note("not-a-date", f"`{key}: {_shown(value)}` is not a date.", "Write it as 2026-11-23.", key)
        return ""

    def digest(self, key: str = "of") -> str:
        """Return the digest of the English that a translation renders; an empty text when there is none."""
        value = self.take(key)
        if key not in self.value:
            return ""
        text = f"{value:08d}" if isinstance(value, int) and not isinstance(value, bool) else value
        if isinstance(text, str) and DIGEST.fullmatch(text):
            return text
        what = f"`{key}: {_shown(value)}` is not a digest."
        self.note("bad-digest", what, "Take the line out; `capisce words --stamp` writes it anew.", key)
        return ""

    def below(self, key: str, required: bool = True) -> Fields | None:
        """Return the fields of the mapping under `key`."""
        value = self.take(key)
        if key not in self.value:
            if required:
                self.note("missing-key", f"`{key}:` is missing{self._in()}.", f"Add `{key}:` with its lines below.")
            return None
        return Fields(self.document, (*self.path, key), value, self.problems)

    def each(self, key: str, required: bool = True, low: int = 0, high: int = 10_000) -> Iterator[tuple[str, Fields]]:
        """Yield id and fields of every mapping under `key`; the count is kept between `low` and `high`."""
        below = self.below(key, required)
        if below is None:
            return
        if not low <= len(below.value) <= high and isinstance(self.value[key], dict):
            limits = f"from {low} to {high}" if high < 10_000 else f"at least {low}"
            self.note("out-of-range", f"`{key}` has {len(below.value)} entries; {limits} are needed.", "", key)
        yield from below.all()

    def all(self) -> Iterator[tuple[str, Fields]]:
        """Yield id and fields of every mapping in this one."""
        for name in self.value:
            self._taken.add(name)
            if not ID.fullmatch(name):
                self.note("bad-id", f"`{name}` cannot be an id.", _ID_FIX, name)
                continue
            yield name, Fields(self.document, (*self.path, name), self.value[name], self.problems)

    def finish(self, known: Iterable[str] = ()) -> None:
        """Name every key that nobody asked for."""
        allowed = self._taken | set(known)
        for key in self.value:
            if key not in allowed:
                what = f"`{key}` does not belong here{self._in()}."
                self.note("unknown-key", what, nearest(key, allowed) or "Take the line out.", key)

    def _in(self) -> str:
        return f" in `{self.name}`" if self.name else ""

    def _list(self, key: str, required: bool) -> list[Any]:
        value = self.take(key)
        if key not in self.value:
            if required:
                self.note("missing-key", f"`{key}:` is missing{self._in()}.", f"Add `{key}: [first, second]`.")
            return []
        if isinstance(value, list):
            return value
        self.note("not-a-list", f"`{key}` needs a list.", f"Write `{key}: [{_shown(value)}]`.", key)
        return []

    def _words(self, key: str, value: Any, path: tuple[Key, ...]) -> str:
        file, line = self.document.where(path) if not (isinstance(value, str) and value.strip()) else ("", 0)
        if isinstance(value, str):
            if value.strip():
                return value.strip()
            self.problems.append(
                Problem(file, line, "empty-text", f"`{key}` has no words.", "Write them after the colon.")
            )
        elif value is None:
            self.problems.append(
                Problem(file, line, "empty-text", f"`{key}` has no words.", "Write them after the colon.")
            )
        else:
            what = f"`{key}` needs words."
            fix = f'Put them in double quotes: {path[-1]}: "{_shown(value)}".'
            if isinstance(value, (dict, list)):
                fix = "Write the text on the line of the key, or below it after `>-`."
            self.problems.append(Problem(file, line, "not-text", what, fix))
        return ""


_ID_FIX = "Ids are small letters, digits and single hyphens, such as `means-for-a-child`."


def _shown(value: Any) -> str:
    """Show a value as its author wrote it, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    text = "..." if isinstance(value, (dict, list)) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
