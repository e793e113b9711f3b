"""How far each language has come: pieces counted by their state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from capisce.model import Course
from capisce.problems import Problem, format_text
from capisce.words import State


def standing(courses: Mapping[str, Course]) -> dict[str, Counter[State]]:
    """Count the pieces of each language by state: pages, quiz titles, questions, scenarios, concepts and so on."""
    return {lang: Counter(_states(course)) for lang, course in courses.items()}


def format_standing(counts: Mapping[str, Counter[State]], problems: Iterable[Problem] = ()) -> str:
    """Return the counts as a table, one language a line, and below it the pieces that need words."""
    heads = ["language", "pieces", *(state.value for state in State)]
    rows = [[lang, str(sum(count.values())), *(str(count[state]) for state in State)] for lang, count in counts.items()]
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) if not column else cell.rjust(width)
                  for column, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in [heads, *rows]
    ]  # fmt: skip
    unreviewed = sum(sum(count.values()) - count[State.REVIEWED] for count in counts.values())
    lines += ["", f"Not reviewed by a specialist: {unreviewed} pieces in {len(counts)} languages."]
    listed = format_text(problems)
    return "\n".join(lines + (["", listed] if listed else []))


def _states(course: Course) -> Iterable[State]:
    for lesson in course.lessons.values():
        yield lesson.state
    for quiz in course.quizzes.values():
        yield quiz.state
        for question in quiz.questions.values():
            yield question.state
    for scenario in course.scenarios.values():
        yield scenario.state
    for walkthrough in course.walkthroughs.values():
        yield walkthrough.state
    for concept in course.concepts.values():
        yield concept.state
    for objective in course.objectives.values():
        yield objective.state
