"""A course of any size from generated text: the same questions as YAML, as plain Markdown, as the peer writes them."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from capisce.kinds import KINDS, folder_of
from capisce.words import LANGUAGES, OWN_KEYS, WORD_KEYS, digest, lay_over

ROOT = Path(__file__).resolve().parent.parent
A_PAGE = 10
SOURCES = 20
TITLES = {"en": "Page", "fr": "Leçon", "nl": "Les", "it": "Lezione"}
_VOCABULARY = {
    "en": "the child interpreter officer says hears renders every word of a long answer before the lawyer asks again "
    "whether this was done with force or without any journey and what the guardian knew about it then",
    "fr": "l’enfant interprète policier dit entend rend chaque mot de la longue réponse avant que le conseil demande "
    "encore si ce fut fait par force ou sans aucun trajet et ce que le tuteur en savait alors",
    "nl": "het kind tolk agent zegt hoort vertolkt ieder woord van een lang antwoord voordat de advocaat weer vraagt "
    "of dit met geweld of zonder enige reis is gebeurd en wat de voogd daar toen van wist",
    "it": "il minorenne interprete agente dice sente rende ogni parola della lunga risposta prima che il legale chieda "
    "ancora se ciò avvenne con la forza o senza alcun viaggio e che cosa il tutore ne sapeva allora",
}
_WORDS = {lang: text.split() for lang, text in _VOCABULARY.items()}
_GAP = re.compile(r"\{[a-z-]+\}")

Say = Callable[[int], str]
Quizzes = dict[str, dict[str, dict[str, Any]]]
"""Quiz -> question -> what stands below it in the file."""


def choices(total: int) -> Quizzes:
    """Return questions with four options each, the only ones that the peer can ask too; three in ten have two right."""
    say = _say("en", "choices")
    return _in_quizzes(_choice(number, say) for number in range(total))


def all_kinds(total: int) -> Quizzes:
    """Return questions of every kind in turn, each like the sample of its kind, with a citation to explain it."""
    samples = [
        (kind, next(iter(yaml.safe_load((ROOT / _sample(kind)).read_text(encoding="utf-8")).values())))
        for kind in KINDS
    ]
    say = _say("en", "kinds")
    return _in_quizzes(_like(*samples[number % len(samples)], number, say) for number in range(total))


def _sample(kind: str) -> str:
    return f"tools/capisce/kinds/{folder_of(kind)}/sample.yml"


def _choice(number: int, say: Say) -> dict[str, Any]:
    right = {number % 4, (number + 1) % 4} if number % A_PAGE >= 7 else {number % 4}
    options: dict[str, Any] = {}
    for position, name in enumerate("abcd"):
        options[name] = {"text": say(6), "feedback": f"{say(14)}."}
        if position in right:
            options[name]["correct"] = True
    kind = "single" if len(right) == 1 else "multiple"
    return {"kind": kind, "prompt": f"{say(14)}?", "options": options, "why": f"{say(24)}."}


def _like(kind: str, sample: dict[str, Any], number: int, say: Say) -> dict[str, Any]:
    piece: dict[str, Any] = _reworded(sample, say)
    cited = f"source-{number % SOURCES}"
    return {**piece, "kind": kind, "sources": [cited], "why": f"{say(20)} [@{cited}, art. {number % 9 + 1}]."}


def _in_quizzes(pieces: Iterator[dict[str, Any]]) -> Quizzes:
    quizzes: Quizzes = {}
    for number, piece in enumerate(pieces):
        quiz = f"p{number // A_PAGE + 1:05}"
        own = {**piece, "objective": f"know-{quiz}"}
        quizzes.setdefault(quiz, {})[f"q{number + 1:06}"] = own
    return quizzes


def _say(lang: str, seed: str) -> Say:
    """Return a speaker of generated sentences, the same at every run; a number keeps short ones apart."""
    chance = random.Random(f"{lang}/{seed}")
    numbers = count()

    def say(length: int) -> str:
        words = chance.choices(_WORDS[lang], k=length)
        return " ".join([*words, str(next(numbers))] if length < 8 else words).capitalize()

    return say


def _reworded(value: Any, say: Say, key: str = "") -> Any:
    """Return a piece with other words of the same length in the place of its own."""
    if isinstance(value, dict):
        return {below: _reworded(inner, say, below) for below, inner in value.items()}
    if key not in WORD_KEYS:
        return value
    if isinstance(value, list):
        return [say(3) for _ in value]
    return " ".join([say(max(3, len(str(value).split()))), *_GAP.findall(str(value)), re.sub(r".*\[", "[", value)
                     if "[@" in str(value) else ""]).strip()  # fmt: skip


def _words_only(piece: Any) -> dict[str, Any]:
    """Return the part of a piece that a translation holds."""
    words: dict[str, Any] = {}
    for key, value in piece.items():
        if isinstance(value, dict):
            below = _words_only(value)
            if below:
                words[key] = below
        elif key in WORD_KEYS and key not in OWN_KEYS:
            words[key] = value
    return words


def translated(quizzes: Quizzes, lang: str) -> Quizzes:
    """Return the words of every question in another language, each with the digest of its English."""
    say = _say(lang, "translated")
    return {
        slug: {name: {"of": digest(piece), **_reworded(_words_only(piece), say)} for name, piece in pieces.items()}
        for slug, pieces in quizzes.items()
    }


def in_language(quizzes: Quizzes, lang: str) -> Quizzes:
    """Return the questions as they read in a language, key included."""
    if lang == "en":
        return quizzes
    words = translated(quizzes, lang)
    return {
        slug: {name: lay_over(piece, words[slug][name]) for name, piece in pieces.items()}
        for slug, pieces in quizzes.items()
    }


def write_course(root: Path, quizzes: Quizzes) -> None:
    """Write a whole course that has no problem: quizzes, translations, pages and what they cite."""
    _write_reference(root, list(quizzes))
    for lang in LANGUAGES:
        folder = root / "quizzes" / ("" if lang == "en" else lang)
        folder.mkdir(parents=True, exist_ok=True)
        pieces = quizzes if lang == "en" else translated(quizzes, lang)
        for number, (slug, below) in enumerate(pieces.items(), 1):
            head: dict[str, Any] = {"title": f"{TITLES[lang]} {number}"}
            head |= {"module": "generated"} if lang == "en" else {"of": digest({"title": f"{TITLES['en']} {number}"})}
            (folder / f"{slug}.yml").write_text(_block({**head, "questions": below}), encoding="utf-8")
        write_pages(root / "docs" / lang, lang, {slug: f"::: quiz {slug}" for slug in quizzes}, exercises=True)


def write_pages(folder: Path, lang: str, bodies: dict[str, str], exercises: bool = False) -> None:
    """Write a page for each body, and one to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (slug, body) in enumerate([("index", ""), *bodies.items()]):
        title, text = _page(number, lang, body)
        front = {"title": title}
        if exercises and number:
            front |= {"module": "generated", "objectives": f"[know-{slug}]"}
        if lang != "en":
            own_title, own_text = _page(number, "en", body)
            front["of"] = f'"{digest({"title": own_title, "text": own_text})}"'
        lines = "".join(f"{key}: {value}\n" for key, value in front.items())
        (folder / f"{slug}.md").write_text(f"---\n{lines}---\n{text}", encoding="utf-8")


def _page(number: int, lang: str, body: str) -> tuple[str, str]:
    title = f"{TITLES[lang]} {number}"
    return title, f"# {title}\n\n{_say(lang, str(number))(40)}.\n\n{body}\n"


def as_plain(pieces: dict[str, dict[str, Any]]) -> str:
    """Write questions with options as Markdown lists: what is asked, what is right, what is said to each option."""
    parts = []
    for number, piece in enumerate(pieces.values(), 1):
        options = piece["options"].values()
        right = "".join(f"- {option['text']}\n" for option in options if option.get("correct"))
        parts.append(
            f"**Question {number}.** {piece['prompt']}\n\n"
            + "".join(f"- {option['text']}\n" for option in options)
            + f"\nRight:\n\n{right}\n{_feedback(piece)}"
        )
    return "\n\n".join(parts)


def as_peer(pieces: dict[str, dict[str, Any]]) -> str:
    """Write questions with options as mkdocs-quiz reads them; it has one text after the answer, which holds all."""
    parts = []
    for piece in pieces.values():
        boxes = "".join(
            f"- [{'x' if option.get('correct') else ' '}] {option['text']}\n" for option in piece["options"].values()
        )
        parts.append(f"<quiz>\n{piece['prompt']}\n{boxes}\n{_feedback(piece)}\n</quiz>")
    return "\n\n".join(parts)


def _feedback(piece: dict[str, Any]) -> str:
    said = "".join(f"- {option['text']}: {option['feedback']}\n" for option in piece["options"].values())
    return f"{said}\n{piece['why']}"


def _write_reference(root: Path, slugs: list[str]) -> None:
    objectives = {f"know-{slug}": {"text": f"Know page {number}"} for number, slug in enumerate(slugs, 1)}
    sources = {
        f"source-{number}": {
            "group": "research",
            "year": 2000,
            "editions": {"en": {"title": f"Source {number}", "short": f"S {number}", "url": "https://example.org/"}},
        }
        for number in range(SOURCES)
    }
    concept = {"domain": "law", "sources": ["source-1"], "term": "child", "definition": "Anyone under 18."}
    for name, group, pieces in (
        ("objectives", "objectives", objectives),
        ("sources", "sources", sources),
        ("glossary", "concepts", {"child": concept}),
    ):
        for lang in LANGUAGES if name != "sources" else ("en",):
            folder = root / "reference" / ("" if lang == "en" else lang)
            folder.mkdir(parents=True, exist_ok=True)
            below = pieces if lang == "en" else {id_: {"of": digest(piece), **_words_only(piece)}
                                                 for id_, piece in pieces.items()}  # fmt: skip
            (folder / f"{name}.yml").write_text(_block({group: below}), encoding="utf-8")


def copy_site(root: Path) -> None:
    """Give a generated course the site of this one: its settings, theme and assets, with the pages as they come."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"(?ms)^nav:\n.*?(?=^\S)", "", settings)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")


def _block(value: Any, indent: str = "") -> str:
    """Write YAML as an author would; the generated words need no quotes but where they hold a sign."""
    lines = []
    for key, below in value.items():
        if isinstance(below, dict) and below:
            lines.append(f"{indent}{key}:\n{_block(below, indent + '  ')}")
        elif isinstance(below, list):
            lines.append(f"{indent}{key}: [{', '.join(map(str, below))}]\n")
        elif isinstance(below, bool):
            lines.append(f"{indent}{key}: {str(below).lower()}\n")
        elif isinstance(below, str) and (set(below) & set("{}[]:") or key == "of"):
            lines.append(f'{indent}{key}: "{below}"\n')
        else:
            lines.append(f"{indent}{key}: {below}\n")
    return "".join(lines)
