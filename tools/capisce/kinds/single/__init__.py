"""Choose the one option that is right."""

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind
from capisce.kinds.options import read_options


def read(fields: Fields) -> Body:
    """Read the options; exactly one is right."""
    key, parts = read_options(fields, exclusive_allowed=False)
    if len(key.right) > 1:
        what = f"More than one option of `{fields.name}` is marked `correct: true`; a single choice has one."
        fix = "Keep one, or change the kind to `multiple`."
        fields.note("too-many-right", what, fix, "options")
    return Body(key, parts)


KIND = Kind("single", "choice", read)
