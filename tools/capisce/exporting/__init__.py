"""The question banks in the formats of other programs: Moodle XML, GIFT, QTI 3 and a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from capisce.exporting import gift, moodle_xml, qti, spreadsheet
from capisce.exporting.losses import Losses
from capisce.model import Course


@dataclass(frozen=True)
class Exporter:
    """A format: the ending of its files, how many languages fit into one of them, and the function that writes it."""

    name: str
    ending: str
    export: Callable[[Mapping[str, Course], Sequence[str], Losses, Callable[[], None]], bytes]
    """(language -> course, slugs of the quizzes, where losses are noted, called after every question) -> the file."""
    everywhere: tuple[str, ...]
    """What the format cannot carry of any question; the losses of one question are noted as they happen."""
    languages: str
    """`one` language a file, `may` be several in one file when asked, or `all` in one file always."""


EXPORTERS: Mapping[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("moodle-xml", "moodle.xml", moodle_xml.export, moodle_xml.EVERYWHERE, "may"),
        Exporter("gift", "gift.txt", gift.export, gift.EVERYWHERE, "one"),
        Exporter("qti", "qti.zip", qti.export, qti.EVERYWHERE, "one"),
        Exporter("csv", "csv", spreadsheet.export, spreadsheet.EVERYWHERE, "all"),
    )
}

__all__ = ["EXPORTERS", "Exporter"]
