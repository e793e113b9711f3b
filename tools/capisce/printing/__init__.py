"""Workbooks and answer keys on paper: a module's questions as PDF, printed by a Chromium of this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from capisce.browser import VARIABLE, PrintFailed, find_browser, print_pdf
from capisce.exporting.job import FOLDER, ExportRefused, check_free, why_not, write_whole
from capisce.fields import nearest
from capisce.model import Course, Quiz
from capisce.printing.books import Book, page_order, render_book
from capisce.scenario import Scenario

__all__ = ["ENDINGS", "PRINT", "PrintJob", "plan_print"]

PRINT = "print"
"""The name of the format on the command line."""
ENDINGS = {False: "workbook.pdf", True: "key.pdf"}
_ADVICE = (
    "No Chromium was found, which makes the PDF. Install one, for example with `apt install chromium`, "
    f"or name one that you have in {VARIABLE}."
)


@dataclass(frozen=True)
class PrintJob:
    """The books to be printed, and to where."""

    books: Mapping[Path, Book]

    def run(self, force: bool, tell: Callable[[str], None]) -> None:
        """Print every book, and only then put the files in place; each is told before it is begun.

        Raises `ExportRefused` before anything is replaced.
        """
        check_free(list(self.books), force)
        browser = find_browser()
        if browser is None:
            raise ExportRefused(_ADVICE)
        made = {}
        for path, book in self.books.items():
            tell(f"Printing {path.name} ...")
            made[path] = _printed(browser, book, path)
        write_whole(made)


def plan_print(root: Path, courses: Mapping[str, Course], names: Sequence[str], out: str) -> PrintJob:
    """Return the job for some modules, or for all that have something to print; `out` is a folder."""
    folder = Path(out or FOLDER)
    if folder.suffix == ".pdf" and not folder.is_dir():
        raise ExportRefused("A workbook and a key are written for each module and language; give a folder with -o.")
    order = page_order(root)
    books = {
        folder / f"{module}.{lang}.{ENDINGS[is_key]}": Book(course, module, is_key, order)
        for module in _choose(next(iter(courses.values())), names)
        for lang, course in courses.items()
        for is_key in ENDINGS
    }
    return PrintJob(books)


def _choose(course: Course, names: Sequence[str]) -> list[str]:
    """Return the modules that are named, each once; without names, every one that has something to print."""
    pieces: list[Quiz | Scenario] = [*course.quizzes.values(), *course.scenarios.values()]
    modules = list(dict.fromkeys(piece.module for piece in pieces))
    if not modules:
        raise ExportRefused("There is nothing to print: the course has no quiz and no scenario that can be read.")
    chosen = [name.removeprefix("module:") for name in names]
    for name in chosen:
        if name not in modules:
            raise ExportRefused(f"There is no module `{name}` to print. {nearest(name, modules)}".rstrip())
    return list(dict.fromkeys(chosen)) or modules


def _printed(browser: str, book: Book, path: Path) -> bytes:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return print_pdf(browser, render_book(book), path.parent)
    except PrintFailed as failure:
        raise ExportRefused(str(failure)) from failure
    except OSError as error:
        raise ExportRefused(why_not(path, error)) from error
