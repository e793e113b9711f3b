"""How `capisce check` grows with the course: the whole command on 100, 1,000 and 10,000 questions in four languages."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from capisce.words import LANGUAGES
from course import all_kinds, write_course
from measuring import Command, machine, measure, spread, table

HEAD = (
    "questions",
    "files",
    "MB of text",
    "seconds: median (range)",
    "CPU s",
    "memory MB",
    "questions/s",
    "growth of CPU s",
)


def main() -> int:
    """Measure each size in turn and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(f"`capisce check`, questions of every kind with {len(LANGUAGES) - 1} translations each, {options.runs} runs")
    print(f"{machine()}\n", flush=True)
    rows: list[list[str]] = []
    before = 0.0
    for total in options.questions:
        with tempfile.TemporaryDirectory(prefix="capisce-check-") as folder:
            root = Path(folder)
            write_course(root, all_kinds(total))
            files = [path for path in root.rglob("*") if path.is_file()]
            weight = sum(path.stat().st_size for path in files) / 1e6
            command = Command([sys.executable, "-m", "capisce", "check", "--strict", "--root", folder], root)
            measure([command])  # once before, so that no run reads a cold disk
            taken = [measure([command]) for _ in range(options.runs)]
        now = median(run.processor for run in taken)
        growth = f"x {now / before:.1f}" if before else ""
        memory = f"{median(run.megabytes for run in taken):.0f}"
        rows.append([
            f"{total:,}", f"{len(files):,}", f"{weight:.1f}", spread([run.seconds for run in taken]), f"{now:.2f}",
            memory, f"{total / now:,.0f}", growth,
        ])  # fmt: skip
        before = now
    print(table(HEAD, rows))
    print(
        "\nCPU s: median processor time, which a busy machine changes less than the clock; the last two columns use it."
    )
    print(f"questions/s counts a question once, not once for each of its {len(LANGUAGES)} languages.\n{machine()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
