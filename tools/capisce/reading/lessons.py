"""Read the pages of the course: front matter, and what the Markdown below it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from capisce.fields import Fields, nearest
from capisce.located import parse_yaml, read_text
from capisce.marks import BLOCK, CLOSED_BLOCKS, NAMED_BLOCKS, OPEN_BLOCKS, read_references
from capisce.model import Lesson, Reference
from capisce.problems import Problem
from capisce.reading.marked import Known, find_faults
from capisce.reading.shelf import Shelf
from capisce.reading.translations import read_review
from capisce.words import SOURCE_LANGUAGE, Review, State, digest

FOLDER = "docs"
_SAME = ("module", "minutes", "objectives", "checked", "load", "leave")
_THEMES_OWN = ("template", "hide", "description", "search")  # keys of the site's theme, passed through


@dataclass(frozen=True)
class Page:
    """A Markdown file taken apart."""

    file: str
    fields: Fields
    body: str
    body_line: int

    @property
    def words(self) -> dict[str, str]:
        """What a translation of the page renders: its title and its text."""
        title = self.fields.value.get("title")
        return {"title": title if isinstance(title, str) else "", "text": self.body}


def open_page(shelf: Shelf, file: str, problems: list[Problem]) -> Page | None:
    """Take a Markdown file apart; `None` when it has no front matter that can be read."""
    text, found = read_text(shelf.root, file)
    problems += found
    if text is None:
        return None
    lines = text.split("\n")
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else 0
    if not end:
        what = "The page does not begin with its `---` block."
        problems.append(Problem(file, 1, "front-matter", what, "Begin with `---`, a line `title: ...`, and `---`."))
        return None
    document, found = parse_yaml(file, "\n".join(lines[1:end]), first_line=2)
    problems += found
    if document is None:
        return None
    return Page(file, Fields.of(document, problems), "\n".join(lines[end + 1 :]), end + 2)


def read_lessons(shelf: Shelf, lang: str, known: Known, problems: list[Problem]) -> dict[str, Lesson]:
    """Read every page of one language by its path; a page without translation is the English one."""
    lessons = {}
    for path in _paths(shelf, SOURCE_LANGUAGE):
        english = open_page(shelf, f"{FOLDER}/{SOURCE_LANGUAGE}/{path}", problems)
        if english is None:
            continue
        source = _read(english, path, SOURCE_LANGUAGE, known)
        lessons[path] = source
        if lang != SOURCE_LANGUAGE:
            lessons[path] = _read_translation(shelf, path, lang, english, source, known, problems)
    if lang != SOURCE_LANGUAGE:
        for path in _paths(shelf, lang):
            if path not in lessons:
                what = f"There is no {FOLDER}/{SOURCE_LANGUAGE}/{path} for this to be a translation of."
                problems.append(Problem(f"{FOLDER}/{lang}/{path}", 0, "unknown-piece", what, nearest(path, lessons)))
    return lessons


def _read_translation(
    shelf: Shelf, path: str, lang: str, english: Page, source: Lesson, known: Known, problems: list[Problem]
) -> Lesson:
    file = f"{FOLDER}/{lang}/{path}"
    missing = Lesson(**{**source.__dict__, "state": State.MISSING})
    if not (shelf.root / file).is_file():
        what = f"This page has no translation into `{lang}` yet, so it is shown in English."
        problems.append(Problem(english.file, 0, "missing-translation", what, f"Write {file}."))
        return missing
    page = open_page(shelf, file, problems)
    if page is None:
        return missing
    for key in _SAME:
        if key in page.fields.value and page.fields.value[key] != english.fields.value.get(key):
            what = f"`{key}` is not what the English page says."
            page.fields.note("front-matter-differs", what, "Take the line out: it comes from the English page.", key)
    lesson = _read(page, path, lang, known, source)
    if lesson.state is State.STALE:
        what = "The English of this page has changed since it was translated."
        fix = f"Read {english.file}, put the words right, then run `capisce words --stamp {file}`."
        page.fields.note("stale-translation", what, fix, "of" if page.fields.has("of") else None)
    return lesson


def _read(page: Page, path: str, lang: str, known: Known, source: Lesson | None = None) -> Lesson:
    fields = page.fields
    own = digest(page.words)
    title = fields.text("title")
    module = fields.id("module", required=False)
    minutes = fields.number("minutes", 1, 240)
    objectives = fields.ids("objectives")
    checked = fields.date("checked")
    load = fields.number("load", 1, 3, 1) or 1
    leave = bool(fields.flag("leave"))
    of, method = fields.digest(), fields.one_of("method", ["machine", "human"], "human")
    review = read_review(fields)
    fields.finish(_THEMES_OWN)
    for objective in objectives:
        if objective not in known.objectives:
            what = f"There is no objective `{objective}` in reference/objectives.yml."
            fields.note("unknown-objective", what, nearest(objective, known.objectives), "objectives")
    references = tuple(read_references(page.body, page.body_line))
    _check_body(page, references, known)
    state = _state(own, of, method, review, source)
    signed = f"{review.by}|{review.date}" if review and state is State.REVIEWED else ""
    if source is not None:
        module, minutes, objectives = source.module, source.minutes, source.objectives
        checked, load, leave = source.checked, source.load, source.leave
    return Lesson(path, lang, title, module, minutes, objectives, checked, load, leave, references, own, state, signed)


def _state(own: str, of: str, method: str, review: Review | None, source: Lesson | None) -> State:
    if source is not None and of != source.digest:
        return State.STALE
    if review:
        return State.REVIEWED if review.of == own else State.CHANGED
    return State.MACHINE if source is not None and method == "machine" else State.DRAFT


def _check_body(page: Page, references: tuple[Reference, ...], known: Known) -> None:
    problems = page.fields.problems
    opened: Reference | None = None
    for reference in references:
        if reference.sort != "block":
            continue
        if reference.name == "" and opened is not None:
            opened = None
        elif reference.name in CLOSED_BLOCKS and opened is None:
            opened = reference
        elif reference.name not in OPEN_BLOCKS or reference.name in NAMED_BLOCKS:
            problems.append(_block_problem(page.file, reference))
    if opened is not None:
        what = f"`::: {opened.name}` is never closed."
        problems.append(Problem(page.file, opened.line, "unclosed-block", what, "End it with a line `:::`."))
    for number, text in enumerate(page.body.split("\n"), page.body_line):
        if ("[@" in text or "term:" in text) and not BLOCK.match(text):
            problems += [
                Problem(page.file, number, code, what, fix)
                for code, what, fix in find_faults(text, known)
                if code != "bad-markup"
            ]


def _block_problem(file: str, reference: Reference) -> Problem:
    name = reference.name
    if name in NAMED_BLOCKS:
        example = f"::: {name} definitions" + (".no-means" if name == "question" else "")
        return Problem(file, reference.line, "unknown-block", f"`::: {name}` needs a name.", f"Write `{example}`.")
    what = f"There is no block `::: {name}`." if name else "A `:::` closes a block that was not opened."
    return Problem(file, reference.line, "unknown-block", what, nearest(name, OPEN_BLOCKS | CLOSED_BLOCKS))


def _paths(shelf: Shelf, lang: str) -> list[str]:
    folder = shelf.root / FOLDER / lang
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md") if path.is_file())
