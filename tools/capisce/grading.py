"""Grade a response against a key. Twin of `runtime/grading.js`: both must agree with `tests/vectors/`."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from capisce.model import ChecklistKey, ChoiceKey, Key, OrderKey, PairsKey, Score, SpotKey, TextKey


def grade(key: Key, response: Any) -> Score | None:
    """Return the marks for a response, or `None` when there is nothing to grade yet.

    Ids unknown to the key are dropped and repeated ids count once. A response of the wrong shape is `None`.
    """
    match key:
        case ChoiceKey():
            return grade_choice(key, response)
        case PairsKey():
            return grade_pairs(key, response)
        case OrderKey():
            return grade_order(key, response)
        case TextKey():
            return grade_text(key, response)
        case ChecklistKey():
            return grade_checklist(key, response)
        case SpotKey():
            return grade_spot(key, response)


def grade_choice(key: ChoiceKey, response: Any) -> Score | None:
    """Give right picks less wrong picks, never below 0, out of the options that are right.

    The rule that H5P, Moodle, GIFT and QTI share; ticking everything does not pay.
    """
    picks = known_ids(response, key.options)
    if not picks:
        return None
    right = sum(pick in key.right for pick in picks)
    return Score(max(0, right - (len(picks) - right)), len(key.right))


def grade_pairs(key: PairsKey, response: Any) -> Score | None:
    """Give one mark for each part paired rightly; a part without a pair means the response is not complete."""
    if not isinstance(response, dict):
        return None
    earned = 0
    for part, right in key.parts.items():
        choice = response.get(part)
        if not isinstance(choice, str) or choice not in key.choices:
            return None
        earned += choice in right
    return Score(earned, len(key.parts))


def grade_order(key: OrderKey, response: Any) -> Score | None:
    """Give the length of the longest run in the right relative order, and 0 when it is 1.

    Moodle's "longest ordered subset": one step out of place costs one mark.
    """
    items = known_ids(response, key.items)
    if len(items) != len(key.items):
        return None
    run = longest_run([key.items.index(item) for item in items])
    return Score(run if run > 1 else 0, len(key.items))


def grade_text(key: TextKey, response: Any) -> Score | None:
    """Give one mark when the response is one of the accepted spellings after folding."""
    folded = fold(response) if isinstance(response, str) else ""
    if not folded:
        return None
    return Score(int(any(folded == fold(spelling) for spelling in key.accepted)), 1)


def grade_checklist(key: ChecklistKey, response: Any) -> Score | None:
    """Give one mark for each unit that the learner ticked off."""
    ticked = known_ids(response, key.units)
    return Score(len(ticked), len(key.units)) if ticked else None


def grade_spot(key: SpotKey, response: Any) -> Score | None:
    """Give one mark each for finding, naming and repairing a faulty turn; marking a turn that was right costs one.

    The response holds `error.repair` for each turn that is marked; one that lacks either is not complete yet.
    """
    if not isinstance(response, dict):
        return None
    marked = {name: response[name] for name in key.turns if name in response}
    earned = 0
    for name, value in marked.items():
        turn = key.turns[name]
        error, _, repair = value.partition(".") if isinstance(value, str) else ("", "", "")
        if error not in key.errors or repair not in turn.repairs:
            return None
        earned += 1 + (error in turn.errors) + (repair == turn.right) if turn.errors else -1
    faulty = sum(bool(turn.errors) for turn in key.turns.values())
    return Score(max(0, earned), 3 * faulty) if marked else None


def known_ids(response: Any, known: Iterable[str]) -> list[str]:
    """Return the ids of a response that the key knows, each once, in the order of the response."""
    if not isinstance(response, list):
        return []
    names = set(known)
    return list(dict.fromkeys(id_ for id_ in response if isinstance(id_, str) and id_ in names))


def longest_run(places: list[int]) -> int:
    """Return the length of the longest increasing subsequence, in n log n."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)


_SPACES = re.compile("[\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\xad]")
_APOSTROPHES = re.compile("[\u2019\u2018\u02bc\u2032`]")
_HYPHENS = re.compile("[\u2010\u2011\u2013\u2212]")


def fold(text: str) -> str:
    """Fold what does not make a term another term: case, spaces, apostrophes, hyphens and Unicode form.

    Accents count. Upper case between two lower cases, so that ß and ẞ meet ss and a dotless i meets i; the dot
    that a capital İ leaves behind is dropped.
    """
    text = unicodedata.normalize("NFC", text).lower().upper().lower()
    text = unicodedata.normalize("NFC", text.replace("i\u0307", "i"))
    text = _HYPHENS.sub("-", _APOSTROPHES.sub("'", _INVISIBLE.sub("", text)))
    return _SPACES.sub(" ", text).strip(" ")
