"""The `capisce` command: check, write, translate, look at, build, serve and package a course."""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from capisce import __version__
from capisce.building import BuildFailed, build_site
from capisce.checks import check_course
from capisce.kinds import KINDS
from capisce.packaging import PACKERS, PackageRefused, choose_part, choose_target
from capisce.problems import FORMATS, Problem, format_text
from capisce.reading import read_courses
from capisce.schema import quiz_schema
from capisce.showing import show_quiz, show_scenario
from capisce.stamping import stamp
from capisce.standing import format_standing, standing
from capisce.starting import StartRefused, new_kind, new_lesson, new_question, new_quiz, new_scenario
from capisce.words import LANGUAGES

WRONG_COMMAND = 2
PROBLEMS_FOUND = 1


class Refused(Exception):
    """The command cannot be carried out as it was given; the message says why in one sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 well, 1 problems found, 2 a command that cannot be done."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.run:
        parser.print_help()
        return 0
    try:
        status: int = options.run(options)
        return status
    except (Refused, StartRefused, PackageRefused) as refusal:
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
        return sorted({*problems, *(problem for course in courses.values() for problem in check_course(course))})
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
    """Print a quiz with its key, or a scenario with its tree, as text."""
    courses, problems = read_courses(_root(options), [options.lang])
    course = courses[options.lang]
    if options.name in course.quizzes:
        print(show_quiz(course.quizzes[options.name], course))
    elif options.name in course.scenarios:
        print(show_scenario(course.scenarios[options.name], course))
    else:
        known = ", ".join([*course.quizzes, *course.scenarios]) or "none yet"
        raise Refused(f"There is no quiz or scenario `{options.name}` that can be read. There are: {known}.")
    own = [p for p in problems if p.file.endswith(f"/{options.name}.yml") and not p.is_warning]
    if own:
        print(format_text(own), file=sys.stderr)
    return PROBLEMS_FOUND if own else 0


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
            ("reference", "*.yml"),
            ("docs", "**/*.md"),
        )
        for path in (root / folder / lang).glob(pattern)
    )


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command, and how to see what there is."""

    def error(self, message: str) -> None:  # type: ignore[override]
        print(f"capisce: {message[:1].upper()}{message[1:]}. See `{self.prog} --help`.", file=sys.stderr)
        raise SystemExit(WRONG_COMMAND)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="capisce", description="Check, write, translate, look at, build, serve and package a course.")
    parser.add_argument("--version", action="version", version=f"capisce {__version__}")
    parser.set_defaults(run=None, root=None)
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], summary: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.add_argument(
            "--root", metavar="FOLDER", help="the course's folder (default: this one, or the nearest above)"
        )
        sub.set_defaults(run=run)
        return sub

    sub = command("check", check, "Read the whole course and list everything that needs mending.")
    sub.add_argument(
        "--format", choices=FORMATS, default="text", help="text for people, github for annotations, json for tools"
    )
    sub.add_argument("--strict", action="store_true", help="let notes, such as a stale translation, fail too")

    sub = command("new", new, "Write a quiz, a question, a scenario, a lesson or a question kind to begin from.")
    sub.add_argument("what", choices=("quiz", "question", "scenario", "lesson", "kind"))
    sub.add_argument("name", help="quiz, scenario, kind: its name; question: QUIZ.QUESTION; lesson: MODULE/NAME")
    sub.add_argument("--kind", choices=KINDS, default="single", help="for a question: its kind (default: single)")

    sub = command("words", words, "Show how far each language has come, or stamp translations as up to date.")
    sub.add_argument("--list", action="store_true", help="name every piece that is missing or stale")
    stamp_help = "note in these translations (default: all) that they render the English as it stands now"
    sub.add_argument("--stamp", nargs="*", metavar="FILE", help=stamp_help)

    sub = command("show", show, "Print a quiz with its key, or a scenario with its tree, as text.")
    sub.add_argument("name", help="the name of the quiz or scenario, such as definitions")
    sub.add_argument("--lang", choices=LANGUAGES, default="en", help="the language (default: en)")

    command("schema", schema, "Print the JSON Schema of a quiz file, for editors that complete and underline.")

    sub = command("build", build, "Build the site in all languages.")
    sub.add_argument("--to", metavar="FOLDER", help="where to put it (default: site)")
    sub.add_argument("--url", default="", help="the public address, for the sitemap: https://example.org/course/")

    sub = command("serve", serve, "Serve the site on this machine and rebuild it when a file changes.")
    sub.add_argument("--port", type=int, default=8000, help="default: 8000")

    sub = command("package", package, "Make one zip file of the course, to hand on or to put online.")
    what_help = "site: for any web space or USB stick; scorm: for Moodle and other learning platforms (SCORM 1.2)"
    sub.add_argument("what", choices=("site", "scorm"), help=what_help)
    lang_help = "only this language: en, fr, nl or it; may be given several times (default: all)"
    sub.add_argument("--lang", action="append", default=[], metavar="LANGUAGE", help=lang_help)
    module_help = "only this module, such as definitions, and what belongs to none, such as the glossary; likewise"
    sub.add_argument("--module", action="append", default=[], metavar="MODULE", help=module_help)
    to_help = "the zip to write, or the folder to put it in (default: a name that says what is inside, in packages/)"
    sub.add_argument("--to", metavar="FILE", help=to_help)
    sub.add_argument("--force", action="store_true", help="replace a package that is there already")
    sub.epilog = "For example: capisce package site; capisce package scorm --module definitions --lang fr --lang nl."
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
