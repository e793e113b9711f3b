"""Read a walk-through: an interview stage by stage, in one language, with a partner's film where there is one."""

from __future__ import annotations

import re

from capisce.fields import Fields
from capisce.kinds.casting import read_cast, read_who
from capisce.kinds.plans import read_plan
from capisce.located import Document, read_text
from capisce.model import Cue, Film, Stage, Walkthrough
from capisce.problems import Problem
from capisce.reading.marked import Known, check_marks
from capisce.reading.shelf import Shelf
from capisce.reading.translations import Laid, lay_head, lay_pieces
from capisce.scenario import Line, Speaker
from capisce.words import LANGUAGES, SOURCE_LANGUAGE, State

FOLDER = "walkthroughs"
HEAD = ("title", "summary", "cast")
_FILE = re.compile(r"assets/[A-Za-z0-9._/-]+\.(?:mp4|webm)")
_TIME = r"(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})"
_SPAN = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_MARKUP = re.compile(r"<[^<>]*>")


def read_walkthroughs(shelf: Shelf, lang: str, known: Known, problems: list[Problem]) -> dict[str, Walkthrough]:
    """Read every walk-through of the course, sorted by slug."""
    return {
        slug: read_walkthrough(slug, _laid(shelf, english, slug, lang, problems), shelf, known, problems)
        for slug, english in shelf.named(FOLDER, lang)
    }


def read_walkthrough(slug: str, laid: Laid, shelf: Shelf, known: Known, problems: list[Problem]) -> Walkthrough:
    """Read one walk-through from a laid document."""
    fields = Fields.of(laid.document, problems)
    title, summary = fields.text("title"), fields.text("summary")
    cast = read_cast(fields)
    film = _read_film(fields, shelf, laid.lang)
    stages = {name: _read_stage(name, below, cast, known) for name, below in fields.each("stages", low=2, high=12)}
    fields.finish({"of", "method", "review"})
    check_marks(laid.document, (), {"title": title, "summary": summary}, known, problems)
    if film:
        _check_stops(fields, stages)
    worst = [state for state in laid.states.values() if state in (State.MISSING, State.STALE)]
    return Walkthrough(
        slug, title, summary, stages, film,
        lang=laid.langs.get("", SOURCE_LANGUAGE),
        state=worst[0] if worst else laid.states.get("", State.DRAFT),
    )  # fmt: skip


def _read_stage(name: str, fields: Fields, cast: dict[str, Speaker], known: Known) -> Stage:
    lines = []
    title, text = fields.text("title"), fields.text("text")
    plan = read_plan(fields) if fields.has("plan") else None
    for line, below in fields.each("lines", required=False):
        who = read_who(below, cast)
        lines.append((who, Line(line, who.id, below.text("says"))))
        below.finish()
    stage = Stage(
        name, title, text, tuple(lines), fields.text("why"), fields.text("ask"), fields.text("question"), plan,
        fields.number("at", 0, 36_000),
    )  # fmt: skip
    fields.finish({"of", "method", "review"})
    check_marks(fields.document, fields.path, fields.value, known, fields.problems)
    return stage


def _read_film(fields: Fields, shelf: Shelf, lang: str) -> Film | None:
    """Read `film`: a video file below docs/, and beside it captions in every language (`film.en.vtt`, ...)."""
    below = fields.below("film", required=False)
    if below is None:
        return None
    file = below.text("file")
    below.finish()
    if not _FILE.fullmatch(file) or ".." in file:
        below.note("unknown-value", f"`file: {file}` is not a film.", "Write `file: assets/films/name.mp4`.", "file")
        return None
    if not (shelf.root / "docs" / file).is_file():
        below.note("missing-file", f"There is no docs/{file}.", "Put the film there, or take `film:` out.", "file")
        return None
    stem = file.rsplit(".", 1)[0]
    captions = {}
    for code in LANGUAGES:
        name = f"{stem}.{code}.vtt"
        if not (shelf.root / "docs" / name).is_file():
            what = f"The film has no captions in `{code}`."
            below.note("missing-file", what, f"Write them to docs/{name}.", "file")
            continue
        captions[code] = name
    cues = _read_cues(shelf, f"docs/{captions[lang]}", fields.problems) if lang in captions else ()
    return Film(file, captions, cues)


def _read_cues(shelf: Shelf, file: str, problems: list[Problem]) -> tuple[Cue, ...]:
    """Read a WebVTT file; its captions are the transcript."""
    text, found = read_text(shelf.root, file)
    problems += found
    cues: list[Cue] = []
    lines = (text or "").split("\n")
    for number, line in enumerate(lines):
        span = _SPAN.fullmatch(line.strip())
        if "-->" in line and span is None:
            what = "These are not two times of a caption."
            problems.append(Problem(file, number + 1, "bad-caption", what, "Write 00:01:02.000 --> 00:01:05.500."))
        if span is None:
            continue
        words = []
        for below in lines[number + 1 :]:
            if not below.strip():
                break
            words.append(_MARKUP.sub("", below.strip()))
        cues.append(Cue(_seconds(span.groups()[:4]), _seconds(span.groups()[4:]), " ".join(words)))
    if text is not None and not cues:
        problems.append(Problem(file, 1, "bad-caption", "There is no caption in this file.", "Save it as WebVTT."))
    return tuple(cues)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _check_stops(fields: Fields, stages: dict[str, Stage]) -> None:
    """A film stops at its stages, so each needs its second, in the order of the stages."""
    latest = -1
    for stage in stages.values():
        if stage.at is None or stage.at <= latest:
            what = f"The film cannot stop at `{stage.id}`: `at:` is missing or not later than the stage before."
            file, line = fields.document.where(("stages", stage.id))
            fix = "Write the second of the film at which the stage begins."
            fields.problems.append(Problem(file, line, "out-of-range", what, fix))
        latest = stage.at if stage.at is not None else latest


def _laid(shelf: Shelf, english: Document, slug: str, lang: str, problems: list[Problem]) -> Laid:
    translation = shelf.open(f"{FOLDER}/{lang}/{slug}.yml") if lang != SOURCE_LANGUAGE else None
    laid = lay_pieces(english, translation, lang, "stages", problems)
    if translation is not None:
        lay_head(english, translation, laid, HEAD, lang, problems)
    elif lang != SOURCE_LANGUAGE:
        laid.langs[""], laid.states[""] = SOURCE_LANGUAGE, State.MISSING
    return laid
