"""The head of a page: where it stands in its module, how long it takes, how far it has been reviewed."""

from __future__ import annotations

from typing import Any

from capisce.model import Course, Lesson
from capisce.rendering.inline import render_inline
from capisce.rendering.setting import Setting
from capisce.words import SOURCE_LANGUAGE, State

_SENTENCES = {
    State.MISSING: "untranslated_page",
    State.STALE: "outdated",
    State.CHANGED: "changed_after_review",
}


def render_head(setting: Setting) -> dict[str, Any]:
    """Return what the theme shows above a page's text; an empty mapping for a page that is not the course's."""
    lesson = setting.course.lessons.get(setting.page)
    if lesson is None:
        return {}
    interface = setting.interface
    objectives = [setting.course.objectives[name] for name in lesson.objectives if name in setting.course.objectives]
    return {
        "position": _position(lesson, setting),
        "minutes": interface.count("n_minutes", lesson.minutes) if lesson.minutes else "",
        "checked": interface.say("law_checked", date=interface.date(lesson.checked)) if lesson.checked else "",
        "objectives_lead": interface.say("objectives_lead"),
        "objectives": [render_inline(objective.text, setting, objective.lang) for objective in objectives],
        "state": _state(lesson, setting),
        "state_url": setting.link("about.md"),
        "load": interface.say("load_note") if lesson.load > 1 else "",
        "fallback_lang": lesson.lang if lesson.lang != setting.lang else "",
        "leave": _leave(lesson, setting),
        "words": interface.html,
        "lang": setting.lang,
    }


def lessons_of(course: Course, module: str) -> list[Lesson]:
    """Return the lessons of a module that teach something: those with objectives."""
    return [lesson for lesson in course.lessons.values() if lesson.module == module and lesson.objectives]


def _leave(lesson: Lesson, setting: Setting) -> dict[str, str]:
    """Return the way to leave the page quickly, on pages that ask for it."""
    if not lesson.leave or not setting.leave_to:
        return {}
    say = setting.interface.say
    href = setting.leave_to.replace("{lang}", setting.lang)
    return {"href": href, "label": say("leave"), "hidden": say("leave_hidden"), "note": say("leave_note")}


def _position(lesson: Lesson, setting: Setting) -> str:
    order = [
        page for page in setting.order if page in {other.path for other in lessons_of(setting.course, lesson.module)}
    ]
    if lesson.path not in order:
        return ""
    return setting.interface.say("lesson_n", n=order.index(lesson.path) + 1, total=len(order))


def _state(lesson: Lesson, setting: Setting) -> str:
    say = setting.interface.say
    if lesson.state is State.REVIEWED:
        by, _, date = lesson.review.partition("|")
        return say("reviewed", name=by, date=setting.interface.date(date))
    unreviewed = say("not_reviewed" if setting.lang == SOURCE_LANGUAGE else "translation_not_reviewed")
    first = _SENTENCES.get(lesson.state)
    return f"{say(first)} {unreviewed}" if first else unreviewed
