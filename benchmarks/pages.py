"""What five kinds of page cost a reader: Lighthouse and page weight, beside Material alone and the nearest peer."""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from build import STOCK, install_peer, mkdocs
from capisce.browser import find_browser
from capisce.words import LANGUAGES
from course import ROOT, as_peer, choices, in_language
from measuring import Command, CommandFailed, machine, measure, table

LIGHTHOUSE = "12.8.2"
PAGES = {
    "home": "index",
    "lesson": "ethics/what-gets-lost",
    "module quiz": "ethics/quiz",
    "case": "scenarios/recorded-police-interview",
    "glossary": "glossary",
}
FORMS = {"mobile": (), "desktop": ("--preset=desktop",)}
CATEGORIES = ("performance", "accessibility", "best-practices")
HEAD = ("", "performance mobile", "desktop", "accessibility mobile", "desktop", "best practices", "requests",
        "kB over the network", "LCP s, mobile", "TBT ms, mobile")  # fmt: skip
NOTES = """\
Scores and figures: the range over the languages, one visit of each page, empty cache; best practices: both forms.
Material and mkdocs-quiz: all pages with the same words as ours, hidden ones included, as plain headings, lists and
paragraphs; mkdocs-quiz asks as many questions as ours, with four options each and generated words, in their place.
The search index, which the theme loads with every page, is part of what goes over the network.
Files go over the network gzipped from 127.0.0.1; Lighthouse simulates its slow telephone and network (its defaults)."""


@dataclass(frozen=True)
class Visit:
    """What Lighthouse says of one page: scores of 0-100, requests, kB, seconds, milliseconds, and what failed."""

    scores: dict[str, int]
    requests: int
    kilobytes: float
    paint: float
    blocked: float
    failed: tuple[str, ...]


class _Words(HTMLParser):
    """The words of an article as plain Markdown; the exercises are kept or left out."""

    _BLOCKS = re.compile(r"h[1-6]|p|li|d[td]|t[hd]|legend|label|button|summary|option|div|section|figcaption")
    _SILENT = frozenset({"script", "style", "svg", "template"})
    _VOID = frozenset({"br", "hr", "img", "input", "wbr", "meta", "link"})

    def __init__(self, exercises: bool) -> None:
        super().__init__()
        self.exercises = exercises
        self.questions = 0
        self.lines: list[str] = []
        self._open: list[tuple[str, bool]] = []  # each tag above, and whether its words count
        self._line = ""
        self._begin = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        question = "data-question" in dict(attrs)
        self.questions += question
        above = self._open[-1][1] if self._open else False
        inside = above or (tag == "article" and "md-content__inner" in classes)
        self._open.append((tag, inside and tag not in self._SILENT and (self.exercises or not question)))
        if self._BLOCKS.fullmatch(tag):
            self._flush()
            self._begin = "#" * int(tag[1]) + " " if re.fullmatch("h[1-6]", tag) else "- " if tag == "li" else ""

    def handle_endtag(self, tag: str) -> None:
        if self._BLOCKS.fullmatch(tag):
            self._flush()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self._line += data

    def _flush(self) -> None:
        words = " ".join(self._line.split())
        if words:
            self.lines.append(self._begin + re.sub(r"([\\`*_{}\[\]#|~])", r"\\\1", html.escape(words, quote=False)))
        self._line = self._begin = ""


def words_of(page: Path, exercises: bool = True) -> tuple[str, int]:
    """Return the words of a built page as plain Markdown, and how many questions the page has."""
    read = _Words(exercises)
    read.feed(page.read_text(encoding="utf-8"))
    read.close()
    return "\n\n".join(read.lines) + "\n", read.questions


def build_course(folder: Path) -> Path:
    """Build this course; return its site."""
    site = folder / "course"
    measure([Command([sys.executable, "-m", "capisce", "build", "--root", str(ROOT), "--to", str(site)], ROOT)])
    return site


def build_peers(folder: Path, course: Path, languages: list[str]) -> dict[str, Path]:
    """Build the words of every page of the course with Material alone and with mkdocs-quiz; return the sites."""
    peer = install_peer(folder / "peer")
    sites = {"Material": folder / "material", "Material + mkdocs-quiz": folder / "quiz"}
    commands = []
    for name, site in sites.items():
        quiz = "quiz" in name
        for lang in languages:
            source = folder / f"{site.name}-{lang}"
            for built in sorted((course / lang).rglob("*.html")):
                text, questions = words_of(built, exercises=not quiz)
                if quiz:
                    asked = in_language(choices(questions), lang)
                    text += "\n" + "\n\n".join(as_peer(pieces) for pieces in asked.values())
                page = (source / "docs" / built.relative_to(course / lang)).with_suffix(".md")
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(text, encoding="utf-8")
            plugins = "plugins: [search, mkdocs_quiz]\n" if quiz else "plugins: [search]\n"
            settings = STOCK.format(lang="en" if quiz else lang).replace("site_dir: site", f"site_dir: {site / lang}")
            (source / "mkdocs.yml").write_text(settings + plugins, encoding="utf-8")
            commands.append(Command(mkdocs(peer if quiz else sys.executable), source))
    measure(commands)
    return sites


class _Gzipped(SimpleHTTPRequestHandler):
    """A plain web server as partners have it: files of text go out gzipped."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in {".html", ".js", ".css", ".json", ".svg", ".xml"}:
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on this machine alone; yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Gzipped, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def install_lighthouse(folder: Path) -> str:
    """Install Lighthouse from the npm registry into a folder of its own; return its program."""
    npm = ["npm", "install", "--silent", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*npm, f"lighthouse@{LIGHTHOUSE}"], check=True)
    return str(folder / "node_modules" / "lighthouse" / "cli" / "index.js")


def visit(lighthouse: str, browser: str, address: str, form: str) -> Visit:
    """Let Lighthouse visit a page once."""
    flags = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    command = ["node", lighthouse, address, "--quiet", "--output=json", "--output-path=stdout",
               f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}", *FORMS[form]]  # fmt: skip
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, timeout=180)
    if done.returncode:
        raise CommandFailed(f"Lighthouse could not visit {address}:\n{done.stderr.decode(errors='replace')[-2000:]}")
    report = json.loads(done.stdout)
    audits = report["audits"]
    failed = [
        entry["id"]
        for name in CATEGORIES[1:]
        for entry in report["categories"][name]["auditRefs"]
        if audits[entry["id"]]["score"] == 0 and entry["weight"]
    ]
    return Visit(
        {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES},
        len(audits["network-requests"]["details"]["items"]),
        audits["total-byte-weight"]["numericValue"] / 1000,
        audits["largest-contentful-paint"]["numericValue"] / 1000,
        audits["total-blocking-time"]["numericValue"],
        tuple(failed),
    )


def between(values: list[float], digits: int = 0) -> str:
    """Write the smallest and the largest of several figures, or the one that they all are."""
    low, high = f"{min(values):.{digits}f}", f"{max(values):.{digits}f}"
    return low if low == high else f"{low}-{high}"


def row(name: str, seen: dict[str, list[Visit]]) -> list[str]:
    """Write what the visits of one page in all languages found."""
    mobile, desktop = seen["mobile"], seen["desktop"]
    return [
        name,
        between([one.scores["performance"] for one in mobile]),
        between([one.scores["performance"] for one in desktop]),
        between([one.scores["accessibility"] for one in mobile]),
        between([one.scores["accessibility"] for one in desktop]),
        between([one.scores["best-practices"] for one in mobile + desktop]),
        between([one.requests for one in mobile]),
        between([one.kilobytes for one in mobile]),
        between([one.paint for one in mobile], 1),
        between([one.blocked for one in mobile]),
    ]


def main() -> int:
    """Visit every page of every way in each form and print a table for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES), choices=list(LANGUAGES))
    parser.add_argument("--pages", nargs="+", default=list(PAGES), choices=list(PAGES))
    options = parser.parse_args()
    browser = find_browser()
    if browser is None:
        print("No Chromium was found; name one in CAPISCE_CHROMIUM.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="capisce-pages-") as scratch:
        folder = Path(scratch)
        lighthouse = install_lighthouse(folder / "lighthouse")
        course = build_course(folder)
        sites = {"CAPISCE": course, **build_peers(folder, course, options.languages)}
        print(f"Lighthouse {LIGHTHOUSE}, languages {', '.join(options.languages)}\n{machine()}", flush=True)
        failed: dict[str, set[str]] = {name: set() for name in sites}
        for page in options.pages:
            lines = []
            for name, site in sites.items():
                seen: dict[str, list[Visit]] = {form: [] for form in FORMS}
                with served(site) as address:
                    for lang in options.languages:
                        for form, visits in seen.items():
                            found = visit(lighthouse, browser, f"{address}/{lang}/{PAGES[page]}.html", form)
                            visits.append(found)
                            failed[name].update(found.failed)
                lines.append(row(name, seen))
            print(f"\n{table((page, *HEAD[1:]), lines)}", flush=True)
    print()
    for name, audits in failed.items():
        print(f"{name} fails: {', '.join(sorted(audits)) or 'nothing'}")
    print(f"\n{NOTES}\n{machine()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
