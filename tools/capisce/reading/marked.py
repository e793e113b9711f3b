"""Check the marks inside words: what they cite, which concept they link to, where their links lead."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from capisce.fields import nearest
from capisce.located import Document, Key
from capisce.marks import BROKEN_CITE, CITE, FOREIGN, LINK, SAFE_ADDRESS, TERM
from capisce.problems import Problem
from capisce.words import words_of

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


@dataclass(frozen=True)
class Known:
    """The ids that content may refer to."""

    sources: Collection[str]
    concepts: Collection[str]
    objectives: Collection[str]


def check_marks(document: Document, path: tuple[Key, ...], piece: Any, known: Known, problems: list[Problem]) -> None:
    """Note every mark in a piece's words that leads nowhere or cannot be shown."""
    for way, words in words_of(piece).items():
        if "[" in words or "<" in words:
            for code, what, fix in find_faults(words, known):
                file, line = document.where((*path, *way))
                problems.append(Problem(file, line, code, what, fix))


def find_faults(words: str, known: Known) -> list[tuple[str, str, str]]:
    """Return code, what is wrong and how to mend it for each mark that cannot stand."""
    faults = []
    for match in CITE.finditer(words):
        if match[1] not in known.sources:
            what = f"`[@{match[1]}]` cites a source that is not in reference/sources.yml."
            faults.append(("unknown-source", what, nearest(match[1], known.sources)))
    for match in BROKEN_CITE.finditer(CITE.sub("", words)):
        what = f"`{match[0]}` is not a citation that can be shown."
        faults.append(("bad-markup", what, "Write each source by itself: `[@palermo, art. 3] [@crc]`."))
    for match in TERM.finditer(words):
        if match[2] not in known.concepts:
            what = f"`term:{match[2]}` is not a concept of reference/glossary.yml."
            faults.append(("unknown-concept", what, nearest(match[2], known.concepts)))
    for match in LINK.finditer(TERM.sub("", words)):
        if not SAFE_ADDRESS.fullmatch(match[2]):
            what = f"The link to `{match[2]}` would not be shown."
            faults.append(("bad-markup", what, "Links begin with https://, http:// or mailto:, or are relative."))
    tag = _TAG.search(FOREIGN.sub("", words))
    if tag:
        what = f"`{tag[0]}` looks like HTML, which readers would see as it stands."
        faults.append(("bad-markup", what, "Use *emphasis*, **strong** or `[word]{lang=fr}` instead."))
    return faults
