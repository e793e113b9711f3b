"""Read what everything cites: sources, objectives and the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capisce.fields import Fields, nearest
from capisce.model import Avoided, Concept, Edition, Objective, Source, Term, Variant
from capisce.problems import Problem
from capisce.reading.marked import Known, check_marks
from capisce.reading.shelf import Shelf
from capisce.reading.translations import Laid, lay_pieces, read_review
from capisce.words import SOURCE_LANGUAGE

FOLDER = "reference"
GROUPS = ("un", "coe", "eu", "be", "fr", "it", "nl", "case-law", "guidance", "research")
DOMAINS = ("law", "procedure", "protection", "exploitation", "psychology", "technology", "interpreting")
COUNTRIES = ("be", "fr", "it", "nl", "int")


def read_sources(shelf: Shelf, problems: list[Problem]) -> dict[str, Source]:
    """Read the sources, each with its editions by language."""
    sources = {}
    top = Fields.of(shelf.needed(f"{FOLDER}/sources.yml", "sources"), problems)
    for name, fields in top.each("sources"):
        group = fields.one_of("group", GROUPS)
        year = fields.number("year", 1800, 2100)
        checked = fields.date("checked")
        fields.text("seen", required=False)
        editions = dict(_read_editions(fields))
        fields.finish()
        if editions:
            sources[name] = Source(name, group, year, checked, editions)
    top.finish()
    return sources


def _read_editions(fields: Fields) -> list[tuple[str, Edition]]:
    editions = []
    for lang, below in fields.each("editions", low=1):
        title = below.text("title", required=False)
        url = below.text("url", required=False)
        if url and not url.startswith(("https://", "http://")):
            below.note("bad-markup", f"`{url}` is not a web address.", "Begin it with https:// or http://.", "url")
            url = ""
        editions.append((lang, Edition(lang, below.text("short"), title, url)))
        below.finish()
    editions.sort(key=lambda pair: not pair[1].title)  # editions with a title come first; others only name the source
    return editions


def read_objectives(shelf: Shelf, lang: str, problems: list[Problem]) -> dict[str, Objective]:
    """Read the objectives in one language."""
    laid = _lay(shelf, "objectives.yml", "objectives", lang, problems)
    top = Fields.of(laid.document, problems)
    objectives = {}
    for name, fields in top.each("objectives"):
        read_review(fields)
        objectives[name] = Objective(name, fields.text("text"), laid.langs[name], laid.states[name])
        fields.finish({"of", "method"})
    top.finish()
    return objectives


def read_concepts(shelf: Shelf, lang: str, known: Known, problems: list[Problem]) -> dict[str, Concept]:
    """Read the glossary in one language."""
    laid = _lay(shelf, "glossary.yml", "concepts", lang, problems)
    top = Fields.of(laid.document, problems)
    concepts = {}
    for name, fields in top.each("concepts"):
        sources, see = fields.ids("sources"), fields.ids("see")
        read_review(fields)
        concepts[name] = Concept(
            id=name,
            domain=fields.one_of("domain", DOMAINS),
            term=fields.text("term"),
            definition=fields.text("definition"),
            note=fields.text("note", required=False),
            variants=tuple(_read_variants(fields)),
            avoid=tuple(_read_avoided(fields)),
            see=see,
            sources=sources,
            lang=laid.langs[name],
            state=laid.states[name],
        )
        for source in sources:
            if source not in known.sources:
                what = f"There is no source `{source}` in reference/sources.yml."
                fields.note("unknown-source", what, nearest(source, known.sources), "sources")
        for other in see:
            if other not in top.value["concepts"]:
                what = f"`see` names `{other}`, which is not a concept here."
                fields.note("unknown-concept", what, nearest(other, top.value["concepts"]), "see")
        fields.finish({"of", "method"})
        check_marks(fields.document, fields.path, fields.value, known, problems)
    top.finish()
    return concepts


def concept_ids(shelf: Shelf) -> frozenset[str]:
    """Return the ids of the glossary without reading the rest."""
    concepts = shelf.value(f"{FOLDER}/glossary.yml").get("concepts")
    return frozenset(concepts if isinstance(concepts, dict) else ())


def read_terms(shelf: Shelf, languages: Iterable[str]) -> dict[str, dict[str, Term]]:
    """Return the terms of several languages: language -> concept -> term; `read_concepts` says what is wrong."""
    terms = {}
    for lang in languages:
        folder = FOLDER if lang == SOURCE_LANGUAGE else f"{FOLDER}/{lang}"
        concepts = shelf.value(f"{folder}/glossary.yml").get("concepts")
        terms[lang] = {
            name: Term(concept["term"], tuple(_bare_variants(concept.get("variants"))))
            for name, concept in (concepts.items() if isinstance(concepts, dict) else ())
            if isinstance(concept, dict) and isinstance(concept.get("term"), str)
        }
    return terms


def _bare_variants(variants: object) -> Iterator[Variant]:
    for country, below in variants.items() if isinstance(variants, dict) else ():
        if country in COUNTRIES and isinstance(below, dict) and isinstance(below.get("term"), str):
            yield Variant(country, below["term"])


def _read_variants(fields: Fields) -> list[Variant]:
    variants = []
    for country, below in fields.each("variants", required=False):
        if country not in COUNTRIES:
            below.note("unknown-value", f"`{country}` is not a country here.", nearest(country, COUNTRIES))
        variants.append(Variant(country, below.text("term"), below.text("note", required=False)))
        below.finish()
    return variants


def _read_avoided(fields: Fields) -> list[Avoided]:
    avoided = []
    for _, below in fields.each("avoid", required=False):
        avoided.append(Avoided(below.text("term"), below.text("why")))
        below.finish()
    return avoided


def _lay(shelf: Shelf, name: str, group: str, lang: str, problems: list[Problem]) -> Laid:
    english = shelf.needed(f"{FOLDER}/{name}", group)
    if lang == "en":
        return lay_pieces(english, None, lang, group, problems)
    file = f"{FOLDER}/{lang}/{name}"
    translation = shelf.open(file)
    if translation is not None:
        for key in translation.value:
            if key != group:
                place, line = translation.where((key,))
                what = f"`{key}` does not belong in a translation."
                problems.append(Problem(place, line, "unknown-key", what, f"Put the words under `{group}:`."))
    return lay_pieces(english, translation, lang, group, problems)
