"""Check the graph of a scenario: that nobody gets stuck, and that the expert path is the best there is."""

from __future__ import annotations

from collections.abc import Mapping

from capisce.fields import Fields, nearest
from capisce.paths import in_order, is_open, reachable, sum_paths
from capisce.scenario import AXES, Scene, Sums


def check_graph(fields: Fields, scenes: Mapping[str, Scene], start: str, expert: tuple[str, ...]) -> Sums | None:
    """Note everything that is wrong with the graph; return its sums, or `None` when it cannot be played."""
    if start not in scenes:
        if start:
            fields.note("unknown-scene", f"`start: {start}` is not a scene.", nearest(start, scenes), "start")
        return None
    sound = True
    for name, scene in scenes.items():
        sound = _check_scene(_scene_fields(fields, name), scene, scenes) and sound
    for name in scenes.keys() - reachable(scenes, start):
        what = f"No path from the start comes to `{name}`."
        _scene_fields(fields, name).note("unreachable-scene", what, "Lead a choice to it, or take it out.")
    _, turning = in_order(scenes, start)
    if turning:
        what = f"A path that passes `{turning}` comes back to it."
        _scene_fields(fields, turning).note("cycle", what, "Lead the choice on to a scene that comes later.")
        return None
    if not sound:
        return None
    sums, stuck, opened = sum_paths(scenes, start)
    for name in sorted(stuck):
        what = f"With some totals, no choice of `{name}` is open, so learners get stuck."
        _scene_fields(fields, name).note("dead-end", what, "Leave one choice without `when:`.", "choices")
    for name, ids in opened.items():
        for choice in scenes[name].choices.keys() - ids:
            what = f"No path makes `{choice}` possible: its condition never holds."
            _choices(fields, name).note("closed-choice", what, "Change its `when:`.", choice)
    _check_endings(fields, scenes)
    _check_axes(fields, scenes)
    _check_expert(fields, scenes, start, expert, sums)
    return sums if not stuck else None


def _check_scene(fields: Fields, scene: Scene, scenes: Mapping[str, Scene]) -> bool:
    sound = True
    if scene.ending and scene.choices:
        fields.note("unknown-key", f"`{scene.id}` is an ending and has choices.", "Keep one of the two.", "choices")
    if not scene.ending and not scene.choices:
        what = f"`{scene.id}` has no choices and is not an ending, so learners get stuck."
        fields.note("dead-end", what, "Add `choices:`, or `ending: good | mixed | poor`.")
        sound = False
    if scene.choices and not any(choice.quality == "best" for choice in scene.choices.values()):
        what = f"No choice of `{scene.id}` is the best one."
        fields.note("no-best-choice", what, "Give one of them `quality: best`.", "choices")
    for choice in scene.choices.values():
        if choice.to and choice.to not in scenes:
            what = f"`to: {choice.to}` is not a scene."
            below = Fields(fields.document, (*fields.path, "choices", choice.id), {}, fields.problems)
            below.note("unknown-scene", what, nearest(choice.to, scenes), "to")
        sound = sound and choice.to in scenes
    return sound


def _check_endings(fields: Fields, scenes: Mapping[str, Scene]) -> None:
    kinds = {scene.ending for scene in scenes.values() if scene.ending}
    if "good" not in kinds or len(kinds) < 2:
        what = "A scenario needs at least two endings of different kinds, one of them good."
        fields.note(
            "no-good-ending", what, "Add a scene with `ending: good`, and one with `mixed` or `poor`.", "scenes"
        )


def _check_axes(fields: Fields, scenes: Mapping[str, Scene]) -> None:
    moved = {axis for scene in scenes.values() for choice in scene.choices.values() for axis in choice.effects}
    for axis in AXES:
        if axis not in moved:
            what = f"No choice moves `{axis}`, so its bar in the debrief would say nothing."
            fields.note("still-axis", what, f"Give a choice `effects: {{{axis}: 1}}`.", "scenes")


def _check_expert(fields: Fields, scenes: Mapping[str, Scene], start: str, expert: tuple[str, ...], sums: Sums) -> None:
    here, marks, totals = start, 0, dict.fromkeys(AXES, 0)
    for step in expert:
        scene, _, name = step.partition(".")
        choice = scenes[scene].choices.get(name) if scene in scenes else None
        if scene != here or choice is None:
            fields.note("expert-path", f"`{step}` is not a step that can be made in `{here}`.", "", "expert")
            return
        if choice.quality != "best" or not is_open(choice, totals):
            fields.note("expert-path", f"`{step}` is not a best choice that is open there.", "", "expert")
            return
        marks += choice.marks
        totals = {axis: totals[axis] + choice.effects.get(axis, 0) for axis in AXES}
        here = choice.to
    if expert and scenes[here].ending != "good":
        fields.note("expert-path", f"The expert path stops in `{here}`, which is not a good ending.", "", "expert")
    elif expert and marks < sums.possible:
        what = f"The expert path earns {marks} marks, and another path earns {sums.possible}."
        fields.note("expert-path", what, "A detour after a mistake must not earn more than the mistake lost.", "expert")


def _scene_fields(fields: Fields, name: str) -> Fields:
    return Fields(fields.document, ("scenes", name), {}, fields.problems)


def _choices(fields: Fields, name: str) -> Fields:
    return Fields(fields.document, ("scenes", name, "choices"), {}, fields.problems)
