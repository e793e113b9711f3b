"""Text that any file may hold, and lines of XML whose bytes depend on their content alone."""

from __future__ import annotations

import re
from html import escape

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids (section 2.2) and that no other program expects."""

_UNSEEN = re.compile("[\t\n\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff\u0300-\u036f]")
_ENDINGS = re.compile("\r\n?")


def clean(text: str) -> str:
    """Return text without characters that XML forbids, its lines ended by a line feed."""
    return FORBIDDEN.sub("", _ENDINGS.sub("\n", text))


def escaped(text: str) -> str:
    """Return text as the content of an XML element."""
    return escape(clean(text), quote=False)


def leaf(name: str, content: str = "", /, **attributes: object) -> list[str]:
    """Return an element on one line; `content` is markup already."""
    if not content:
        return [f"<{name}{_written(attributes)}/>"]
    return [f"<{name}{_written(attributes)}>{content}</{name}>"]


def branch(name: str, /, *children: list[str], **attributes: object) -> list[str]:
    """Return an element with its children on lines of their own."""
    lines = [f"  {line}" for child in children for line in child]
    return [f"<{name}{_written(attributes)}>", *lines, f"</{name}>"]


def document(*lines: str) -> bytes:
    """Return an XML document."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, ""]).encode("utf-8")


def _written(attributes: dict[str, object]) -> str:
    """Write attributes; `base_type` becomes `base-type`, and `xml__lang` becomes `xml:lang`."""
    return "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{_attribute(str(value))}"' for name, value in attributes.items()
    )


def _attribute(value: str) -> str:
    """Write an attribute; what nobody can see, and what a reader would make a space of, is written as a number."""
    return _UNSEEN.sub(lambda match: f"&#{ord(match[0])};", escape(clean(value), quote=False).replace('"', "&quot;"))
