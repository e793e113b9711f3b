"""The course folder: opens each YAML file once and keeps what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from capisce.fields import ID, nearest
from capisce.located import Document, read_yaml
from capisce.problems import Problem


class Shelf:
    """The content files of a course, parsed once for all languages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self._documents: dict[str, Document | None] = {}

    def open(self, file: str) -> Document | None:
        """Return the parsed file, or `None` when it cannot be read or, without complaint, is not there."""
        if file not in self._documents:
            self._documents[file] = None
            if (self.root / file).is_file():
                self._documents[file], problems = read_yaml(self.root, file)
                self.problems += problems
        return self._documents[file]

    def needed(self, file: str, group: str) -> Document:
        """Return the parsed file; one with an empty `group`, and a problem, when it is not there."""
        document = self.open(file)
        if document is None:
            if not (self.root / file).is_file():
                self.problems.append(Problem(file, 0, "missing-file", f"The course needs `{file}`.", "Create it."))
            document = self._documents[file] = Document(file, {group: {}}, "")
        return document

    def files(self, folder: str, ending: str) -> list[str]:
        """Return the files directly in a folder, sorted."""
        return sorted(
            path.relative_to(self.root).as_posix()
            for path in (self.root / folder).glob(f"*{ending}")
            if path.is_file() and not path.name.startswith(".")
        )

    def named(self, folder: str, lang: str) -> Iterator[tuple[str, Document]]:
        """Yield slug and English of every file of a folder; note bad names, and translations of nothing."""
        slugs = set()
        for file in self.files(folder, ".yml"):
            slug = file.removeprefix(f"{folder}/").removesuffix(".yml")
            slugs.add(slug)
            english = self.open(file)
            if english is None:
                continue
            if ID.fullmatch(slug):
                yield slug, english
                continue
            fix = "Use small letters, digits and single hyphens in the file's name."
            self.problems.append(Problem(file, 0, "bad-id", f"`{slug}` cannot be the name of a file here.", fix))
        for file in self.files(f"{folder}/{lang}", ".yml"):
            slug = file.rsplit("/", 1)[1].removesuffix(".yml")
            if slug not in slugs:
                what = f"There is no {folder}/{slug}.yml for this to be a translation of."
                self.problems.append(Problem(file, 0, "unknown-piece", what, nearest(slug, slugs)))

    def value(self, file: str) -> dict[str, Any]:
        """Return the top mapping of a file, empty when there is none."""
        document = self.open(file)
        return document.value if document else {}
