"""Note in a translation which English it renders, line by line, so that nothing else in the file changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from capisce.located import Document, Key, read_text
from capisce.reading.lessons import open_page
from capisce.reading.shelf import Shelf
from capisce.words import SOURCE_LANGUAGE, digest

_GROUPS = ("questions", "scenes", "stages", "concepts", "objectives")
_HEAD = ("title", "intro", "summary", "cast", "debrief", "trainer")
"""The words at the top of a quiz or a scenario."""


def stamp(root: Path, file: str) -> list[str]:
    """Write the digests of the present English into a translation; return a sentence for each piece that changed."""
    folder, _, rest = file.partition("/")
    _, _, name = rest.partition("/")
    shelf = Shelf(root)
    if file.endswith(".md"):
        return _stamp_page(shelf, file, f"{folder}/{SOURCE_LANGUAGE}/{name}")
    english, translation = shelf.open(f"{folder}/{name}"), shelf.open(file)
    if english is None or translation is None:
        return []
    changes = [change for change in _changes(english.value, translation) if change[1] is not None]
    return _write(root, file, translation, changes)


def _changes(english: dict[str, Any], translation: Document) -> list[tuple[tuple[Key, ...], str | None]]:
    """Return each piece's path with the digest it should carry, or `None` where it carries it already."""
    changes: list[tuple[tuple[Key, ...], str | None]] = []
    head = {key: english[key] for key in _HEAD if key in english}
    if head and any(key in translation.value for key in head):
        changes.append(((), _needed(head, translation.value)))
    for group in _GROUPS:
        pieces, own = english.get(group), translation.value.get(group)
        if isinstance(own, dict) and isinstance(pieces, dict):
            for name in own:
                if name in pieces and isinstance(own[name], dict):
                    changes.append(((group, name), _needed(pieces[name], own[name])))
    return changes


def _needed(piece: Any, words: dict[str, Any]) -> str | None:
    now = digest(piece)
    return None if words.get("of") == now else now


def _write(
    root: Path, file: str, translation: Document, changes: list[tuple[tuple[Key, ...], str | None]]
) -> list[str]:
    text, _ = read_text(root, file)
    lines = (text or "").split("\n")
    said = []
    # From the last line to the first, so that a line put in does not move those still to come.
    for path, now in sorted(changes, key=lambda change: -translation.line(change[0])):
        value: Any = translation.value
        for step in path:
            value = value[step]
        if "of" in value:
            number = translation.line((*path, "of")) - 1
            lines[number] = re.sub(
                r"\bof:\s*(?:[0-9A-Za-z]+|\"[^\"]*\"|'[^']*')?", f'of: "{now}"', lines[number], count=1
            )
        else:
            number = translation.line((*path, next(iter(value)))) - 1
            indent = re.match(r"\s*", lines[number])
            lines.insert(number, f'{indent[0] if indent else ""}of: "{now}"')
        said.append(f"{file}: {path[-1] if path else 'title'} renders {now}")
    if said:
        _replace(root / file, "\n".join(lines))
    return said[::-1]


def _stamp_page(shelf: Shelf, file: str, english_file: str) -> list[str]:
    english, page = open_page(shelf, english_file, []), open_page(shelf, file, [])
    if english is None or page is None:
        return []
    now = digest(english.words)
    if page.fields.value.get("of") == now:
        return []
    text, _ = read_text(shelf.root, file)
    lines = (text or "").split("\n")
    end = lines.index("---", 1)
    at = next((number for number in range(1, end) if lines[number].startswith("of:")), end)
    lines[at : at + (at != end)] = [f'of: "{now}"']
    _replace(shelf.root / file, "\n".join(lines))
    return [f"{file}: renders {now}"]


def _replace(path: Path, text: str) -> None:
    """Write beside the file, then rename, so that it is never half written."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
