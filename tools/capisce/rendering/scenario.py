"""A scenario as linked sections that read well without scripts: scenes, what follows each choice, and why."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from capisce.rendering.inline import plain, render_cite, render_inline, render_paragraphs
from capisce.rendering.question import shuffled, speaker_name
from capisce.rendering.setting import Setting
from capisce.rendering.templates import render_template, script_json
from capisce.rendering.typography import typeset
from capisce.scenario import Choice, Scenario, Scene, Speaker
from capisce.words import State


def render_scenario(scenario: Scenario, setting: Setting) -> Markup:
    """Return the whole scenario, with the sums that the page runtime needs for the debrief."""
    foreign = scenario.lang if scenario.lang != setting.lang else ""
    return render_template(
        "rendering/scenario.html",
        scenario=scenario,
        scenes=[scene for scene in scenario.scenes.values() if not scene.ending]
        + [scene for scene in scenario.scenes.values() if scene.ending],
        view=ScenarioView(scenario, setting),
        foreign=foreign,
        own=Markup(' lang="{}"').format(setting.lang) if foreign else "",
        stale=scenario.state is State.STALE,
        minutes=setting.interface.count("n_minutes", scenario.minutes) if scenario.minutes else "",
        say=setting.interface.say,
        outline=outline(scenario),
        data=Markup(script_json(graph(scenario))),
    )


def graph(scenario: Scenario) -> dict[str, Any]:
    """Return what the page runtime needs to play: no words, only the graph and its sums."""
    return {
        "start": scenario.start,
        "possible": scenario.sums.possible,
        "axes": {axis: list(reach) for axis, reach in scenario.sums.axes.items()},
        "scenes": {
            scene.id: {choice.id: _step(choice) for choice in scene.choices.values()}
            for scene in scenario.scenes.values()
        },
        "endings": {scene.id: scene.ending for scene in scenario.scenes.values() if scene.ending},
    }


def _step(choice: Choice) -> dict[str, Any]:
    step: dict[str, Any] = {"to": choice.to, "quality": choice.quality, "marks": choice.marks}
    if choice.effects:
        step["effects"] = dict(choice.effects)
    if choice.when:
        step["when"] = [[condition.axis, condition.sign, condition.value] for condition in choice.when]
    return step


_SIGNS = {"best": "+", "acceptable": "~", "poor": "-", "harmful": "!"}


def outline(scenario: Scenario) -> str:
    """Return the tree as text: scenes in order, each choice with its quality sign, its effects and where it leads."""
    lines = [f"{scenario.start} >"]
    for scene in scenario.scenes.values():
        lines.append(f"\n{scene.id}" + (f"  [{scene.ending}]" if scene.ending else ""))
        for choice in scene.choices.values():
            effects = " ".join(f"{axis}{value:+d}" for axis, value in choice.effects.items())
            needs = " ".join(f"if {c.axis} {c.sign} {c.value}" for c in choice.when)
            expert = "*" if f"{scene.id}.{choice.id}" in scenario.expert else " "
            notes = "  ".join(part for part in (effects, needs) if part)
            lines.append(
                f" {expert}{_SIGNS[choice.quality]} {choice.id} > {choice.to}" + (f"  ({notes})" if notes else "")
            )
    reach = ", ".join(f"{axis} {low}..{high}" for axis, (low, high) in scenario.sums.axes.items())
    return "\n".join(
        [*lines, "", f"{scenario.sums.possible} / {reach}", "+ best  ~ acceptable  - poor  ! harmful  * expert"]
    )


@dataclass(frozen=True)
class ScenarioView:
    """What the template may ask of a scenario."""

    scenario: Scenario
    setting: Setting

    def words(self, text: str) -> Markup:
        """Show words with their marks."""
        return render_inline(text, self.setting, self.scenario.lang)

    def plain_words(self, text: str) -> Markup:
        """Show words that stand inside a link, where another link cannot."""
        return Markup(escape(self.label(text), quote=False))

    def paragraphs(self, text: str) -> Markup:
        return render_paragraphs(text, self.setting, self.scenario.lang)

    def label(self, text: str) -> str:
        """Show words where only plain text can stand."""
        return typeset(plain(text), self.scenario.lang)

    def name(self, speaker: Speaker) -> str:
        """Name somebody of the cast, a child by initial and age."""
        return speaker_name(speaker, self.scenario.lang)

    def did(self, choice: Choice) -> Markup:
        """Say what the learner did."""
        said = escape(self.setting.interface.say("you_did", text="\0"), quote=False)
        return Markup(said.replace("\0", str(self.words(choice.text))))

    def shown(self, scene: Scene) -> list[Choice]:
        """The choices as the page shows them, shuffled alike every time, so that their order tells nothing."""
        return [scene.choices[id_] for id_ in shuffled(list(scene.choices), f"{self.scenario.slug}.{scene.id}")]

    def sources(self, choice: Choice) -> list[Markup]:
        """Links to the sources that the reason does not cite itself."""
        return [
            Markup(render_cite(source, "", self.setting))
            for source in choice.sources
            if f"[@{source}" not in choice.because
        ]
