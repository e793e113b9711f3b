"""The `capisce` command: check, write, translate, look at, export, build, serve and package a course."""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from capisce.building import BuildFailed, build_site
from capisce.checks import check_course
from capisce.exporting.job import ExportRefused, Job, plan
from capisce.model import Course
from capisce.packaging import PACKERS, PackageRefused, choose_part, choose_target
from capisce.parser import WRONG_COMMAND, Run, make_parser
from capisce.printing import PRINT, plan_print
from capisce.problems import FORMATS, Problem, format_text
from capisce.readability import measure, report_reading
from capisce.reading import read_courses
from capisce.schema import quiz_schema
from capisce.showing import show_quiz, show_scenario, show_walkthrough
from capisce.stamping import stamp
from capisce.standing import format_standing, standing
from capisce.starting import StartRefused, new_kind, new_lesson, new_question, new_quiz, new_scenario
from capisce.terms import check_terms, report_terms
from capisce.words import LANGUAGES

PROBLEMS_FOUND = 1


class Refused(Exception):
    """The command cannot be carried out as it was given; the message says why in one sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 well, 1 problems found, 2 a command that cannot be done."""
    parser = make_parser(_COMMANDS)
    options = parser.parse_args(arguments)
    if not options.run:
        parser.print_help()
        return 0
    try:
        status: int = options.run(options)
        return status
    except (Refused, StartRefused, ExportRefused, PackageRefused) as refusal:
        print(f"capisce: {refusal}", file=sys.stderr)
        return WRONG_COMMAND
    except BuildFailed as failure:
        print(failure, file=sys.stderr)
        return PROBLEMS_FOUND
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        print(f"capisce: {name}{error.strerror or error}.", file=sys.stderr)
        return WRONG_COMMAND


def check(options: argparse.Namespace) -> int:
    """Print every problem; errors make the exit status 1."""
    problems = find_problems(_root(options), LANGUAGES)
    problems.sort(key=lambda problem: not problem.is_warning)  # what must be mended stands last, where the eye is
    text = FORMATS[options.format](problems)
    if text:
        print(text)
    errors = sum(not problem.is_warning for problem in problems)
    if options.format == "text":
        warnings = len(problems) - errors
        print(
            f"{_counted(errors, 'problem')} to mend, {_counted(warnings, 'note')}." if problems else "No problem found."
        )
    return PROBLEMS_FOUND if errors or (options.strict and problems) else 0


def find_problems(root: Path, languages: Sequence[str]) -> list[Problem]:
    """Return every problem of the course in several languages, each once."""
    gc.disable()  # everything read is kept to the end; looking for what could be thrown away takes a fifth of the time
    try:
        courses, problems = read_courses(root, languages)
        for course in courses.values():
            problems = [*problems, *check_course(course), *check_terms(root, course)]
        return sorted(set(problems))
    finally:
        gc.enable()


def words(options: argparse.Namespace) -> int:
    """Print how far each language has come, or stamp a translation as up to date."""
    root = _root(options)
    if options.stamp is not None:
        for name in options.stamp:
            if not (root / name).is_file():
                raise Refused(
                    f"There is no file {name}; give the path of a translation, such as quizzes/fr/definitions.yml."
                )
        stamped = [line for name in options.stamp or _translations(root) for line in stamp(root, name)]
        print("\n".join(stamped) if stamped else "Nothing to stamp: every digest is up to date.")
        return 0
    courses, problems = read_courses(root, LANGUAGES)
    listed = [problem for problem in problems if problem.is_warning] if options.list else []
    print(format_standing(standing(courses), listed))
    return 0


def show(options: argparse.Namespace) -> int:
    """Print a quiz with its key, a scenario with its tree, or a walk-through, as text."""
    courses, problems = read_courses(_root(options), [options.lang])
    course = courses[options.lang]
    if options.name in course.quizzes:
        print(show_quiz(course.quizzes[options.name], course))
    elif options.name in course.scenarios:
        print(show_scenario(course.scenarios[options.name], course))
    elif options.name in course.walkthroughs:
        print(show_walkthrough(course.walkthroughs[options.name]))
    else:
        known = ", ".join([*course.quizzes, *course.scenarios, *course.walkthroughs]) or "none yet"
        raise Refused(f"There is no quiz, scenario or walk-through `{options.name}`. There are: {known}.")
    own = [p for p in problems if p.file.endswith(f"/{options.name}.yml") and not p.is_warning]
    if own:
        print(format_text(own), file=sys.stderr)
    return PROBLEMS_FOUND if own else 0


def terms(options: argparse.Namespace) -> int:
    """Say which words of a text are to be avoided, and what to write instead."""
    text = sys.stdin.read() if options.file == "-" else _text_of(Path(options.file))
    course = read_courses(_root(options), [options.lang])[0][options.lang]
    report, sure = report_terms(text, options.file, course, options.quoted)
    print(report or "No term to avoid found.")
    return PROBLEMS_FOUND if sure else 0


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path} is not plain text in UTF-8; save or copy it as plain text first.") from None


def read(options: argparse.Namespace) -> int:
    """Report how long and how hard pages are to read."""
    root = _root(options)
    course = read_courses(root, [options.lang])[0][options.lang]
    print(report_reading(measure(root, course), options.all))
    return 0


def new(options: argparse.Namespace) -> int:
    """Write a file to begin from; it passes the check as it is."""
    root = _root(options)
    makers: dict[str, Callable[[], list[str]]] = {
        "quiz": lambda: new_quiz(root, options.name),
        "question": lambda: new_question(root, options.name, options.kind),
        "scenario": lambda: new_scenario(root, options.name),
        "lesson": lambda: new_lesson(root, options.name),
        "kind": lambda: new_kind(options.name),
    }
    print("\n".join(makers[options.what]()))
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the questions for another program, with a report of what that program cannot carry."""
    root = _root(options)
    langs = LANGUAGES if options.lang == "all" else (options.lang,)
    courses, problems = read_courses(root, langs)
    errors = [problem for problem in problems if not problem.is_warning]
    if errors:
        print(format_text(errors), file=sys.stderr)
        print(f"{_counted(len(errors), 'problem')} to mend before questions can be exported.", file=sys.stderr)
        return PROBLEMS_FOUND
    if options.what == PRINT:
        return _print(root, courses, options)
    job = plan(courses, options.what, options.names, options.out, options.multilang, options.semicolon)
    report = job.run(options.force, _progress(job))
    print(report)
    print("\n".join(f"Written: {path}" for path in (*job.targets, job.report)))
    return 0


def _print(root: Path, courses: Mapping[str, Course], options: argparse.Namespace) -> int:
    if options.multilang or options.semicolon:
        raise Refused("A PDF holds one language and no columns; leave out --multilang and --semicolon.")
    books = plan_print(root, courses, options.names, options.out)
    books.run(options.force, _to_terminal)
    print("\n".join(f"Written: {path}" for path in books.books))
    return 0


def _progress(job: Job) -> Callable[[], None]:
    """Return what shows how far an export has come: on a terminal only, where a person waits."""
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        if done % 50 == 0 or done == job.total:
            end = "\n" if done == job.total else ""
            print(f"\r{done} of {_counted(job.total, 'question')}", end=end, file=sys.stderr, flush=True)

    return tell if sys.stderr.isatty() else lambda: None


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of a quiz file, for editors that complete and underline."""
    print(json.dumps(quiz_schema(), ensure_ascii=False, indent=2))
    return 0


def build(options: argparse.Namespace) -> int:
    """Build the site; any problem stops it before anything is written."""
    root = _root(options)
    if not (root / "mkdocs.yml").is_file():
        raise Refused(f"There is no mkdocs.yml in {root}; the site is built from it.")
    told = _told(root)
    if told:
        print(told, file=sys.stderr)
        return PROBLEMS_FOUND
    target = Path(options.to) if options.to else root / "site"
    if target.exists() and any(target.iterdir()) and not (target / "index.html").is_file():
        raise Refused(f"{target} holds other files and would be replaced; choose an empty folder or a new name.")
    if options.url and not re.fullmatch(r"https?://[^\s/]+/(?:[^\s?#]*/)?", options.url):
        raise Refused(f"{options.url} is not the address of a folder; write it as https://example.org/course/.")
    build_site(root, target.resolve(), address=options.url)
    print(f"The site is in {target}{os.sep}: open {target / 'index.html'}, or copy the folder to any web space.")
    return 0


def serve(options: argparse.Namespace) -> int:
    """Serve the site on this machine and rebuild it when a file changes."""
    from capisce.mkdocs_server import serve_site  # only here: nothing else needs the server's library

    root = _root(options)
    if not 1 <= options.port <= 65535:
        raise Refused(f"{options.port} is not a port; choose a number from 1 to 65535.")
    serve_site(root, options.port, lambda: _told(root))
    return 0


def package(options: argparse.Namespace) -> int:
    """Write a package to hand on; any problem stops it before anything is written."""
    root = _root(options)
    if not (root / "mkdocs.yml").is_file():
        raise Refused(f"There is no mkdocs.yml in {root}; the pages are built from it.")
    courses, _ = read_courses(root, LANGUAGES)
    part = choose_part(courses, options.lang, options.module)
    target = choose_target(options.to, root / "packages", part.name(options.what), options.force)
    told = _told(root)
    if told:
        print(told, file=sys.stderr)
        return PROBLEMS_FOUND
    PACKERS[options.what](root, target, part, courses, _to_terminal)
    print(f"The package is {target}, its checksum {target.name}.sha256.")
    return 0


def _to_terminal(line: str) -> None:
    if sys.stderr.isatty():
        print(line, file=sys.stderr, flush=True)


def _told(root: Path) -> str:
    """Return what stops a build, for printing; an empty text when nothing does."""
    errors = [problem for problem in find_problems(root, LANGUAGES) if not problem.is_warning]
    if not errors:
        return ""
    return f"{format_text(errors)}\n{_counted(len(errors), 'problem')} to mend before the site can be built."


def _root(options: argparse.Namespace) -> Path:
    """Return the course's folder: the one given, or the nearest above that holds quizzes/."""
    if options.root:
        root = Path(options.root)
        if not root.is_dir():
            raise Refused(f"There is no folder {options.root}.")
        return root.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "quizzes").is_dir():
            return folder
    raise Refused("This is not a course's folder: no quizzes/ here or above. Give it with --root FOLDER.")


def _translations(root: Path) -> list[str]:
    """Return every translated file of the course, relative to its folder."""
    return sorted(
        path.relative_to(root).as_posix()
        for lang in LANGUAGES[1:]
        for folder, pattern in (
            ("quizzes", "*.yml"),
            ("scenarios", "*.yml"),
            ("walkthroughs", "*.yml"),
            ("reference", "*.yml"),
            ("docs", "**/*.md"),
        )
        for path in (root / folder / lang).glob(pattern)
    )


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


_COMMANDS: dict[str, Run] = {
    "check": check,
    "new": new,
    "words": words,
    "show": show,
    "terms": terms,
    "read": read,
    "export": export,
    "schema": schema,
    "build": build,
    "serve": serve,
    "package": package,
}


if __name__ == "__main__":
    raise SystemExit(main())
