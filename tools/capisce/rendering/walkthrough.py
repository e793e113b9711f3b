"""A walk-through: stages with a plan, what is said, why, what it asks of the interpreter, and a question."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from capisce.model import Film, Stage, Walkthrough
from capisce.rendering.inline import plain, render_inline, render_paragraphs
from capisce.rendering.interface import Interface
from capisce.rendering.plan import render_plan
from capisce.rendering.question import render_question, speaker_name
from capisce.rendering.setting import Setting
from capisce.rendering.templates import render_template, script_json
from capisce.rendering.typography import typeset


def render_walkthrough(walkthrough: Walkthrough, setting: Setting) -> Markup:
    """Return the whole walk-through; it is whole without a film, and a film adds itself above the stages."""
    lang, course = walkthrough.lang, setting.course
    foreign = lang if lang != setting.lang else ""
    questions = {
        stage.id: render_question(question, setting)
        for stage in walkthrough.stages.values()
        if (question := course.question(stage.question))
    }
    return render_template(
        "rendering/walkthrough.html",
        walkthrough=walkthrough,
        foreign=foreign,
        own=Markup(' lang="{}"').format(setting.lang) if foreign else "",
        say=setting.interface.say,
        words=lambda text: render_inline(text, setting, lang),
        paragraphs=lambda text: render_paragraphs(text, setting, lang),
        label=lambda text: typeset(plain(text), lang),
        speaker=lambda who: speaker_name(who, lang),
        plan=lambda stage: render_plan(stage.plan, lang) if stage.plan else "",
        questions=questions,
        film=_film(walkthrough.film, setting) if walkthrough.film else None,
        transcript=_transcript,
        data=Markup(script_json(_stops(walkthrough))),
    )


def _film(film: Film, setting: Setting) -> dict[str, Any]:
    """Return the film's addresses, and its captions by language with the page's own first."""
    captions = sorted(film.captions.items(), key=lambda caption: caption[0] != setting.lang)
    return {
        "src": setting.file(film.file),
        "captions": [(lang, Interface(lang).name, setting.file(file)) for lang, file in captions],
    }


def _stops(walkthrough: Walkthrough) -> dict[str, Any]:
    """Return what the page runtime needs: where each stage begins, and the captions for where files cannot be read."""
    film = walkthrough.film
    return {
        "stages": {stage.id: stage.at for stage in walkthrough.stages.values()},
        "cues": [[cue.start, cue.end, cue.text] for cue in film.cues] if film else [],
    }


def _transcript(walkthrough: Walkthrough, stage: Stage) -> str:
    """Return what is said in the film during a stage: its captions, one after the other."""
    if walkthrough.film is None or stage.at is None:
        return ""
    later = [other.at for other in walkthrough.stages.values() if other.at is not None and other.at > stage.at]
    end = min(later, default=float("inf"))
    return " ".join(cue.text for cue in walkthrough.film.cues if stage.at <= cue.start < end)
