"""The generated lists: the glossary, the sources, and the sources that one page cites."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from capisce.marks import find_references
from capisce.model import Concept, Course, Reference, Source
from capisce.rendering.inline import plain, render_inline
from capisce.rendering.interface import Interface
from capisce.rendering.setting import Setting
from capisce.rendering.templates import render_template, script_json
from capisce.rendering.typography import typeset
from capisce.words import LANGUAGES

_GROUPS = ("un", "coe", "eu", "be", "fr", "it", "nl", "case-law", "guidance", "research")


def render_glossary(setting: Setting) -> Markup:
    """Return every concept in the alphabetical order of the language, with its term in all languages."""
    concepts = sorted(setting.course.concepts.values(), key=lambda concept: _alphabetical(concept.term))
    letters = [
        (letter, [_show_concept(concept, setting) for concept in group])
        for letter, group in groupby(concepts, key=lambda concept: _alphabetical(concept.term)[:1].upper())
    ]
    say = setting.interface.say
    domains = {concept.domain for concept in concepts if concept.domain}
    terms = [term for each in setting.course.terms.values() for term in each.values()]
    countries = {variant.country for term in terms for variant in term.variants}
    return render_template(
        "rendering/glossary.html",
        letters=letters,
        say=say,
        script=setting.interface.script,
        lang=setting.lang,
        domains=sorted(((domain, say(f"domain_{domain}")) for domain in domains), key=lambda pair: pair[1]),
        countries=sorted(((country, say(f"in_{country}")) for country in countries), key=lambda pair: pair[1]),
        languages=[(code, Interface(code).name) for code in LANGUAGES if code != setting.lang],
    )


def render_sources(setting: Setting) -> Markup:
    """Return every source, by group and then by year."""
    sources = setting.course.sources.values()
    groups = []
    for group in _GROUPS:
        members = [source for source in sources if source.group == group]
        members.sort(key=lambda source: (source.year or 9999, source.id))
        if members:
            name = setting.interface.say("group_" + group.replace("-", "_"))
            groups.append((group, name, [show_source(source, setting) for source in members]))
    return render_template("rendering/sources.html", groups=groups, say=setting.interface.say)


def render_cited(setting: Setting) -> Markup:
    """Return the sources that the page and its questions cite, each once, in the order of the page."""
    course = setting.course
    lesson = course.lessons.get(setting.page)
    cited: dict[str, None] = {}
    for reference in lesson.references if lesson else ():
        if reference.sort == "cite":
            cited[reference.name] = None
        cited.update(dict.fromkeys(_cited_by(course, reference)))
    sources = [show_source(course.sources[name], setting) for name in cited if name in course.sources]
    return render_template("rendering/cited.html", sources=sources, say=setting.interface.say)


def _cited_by(course: Course, reference: Reference) -> Iterator[str]:
    """Yield the sources of a question, or of a walk-through and its questions."""
    question = course.question(reference.name) if reference.sort == "question" else None
    yield from question.sources if question else ()
    walkthrough = course.walkthroughs.get(reference.name) if reference.sort == "walkthrough" else None
    for stage in walkthrough.stages.values() if walkthrough else ():
        for found in find_references(f"{stage.text} {stage.why} {stage.ask}"):
            if found.sort == "cite":
                yield found.name
        asked = course.question(stage.question)
        yield from asked.sources if asked else ()


def render_progress(setting: Setting) -> Markup:
    """Return the place for the learner's progress, with what the page runtime needs to name quizzes and scenarios."""
    course = setting.course
    places = {
        (reference.sort.replace("question", "quiz"), reference.name.partition(".")[0]): lesson.path
        for lesson in course.lessons.values()
        for reference in lesson.references
    }
    quizzes = {
        slug: _name(quiz.title, quiz.lang, setting.link(places["quiz", slug]), len(quiz.questions))
        for slug, quiz in course.quizzes.items()
        if ("quiz", slug) in places
    }
    scenarios = {
        slug: _name(scenario.title, scenario.lang, setting.link(places["scenario", slug]), scenario.sums.possible)
        for slug, scenario in course.scenarios.items()
        if ("scenario", slug) in places
    }
    return Markup(
        '<section class="cap-progress" data-full><script type="application/json" class="cap-data">{}</script>'
        '<script type="application/json" class="cap-scenario-names">{}</script></section>'
    ).format(Markup(script_json(quizzes)), Markup(script_json(scenarios)))


def _name(title: str, lang: str, href: str, total: int) -> dict[str, object]:
    return {"title": typeset(plain(title), lang), "href": href, "total": total}


def _show_concept(concept: Concept, setting: Setting) -> dict[str, object]:
    def words(text: str) -> Markup:
        return render_inline(text, setting, concept.lang)

    return {
        "id": concept.id,
        "foreign": concept.lang if concept.lang != setting.lang else "",
        "domain_id": concept.domain,
        "countries": " ".join(
            f"{lang}-{variant.country}"
            for lang, terms in setting.course.terms.items()
            if concept.id in terms
            for variant in terms[concept.id].variants
        ),
        "term": words(concept.term),
        "domain": setting.interface.say(f"domain_{concept.domain}") if concept.domain else "",
        "definition": words(concept.definition),
        "note": words(concept.note) if concept.note else "",
        "variants": [
            (setting.interface.say(f"in_{variant.country}"), words(variant.term), words(variant.note))
            for variant in concept.variants
        ],
        "avoid": [(words(avoided.term), words(avoided.why)) for avoided in concept.avoid],
        "see": [
            (other, render_inline(setting.course.concepts[other].term, setting, setting.course.concepts[other].lang))
            for other in concept.see
            if other in setting.course.concepts
        ],
        "terms": [
            _show_term(concept.id, lang, setting)
            for lang, terms in setting.course.terms.items()
            if lang != concept.lang and concept.id in terms
        ],
        "sources": [_show_label(setting.course.sources[name], setting) for name in concept.sources
                    if name in setting.course.sources],
    }  # fmt: skip


def _show_term(concept_id: str, lang: str, setting: Setting) -> tuple[str, str, Markup, list[tuple[str, Markup]]]:
    """Return a term of another language, with what its countries say where that differs."""
    term = setting.course.terms[lang][concept_id]
    national = [
        (setting.interface.say(f"in_{variant.country}"), render_inline(variant.term, setting, lang))
        for variant in term.variants
        if variant.term != term.term
    ]
    return lang, Interface(lang).name, render_inline(term.term, setting, lang), national


def _show_label(source: Source, setting: Setting) -> tuple[str, str]:
    return setting.link("sources.md", source.id), typeset(source.edition(setting.lang).short, setting.lang)


def show_source(source: Source, setting: Setting) -> dict[str, object]:
    """Return what a list of sources says of one."""
    edition = source.edition(setting.lang)
    return {
        "id": source.id,
        "href": setting.link("sources.md", source.id),
        "short": typeset(edition.short, setting.lang),
        "title": typeset(edition.title, edition.lang),
        "foreign": edition.lang if edition.lang != setting.lang else "",
        "url": edition.url,
        "year": source.year,
        "checked": setting.interface.say("checked_on", date=setting.interface.date(source.checked))
        if source.checked
        else "",
    }


def _alphabetical(term: str) -> str:
    """Fold accents, case and a leading bracket, so that É stands with E."""
    letters = "".join(c for c in unicodedata.normalize("NFD", plain(term)) if not unicodedata.combining(c))
    return letters.lstrip("([«‘’'\" ").casefold()
