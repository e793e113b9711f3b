"""The question kinds, one folder each; a new one is one line here."""

from collections.abc import Mapping

from capisce.kinds.gaps import KIND as GAPS
from capisce.kinds.kind import Body, Kind
from capisce.kinds.matching import KIND as MATCHING
from capisce.kinds.multiple import KIND as MULTIPLE
from capisce.kinds.ordering import KIND as ORDERING
from capisce.kinds.place import KIND as PLACE
from capisce.kinds.reflect import KIND as REFLECT
from capisce.kinds.render import KIND as RENDER
from capisce.kinds.single import KIND as SINGLE
from capisce.kinds.sorting import KIND as SORTING
from capisce.kinds.spot import KIND as SPOT
from capisce.kinds.term import KIND as TERM
from capisce.kinds.true_false import KIND as TRUE_FALSE

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (SINGLE, MULTIPLE, TRUE_FALSE, MATCHING, ORDERING, SORTING, GAPS, TERM, SPOT, PLACE, REFLECT, RENDER)
}

__all__ = ["KINDS", "Body", "Kind", "folder_of"]


def folder_of(kind: str) -> str:
    """Return the folder below this one that holds a kind's files."""
    return kind.replace("-", "_")
