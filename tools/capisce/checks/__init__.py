"""Checks that need the whole course: one small function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capisce.fields import nearest
from capisce.model import Course, Segments
from capisce.problems import Problem


def check_course(course: Course) -> list[Problem]:
    """Run every check on one language's course."""
    return sorted(problem for check in CHECKS for problem in check(course))


def check_blocks(course: Course) -> Iterator[Problem]:
    """Every quiz and question that a lesson asks for exists, and no page shows a question twice."""
    for lesson in course.lessons.values():
        file = f"docs/{lesson.lang}/{lesson.path}"
        shown: set[str] = set()
        for reference in lesson.references:
            if reference.sort == "quiz":
                yield from _check_quiz(course, file, reference.name, reference.line)
            elif reference.sort == "question":
                yield from _check_question(course, file, reference.name, reference.line)
            elif reference.sort == "walkthrough":
                yield from _check_walkthrough(course, file, reference.name, reference.line)
            elif reference.sort == "scenario" and reference.name not in course.scenarios:
                what = f"There is no scenario `{reference.name}` that can be played."
                fix = nearest(reference.name, course.scenarios) or f"Write scenarios/{reference.name}.yml."
                yield Problem(file, reference.line, "unknown-scenario", what, fix)
            for ref in _questions(course, reference.sort, reference.name):
                if ref in shown:
                    what = f"`{ref}` stands on this page twice, and a learner's response belongs to one place."
                    yield Problem(file, reference.line, "question-twice", what, "Take one of the two out.")
                shown.add(ref)


def check_objectives(course: Course) -> Iterator[Problem]:
    """Every objective that is taught is tested, and every objective listed is taught."""
    tested = {question.objective for quiz in course.quizzes.values() for question in quiz.questions.values()}
    taught = {objective for lesson in course.lessons.values() for objective in lesson.objectives}
    for lesson in course.lessons.values():
        for objective in lesson.objectives:
            if objective in course.objectives and objective not in tested:
                what = f"No question tests `{objective}`."
                fix = f"Give a question `objective: {objective}`."
                yield Problem(f"docs/en/{lesson.path}", 1, "untested-objective", what, fix)
    for objective in course.objectives:
        if objective not in taught:
            what = f"No lesson lists `{objective}` among its objectives."
            yield Problem("reference/objectives.yml", 0, "untaught-objective", what, "Teach it, or take it out.")


def check_placed(course: Course) -> Iterator[Problem]:
    """Every quiz is shown somewhere, whole or in part."""
    shown = {
        reference.name.partition(".")[0]
        for lesson in course.lessons.values()
        for reference in lesson.references
        if reference.sort in ("quiz", "question")
    }
    shown |= {
        stage.question.partition(".")[0]
        for walkthrough in course.walkthroughs.values()
        for stage in walkthrough.stages.values()
    }
    for slug in course.quizzes:
        if slug not in shown:
            what = "No page shows this quiz or any of its questions."
            fix = f"Write `::: quiz {slug}` on the page where it belongs."
            yield Problem(f"quizzes/{slug}.yml", 0, "unplaced-quiz", what, fix)


def check_scenarios_placed(course: Course) -> Iterator[Problem]:
    """Every scenario is shown on some page."""
    shown = {r.name for lesson in course.lessons.values() for r in lesson.references if r.sort == "scenario"}
    for slug in course.scenarios:
        if slug not in shown:
            fix = f"Write `::: scenario {slug}` on the page where it belongs."
            yield Problem(f"scenarios/{slug}.yml", 0, "unplaced-scenario", "No page shows this scenario.", fix)


def check_walkthroughs_placed(course: Course) -> Iterator[Problem]:
    """Every walk-through is shown on some page."""
    shown = {r.name for lesson in course.lessons.values() for r in lesson.references if r.sort == "walkthrough"}
    for slug in course.walkthroughs:
        if slug not in shown:
            fix = f"Write `::: walkthrough {slug}` on the page where it belongs."
            what = "No page shows this walk-through."
            yield Problem(f"walkthroughs/{slug}.yml", 0, "unplaced-walkthrough", what, fix)


def check_next(course: Course) -> Iterator[Problem]:
    """Every page that a dialogue sends its learner to is there."""
    for quiz in course.quizzes.values():
        for question in quiz.questions.values():
            for page in question.matter.next.values() if isinstance(question.matter, Segments) else ():
                if page not in course.lessons:
                    what = f"`{question.id}` leads on to `{page}`, which is not a page."
                    yield Problem(
                        f"quizzes/{quiz.slug}.yml", question.line, "unknown-page", what, nearest(page, course.lessons)
                    )


CHECKS: tuple[Callable[[Course], Iterator[Problem]], ...] = (
    check_blocks,
    check_objectives,
    check_placed,
    check_scenarios_placed,
    check_walkthroughs_placed,
    check_next,
)


def _check_quiz(course: Course, file: str, slug: str, line: int) -> Iterator[Problem]:
    if slug not in course.quizzes:
        what = f"There is no quiz `{slug}`."
        yield Problem(file, line, "unknown-quiz", what, nearest(slug, course.quizzes) or f"Write quizzes/{slug}.yml.")


def _check_walkthrough(course: Course, file: str, slug: str, line: int) -> Iterator[Problem]:
    """The walk-through is there, and so is the question of each of its stages."""
    if slug not in course.walkthroughs:
        what = f"There is no walk-through `{slug}`."
        fix = nearest(slug, course.walkthroughs) or f"Write walkthroughs/{slug}.yml."
        yield Problem(file, line, "unknown-walkthrough", what, fix)
        return
    for stage in course.walkthroughs[slug].stages.values():
        yield from _check_question(course, f"walkthroughs/{slug}.yml", stage.question, 0)


def _check_question(course: Course, file: str, ref: str, line: int) -> Iterator[Problem]:
    slug, dot, name = ref.partition(".")
    if not dot:
        what = f"`{ref}` names a quiz but no question."
        yield Problem(file, line, "unknown-question", what, "Write `::: question <quiz>.<question>`.")
    elif slug not in course.quizzes:
        yield from _check_quiz(course, file, slug, line)
    elif name not in course.quizzes[slug].questions:
        what = f"The quiz `{slug}` has no question `{name}`."
        yield Problem(file, line, "unknown-question", what, nearest(name, course.quizzes[slug].questions))


def _questions(course: Course, sort: str, name: str) -> list[str]:
    if sort == "quiz" and name in course.quizzes:
        return [question.ref for question in course.quizzes[name].questions.values()]
    if sort == "walkthrough" and name in course.walkthroughs:
        return [stage.question for stage in course.walkthroughs[name].stages.values()]
    return [name] if sort == "question" else []
