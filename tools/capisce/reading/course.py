"""Read the whole course from its folder, in one language or in several."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from capisce.model import Course
from capisce.problems import Problem
from capisce.reading.lessons import read_lessons
from capisce.reading.marked import Known
from capisce.reading.quizzes import read_quizzes
from capisce.reading.reference import concept_ids, read_concepts, read_objectives, read_sources, read_terms
from capisce.reading.scenarios import read_scenarios
from capisce.reading.shelf import Shelf
from capisce.reading.walkthroughs import read_walkthroughs
from capisce.words import LANGUAGES


def read_course(root: Path, lang: str) -> tuple[Course, list[Problem]]:
    """Read the course in one language, with every problem found on the way, sorted."""
    courses, problems = read_courses(root, [lang])
    return courses[lang], problems


def read_courses(root: Path, languages: Iterable[str]) -> tuple[dict[str, Course], list[Problem]]:
    """Read the course in several languages; each file is parsed once, each problem told once."""
    shelf = Shelf(root)
    problems: list[Problem] = []
    courses = {lang: _read(shelf, lang, problems) for lang in languages}
    return courses, sorted(set(problems + shelf.problems))


def _read(shelf: Shelf, lang: str, problems: list[Problem]) -> Course:
    sources = read_sources(shelf, problems)
    objectives = read_objectives(shelf, lang, problems)
    known = Known(sources=sources, concepts=concept_ids(shelf), objectives=objectives)
    return Course(
        lang=lang,
        quizzes=read_quizzes(shelf, lang, known, problems),
        lessons=read_lessons(shelf, lang, known, problems),
        sources=sources,
        concepts=read_concepts(shelf, lang, known, problems),
        objectives=objectives,
        scenarios=read_scenarios(shelf, lang, known, problems),
        walkthroughs=read_walkthroughs(shelf, lang, known, problems),
        terms=read_terms(shelf, LANGUAGES),
    )
