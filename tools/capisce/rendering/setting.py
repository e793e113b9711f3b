"""What every fragment is rendered for: a course, a language, and the page it stands on."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property

from capisce.model import Course
from capisce.rendering.interface import Interface


@dataclass
class Setting:
    """A page of one language: `page` is its path below the language's folder, `ending` is what its `.md` becomes."""

    course: Course
    page: str = "index.md"
    ending: str = ".html"
    order: tuple[str, ...] = ()
    """The pages in the order of the navigation, which tells a lesson its number."""
    leave_to: str = ""
    """Where "leave this page quickly" leads; `{lang}` becomes the language."""
    _counts: dict[str, int] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        return self.course.lang

    @cached_property
    def interface(self) -> Interface:
        return Interface(self.course.lang)

    def link(self, path: str, anchor: str = "") -> str:
        """Return the relative address of another page of the same language."""
        target = posixpath.relpath(path, posixpath.dirname(self.page) or ".")
        target = target.removesuffix(".md") + self.ending
        return target + (f"#{anchor}" if anchor else "")

    def file(self, path: str) -> str:
        """Return the relative address of a file below the language's folder, such as assets/audio/one.mp3."""
        return posixpath.relpath(path, posixpath.dirname(self.page) or ".")

    def unique(self, name: str) -> str:
        """Return an id for the page that no other element has."""
        self._counts[name] = self._counts.get(name, 0) + 1
        return f"{name}-{self._counts[name]}"
