"""Write a zip that is the same for the same files, and never half a file."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Yield a new file in the folder of `target`; it takes its place at the end, or vanishes when anything fails."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(handle)
    new = Path(name)
    try:
        yield new
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)
        new.replace(target)
    finally:
        with suppress(OSError):
            new.unlink()


def files_of(folder: Path) -> list[str]:
    """Return the path of every file below a folder, with `/`, sorted."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def write_zip(folder: Path, target: Path) -> None:
    """Pack every file of a folder: entries sorted, one time and one permission for all, sizes before the data.

    The same files give the same bytes wherever Python packs with the same zlib.
    """
    with target.open("wb") as file, zipfile.ZipFile(file, "w") as packed:
        for name in files_of(folder):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            packed.writestr(entry, (folder / name).read_bytes(), compresslevel=9)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(folder: Path, names: Iterable[str]) -> str:
    """Return a line for each file, in the form that `sha256sum --check` reads."""
    return "".join(f"{sha256(folder / name)}  {name}\n" for name in names)
