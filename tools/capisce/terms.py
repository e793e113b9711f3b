"""Words to avoid: find them in a text, and say what to write instead and why.

A word that is quoted, set in emphasis or marked as of another language is being spoken about, not used. A glossary
entry with words in brackets, such as "client (of a child)", is meant for some contexts only, which a program
cannot tell, so it is asked for and never flagged by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from capisce.located import Document, read_text, read_yaml
from capisce.marks import BLOCK
from capisce.model import Concept, Course
from capisce.problems import Problem
from capisce.words import OWN_KEYS, SOURCE_LANGUAGE, words_of

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SPOKEN_OF = re.compile(
    # Quotation marks; a closing one inside a word is an apostrophe.
    r"‘[^‘’\n]*(?:’(?=\w)[^‘’\n]*)*’(?!\w)|“[^“”]*”|«[^«»]*»|\"[^\"\n]*\"|"
    r"(?<![*\w])\*{1,2}[^*\n]+\*{1,2}(?![*\w])|(?<![_\w])_[^_\n]+_(?![_\w])|`[^`\n]*`|"
    r"\[[^\[\]\n]+\]\{[^{}\n]*\}|\[@[^\[\]\n]*\]|\]\([^()\s]*\)|<!--.*?-->|https?://\S+",
    re.S,
)
_ENDINGS = {
    "en": r"(?:’s|'s|s|es)?",
    "fr": r"(?:e|s|es|x)?",
    "nl": r"(?:’s|'s|e|s|n|en|es|jes?)?",
    "it": "",
}
"""Endings that a word of a term may have besides its own; an Italian word changes its last vowel instead."""


@dataclass(frozen=True)
class Word:
    """A term to avoid in one language, what to write instead, and why."""

    term: str
    instead: str
    why: str
    concept: str
    sometimes: bool


@dataclass(frozen=True)
class Found:
    """A term to avoid where it stands: line and column counted from 1, and the words as they stand there."""

    line: int
    column: int
    text: str
    word: Word


def words_to_avoid(course: Course) -> list[Word]:
    """Return every term to avoid of a course's language; one entry of the glossary may hold several, with commas."""
    return [word for concept in course.concepts.values() if concept.lang == course.lang for word in _words(concept)]


def _words(concept: Concept) -> Iterator[Word]:
    for entry in concept.avoid:
        sometimes = "(" in entry.term
        for term in _BRACKETS.sub("", re.sub(r"\[([^\[\]]+)\]\{[^{}]*\}", r"\1", entry.term)).split(","):
            if term.strip() and "…" not in term:
                yield Word(term.strip(), concept.term, entry.why, concept.id, sometimes)


def check_terms(root: Path, course: Course) -> list[Problem]:
    """Note every use of a term to avoid in the pages and exercises of the course's own language.

    What people say in dialogues is theirs and stays; so do a country's own terms and what a learner may type.
    """
    words = [word for word in words_to_avoid(course) if not word.sometimes]
    folder = "" if course.lang == SOURCE_LANGUAGE else f"{course.lang}/"
    problems: list[Problem] = []
    for path in sorted((root / "docs" / course.lang).rglob("*.md")):
        problems += _problems(_page_words(path), path.relative_to(root).as_posix(), course.lang, words)
    for group in ("quizzes", "scenarios", "walkthroughs", "reference"):
        for path in sorted((root / group / folder).glob("*.yml")):
            file = path.relative_to(root).as_posix()
            document, _ = read_yaml(root, file)
            for line, text in _exercise_words(document) if document else ():
                problems += _problems([(line, text)], file, course.lang, words)
    return sorted(set(problems))


def _problems(texts: Iterable[tuple[int, str]], file: str, lang: str, words: list[Word]) -> Iterator[Problem]:
    for first, text in texts:
        for found in find_words(text, lang, words):
            what = f"`{found.text}` is a term to avoid: {found.word.why}"
            fix = f"Write `{found.word.instead}`, or put it in quotation marks where it is spoken about."
            yield Problem(file, first + found.line - 1, "term-to-avoid", _sentence(what), fix)


def _page_words(path: Path) -> list[tuple[int, str]]:
    """Return a page's text with its front matter and dialogues blank, so that every line keeps its number."""
    text, _ = read_text(path.parent, path.name)
    lines = (text or "").split("\n")
    end = lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0
    lines[:end] = [""] * end
    inside = False
    for number, line in enumerate(lines):
        match = BLOCK.match(line)
        inside = match[1] == "dialogue" if match else inside
        if inside:
            lines[number] = ""
    return [(1, "\n".join(lines))]


def _exercise_words(document: Document) -> Iterator[tuple[int, str]]:
    """Yield line and words of a content file, without what is said, typed, or listed as a term to avoid."""
    for path, text in words_of(document.value).items():
        if path[-1] in _SPEECH or path[0] == "sources" or (path[0] == "concepts" and path[2] in OWN_KEYS):
            continue
        yield document.where(path)[1], text


_SPEECH = ("says", "rendition", "accepted")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else text + "."


def find_words(text: str, lang: str, words: Iterable[Word], quoted: bool = False) -> list[Found]:
    """Return the terms to avoid that a text uses, in the order of the text; `quoted` finds those spoken about too."""
    shown = text if quoted else blank_spoken_of(text)
    found = []
    for word in words:
        for match in _pattern(word.term, lang).finditer(shown):
            start = match.start()
            line = shown.count("\n", 0, start) + 1
            column = start - (shown.rfind("\n", 0, start) + 1) + 1
            found.append(Found(line, column, " ".join(text[start : match.end()].split()), word))
    longest = {(one.line, one.column): one for one in sorted(found, key=lambda one: len(one.text))}
    return [longest[place] for place in sorted(longest)]


def blank_spoken_of(text: str) -> str:
    """Put spaces where words are quoted, emphasised, cited or of another language; every line keeps its place."""
    return _SPOKEN_OF.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


@cache
def _pattern(term: str, lang: str) -> re.Pattern[str]:
    """Return what finds a term: any case, its words inflected simply, any space or line end between them."""
    parts = [_inflected(word, lang) if _WORD.fullmatch(word) else re.escape(word) for word in term.split()]
    return re.compile(r"(?<![\w-])" + r"\s+".join(parts) + r"(?![\w-])", re.I)


def _inflected(word: str, lang: str) -> str:
    any_apostrophe = re.escape(word).replace("’", "[’']")
    if lang == "it" and len(word) > 3 and word[-1] in "aeio":
        return any_apostrophe[:-1] + "[aeio]h?[aeio]?"
    if lang == "fr" and word.endswith("al"):
        return any_apostrophe[:-1] + "(?:ux|le?s?)"
    return any_apostrophe + (_ENDINGS[lang] if len(word) > 3 else "")


def report_terms(text: str, name: str, course: Course, quoted: bool = False) -> tuple[str, int]:
    """Return what to change in a text that anybody wrote, and how many of its words are to be avoided as they stand."""
    found = find_words(text, course.lang, words_to_avoid(course), quoted)
    lines, sure = [], 0
    for one in found:
        sure += not one.word.sometimes
        advice = "look at" if one.word.sometimes else "avoid"
        lines.append(f"{name}:{one.line}:{one.column}: {advice} `{one.text}`: {_sentence(one.word.why)}")
        lines.append(f"    Write `{one.word.instead}`" + (" where that is meant." if one.word.sometimes else "."))
    return "\n".join(lines), sure
