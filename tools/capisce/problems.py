"""What an author is told when a content file needs mending, and the forms it is printed in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

CODES: dict[str, str] = {
    # the file itself
    "missing-file": "A file that the course needs is not there.",
    "not-utf8": "The file is not saved as UTF-8.",
    "yaml-syntax": "The YAML cannot be read.",
    "yaml-alias": "YAML anchors and aliases (& and *) are not used here.",
    "too-deep": "The YAML is nested deeper than any content needs.",
    "duplicate-key": "The same key stands twice, so one of the two would be lost.",
    "not-a-mapping": "A list or a plain value stands where `key: value` lines belong.",
    "front-matter": "A lesson does not begin with its `---` block.",
    # fields
    "unknown-key": "The key is not one that belongs here.",
    "missing-key": "A key that is needed is not there.",
    "not-text": "Words are expected, something else was written.",
    "empty-text": "The words are missing.",
    "not-a-number": "A whole number is expected.",
    "not-true-or-false": "`true` or `false` is expected.",
    "not-a-list": "A list is expected.",
    "not-a-date": "A date is written year-month-day.",
    "bad-id": "An id is not kebab-case.",
    "unknown-value": "The value is not one of those that may stand here.",
    "out-of-range": "A number or a count is outside its limits.",
    "bad-markup": "The inline mark-up cannot be shown as it stands.",
    # questions
    "unknown-kind": "There is no question kind of that name.",
    "no-right-option": "No option is right.",
    "too-many-right": "More than one option is right where one is asked for.",
    "unknown-option": "A name points to something the question does not have.",
    "gap-mismatch": "The gaps in the text and the gaps listed differ.",
    "same-words": "Two options or items read the same.",
    # scenarios
    "unknown-scene": "A choice or the start leads to a scene that is not there.",
    "unknown-speaker": "Somebody speaks who is not in the cast.",
    "unreachable-scene": "No path from the start comes to this scene.",
    "dead-end": "A scene has no choices and is not an ending, so learners get stuck.",
    "cycle": "A path leads back to a scene it has passed.",
    "no-best-choice": "A scene offers no choice that is best.",
    "closed-choice": "A choice can never be made, because of its condition.",
    "no-good-ending": "A scenario needs a good ending and another one.",
    "expert-path": "The expert path is not one that earns the most marks and ends well.",
    "still-axis": "No choice moves an axis.",
    "unknown-scenario": "A lesson asks for a scenario that does not exist.",
    # references
    "unknown-source": "A source is cited that `reference/sources.yml` does not list.",
    "unknown-objective": "An objective is named that `reference/objectives.yml` does not list.",
    "unknown-concept": "A glossary link names a concept that the glossary does not have.",
    "unknown-quiz": "A lesson asks for a quiz that does not exist.",
    "unknown-question": "A lesson asks for a question that its quiz does not have.",
    "unknown-block": "A `:::` block is not one the course knows.",
    "unclosed-block": "A `:::` block is never closed.",
    "question-twice": "A page shows the same question twice.",
    # translations
    "unknown-piece": "A translation has words for something the English does not have.",
    "structure-in-translation": "A translation holds words only.",
    "missing-words": "Part of a piece is not translated, so the whole piece is shown in English.",
    "missing-translation": "A piece has no translation yet; it is shown in English.",
    "stale-translation": "The English has changed since it was translated.",
    "bad-digest": "A digest is not eight hexadecimal digits.",
    "front-matter-differs": "A translated lesson disagrees with the English about what is not words.",
    # the course
    "untested-objective": "No question tests an objective that a lesson teaches.",
    "untaught-objective": "No lesson teaches an objective that is listed.",
    "bad-caption": "A film's captions cannot be read.",
    "unknown-walkthrough": "A page asks for a walk-through that does not exist.",
    "unplaced-walkthrough": "No page shows the walk-through.",
    "term-to-avoid": "A word that the glossary lists as one to avoid is used, and not only spoken about.",
    "unknown-page": "Something leads on to a page that is not there.",
    "unplaced-quiz": "No lesson shows this quiz or any of its questions.",
    "unplaced-scenario": "No lesson shows this scenario.",
}
"""Every code with its meaning. `tests/broken/` holds a small example of each."""

WARNINGS = frozenset(
    {
        "missing-translation",
        "stale-translation",
        "untested-objective",
        "untaught-objective",
        "unplaced-quiz",
        "unplaced-scenario",
    }
)
"""Codes that are told but do not stop a build: the page says the same to its reader."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong, and how to mend it.

    `file` is relative to the course folder, with `/`; `line` counts from 1, and 0 means the whole file.
    """

    file: str
    line: int
    code: str
    what: str
    fix: str = ""

    @property
    def is_warning(self) -> bool:
        return self.code in WARNINGS

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


def format_text(problems: Iterable[Problem]) -> str:
    """Print each problem as `file:line: what [code]` with the way to mend it below."""
    return "\n".join(f"{p.place}: {p.what} [{p.code}]" + (f"\n    {p.fix}" if p.fix else "") for p in problems)


def format_github(problems: Iterable[Problem]) -> str:
    """Print each problem as an annotation that GitHub shows beside the line.

    Escapes as in GitHub's "Workflow commands" documentation.
    """

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escape_property(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{'warning' if p.is_warning else 'error'} file={escape_property(p.file)},line={max(p.line, 1)},"
        f"title={escape_property(p.code)}::{escape(f'{p.what} {p.fix}'.strip())}"
        for p in problems
    )


def format_json(problems: Iterable[Problem]) -> str:
    """Print the problems as one JSON list of objects."""
    return json.dumps(
        [
            {
                "file": p.file,
                "line": p.line,
                "code": p.code,
                "severity": "warning" if p.is_warning else "error",
                "what": p.what,
                "fix": p.fix,
            }
            for p in problems
        ],
        ensure_ascii=False,
        indent=1,
    )


FORMATS = {"text": format_text, "github": format_github, "json": format_json}
