"""Leaving a page quickly, in a real browser: the link, three presses of Shift, and what stays in the history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import serve
from playwright.sync_api import Browser, BrowserContext, Page, Route
from small_course import small_site

ELSEWHERE = "https://en.wikipedia.org/"


@pytest.fixture(scope="module")
def small_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small course, whose home page can be left quickly."""
    server = serve(small_site(tmp_path_factory))
    yield f"http://127.0.0.1:{server.server_address[1]}/en"
    server.shutdown()


@pytest.fixture
def asked(context: BrowserContext) -> list[str]:
    """The addresses asked for outside; each is met here, so that nothing leaves this machine."""
    addresses: list[str] = []

    def meet(route: Route) -> None:
        addresses.append(route.request.url)
        route.fulfill(content_type="text/html", body="<!doctype html><title>Elsewhere</title>")

    context.route(lambda url: not url.startswith("http://127.0.0.1"), meet)
    return addresses


def press_shift(page: Page, times: int) -> None:
    """Press Shift on its own."""
    for _ in range(times):
        page.keyboard.press("Shift")


def stays(page: Page, small_url: str) -> None:
    """Say that the home page is still there, once anything under way has had its time."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    assert page.url == f"{small_url}/index.html"
    assert page.locator("h1").is_visible()


def test_three_presses_of_shift_leave(page: Page, small_url: str, asked: list[str]) -> None:
    page.goto(f"{small_url}/index.html")
    press_shift(page, 3)
    page.wait_for_url(ELSEWHERE)
    assert asked == [ELSEWHERE]


@pytest.mark.parametrize("way", ["Shift", "link"])
def test_leaving_replaces_the_page_in_the_history(page: Page, small_url: str, asked: list[str], way: str) -> None:
    page.goto(f"{small_url}/about.html")
    page.goto(f"{small_url}/index.html")
    if way == "Shift":
        press_shift(page, 3)
    else:
        page.locator(".cap-leave").press("Enter")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    assert page.url == f"{small_url}/about.html"
    assert asked == [ELSEWHERE]


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts allow-forms"'])
def test_in_a_frame_the_page_around_is_left_where_it_lets_itself_be(
    page: Page, small_url: str, asked: list[str], tmp_path: Path, sandbox: str
) -> None:
    html = f'<!doctype html><title>Host</title><iframe {sandbox} width="900" height="700" src="{small_url}/index.html">'
    (tmp_path / "host.html").write_text(html, encoding="utf-8")
    server = serve(tmp_path)
    host = f"http://127.0.0.1:{server.server_address[1]}/host.html"
    page.goto(host)
    page.frame_locator("iframe").locator(".cap-leave").click()
    if sandbox:
        page.wait_for_function("frames.length === 1")
        page.frames[1].wait_for_url(ELSEWHERE)
    else:
        page.wait_for_url(ELSEWHERE)
    assert page.url == (host if sandbox else ELSEWHERE)
    assert asked == [ELSEWHERE]
    server.shutdown()


def test_two_presses_stay(page: Page, small_url: str, asked: list[str]) -> None:
    page.goto(f"{small_url}/index.html")
    press_shift(page, 2)
    stays(page, small_url)
    assert asked == []


def test_three_slow_presses_stay(page: Page, small_url: str, asked: list[str]) -> None:
    page.clock.install()
    page.goto(f"{small_url}/index.html")
    for _ in range(3):
        press_shift(page, 1)
        page.clock.fast_forward(3000)
    assert page.url == f"{small_url}/index.html"
    assert asked == []


def test_shift_with_letters_stays(page: Page, small_url: str, asked: list[str]) -> None:
    page.goto(f"{small_url}/index.html")
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    stays(page, small_url)
    assert asked == []


def test_shift_does_nothing_on_other_pages(page: Page, small_url: str, asked: list[str]) -> None:
    page.goto(f"{small_url}/about.html")
    press_shift(page, 4)
    assert page.locator(".cap-leave").count() == 0
    assert page.url == f"{small_url}/about.html"
    assert asked == []


def test_the_link_is_there_without_scripts_and_says_what_it_does_not_do(browser: Browser, small_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{small_url}/index.html")
    link = page.get_by_role("link", name="Emergency: leave this page quickly")
    assert link.is_visible()
    assert link.get_attribute("href") == ELSEWHERE
    assert page.locator(".cap-leave-note").inner_text().startswith("Your browser history is not erased.")
    context.close()


def test_the_page_asks_for_nothing_outside_by_itself(page: Page, small_url: str, asked: list[str]) -> None:
    page.goto(f"{small_url}/index.html", wait_until="networkidle")
    assert asked == []
    assert page.faults == []  # type: ignore[attr-defined]


def test_the_link_stays_in_sight_while_reading(page: Page, small_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 300})
    page.goto(f"{small_url}/index.html")
    page.evaluate("scrollTo(0, 900)")
    page.wait_for_function("scrollY > 500")
    box = page.locator(".cap-leave").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300


@pytest.mark.parametrize("page_of_site", ["index.html"])
def test_the_course_s_own_pages_lead_out_by_https(site: Path, page_of_site: str) -> None:
    for lang in ("en", "fr", "nl", "it"):
        html = (site / lang / page_of_site).read_text(encoding="utf-8")
        assert ('class="cap-leave"' in html) == (f'href="https://{lang}.wikipedia.org/"' in html)
