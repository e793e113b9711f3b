"""YAML values that remember their file and line, read safely and without the traps of YAML 1.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml

from capisce.problems import Problem

T = TypeVar("T")
Key = str | int
"""One step into a YAML value: a mapping's key or a list's position."""

_MAX_PREFIX = 300  # indentation and list dashes before the first word of a line
_MAX_BRACKETS = 60
_BRACKET = re.compile(r"[\[\]{}]")

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times faster


class _Loader(_Base):  # type: ignore[misc]
    """Read only what content needs: text, whole numbers, true, false, null, lists and mappings.

    Notes duplicate keys and aliases in `faults` instead of keeping the last or expanding them.
    """

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.faults: list[tuple[str, int, str]] = []
        self.seen: set[int] = set()

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if id(node) in self.seen:
            self.faults.append(("yaml-alias", node.start_mark.line + 1, ""))
            return None
        self.seen.add(id(node))
        return super().construct_object(node, deep=deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = self._construct_key(key_node)
            if key in mapping:
                self.faults.append(("duplicate-key", key_node.start_mark.line + 1, str(key)))
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping

    def _construct_key(self, node: yaml.Node) -> str:
        """Keys are always text, so that an option may be called `on`, `no` or `12`."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.faults.append(("yaml-syntax", node.start_mark.line + 1, ""))
        return f"?{len(self.faults)}"


def _plain(loader: Any, node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return [loader.construct_object(child, deep=True) for child in node.value]
    return str(node.value)


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,8})$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.yaml_constructors = {
    "tag:yaml.org,2002:bool": lambda loader, node: node.value == "true",
    "tag:yaml.org,2002:int": lambda loader, node: int(node.value),
    "tag:yaml.org,2002:null": lambda loader, node: None,
    None: _plain,
}
_Loader.yaml_multi_constructors = {}


class Document:
    """A file's value with the means to say on which line a part of it stands."""

    def __init__(self, file: str, value: Any, text: str, first_line: int = 1) -> None:
        self.file = file
        self.value = value
        self._text = text
        self._first_line = first_line
        self._lines: dict[tuple[Key, ...], int] | None = None
        self._known: dict[Hashable, Any] = {}

    def once(self, what: Hashable, find: Callable[[], T]) -> T:
        """Return what `find` returns, found only the first time it is asked for."""
        if what not in self._known:
            self._known[what] = find()
        found: T = self._known[what]
        return found

    def line(self, path: tuple[Key, ...]) -> int:
        """Return the line of `path`, or of the nearest part above it that exists."""
        if self._lines is None:  # only a file that has a problem is read this second, slower time
            self._lines = {(): self._first_line}
            root = yaml.compose(self._text, Loader=_Loader)
            if root is not None:
                self._note_lines(root, ())
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def where(self, path: tuple[Key, ...]) -> tuple[str, int]:
        """Return the file and line of `path`."""
        return self.file, self.line(path)

    def _note_lines(self, node: yaml.Node, path: tuple[Key, ...]) -> None:
        assert self._lines is not None
        if isinstance(node, yaml.MappingNode):
            for key_node, value_node in node.value:
                below = (*path, str(key_node.value))
                self._lines[below] = key_node.start_mark.line + self._first_line
                self._note_lines(value_node, below)
        elif isinstance(node, yaml.SequenceNode):
            for position, child in enumerate(node.value):
                below = (*path, position)
                self._lines[below] = child.start_mark.line + self._first_line
                self._note_lines(child, below)


def read_text(root: Path, file: str) -> tuple[str | None, list[Problem]]:
    """Read a content file as UTF-8 text with plain line ends; `None` when that cannot be done."""
    try:
        raw = (root / file).read_bytes()
    except OSError:
        return None, [Problem(file, 0, "missing-file", "This file is not there, or may not be read.")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [
            Problem(file, line, "not-utf8", "The file is not saved as UTF-8.", "Save it again with the encoding UTF-8.")
        ]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def read_yaml(root: Path, file: str) -> tuple[Document | None, list[Problem]]:
    """Read a YAML file that holds a mapping; never raises, whatever the file contains."""
    text, problems = read_text(root, file)
    if text is None:
        return None, problems
    return parse_yaml(file, text)


def parse_yaml(file: str, text: str, first_line: int = 1) -> tuple[Document | None, list[Problem]]:
    """Parse YAML text that holds a mapping; `first_line` is where the text begins in `file`."""
    deep = _too_deep(text)
    if deep:
        what = "This is nested deeper than any content needs."
        return None, [Problem(file, deep + first_line - 1, "too-deep", what, "Check the indentation and the brackets.")]
    loader = None
    try:
        loader = _Loader(text)
        value = loader.get_single_data()
    except yaml.YAMLError as error:
        return None, [_syntax_problem(file, error, first_line)]
    except (RecursionError, ValueError, UnicodeError):
        return None, [
            Problem(file, first_line, "yaml-syntax", "The YAML cannot be read.", "Compare it with a file that works.")
        ]
    finally:
        if loader is not None:
            loader.dispose()
    problems = [_fault_problem(file, fault, first_line) for fault in loader.faults]
    if problems:
        return None, problems
    if value is None:
        value = {}
    if not isinstance(value, dict):
        what = "The file holds a list or a plain value where `key: value` lines belong."
        return None, [Problem(file, first_line, "not-a-mapping", what, "Begin with a line such as `title: ...`.")]
    return Document(file, value, text, first_line), []


def _too_deep(text: str) -> int:
    """Return the line on which nesting passes the limit, or 0; guards the C parser's stack."""
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) - len(line.lstrip(" -?:\t")) > _MAX_PREFIX:
            return number
        for letter in _BRACKET.findall(line):
            if letter in "[{":
                depth += 1
                if depth > _MAX_BRACKETS:
                    return number
            elif depth:
                depth -= 1
    return 0


def _fault_problem(file: str, fault: tuple[str, int, str], first_line: int) -> Problem:
    code, line, key = fault
    line += first_line - 1
    if code == "duplicate-key":
        fix = "Give one of them another name, or take it out."
        return Problem(
            file, line, code, f"`{key}` stands twice in the same place, so one of the two would be lost.", fix
        )
    if code == "yaml-alias":
        what = "`&` and `*` at the start of a value make YAML anchors, which are not used here."
        return Problem(
            file, line, code, what, "Write the value out, or put it in quotes if the sign belongs to the words."
        )
    return Problem(file, line, "yaml-syntax", "A key is a list or a mapping here.", 'Put the key in quotes: "{name}".')


_HINTS = (
    (
        "cannot start any token",
        "A tab or a special sign begins the value.",
        "Use spaces to indent, and put the value in quotes.",
    ),
    (
        "mapping values are not allowed",
        "There is a second `: ` on this line.",
        "Put the whole text in double quotes, or write it below after `>-`.",
    ),
    (
        "found unexpected end of stream",
        "A quotation mark is opened and never closed.",
        "Close it at the end of the text.",
    ),
    (
        "expected <block end>",
        "The line is not indented like its neighbours, or a quotation mark ends the text too early.",
        "Line it up with the key above, and put text that holds quotation marks below a `>-`.",
    ),
    (
        "could not find expected ':'",
        "A key has no colon after it.",
        "Write `key: value`; indent text that goes on over several lines.",
    ),
    ("expected ',' or", "A bracket or brace is opened and not closed in time.", "Close it, or put the text in quotes."),
    ("undefined alias", "A value begins with `*`, which YAML takes for an alias.", "Put the text in double quotes."),
    ("expected a single document", "A line `---` begins a second document.", "Take the line out."),
    (
        "special characters are not allowed",
        "The file holds a control character.",
        "Delete the invisible character on this line.",
    ),
)


def _syntax_problem(file: str, error: yaml.YAMLError, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = (mark.line if mark else 0) + first_line
    message = str(error)
    for sign, what, fix in _HINTS:
        if sign in message:
            return Problem(file, line, "yaml-syntax", what, fix)
    what = "The YAML cannot be read from here on."
    return Problem(
        file, line, "yaml-syntax", what, "Check indentation, colons and quotation marks on this line and above."
    )
