"""The Content-Security-Policy that each page carries: its own files, and the inline scripts it has, by hash."""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.S)
_DATA = re.compile(r'type="application/(?:ld\+)?json"')


def add_policy(html: str) -> str:
    """Return the page with its policy as the first thing in its head.

    `form-action 'none'`: no form is ever sent. A meta element cannot forbid framing, and the course may be framed.
    """
    return html.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy(html)}">', 1)


def policy(html: str) -> str:
    """Return the policy for a page: nothing from elsewhere, no script but its own."""
    hashes = sorted({_hash(match[2]) for match in _INLINE.finditer(html) if not _DATA.search(match[1])})
    scripts = " ".join(["'self'", *(f"'sha256-{value}'" for value in hashes)])
    base = "'self'" if "<base " in html else "'none'"
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self'; img-src 'self' data:; "
        f"media-src 'self' blob:; "
        f"object-src 'none'; base-uri {base}; form-action 'none'"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
