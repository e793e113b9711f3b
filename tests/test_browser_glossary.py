"""The glossary in a real browser: filtered, and a sheet of chosen terms with the learner's own language."""

from __future__ import annotations

import pytest
from by_keyboard import press_on
from capisce.rendering.interface import Interface
from conftest import LANGUAGES
from playwright.sync_api import Page, expect


def shown(page: Page) -> int:
    """Return how many terms are to be seen."""
    return page.locator(".cap-entry:visible").count()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_filters_by_words_domain_and_country_and_says_how_many(page: Page, base_url: str, lang: str) -> None:
    page.goto(f"{base_url}/{lang}/glossary.html")
    everything = shown(page)
    assert everything >= 70
    page.select_option("select[name=domain]", "procedure")
    some = shown(page)
    assert 0 < some < everything
    page.select_option("select[name=domain]", "")
    page.select_option("select[name=country]", index=1)
    fewer = shown(page)
    assert 0 < fewer < everything
    assert str(fewer) in page.locator(".cap-count").inner_text()
    page.select_option("select[name=country]", "")
    page.fill("input[name=words]", "zzzz")
    assert shown(page) == 0
    assert page.locator(".cap-letter:visible").count() == 0
    page.fill("input[name=words]", "")
    assert shown(page) == everything
    assert page.faults == []  # type: ignore[attr-defined]


def test_a_country_is_found_from_every_language_and_with_the_language_asked_for(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/en/glossary.html")
    offered = page.locator("select[name=country] option").evaluate_all("(all) => all.map((one) => one.value)")
    assert sorted(offered) == ["", "be", "fr", "int", "it", "nl"]
    page.select_option("select[name=country]", "be")
    everywhere = shown(page)
    assert everywhere > 30
    age = page.locator("#age-assessment [data-lang=fr] dd")
    assert "évaluation de l’âge" in age.inner_text()
    assert "détermination de l’âge" in age.inner_text()
    page.select_option("select[name=language]", "it")
    assert 0 < shown(page) < everywhere
    page.select_option("select[name=language]", "nl")
    assert 0 < shown(page) < everywhere
    assert page.locator("#guardian").is_visible()


def test_forgives_accents_and_hides_the_languages_not_asked_for(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/fr/glossary.html")
    page.fill("input[name=words]", "etres humains")
    assert shown(page) >= 1
    page.select_option("select[name=language]", "nl")
    entry = page.locator(".cap-entry:visible").first
    assert entry.locator("[data-lang=nl]").is_visible()
    assert not entry.locator("[data-lang=it]").is_visible()


def test_a_sheet_holds_the_chosen_terms_and_ones_own_language_and_nothing_is_kept(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/en/glossary.html")
    say = Interface("en").script
    assert page.locator(".cap-only").is_disabled()
    for number in range(3):
        press_on(page.locator(".cap-entry").nth(number), ".cap-take [type=checkbox]", "Space")
    own = page.locator(".cap-own").nth(1)
    own.fill("ቃል")
    press_on(page.locator(".cap-sheet"), ".cap-only")
    assert shown(page) == 3
    expect(page.locator(".cap-only")).to_have_text(say["whole_glossary"])
    expect(page.locator(".cap-only")).to_be_focused()
    page.emulate_media(media="print")
    assert own.is_visible()
    assert not page.locator(".cap-filter").is_visible()
    page.emulate_media(media="screen")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    press_on(page.locator(".cap-sheet"), ".cap-only")
    assert shown(page) > 3


def test_a_link_to_a_term_that_the_filter_hides_shows_it(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/en/glossary.html")
    page.fill("input[name=words]", "smuggling")
    target = page.locator(".cap-entry:not(:visible)").first.get_attribute("id")
    page.evaluate(f"location.hash = '{target}'")
    expect(page.locator(f"[id='{target}']")).to_be_visible()
