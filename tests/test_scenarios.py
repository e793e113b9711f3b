"""The bank of cases: fair, sourced, balanced, as its design asks."""

from __future__ import annotations

from collections import Counter

import pytest
from capisce.cli import main
from capisce.rendering.interface import Interface
from capisce.rendering.scenario import graph, outline
from capisce.scenario import MARKS
from capisce.words import LANGUAGES
from test_content import COURSES, ENGLISH

SCENARIOS = ENGLISH.scenarios


def test_there_are_fourteen_cases_in_varied_settings() -> None:
    assert len(SCENARIOS) >= 14
    assert len({scenario.setting for scenario in SCENARIOS.values()}) >= 10


@pytest.mark.parametrize("slug", SCENARIOS)
class TestCase:
    def test_has_four_to_seven_decisions_on_its_expert_path(self, slug: str) -> None:
        assert 4 <= len(SCENARIOS[slug].expert) <= 7

    def test_offers_three_or_four_choices_at_every_decision(self, slug: str) -> None:
        sizes = {len(scene.choices) for scene in SCENARIOS[slug].scenes.values() if not scene.ending}
        assert sizes <= {3, 4}

    def test_takes_ten_to_fifteen_minutes(self, slug: str) -> None:
        assert 10 <= (SCENARIOS[slug].minutes or 0) <= 15

    def test_rules_and_evidence_cite_a_source(self, slug: str) -> None:
        for scene in SCENARIOS[slug].scenes.values():
            for choice in scene.choices.values():
                assert choice.basis == "advice" or choice.sources, f"{scene.id}.{choice.id}"

    def test_a_mistake_can_be_repaired(self, slug: str) -> None:
        scenes = SCENARIOS[slug].scenes
        after = {c.to for s in scenes.values() for c in s.choices.values() if c.quality in ("poor", "harmful")}
        assert any(not scenes[name].ending for name in after)

    def test_the_page_gets_the_graph_and_its_sums_without_words(self, slug: str) -> None:
        steps = graph(SCENARIOS[slug])
        assert steps["possible"] == SCENARIOS[slug].sums.possible
        assert {q for scene in steps["scenes"].values() for step in scene.values() for q in [step["quality"]]} <= set(
            MARKS
        )

    def test_outline_names_every_scene_and_choice(self, slug: str) -> None:
        text = outline(SCENARIOS[slug])
        for scene in SCENARIOS[slug].scenes.values():
            assert f"\n{scene.id}" in text
            assert all(f"{choice.id} > {choice.to}" in text for choice in scene.choices.values())

    def test_has_the_same_graph_in_every_language(self, slug: str) -> None:
        assert all(graph(COURSES[lang].scenarios[slug]) == graph(SCENARIOS[slug]) for lang in LANGUAGES)


def test_the_best_choice_is_not_always_in_one_place() -> None:
    from capisce.rendering.scenario import ScenarioView
    from capisce.rendering.setting import Setting

    places = Counter(
        [choice.quality for choice in ScenarioView(scenario, Setting(ENGLISH)).shown(scene)].index("best")
        for scenario in SCENARIOS.values()
        for scene in scenario.scenes.values()
        if scene.choices
    )
    assert max(places.values()) <= 0.5 * sum(places.values())


def test_show_prints_the_tree_in_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "held-as-suspect", "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert Interface("fr").say("basis_rule") in said
    assert "* expert" in said
