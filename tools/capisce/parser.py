"""The arguments of the `capisce` command, with a sentence for each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from capisce import __version__
from capisce.exporting import EXPORTERS
from capisce.exporting.job import FOLDER, HELP
from capisce.kinds import KINDS
from capisce.printing import PRINT
from capisce.problems import FORMATS
from capisce.words import LANGUAGES

WRONG_COMMAND = 2
Run = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command, and how to see what there is."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(WRONG_COMMAND, f"capisce: {message[:1].upper()}{message[1:]}. See `{self.prog} --help`.\n")


def make_parser(commands_by_name: Mapping[str, Run]) -> argparse.ArgumentParser:
    """Return the parser; what each command runs is given by its name."""
    parser = _Parser(prog="capisce", description="Check, write, translate, look at, build, serve and hand on a course.")
    parser.add_argument("--version", action="version", version=f"capisce {__version__}")
    parser.set_defaults(run=None, root=None)
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.add_argument(
            "--root", metavar="FOLDER", help="the course's folder (default: this one, or the nearest above)"
        )
        sub.set_defaults(run=commands_by_name[name])
        return sub

    sub = command("check", "Read the whole course and list everything that needs mending.")
    sub.add_argument(
        "--format", choices=FORMATS, default="text", help="text for people, github for annotations, json for tools"
    )
    sub.add_argument("--strict", action="store_true", help="let notes, such as a stale translation, fail too")

    sub = command("new", "Write a quiz, a question, a scenario, a lesson or a question kind to begin from.")
    sub.add_argument("what", choices=("quiz", "question", "scenario", "lesson", "kind"))
    sub.add_argument("name", help="quiz, scenario, kind: its name; question: QUIZ.QUESTION; lesson: MODULE/NAME")
    sub.add_argument("--kind", choices=KINDS, default="single", help="for a question: its kind (default: single)")

    sub = command("words", "Show how far each language has come, or stamp translations as up to date.")
    sub.add_argument("--list", action="store_true", help="name every piece that is missing or stale")
    stamp_help = "note in these translations (default: all) that they render the English as it stands now"
    sub.add_argument("--stamp", nargs="*", metavar="FILE", help=stamp_help)

    sub = command("show", "Print a quiz with its key, a scenario with its tree, or a walk-through, as text.")
    sub.add_argument("name", help="the name of the quiz, scenario or walk-through, such as definitions")
    sub.add_argument("--lang", choices=LANGUAGES, default="en", help="the language (default: en)")

    sub = command("terms", "Find words to avoid in any text, and say what to write instead.")
    sub.add_argument("file", metavar="FILE", help="a text or Markdown file, or - for what is typed or piped in")
    sub.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of the text (default: en)")
    sub.add_argument("--quoted", action="store_true", help="look inside quotation marks and emphasis too")

    sub = command("read", "Report how long and how hard each page is to read, and list what stands out.")
    sub.add_argument("--lang", choices=LANGUAGES, default="en", help="the language (default: en)")
    sub.add_argument("--all", action="store_true", help="list every page, not only those that stand out")

    _add_export(
        command("export", "Write the questions for another program, or for paper: Moodle, QTI 3, a spreadsheet, PDF.")
    )

    command("schema", "Print the JSON Schema of a quiz file, for editors that complete and underline.")

    sub = command("build", "Build the site in all languages.")
    sub.add_argument("--to", metavar="FOLDER", help="where to put it (default: site)")
    sub.add_argument("--url", default="", help="the public address, for the sitemap: https://example.org/course/")

    sub = command("serve", "Serve the site on this machine and rebuild it when a file changes.")
    sub.add_argument("--port", type=int, default=8000, help="default: 8000")
    _add_package(command("package", "Make one zip file of the course, to hand on or to put online."))
    return parser


def _add_export(sub: argparse.ArgumentParser) -> None:
    sub.formatter_class = argparse.RawDescriptionHelpFormatter
    sub.epilog = HELP
    sub.add_argument("what", metavar="FORMAT", choices=(*EXPORTERS, PRINT), help="moodle-xml, gift, qti, csv or print")
    sub.add_argument("names", metavar="NAME", nargs="*", help="a quiz or a module (default: every quiz)")
    sub.add_argument("--lang", choices=(*LANGUAGES, "all"), default="all", help="one language, or all (default: all)")
    sub.add_argument("--multilang", action="store_true", help="moodle-xml: all languages in one file, not a file each")
    sub.add_argument("--semicolon", action="store_true", help="csv: semicolons between columns, not commas")
    sub.add_argument("-o", "--out", default="", metavar="OUT", help=f"the folder, or the file (default: {FOLDER}/)")
    sub.add_argument("--force", action="store_true", help="replace files that are there already")


def _add_package(sub: argparse.ArgumentParser) -> None:
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
