"""Progress on the learner's device: nothing before consent, sound after it, and nothing from hostile files."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from by_keyboard import Shown, check, expected, full_response, hasty_response, read_key, respond, shown
from capisce.rendering.interface import Interface
from conftest import ROOT, watched
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

PAGES = sorted(
    path.relative_to(ROOT / "docs" / "en").with_suffix(".html").as_posix() for path in (ROOT / "docs/en").rglob("*.md")
)
REMEMBER = "Remember my progress on this device"
LESSON = "definitions/what-trafficking-is.html"
TERM_LESSON = "definitions/told-apart.html"
GOOD = {"r": ["act"], "e": 0, "p": 1}

_STORED = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie.split(";").filter(Boolean),
    ...(await indexedDB.databases()).map((one) => one.name), ...(await caches.keys())
]"""


def stored(page: Page) -> list[str]:
    """Name everything that the browser keeps for the page's origin."""
    names: list[str] = page.evaluate(_STORED)
    return names + [str(cookie.get("name")) for cookie in page.context.cookies()]


def kept(page: Page) -> Any:
    """Return what the page keeps, read as JSON; nothing when there is nothing."""
    text = page.evaluate("localStorage.getItem('capisce-1')")
    return None if text is None else json.loads(text)


def comes_to_keep(page: Page, entries: dict[str, Any]) -> None:
    """Check what a tab sees within five seconds, for what one tab stores reaches another a moment later."""
    wanted = {"v": 1, "questions": entries}
    for _ in range(50):
        if kept(page) == wanted:
            return
        page.wait_for_timeout(100)
    assert kept(page) == wanted


def forms_of(page: Page) -> list[Locator]:
    """Return the questions of the page."""
    return page.locator("form.cap-question").all()


def answer_all(page: Page) -> dict[str, Any]:
    """Answer every question of the page hastily; return the entries that follow from it."""
    entries = {}
    for form in forms_of(page):
        key = read_key(form)
        response = hasty_response(key, form.get_attribute("data-kind") or "")
        form.locator(".cap-body :is(input, select, button)").first.focus()
        respond(form, response)
        assert check(form) == expected(key, response)
        score = form.locator(".cap-score").inner_text().split()
        entry = {"r": response, "e": int(score[1]), "p": int(score[3])}
        if key.rule == "text":
            del entry["r"]
        entries[form.get_attribute("data-question") or ""] = entry
    return entries


def press(page: Page, name: str) -> None:
    """Press a button by keyboard."""
    page.get_by_role("button", name=name, exact=True).press("Enter")


def take_in(page: Page, text: str | bytes, name: str = "progress.json") -> None:
    """Import a file with this text, and wait until the page has said what came of it."""
    page.locator(".cap-state").evaluate("(state) => state.dataset.before = 'yes'")
    body = text.encode() if isinstance(text, str) else text
    file = FilePayload(name=name, mimeType="application/json", buffer=body)
    page.locator(".cap-import input").set_input_files(file)
    page.locator(".cap-state:not([data-before])").wait_for()


class TestBeforeConsent:
    def test_no_page_stores_anything(self, page: Page, base_url: str) -> None:
        found = {}
        for path in PAGES:
            page.goto(f"{base_url}/en/{path}")
            found[path] = stored(page)
        assert {path: names for path, names in found.items() if names} == {}

    @pytest.mark.parametrize("path", [LESSON, TERM_LESSON])
    def test_answering_stores_nothing(self, page: Page, base_url: str, path: str) -> None:
        page.goto(f"{base_url}/en/{path}")
        assert answer_all(page) != {}
        assert page.locator(".cap-progress .cap-state").inner_text() == "Nothing is stored unless you ask for it."
        assert stored(page) == []

    def test_searching_stores_nothing(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/index.html")
        page.get_by_role("textbox").first.press_sequentially("consent")
        page.locator(".md-search-result__link").first.wait_for()
        assert stored(page) == []

    def test_answers_are_gone_after_a_reload(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        answer_all(page)
        page.reload()
        assert [form.locator(".cap-verdict").is_visible() for form in forms_of(page)] == [False] * len(forms_of(page))
        assert page.locator("form.cap-question :checked:not(option)").count() == 0


class TestRemembering:
    def test_keeps_one_entry_with_what_was_done_already(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        entries = answer_all(page)
        press(page, REMEMBER)
        assert page.evaluate("document.activeElement.textContent") == "Your progress is kept on this device."
        assert stored(page) == ["capisce-1"]
        assert kept(page) == {"v": 1, "questions": entries}

    def test_keeps_what_is_done_afterwards_and_how_sure(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        press(page, REMEMBER)
        assert kept(page) == {"v": 1, "questions": {}}
        form = forms_of(page)[0]
        form.locator(".cap-certainty input").first.press("Space")
        response = full_response(read_key(form))
        respond(form, response)
        check(form)
        entry = kept(page)["questions"][form.get_attribute("data-question")]
        assert (entry["r"], entry["c"]) == (response, "sure")

    def test_shows_every_verdict_again_the_next_time_without_moving_the_focus(
        self, context: BrowserContext, page: Page, base_url: str
    ) -> None:
        page.goto(f"{base_url}/en/definitions/quiz.html")
        answer_all(page)
        press(page, REMEMBER)
        later = watched(context.new_page())
        later.goto(f"{base_url}/en/definitions/quiz.html")
        assert [shown(form) for form in forms_of(later)] == [
            Shown(before.word, before.marks, False) for before in map(shown, forms_of(page))
        ]
        assert later.evaluate("document.activeElement === document.body && scrollY === 0")
        assert later.locator("body > [role=status]").inner_text() == ""
        assert later.locator(".cap-summary h2").inner_text() == "Summary"
        assert later.faults == []  # type: ignore[attr-defined]

    @pytest.mark.parametrize("lang", ["fr", "nl", "it"])
    def test_survives_a_change_of_language(self, page: Page, base_url: str, lang: str) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        answer_all(page)
        press(page, REMEMBER)
        choices = page.locator("form.cap-question :checked").evaluate_all("(all) => all.map((one) => one.value)")
        page.locator(f'.cap-languages a[hreflang="{lang}"]').press("Enter")
        page.wait_for_url(f"**/{lang}/{LESSON}")
        say = Interface(lang).script
        for form in forms_of(page):
            key = read_key(form)
            response = hasty_response(key, form.get_attribute("data-kind") or "")
            wished = expected(key, response, lang)
            assert shown(form) == Shown(wished.word, wished.marks, False)
        assert (
            page.locator("form.cap-question :checked").evaluate_all("(all) => all.map((one) => one.value)") == choices
        )
        assert page.locator(".cap-state").inner_text() == say["remembered"]

    def test_never_stores_what_was_typed(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/{TERM_LESSON}")
        press(page, REMEMBER)
        form = page.locator("form[data-kind=term]")
        respond(form, "zebra crossing")
        check(form)
        entry = kept(page)["questions"][form.get_attribute("data-question")]
        assert entry == {"e": 0, "p": 1}
        assert "zebra" not in page.evaluate("JSON.stringify(localStorage)")
        page.reload()
        assert shown(form) == Shown("Not correct", "Score: 0 of 1", False)
        assert form.locator("input.cap-term").input_value() == ""

    def test_start_again_forgets_the_quiz_and_nothing_else(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/definitions/quiz.html")
        keys = {form.get_attribute("data-question"): read_key(form) for form in forms_of(page)}
        entries = {ref: {"r": full_response(key), "e": 1, "p": 1} for ref, key in keys.items()}
        for ref in (ref for ref, key in keys.items() if key.rule == "text"):
            del entries[ref]["r"]
        text = json.dumps({"v": 1, "questions": {**entries, "one.a": GOOD}})
        page.evaluate("(text) => localStorage.setItem('capisce-1', text)", text)
        page.reload()
        press(page, "Start again")
        assert kept(page) == {"v": 1, "questions": {"one.a": GOOD}}

    def test_says_so_calmly_where_the_browser_refuses(self, page: Page, base_url: str) -> None:
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})")
        page.goto(f"{base_url}/en/{LESSON}")
        answer_all(page)
        press(page, REMEMBER)
        assert page.locator(".cap-state").inner_text().startswith("This browser does not let the page keep")
        assert page.faults == []  # type: ignore[attr-defined]


class TestExportAndImport:
    def test_export_downloads_what_is_kept(self, page: Page, base_url: str, tmp_path: Path) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        entries = answer_all(page)
        press(page, REMEMBER)
        page.goto(f"{base_url}/en/privacy.html")
        with page.expect_download() as coming:
            press(page, "Export")
        assert coming.value.suggested_filename == "capisce-progress.json"
        coming.value.save_as(tmp_path / "progress.json")
        assert json.loads((tmp_path / "progress.json").read_text(encoding="utf-8")) == {"v": 1, "questions": entries}

    def test_import_brings_it_back_on_another_device(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        answer_all(page)
        before = [shown(form) for form in forms_of(page)]
        press(page, REMEMBER)
        text = page.evaluate("localStorage.getItem('capisce-1')")
        page.evaluate("localStorage.clear()")
        page.goto(f"{base_url}/en/privacy.html")
        take_in(page, text)
        number = len(before)
        assert page.locator(".cap-state").inner_text() == f"{number} questions read from the file."
        assert kept(page) == json.loads(text)
        page.goto(f"{base_url}/en/{LESSON}")
        assert [shown(form) for form in forms_of(page)] == [Shown(one.word, one.marks, False) for one in before]

    def test_import_adds_to_what_is_kept(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/privacy.html")
        press(page, REMEMBER)
        take_in(page, json.dumps({"v": 1, "questions": {"one.a": GOOD}}))
        take_in(page, json.dumps({"v": 1, "questions": {"two.b": GOOD}}))
        assert kept(page) == {"v": 1, "questions": {"one.a": GOOD, "two.b": GOOD}}

    def test_table_counts_the_questions_done(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/privacy.html")
        take_in(page, json.dumps({"v": 1, "questions": {"one.a": GOOD, "one.b": GOOD, "two.b": GOOD}}))
        rows = {row.locator("th").inner_text(): row.locator("td").inner_text() for row in table(page)}
        assert (rows["one"], rows["two"]) == ("2", "1")


def table(page: Page) -> list[Locator]:
    """Return the rows of the table of questions done."""
    return page.locator(".cap-done tbody tr").all()


def entry_with(**changes: Any) -> str:
    """Return a file with one entry, good but for the changes."""
    return json.dumps({"v": 1, "questions": {"one.a": {**GOOD, **changes}}})


def entry_named(name: str) -> str:
    """Return a file with one good entry under this name."""
    return json.dumps({"v": 1, "questions": {name: GOOD}})


HOSTILE: dict[str, str | bytes] = {
    "not JSON": "progress",
    "nothing": "",
    "not text": b"\x00\xff\xfe\x89PNG",
    "null": "null",
    "a number": "7",
    "a list": "[1, 2]",
    "text": '"capisce"',
    "another version": json.dumps({"v": 2, "questions": {"one.a": GOOD}}),
    "no version": json.dumps({"questions": {"one.a": GOOD}}),
    "no questions": '{"v":1}',
    "questions as text": '{"v":1,"questions":"one.a"}',
    "questions as a list": json.dumps({"v": 1, "questions": [GOOD]}),
    "no entry": '{"v":1,"questions":{}}',
    "an entry that is null": '{"v":1,"questions":{"one.a":null}}',
    "an entry that is a list": '{"v":1,"questions":{"one.a":[1,1]}}',
    "negative marks": entry_with(e=-1),
    "negative possible marks": entry_with(e=-2, p=-1),
    "more marks than possible": entry_with(e=2),
    "half a mark": entry_with(e=0.5),
    "endless marks": '{"v":1,"questions":{"one.a":{"e":1e999,"p":1e999}}}',
    "far too many marks": entry_with(e=1, p=100000),
    "marks as text": entry_with(e="0"),
    "a response as text": entry_with(r="<img src=x onerror=run()>"),
    "a response of objects": entry_with(r=[{"a": 1}]),
    "a response with markup": entry_with(r=["<img src=x onerror=run()>"]),
    "a pair with markup": entry_with(r={"<b>": "act"}),
    "an endless response": entry_with(r=["act"] * 5000),
    "a name with markup": entry_named("<img src=x onerror=run()>.a"),
    "a name with a script": entry_named('"><script>run()</script>.a'),
    "a name without a quiz": entry_named("a"),
    "a name of three": entry_named("one.two.three"),
    "an endless name": entry_named(f"{'a' * 500}.b"),
    "the prototype": '{"v":1,"questions":{"__proto__":{"e":1,"p":1,"hacked":true}}}',
    "the prototype as a quiz": '{"v":1,"questions":{"__proto__.hacked":{"e":1,"p":1}}}',
    "the prototype of everything": '{"__proto__":{"v":1,"questions":{"one.a":{"e":1,"p":1}}},"v":0}',
    "deeply nested": "[" * 200000,
    "huge": '{"v":1,"questions":{"one.a":{"e":1,"p":1}}}' + " " * 1_000_001,
}


class TestHostileFile:
    @pytest.mark.parametrize("before", [None, {"v": 1, "questions": {"two.b": GOOD}}], ids=["off", "on"])
    def test_changes_nothing_and_runs_nothing(self, page: Page, base_url: str, before: Any) -> None:
        page.goto(f"{base_url}/en/privacy.html")
        page.evaluate("() => { window.run = () => { window.hacked = true; }; }")
        if before:
            take_in(page, json.dumps(before))
        after = {}
        for name, text in HOSTILE.items():
            take_in(page, text)
            said = page.locator(".cap-state").inner_text()
            after[name] = (kept(page), said, page.evaluate("'hacked' in window || 'hacked' in {}"))
            page.evaluate(
                "(was) => was ? localStorage.setItem('capisce-1', was) : localStorage.clear()",
                json.dumps(before) if before else "",
            )
        refused = (before, "This file holds no progress of this course. Nothing has changed.", False)
        assert {name: found for name, found in after.items() if found != refused} == {}
        assert page.faults == []  # type: ignore[attr-defined]

    def test_with_one_sound_entry_gives_that_entry_only(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/privacy.html")
        questions = {"<b>.a": GOOD, "one.a": {**GOOD, "c": "<b>", "more": "<b>"}, "one.b": {**GOOD, "e": -1}}
        take_in(page, json.dumps({"v": 1, "questions": questions}))
        assert kept(page) == {"v": 1, "questions": {"one.a": GOOD}}

    def test_gives_5000_entries_at_most(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/privacy.html")
        take_in(page, json.dumps({"v": 1, "questions": {f"one.q{number}": {"e": 1, "p": 1} for number in range(6000)}}))
        assert len(kept(page)["questions"]) == 5000

    @pytest.mark.parametrize("name", ["constructor.a", "one.constructor"])
    def test_with_the_name_of_something_built_in_is_only_counted(self, page: Page, base_url: str, name: str) -> None:
        page.goto(f"{base_url}/en/privacy.html")
        take_in(page, entry_named(name))
        quiz = name.partition(".")[0]
        assert {row.locator("th").inner_text(): row.locator("td").inner_text() for row in table(page)}[quiz] == "1"
        assert page.faults == []  # type: ignore[attr-defined]

    def test_cannot_claim_marks_that_the_response_does_not_earn(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        form = page.locator("form.cap-question[data-kind=true-false]")
        key = read_key(form)
        wrong = hasty_response(key, "true-false")
        if expected(key, wrong).word == "Correct":
            wrong = ["false" if wrong == ["true"] else "true"]
        entry = {"r": wrong, "e": 1, "p": 1}
        text = json.dumps({"v": 1, "questions": {form.get_attribute("data-question"): entry}})
        page.evaluate("(text) => localStorage.setItem('capisce-1', text)", text)
        page.reload()
        assert shown(form) == Shown("Not correct", "Score: 0 of 1", False)

    def test_found_in_storage_harms_no_page(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        ref = forms_of(page)[0].get_attribute("data-question")
        names = ("not JSON", "null", "a list", "questions as text", "an entry that is null", "endless marks",
                 "a name with markup", "the prototype", "deeply nested")  # fmt: skip
        texts = [str(HOSTILE[name]) for name in names]
        for response in ([], {}, ["nobody"], {"a": "b"}):
            texts.append(json.dumps({"v": 1, "questions": {ref: {"r": response, "e": 1, "p": 1}}}))
        for text in texts:
            page.evaluate("(text) => localStorage.setItem('capisce-1', text)", text)
            page.reload()
            assert shown(forms_of(page)[0]).word == ""
        faults: list[str] = page.faults  # type: ignore[attr-defined]
        assert [fault for fault in faults if not fault.startswith("failed: ")] == []  # a reload cuts requests off


BAITS = (
    "<img src=x onerror=run()>",
    "<script>run()</script>",
    "javascript:run()",
    "__proto__",
    "constructor",
    "toString",
    "one.a",
    "definitions.planning-a-hearing",
    "waiting-room",
    "a" * 81,
    "\u202e\u0000\ud83d",
    "",
    0,
    -1,
    1,
    1e308,
    0.5,
    True,
    None,
)


def drawn(dice: random.Random, depth: int = 0) -> Any:
    """Draw anything that JSON can hold, in the shapes and under the names that the course uses."""
    sort = dice.random()
    if depth > 4 or sort < 0.35:
        return dice.choice(BAITS)
    if sort < 0.5:
        return [drawn(dice, depth + 1) for _ in range(dice.randint(0, 4))]
    names = [
        "v",
        "questions",
        "scenarios",
        "r",
        "e",
        "p",
        "c",
        "d",
        "b",
        *(bait for bait in BAITS if isinstance(bait, str)),
    ]
    return {dice.choice(names): drawn(dice, depth + 1) for _ in range(dice.randint(0, 5))}


def drawn_file(dice: random.Random) -> str:
    """Draw a file: nearly ours, anything at all, or a sound one with letters changed."""
    entry = {
        "r": drawn(dice, 3),
        "e": dice.randint(-1, 3),
        "p": dice.randint(-1, 3),
        "c": dice.choice(["sure", drawn(dice, 4)]),
    }
    walk = {"p": drawn(dice, 3), "d": dice.choice([1, drawn(dice, 4)]), "b": dice.choice([3, drawn(dice, 4)])}
    ours = {"v": 1, "questions": {str(dice.choice(BAITS)): entry, "one.a": drawn(dice, 2)},
            "scenarios": {str(dice.choice(BAITS)): walk}}  # fmt: skip
    sort = dice.random()
    if sort < 0.5:
        return json.dumps(ours)
    if sort < 0.8:
        return json.dumps(drawn(dice))
    letters = list(json.dumps(ours))
    for _ in range(dice.randint(1, 6)):
        letters[dice.randrange(len(letters))] = chr(dice.randint(32, 126))
    return "".join(letters)


class TestDrawnFiles:
    """Files drawn at random: whatever they hold, the page stays as it is, and runs nothing."""

    @pytest.mark.parametrize("seed", range(3))
    def test_change_nothing_but_sound_entries_and_run_nothing(self, page: Page, base_url: str, seed: int) -> None:
        dice = random.Random(seed)
        page.goto(f"{base_url}/en/privacy.html")
        page.evaluate("() => { window.run = () => { window.hacked = true; }; }")
        elements = page.locator("main *:not(.cap-progress *)").count()
        for _ in range(60):
            text = drawn_file(dice)
            take_in(page, text)
            assert page.evaluate("'hacked' in window || 'hacked' in {}") is False, text
            assert page.locator("main :is(script:not([type]), img, iframe, object, embed)").count() == 0, text
            assert page.locator("main *:not(.cap-progress *)").count() == elements, text
            found = kept(page)
            for ref, entry in (found or {"questions": {}})["questions"].items():
                assert ref.count(".") == 1, text
                assert 0 <= entry["e"] <= entry["p"], text
                assert set(entry) <= {"r", "e", "p", "c"}, text
        assert page.faults == []  # type: ignore[attr-defined]

    @pytest.mark.parametrize("path", [LESSON, "definitions/quiz.html", "scenarios/waiting-room.html"])
    def test_kept_already_they_harm_no_page(self, page: Page, base_url: str, path: str) -> None:
        dice = random.Random(path)
        page.add_init_script("window.run = () => { window.hacked = true; }")
        page.goto(f"{base_url}/en/{path}")
        for _ in range(25):
            page.evaluate("(text) => localStorage.setItem('capisce-1', text)", drawn_file(dice))
            page.goto(f"{base_url}/en/{path}", wait_until="networkidle")
            assert page.evaluate("'hacked' in window || 'hacked' in {}") is False
            assert page.locator(":is(.cap-check, .cap-go):visible").count() > 0
        assert page.faults == []  # type: ignore[attr-defined]


class TestErasing:
    def test_asks_once_and_leaves_nothing(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/privacy.html")
        take_in(page, entry_named("one.a"))
        press(page, "Erase everything")
        assert page.locator(".cap-state").inner_text() == "Erase all progress on this device?"
        assert stored(page) == ["capisce-1"]
        press(page, "Erase everything")
        assert page.locator(".cap-state").inner_text() == "Everything has been erased."
        assert stored(page) == []

    def test_can_be_called_off(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/privacy.html")
        take_in(page, entry_named("one.a"))
        press(page, "Erase everything")
        press(page, "Cancel")
        assert kept(page) == {"v": 1, "questions": {"one.a": GOOD}}

    def test_stops_remembering(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/{LESSON}")
        press(page, REMEMBER)
        press(page, "Erase everything")
        press(page, "Erase everything")
        answer_all(page)
        assert stored(page) == []


class TestTwoTabs:
    def test_keep_what_was_done_in_both(self, context: BrowserContext, page: Page, base_url: str) -> None:
        other = watched(context.new_page())
        page.goto(f"{base_url}/en/{LESSON}")
        press(page, REMEMBER)
        other.goto(f"{base_url}/en/{TERM_LESSON}")
        entries = answer_all(page)
        comes_to_keep(other, entries)
        entries |= answer_all(other)
        comes_to_keep(page, entries)

    def test_consent_in_one_shows_in_the_other(self, context: BrowserContext, page: Page, base_url: str) -> None:
        other = watched(context.new_page())
        page.goto(f"{base_url}/en/{LESSON}")
        other.goto(f"{base_url}/en/{TERM_LESSON}")
        press(page, REMEMBER)
        expect(other.locator(".cap-state")).to_have_text("Your progress is kept on this device.")
        press(other, "Erase everything")
        press(other, "Erase everything")
        expect(page.locator(".cap-state")).to_have_text("Nothing is stored unless you ask for it.")
