"""Make the virtual environment and install the locked packages; needs nothing but a stock Python."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
OLDEST = (3, 11)


def main(lock: str) -> int:
    """Install the packages of `lock`, and the course's own tools as they lie in this folder."""
    if sys.version_info < OLDEST:
        print(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}. "
              "Name another with: make PYTHON=python3.12 ...", file=sys.stderr)  # fmt: skip
        return 1
    print("Setting up, once; this takes a minute or two.", flush=True)
    try:
        if not (FOLDER / "bin" / "pip").exists():
            venv.create(FOLDER, symlinks=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError):
        print(
            "Python cannot make a virtual environment here. On Debian or Ubuntu: apt install python3-venv.",
            file=sys.stderr,
        )
        return 1
    return _install("--require-hashes", "-r", lock) or _install("--no-deps", "--no-build-isolation", "-e", ".")


def _install(*what: str) -> int:
    pip = [str(FOLDER / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *what]
    done = subprocess.run(pip, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        print("The packages could not be installed; the lines above say why. Is there a network?", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
