"""Every page in a real browser: sound, found, in its own language, without scripts, from a disk, in a frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from by_keyboard import Shown, check, expected, full_response, read_key, respond
from capisce.reading import read_course
from capisce.rendering.interface import Interface
from conftest import LANGUAGES, ROOT, serve, watched
from playwright.sync_api import Browser, Page, Route, expect

SOURCES = sorted(path.relative_to(ROOT / "docs" / "en").as_posix() for path in (ROOT / "docs" / "en").rglob("*.md"))
PAGES = [source.removesuffix(".md") + ".html" for source in SOURCES]
LESSON = "definitions/what-trafficking-is.html"
WORDS = {"en": "smuggling", "fr": "glossaire", "nl": "woordenlijst", "it": "glossario"}
WANTED = {"en": "definitions/told-apart.html", "fr": "glossary.html", "nl": "glossary.html", "it": "glossary.html"}

_LOOK = """() => ({
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll("h1").length,
    wider: document.documentElement.scrollWidth > innerWidth,
    banner: Array.from(document.querySelectorAll(".cap-review"),
        (one) => one.checkVisibility() && one.innerText.trim().length > 20),
    languages: Array.from(document.querySelectorAll(".cap-languages a"), (link) => [link.hreflang, link.href]),
    absolute: document.querySelectorAll(".cap-languages a:is([href^='/'], [href^='http'])").length,
    here: Array.from(document.querySelectorAll(".cap-languages [aria-current]"), (link) => link.hreflang),
    dead: Array.from(document.querySelectorAll(".cap-question"))
        .filter((form) => !(form.querySelector(".cap-compare") || form.querySelector(".cap-check")).checkVisibility()
            || form.querySelector(".cap-key").checkVisibility())
        .map((form) => form.id)
})"""


@cache
def title_of(lang: str, source: str) -> str:
    """Return the title that a page's front matter gives, in English where it is not translated."""
    path = ROOT / "docs" / lang / source
    if not path.is_file():
        path = ROOT / "docs" / "en" / source
    return str(yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])["title"])


@cache
def site_name(lang: str) -> str:
    """Return the name of the site in a language, as mkdocs.yml gives it."""
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Settings)
    plugins = next(plugin["i18n"] for plugin in settings["plugins"] if "i18n" in plugin)
    names = {one["locale"]: one.get("site_name", settings["site_name"]) for one in plugins["languages"]}
    return str(names[lang])


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml without the environment that it asks for."""


_Settings.add_constructor("!ENV", lambda *_: None)


def plain(text: str) -> str:
    """Return text with every kind of space made plain."""
    return re.sub(r"\s+", " ", text).strip()


def sound(faults: list[str], lost: str) -> list[str]:
    """Return the faults but for the two that a browser notes when a page is really not there."""
    return [fault for fault in faults if fault != f"404: {lost}" and "status of 404" not in fault]


class Links(HTMLParser):
    """Collects the addresses and the ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag != "base":
            self.addresses += [value for name in ("href", "src") if (value := found.get(name))]
        self.ids |= {value for name in ("id", "name") if (value := found.get(name))}


def read_links(folder: Path) -> dict[str, Links]:
    """Read every page of a folder but the 404 pages, by its path."""
    pages = {}
    for path in folder.rglob("*.html"):
        if path.name != "404.html":
            links = Links()
            links.feed(path.read_text(encoding="utf-8"))
            pages[path.relative_to(folder).as_posix()] = links
    return pages


def same_site(page: str, links: Links) -> Iterator[tuple[str, str]]:
    """Yield the path and the anchor of each address on the same site."""
    for address in links.addresses:
        if not urlsplit(address).scheme:
            found = urlsplit(urljoin(f"/{page}", address))
            yield unquote(found.path).lstrip("/"), unquote(found.fragment)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_sound_at_320_pixels(browser: Browser, base_url: str, lang: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    pages = {}
    for source, path in zip(SOURCES, PAGES, strict=True):
        page = pages[path] = watched(context.new_page())  # a page each, so that no request is cut off
        page.goto(f"{base_url}/{lang}/{path}")
        look = page.evaluate(_LOOK)
        title = site_name(lang) if path == "index.html" else f"{title_of(lang, source)} - {site_name(lang)}"
        assert {**look, "title": plain(look["title"]), "path": path} == {
            "path": path,
            "lang": lang,
            "title": plain(title),
            "headings": 1,
            "wider": False,
            "banner": [True],
            "languages": [[other, f"{base_url}/{other}/{path}"] for other in LANGUAGES],
            "absolute": 0,
            "here": [lang],
            "dead": [],
        }
    page.wait_for_load_state("networkidle")
    assert {path: page.faults for path, page in pages.items() if page.faults} == {}  # type: ignore[attr-defined]
    context.close()


def test_titles_are_translated() -> None:
    assert {site_name(lang) for lang in LANGUAGES} == {
        "CAPISCE for interpreters",
        "CAPISCE pour interprètes",
        "CAPISCE voor tolken",
        "CAPISCE per interpreti",
    }


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    pages = read_links(site)
    assert len(pages) == len(PAGES) * len(LANGUAGES) + 1
    lost = []
    for page, links in pages.items():
        for path, anchor in same_site(page, links):
            known = pages.get(path)
            if not (site / path).is_file() or (anchor and known and anchor not in known.ids):
                lost.append(f"{page}: {path}#{anchor}")
    assert lost == []


def test_every_page_is_reached_from_the_root(site: Path) -> None:
    pages = read_links(site)
    reached = {"index.html"}
    ahead = ["index.html"]
    while ahead:
        page = ahead.pop()
        found = {path for path, _ in same_site(page, pages[page]) if path in pages} - reached
        reached |= found
        ahead += found
    assert set(pages) - reached == set()


def test_the_language_switch_leads_to_the_same_page(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/en/{LESSON}")
    for lang in ("fr", "nl", "it", "en"):
        page.locator(f'.cap-languages a[hreflang="{lang}"]').press("Enter")
        page.wait_for_url(f"{base_url}/{lang}/{LESSON}")
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.locator(".cap-languages [aria-current]").get_attribute("hreflang") == lang


class TestSearch:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_finds_a_word_as_it_is_typed_in_its_own_language_only(self, page: Page, base_url: str, lang: str) -> None:
        page.goto(f"{base_url}/{lang}/index.html")
        page.get_by_role("textbox").first.press_sequentially(WORDS[lang])
        results = page.locator(".md-search-result__link")
        expect(results.and_(page.locator(f'[href*="{WANTED[lang]}"]')).first).to_be_visible()
        found: list[str] = results.evaluate_all("(all) => all.map((link) => link.href)")
        assert [href for href in found if not href.startswith(f"{base_url}/{lang}/")] == []
        assert page.faults == []  # type: ignore[attr-defined]

    def test_finds_a_french_word_behind_an_apostrophe(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/fr/index.html")
        page.get_by_role("textbox").first.press_sequentially("enfant")
        expect(page.locator(".md-search-result mark", has_text=re.compile("enfant")).first).to_be_visible()

    def test_result_opens_by_keyboard(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/index.html")
        page.get_by_role("textbox").first.press_sequentially("smuggling")
        page.locator(".md-search-result__link[href*='h=smuggling']").first.wait_for()  # the results of the whole word
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/**smuggling**")
        assert page.locator("h1").is_visible()

    def test_does_not_give_the_key_of_a_question_away(self, site: Path) -> None:
        index = (site / "en" / "search" / "search_index.json").read_text(encoding="utf-8")
        assert "Show the answer" not in index
        for question in read_course(ROOT, "en")[0].quizzes["definitions"].questions.values():
            assert not [part.id for part in question.parts if part.feedback and part.feedback in index]


class TestPageThatIsNotThere:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("path", ["nowhere.html", "definitions/deep/nowhere.html"])
    def test_is_told_in_its_language_with_working_links(self, page: Page, base_url: str, lang: str, path: str) -> None:
        lost = f"{base_url}/{lang}/{path}"
        page.goto(lost)
        say = Interface(lang).html
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.locator("h1").inner_text() == say["not_found_title"]
        assert say["not_found_title"] in page.title()
        hrefs: list[str] = page.locator(".md-content a").evaluate_all("(all) => all.map((link) => link.href)")
        assert hrefs == [f"{base_url}/{code}/index.html" for code in (lang, *LANGUAGES)]
        assert sound(page.faults, lost) == []  # type: ignore[attr-defined]

    def test_at_the_root_offers_the_languages(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/404.html")
        assert page.get_by_role("link").all_inner_texts() == [Interface(lang).name for lang in LANGUAGES]
        assert page.faults == []  # type: ignore[attr-defined]


class TestWithoutScripts:
    @pytest.fixture
    def still(self, browser: Browser) -> Iterator[Page]:
        """A page on which no script runs."""
        context = browser.new_context(java_script_enabled=False)
        yield watched(context.new_page())
        context.close()

    def test_the_root_page_leads_to_every_language(self, still: Page, base_url: str) -> None:
        for lang in LANGUAGES:
            still.goto(f"{base_url}/")
            still.get_by_role("link", name=Interface(lang).name, exact=True).click()
            still.wait_for_url(f"{base_url}/{lang}/index.html")
            assert still.locator("h1").is_visible()

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_question_can_be_read_and_its_key_opened(self, still: Page, base_url: str, lang: str) -> None:
        still.goto(f"{base_url}/{lang}/definitions/quiz.html")
        forms = still.locator("form.cap-question")
        assert forms.count() > 0
        assert forms.locator(".cap-prompt:visible").count() == forms.count()
        assert forms.locator(".cap-key > summary:visible").count() == forms.count()
        assert forms.locator(".cap-right:visible").count() == 0
        assert forms.locator(":is(button, .cap-certainty):visible").count() == 0
        assert still.locator("noscript").first.is_visible()
        forms.first.locator(".cap-key > summary").click()
        assert forms.first.locator(".cap-right").is_visible()
        assert forms.first.locator(".cap-why").is_visible()
        assert still.faults == []  # type: ignore[attr-defined]

    def test_the_language_switch_and_the_menu_lead_on(self, still: Page, base_url: str) -> None:
        still.set_viewport_size({"width": 360, "height": 640})
        still.goto(f"{base_url}/en/{LESSON}")
        still.locator('.cap-languages a[hreflang="it"]').click()
        still.wait_for_url(f"{base_url}/it/{LESSON}")
        still.locator(".cap-menu > summary").click()
        still.locator(".cap-menu .cap-nav details:has(a[href$='/glossary.html']) > summary").click()
        still.locator('.cap-menu a[href$="/glossary.html"]').click()
        still.wait_for_url(f"{base_url}/it/glossary.html")


class TestFromADisk:
    def test_a_question_the_switch_and_the_search_run(self, page: Page, site: Path) -> None:
        start = site.as_uri()
        page.goto(f"{start}/index.html")
        page.get_by_role("link", name="English", exact=True).click()
        page.wait_for_url(f"{start}/en/index.html")
        page.goto(f"{start}/en/{LESSON}")
        form = page.locator("form.cap-question").first
        response = full_response(read_key(form))
        respond(form, response)
        assert check(form) == expected(read_key(form), response)
        page.locator('.cap-languages a[hreflang="fr"]').press("Enter")
        page.wait_for_url(f"{start}/fr/{LESSON}")
        assert page.evaluate("document.documentElement.lang") == "fr"
        page.get_by_role("textbox").first.press_sequentially("glossaire")
        result = page.locator(".md-search-result__link[href*='/glossary.html']").first
        expect(result).to_be_visible()
        result.press("Enter")
        page.wait_for_url(f"{start}/fr/glossary.html**")
        assert page.faults == []  # type: ignore[attr-defined]

    def test_progress_survives_a_change_of_language(self, page: Page, site: Path) -> None:
        page.goto(f"{site.as_uri()}/en/{LESSON}")
        form = page.locator("form.cap-question").first
        response = full_response(read_key(form))
        respond(form, response)
        check(form)
        page.get_by_role("button", name="Remember my progress on this device").press("Enter")
        page.goto(f"{site.as_uri()}/nl/{LESSON}")
        assert form.locator(".cap-outcome strong").inner_text() == Interface("nl").script["correct"]


@pytest.fixture(scope="module")
def below(site: Path) -> Iterator[str]:
    """The address of the site where the server's root is the folder above it."""
    server = serve(site.parent)
    yield f"http://127.0.0.1:{server.server_address[1]}/{site.name}"
    server.shutdown()


class TestInASubfolder:
    def test_everything_is_found(self, page: Page, below: str) -> None:
        for path in ("index.html", "en/index.html", f"nl/{LESSON}", "it/definitions/quiz.html", "fr/glossary.html"):
            page.goto(f"{below}/{path}", wait_until="networkidle")
            assert page.locator("h1").is_visible()
        page.get_by_role("textbox").first.press_sequentially("glossaire")
        expect(page.locator(f'.md-search-result__link[href^="{below}/fr/"]').first).to_be_visible()
        assert page.faults == []  # type: ignore[attr-defined]

    def test_the_page_that_is_not_there_finds_its_way_home(self, page: Page, below: str) -> None:
        lost = f"{below}/fr/deep/nowhere.html"
        page.goto(lost)  # this server knows only the 404 page at the site's root
        hrefs: list[str] = page.get_by_role("link").evaluate_all("(all) => all.map((link) => link.href)")
        assert hrefs == [f"{below}/{lang}/index.html" for lang in LANGUAGES]
        assert page.evaluate("Array.from(document.styleSheets, (sheet) => sheet.href)") == [f"{below}/root.css"]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_language_s_own_404_page_finds_its_files(self, page: Page, below: str, lang: str) -> None:
        page.goto(f"{below}/{lang}/404.html")
        assert page.locator(".md-content a").first.evaluate("(link) => link.href") == f"{below}/{lang}/index.html"
        assert page.faults == []  # type: ignore[attr-defined]


class TestInAFrame:
    @pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts allow-forms"'])
    def test_of_another_site_a_question_runs(self, page: Page, base_url: str, tmp_path: Path, sandbox: str) -> None:
        frame = f'<iframe id="course" {sandbox} width="900" height="700" src="{base_url}/en/{LESSON}"></iframe>'
        html = f'<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Host</title>{frame}</html>'
        (tmp_path / "host.html").write_text(html, encoding="utf-8")
        server = serve(tmp_path)
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/host.html")
        course = page.frame_locator("#course")
        form = course.locator("form[data-kind=true-false]")
        key = read_key(form)
        form.locator(".cap-options input").first.focus()
        respond(form, full_response(key))
        assert check(form) == Shown("Correct", "Score: 1 of 1")
        course.get_by_role("button", name="Remember my progress on this device").press("Enter")
        refused = "This browser does not let the page keep your progress. Everything else still runs."
        kept = "Your progress is kept on this device."
        assert course.locator(".cap-state").inner_text() == (refused if sandbox else kept)
        if not sandbox:
            assert page.faults == []  # type: ignore[attr-defined]
        server.shutdown()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["index", "start-here", "ethics/what-gets-lost", "ethics/quiz", "glossary",
                                  "scenarios/recorded-police-interview", "scenarios/police-interview"])  # fmt: skip
def test_a_page_does_not_jump_when_its_scripts_come(page: Page, base_url: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(
        "window.jumps = [];"
        "new PerformanceObserver((list) => jumps.push(...list.getEntries().map((one) => one.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    held: list[Route] = []
    late = re.compile(r"/(?!theme\b)[^/]*\.js$")  # theme.js comes before anything is drawn
    page.route(late, lambda script: held.append(script))
    page.goto(f"{base_url}/fr/{name}.html", wait_until="commit")
    expect(page.locator("footer")).to_be_attached()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    page.route(late, lambda script: script.continue_())  # from now on
    for script in held:
        script.continue_()
    expect(page.locator("html.js")).to_be_attached()
    page.wait_for_load_state()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    assert sum(page.evaluate("jumps")) < 0.1  # what Core Web Vitals call good
