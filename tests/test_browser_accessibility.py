"""Accessibility in a real browser: axe on every template, focus in sight, targets, touch, own settings, print."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from by_keyboard import check, full_response, hasty_response, press_on, reach, read_key, respond
from conftest import LANGUAGES, serve, watched
from playwright.sync_api import Browser, Locator, Page
from small_course import small_site

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
TEMPLATES = (
    "index.html",
    "definitions/index.html",
    "definitions/what-trafficking-is.html",
    "definitions/four-countries.html",
    "definitions/quiz.html",
    "glossary.html",
    "sources.html",
    "privacy.html",
    "404.html",
    "../index.html",
    "../404.html",
)

_RUN_AXE = """async (rules) => {
    const {violations} = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}`));
}"""
_ANSWER_ALL = """() => document.querySelectorAll("form.cap-question").forEach((form, at) => {
    const part = (place, number) => place.querySelectorAll("input")[number % place.querySelectorAll("input").length];
    form.querySelectorAll(".cap-options").forEach((place) => part(place, at).click());
    form.querySelectorAll("[data-part] select").forEach((list) => { list.selectedIndex = 1 + at % 2; });
    form.querySelectorAll(".cap-sort [data-part]").forEach((place) => part(place, at).click());
    form.querySelectorAll("input.cap-term").forEach((field) => { field.value = "something else"; });
    form.querySelector(".cap-certainty input").click();
    form.querySelector(".cap-check").click();
})"""
_OUTLINE = """() => {
    const now = document.activeElement;
    const rings = [now, now.closest("li"), now.closest("form.md-search__form"), now.closest("td")].filter(Boolean);
    const seen = rings.some((one) => {
        const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(one);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && outlineColor !== "rgba(0, 0, 0, 0)";
    });
    const box = now.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return {name: `${now.tagName} ${now.className} ${now.textContent.trim().slice(0, 30)}`, seen, inside};
}"""
_SMALL = """(place) => Array.from(place.querySelectorAll("button, select, input, summary"))
    .filter((control) => control.checkVisibility())
    .map((control) => {
        const target = control.matches("[type=radio], [type=checkbox]") && control.closest("label") || control;
        const box = target.getBoundingClientRect();
        return {name: control.outerHTML.slice(0, 90), width: box.width, height: box.height};
    })
    .filter(({width, height}) => width < 24 || height < 24)"""


@pytest.fixture(scope="module")
def small_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small course."""
    server = serve(small_site(tmp_path_factory))
    yield f"http://127.0.0.1:{server.server_address[1]}/en"
    server.shutdown()


def violations(page: Page) -> list[str]:
    """Run axe on the page as it stands, then once more in the dark for the rules that look at colours."""
    page.emulate_media(reduced_motion="reduce")  # no colour is caught half way
    page.evaluate(AXE)
    light: list[str] = page.evaluate(_RUN_AXE, TAGS)
    page.emulate_media(color_scheme="dark")
    dark: list[str] = page.evaluate(_RUN_AXE, COLOURS)
    page.emulate_media(color_scheme="light")
    return light + [f"dark: {fault}" for fault in dark]


class TestAxe:
    @pytest.mark.parametrize("width", [320, 1280])
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_finds_nothing_on_any_template_light_or_dark(
        self, browser: Browser, base_url: str, lang: str, width: int
    ) -> None:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        page = context.new_page()
        found = {}
        for path in TEMPLATES:
            page.goto(f"{base_url}/{lang}/{path}")
            found[path] = violations(page)
            if path == "definitions/quiz.html":
                page.evaluate(_ANSWER_ALL)
                assert page.locator(".cap-verdict:visible").count() == page.locator(".cap-question").count()
                assert page.locator(".cap-summary").is_visible()
                found["answered"] = violations(page)
            if path == "privacy.html":
                page.locator(".cap-remember").click()
                found["remembering"] = violations(page)
        context.close()
        assert {path: faults for path, faults in found.items() if faults} == {}

    def test_finds_nothing_on_the_way_out_and_an_open_tip(self, page: Page, small_url: str) -> None:
        page.goto(f"{small_url}/index.html")
        reach(page.locator(".cap-concept"), "a")
        assert page.locator(".cap-tip").is_visible()
        assert violations(page) == []

    def test_finds_nothing_while_searching(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/index.html")
        page.get_by_role("textbox").first.press_sequentially("consent")
        page.locator(".md-search-result__link").first.wait_for()
        assert violations(page) == []

    def test_finds_nothing_in_the_open_menu(self, page: Page, base_url: str) -> None:
        page.set_viewport_size({"width": 360, "height": 700})
        page.goto(f"{base_url}/en/index.html")
        page.locator(".cap-menu > summary").press("Enter")
        assert violations(page) == []


class TestFocus:
    @pytest.mark.parametrize("width", [360, 1280])
    def test_is_in_sight_on_everything_the_tab_key_reaches(self, page: Page, base_url: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{base_url}/en/definitions/what-trafficking-is.html")
        seen = set()
        hidden = []
        for _ in range(400):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            found = page.evaluate(_OUTLINE)
            seen.add(found["name"].split()[0])
            if not (found["seen"] and found["inside"]):
                hidden.append(found)
        assert hidden == []
        assert {"A", "INPUT", "SELECT", "BUTTON", "SUMMARY"} - seen == set()

    def test_begins_with_the_skip_link_which_leads_to_the_text(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/glossary.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className").startswith("md-skip")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('.md-content').contains(document.activeElement)")

    def test_leaves_the_open_menu_with_escape_and_returns_to_its_button(self, page: Page, base_url: str) -> None:
        page.set_viewport_size({"width": 360, "height": 700})
        page.goto(f"{base_url}/en/glossary.html")
        press_on(page.locator(".cap-menu"), "summary")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.cap-menu__panel') !== null")
        page.keyboard.press("Escape")
        assert page.locator(".cap-menu__panel").is_hidden()
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"

    def test_single_letters_do_nothing(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/definitions/told-apart.html")
        for key in ("n", "p", "s", "f", "/"):
            page.keyboard.press(key)
        assert page.url.endswith("/en/definitions/told-apart.html")
        assert page.evaluate("document.activeElement === document.body")


class TestGlossaryTip:
    def test_shows_on_focus_and_hides_with_escape(self, page: Page, small_url: str) -> None:
        page.goto(f"{small_url}/index.html")
        tip = page.locator(".cap-tip")
        assert tip.is_hidden()
        reach(page.locator(".cap-concept"), "a")
        assert tip.is_visible()
        assert "Anyone under 18." in tip.inner_text()
        page.keyboard.press("Escape")
        assert tip.is_hidden()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        assert tip.is_visible()

    def test_describes_its_word(self, page: Page, small_url: str) -> None:
        page.goto(f"{small_url}/index.html")
        link = page.locator(".cap-concept a").first
        described = link.get_attribute("aria-describedby") or ""
        assert "Anyone under 18." in (page.locator(f"[id='{described}']").text_content() or "")

    def test_shows_at_a_first_touch_and_follows_at_a_second(self, browser: Browser, base_url: str) -> None:
        context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 640})
        page = watched(context.new_page())
        page.goto(f"{base_url}/en/definitions/what-trafficking-is.html")
        concept = page.locator(".cap-concept").first
        concept.locator("a").tap()
        assert concept.locator(".cap-tip").is_visible()
        assert page.url.endswith("what-trafficking-is.html")
        box = concept.locator(".cap-tip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        concept.locator("a").tap()
        page.wait_for_url("**/glossary.html#**")
        context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_control_of_an_exercise_is_24_pixels_at_least(page: Page, base_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base_url}/en/definitions/quiz.html")
    assert page.locator(".cap-quiz").evaluate(_SMALL) == []
    page.evaluate(_ANSWER_ALL)
    assert page.locator(".cap-quiz").evaluate(_SMALL) == []
    assert page.locator(".cap-progress").evaluate(_SMALL) == []
    page.goto(f"{base_url}/en/privacy.html")
    assert page.locator(".cap-progress").evaluate(_SMALL) == []


class TestOwnSettings:
    def test_reduced_motion_stops_every_movement_of_exercises(self, page: Page, base_url: str) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{base_url}/en/definitions/what-trafficking-is.html")
        moving = page.evaluate(
            """() => Array.from(document.querySelectorAll(".cap-question *, .cap-tip"))
            .filter((one) => {
                const {transitionDuration, animationName} = getComputedStyle(one);
                return parseFloat(transitionDuration) > 0.01 || animationName !== "none";
            }).map((one) => one.className)"""
        )
        assert moving == []
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"

    def test_forced_colours_keep_the_verdict_s_word_and_sign(self, page: Page, base_url: str) -> None:
        page.emulate_media(forced_colors="active")
        form = wrong_answer(page, base_url)
        outcome = form.locator(".cap-outcome")
        assert outcome.locator("strong").inner_text() == "Not correct"
        assert outcome.locator("strong").is_visible()
        assert outcome.locator("svg").is_visible()
        colours = outcome.evaluate(
            "(one) => [getComputedStyle(one).color, getComputedStyle(one.closest('.cap-verdict')).backgroundColor]"
        )
        assert colours[0] != colours[1]

    def test_large_text_needs_no_sideways_scrolling(self, page: Page, base_url: str) -> None:
        page.set_viewport_size({"width": 640, "height": 900})
        page.goto(f"{base_url}/en/definitions/quiz.html")
        page.evaluate("document.documentElement.style.fontSize = '250%'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def wrong_answer(page: Page, base_url: str) -> Locator:
    """Answer a question of the course wrongly, by keyboard; return its form."""
    page.goto(f"{base_url}/en/definitions/what-trafficking-is.html")
    form = page.locator("form[data-kind=true-false]")
    key = read_key(form)
    response = hasty_response(key, "true-false")
    if response == full_response(key):
        response = ["true"] if response == ["false"] else ["false"]
    form.locator(".cap-options input").first.focus()
    respond(form, response)
    check(form)
    return form


class TestPrint:
    HIDDEN = (
        *(".cap-header", ".cap-nav", ".md-sidebar", ".cap-turn", ".cap-buttons", ".cap-verdict", ".cap-certainty"),
        *(".cap-key", ".cap-right", ".cap-why", ".cap-hint", ".cap-mark", ".cap-progress", ".cap-summary"),
    )

    def shown(self, page: Page, *selectors: str) -> dict[str, Any]:
        """Count what is shown of each selector."""
        return {selector: page.locator(f"{selector}:visible").count() for selector in selectors}

    def test_leaves_the_questions_and_hides_controls_verdict_and_key(self, page: Page, base_url: str) -> None:
        wrong_answer(page, base_url)
        page.emulate_media(media="print")
        assert self.shown(page, *self.HIDDEN) == dict.fromkeys(self.HIDDEN, 0)
        number = page.locator(".cap-question").count()
        assert self.shown(page, ".cap-question", ".cap-prompt") == {".cap-question": number, ".cap-prompt": number}
        assert page.locator("form[data-kind=true-false] .cap-options li:visible").count() == 2
        assert page.locator("h1").is_visible()

    def test_of_an_answered_quiz_gives_nothing_away(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/definitions/quiz.html")
        page.evaluate(_ANSWER_ALL)
        page.emulate_media(media="print")
        assert self.shown(page, *self.HIDDEN) == dict.fromkeys(self.HIDDEN, 0)
        assert page.locator(".cap-prompt:visible").count() == page.locator(".cap-question").count()

    def test_without_scripts_hides_the_key_too(self, browser: Browser, base_url: str) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{base_url}/en/definitions/quiz.html")
        page.locator(".cap-key > summary").first.click()
        page.emulate_media(media="print")
        assert self.shown(page, ".cap-key", ".cap-right", "button") == {".cap-key": 0, ".cap-right": 0, "button": 0}
        context.close()

    def test_lists_the_choices_that_a_screen_keeps_in_a_list(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/definitions/quiz.html")
        lists = page.locator(".cap-print-choices")
        assert lists.count() > 0
        assert lists.first.is_hidden()
        page.emulate_media(media="print")
        assert page.locator(".cap-print-choices:visible").count() == lists.count()

    def test_of_a_case_hides_what_is_for_trainers(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/scenarios/night-call.html")
        page.locator(".cap-outline").evaluate("details => details.open = true")  # as the theme does to print a page
        page.emulate_media(media="print")
        assert self.shown(page, ".cap-outline", ".cap-load ul") == {".cap-outline": 0, ".cap-load ul": 0}
        assert page.locator(".cap-load p").is_visible()

    def test_leaves_room_where_nothing_was_chosen(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/definitions/told-apart.html")
        page.emulate_media(media="print")
        empty, chosen = page.locator("form[data-kind=matching] select").all()[:2]
        chosen.select_option(index=1)
        colours = [box.evaluate("box => getComputedStyle(box).color") for box in (empty, chosen)]
        assert colours[0] == "rgba(0, 0, 0, 0)"
        assert colours[1] != colours[0]

    def test_hides_the_way_out(self, page: Page, small_url: str) -> None:
        page.goto(f"{small_url}/index.html")
        page.emulate_media(media="print")
        assert self.shown(page, ".cap-leave", ".cap-leave-note", ".cap-tip") == {
            ".cap-leave": 0,
            ".cap-leave-note": 0,
            ".cap-tip": 0,
        }
