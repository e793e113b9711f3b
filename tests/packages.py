"""Packages of the course for the browser tests, made and unpacked once for all test processes."""

from __future__ import annotations

import fcntl
import os
import zipfile
from pathlib import Path

import pytest
from capisce.packaging import PACKERS, Part
from capisce.reading import read_courses
from capisce.rendering.scenario import ScenarioView
from capisce.rendering.setting import Setting
from capisce.words import LANGUAGES
from conftest import ROOT
from playwright.sync_api import FrameLocator, Page

COURSES, _ = read_courses(ROOT, LANGUAGES)

Place = Page | FrameLocator
"""A page, or one inside a frame."""


def unpacked(tmp_path_factory: pytest.TempPathFactory, what: str, part: Part) -> Path:
    """Return the folder of an unpacked package."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    name = part.name(what).removesuffix(".zip")
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / name).exists():
            target = shared / f"{name}.zip"
            PACKERS[what](ROOT, target, part, COURSES, lambda line: None)
            with zipfile.ZipFile(target) as packed:
                packed.extractall(shared / name)
    return shared / name


def play(place: Place, slug: str, lang: str = "en") -> None:
    """Play a scenario along its expert path."""
    scenario = COURSES[lang].scenarios[slug]
    view = ScenarioView(scenario, Setting(COURSES[lang]))
    place.locator(".cap-offer .cap-go").first.click()
    for step in scenario.expert:
        scene, _, choice = step.partition(".")
        labels = [one.id for one in view.shown(scenario.scenes[scene])]
        place.locator(".cap-offered .cap-choice").nth(labels.index(choice)).click()
