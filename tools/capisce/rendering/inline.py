"""Words with inline marks to HTML; nothing an author writes gets through as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from markupsafe import Markup

from capisce.marks import CITE, FOREIGN, LINK, SAFE_ADDRESS, TERM
from capisce.rendering.setting import Setting
from capisce.rendering.typography import typeset

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S)
_EM = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*])")
ANY = re.compile(
    "|".join(f"(?P<{name}>{pattern.pattern})" for name, pattern in (
        ("cite", CITE), ("term", TERM), ("foreign", FOREIGN), ("link", LINK), ("strong", _STRONG), ("em", _EM),
    )),
    re.S,
)  # fmt: skip
"""Every inline mark; the name of the group that matched says which one. Exports read words by the same pattern."""
_PLAIN = re.compile(r"[\[*]")


def render_inline(text: str, setting: Setting, lang: str | None = None) -> Markup:
    """Return words as HTML; `lang` is the language they are in when it is not the page's."""
    return Markup(_render(" ".join(text.split("\n")), setting, lang or setting.lang))


def render_paragraphs(text: str, setting: Setting, lang: str | None = None) -> Markup:
    """Return words as paragraphs, which blank lines part."""
    paragraphs = [part for part in re.split(r"\n\s*\n|\n", text.strip()) if part.strip()]
    return Markup("".join(f"<p>{render_inline(part, setting, lang)}</p>" for part in paragraphs))


def plain(text: str) -> str:
    """Return words without their marks, for labels that cannot hold HTML."""
    text = CITE.sub("", text)
    for pattern in (TERM, FOREIGN, LINK, _STRONG, _EM):
        text = pattern.sub(r"\1", text)
    return " ".join(text.split())


def render_cite(source_id: str, where: str, setting: Setting) -> str:
    """Return a citation as a link to the entry of the sources page."""
    source = setting.course.sources.get(source_id)
    if source is None:
        return escape(f"[{source_id}]")
    label = source.edition(setting.lang).short + (f", {where}" if where else "")
    href = setting.link("sources.md", source_id)
    return f'<a class="cap-cite" href="{escape(href)}">{escape(typeset(label, setting.lang))}</a>'


def render_term(words: str, concept_id: str, setting: Setting) -> str:
    """Return words linked to the glossary, with the definition as a tooltip; `words` is HTML."""
    concept = setting.course.concepts.get(concept_id)
    if concept is None:
        return words
    href = setting.link("glossary.md", concept_id)
    tip = setting.unique(f"tip-{concept_id}")
    lang = f' lang="{concept.lang}"' if concept.lang != setting.lang else ""
    definition = escape(typeset(plain(concept.definition), concept.lang))
    return (
        f'<span class="cap-concept"><a href="{escape(href)}" aria-describedby="{tip}">{words}</a>'
        f'<span class="cap-tip" role="tooltip" id="{tip}"{lang}>{definition}</span></span>'
    )


def _render(text: str, setting: Setting, lang: str) -> str:
    if not _PLAIN.search(text):
        return escape(typeset(text, lang), quote=False)
    html, end = [], 0
    for match in ANY.finditer(text):
        html.append(escape(typeset(text[end : match.start()], lang), quote=False))
        html.append(_mark(match, setting, lang))
        end = match.end()
    html.append(escape(typeset(text[end:], lang), quote=False))
    return "".join(html)


def _mark(match: re.Match[str], setting: Setting, lang: str) -> str:
    for name, show in _MARKS.items():
        if match[name] is not None:
            return show(match[name], setting, lang)
    raise AssertionError("a mark without a name")


def _show_cite(mark: str, setting: Setting, lang: str) -> str:
    found = CITE.fullmatch(mark)
    assert found
    return render_cite(found[1], found[2] or "", setting)


def _show_term(mark: str, setting: Setting, lang: str) -> str:
    found = TERM.fullmatch(mark)
    assert found
    return render_term(_render(found[1], setting, lang), found[2], setting)


def _show_foreign(mark: str, setting: Setting, lang: str) -> str:
    found = FOREIGN.fullmatch(mark)
    assert found
    direction = f' dir="{found[3]}"' if found[3] else ""
    return f'<span lang="{found[2]}"{direction}>{_render(found[1], setting, found[2])}</span>'


def _show_link(mark: str, setting: Setting, lang: str) -> str:
    found = LINK.fullmatch(mark)
    assert found
    words = _render(found[1], setting, lang)
    if not SAFE_ADDRESS.fullmatch(found[2]):
        return words
    outside = ' rel="noreferrer"' if found[2].startswith("http") else ""
    return f'<a href="{escape(found[2])}"{outside}>{words}</a>'


def _show_strong(mark: str, setting: Setting, lang: str) -> str:
    return f"<strong>{_render(mark[2:-2], setting, lang)}</strong>"


def _show_em(mark: str, setting: Setting, lang: str) -> str:
    return f"<em>{_render(mark[1:-1], setting, lang)}</em>"


_MARKS: dict[str, Callable[[str, Setting, str], str]] = {
    "cite": _show_cite,
    "term": _show_term,
    "foreign": _show_foreign,
    "link": _show_link,
    "strong": _show_strong,
    "em": _show_em,
}
