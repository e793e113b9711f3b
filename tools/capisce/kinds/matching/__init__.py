"""Find for each item what belongs to it."""

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind, read_pairs


def read(fields: Fields) -> Body:
    """Read the targets and the items; several items may share a target, and a target may stay free."""
    return read_pairs(fields, "targets", "items", "target", high=8)


KIND = Kind("matching", "pairs", read)
