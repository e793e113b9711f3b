"""The Markdown extension: blocks, citations, glossary links, foreign words and typography."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import markdown
import pytest
from capisce.rendering.typography import typeset

BASE = Path(__file__).parent / "broken" / "base"


def convert(text: str, **options: Any) -> str:
    """Convert Markdown on a page of the small good course."""
    config = {"root": str(BASE), "page": "part/page.md", **options}
    return markdown.markdown(
        text,
        extensions=["tables", "attr_list", "fenced_code", "capisce.markdown"],
        extension_configs={"capisce.markdown": config},
    )


def test_a_quiz_is_rendered_where_it_is_asked_for() -> None:
    html = convert("Before\n\n::: quiz good\n\nAfter")
    assert html.index("Before") < html.index('data-quiz="good"') < html.index("After")
    assert 'data-question="good.one"' in html


def test_a_marker_is_left_for_a_host_that_puts_exercises_in_later() -> None:
    assert (
        convert("::: question good.one", place=True) == '<div class="cap-place" data-place="question good.one"></div>'
    )


def test_a_block_needs_no_blank_lines_around_it() -> None:
    html = convert("Before\n::: question good.one\nAfter")
    assert html.startswith("<p>Before</p>")
    assert html.endswith("<p>After</p>")


def test_a_citation_leads_to_the_entry_of_the_sources_page() -> None:
    assert convert("So it is [@palermo, art. 3].") == (
        '<p>So it is <a class="cap-cite" href="../sources.html#palermo">Palermo Protocol, art.\u00a03</a>.</p>'
    )


def test_a_glossary_link_carries_its_definition() -> None:
    html = convert("A [child](term:child) and another [child](term:child).")
    assert html.count('href="../glossary.html#child"') == 2
    assert 'aria-describedby="tip-child-1"' in html
    assert 'id="tip-child-2" role="tooltip">Anyone under 18.' in html


def test_unknown_names_stay_readable_words() -> None:
    assert convert("A [word](term:nothing) [@nobody].") == "<p>A word [@nobody].</p>"


def test_a_foreign_word_carries_its_language_and_direction() -> None:
    assert convert("[traite]{lang=fr}") == '<p><span lang="fr">traite</span></p>'
    assert convert("[كلمة]{lang=ar dir=rtl}") == '<p><span dir="rtl" lang="ar">كلمة</span></p>'


def test_code_is_left_alone() -> None:
    assert (
        convert("`[@palermo]` and `::: quiz good`") == "<p><code>[@palermo]</code> and <code>::: quiz good</code></p>"
    )
    assert "::: quiz good" in convert("```\n::: quiz good\n```")


def test_a_dialogue_is_a_named_group() -> None:
    html = convert("::: dialogue\n- **Officer:** Tell me.\n- **D.:** Yes.\n:::\n\nAfter")
    assert html.startswith('<div aria-label="Dialogue" class="cap-dialogue" role="group">')
    assert html.count("<li>") == 2
    assert html.endswith("</div>\n<p>After</p>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Voici : ceci ; cela !", "Voici\u00a0: ceci\u202f; cela\u202f!"),
        ("« traite »", "«\u00a0traite\u00a0»"),
        ("«\u00a0traite\u00a0»", "«\u00a0traite\u00a0»"),
        ("«traite»", "«\u00a0traite\u00a0»"),
        ("à 14:30", "à 14:30"),
        ("70 %", "70\u00a0%"),
        ("art. 3", "art.\u00a03"),
    ],
)
def test_french_gets_its_spaces(before: str, after: str) -> None:
    assert typeset(before, "fr") == after


def test_other_languages_keep_theirs() -> None:
    assert typeset("Echt ? «x»", "nl") == "Echt ? «x»"


def test_spaces_after_a_citation_are_french_too() -> None:
    assert "</a>\u202f; puis" in convert("Ceci [@palermo] ; puis cela.", lang="fr")


def test_questions_of_several_quizzes_are_summed_up_as_one_test() -> None:
    html = convert("::: test 70\n\nBegin.\n\n::: question good.one\n\n:::\n\nAfter")
    assert '<section class="cap-quiz" data-pass="70" data-quiz="part-page">' in html
    inside, after = html.split("</section>")
    assert 'data-question="good.one"' in inside
    assert inside.rstrip().endswith('<div class="cap-summary" hidden="hidden" tabindex="-1"></div>')
    assert "After" in after
