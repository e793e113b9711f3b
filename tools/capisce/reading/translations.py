"""Lay a translation over the English, piece by piece, and say which pieces are missing, stale or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from capisce.fields import Fields, nearest
from capisce.located import Document, Key
from capisce.problems import Problem
from capisce.words import (
    OWN_KEYS,
    STATE_KEYS,
    WORD_KEYS,
    LaidDocument,
    Review,
    State,
    Words,
    digest,
    digest_at,
    lay_over,
    state_of,
    state_of_source,
    words_at,
    words_of,
)


@dataclass
class Laid:
    """A document in one language: English with translated pieces laid over, and what became of each piece."""

    document: Document
    lang: str
    langs: dict[str, str] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)


def read_review(fields: Fields) -> Review | None:
    """Read who signed the words off; a review needs all three of its fields."""
    below = fields.below("review", required=False)
    if below is None:
        return None
    review = Review(below.text("by"), below.date("date"), below.digest("of"))
    below.finish()
    return review if review.by and review.date and review.of else None


def lay_pieces(english: Document, translation: Document | None, lang: str, group: str, problems: list[Problem]) -> Laid:
    """Return the document in `lang` whose pieces stand under the key `group`.

    A piece is translated as a whole or not at all: one with words missing is shown in English.
    """
    pieces = english.value.get(group)
    pieces = pieces if isinstance(pieces, dict) else {}
    laid = Laid(english, lang)
    if lang == "en":
        for name, piece in pieces.items():
            now = digest_at(english, (group, name), piece)
            laid.langs[name], laid.states[name] = "en", state_of_source(now, _review(english, (group, name)))
        return laid
    translated = translation.value.get(group) if translation else None
    translated = translated if isinstance(translated, dict) else {}
    value = dict(english.value)
    value[group] = merged = {}
    for name, piece in pieces.items():
        words = translated.get(name)
        good = translation is not None and words is not None
        if good and translation is not None:
            needed = words_at(english, (group, name), piece)
            good = check_words(translation, (group, name), words, piece, needed, problems)
        now = digest_at(english, (group, name), piece)
        state = state_of(now, words, _review(translation, (group, name))) if good else State.MISSING
        merged[name] = lay_over(piece, words) if good else piece
        laid.langs[name], laid.states[name] = (lang if good else "en"), state
        _note_state(english, translation, lang, (group, name), words, state, problems)
    if translation is not None:
        _note_strangers(translation, group, translated, pieces, problems)
        laid.document = LaidDocument(english, translation, value)
    return laid


def lay_head(
    english: Document, translation: Document, laid: Laid, keys: tuple[str, ...], lang: str, problems: list[Problem]
) -> None:
    """Lay the words at the top of a file, such as a quiz's title, and note their state under `""`."""
    head = {key: english.value[key] for key in keys if key in english.value}
    words = {key: translation.value[key] for key in (*keys, *STATE_KEYS) if key in translation.value}
    good = check_words(translation, (), words, head, words_of(head), problems)
    state = state_of(digest(head), words, _review(translation, ())) if good else State.MISSING
    if good:
        laid.document.value.update(lay_over(head, words))
    laid.langs[""], laid.states[""] = (lang if good else "en"), state
    _note_state(english, translation, lang, (), words, state, problems)


def check_words(
    document: Document, path: tuple[Key, ...], words: Any, piece: Any, needed: Words, problems: list[Problem]
) -> bool:
    """Note what a translated piece has too much or too little; return whether it can be used.

    `needed` are the words of the English `piece`.
    """
    found = list(_strangers(document, path, words, piece))
    own = words_of(words)
    missing = ["/".join(map(str, way)) for way in needed if way not in own]
    if missing:
        file, line = document.where(path)
        names = ", ".join(f"`{name}`" for name in missing[:4]) + (" and more" if len(missing) > 4 else "")
        what = f"{_called(path)} lacks {names}, so all of it is shown in English."
        found.append(Problem(file, line, "missing-words", what, "Translate what is missing."))
    problems += found
    return not found


def _strangers(
    document: Document, path: tuple[Key, ...], words: Any, piece: Any, top: bool = True
) -> Iterator[Problem]:
    if not isinstance(words, dict):
        file, line = document.where(path)
        yield Problem(file, line, "not-a-mapping", f"{_called(path)} needs `key: value` lines below it.")
        return
    for key, below in words.items():
        if key in STATE_KEYS | OWN_KEYS and top:
            continue
        if not isinstance(piece, dict) or key not in piece:
            file, line = document.where((*path, key))
            what = f"`{key}` stands in the translation and not in the English."
            fix = nearest(key, piece) if isinstance(piece, dict) else ""
            yield Problem(file, line, "unknown-piece", what, fix or "Take it out, or add it to the English first.")
        elif isinstance(piece[key], dict):
            yield from _strangers(document, (*path, key), below, piece[key], top=False)
        elif key not in WORD_KEYS or not isinstance(piece[key], (str, list)) or (key == "accepted" and "lang" in piece):
            file, line = document.where((*path, key))
            what = f"`{key}` is not words: a translation cannot change what is right or where it leads."
            yield Problem(file, line, "structure-in-translation", what, "Take the line out.")


def _note_strangers(
    translation: Document, group: str, translated: Mapping[str, Any], pieces: Mapping[str, Any], problems: list[Problem]
) -> None:
    for name in translated:
        if name not in pieces:
            file, line = translation.where((group, name))
            what = f"`{name}` stands in the translation and not in the English."
            fix = nearest(name, pieces) or "Take it out, or add it to the English first."
            problems.append(Problem(file, line, "unknown-piece", what, fix))


def _note_state(
    english: Document,
    translation: Document | None,
    lang: str,
    path: tuple[Key, ...],
    words: Any,
    state: State,
    problems: list[Problem],
) -> None:
    source, line = english.where(path) if state in (State.MISSING, State.STALE) else ("", 0)
    if state is State.MISSING and not words:
        what = f"{_called(path)} has no words in `{lang}` yet, so it is shown in English."
        folder, name = source.rsplit("/", 1)
        problems.append(Problem(source, line, "missing-translation", what, f"Add it to {folder}/{lang}/{name}."))
    elif state is State.STALE and translation is not None:
        file, own_line = translation.where(path)
        what = f"The English of {_called(path)} has changed since it was translated."
        fix = f"Read {source}:{line}, put the words right, then run `capisce words --stamp {file}`."
        problems.append(Problem(file, own_line, "stale-translation", what, fix))


def _review(document: Document | None, path: tuple[Key, ...]) -> Review | None:
    value: Any = document.value if document else None
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    if document is None or not isinstance(value, dict) or "review" not in value:
        return None
    return read_review(Fields(document, path, value, []))


def _called(path: tuple[Key, ...]) -> str:
    return f"`{path[-1]}`" if path else "The title"
