"""The page that a partner reads first: plain HTML in four languages, in ASCII, so that any program shows it."""

from __future__ import annotations

from collections.abc import Sequence

from capisce import __version__
from capisce.policy import add_policy
from capisce.rendering.interface import Interface
from capisce.rendering.templates import render_template
from capisce.words import LANGUAGES

READ_ME = "READ-ME.html"


def render_read_me(languages: Sequence[str]) -> bytes:
    """Return the page; `languages` are those the package holds."""
    names = {lang: Interface(lang).name for lang in LANGUAGES}
    held = ", ".join(names[lang] for lang in languages)
    html = str(render_template("packaging/read-me.html", names=names, held=held, version=__version__))
    return f"{add_policy(html)}\n".encode("ascii", "xmlcharrefreplace")
