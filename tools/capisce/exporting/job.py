"""An export from the names on the command line to the files on the disk: chosen, made, and put in place whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from capisce.exporting import EXPORTERS, Exporter, spreadsheet
from capisce.exporting.losses import Losses, format_losses
from capisce.fields import nearest
from capisce.model import Course

FOLDER = "exports"
"""Where files go when nobody says where."""


HELP = """\
formats:
  moodle-xml   questions for Moodle (4.5 or newer for putting in order): Question bank > Import > Moodle XML format.
  gift         questions as plain text, which Moodle and others import; carries less than moodle-xml.
  qti          a QTI 3.0 package (zip) for players of that standard, with the same marks as in the course.
  csv          a spreadsheet for reviewers: a row for every option, the languages side by side. Excel opens it;
               where it shows one column only, as in French, Dutch and Italian, add --semicolon.
  print        for each module and language a workbook with room to write, and an answer key, as tagged PDF.
               NAME is a module. Needs Chromium; a PDF holds the time at which it was made, so its bytes differ.

What a format cannot carry is said, question by question, on the screen and in a file that ends in .losses.txt.

examples:
  capisce export moodle-xml                          everything, one file for each language, in exports/
  capisce export moodle-xml told-apart --multilang   one quiz in one file that holds all languages
  capisce export csv --lang fr -o for-review.csv     everything in French as one spreadsheet
  capisce export qti module:definitions --lang en    a module; `definitions` alone is the quiz of that name
  capisce export print definitions --lang fr         the module's workbook and key in French as PDF
"""
"""What the formats are for, below the options of `capisce export --help`."""


class ExportRefused(Exception):
    """The export cannot be done as it was asked for; the message says why in one sentence."""


@dataclass(frozen=True)
class Job:
    """What is to be exported, and to where."""

    exporter: Exporter
    courses: Mapping[str, Course]
    slugs: Sequence[str]
    targets: Mapping[Path, tuple[str, ...]]
    """File -> the languages it holds."""
    report: Path
    losses: Losses = field(default_factory=Losses)

    @property
    def total(self) -> int:
        """How many questions are written, over all files."""
        in_each = {
            lang: sum(len(course.quizzes[slug].questions) for slug in self.slugs if slug in course.quizzes)
            for lang, course in self.courses.items()
        }
        return sum(max(in_each[lang] for lang in langs) for langs in self.targets.values())

    def run(self, force: bool, tell: Callable[[], None]) -> str:
        """Write the files and the report of losses beside them; return the report.

        Raises `ExportRefused` before anything is replaced.
        """
        check_free([*self.targets, self.report], force)
        made = {
            path: self.exporter.export({lang: self.courses[lang] for lang in langs}, self.slugs, self.losses, tell)
            for path, langs in self.targets.items()
        }
        told = format_losses(self.losses, self.exporter.name, self.exporter.everywhere)
        write_whole({**made, self.report: told.encode("utf-8")})
        return told


def plan(
    courses: Mapping[str, Course],
    name: str,
    names: Sequence[str],
    out: str,
    multilang: bool = False,
    semicolon: bool = False,
) -> Job:
    """Return the job for a format; `out` is a folder, or a file where only one is written."""
    exporter = EXPORTERS[name]
    if semicolon and name != "csv":
        raise ExportRefused(f"Only csv has a separator; leave out --semicolon for {name}.")
    if semicolon:
        exporter = replace(exporter, export=partial(spreadsheet.export, separator=";"))
    slugs, stem = choose(next(iter(courses.values())), names)
    langs = tuple(courses)
    if multilang and exporter.languages == "one":
        raise ExportRefused(f"A {name} file holds one language; leave out --multilang.")
    together = exporter.languages == "all" or (multilang and len(langs) > 1)
    groups = [langs] if together else [(lang,) for lang in langs]
    folder = Path(out or FOLDER)
    if out and Path(out).suffix == f".{exporter.ending.rpartition('.')[2]}" and not folder.is_dir():
        if len(groups) > 1:
            raise ExportRefused(
                f"{len(groups)} files are to be written, one for each language; give a folder with -o, or one --lang."
            )
        return Job(exporter, courses, slugs, {folder: groups[0]}, folder.with_suffix(".losses.txt"))
    targets = {folder / f"{stem}{_mark(group, langs, together)}.{exporter.ending}": group for group in groups}
    mark = f".{langs[0]}" if len(langs) == 1 else ""
    return Job(exporter, courses, slugs, targets, folder / f"{stem}{mark}.{name}.losses.txt")


def choose(course: Course, names: Sequence[str]) -> tuple[list[str], str]:
    """Return the quizzes that are named, and a name for the file; without names, every quiz.

    A name is a quiz or a module; where both have it, the quiz is meant, and `module:NAME` is the module.
    """
    modules = dict.fromkeys(quiz.module for quiz in course.quizzes.values())
    if not course.quizzes:
        raise ExportRefused("There are no questions to export: the course has no quiz that can be read.")
    chosen: dict[str, None] = {}
    for name in names:
        module = name.removeprefix("module:")
        if name in course.quizzes:
            chosen[name] = None
        elif module in modules:
            chosen.update(dict.fromkeys(slug for slug, quiz in course.quizzes.items() if quiz.module == module))
        else:
            known = [*course.quizzes, *(f"module:{other}" for other in modules if other in course.quizzes), *modules]
            raise ExportRefused(f"There is no quiz or module `{name}`. {nearest(name, set(known))}".rstrip())
    if not names:
        return list(course.quizzes), "questions"
    return list(chosen), names[0].replace(":", "-") if len(names) == 1 else "selection"


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files beside their places and then put them there, so that nobody ever finds half a file."""
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    at = next(iter(files))
    try:
        for at, content in files.items():
            at.parent.mkdir(parents=True, exist_ok=True)
            with parts[at].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for at, part in parts.items():
            part.replace(at)
    except OSError as error:
        raise ExportRefused(why_not(at, error)) from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()


def check_free(paths: Sequence[Path], force: bool) -> None:
    """Refuse to write where a folder is, or a file that is not to be replaced."""
    for path in paths:
        if path.is_dir():
            raise ExportRefused(
                f"{path} is a folder, and a file of that name is to be written; choose another with -o."
            )
        if path.exists() and not force:
            raise ExportRefused(f"{path} exists already; choose another place with -o, or replace it with --force.")


def why_not(path: Path, error: OSError) -> str:
    """Say in a sentence why a file could not be written."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"There is no room left on the disk for {path}; nothing was written."
        case errno.ENOTDIR | errno.EEXIST:
            return f"{path.parent} is not a folder; choose another place with -o."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{path.parent} is a folder in which nothing may be written; choose another with -o."
    return f"{path} cannot be written: {error.strerror or error}."


def _mark(group: tuple[str, ...], langs: tuple[str, ...], together: bool) -> str:
    """Return the language in a file's name; nothing where all of them are inside."""
    return "" if together and len(langs) > 1 else f".{group[0]}"
