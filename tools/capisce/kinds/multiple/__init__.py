"""Choose every option that is right."""

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind
from capisce.kinds.options import read_options


def read(fields: Fields) -> Body:
    """Read the options; `choose: any` hides how many are right, `exclusive: true` marks "none of these"."""
    key, parts = read_options(fields, exclusive_allowed=True)
    choose_any = fields.one_of("choose", ["any", "count"], "count") == "any"
    return Body(key, parts, choose_any=choose_any)


KIND = Kind("multiple", "choice", read)
