"""Scenarios in a real browser: every expert path ends well, every choice can be made, nothing gets stuck."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from capisce.model import Course
from capisce.reading import read_courses
from capisce.rendering.interface import Interface
from capisce.scenario import Scenario
from capisce.words import LANGUAGES
from conftest import ROOT, watched
from playwright.sync_api import Browser, Locator, Page
from small_course import LONG, small_site

COURSES, _ = read_courses(ROOT, LANGUAGES)
SCENARIOS = COURSES["en"].scenarios
ONE = "recorded-police-interview"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def open_scenario(page: Page, base_url: str, slug: str, lang: str = "en") -> None:
    """Open a scenario's page and begin."""
    page.goto(f"{base_url}/{lang}/scenarios/{slug}.html")
    page.locator(".cap-offer .cap-go").first.click()


def labels(course: Course, slug: str, scene: str) -> list[str]:
    """Return the ids of a scene's choices in the order in which the page shows them."""
    from capisce.rendering.scenario import ScenarioView
    from capisce.rendering.setting import Setting

    scenario = course.scenarios[slug]
    return [choice.id for choice in ScenarioView(scenario, Setting(course)).shown(scenario.scenes[scene])]


def take(page: Page, slug: str, step: str, lang: str = "en") -> None:
    """Make a choice by pressing its button."""
    scene, _, choice = step.partition(".")
    button_of(page, slug, scene, choice, lang).click()


def button_of(page: Page, slug: str, scene: str, choice: str, lang: str = "en") -> Locator:
    """Return the button of a choice, which has no id of its own so that nothing gives its quality away."""
    place = labels(COURSES[lang], slug, scene).index(choice)
    return page.locator(".cap-offered .cap-choice").nth(place)


def marks_shown(page: Page) -> list[int]:
    """Return the marks of the debrief: earned and possible."""
    text = page.locator(".cap-debrief").inner_text()
    score = Interface("en").script["score"].replace("{earned}", r"(\d+)").replace("{possible}", r"(\d+)")
    found = re.search(score, text)
    assert found, text[:200]
    return [int(found[1]), int(found[2])]


@pytest.mark.parametrize("slug", SCENARIOS)
def test_expert_path_reaches_a_good_ending_with_every_mark(slug: str, page: Page, base_url: str) -> None:
    scenario = SCENARIOS[slug]
    open_scenario(page, base_url, slug)
    for step in scenario.expert:
        take(page, slug, step)
    assert page.locator(".cap-passage[data-ending=good]").count() == 1
    assert marks_shown(page) == [scenario.sums.possible, scenario.sums.possible]
    assert page.locator(".cap-debrief [data-mark=wrong]").count() == 0
    assert page.faults == []  # type: ignore[attr-defined]


def worst_path(scenario: Scenario) -> list[str]:
    """Return a path that takes the worst choice of every scene."""
    order = ["harmful", "poor", "acceptable", "best"]
    here, path = scenario.start, []
    while scenario.scenes[here].choices:
        choice = min(scenario.scenes[here].choices.values(), key=lambda c: order.index(c.quality))
        path.append(f"{here}.{choice.id}")
        here = choice.to
    return path


@pytest.mark.parametrize("slug", SCENARIOS)
def test_worst_path_names_every_harmful_choice(slug: str, page: Page, base_url: str) -> None:
    scenario = SCENARIOS[slug]
    path = worst_path(scenario)
    open_scenario(page, base_url, slug)
    for step in path:
        take(page, slug, step)
    debrief = page.locator(".cap-debrief")
    harmful = [choice for _, choice in scenario.steps(tuple(path)) if choice.quality == "harmful"]
    shown = debrief.inner_text()
    assert harmful
    assert shown.count(Interface("en").html["quality_harmful"]) >= len(harmful)
    for axis, (low, high) in scenario.sums.axes.items():
        assert low <= sum(choice.effects.get(axis, 0) for _, choice in scenario.steps(tuple(path))) <= high


@pytest.mark.parametrize("slug", SCENARIOS)
def test_every_choice_can_be_made_and_leads_on(slug: str, page: Page, base_url: str) -> None:
    scenario = SCENARIOS[slug]
    paths = {scenario.start: list[str]()}
    for name in scenario.scenes:  # the shortest way to each scene
        for scene in list(paths):
            for choice in scenario.scenes[scene].choices.values():
                paths.setdefault(choice.to, [*paths[scene], f"{scene}.{choice.id}"])
        assert name
    made = set()
    for scene, way in paths.items():
        for choice in scenario.scenes[scene].choices.values():
            open_scenario(page, base_url, slug)
            for step in [*way, f"{scene}.{choice.id}"]:
                take(page, slug, step)
            assert page.locator(".cap-passage").count() == len(way) + 2
            made.add(f"{scene}.{choice.id}")
    assert made == {f"{s.id}.{c.id}" for s in scenario.scenes.values() for c in s.choices.values()}
    assert page.faults == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SCENARIOS)
def test_opens_in_every_language_in_its_own_words(slug: str, lang: str, page: Page, base_url: str) -> None:
    open_scenario(page, base_url, slug, lang)
    scenario = COURSES[lang].scenarios[slug]
    assert scenario.lang == lang
    assert page.locator(".cap-offered .cap-choice").count() == len(scenario.scenes[scenario.start].choices)
    assert page.locator(".cap-fallback").count() == 0


def test_is_played_by_keyboard_alone_with_the_focus_on_each_new_turn(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/en/scenarios/{ONE}.html")
    page.locator(".cap-offer .cap-go").focus()
    page.keyboard.press("Enter")
    for number, step in enumerate(SCENARIOS[ONE].expert, 1):
        assert page.evaluate("document.activeElement.classList.contains('cap-scene-title')")
        assert str(number) in page.evaluate("document.activeElement.textContent")
        scene, _, choice = step.partition(".")
        button_of(page, ONE, scene, choice).focus()
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.cap-passage').dataset.ending") == "good"


def test_going_back_opens_the_decision_and_takes_away_what_followed(page: Page, base_url: str) -> None:
    open_scenario(page, base_url, ONE)
    for step in SCENARIOS[ONE].expert[:3]:
        take(page, ONE, step)
    page.locator(".cap-passage .cap-back").nth(1).click()
    assert page.locator(".cap-passage").count() == 2
    assert page.locator(".cap-offered .cap-choice").count() >= 3


def test_a_lost_case_is_repaired_from_the_debrief(page: Page, base_url: str) -> None:
    scenario = SCENARIOS[ONE]
    open_scenario(page, base_url, ONE)
    for step in worst_path(scenario):
        take(page, ONE, step)
    page.locator(".cap-debrief .cap-back").first.click()
    for step in scenario.expert:
        take(page, ONE, step)
    assert marks_shown(page) == [scenario.sums.possible] * 2


def test_resumes_after_a_reload_and_in_another_language_only_with_consent(page: Page, base_url: str) -> None:
    open_scenario(page, base_url, ONE)
    take(page, ONE, SCENARIOS[ONE].expert[0])
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name=Interface("en").script["remember"]).click()
    take(page, ONE, SCENARIOS[ONE].expert[1])
    page.goto(f"{base_url}/fr/scenarios/{ONE}.html")
    page.get_by_role("button", name=Interface("fr").script["resume"]).click()
    assert page.locator(".cap-passage").count() == 3
    page.reload()
    assert page.get_by_role("button", name=Interface("fr").script["resume"]).count() == 1


def test_reads_as_linked_sections_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = watched(context.new_page())
    page.goto(f"{base_url}/en/scenarios/{ONE}.html")
    page.locator(".cap-start").click()
    for step in SCENARIOS[ONE].expert:
        scene, _, choice = step.partition(".")
        part = page.locator(f'[id="s-{ONE}.{scene}"]')
        assert part.is_visible()
        part.locator(f'[data-choice="{choice}"] a').click()
        follow = page.locator(f'[id="f-{ONE}.{step}"]')
        follow.locator("summary").click()
        assert follow.locator(".cap-reason").is_visible()
        follow.locator(".cap-on a").click()
    assert page.locator(".cap-discuss").is_visible()
    assert page.faults == []  # type: ignore[attr-defined]
    context.close()


def test_a_case_of_500_scenes_plays_to_its_end(page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    page.goto(f"{small_site(tmp_path_factory).as_uri()}/en/long.html")
    page.locator(".cap-offer .cap-go").first.click()
    turns = page.evaluate(
        """(most) => {
            const offered = () => Array.from(document.querySelectorAll(".cap-offered .cap-choice"));
            let turns = 0;
            for (; turns < most && offered().length; turns += 1) {
                offered().find((choice) => choice.textContent.includes("go on")).click();
            }
            return turns;
        }""",
        2 * LONG,
    )
    assert turns == LONG - 1
    assert marks_shown(page) == [2 * (LONG - 1), 2 * (LONG - 1)]
    page.get_by_role("button", name=Interface("en").script["go_back"]).first.click()
    assert page.locator(".cap-offered .cap-choice").count() == 2


def test_a_heavier_page_offers_to_read_the_summary_or_to_skip(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/en/scenarios/{ONE}.html")
    box = page.locator(".cap-load")
    say = Interface("en").html
    links = box.locator("a").evaluate_all("(all) => all.map((link) => [link.textContent, link.getAttribute('href')])")
    assert [name for name, _ in links] == [say["read_on"], say["read_summary"], say["skip_part"]]
    assert page.locator(links[0][1]).count() == 1
    assert page.locator(links[1][1]).evaluate("(part) => part.tagName") == "DETAILS"
    assert links[2][1] == "guardian-first-meeting.html"
    assert say["skip_ok"] in box.inner_text()
    page.goto(f"{base_url}/fr/definitions/forms-of-exploitation.html")
    target = page.locator(".cap-load a").nth(1).get_attribute("href")
    assert page.locator(f"h2{target}").inner_text() == Interface("fr").html["key_points"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_during_and_after(lang: str, scheme: str, browser: Browser, base_url: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    open_scenario(page, base_url, ONE, lang)
    for step in worst_path(SCENARIOS[ONE]):
        take(page, ONE, step, lang)
    page.evaluate(AXE)
    faults = page.evaluate("async () => (await axe.run()).violations.map((f) => [f.id, f.nodes[0].html])")
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
