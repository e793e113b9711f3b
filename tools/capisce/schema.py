"""The JSON Schema of a quiz file, so that an editor completes names and underlines what does not belong."""

from __future__ import annotations

from typing import Any

from capisce.kinds import KINDS
from capisce.kinds.plans import SHAPES
from capisce.kinds.render import NEXT
from capisce.kinds.spot import ERRORS

Schema = dict[str, Any]

_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_WORDS: Schema = {"type": "string", "minLength": 1}
_IDS: Schema = {"type": "array", "items": {"type": "string", "pattern": _ID}}
_NAME: Schema = {"type": ["string", "boolean", "integer"]}


def quiz_schema() -> Schema:
    """Return the schema of `quizzes/<slug>.yml` as JSON Schema, draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CAPISCE quiz",
        **_object(
            {
                "title": _WORDS,
                "intro": _WORDS,
                "module": {"type": "string", "pattern": _ID},
                "pass": {"type": "integer", "minimum": 1, "maximum": 100, "description": "Pass mark in percent."},
                "questions": _each(_question()),
            },
            required=["title", "module", "questions"],
        ),
    }


def _question() -> Schema:
    """A question is an object of one of the kinds; the kind decides which other fields it has."""
    return {
        "type": "object",
        "required": ["kind", "prompt"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": _kind(kind)}
            for kind in KINDS
        ],
    }


def _kind(kind: str) -> Schema:
    fields, required = _FIELDS[kind]
    return _object({"kind": {"const": kind}, **_COMMON, **fields}, required=["kind", "prompt", *required])


def _object(properties: dict[str, Schema], required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _each(schema: Schema) -> Schema:
    return {"type": "object", "propertyNames": {"pattern": _ID}, "additionalProperties": schema, "minProperties": 1}


_COMMON: dict[str, Schema] = {
    "prompt": {**_WORDS, "description": "The question, with inline marks."},
    "why": {**_WORDS, "description": "Shown after checking, right or wrong."},
    "hint": _WORDS,
    "objective": {"type": "string", "pattern": _ID, "description": "An id of reference/objectives.yml."},
    "sources": {**_IDS, "description": "Ids of reference/sources.yml."},
    "review": _object({"by": _WORDS, "date": {"type": "string"}, "of": {"type": "string"}}, ["by", "date", "of"]),
}

_OPTION = {"text": _WORDS, "feedback": _WORDS, "correct": {"type": "boolean"}}
_TARGET = _each(_object({"text": _WORDS}, ["text"]))
_PAIR: Schema = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
_CAST = _each(
    _object(
        {"role": _WORDS, "age": {"type": "integer"}, "gender": {"enum": ["girl", "boy"]}, "language": _WORDS}, ["role"]
    )
)
_PLAN = _object(
    {
        "size": {**_PAIR, "description": "Width and depth of the room in decimetres."},
        "alt": {**_WORDS, "description": "The room in words, for those who do not see the plan."},
        "things": _each(
            _object({"shape": {"enum": list(SHAPES)}, "at": _PAIR, "size": _PAIR, "text": _WORDS}, ["shape", "at"])
        ),
        "people": _each(_object({"at": _PAIR, "faces": _NAME, "text": _WORDS}, ["at", "text"])),
    },
    ["size", "alt", "people"],
)
_FIELDS: dict[str, tuple[dict[str, Schema], list[str]]] = {
    "single": ({"options": _each(_object(_OPTION, ["text", "feedback"]))}, ["options"]),
    "multiple": (
        {
            "options": _each(_object({**_OPTION, "exclusive": {"type": "boolean"}}, ["text", "feedback"])),
            "choose": {"enum": ["any", "count"]},
        },
        ["options"],
    ),
    "true-false": (
        {"correct": {"type": "boolean"}, "if-true": _WORDS, "if-false": _WORDS},
        ["correct", "if-true", "if-false"],
    ),
    "matching": (
        {
            "targets": _TARGET,
            "items": _each(
                _object({"text": _WORDS, "target": _NAME, "feedback": _WORDS}, ["text", "target", "feedback"])
            ),
        },
        ["targets", "items"],
    ),
    "sorting": (
        {
            "headings": _TARGET,
            "items": _each(
                _object({"text": _WORDS, "heading": _NAME, "feedback": _WORDS}, ["text", "heading", "feedback"])
            ),
        },
        ["headings", "items"],
    ),
    "ordering": ({"items": _each(_object({"text": _WORDS, "feedback": _WORDS}, ["text"]))}, ["items"]),
    "gaps": (
        {
            "text": {**_WORDS, "description": "The text with a {gap} mark for each gap."},
            "choices": _TARGET,
            "gaps": _each(_object({"choice": _NAME, "feedback": _WORDS}, ["choice", "feedback"])),
        },
        ["text", "choices", "gaps"],
    ),
    "term": (
        {
            "accepted": {"type": "array", "items": _WORDS, "minItems": 1},
            "misses": _each(
                _object({"accepted": {"type": "array", "items": _WORDS}, "feedback": _WORDS}, ["accepted", "feedback"])
            ),
            "lang": {"enum": ["en", "fr", "nl", "it"], "description": "The term's language, whatever the page's."},
        },
        ["accepted"],
    ),
    "spot": (
        {
            "errors": {"type": "array", "items": {"enum": list(ERRORS)}, "minItems": 1},
            "cast": _CAST,
            "turns": _each(
                _object(
                    {
                        "who": _NAME,
                        "says": _WORDS,
                        "rendition": _WORDS,
                        "error": {"enum": list(ERRORS)},
                        "also": {"type": "array", "items": {"enum": list(ERRORS)}},
                        "repairs": _each(_object({"text": _WORDS, "correct": {"type": "boolean"}}, ["text"])),
                        "feedback": _WORDS,
                    },
                    ["who", "says", "rendition", "repairs", "feedback"],
                )
            ),
        },
        ["errors", "cast", "turns"],
    ),
    "place": (
        {
            "plan": _PLAN,
            "options": _each(_object({**_OPTION, "at": _PAIR, "sees": _IDS}, ["text", "feedback", "at"])),
        },
        ["plan", "options"],
    ),
    "reflect": ({"points": _each(_object({"text": _WORDS, "feedback": _WORDS}, ["text"]))}, ["points"]),
    "render": (
        {
            "cast": _CAST,
            "segments": _each(
                _object(
                    {
                        "who": _NAME,
                        "says": _WORDS,
                        "audio": _WORDS,
                        "units": _each(_object({"text": _WORDS}, ["text"])),
                    },
                    ["who", "says", "units"],
                )
            ),
            "next": _object(dict.fromkeys(NEXT, _WORDS), ["done"]),
        },
        ["cast", "segments", "next"],
    ),
}
