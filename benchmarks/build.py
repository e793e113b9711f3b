"""The same pages built by Material alone, by the course's own tools and by its nearest peer, in one run."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from capisce.words import LANGUAGES
from course import Quizzes, as_peer, as_plain, choices, copy_site, in_language, write_course, write_pages
from measuring import (
    Command,
    Taken,
    index_weight,
    loaded_weight,
    machine,
    measure,
    pages_weight,
    spread,
    table,
)

STOCK = """\
site_name: Generated
docs_dir: docs
site_dir: site
use_directory_urls: false
theme: {{name: material, language: {lang}, font: false}}
markdown_extensions: [attr_list, tables, toc]
"""
I18N = "  - i18n:\n      docs_structure: folder\n      languages:\n"
HEAD = ("", "seconds: median (range)", "CPU s", "memory MB", "HTML kB/page raw", "gz", "JS kB gz", "CSS kB gz",
        "index kB", "time : Material", "time : one process")  # fmt: skip
NOTES = """\
Side by side: one process for each language, as many at a time as there are processors, as `capisce build` does.
One process: Material with mkdocs-static-i18n, all four languages one after the other, as it is commonly built.
CAPISCE's time is the whole of `capisce build`: reading and checking four languages, then building them.
`text alone` is CAPISCE's own site (theme overrides, plugins) with the plain text and no exercise.
mkdocs-quiz has interface words for English and French only, so all its languages are built with those of English.
memory: the largest single process. HTML: mean of the question pages. JS, CSS: files a question page loads, the
search worker included; scripts inside the page count as HTML. index: the search index that a page loads.
CPU s: median processor time of all processes together, which a busy machine changes less than the clock.
time : Material compares with Material side by side; time : one process with Material in one process."""


@dataclass
class Way:
    """One way of building the pages: its commands, where the site of a language is, and what its runs took."""

    name: str
    commands: list[Command]
    site: Callable[[str], Path]
    clear: list[Path]
    taken: list[Taken] = field(default_factory=list)

    def run(self) -> Taken:
        """Build from nothing and return what it took."""
        for folder in self.clear:
            shutil.rmtree(folder, ignore_errors=True)
        return measure(self.commands)

    @property
    def seconds(self) -> list[float]:
        return [taken.seconds for taken in self.taken]


def mkdocs(python: str, *more: str) -> list[str]:
    return [python, "-m", "mkdocs", "build", "--quiet", *more]


def side_by_side(
    name: str, folder: Path, command: list[str], plugins: str, texts: dict[str, dict[str, str]], words: str = ""
) -> Way:
    """Return the way that builds each language from a folder of its own; `words` names the language of the theme."""
    for lang, bodies in texts.items():
        write_pages(folder / lang / "docs", lang, bodies)
        (folder / lang / "mkdocs.yml").write_text(STOCK.format(lang=words or lang) + plugins, encoding="utf-8")
    commands = [Command(command, folder / lang) for lang in texts]
    clear = [folder / lang / name for lang in texts for name in ("site", ".cache")]
    return Way(name, commands, lambda lang: folder / lang / "site", clear)


def one_process(folder: Path, texts: dict[str, dict[str, str]]) -> Way:
    """Return the common way to build several languages with Material."""
    for lang, bodies in texts.items():
        write_pages(folder / "docs" / lang, lang, bodies)
    entries = "".join(f"        - {{locale: {x}, name: {x}, default: {str(x == 'en').lower()}}}\n" for x in texts)
    plugins = f"plugins:\n  - search\n{I18N}{entries}"
    (folder / "mkdocs.yml").write_text(STOCK.format(lang="en") + plugins, encoding="utf-8")
    site = folder / "site"
    command = Command(mkdocs(sys.executable, "--strict"), folder)
    return Way("Material, one process", [command], lambda lang: site if lang == "en" else site / lang, [site])


def course(name: str, folder: Path, write: Callable[[Path], None]) -> Way:
    """Return the way of this course: `capisce build`, with its settings, theme and plugins."""
    write(folder)
    copy_site(folder)
    command = Command([sys.executable, "-m", "capisce", "build", "--root", str(folder)], folder)
    return Way(name, [command], lambda lang: folder / "site" / lang, [folder / "site"])


def write_text_alone(folder: Path, texts: dict[str, dict[str, str]]) -> None:
    write_course(folder, {})
    for lang, bodies in texts.items():
        write_pages(folder / "docs" / lang, lang, bodies)


def ways(folder: Path, quizzes: Quizzes, peer: str) -> list[Way]:
    """Write the same questions for each way of building them."""
    read = {lang: in_language(quizzes, lang) for lang in LANGUAGES}
    plain = {lang: {slug: as_plain(pieces) for slug, pieces in read[lang].items()} for lang in LANGUAGES}
    boxes = {lang: {slug: as_peer(pieces) for slug, pieces in read[lang].items()} for lang in LANGUAGES}
    stock = mkdocs(sys.executable, "--strict")
    zensical = [sys.executable, "-m", "zensical", "build", "--clean"]
    search, quiz = "plugins: [search]\n", "plugins: [search, mkdocs_quiz]\n"
    return [
        side_by_side("Material", folder / "material", stock, search, plain),
        one_process(folder / "one", plain),
        side_by_side("Zensical", folder / "zensical", zensical, "", plain),
        course("CAPISCE, text alone", folder / "text", lambda root: write_text_alone(root, plain)),
        course("CAPISCE, exercises", folder / "course", lambda root: write_course(root, quizzes)),
        side_by_side("Material + mkdocs-quiz", folder / "quiz", mkdocs(peer, "--strict"), quiz, boxes, "en"),
    ]


def install_peer(folder: Path) -> str:
    """Install mkdocs-quiz into an environment of its own; return its Python."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run(
        [*pip, "-r", str(Path(__file__).with_name("requirements.txt"))], check=True, stderr=subprocess.DEVNULL
    )
    return python


def interleave(every: list[Way], runs: int) -> None:
    """Run each way once to warm up, then `runs` times in turn, each round beginning with another."""
    for way in every:
        way.run()
    for number in range(runs):
        start = number % len(every)
        for way in every[start:] + every[:start]:
            way.taken.append(way.run())


def rows(every: list[Way], slugs: Iterable[str]) -> list[list[str]]:
    """Write what each way took and what it made."""
    names = list(slugs)
    material, alone = median(every[0].seconds), median(every[1].seconds)
    lines = []
    for way in every:
        pages = [way.site(lang) / f"{slug}.html" for lang in LANGUAGES for slug in names]
        raw, packed = pages_weight(pages)
        scripts, styles = loaded_weight(pages[0])
        lines.append([
            way.name, spread(way.seconds),
            f"{median(taken.processor for taken in way.taken):.2f}",
            f"{median(taken.megabytes for taken in way.taken):.0f}",
            f"{raw:.1f}", f"{packed:.1f}", f"{scripts:.1f}", f"{styles:.1f}", f"{index_weight(way.site('en')):.0f}",
            f"{median(way.seconds) / material:.2f}", f"{median(way.seconds) / alone:.2f}",
        ])  # fmt: skip
    return lines


def main() -> int:
    """Measure each size in turn and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="capisce-build-") as scratch:
        peer = install_peer(Path(scratch) / "peer")
        for total in options.questions:
            quizzes = choices(total)
            every = ways(Path(scratch) / str(total), quizzes, peer)
            print(f"{total:,} questions, {len(quizzes):,} pages, {len(LANGUAGES)} languages; {options.runs} runs")
            print(machine(), flush=True)
            interleave(every, options.runs)
            print(f"\n{table(HEAD, rows(every, quizzes))}\n", flush=True)
            shutil.rmtree(Path(scratch) / str(total))
    print(NOTES)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
