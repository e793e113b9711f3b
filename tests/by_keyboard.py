"""Drives a page by keyboard alone, as a learner without a mouse does; what a response is worth is said in Python."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from capisce.grading import grade
from capisce.model import ChecklistKey, ChoiceKey, Key, OrderKey, PairsKey, Score, SpotKey, SpotTurn, TextKey
from capisce.rendering.interface import Interface
from playwright.sync_api import Locator, Page

_WAY_TO = """(place, controls) => {
    const now = document.activeElement;
    const found = Array.from(place.querySelectorAll(controls));
    if (found.includes(now)) return 0;
    if (!now || now === document.body) return 1;
    return now.compareDocumentPosition(found[0]) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}"""
_SHOWN = """(form) => {
    const verdict = form.querySelector(".cap-verdict");
    const text = (selector) => (verdict.querySelector(selector) || {textContent: ""}).textContent.trim();
    return {word: text(".cap-outcome strong"), marks: text(".cap-score"), focused: document.activeElement === verdict};
}"""


@dataclass(frozen=True)
class Shown:
    """What a verdict shows, and whether it has the focus."""

    word: str
    marks: str
    focused: bool = True


def read_key(form: Locator) -> Key:
    """Read the key that the form carries."""
    found = json.loads(form.locator(".cap-data").text_content() or "")
    match found.pop("rule"):
        case "choice":
            return ChoiceKey(**found)
        case "pairs":
            return PairsKey(**found)
        case "order":
            return OrderKey(**found)
        case "text":
            return TextKey(**found)
        case "spot":
            return SpotKey(found["errors"], {name: SpotTurn(**turn) for name, turn in found["turns"].items()})
        case _:
            return ChecklistKey(**found)


def full_response(key: Key) -> Any:
    """Return the response that earns every mark."""
    match key:
        case ChoiceKey():
            return list(key.right)
        case PairsKey():
            return {part: right[0] for part, right in key.parts.items()}
        case OrderKey():
            return list(key.items)
        case TextKey():
            return key.accepted[0]
        case ChecklistKey():
            return list(key.units)
        case SpotKey():
            return {name: f"{turn.errors[0]}.{turn.right}" for name, turn in key.turns.items() if turn.errors}


def hasty_response(key: Key, kind: str) -> Any:
    """Return a response of someone who does not read: the first of everything, steps turned round."""
    match key:
        case ChoiceKey():
            return list(key.options[: 2 if kind == "multiple" else 1])
        case PairsKey():
            return dict.fromkeys(key.parts, key.choices[0])
        case OrderKey():
            return [key.items[-1], *key.items[:-1]]
        case TextKey():
            return "something quite different"
        case ChecklistKey():
            return list(key.units[:1])
        case SpotKey():
            return {name: f"{key.errors[0]}.{turn.repairs[0]}" for name, turn in key.turns.items()}


def reach(place: Locator, controls: str) -> None:
    """Press Tab, or Shift and Tab, until one of the controls has the focus."""
    for _ in range(600):
        way = place.evaluate(_WAY_TO, controls)
        if way == 0:
            return
        place.page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
    raise AssertionError(f"Tab does not lead to `{controls}`.")


def focused(place: Page | Locator, name: str) -> Any:
    """Return a property of the element that has the focus, in the page or in the frame of an element."""
    if isinstance(place, Page):
        return place.evaluate("(name) => document.activeElement[name]", name)
    return place.evaluate("(_, name) => document.activeElement[name]", name)


def press_on(place: Locator, control: str, key: str = "Enter") -> None:
    """Go to a control and press a key on it."""
    reach(place, control)
    place.page.keyboard.press(key)


def choose_radio(place: Locator, value: str, controls: str = "input") -> None:
    """Choose a radio: Tab into the group, then the arrows, or the space bar for the one that has the focus."""
    keyboard = place.page.keyboard
    reach(place, controls)
    for _ in range(place.locator(controls).count()):
        if focused(place, "value") == value:
            break
        keyboard.press("ArrowDown")
    assert focused(place, "value") == value
    if not focused(place, "checked"):
        keyboard.press("Space")


def choose_from_list(place: Locator, value: str) -> None:
    """Choose from a list with the arrows."""
    reach(place, "select")
    select = place.locator("select")
    way = select.evaluate(
        "(list, value) => Array.from(list.options).findIndex((one) => one.value === value) - list.selectedIndex", value
    )
    for _ in range(abs(way)):
        place.page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
    assert select.input_value() == value


def order_of(form: Locator) -> list[str]:
    """Return the ids of the items of an order as they stand."""
    items: list[str] = form.locator("[data-item]").evaluate_all("(all) => all.map((item) => item.dataset.item)")
    return items


def put_in_order(form: Locator, items: list[str]) -> None:
    """Move items up with their buttons until they stand as wished."""
    for place, item in enumerate(items):
        steps = order_of(form).index(item) - place
        for _ in range(steps):
            press_on(form.locator(f'[data-item="{item}"]'), ".cap-up")
    assert order_of(form) == items


def tick(form: Locator, values: list[str]) -> None:
    """Tick boxes."""
    for value in values:
        press_on(form, f'input[value="{value}"]', "Space")


def respond(form: Locator, response: Any) -> None:
    """Put a response into the form of any kind."""
    match form.get_attribute("data-kind"):
        case "single" | "true-false":
            choose_radio(form.locator(".cap-options"), response[0])
        case "multiple":
            tick(form, response)
        case "sorting":
            for part, choice in response.items():
                choose_radio(form.locator(f'.cap-sort [data-part="{part}"]'), choice)
        case "matching" | "gaps":
            for part, choice in response.items():
                choose_from_list(form.locator(f'.cap-body [data-part="{part}"]'), choice)
        case "ordering":
            put_in_order(form, response)
        case "term":
            reach(form, "input.cap-term")
            form.page.keyboard.press("Control+A")
            form.page.keyboard.type(response)
        case "place" | "spot" | "reflect" | "render":
            respond_interpreting(form, response)
        case kind:
            raise AssertionError(f"Nobody has said how `{kind}` is answered by keyboard.")


def respond_interpreting(form: Locator, response: Any) -> None:
    """Put a response into the form of a kind that only interpreters need."""
    match form.get_attribute("data-kind"):
        case "place":
            choose_radio(form.locator(".cap-options"), response[0])
        case "reflect":
            reach(form, "textarea")
            form.page.keyboard.type("What I would say.")
            press_on(form, ".cap-compare")
            tick(form, response)
        case "render":
            for unit in response:
                units = form.locator(f'.cap-units:has(input[value="{unit}"])')
                if not units.evaluate("(details) => details.open"):
                    press_on(units, "summary")
                press_on(units, f'input[value="{unit}"]', "Space")
        case "spot":
            for part, choice in response.items():
                turn = form.locator(f'.cap-turns > [data-part="{part}"]')
                error, _, repair = choice.partition(".")
                press_on(turn, ".cap-faulty input", "Space")
                choose_from_list(turn, error)
                choose_radio(turn, repair, ".cap-repairs input")


def check(form: Locator) -> Shown:
    """Press Check and return what is shown."""
    press_on(form, ".cap-check")
    return shown(form)


def shown(form: Locator) -> Shown:
    """Return what the verdict shows."""
    return Shown(**form.evaluate(_SHOWN))


def expected(key: Key, response: Any, lang: str = "en") -> Shown:
    """Return what the verdict must show, as graded in Python."""
    say = Interface(lang).script
    score = grade(key, response)
    if score is None:
        return Shown(say["incomplete"], "")
    word = "self_marked" if isinstance(key, ChecklistKey) else _word(score)
    return Shown(say[word], say["score"].format(earned=score.earned, possible=score.possible))


def _word(score: Score) -> str:
    if score.earned == score.possible:
        return "correct"
    return "partly" if score.earned else "not_correct"
