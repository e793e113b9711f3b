"""Put each item under its heading."""

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind, read_pairs


def read(fields: Fields) -> Body:
    """Read two to four headings and the items that belong under them."""
    return read_pairs(fields, "headings", "items", "heading", high=4)


KIND = Kind("sorting", "pairs", read)
