"""What a scenario's graph allows, over every path, in time that grows with scenes and not with paths."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from operator import add

from capisce.scenario import AXES, Choice, Scene, Sums

Totals = tuple[int, ...]
"""The totals of the axes that conditions read, in the order of `read_axes`."""


_Reach = tuple[int, tuple[int, ...], tuple[int, ...]]
"""The most marks, and each axis at its least and at its most, with which a state can be reached."""


def reachable(scenes: Mapping[str, Scene], start: str) -> set[str]:
    """Return the scenes that some path from the start comes to, conditions left aside."""
    seen, queue = {start} & scenes.keys(), deque({start} & scenes.keys())
    while queue:
        for choice in scenes[queue.popleft()].choices.values():
            if choice.to in scenes and choice.to not in seen:
                seen.add(choice.to)
                queue.append(choice.to)
    return seen


def in_order(scenes: Mapping[str, Scene], start: str) -> tuple[list[str], str]:
    """Return the reachable scenes, each after all that lead to it, and a scene on a cycle if there is one."""
    reached = reachable(scenes, start)
    waiting = dict.fromkeys(reached, 0)
    for name in reached:
        for to in {choice.to for choice in scenes[name].choices.values()} & reached:
            waiting[to] += 1
    queue, order = deque(name for name in reached if not waiting[name]), []
    while queue:
        name = queue.popleft()
        order.append(name)
        for to in {choice.to for choice in scenes[name].choices.values()} & reached:
            waiting[to] -= 1
            if not waiting[to]:
                queue.append(to)
    return order, next((name for name in scenes if waiting.get(name)), "")


def read_axes(scenes: Mapping[str, Scene]) -> tuple[str, ...]:
    """Return the axes that some condition reads."""
    read = {c.axis for scene in scenes.values() for choice in scene.choices.values() for c in choice.when}
    return tuple(axis for axis in AXES if axis in read)


def is_open(choice: Choice, totals: Mapping[str, int]) -> bool:
    """Say whether a choice can be made with these totals."""
    return all(condition.holds(totals.get(condition.axis, 0)) for condition in choice.when)


def sum_paths(scenes: Mapping[str, Scene], start: str) -> tuple[Sums, set[str], dict[str, set[str]]]:
    """Return what can be reached from the start, the scenes where a learner can get stuck, and the scenes and
    choices that are open on some path.

    Dynamic programming over scenes and the totals that conditions still to come read; the scenes hold no cycle.
    """
    order, _ = in_order(scenes, start)
    axes = read_axes(scenes)
    ahead = _axes_ahead(scenes, order)
    states: dict[str, dict[Totals, _Reach]] = {name: {} for name in order}
    ends: list[_Reach] = []
    stuck, opened = set(), {name: set[str]() for name in order}
    if order:
        states[start][(0,) * len(axes)] = (0, (0,) * len(AXES), (0,) * len(AXES))
    for name in order:
        steps = [(choice, _moves(choice)) for choice in scenes[name].choices.values() if choice.to in states]
        for totals, reach in states.pop(name).items():
            known = dict(zip(axes, totals, strict=True))
            taken = [(choice, moves) for choice, moves in steps if is_open(choice, known)]
            for choice, moves in taken:
                opened[name].add(choice.id)
                after = tuple(
                    total + choice.effects.get(axis, 0) if axis in ahead[choice.to] else 0
                    for axis, total in zip(axes, totals, strict=True)
                )
                _widen(states[choice.to], after, _moved(reach, choice.marks, moves))
            if not taken:
                ends.append(reach)
                if not scenes[name].ending:
                    stuck.add(name)
    lows, highs = zip(*((low, high) for _, low, high in ends), strict=True) if ends else (((0,) * 4,), ((0,) * 4,))
    reaches = {axis: (min(low[n] for low in lows), max(high[n] for high in highs)) for n, axis in enumerate(AXES)}
    return Sums(max((marks for marks, _, _ in ends), default=0), reaches), stuck, opened


def _axes_ahead(scenes: Mapping[str, Scene], order: list[str]) -> dict[str, frozenset[str]]:
    """Return, for each scene, the axes that a condition in it or after it reads."""
    ahead: dict[str, frozenset[str]] = {}
    for name in reversed(order):
        choices = scenes[name].choices.values()
        own = {condition.axis for choice in choices for condition in choice.when}
        ahead[name] = frozenset(own).union(*(ahead[choice.to] for choice in choices if choice.to in ahead))
    return ahead


def _moves(choice: Choice) -> tuple[int, ...]:
    return tuple(choice.effects.get(axis, 0) for axis in AXES)


def _moved(reach: _Reach, marks: int, moves: tuple[int, ...]) -> _Reach:
    return reach[0] + marks, tuple(map(add, reach[1], moves)), tuple(map(add, reach[2], moves))


def _widen(states: dict[Totals, _Reach], totals: Totals, reach: _Reach) -> None:
    """Note another way to reach a state."""
    old = states.get(totals)
    if old is not None:
        reach = max(old[0], reach[0]), tuple(map(min, old[1], reach[1])), tuple(map(max, old[2], reach[2]))
    states[totals] = reach
