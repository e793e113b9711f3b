"""Packages of the course to hand on: a zip for any web space or USB stick, and one for a learning platform."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from capisce.building import build_site
from capisce.model import Course
from capisce.packaging.plan import PackageRefused, Part, checksum_of, choose_part, choose_target
from capisce.packaging.read_me import READ_ME, render_read_me
from capisce.packaging.scorm import add_scorm
from capisce.packaging.zipping import beside, checksums, files_of, sha256, write_zip
from capisce.selecting import select_modules

__all__ = ["CHECKSUMS", "PACKERS", "PackageRefused", "Part", "choose_part", "choose_target", "pack_scorm", "pack_site"]

CHECKSUMS = "SHA256SUMS.txt"
_NEED_AN_ADDRESS = ("sitemap.xml", "sitemap.xml.gz")

Courses = Mapping[str, Course]
Tell = Callable[[str], None]


def pack_site(root: Path, target: Path, part: Part, courses: Courses, tell: Tell) -> None:
    """Write the zip that works unpacked anywhere, and its checksum beside it."""

    def finish(site: Path) -> None:
        (site / READ_ME).write_bytes(render_read_me(part.languages))
        (site / CHECKSUMS).write_text(checksums(site, files_of(site)), encoding="utf-8")

    _pack(root, target, part, tell, finish)


def pack_scorm(root: Path, target: Path, part: Part, courses: Courses, tell: Tell) -> None:
    """Write the SCORM 1.2 package, and its checksum beside it."""
    own = {lang: select_modules(courses[lang], part.modules) for lang in part.languages}
    _pack(root, target, part, tell, lambda site: add_scorm(site, own, part.modules))


PACKERS = {"site": pack_site, "scorm": pack_scorm}
"""The sorts of package by name. Each raises `BuildFailed` and `PackageRefused`, and leaves `target` as it was."""


def _pack(root: Path, target: Path, part: Part, tell: Tell, finish: Callable[[Path], None]) -> None:
    """Build the part in a folder of its own, finish it there, and only then put the zip in its place."""
    try:
        target.parent.mkdir(exist_ok=True)
        with (
            beside(target) as packed,
            beside(checksum_of(target)) as summed,
            tempfile.TemporaryDirectory(prefix="capisce-") as scratch,
        ):
            site = Path(scratch).resolve() / "site"
            tell(f"Building the pages in {', '.join(part.languages)} ...")
            build_site(root, site, part.languages, modules=part.modules)
            for lang in part.languages:
                for name in _NEED_AN_ADDRESS:
                    (site / lang / name).unlink(missing_ok=True)
            finish(site)
            tell(f"Packing {len(files_of(site))} files into {target.name} ...")
            write_zip(site, packed)
            summed.write_text(f"{sha256(packed)}  {target.name}\n", encoding="utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        raise PackageRefused(
            f"{target} cannot be written: {why}. Make room, or choose another place with --to."
        ) from error
