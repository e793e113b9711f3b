"""Build the site: one process for each language, side by side, and a page at the root to choose from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from capisce.policy import add_policy
from capisce.rendering.interface import RUNTIME, Interface
from capisce.rendering.templates import render_template
from capisce.words import LANGUAGES

LINES = {
    "en": "An open course for interpreters working with children who are victims of trafficking.",
    "fr": "Une formation ouverte pour les interprètes qui travaillent avec des enfants victimes de la traite.",
    "nl": "Een open cursus voor tolken die werken met kinderen die slachtoffer zijn van mensenhandel.",
    "it": "Un corso aperto per interpreti che lavorano con minorenni vittime di tratta.",
}

LONG_AGO = "315532800"
"""1980-01-01 in seconds: the time MkDocs writes into the packed sitemap, so that no build differs by its day."""


class BuildFailed(Exception):
    """MkDocs refused a language; the message is what it said."""


def build_site(
    root: Path,
    target: Path,
    languages: Sequence[str] = LANGUAGES,
    policy: bool = True,
    address: str = "",
    modules: Sequence[str] = (),
) -> None:
    """Build the site into `target`, which is replaced only when every language has been built.

    `address` is the public one, such as `https://example.org/course/`, and only needed for canonical links and
    the sitemap. With `modules`, only their pages are built, and those that belong to no module.
    Raises `BuildFailed` with the words of MkDocs, and leaves `target` as it was.
    """
    with tempfile.TemporaryDirectory(prefix=".site-", dir=target.parent) as folder:
        new = Path(folder) / "site"
        new.mkdir()
        settings = {
            "CAPISCE_POLICY": "true" if policy else "false",
            "CAPISCE_MODULES": "".join(f"{module}," for module in modules),
            "CAPISCE_LANGUAGES": "".join(f"{lang}," for lang in languages),
        }
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            said = list(pool.map(lambda lang: _build_language(root, new / lang, lang, settings, address), languages))
        failed = [f"[{lang}] {text}" for lang, text in zip(languages, said, strict=True) if text]
        if failed:
            raise BuildFailed("\n".join(failed))
        write_root(new, languages, address)
        if target.exists():
            target.rename(Path(folder) / "old")
        new.rename(target)


def write_root(folder: Path, languages: Sequence[str], address: str = "") -> None:
    """Write the page at the root, and the one for an address where there is nothing."""
    write_choice(folder, "index.html", languages)
    write_choice(folder, "404.html", languages, lost=True, address=address)


def write_choice(
    folder: Path, name: str, languages: Sequence[str], page: str = "index.html", lost: bool = False, address: str = ""
) -> None:
    """Write a page from which a reader chooses a language, and comes to `page`; it needs no script."""
    entries = [
        {"code": lang, "name": Interface(lang).name, "href": f"{lang}/{page}", "line": LINES[lang]}
        for lang in languages
    ]
    base = urlsplit(address).path or "/"
    html = str(render_template("runtime/root.html", languages=entries, lost=lost, base=base))
    (folder / name).write_text(f"{add_policy(html)}\n", encoding="utf-8")
    shutil.copyfile(RUNTIME / "root.css", folder / "root.css")


def _build_language(root: Path, target: Path, lang: str, settings: Mapping[str, str], address: str) -> str:
    """Run MkDocs for one language; return what it complained of, or nothing."""
    environment = {
        "SOURCE_DATE_EPOCH": LONG_AGO,
        **os.environ,
        **settings,
        "CAPISCE_LANG": lang,
        "CAPISCE_SITE_URL": f"{address}{lang}/" if address else "",
        "NO_MKDOCS_2_WARNING": "1",  # the theme's notice about MkDocs 2, which the pins keep out
    }
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],  # --quiet would undo --strict
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.returncode:
        return ""
    lines = (done.stderr + done.stdout).strip().split("\n")
    told = [line for line in lines if not line.startswith("INFO")]
    return "\n".join(told) or "MkDocs stopped without a word."
