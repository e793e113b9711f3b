"""Say whether a statement is true or false."""

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind
from capisce.model import ChoiceKey, Part


def read(fields: Fields) -> Body:
    """Read whether the statement is true, and the feedback for each of the two responses."""
    correct = fields.flag("correct", None)
    parts = (Part("true", "", fields.text("if-true")), Part("false", "", fields.text("if-false")))
    return Body(ChoiceKey(("true", "false"), ("true" if correct else "false",)), parts)


KIND = Kind("true-false", "choice", read)
