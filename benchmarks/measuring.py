"""Time and memory of commands that run side by side, and the weight of what they wrote."""

from __future__ import annotations

import gzip
import os
import platform
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

_ADDRESS = re.compile(r'<(?:script\b[^>]*\bsrc|link\b[^>]*rel="?stylesheet"?[^>]*\bhref)="?([^">\s]+)')
_WORKER = re.compile(r'"search":\s*"([^"]+\.js)"')


class CommandFailed(Exception):
    """A command that was to be measured did not succeed; the message is what it said."""


@dataclass(frozen=True)
class Command:
    """A program to run in a folder."""

    arguments: Sequence[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """What a run took: wall clock seconds, processor seconds, the largest memory of any one of its processes in MB."""

    seconds: float
    processor: float
    megabytes: float


def measure(commands: Sequence[Command]) -> Taken:
    """Run the commands side by side, as many at a time as there are processors."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        usages = list(pool.map(_run, commands))
    seconds = time.perf_counter() - begin
    processor = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Taken(seconds, processor, max(usage.ru_maxrss for usage in usages) / 1024)  # Linux counts kilobytes


def _run(command: Command) -> resource.struct_rusage:
    """Run one command; return what it and the processes it started have used."""
    with tempfile.TemporaryFile() as said:
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **command.environment}
        process = subprocess.Popen(
            command.arguments, cwd=command.folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise CommandFailed(f"{' '.join(command.arguments)}\n{said.read().decode(errors='replace')[-4000:]}")
    return usage


def gzipped(data: bytes) -> int:
    """Return how many bytes go over the network."""
    return len(gzip.compress(data, 6, mtime=0))


def pages_weight(pages: Sequence[Path]) -> tuple[float, float]:
    """Return the mean weight of pages in kB, raw and gzipped."""
    texts = [page.read_bytes() for page in pages]
    return sum(map(len, texts)) / len(texts) / 1000, sum(map(gzipped, texts)) / len(texts) / 1000


def loaded_weight(page: Path) -> tuple[float, float]:
    """Return the gzipped kB of the scripts and of the stylesheets in files that a page loads, its search included."""
    html = page.read_text(encoding="utf-8")
    found = {match[1] for pattern in (_ADDRESS, _WORKER) for match in pattern.finditer(html)}
    files = {(page.parent / address.partition("?")[0]).resolve() for address in found if "://" not in address}
    weights = {
        ending: sum(gzipped(file.read_bytes()) for file in files if file.suffix == ending) for ending in (".js", ".css")
    }
    return weights[".js"] / 1000, weights[".css"] / 1000


def index_weight(site: Path) -> float:
    """Return the kB of the search index that a page of this site loads."""
    files = [file for name in ("search/search_index.json", "search.json") if (file := site / name).is_file()]
    return files[0].stat().st_size / 1000 if files else 0.0


def spread(values: Sequence[float]) -> str:
    """Write the median with the smallest and the largest of several runs."""
    return f"{median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write rows as a Markdown table."""
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def machine() -> str:
    """Say in one line what the figures were taken on, and how busy it was."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}, load now {load}"
