"""What a scenario's graph allows, over every path, in time that grows with scenes and not with paths."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from capisce.scenario import AXES, Choice, Scene, Sums

Totals = tuple[int, ...]
"""The totals of the axes that conditions read, in the order of `read_axes`."""


class _Reach:
    """The most marks, and the least and most of each axis, with which a state can be reached."""

    def __init__(self) -> None:
        self.marks = -1
        self.low = dict.fromkeys(AXES, 10**6)
        self.high = dict.fromkeys(AXES, -(10**6))

    def take(self, marks: int, low: Mapping[str, int], high: Mapping[str, int]) -> None:
        """Widen the reach by another way to get here."""
        self.marks = max(self.marks, marks)
        for axis in AXES:
            self.low[axis] = min(self.low[axis], low[axis])
            self.high[axis] = max(self.high[axis], high[axis])


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

    Dynamic programming over scenes and the totals that conditions read; the scenes must hold no cycle.
    """
    axes = read_axes(scenes)
    states: dict[str, dict[Totals, _Reach]] = {name: {} for name in scenes}
    zero = dict.fromkeys(AXES, 0)
    order, _ = in_order(scenes, start)
    if order:
        _state(states[start], (0,) * len(axes)).take(0, zero, zero)
    end, stuck, opened = _Reach(), set(), {name: set[str]() for name in scenes}
    for name in order:
        for totals, reach in states[name].items():
            known = dict(zip(axes, totals, strict=True))
            choices = [c for c in scenes[name].choices.values() if c.to in scenes and is_open(c, known)]
            if not choices:
                end.take(reach.marks, reach.low, reach.high)
                if not scenes[name].ending:
                    stuck.add(name)
            for choice in choices:
                opened[name].add(choice.id)
                after = tuple(known[axis] + choice.effects.get(axis, 0) for axis in axes)
                low = {axis: reach.low[axis] + choice.effects.get(axis, 0) for axis in AXES}
                high = {axis: reach.high[axis] + choice.effects.get(axis, 0) for axis in AXES}
                _state(states[choice.to], after).take(reach.marks + choice.marks, low, high)
    sums = Sums(max(end.marks, 0), {axis: (end.low[axis], end.high[axis]) if order else (0, 0) for axis in AXES})
    return sums, stuck, {name: ids for name, ids in opened.items() if states[name]}


def _state(states: dict[Totals, _Reach], totals: Totals) -> _Reach:
    return states.setdefault(totals, _Reach())
