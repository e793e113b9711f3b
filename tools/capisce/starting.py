"""Files to begin from: a quiz, a question, a lesson or a question kind, each passing the check as it is written."""

from __future__ import annotations

import textwrap
from pathlib import Path

from capisce.fields import ID
from capisce.kinds import KINDS, folder_of
from capisce.located import read_yaml

KINDS_FOLDER = Path(__file__).parent / "kinds"

_QUIZ = """\
# Words and key of the quiz `{name}`. Translations go to quizzes/fr/{name}.yml, quizzes/nl/ and quizzes/it/.
title: {title}
module: {name}
questions:
"""

_SCENARIO = """\
title: {title}
module: scenarios
setting: police-interview
minutes: 10
load: 1
summary: Say in two sentences what the case teaches.
cast:
  interpreter: {{role: "You, the interpreter"}}
  officer: {{role: Police interviewer}}
  child: {{role: B., age: 12, gender: girl, language: L}}
start: briefing
scenes:
  briefing:
    text: Say what happens, in the present tense.
    lines:
      begins: {{who: officer, says: "Shall we begin?"}}
    ask: What do you do?
    choices:
      ask-first:
        text: You ask for a short briefing first.
        quality: best
        effects: {{trust: 1, accuracy: 1}}
        follows: Say what happens now.
        because: Say why, and cite a source where there is one.
        basis: advice
        principles: [competence]
        to: calm-ending
      begin-at-once:
        text: You begin at once.
        quality: poor
        effects: {{role: -1, care: -1}}
        follows: Say what happens now.
        because: Say why.
        basis: advice
        to: mixed-ending
  calm-ending:
    ending: good
    text: Say how it ends.
  mixed-ending:
    ending: mixed
    text: Say how it ends.
expert: [briefing.ask-first]
debrief:
  questions:
    first: {{text: Ask something to discuss.}}
trainer:
  notes: {{text: Say how to run the case in a group.}}
"""

_LESSON = """\
---
title: {title}
module: {module}
minutes: 10
objectives: []
---
# {title}

Begin with a question that the reader may have met at work.

## One idea

One idea in each section, in short sentences.

## Key points

- What to remember.

## In your next assignment

- What to do.
"""

_KIND = {
    "__init__.py": '''\
"""Say in one sentence what the learner does."""

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind
from capisce.kinds.options import read_options


def read(fields: Fields) -> Body:
    """Read the fields of this kind; end with a key of one of the five rules."""
    key, parts = read_options(fields, exclusive_allowed=False)
    return Body(key, parts)


KIND = Kind("{name}", "choice", read)
''',
    "{folder}.html": """\
{{% from "rendering/options.html" import options %}}
{{{{ options(question, view, "radio") }}}}
""",
    "{folder}.js": """\
// @ts-check
kinds["{name}"] = {{ response: choiceResponse, show: showChoice }};
""",
    "sample.yml": """\
sample-of-{name}:
  kind: {name}
  prompt: Write the question as an author would wish to write it.
  options:
    first: {{text: The first option, correct: true, feedback: Say why this one is right.}}
    second: {{text: The second option, feedback: Say what this one overlooks.}}
""",
}


class StartRefused(Exception):
    """The file cannot be begun; the message says why in one sentence."""


def new_quiz(root: Path, name: str) -> list[str]:
    """Write a quiz with one question."""
    _check_id(name)
    path = root / "quizzes" / f"{name}.yml"
    _write_new(path, _QUIZ.format(name=name, title=_title(name)) + _sample("first-question", "single"))
    return [
        f"Written: quizzes/{name}.yml, with one question to change.",
        f"Show it on a page with a line `::: quiz {name}`, then run `capisce check`.",
    ]


def new_scenario_text(title: str) -> str:
    """Return a scenario of one decision and two endings."""
    return _SCENARIO.format(title=title)


def new_scenario(root: Path, name: str) -> list[str]:
    """Write a scenario to begin from."""
    _check_id(name)
    _write_new(root / "scenarios" / f"{name}.yml", new_scenario_text(_title(name)))
    return [
        f"Written: scenarios/{name}.yml, with one decision and two endings.",
        f"Show it on a page with a line `::: scenario {name}`, then run `capisce check`.",
    ]


def new_question(root: Path, name: str, kind: str) -> list[str]:
    """Add a question of a kind to the end of a quiz."""
    quiz, dot, question = name.partition(".")
    if not dot:
        raise StartRefused(f"`{name}` is not QUIZ.QUESTION, such as definitions.my-question.")
    _check_id(quiz)
    _check_id(question)
    file = f"quizzes/{quiz}.yml"
    if not (root / file).is_file():
        raise StartRefused(f"There is no {file}; `capisce new quiz {quiz}` writes one.")
    document, problems = read_yaml(root, file)
    if document is None:
        raise StartRefused(f"{problems[0].place} needs mending first: {problems[0].what}")
    questions = document.value.get("questions")
    if not isinstance(questions, dict) or list(document.value)[-1] != "questions":
        raise StartRefused(
            f"`questions:` needs to be the last part of {file}, so that a question can be added below it."
        )
    if question in questions:
        raise StartRefused(f"{file} has a question `{question}` already; choose another id.")
    path = root / file
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" + _sample(question, kind)
    path.write_text(text, encoding="utf-8")
    line = text[: text.index(f"  {question}:\n")].count("\n") + 1
    return [f"Added at {file}:{line}: change its words and key, then run `capisce check`."]


def new_lesson(root: Path, name: str) -> list[str]:
    """Write an English lesson."""
    module, slash, lesson = name.partition("/")
    if not slash:
        raise StartRefused(f"`{name}` is not MODULE/LESSON, such as definitions/my-lesson.")
    _check_id(module)
    _check_id(lesson)
    path = root / "docs" / "en" / module / f"{lesson}.md"
    _write_new(path, _LESSON.format(title=_title(lesson), module=module))
    return [
        f"Written: docs/en/{module}/{lesson}.md.",
        f"List it in mkdocs.yml under `nav:` as `- {module}/{lesson}.md`, then run `capisce check`.",
    ]


def new_kind(name: str) -> list[str]:
    """Make the folder of a question kind, with the four files it needs."""
    _check_id(name)
    folder = folder_of(name)
    if name in KINDS or (KINDS_FOLDER / folder).exists():
        raise StartRefused(f"There is a kind `{name}` already; choose another name.")
    for file, text in _KIND.items():
        _write_new(KINDS_FOLDER / folder / file.format(folder=folder), text.format(name=name))
    constant = folder.upper()
    return [
        f"Written: kinds/{folder}/ with __init__.py, {folder}.html, {folder}.js and sample.yml.",
        f"Add to kinds/__init__.py: `from capisce.kinds.{folder} import KIND as {constant}`, and {constant} to KINDS;",
        "describe its fields in schema.py and its instruction in rendering/question.py; then run `make check`.",
    ]


def _sample(question: str, kind: str) -> str:
    """Return a kind's sample as a question of another id, indented to stand in a quiz."""
    sample = (KINDS_FOLDER / folder_of(kind) / "sample.yml").read_text(encoding="utf-8")
    _, _, body = sample.partition("\n")
    return textwrap.indent(f"{question}:\n{body}", "  ")


def _check_id(name: str) -> None:
    if not ID.fullmatch(name):
        raise StartRefused(f"`{name}` cannot be a name: use small letters, digits and single hyphens, such as my-quiz.")


def _write_new(path: Path, text: str) -> None:
    if path.exists():
        raise StartRefused(f"{path.name} exists already and is left as it is; choose another name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()
