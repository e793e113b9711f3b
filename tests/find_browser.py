"""Find a Chromium to test with, or get one: Debian's, else Playwright's own; say plainly when neither can be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from capisce.browser import find_browser

__all__ = ["ADVICE", "find_browser"]

ADVICE = (
    "No Chromium was found for the browser tests. Install one with `apt install chromium` or "
    "`.venv/bin/python -m playwright install --with-deps chromium`, or name one in CAPISCE_CHROMIUM."
)


def get_browser() -> None:
    """Install a Chromium: Debian's where this user may, else the one that Playwright brings."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=environment, **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-q", "-y", "chromium"], env=environment, **quiet)  # type: ignore[call-overload]
    if find_browser() is None:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def main() -> int:
    """Make sure that there is a browser; the exit status says whether there is."""
    if find_browser() is None:
        print("Getting a Chromium for the browser tests, once.", flush=True)
        get_browser()
    if find_browser() is None:
        print(ADVICE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
