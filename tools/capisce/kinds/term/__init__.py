"""Type a term."""

from capisce.fields import Fields
from capisce.kinds.kind import Body, Kind
from capisce.model import Part, TextKey
from capisce.words import LANGUAGES


def read(fields: Fields) -> Body:
    """Read the accepted spellings and, where there are any, typical misses with their feedback.

    `lang` is for a term of one language, the same whatever the language of the page.
    """
    typed_lang = fields.one_of("lang", LANGUAGES, "")
    accepted = fields.texts("accepted")
    parts, misses = [], {}
    for name, below in fields.each("misses", required=False):
        misses[name] = below.texts("accepted")
        parts.append(Part(name, ", ".join(misses[name]), below.text("feedback")))
        below.finish()
    return Body(TextKey(accepted, misses), tuple(parts), typed_lang=typed_lang)


KIND = Kind("term", "text", read)
