"""The unpacked zip of the site in a real browser: below a folder, in a frame, from a disk, with a host's headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from by_keyboard import check, expected, full_response, read_key, respond
from capisce.packaging import Part
from capisce.rendering.interface import Interface
from conftest import LANGUAGES, ROOT, serve
from packages import Place, play, unpacked
from playwright.sync_api import Page, expect

QUIZ = "definitions/quiz.html"
CASE = "waiting-room"
HOSTING = ROOT / "docs" / "assets" / "hosting"
FRAME = """<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Host</title>
<iframe id="course" width="1200" height="850" src="{}"></iframe></html>"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the unpacked zip, in all languages."""
    return unpacked(tmp_path_factory, "site", Part())


@pytest.fixture(scope="module")
def addresses(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the package is: below a folder of a server, and on the disk; and an empty folder of another server."""
    other = tmp_path_factory.mktemp("host")
    servers = {"folder": serve(package.parent), "host": serve(other)}
    ports = {name: f"http://127.0.0.1:{server.server_address[1]}" for name, server in servers.items()}
    yield {"a folder": f"{ports['folder']}/{package.name}", "a disk": package.as_uri(), "host": ports["host"],
           "host folder": str(other)}  # fmt: skip
    for server in servers.values():
        server.shutdown()


def opened(page: Page, addresses: dict[str, str], way: str, path: str) -> Place:
    """Open a page of the package in one of the ways; return it, or its place in the frame."""
    if way != "a frame":
        page.goto(f"{addresses[way]}/{path}")
        return page
    html = FRAME.format(f"{addresses['a folder']}/{path}")
    (Path(addresses["host folder"]) / "host.html").write_text(html, encoding="utf-8")
    page.goto(f"{addresses['host']}/host.html")
    return page.frame_locator("#course")


WAYS = pytest.mark.parametrize("way", ["a folder", "a frame", "a disk"])


@WAYS
def test_a_quiz_is_taken(page: Page, addresses: dict[str, str], way: str) -> None:
    place = opened(page, addresses, way, f"en/{QUIZ}")
    place.locator("form.cap-question").first.wait_for()
    for form in place.locator("form.cap-question").all():
        key = read_key(form)
        form.locator(".cap-body :is(input, select, button)").first.focus()
        respond(form, full_response(key))
        assert check(form) == expected(key, full_response(key))
    assert "100%" in place.locator(".cap-summary").inner_text()
    assert page.faults == []  # type: ignore[attr-defined]


@WAYS
def test_a_case_is_played(page: Page, addresses: dict[str, str], way: str) -> None:
    place = opened(page, addresses, way, f"it/scenarios/{CASE}.html")
    play(place, CASE, "it")
    expect(place.locator(".cap-passage[data-ending=good]")).to_have_count(1)
    assert page.faults == []  # type: ignore[attr-defined]


@WAYS
def test_language_switch_search_and_glossary_lead_on(page: Page, addresses: dict[str, str], way: str) -> None:
    place = opened(page, addresses, way, "index.html")
    place.get_by_role("link", name="English", exact=True).click()
    place.locator("h1").wait_for()
    place.locator('.cap-languages a[hreflang="fr"]').click()
    expect(place.locator(".cap-languages [aria-current]")).to_have_attribute("hreflang", "fr")
    place.get_by_role("textbox").first.press_sequentially("glossaire")
    place.locator(".md-search-result__link[href*='glossary.html']").first.click()
    expect(place.locator(".md-content h1").first).to_have_text("Glossaire")
    place.locator('.cap-languages a[hreflang="nl"]').click()
    expect(place.locator(".cap-languages [aria-current]")).to_have_attribute("hreflang", "nl")
    expect(place.locator(".md-content h1").first).to_have_text("Woordenlijst")
    assert page.faults == []  # type: ignore[attr-defined]


def test_the_read_me_leads_to_the_course(page: Page, package: Path) -> None:
    page.goto((package / "READ-ME.html").as_uri())
    assert page.locator("h2").all_inner_texts() == [Interface(lang).name for lang in LANGUAGES]
    assert "décompressez" in page.locator("ul[lang=fr]").inner_text()
    page.get_by_role("link", name="CAPISCE").click()
    assert page.get_by_role("link", name="English", exact=True).is_visible()
    assert page.faults == []  # type: ignore[attr-defined]


def headers_of(example: Path) -> dict[str, str]:
    """Read the header lines of an example for a web server."""
    text = re.sub(r"(?m)^\s*#.*$", "", example.read_text(encoding="utf-8"))
    return dict(re.findall(r'(?:add_header|Header always set) (\S+) "([^"]*)"', text))


def test_both_examples_set_the_same_headers() -> None:
    assert headers_of(HOSTING / "nginx.conf") == headers_of(HOSTING / "apache.conf")
    assert len(headers_of(HOSTING / "nginx.conf")) == 7


@pytest.mark.parametrize("example", ["nginx.conf", "apache.conf"])
def test_with_a_host_s_headers_every_sort_of_page_runs(
    page: Page, package: Path, monkeypatch: pytest.MonkeyPatch, example: str
) -> None:
    server = serve(package)
    handler: Any = server.RequestHandlerClass
    plain = handler.func.end_headers

    def end_headers(self: Any) -> None:
        if self.server is server:
            for name, value in headers_of(HOSTING / example).items():
                self.send_header(name, value)
        plain(self)

    monkeypatch.setattr(handler.func, "end_headers", end_headers)
    address = f"http://127.0.0.1:{server.server_address[1]}"
    for path in ("index.html", "404.html", "READ-ME.html", "en/404.html", "en/index.html", f"fr/{QUIZ}",
                 f"nl/scenarios/{CASE}.html", "it/glossary.html", "en/privacy.html"):  # fmt: skip
        response = page.goto(f"{address}/{path}", wait_until="networkidle")
        assert response is not None
        assert (
            response.header_value("content-security-policy") == headers_of(HOSTING / example)["Content-Security-Policy"]
        )
    page.get_by_role("textbox").first.press_sequentially("consent")
    page.locator(".md-search-result__link").first.wait_for()
    assert page.faults == []  # type: ignore[attr-defined]
    page.goto(f"{address}/fr/deep/nowhere.html")  # the 404 page mends its links with its one inline script
    assert page.locator(".md-content a").first.evaluate("(link) => link.href") == f"{address}/fr/index.html"
    server.shutdown()
