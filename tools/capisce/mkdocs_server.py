"""Serve the built site on this machine, and build it again when a file of the course changes."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from capisce.building import BuildFailed, build_site

HOST = "127.0.0.1"
_WATCHED = ("docs", "quizzes", "scenarios", "walkthroughs", "reference", "overrides", "tools", "mkdocs.yml")


_WAITING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>To mend</title></head>
<body><h1>To mend</h1><pre>{}</pre></body></html>
"""


class _Server(LiveReloadServer):
    """The MkDocs server with a 404 page in the language of the address asked for."""

    def _serve_request(self, environ: Any, start_response: Any) -> Any:
        self._asked = str(environ.get("PATH_INFO", "/"))
        return super()._serve_request(environ, start_response)

    def lost(self, code: int) -> bytes | None:
        """Return the page that says there is none."""
        lang = self._asked.lstrip("/").partition("/")[0]
        for page in (Path(self.root) / lang / "404.html", Path(self.root) / "404.html"):
            if code == 404 and page.is_file():
                return page.read_bytes()
        return None


def serve_site(root: Path, port: int, find: Callable[[], str]) -> None:
    """Serve until interrupted. `find` returns what stops a build, or nothing.

    A course that cannot be built leaves the last good site in place, or a page with the problems when there is
    none yet. Raises `OSError` when the port is taken.
    """
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder).resolve() / "site"

        def build(*_: Any) -> None:
            told = find()
            if not told:
                try:
                    build_site(root, site, policy=False)  # the server adds a script of its own to each page
                    return
                except BuildFailed as failure:
                    told = str(failure)
            print(f"{told}\nMend the file and save it; the site follows.", flush=True)
            if not (site / "en").is_dir():
                site.mkdir(exist_ok=True)
                (site / "index.html").write_text(_WAITING.format(escape(told)), encoding="utf-8")

        build()
        server = _Server(builder=build, host=HOST, port=port, root=str(site), mount_path="/")
        server.error_handler = server.lost
        for name in _WATCHED:
            if (root / name).exists():
                server.watch(str(root / name))
        print(f"The course is at http://{HOST}:{port}/  (Ctrl+C ends)", flush=True)
        try:
            server.serve()
        except KeyboardInterrupt:
            print()
        finally:
            server.shutdown()
