"""The page runtime as it is shipped: one script for exercises in each language, small ones for the rest."""

from __future__ import annotations

import json
import re
from functools import cache

from capisce.rendering.interface import RUNTIME, Interface

_BLOCK_COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.M | re.S)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*\n", re.M)
_INDENT = re.compile(r"^[ \t]+", re.M)

_NEEDED_BY = {
    "exercise": ('class="cap-question"', 'class="cap-progress"'),
    "scenario": ('class="cap-scenario"',),
    "glossary": ('class="cap-glossary"',),
    "film": ('class="cap-film"',),
    "studio": ('class="cap-segment"',),
    "tips": ('class="cap-concept"',),
    "leave": ('class="cap-leave"',),
}
_WITH_WORDS = ("exercise", "scenario", "studio", "film", "glossary")
"""The parts that speak, and so are written once for each language."""

_FRAME = "frame"
"""The part that no page loads: the frame of a SCORM package."""


def bundle(lang: str) -> dict[str, str]:
    """Return the scripts of a language: file name -> text."""
    scripts = {}
    for part, names in _listed().items():
        if part == _FRAME:
            continue
        text = "".join(_read(name) for name in names)
        if part in _WITH_WORDS:
            said = {key: words for key, words in Interface(lang).script.items() if _says(text, key)}
            words = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            text = f'(function(){{"use strict";\nconst words={words};\n{text}}})();\n'
        scripts[_name(part, lang)] = text
    return scripts


def script_parts(html: str, lang: str) -> list[str]:
    """Return the addresses, from the site's top, of the scripts that a page needs."""
    needed = [part for part, signs in _NEEDED_BY.items() if any(sign in html for sign in signs)]
    return [f"assets/{_name(part, lang)}" for part in needed]


def _says(script: str, key: str) -> bool:
    """Say whether a script may say these words: it names them, or a beginning to complete, as in `"axis_" + id`."""
    return f'"{key}"' in script or any(f'"{key[: at + 1]}"' in script for at, sign in enumerate(key) if sign == "_")


def frame_script() -> str:
    """Return the script of the frame of a SCORM package."""
    text = "".join(_read(name) for name in _listed()[_FRAME])
    return f'(function(){{"use strict";\n{text}}})();\n'


def frame_stylesheet() -> str:
    """Return the stylesheet of the frame of a SCORM package."""
    return (RUNTIME / "frame.css").read_text(encoding="utf-8")


def _name(part: str, lang: str) -> str:
    stem = "capisce" if part == "exercise" else f"capisce-{part}"
    return f"{stem}.{lang}.js" if part in _WITH_WORDS else f"{stem}.js"


def stylesheet() -> str:
    """Return the stylesheet of exercises and references."""
    return (RUNTIME / "course.css").read_text(encoding="utf-8")


@cache
def _listed() -> dict[str, list[str]]:
    """Read `bundle.txt`: the files of each script in order; `--- name` begins another script."""
    parts: dict[str, list[str]] = {"exercise": []}
    part = "exercise"
    for line in (RUNTIME / "bundle.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("--- "):
            part = line.removeprefix("--- ").strip()
            parts[part] = []
        elif line.startswith("../"):
            folder, pattern = RUNTIME.parent, line.removeprefix("../").strip()
            parts[part] += sorted("../" + path.relative_to(folder).as_posix() for path in folder.glob(pattern))
        elif line.strip():
            parts[part].append(line.strip())
    return parts


def _read(name: str) -> str:
    """Read a script without its comments and indentation, which the reader's phone need not load."""
    text = (RUNTIME / name).read_text(encoding="utf-8")
    return _INDENT.sub("", _LINE_COMMENT.sub("", _BLOCK_COMMENT.sub("", text)))
