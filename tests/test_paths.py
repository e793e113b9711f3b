"""Sums over every path of a scenario: alike with brute force on small graphs, and quick on large ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capisce.paths import in_order, is_open, reachable, sum_paths
from capisce.scenario import AXES, MARKS, Choice, Condition, Scene
from hypothesis import given
from hypothesis import strategies as st


def choice(name: str, to: str, quality: str = "best", effects: Mapping[str, int] | None = None,
           when: tuple[Condition, ...] = ()) -> Choice:  # fmt: skip
    """Return a choice of which only the graph matters."""
    return Choice(name, "x", quality, to, "x", "x", effects=effects or {}, when=when)


def scene(name: str, *choices: Choice) -> Scene:
    """Return a scene with choices, or an ending without."""
    return Scene(name, "x", choices={c.id: c for c in choices}, ending="" if choices else "good")


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Scene]:
    """A small graph without cycles: choices lead only to later scenes; the last scene is an ending."""
    count = draw(st.integers(2, 6))
    axes = st.sampled_from(AXES)
    scenes = {}
    for place in range(count):
        options = []
        for number in range(draw(st.integers(1, 3)) if place < count - 1 else 0):
            conditions = st.builds(Condition, axes, st.sampled_from([">=", "<="]), st.integers(-2, 2))
            options.append(
                choice(
                    f"c{number}",
                    f"s{draw(st.integers(place + 1, count - 1))}",
                    draw(st.sampled_from(sorted(MARKS))),
                    draw(st.dictionaries(axes, st.integers(-2, 2), max_size=3)),
                    tuple(draw(st.lists(conditions, max_size=1))),
                )
            )
        scenes[f"s{place}"] = scene(f"s{place}", *options)
    return scenes


def walk(
    scenes: Mapping[str, Scene], here: str, marks: int, totals: Mapping[str, int]
) -> Iterator[tuple[str, int, dict[str, int]]]:
    """Yield where every single path ends, with its marks and totals."""
    options = [c for c in scenes[here].choices.values() if is_open(c, totals)]
    if not options:
        yield here, marks, dict(totals)
    for option in options:
        after = {axis: totals[axis] + option.effects.get(axis, 0) for axis in AXES}
        yield from walk(scenes, option.to, marks + option.marks, after)


@given(graphs())
def test_sums_agree_with_walking_every_path(scenes: dict[str, Scene]) -> None:
    ends = list(walk(scenes, "s0", 0, dict.fromkeys(AXES, 0)))
    sums, stuck, _ = sum_paths(scenes, "s0")
    assert sums.possible == max(marks for _, marks, _ in ends)
    for axis in AXES:
        totals = [end[axis] for _, _, end in ends]
        assert sums.axes[axis] == (min(totals), max(totals))
    assert stuck == {here for here, _, _ in ends if not scenes[here].ending}


@given(graphs())
def test_order_puts_every_scene_after_all_that_lead_to_it(scenes: dict[str, Scene]) -> None:
    order, turning = in_order(scenes, "s0")
    assert turning == ""
    assert set(order) == reachable(scenes, "s0")
    for name in order:
        assert all(order.index(c.to) > order.index(name) for c in scenes[name].choices.values())


def test_a_scene_on_a_cycle_is_named() -> None:
    scenes = {"a": scene("a", choice("x", "b")), "b": scene("b", choice("x", "a"))}
    assert in_order(scenes, "a")[1] in {"a", "b"}


def test_marks_are_the_most_from_the_start_and_not_along_the_path_taken() -> None:
    scenes = {
        "start": scene("start", choice("good", "more"), choice("bad", "end", "poor")),
        "more": scene("more", choice("good", "end"), choice("bad", "end", "harmful")),
        "end": scene("end"),
    }
    assert sum_paths(scenes, "start")[0].possible == 4


def test_five_hundred_scenes_with_conditions_are_summed_without_walking_every_path() -> None:
    last = 499
    scenes = {
        f"s{n}": scene(
            f"s{n}",
            choice("a", f"s{min(n + 1, last)}", "best", {"trust": 1}),
            choice("b", f"s{min(n + 2, last)}", "poor", {"trust": -1, "care": -1}),
            choice("c", f"s{min(n + 1, last)}", "acceptable", {"role": 1}, (Condition("trust", ">=", 2),) * (n < 60)),
        )
        for n in range(last)
    }
    scenes[f"s{last}"] = scene(f"s{last}")
    sums, stuck, _ = sum_paths(scenes, "s0")  # walking every path would take longer than the sun will shine
    assert sums.possible == 2 * last
    assert not stuck
