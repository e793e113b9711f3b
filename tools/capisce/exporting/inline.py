"""Words with inline marks to HTML that stands alone, and to plain text: no link leads to a page of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from capisce.exporting.text import clean
from capisce.marks import CITE, FOREIGN, LINK, SAFE_ADDRESS, TERM
from capisce.model import Course
from capisce.rendering.inline import ANY
from capisce.rendering.typography import typeset

_SPACES = re.compile(r"[ \t\n]+")
_PARAGRAPHS = re.compile(r"\n\s*\n|\n")
_ABROAD = re.compile(r"https?://|mailto:")


@dataclass(frozen=True)
class Writer:
    """Writes words for one course in one language.

    `tag` and `attribute` mark the language of foreign words: QTI has `xml:lang`, and Moodle's filter for several
    languages ends at the first `</span>`, so that no other `span` may stand inside.
    """

    course: Course
    tag: str = "bdi"
    attribute: str = "lang"
    typesets: bool = True
    """Whether no-break spaces are put in; a reviewer sees the words as their author typed them."""

    def html(self, text: str, lang: str) -> str:
        """Return words as HTML that is well-formed XML as well."""
        return self._html(_SPACES.sub(" ", clean(text)).strip(" "), lang)

    def paragraphs(self, text: str, lang: str) -> str:
        """Return words as paragraphs, which line breaks part."""
        return "".join(f"<p>{self._html(part, lang)}</p>" for part in _parted(text))

    def plain(self, text: str, lang: str) -> str:
        """Return words as text without marks; a citation becomes the short name of its source in brackets."""
        parts = (self._plain(part) for part in _parted(text))
        return "\n".join(typeset(part, lang) if self.typesets else part for part in parts)

    def source(self, name: str) -> str:
        """Return the short name of a source as HTML, as a link where it has an address."""
        return self._source(name, "")

    def plain_source(self, name: str, where: str = "") -> str:
        """Return the short name of a source as text."""
        source = self.course.sources.get(name)
        label = source.edition(self.course.lang).short if source else name
        return f"{label}, {where}" if where else label

    def marked(self, html: str, lang: str) -> str:
        """Return HTML marked with the language that it is in."""
        return f'<{self.tag} {self.attribute}="{lang}">{html}</{self.tag}>'

    def _html(self, text: str, lang: str) -> str:
        html = []
        for name, words in _walked(text):
            match name:
                case "":
                    html.append(escape(typeset(words, lang), quote=False))
                case "cite":
                    found = _found(CITE, words)
                    html.append(f"[{self._source(found[1], found[2] or '')}]")
                case "term":
                    html.append(self._html(_found(TERM, words)[1], lang))
                case "foreign":
                    html.append(self._foreign(_found(FOREIGN, words)))
                case "link":
                    html.append(self._link(_found(LINK, words), lang))
                case "strong" | "em":
                    html.append(f"<{name}>{self._html(_inside(name, words), lang)}</{name}>")
        return "".join(html)

    def _plain(self, text: str) -> str:
        shown = []
        for name, words in _walked(text):
            match name:
                case "":
                    shown.append(words)
                case "cite":
                    found = _found(CITE, words)
                    shown.append(f"[{self.plain_source(found[1], found[2] or '')}]")
                case "strong" | "em":
                    shown.append(self._plain(_inside(name, words)))
                case _:
                    pattern = {"term": TERM, "foreign": FOREIGN, "link": LINK}[name]
                    shown.append(self._plain(_found(pattern, words)[1]))
        return "".join(shown)

    def _source(self, name: str, where: str) -> str:
        label = escape(typeset(self.plain_source(name, where), self.course.lang), quote=False)
        source = self.course.sources.get(name)
        url = source.edition(self.course.lang).url if source else ""
        return f'<a href="{escape(clean(url))}">{label}</a>' if url else label

    def _foreign(self, found: re.Match[str]) -> str:
        direction = f' dir="{found[3]}"' if found[3] else ""
        return f'<{self.tag} {self.attribute}="{found[2]}"{direction}>{self._html(found[1], found[2])}</{self.tag}>'

    def _link(self, found: re.Match[str], lang: str) -> str:
        words = self._html(found[1], lang)
        return f'<a href="{escape(found[2])}">{words}</a>' if _leads_abroad(found[2]) else words


def has_marks(text: str) -> bool:
    """Whether plain text loses something of these words: anything but a citation or a glossary link."""
    return any(name not in ("", "cite", "term") for name, _ in _walked(text))


def has_dead_link(text: str) -> bool:
    """Whether these words link to a page that only the site has."""
    return any(name == "link" and not _leads_abroad(_found(LINK, words)[2]) for name, words in _walked(text))


def _walked(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the whole of every mark, and the text between them under the name `""`."""
    end = 0
    for match in ANY.finditer(text):
        yield "", text[end : match.start()]
        yield next(name for name in _NAMES if match[name] is not None), match[0]
        end = match.end()
    yield "", text[end:]


_NAMES = ("cite", "term", "foreign", "link", "strong", "em")


def _found(pattern: re.Pattern[str], words: str) -> re.Match[str]:
    found = pattern.fullmatch(words)
    assert found
    return found


def _inside(name: str, words: str) -> str:
    return words[2:-2] if name == "strong" else words[1:-1]


def _leads_abroad(address: str) -> bool:
    return bool(_ABROAD.match(address) and SAFE_ADDRESS.fullmatch(address))


def _parted(text: str) -> list[str]:
    parts = (_SPACES.sub(" ", part).strip(" ") for part in _PARAGRAPHS.split(clean(text)))
    return [part for part in parts if part]
