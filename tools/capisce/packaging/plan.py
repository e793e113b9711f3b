"""What goes into a package, and where it is written: asked for by name, refused in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from capisce.fields import nearest
from capisce.model import Course
from capisce.selecting import modules_of
from capisce.words import LANGUAGES, SOURCE_LANGUAGE


class PackageRefused(Exception):
    """The package cannot be made as it was asked for; the message says why in a sentence."""


@dataclass(frozen=True)
class Part:
    """What goes into a package: the languages, and the modules; no module named means all."""

    languages: tuple[str, ...] = LANGUAGES
    modules: tuple[str, ...] = ()

    def name(self, kind: str) -> str:
        """Return the name of the file: `capisce-site.zip`, `capisce-scorm-definitions-fr.zip`."""
        languages = self.languages if self.languages != LANGUAGES else ()
        return f"{'-'.join(['capisce', kind, *self.modules, *languages])}.zip"


def choose_part(courses: Mapping[str, Course], languages: Sequence[str], modules: Sequence[str]) -> Part:
    """Return the part with these languages and modules, in the course's own order; an empty list means all."""
    return Part(
        _known("language", languages, LANGUAGES) or LANGUAGES,
        _known("module", modules, modules_of(courses[SOURCE_LANGUAGE])),
    )


def choose_target(given: str | None, folder: Path, name: str, force: bool) -> Path:
    """Return the file to write: the one given, or one called `name` in the folder given or in `folder`."""
    target = Path(given) if given else folder / name
    if target.is_dir():
        target = target / name
    if target.suffix != ".zip":
        raise PackageRefused(f"{target} is neither a folder nor the name of a zip; write it as {target}.zip.")
    if given and not target.parent.is_dir():
        raise PackageRefused(f"There is no folder {target.parent}; make it first, or choose another place with --to.")
    if target.is_dir():
        raise PackageRefused(f"{target} is a folder; choose another name with --to.")
    for file in (target, checksum_of(target)):
        if file.exists() and not force:
            raise PackageRefused(f"{file} is there already; add --force to replace it, or choose another with --to.")
    return target


def checksum_of(target: Path) -> Path:
    """Return the file beside a package that holds its checksum."""
    return target.with_name(f"{target.name}.sha256")


def _known(what: str, names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the names in the order of `known`, each once; refuse one that is not there."""
    for name in names:
        if name not in known:
            raise PackageRefused(f"There is no {what} `{name}`. {nearest(name, known)}".rstrip())
    return tuple(name for name in known if name in names)
