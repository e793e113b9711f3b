"""What the tests share: a small course to spoil, the site built once, a server for it, and a browser."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from capisce.browser import FLAGS
from capisce.building import build_site
from find_browser import ADVICE, find_browser
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "fr", "nl", "it")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the golden files; review the difference")


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--golden"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course's own site in all languages, built once for all test processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test processes run side by side; the first one builds
        if not folder.exists():
            build_site(ROOT, folder)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word, and the site's own page where there is nothing."""

    def log_message(self, *_: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lang = self.path.lstrip("/").partition("/")[0]
        page = Path(self.directory) / lang / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(folder: Path) -> ThreadingHTTPServer:
    """Serve a folder on a free port of this machine, in a thread of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def base_url(site: Path) -> Iterator[str]:
    """The address of the built site."""
    server = serve(site)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, the same for all tests of a process."""
    path = find_browser()
    if path is None:
        pytest.fail(ADVICE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser context: nothing stored, desktop width."""
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page whose faults the test can read in `page.faults`."""
    return watched(context.new_page())


def watched(page: Page) -> Page:
    """Note every console error, uncaught error, failed request and request to another host in `page.faults`."""
    faults: list[str] = []
    page.faults = faults  # type: ignore[attr-defined]
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: None if _cut_off(error) else faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}") if _lost(request) else None)
    page.on("request", lambda request: faults.append(f"elsewhere: {request.url}") if _elsewhere(request.url) else None)
    page.on(
        "response", lambda answer: faults.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
    )
    return page


def _lost(request: Request) -> bool:
    """A file that could not be had; not one that the browser stopped loading because the test went to another page."""
    return request.failure != "net::ERR_ABORTED"


def _cut_off(error: Error) -> bool:
    """
    A worker (the search) could not load one of its scripts. A script that is really not there is noted as a response or
    as a lost request besides; what remains is a worker that was still loading when the test went to another page.
    """
    return "importScripts" in error.message and "failed to load" in error.message


def _elsewhere(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "file:", "data:", "blob:", "about:"))


def vectors() -> list[Any]:
    """Every frozen grading case, named by its file and itself."""
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted((ROOT / "tests" / "vectors").glob("*.json"))
        if path.stem not in ("fold", "frozen")
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]
