"""The scripts as shipped: each with the words it says, and no word that nobody says."""

from __future__ import annotations

import json
import re

import pytest
from capisce.bundle import bundle
from capisce.rendering.interface import Interface
from conftest import LANGUAGES

_WORDS = re.compile(r"^const words=(\{.*\});$", re.M)
_PHRASE = re.compile(r'phrase\("([a-z_]+)"[,)]')


def words_of(script: str) -> dict[str, str]:
    """Return the words that a script carries."""
    match = _WORDS.search(script)
    return json.loads(match[1]) if match else {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_carried_by_a_script(lang: str) -> None:
    carried = {key for script in bundle(lang).values() for key in words_of(script)}
    assert carried == set(Interface(lang).script)


def test_every_script_carries_the_words_it_says() -> None:
    for name, script in bundle("en").items():
        assert set(_PHRASE.findall(script)) <= set(words_of(script)), name


def test_a_script_leaves_out_what_only_another_says() -> None:
    scripts = bundle("en")
    assert "recording_local" not in words_of(scripts["capisce.en.js"])
    assert "check_spelling" not in words_of(scripts["capisce-studio.en.js"])
