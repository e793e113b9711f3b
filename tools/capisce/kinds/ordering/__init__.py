"""Put steps in their order."""

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind, check_same_words
from capisce.model import OrderKey, Part


def read(fields: Fields) -> Body:
    """Read the items, written in the right order; the page shows them in another."""
    parts = []
    for name, below in fields.each("items", low=3, high=8):
        parts.append(Part(name, below.text("text"), below.text("feedback", required=False)))
        below.finish()
    check_same_words(fields, "items", parts)
    return Body(OrderKey(tuple(part.id for part in parts)), tuple(parts))


KIND = Kind("ordering", "order", read)
