"""The folding of typed terms as a regular expression, for programs that cannot run our graders."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, permutations, product

from capisce.exporting.text import clean
from capisce.grading import fold

_SCRIPTS = (
    range(0x9, 0x2400),
    range(0x2C00, 0x2E00),
    range(0x3000, 0x3001),
    range(0xA640, 0xAC00),
    range(0xFB00, 0xFB18),
    range(0xFEFF, 0xFF5B),
    range(0x10400, 0x10500),
    range(0x1E900, 0x1E944),
)
"""Where there are letters with two cases, spaces, hyphens, apostrophes and ligatures."""


def pattern(spellings: Iterable[str]) -> str:
    """Return an expression that matches what folds to one of the spellings, and nothing else.

    For XML Schema and for JavaScript alike: no anchors, no named classes, groups without names. Left out are a
    ligature across two letters of which the first belongs to another one, and invisible characters before an accent.
    """
    alternatives = dict.fromkeys(_expression(fold(spelling)) for spelling in spellings)
    around = f"[{_spaces()}{_invisible()}]*"
    return f"{around}({'|'.join(alternatives)}){around}"


def blank() -> str:
    """Return an expression that matches what folds to nothing."""
    return f"[{_spaces()}{_invisible()}]*"


def _expression(folded: str) -> str:
    parts = []
    for piece in _pieces(folded):
        if piece == " ":
            parts.append(f"[{_spaces()}][{_spaces()}{_invisible()}]*")
        else:
            parts.append(f"{_any_of(piece)}[{_invisible()}]*")
    return "".join(parts)


def _pieces(folded: str) -> Iterator[str]:
    """Cut folded text into letters with their accents, and letters that a ligature may stand for."""
    at = 0
    while at < len(folded):
        length = next((n for n in (3, 2) if len(folded) >= at + n and folded[at : at + n] in _written()), 1)
        while at + length < len(folded) and unicodedata.combining(folded[at + length]):
            length += 1
        yield folded[at : at + length]
        at += length


def _any_of(piece: str) -> str:
    """Return an expression for everything that folds to a letter with its accents, or to the letters of a ligature."""
    forms = {form for form in _forms(piece) if _sigma(fold(form)) == _sigma(piece)}
    letters = list(_pieces(piece)) if piece not in _written() else [*piece]
    single = "".join(sorted(form for form in forms if len(form) == 1 and ord(form) < 0x10000))
    others = sorted(map(_literal, (form for form in forms if form not in single)))
    if len(single) == 1:
        others.insert(0, _literal(single))
    elif single:
        hyphen = "-" if "-" in single else ""  # at the end, where it does not mean from-to
        others.insert(0, f"[{single.replace('-', '')}{hyphen}]")
    if len(letters) > 1 and not any(unicodedata.combining(letter) for letter in letters):
        others.append(f"[{_invisible()}]*".join(map(_any_of, letters)))
    return others[0] if len(others) == 1 else f"({'|'.join(others)})"


def _forms(piece: str) -> set[str]:
    """Return the ways to write a letter with its accents: either case, composed or not, accents in any order."""
    base, *accents = list(unicodedata.normalize("NFD", piece))
    forms = set(_written().get(_sigma(piece), ())) | {piece}
    if any(not unicodedata.combining(accent) for accent in accents):
        return forms
    for written, order in product({base, base.upper(), *_written().get(_sigma(base), ())}, permutations(accents[:3])):
        marks = "".join(order) + "".join(accents[3:])
        for composed in range(len(marks) + 1):
            forms.add(unicodedata.normalize("NFC", written + marks[:composed]) + marks[composed:])
    if base == "i":
        forms |= {f"{dotless}\u0307" for dotless in "iIı"}  # the dot of a capital İ is dropped
    return forms


def _sigma(text: str) -> str:
    """Return text without the other sigma that Greek has at the end of a word."""
    return text.replace("ς", "σ")


def _literal(text: str) -> str:
    """Write text so that no character acts; the dollar sign acts in JavaScript and may not be escaped in XML Schema."""
    return re.sub(r"[\\.?*+(){}\[\]|^]", r"\\\g<0>", text).replace("$", "[$]")


@cache
def _written() -> dict[str, list[str]]:
    """Return, for what is left after folding, the single characters that fold to it."""
    found = defaultdict(list)
    for code in chain(*_SCRIPTS):
        character = chr(code)
        folded = fold(character)
        if folded and folded != character and not 0xD800 <= code <= 0xDFFF:
            found[folded].append(character)
    return dict(found)


@cache
def _spaces() -> str:
    return _folding_between("a b")


@cache
def _invisible() -> str:
    return _folding_between("ab")


def _folding_between(folded: str) -> str:
    """Return the characters that, between two letters, fold to a space or to nothing."""
    characters = (chr(code) for code in chain(*_SCRIPTS))
    return "".join(c for c in characters if clean(c) == c and fold(f"a{c}b") == folded)
