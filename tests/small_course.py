"""A small course in English, built with the real theme: every kind's sample, a quiz with results, a way out."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from pathlib import Path
from textwrap import indent

import pytest
from capisce.building import build_site
from capisce.starting import KINDS_FOLDER

ROOT = Path(__file__).resolve().parent.parent

FILES = {
    "docs/en/index.md": "---\ntitle: Home\nleave: true\n---\n# Home\n\nA [child](term:child) speaks.\n"
    + 30 * "\nMore words.\n",
    "docs/en/about.md": "---\ntitle: About\n---\n# About\n\nNothing more.\n",
    "docs/en/first.md": "---\ntitle: First lesson\nmodule: first\nobjectives: [know-trees]\n---\n# First\n\nTrees.\n",
    "docs/en/second.md": "---\ntitle: Second lesson\nmodule: first\nobjectives: [know-soil]\n---\n# Second\n\nSoil.\n",
    "docs/en/kinds.md": "---\ntitle: Kinds\n---\n# Kinds\n\n::: quiz samples\n",
    "docs/en/long.md": "---\ntitle: Long\n---\n# Long\n\n::: scenario long\n",
    "docs/en/results.md": "---\ntitle: Results\n---\n# Results\n\n::: quiz results\n",
    "reference/objectives.yml": "objectives:\n  know-trees: {text: know trees}\n  know-soil: {text: know soil}\n",
    "quizzes/results.yml": """\
title: Results
module: first
pass: 60
questions:
  apple:
    kind: single
    objective: know-trees
    hint: Look up.
    prompt: Where do apples grow?
    options:
      tree: {text: On a tree, correct: true, feedback: They do.}
      ground: {text: In the ground, feedback: They do not.}
  beet:
    kind: single
    objective: know-soil
    prompt: Where do beets grow?
    options:
      tree: {text: On a tree, feedback: They do not.}
      ground: {text: In the ground, correct: true, feedback: They do.}
  pear:
    kind: multiple
    objective: know-trees
    prompt: Which are pears?
    options:
      williams: {text: Williams, correct: true, feedback: A pear.}
      conference: {text: Conference, correct: true, feedback: A pear.}
      elstar: {text: Elstar, feedback: An apple.}
      none: {text: None of these, feedback: Two of them are., exclusive: true}
  fig:
    kind: true-false
    prompt: Figs grow on trees.
    correct: true
    if-true: They do.
    if-false: They do.
""",
}


LONG = 500
"""The scenes of a case that is longer than anybody would write."""


def long_scenario() -> str:
    """Return a scenario of many scenes, one after the other, with two choices in each."""
    scenes = [
        f"""\
  s{number}:
    text: Scene {number}.
    ask: What do you do?
    choices:
      go:
        text: You go on.
        quality: best
        effects: {{{("trust", "accuracy", "role", "care")[number % 4]}: 1}}
        follows: You are further on.
        because: It is the way.
        basis: advice
        to: {f"s{number + 1}" if number < LONG - 2 else "end"}
      rest:
        text: You rest first.
        quality: acceptable
        follows: You have rested.
        because: It does no harm.
        basis: advice
        to: {f"s{number + 1}" if number < LONG - 2 else "back"}
"""
        for number in range(LONG - 1)
    ]
    expert = ", ".join(f"s{number}.go" for number in range(LONG - 1))
    way = "".join(scenes)
    return f"""\
title: A long way
summary: A way of many steps.
module: first
setting: court
minutes: 60
cast:
  interpreter: {{role: "You, the interpreter"}}
start: s0
scenes:
{way}  end:
    ending: good
    text: You are there.
  back:
    ending: mixed
    text: You are at home again.
expert: [{expert}]
debrief:
  questions:
    one: {{text: How was it?}}
trainer:
  notes: {{text: Nobody plays this.}}
"""


def write_small_course(folder: Path) -> None:
    """Write the sources: the course's own settings, theme and assets, and the files above."""
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    shutil.copytree(ROOT / "tests" / "broken" / "base" / "reference", folder / "reference")
    samples = [path.read_text(encoding="utf-8") for path in sorted(KINDS_FOLDER.glob("*/sample.yml"))]
    quiz = "title: Samples\nmodule: first\nquestions:\n" + indent("".join(samples), "  ")
    for name, text in {**FILES, "quizzes/samples.yml": quiz, "scenarios/long.yml": long_scenario()}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    pages = "".join(f"  - {Path(name).name}\n" for name in FILES if name.endswith(".md"))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"^nav:\n.*?(?=^validation:)", f"nav:\n{pages}\n", settings, flags=re.M | re.S)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")


def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built small course, built once for all test processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    with (shared / "small.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "small-site").exists():
            write_small_course(shared / "small")
            build_site(shared / "small", shared / "small-site", ["en"])
    return shared / "small-site"
