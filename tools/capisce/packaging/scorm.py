"""Make a built site a SCORM 1.2 package: the frame that talks to the learning platform, and the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from capisce import __version__
from capisce.building import LINES, write_choice
from capisce.bundle import frame_script, frame_stylesheet
from capisce.model import Course
from capisce.packaging.catalogue import catalogue
from capisce.packaging.zipping import files_of
from capisce.policy import add_policy
from capisce.rendering.templates import render_template, script_json

MANIFEST = "imsmanifest.xml"
CHOOSE = "languages.html"


def add_scorm(site: Path, courses: Mapping[str, Course], modules: Sequence[str]) -> None:
    """Add the frame and the manifest to a site; pages stay as they are, and those for a web server's 404 go.

    One SCO for the whole: the page at the root is the frame, and the language is chosen inside it.
    """
    languages = list(courses)
    first = courses[languages[0]]
    start = f"{modules[0]}/index" if len(modules) == 1 and f"{modules[0]}/index.md" in first.lessons else "index"
    for page in site.rglob("404.html"):
        page.unlink()
    if len(languages) > 1:
        write_choice(site, CHOOSE, languages, f"{start}.html")
        begin = CHOOSE
    else:
        (site / "root.css").unlink()
        begin = f"{languages[0]}/{start}.html"
    pages = [name for name in files_of(site) if name.endswith(".html") and name != "index.html"]
    data = {"title": title(first, modules), "start": begin, "pages": pages, **catalogue(first, modules)}
    (site / "frame.js").write_text(frame_script(), encoding="utf-8")
    (site / "frame.css").write_text(frame_stylesheet(), encoding="utf-8")
    (site / "index.html").write_text(_frame(data, languages[0]), encoding="utf-8")
    (site / MANIFEST).write_text(_manifest(files_of(site), courses, modules), encoding="utf-8")


def title(course: Course, modules: Sequence[str]) -> str:
    """Return the name of the package in the language of the course: CAPISCE, and its modules when not all."""
    names = [course.lessons[f"{name}/index.md"].title if f"{name}/index.md" in course.lessons else name
             for name in modules]  # fmt: skip
    return f"CAPISCE: {', '.join(names)}" if names else "CAPISCE"


def _frame(data: dict[str, Any], lang: str) -> str:
    shown = {name: data[name] for name in ("title", "start")}
    html = render_template("runtime/frame.html", **shown, lang=lang, data=script_json(data))
    return f"{add_policy(str(html))}\n"


def _manifest(files: list[str], courses: Mapping[str, Course], modules: Sequence[str]) -> str:
    languages = list(courses)
    described = {lang: (title(course, modules), LINES[lang]) for lang, course in courses.items()}
    manifest = render_template(
        f"packaging/{MANIFEST}",
        identifier="-".join(["capisce", *modules, *languages]),
        version=__version__,
        title=described[languages[0]][0],
        described=described,
        files=["index.html", *(name for name in files if name not in ("index.html", MANIFEST))],
    )
    return f"{manifest}\n"
