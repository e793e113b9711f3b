"""Keep part of a course: some modules with the pages that belong to none, and no link to what was left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from capisce.model import Course, Lesson

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
_HREF = re.compile(r'\bhref="([^"]*)"')


def modules_of(course: Course) -> list[str]:
    """Return the names of the modules that pages belong to, in the order of the pages."""
    return list(dict.fromkeys(lesson.module for lesson in course.lessons.values() if lesson.module))


def left_out(course: Course, modules: Iterable[str]) -> set[str]:
    """Return the paths of the pages that belong to other modules; without `modules`, none."""
    wanted = set(modules)
    return {
        lesson.path for lesson in course.lessons.values() if wanted and lesson.module and lesson.module not in wanted
    }


def select_modules(course: Course, modules: Iterable[str]) -> Course:
    """Return the course with the pages of these modules, the pages of none, and the exercises that they show."""
    gone = left_out(course, modules)
    if not gone:
        return course
    lessons = {path: lesson for path, lesson in course.lessons.items() if path not in gone}
    shown = {reference for lesson in lessons.values() for reference in _shown(lesson)}
    walkthroughs = {slug: walk for slug, walk in course.walkthroughs.items() if ("walkthrough", slug) in shown}
    for walk in walkthroughs.values():
        shown |= {("quiz", stage.question.partition(".")[0]) for stage in walk.stages.values()}
    return replace(
        course,
        lessons=lessons,
        quizzes={slug: quiz for slug, quiz in course.quizzes.items() if ("quiz", slug) in shown},
        scenarios={slug: scenario for slug, scenario in course.scenarios.items() if ("scenario", slug) in shown},
        walkthroughs=walkthroughs,
    )


def prune(nav: Any, gone: set[str]) -> Any:
    """Return a navigation, as MkDocs has it in its settings, without these pages and without groups left empty."""
    if isinstance(nav, list):
        return [kept for item in nav if (kept := prune(item, gone))]
    if isinstance(nav, dict):
        return {title: kept for title, item in nav.items() if (kept := prune(item, gone))}
    return "" if nav in gone else nav


def unlink(html: str, page: str, gone: set[str], note: str) -> str:
    """Return a page whose links to `gone`, both addresses from the site's top, are plain text with a note."""

    def replaced(link: re.Match[str]) -> str:
        href = _HREF.search(link[1])
        found = urlsplit(href[1]) if href else None
        if found is None or found.scheme or not found.path:
            return link[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(found.path)))
        return f"{link[2]} <small>({note})</small>" if target in gone else link[0]

    return _LINK.sub(replaced, html) if gone else html


def _shown(lesson: Lesson) -> set[tuple[str, str]]:
    return {
        (reference.sort.replace("question", "quiz"), reference.name.partition(".")[0])
        for reference in lesson.references
    }
