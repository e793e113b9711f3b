"""A Chromium of this machine: found where it usually is, and asked to print a page into a PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VARIABLE = "CAPISCE_CHROMIUM"
"""Names a Chromium to use instead of the one that would be found."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NUMBERS_PAGES = 131
"""The first version that knows the margin boxes of CSS, which hold our page numbers."""
_MOST_SECONDS = 300


class PrintFailed(Exception):
    """Chromium did not make the PDF; the message says why in one sentence."""


def find_browser() -> str | None:
    """Return the path of a Chromium: the one named in CAPISCE_CHROMIUM, the system's, or Playwright's own."""
    named = os.environ.get(VARIABLE)
    if named:
        return named if Path(named).is_file() else None
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    try:
        from playwright.sync_api import sync_playwright  # there when the tests are, and not needed otherwise
    except ImportError:
        return None
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def print_pdf(browser: str, html: str, folder: Path) -> bytes:
    """Return a page as a tagged PDF with an outline; `folder` takes the page meanwhile, where any Chromium may read.

    Raises `PrintFailed`.
    """
    with (
        tempfile.TemporaryDirectory(prefix="capisce-print-", dir=folder) as near,
        tempfile.TemporaryDirectory(prefix="capisce-profile-", ignore_cleanup_errors=True) as profile,
    ):
        page, made = Path(near).resolve() / "page.html", Path(near).resolve() / "page.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            browser, "--headless=new", *FLAGS, f"--user-data-dir={profile}", "--export-tagged-pdf",
            "--generate-pdf-document-outline", f"--print-to-pdf={made}",
        ]  # fmt: skip
        if _version(browser) >= _NUMBERS_PAGES:  # an older one numbers the pages in a footer of its own
            command.append("--no-pdf-header-footer")
        said = _run([*command, page.as_uri()])
        if not made.is_file() or not made.read_bytes().startswith(b"%PDF"):
            last = said.strip().rpartition("\n")[2]
            raise PrintFailed(f"{browser} did not make a PDF{f' and said: {last}' if last else ''}.")
        return made.read_bytes()


def _version(browser: str) -> int:
    """Return the number before the first point of the version; 0 when it does not tell."""
    found = re.search(r"(\d+)\.\d+", _run([browser, "--version"]))
    return int(found[1]) if found else 0


def _run(command: list[str]) -> str:
    """Run a Chromium; return what it said."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_MOST_SECONDS, check=False
        )
    except OSError as error:
        raise PrintFailed(f"{command[0]} cannot be started: {error.strerror or error}.") from error
    except subprocess.TimeoutExpired as error:
        raise PrintFailed(f"{command[0]} had not made the PDF after {_MOST_SECONDS} seconds.") from error
    return done.stdout.decode("utf-8", "replace")
