"""Words apart from structure: lay one language over another, and tell what is missing or stale by digests."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from capisce.located import Document, Key

SOURCE_LANGUAGE = "en"
LANGUAGES = ("en", "fr", "nl", "it")

WORD_KEYS = frozenset(
    {"title", "intro", "prompt", "text", "feedback", "hint", "why", "if-true", "if-false", "accepted", "term",
     "definition", "note", "summary", "role", "says", "ask", "follows", "because", "rendition", "alt"}
)  # fmt: skip
"""Keys that hold words. Everything else in a content file is structure."""

OWN_KEYS = frozenset({"variants", "avoid"})
"""Keys at the top of a piece whose words each language writes for itself: national variants, terms to avoid."""

STATE_KEYS = frozenset({"of", "method", "review"})
"""Keys about a piece's words, at its top: which English they render, how they were made, who signed them off."""

Words = dict[tuple[Key, ...], str]
"""Path below the piece -> the words that stand there."""


class State(Enum):
    """How far a piece of text has come, computed and never typed."""

    MISSING = "missing"
    MACHINE = "machine"
    DRAFT = "draft"
    STALE = "stale"
    REVIEWED = "reviewed"
    CHANGED = "changed-after-review"


@dataclass(frozen=True)
class Review:
    """Who signed a text off (a role or an organisation), on which day, and the digest of the words signed."""

    by: str
    date: str
    of: str


def words_of(piece: Any) -> Words:
    """Return the words of a piece by path, its language's own words left out."""
    return dict(_walk(piece, (), own=False))


def digest(piece: Any) -> str:
    """Return the digest of all words of a piece: eight hex digits of SHA-256 over the normalised words."""
    return digest_of_words(dict(_walk(piece, (), own=True)))


def words_at(document: Document, path: tuple[Key, ...], piece: Any) -> Words:
    """Return the words of a document's piece, found once for all languages."""
    return document.once(("words", path), lambda: words_of(piece))


def digest_at(document: Document, path: tuple[Key, ...], piece: Any) -> str:
    """Return the digest of a document's piece, found once for all languages."""
    return document.once(("digest", path), lambda: digest(piece))


def digest_of_words(words: Mapping[tuple[Key, ...], str]) -> str:
    """Return the digest of words by path; order and white space do not count."""
    lines = sorted("/".join(map(str, path)) + "\t" + normalise(text) for path, text in words.items())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def normalise(text: str) -> str:
    """Fold what does not change the words: Unicode form and white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _walk(value: Any, path: tuple[Key, ...], own: bool) -> Iterator[tuple[tuple[Key, ...], str]]:
    if not isinstance(value, dict):
        return
    for key, below in value.items():
        if (key in STATE_KEYS and not path) or (key == "accepted" and "lang" in value):
            continue
        if key in OWN_KEYS and not path:
            if own:
                yield from _flatten(below, (*path, key))
        elif key in WORD_KEYS and isinstance(below, str):
            yield (*path, key), below
        elif key in WORD_KEYS and isinstance(below, list):
            yield (*path, key), "\n".join(str(item) for item in below)
        else:
            yield from _walk(below, (*path, key), own)


def _flatten(value: Any, path: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _flatten(below, (*path, key))
    elif isinstance(value, str):
        yield path, value


def lay_over(structure: Any, words: Any, top: bool = True) -> Any:
    """Return `structure` with the words of `words` in the place of its own; the structure cannot change."""
    if not isinstance(structure, dict) or not isinstance(words, dict):
        return structure
    laid = {}
    for key, value in structure.items():
        if (key in STATE_KEYS and top) or (key == "accepted" and "lang" in structure):
            laid[key] = value
        elif key in OWN_KEYS and top:
            continue
        elif key in WORD_KEYS and isinstance(value, (str, list)):
            laid[key] = words.get(key, value)
        else:
            laid[key] = lay_over(value, words.get(key), top=False)
    for key in OWN_KEYS & words.keys() if top else ():
        laid[key] = words[key]
    return laid


def state_of(english: str, translation: Any, review: Review | None) -> State:
    """Return the state of a translated piece; `english` is the digest of the English as it stands now."""
    if not translation:
        return State.MISSING
    if translation.get("of") not in (english, _as_number(english)):
        return State.STALE
    if review:
        return State.REVIEWED if review.of == digest(translation) else State.CHANGED
    return State.MACHINE if translation.get("method") == "machine" else State.DRAFT


def state_of_source(english: str, review: Review | None) -> State:
    """Return the state of a piece in the language it was written in."""
    if review is None:
        return State.DRAFT
    return State.REVIEWED if review.of == english else State.CHANGED


def _as_number(text: str) -> int | None:
    """A digest of digits alone reads as a number in YAML when nobody put it in quotes."""
    return int(text) if text.isdigit() and not text.startswith("0") else None


class LaidDocument(Document):
    """English structure with a translation's words laid over it; knows which of the two a line belongs to."""

    def __init__(self, english: Document, translation: Document, value: Any) -> None:
        super().__init__(english.file, value, "")
        self._english = english
        self._translation = translation

    def where(self, path: tuple[Key, ...]) -> tuple[str, int]:
        """Return the place of the words in the translation where it has them, else in the English."""
        value = self._translation.value
        for step in path:
            if not isinstance(value, dict) or step not in value:
                return self._english.where(path)
            value = value[step]
        return self._translation.where(path)
