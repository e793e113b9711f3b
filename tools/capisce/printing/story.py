"""A case on paper: its scenes in one row with numbers to go on to, and why each choice is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from capisce.exporting.inline import Writer
from capisce.printing.paper import colon, with_letters
from capisce.rendering.scenario import ScenarioView
from capisce.scenario import Choice, Scene


@dataclass(frozen=True)
class Story(ScenarioView):
    """A scenario as the templates of a book see it; its words link to no page of the site."""

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.setting.course, tag="span")

    def words(self, text: str) -> Markup:
        return Markup(self.writer.html(text, self.scenario.lang))

    def paragraphs(self, text: str) -> Markup:
        return Markup(self.writer.paragraphs(text, self.scenario.lang))

    @property
    def colon(self) -> str:
        """A colon after a word, with the space that French puts before it."""
        return colon(self.setting)

    @property
    def foreign(self) -> str:
        """The scenario's language where it is not the book's."""
        return self.scenario.lang if self.scenario.lang != self.setting.lang else ""

    @property
    def own(self) -> Markup:
        """The book's language, as an attribute, for its words inside a scenario shown in another."""
        return Markup(' lang="{}"').format(self.setting.lang) if self.foreign else Markup("")

    @cached_property
    def scenes(self) -> list[tuple[int, Scene]]:
        """The scenes with their numbers: the endings last, as on the page."""
        scenes = sorted(self.scenario.scenes.values(), key=lambda scene: bool(scene.ending))
        return list(enumerate(scenes, 1))

    def choices(self, scene: Scene) -> list[tuple[str, Choice]]:
        """The choices of a scene with the letters they have on paper."""
        return with_letters(self.shown(scene))

    def onward(self, choice: Choice) -> str:
        """Say where a choice leads."""
        number = next(number for number, scene in self.scenes if scene.id == choice.to)
        return self.setting.interface.write("to_scene", n=number)

    def condition(self, choice: Choice) -> str:
        """Say on what a choice depends, which paper cannot count."""
        axes = self.setting.interface.script
        signs = {">=": "≥", "<=": "≤"}
        needs = [f"{axes[f'axis_{need.axis}']} {signs[need.sign]} {need.value}" for need in choice.when]
        return self.setting.interface.write("only_if", conditions=", ".join(needs))

    def sources(self, choice: Choice) -> list[Markup]:
        """The sources that the reason does not cite itself."""
        return [Markup(self.writer.source(name)) for name in choice.sources if f"[@{name}" not in choice.because]
