"""Reads GIFT character by character, as its documentation describes it: nothing is shared with the exporter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

FORMATS = ("[html]", "[plain]", "[moodle]", "[markdown]")


@dataclass
class Response:
    """One entry between the braces: `=` or `~`, its share in per cent, the words, the feedback."""

    sign: str
    share: float | None
    text: str
    feedback: str = ""


@dataclass
class Asked:
    """One question as a reader of GIFT sees it."""

    name: str
    id: str
    tags: list[str]
    category: str
    text: str
    type: str
    responses: list[Response] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    general: str = ""


def read_gift(gift: str) -> list[Asked]:
    """Return the questions of a file; raise `ValueError` for what no reader would take."""
    questions, category = [], ""
    for block in re.split(r"\n[ \t]*\n", gift.strip("\n")):
        if block.startswith("$CATEGORY:"):
            category = block.removeprefix("$CATEGORY:").strip()
            continue
        comments = [line for line in block.split("\n") if line.startswith("//")]
        body = "\n".join(line for line in block.split("\n") if not line.strip().startswith("//"))
        questions.append(_read(body, " ".join(comments), category))
    return questions


def _read(body: str, comment: str, category: str) -> Asked:
    signs = list(_signs(body))
    if "".join(signs[:2]) != "::":
        raise ValueError("a question without a name")
    end = next(i for i in range(2, len(signs)) if signs[i] == signs[i + 1] == ":")
    opened = [i for i, sign in enumerate(signs) if sign == "{"]
    closed = [i for i, sign in enumerate(signs) if sign == "}"]
    if len(opened) != 1 or len(closed) != 1 or closed[0] != len(signs) - 1:
        raise ValueError(f"braces do not match in {body!r}")
    inside = signs[opened[0] + 1 : closed[0]]
    general: list[str] = []
    for at in range(len(inside) - 3):
        if inside[at : at + 4] == ["#"] * 4:
            inside, general = inside[:at], inside[at + 4 :]
            break
    found = re.search(r"\[id:([^\]]+)\]", comment)
    asked = Asked(
        name=_plain(signs[2:end]),
        id=found[1] if found else "",
        tags=re.findall(r"\[tag:([^\]]+)\]", comment),
        category=category,
        text=_plain(signs[end + 2 : opened[0]]),
        type="",
        general=_plain(general),
    )
    _fill(asked, inside)
    return asked


def _fill(asked: Asked, inside: list[str]) -> None:
    """Tell the type as Moodle does and read the responses."""
    raw = "".join(sign if len(sign) == 1 else "·" for sign in inside).strip()
    if not raw:
        asked.type = "essay"
    elif raw.startswith(("TRUE", "FALSE")) and "~" not in raw and "=" not in raw:
        asked.type = "truefalse"
        word, wrong, right = (_plain(part) for part in [*_split(inside, "#"), [], []][:3])
        asked.responses = [Response(word, None, "", right), Response("", None, "", wrong)]
    elif "~" in raw:
        asked.type = "multichoice"
        asked.responses = [_response(part) for part in _entries(inside)]
        if not any(r.sign == "=" or (r.share or 0) > 0 for r in asked.responses):
            raise ValueError("a choice without a right option, which Moodle takes in silence")
    elif "=" in raw and "->" in raw:
        asked.type = "matching"
        for part in _entries(inside):
            at = next(i for i in range(1, len(part)) if part[i : i + 2] == ["-", ">"])
            asked.pairs.append((_plain(part[1:at]), _plain(part[at + 2 :])))
    elif "=" in raw:
        asked.type = "shortanswer"
        asked.responses = [_response(part) for part in _entries(inside)]
    else:
        raise ValueError(f"no type of question: {raw!r}")


def _signs(text: str) -> list[str]:
    """Cut text into characters; an escaped one is a piece of two and so never acts."""
    return re.findall(r"\\.|.", text, re.S)


def _plain(signs: list[str]) -> str:
    words = "".join(signs).strip()
    for name in FORMATS:
        words = words.removeprefix(name) if words.startswith(name) else words
        if "".join(signs).strip() != words:
            break
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], words, flags=re.S).strip()


def _split(signs: list[str], at: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for sign in signs:
        if sign == at:
            parts.append([])
        else:
            parts[-1].append(sign)
    return parts


def _entries(inside: list[str]) -> list[list[str]]:
    entries: list[list[str]] = []
    for sign in inside:
        if sign in "=~":
            entries.append([sign])
        elif entries:
            entries[-1].append(sign)
        elif sign.strip():
            raise ValueError(f"words before the first response: {sign!r}")
    return entries


def _response(entry: list[str]) -> Response:
    sign, rest = entry[0], entry[1:]
    share = None
    found = re.match(r"%(-?\d{1,3}(?:\.\d*)?)%", "".join(sign if len(sign) == 1 else "··" for sign in rest))
    if found:
        share, rest = float(found[1]), rest[found.end() :]
    words, *feedback = _split(rest, "#")
    return Response(sign, share, _plain(words), _plain([sign for part in feedback for sign in part]))
