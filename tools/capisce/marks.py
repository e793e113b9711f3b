"""The marks that authors use inside text: citations, glossary links, foreign words, and `:::` blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from capisce.model import Reference

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"

CITE = re.compile(rf"\[@({_ID})(?:,[ \u00a0]([^\[\]]+))?\]")
"""`[@palermo, art. 3]`: source, and where in it."""

TERM = re.compile(rf"\[([^\[\]]+)\]\(term:({_ID})\)")
"""`[non-punishment](term:non-punishment-principle)`: words, concept."""

FOREIGN = re.compile(r"\[([^\[\]]+)\]\{lang=([a-z]{2,3}(?:-[A-Za-z0-9]+)?)(?: dir=(rtl|ltr))?\}")
"""`[traite]{lang=fr}`: words, language, direction."""

LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
"""`[words](address)`."""

BROKEN_CITE = re.compile(r"\[@[^\]]*\]?")
"""What looks like a citation and is none, once the real ones are taken out."""

SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s]+|(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)[^\s]+")
"""Addresses a link may have: http, https, mailto and relative ones."""

BLOCK = re.compile(r"^:::[ \t]*(?:([a-z][a-z-]*)(?:[ \t]+(\S+))?)?[ \t]*$")
"""`::: name argument`, or a bare `:::` that closes a block."""

CLOSED_BLOCKS = frozenset({"dialogue", "ways", "test"})
"""Blocks that hold text of their own and end with a bare `:::`."""

OPEN_BLOCKS = frozenset({"quiz", "question", "scenario", "walkthrough", "glossary", "sources", "cited", "progress"})
"""Blocks of one line."""

NAMED_BLOCKS = frozenset({"quiz", "question", "scenario", "walkthrough"})
"""Blocks that need the name of what they show."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1")


def find_references(text: str, line: int = 0) -> Iterator[Reference]:
    """Yield the citations and glossary links in words."""
    for match in CITE.finditer(text):
        yield Reference("cite", match[1], line)
    for match in TERM.finditer(text):
        yield Reference("term", match[2], line)


def read_references(markdown: str, first_line: int) -> Iterator[Reference]:
    """Yield everything that a lesson's Markdown asks for, code left out; a bare `:::` has the name `""`."""
    fence = ""
    for number, text in enumerate(markdown.split("\n"), first_line):
        match = _FENCE.match(text)
        if match and (not fence or match[1].startswith(fence)):
            fence = "" if fence else match[1]
            continue
        if fence:
            continue
        block = BLOCK.match(text)
        if block is None:
            yield from find_references(_CODE.sub("", text), number)
        elif block[1] == "quiz" and block[2]:
            yield Reference("quiz", block[2], number)
        elif block[1] == "question" and block[2]:
            yield Reference("question", block[2], number)
        elif block[1] == "scenario" and block[2]:
            yield Reference("scenario", block[2], number)
        elif block[1] == "walkthrough" and block[2]:
            yield Reference("walkthrough", block[2], number)
        else:
            yield Reference("block", block[1] or "", number)
