"""The templates: one per kind beside its reader, and those for what all kinds share."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

PACKAGE = Path(__file__).parent.parent


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(PACKAGE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )


def render_template(name: str, **variables: Any) -> Markup:
    """Return a template of this package filled in; blank lines are left out, since Markdown would act on them."""
    html = _environment().get_template(name).render(**variables)
    return Markup("\n".join(line for line in html.split("\n") if line.strip()))


def script_json(value: Any) -> str:
    """Write JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
