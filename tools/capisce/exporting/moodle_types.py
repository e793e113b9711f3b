"""The types of Moodle's questions: which one asks what each of our rules asks, with the same marks.

Element names as Moodle's own readers know them: question/format/xml/format.php, and import_from_xml of the types
gapselect and ordering (the second one in Moodle itself since 4.5).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from string import ascii_uppercase

from capisce.exporting import asking, moodle
from capisce.exporting.inline import Writer
from capisce.exporting.losses import Losses, unaskable
from capisce.exporting.side_by_side import Piece
from capisce.exporting.text import branch, clean, escaped, leaf
from capisce.grading import fold
from capisce.model import ChecklistKey, ChoiceKey, OrderKey, PairsKey, Part, Question, Target, TextKey
from capisce.rendering.interface import Interface

_DOUBLE_BRACKET = re.compile(r"\[(?=\[)")

Body = tuple[str, str, list[list[str]]]
"""Question type, HTML that follows the prompt, and the elements that only this type has."""


def body_of(piece: Piece, losses: Losses) -> Body | None:
    """Return the type of a question with what only this type has; nothing when Moodle has none like it."""
    key = piece.question.key
    why_not = unaskable(key)
    if why_not:
        losses.note(piece.ref, "question", why_not)
        return None
    match key:
        case ChoiceKey(options=asking.TRUE_FALSE):
            return "truefalse", "", [_answer(piece, part, key, leaf("text", part.id)) for part in piece.question.parts]
        case ChoiceKey():
            return _multichoice(piece, key)
        case PairsKey() if asking.shows_gaps(piece.question) and len(piece.langs) == 1:
            return _gapselect(piece, key)
        case PairsKey():
            return _matching(piece, key, losses)
        case OrderKey():
            return _ordering(piece, key)
        case TextKey():
            return _shortanswer(piece, losses)
        case ChecklistKey():
            return _essay(piece, key, losses)
    losses.note(piece.ref, "question", f"Moodle has nothing like a question with the rule `{key.rule}`; it is left out")
    return None


def _multichoice(piece: Piece, key: ChoiceKey) -> Body:
    answers = [_answer(piece, part, key, html_leaf(_name(piece, part))) for part in piece.question.parts]
    several = asking.takes_several(piece.question)
    settings = [
        leaf("single", "false" if several else "true"),
        leaf("shuffleanswers", "false"),
        leaf("answernumbering", "none"),
        leaf("showstandardinstruction", "0"),
        leaf("shownumcorrect"),
    ]
    return "multichoice", "", [*settings, *answers]


def _answer(piece: Piece, part: Part, key: ChoiceKey, words: list[str]) -> list[str]:
    """Return an option: a right one is worth its share, and takes that share away where several may be chosen."""
    share = moodle.fraction(1, len(key.right))
    wrong = f"-{share}" if asking.takes_several(piece.question) else "0"
    feedback = piece.inline(partial(_part_feedback, id_=part.id))
    return branch(
        "answer",
        words,
        branch("feedback", html_leaf(feedback), format="html"),
        fraction=share if part.id in key.right else wrong,
        format="html",
    )


def _gapselect(piece: Piece, key: PairsKey) -> Body:
    """Return a text with a list to choose from in each gap; Moodle finds a gap by the number of its right word."""
    place = {choice: number for number, choice in enumerate(key.choices, 1)}
    shown = {part: f"[[{place[right[0]]}]]" for part, right in key.parts.items()}
    text = asking.with_gaps(without_gaps(piece.block(lambda q, _: q.text)), shown)
    lang = piece.langs[0]
    options = [
        branch("selectoption", text_leaf(_label(piece.plain(lang, _words_of(target)))), leaf("group", "1"))
        for target in piece.question.targets
    ]
    return "gapselect", text, [leaf("shuffleanswers", "1"), leaf("shownumcorrect"), *options]


def _matching(piece: Piece, key: PairsKey, losses: Losses) -> Body:
    """Return items with a list to choose from for each; what nothing belongs to stands there as well."""
    question, asked = piece.question, ""
    if asking.shows_gaps(question):
        numbers = {part.id: f"<strong>({number})</strong> _____" for number, part in enumerate(question.parts, 1)}
        asked = asking.with_gaps(piece.block(lambda q, _: q.text), numbers)
        losses.note(piece.ref, "text", "in a file with several languages, gaps are asked as a matching question")
    words = {target.id: piece.inline(_words_of(target)) for target in question.targets}
    if any(len(text) > moodle.LONGEST_CHOICE for text in words.values()):
        letters = dict(zip(words, ascii_uppercase, strict=False))
        asked += "".join(f"<p>{letters[id_]}. {text}</p>" for id_, text in words.items())
        words = letters
        what = f"Moodle keeps {moodle.LONGEST_CHOICE} characters, so that letters stand for the choices"
        losses.note(piece.ref, "targets", what)
    else:
        words = {
            target.id: _label(piece.plain(piece.langs[0], _words_of(target))) if len(piece.langs) == 1 else text
            for target, text in zip(question.targets, words.values(), strict=True)
        }
    used = {right[0] for right in key.parts.values()}
    pairs = [(_name(piece, part), words[key.parts[part.id][0]]) for part in question.parts]
    pairs += [("", text) for id_, text in words.items() if id_ not in used]
    stems = [
        branch("subquestion", html_leaf(stem), branch("answer", text_leaf(text)), format="html") for stem, text in pairs
    ]
    return "matching", asked, [leaf("shuffleanswers", "true"), leaf("shownumcorrect"), *stems]


def _ordering(piece: Piece, key: OrderKey) -> Body:
    """Return items in the right order; the longest run in the right order earns the marks, as here."""
    settings = [
        leaf("layouttype", "VERTICAL"),
        leaf("selecttype", "ALL"),
        leaf("selectcount", str(len(key.items))),
        leaf("gradingtype", "LONGEST_ORDERED_SUBSET"),
        leaf("showgrading", "SHOW"),
        leaf("numberingstyle", "none"),
        leaf("shownumcorrect"),
    ]
    items = [
        branch("answer", html_leaf(piece.inline(partial(_part_text, id_=id_))), fraction=place, format="html")
        for place, id_ in enumerate(key.items, 1)
    ]
    return "ordering", "", [*settings, *items]


def _shortanswer(piece: Piece, losses: Losses) -> Body:
    """Return the spellings that are right and, after them, typical misses with their feedback."""
    right: dict[str, None] = {}
    missed: dict[str, str] = {}
    for question in piece.questions.values():
        assert isinstance(question.key, TextKey)
        for spelling in question.key.accepted:
            right |= dict.fromkeys(moodle.spellings(spelling))
        for miss, spellings in question.key.misses.items():
            missed |= {text: miss for spelling in spellings for text in moodle.spellings(spelling)}
    if len({q.key.accepted for q in piece.questions.values() if isinstance(q.key, TextKey)}) > 1:
        losses.note(piece.ref, "accepted", "the spellings of every language are accepted, whatever the language")
    known = {fold(text) for text in right}
    answers = [_spelling(text, "100", "") for text in right]
    for text, miss in missed.items():
        if fold(text) not in known:
            answers.append(_spelling(text, "0", piece.inline(partial(_part_feedback, id_=miss))))
    return "shortanswer", "", [leaf("usecase", "0"), *answers]


def _spelling(text: str, fraction: str, feedback: str) -> list[str]:
    """Return one spelling; an asterisk would stand for anything."""
    words = text_leaf(text.replace("*", "\\*"))
    return branch("answer", words, branch("feedback", html_leaf(feedback), format="html"), fraction=fraction)


def _essay(piece: Piece, key: ChecklistKey, losses: Losses) -> Body:
    """Return a free text without marks; what to compare it with is shown afterwards."""
    losses.note(piece.ref, "units", "the learner compares with the points afterwards and cannot tick them; no marks")
    settings = [
        leaf("responseformat", "editor"),
        leaf("responserequired", "1"),
        leaf("responsefieldlines", "10"),
        leaf("attachments", "0"),
        leaf("attachmentsrequired", "0"),
    ]
    info = branch("graderinfo", html_leaf(piece.made(lambda q, w, _: points(key, q, w))), format="html")
    return "essay", "", [*settings, info]


def points(key: ChecklistKey, question: Question, writer: Writer) -> str:
    """Return what a learner compares with, as a list."""
    points = (writer.html(unit.text, question.lang) for unit in asking.units(key, question))
    return f"<ul>{''.join(f'<li>{point}</li>' for point in points)}</ul>"


def _name(piece: Piece, part: Part) -> str:
    return piece.inline(lambda q, i: asking.part_name(q, _part(q, part.id), i), ours=not part.text)


def _part(question: Question, id_: str) -> Part:
    return next((part for part in question.parts if part.id == id_), Part(id_, id_))


def _part_text(question: Question, _: Interface, id_: str) -> str:
    return _part(question, id_).text


def _part_feedback(question: Question, _: Interface, id_: str) -> str:
    return _part(question, id_).feedback


def _words_of(target: Target) -> Callable[[Question, Interface], str]:
    return lambda question, _: next(other.text for other in question.targets if other.id == target.id)


def without_gaps(html: str) -> str:
    """Return HTML in which Moodle finds no gap, which it would see in `[[1]]`."""
    return _DOUBLE_BRACKET.sub("&#91;", html)


def html_leaf(html: str) -> list[str]:
    """Return HTML as Moodle keeps it; `]]>` would end the section, and `@@PLUGINFILE@@` stands for an address."""
    if not html:
        return leaf("text")
    html = html.replace("@@PLUGINFILE@@", "&#64;@PLUGINFILE@@").replace("]]>", "]]]]><![CDATA[>")
    return leaf("text", f"<![CDATA[{html}]]>")


def text_leaf(text: str) -> list[str]:
    """Return plain text as Moodle keeps it."""
    return leaf("text", escaped(text))


def _label(text: str) -> str:
    """Return plain text for a list to choose from, which Moodle writes into its page as HTML."""
    return escape(clean(text), quote=False)
