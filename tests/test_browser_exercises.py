"""Exercises in a real browser, by keyboard alone: every kind answered, graded as in Python, announced, retried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from by_keyboard import (
    Shown,
    check,
    choose_radio,
    expected,
    focused,
    full_response,
    hasty_response,
    order_of,
    press_on,
    reach,
    read_key,
    respond,
    shown,
)
from capisce.grading import grade
from capisce.kinds import KINDS
from capisce.rendering.interface import Interface
from conftest import LANGUAGES, serve
from playwright.sync_api import Locator, Page, expect
from small_course import small_site

# Each sample with a response, the word and the marks that follow from it.
RESPONSES: list[tuple[str, str, Any, str, str]] = [
    ("single", "who-speaks", ["stop"], "Correct", "Score: 1 of 1"),
    ("single", "who-speaks", ["whole"], "Not correct", "Score: 0 of 1"),
    ("true-false", "smooth-it-out", ["false"], "Correct", "Score: 1 of 1"),
    ("true-false", "smooth-it-out", ["true"], "Not correct", "Score: 0 of 1"),
    ("multiple", "part-of-the-words", ["hesitation", "correction"], "Correct", "Score: 2 of 2"),
    ("multiple", "part-of-the-words", ["hesitation"], "Partly correct", "Score: 1 of 2"),
    ("multiple", "part-of-the-words", ["hesitation", "correction", "guess"], "Partly correct", "Score: 1 of 2"),
    ("multiple", "part-of-the-words", ["hesitation", "guess"], "Not correct", "Score: 0 of 2"),
    (
        "matching",
        "who-does-what",
        {"interviewer": "asks", "interpreter": "renders", "guardian": "supports"},
        "Correct",
        "Score: 3 of 3",
    ),
    (
        "matching",
        "who-does-what",
        {"interviewer": "asks", "interpreter": "supports", "guardian": "asks"},
        "Partly correct",
        "Score: 1 of 3",
    ),
    (
        "matching",
        "who-does-what",
        {"interviewer": "renders", "interpreter": "supports", "guardian": "asks"},
        "Not correct",
        "Score: 0 of 3",
    ),
    ("ordering", "before-the-interview", ["briefing", "introduction", "first-question"], "Correct", "Score: 3 of 3"),
    (
        "ordering",
        "before-the-interview",
        ["introduction", "briefing", "first-question"],
        "Partly correct",
        "Score: 2 of 3",
    ),
    (
        "ordering",
        "before-the-interview",
        ["first-question", "introduction", "briefing"],
        "Not correct",
        "Score: 0 of 3",
    ),
    ("sorting", "whose-task", {"render": "interpreter", "ask": "interviewer"}, "Correct", "Score: 2 of 2"),
    ("sorting", "whose-task", {"render": "interpreter", "ask": "interpreter"}, "Partly correct", "Score: 1 of 2"),
    ("sorting", "whose-task", {"render": "interviewer", "ask": "interpreter"}, "Not correct", "Score: 0 of 2"),
    ("gaps", "first-person", {"person": "first", "what": "everything"}, "Correct", "Score: 2 of 2"),
    ("gaps", "first-person", {"person": "third", "what": "everything"}, "Partly correct", "Score: 1 of 2"),
    ("gaps", "first-person", {"person": "third", "what": "third"}, "Not correct", "Score: 0 of 2"),
    ("term", "name-the-mode", "  CONSECUTIVE  interpreting ", "Correct", "Score: 1 of 1"),
    ("term", "name-the-mode", "whispering", "Not correct", "Score: 0 of 1"),
    ("spot", "a-quiet-afternoon", {"open": "closed.same", "limit": "omission.whole"}, "Correct", "Score: 6 of 6"),
    ("spot", "a-quiet-afternoon", {"limit": "addition.stronger"}, "Partly correct", "Score: 1 of 6"),
    ("spot", "a-quiet-afternoon", {"hesitation": "tidied.short"}, "Not correct", "Score: 0 of 6"),
    ("place", "a-seat-in-the-room", ["side"], "Correct", "Score: 1 of 1"),
    ("place", "a-seat-in-the-room", ["door"], "Not correct", "Score: 0 of 1"),
    ("reflect", "my-opening", ["name", "everything", "same-for-all"], "Marked by you", "Score: 3 of 3"),
    ("reflect", "my-opening", ["name"], "Marked by you", "Score: 1 of 3"),
    ("render", "two-turns", ["invitation.time", "reply.hour"], "Marked by you", "Score: 2 of 6"),
]


@pytest.fixture(scope="session")
def small_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small course."""
    server = serve(small_site(tmp_path_factory))
    yield f"http://127.0.0.1:{server.server_address[1]}/en"
    server.shutdown()


def open_question(page: Page, small_url: str, ref: str) -> Locator:
    """Open the page of a question at the question, and return its form."""
    file = "kinds" if ref.startswith("samples") else "results"
    page.goto(f"{small_url}/{file}.html#q-{ref}")
    return question(page, ref)


def question(page: Page, ref: str) -> Locator:
    """Return the form of a question."""
    return page.locator(f'form[data-question="{ref}"]')


def announced(page: Page, text: str) -> None:
    """Wait until the page's live region says the text."""
    expect(page.locator("body > [role=status]")).to_have_text(text)


class TestEveryKind:
    def test_has_a_response_here(self) -> None:
        assert {kind for kind, *_ in RESPONSES} == set(KINDS)

    @pytest.mark.parametrize(
        ("kind", "name", "response", "word", "marks"),
        [pytest.param(*row, id=f"{row[0]}: {row[3]} {number}") for number, row in enumerate(RESPONSES)],
    )
    def test_earns_by_keyboard_what_python_gives(
        self, page: Page, small_url: str, kind: str, name: str, response: Any, word: str, marks: str
    ) -> None:
        form = open_question(page, small_url, f"samples.{name}")
        respond(form, response)
        verdict = check(form)
        assert verdict == Shown(word, marks)
        assert verdict == expected(read_key(form), response)
        assert page.get_by_role("group", name=f"{word} {marks}", exact=True).count() == 1
        assert page.faults == []  # type: ignore[attr-defined]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_in_the_course_earns_full_marks_and_passes(self, page: Page, base_url: str, lang: str) -> None:
        page.goto(f"{base_url}/{lang}/definitions/quiz.html")
        forms = page.locator(".cap-quiz form").all()
        assert len({form.get_attribute("data-kind") for form in forms}) >= 5
        for form in forms:
            key = read_key(form)
            respond(form, full_response(key))
            assert check(form) == expected(key, full_response(key), lang)
        say = Interface(lang).script
        press_on(forms[-1], ".cap-results")
        summary = page.locator(".cap-summary")
        total = sum(score.possible for form in forms if (score := grade(read_key(form), full_response(read_key(form)))))
        assert summary.evaluate("(box) => box === document.activeElement")
        assert summary.locator("h2").inner_text() == say["summary"]
        assert summary.locator(".cap-total strong").inner_text() == say["score"].format(earned=total, possible=total)
        assert say["passed"].partition("{")[0] in summary.inner_text()
        assert summary.locator(".cap-again-list").count() == 0
        assert page.faults == []  # type: ignore[attr-defined]

    def test_in_the_course_gives_a_hasty_learner_what_python_gives(self, page: Page, base_url: str) -> None:
        page.goto(f"{base_url}/en/definitions/quiz.html")
        earned = possible = 0
        for form in page.locator(".cap-quiz form").all():
            key = read_key(form)
            response = hasty_response(key, form.get_attribute("data-kind") or "")
            respond(form, response)
            assert check(form) == expected(key, response)
            score = grade(key, response)
            assert score is not None
            earned, possible = earned + score.earned, possible + score.possible
        summary = page.locator(".cap-summary")
        assert summary.locator(".cap-total strong").inner_text() == f"Score: {earned} of {possible}"
        assert "The pass mark is 70%." in summary.inner_text()
        assert page.faults == []  # type: ignore[attr-defined]


class TestVerdict:
    def test_marks_each_option_with_an_icon_and_words(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.part-of-the-words")
        respond(form, ["hesitation", "guess"])
        check(form)
        marks = form.locator(".cap-options .cap-mark")
        assert marks.all_inner_texts() == ["Right answer", "You missed", "Not a right answer"]
        assert marks.locator("svg[aria-hidden=true]").count() == 3

    def test_tells_of_what_was_chosen_and_what_was_missed(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.part-of-the-words")
        respond(form, ["guess"])
        check(form)
        notes = form.locator(".cap-verdict .cap-notes > li > p:last-child")
        assert notes.all_inner_texts() == [
            "A hesitation can matter as much as a word.",
            "Both versions were said, so both are rendered.",
            "A guess is nobody’s testimony.",
        ]

    def test_labels_every_part_of_a_pairing(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.whose-task")
        respond(form, {"render": "interpreter", "ask": "interpreter"})
        check(form)
        lines = form.locator(".cap-verdict .cap-note-line").all_inner_texts()
        assert form.locator(".cap-sort .cap-mark").all_inner_texts() == ["Right answer", "Not a right answer"]
        assert lines == ["Your choice: Interpreter", "Your choice: Interpreter", "Right answer: Interviewer"]

    def test_shows_the_right_order_and_what_to_move(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.before-the-interview")
        respond(form, ["introduction", "briefing", "first-question"])
        check(form)
        notes = form.locator(".cap-verdict ol.cap-notes > li")
        assert [note.get_attribute("data-mark") for note in notes.all()].count("wrong") == 1
        assert notes.locator(".cap-part").all_inner_texts() == [
            "Ask for a briefing",
            "Explain your role to the child",
            "Render the first question",
        ]

    def test_explains_a_typical_miss(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.name-the-mode")
        respond(form, "Simultaneous")
        assert check(form) == Shown("Not correct", "Score: 0 of 1")
        assert "Simultaneous means at the same time as the speaker." in form.locator(".cap-verdict").inner_text()
        assert form.locator(".cap-verdict .cap-right").inner_text() == "consecutive"

    def test_leads_back_to_the_lesson(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "results.beet")
        respond(form, ["ground"])
        check(form)
        press_on(form, ".cap-verdict .cap-read a")
        page.wait_for_url("**/second.html")

    def test_goes_when_the_response_changes(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.who-speaks")
        respond(form, ["whole"])
        check(form)
        respond(form, ["stop"])
        assert form.locator(".cap-verdict").is_hidden()
        assert form.locator(".cap-mark").count() == 0
        assert check(form) == Shown("Correct", "Score: 1 of 1")

    def test_does_not_depend_on_how_sure_the_learner_is(self, page: Page, small_url: str) -> None:
        for certainty in ("sure", "fairly", "guess"):
            form = open_question(page, small_url, "samples.who-speaks")
            page.reload()
            respond(form, ["stop"])
            choose_radio(form.locator(".cap-certainty"), certainty)
            assert check(form) == Shown("Correct", "Score: 1 of 1")


class TestIncompleteResponse:
    @pytest.mark.parametrize(
        ("name", "response", "said"),
        [
            ("who-speaks", None, "Choose one answer."),
            ("smooth-it-out", None, "True or false?"),
            ("part-of-the-words", None, "Choose 2 answers."),
            ("name-the-mode", None, "Type the term."),
            ("name-the-mode", "   ", "Type the term."),
            ("who-does-what", {"interviewer": "asks"}, "2 items have no answer yet."),
            ("who-does-what", {"interviewer": "asks", "guardian": "asks"}, "1 item has no answer yet."),
            ("whose-task", {"ask": "interviewer"}, "1 item has no answer yet."),
            ("first-person", {"what": "first"}, "1 item has no answer yet."),
        ],
    )
    def test_is_told_what_is_missing_and_gets_no_marks(
        self, page: Page, small_url: str, name: str, response: Any, said: str
    ) -> None:
        form = open_question(page, small_url, f"samples.{name}")
        if response:
            respond(form, response)
        assert check(form) == Shown("Not complete yet", "")
        assert check(form) == expected(read_key(form), response)
        assert said in form.locator(".cap-verdict").inner_text()
        assert form.locator(".cap-mark").count() == 0

    def test_names_the_parts_without_a_choice(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.who-does-what")
        respond(form, {"interpreter": "renders"})
        check(form)
        assert form.locator(".cap-missing li").all_inner_texts() == ["The interviewer", "The guardian"]

    def test_does_not_count_as_done_in_the_quiz(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "results.apple")
        check(form)
        press_on(page.locator(".cap-quiz"), ".cap-quiz > .cap-buttons .cap-results")
        assert "4 questions left" in page.locator(".cap-summary").inner_text()


class TestTryAgain:
    @pytest.mark.parametrize("name", ["who-speaks", "part-of-the-words", "who-does-what", "whose-task", "first-person"])
    def test_takes_the_verdict_away_and_keeps_the_choices(self, page: Page, small_url: str, name: str) -> None:
        form = open_question(page, small_url, f"samples.{name}")
        key = read_key(form)
        response = hasty_response(key, form.get_attribute("data-kind") or "")
        respond(form, response)
        first = check(form)
        press_on(form, ".cap-again")
        assert form.locator(".cap-verdict").is_hidden()
        assert form.locator(".cap-body").evaluate("(body) => body.contains(document.activeElement)")
        assert check(form) == first

    def test_of_an_order_keeps_the_order(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.before-the-interview")
        respond(form, ["introduction", "briefing", "first-question"])
        check(form)
        press_on(form, ".cap-again")
        assert order_of(form) == ["introduction", "briefing", "first-question"]

    def test_can_earn_more(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.name-the-mode")
        respond(form, "whispering")
        check(form)
        press_on(form, ".cap-again")
        respond(form, "consecutive")
        page.keyboard.press("Enter")
        assert shown(form) == Shown("Correct", "Score: 1 of 1")


def test_the_hint_opens_by_keyboard(page: Page, small_url: str) -> None:
    form = open_question(page, small_url, "results.apple")
    hint = form.locator(".cap-hint p")
    assert hint.is_hidden()
    press_on(form, ".cap-hint summary")
    assert hint.is_visible()
    assert hint.inner_text() == "Look up."


def test_the_key_is_out_of_sight_while_scripts_run(page: Page, small_url: str) -> None:
    page.goto(f"{small_url}/kinds.html")
    assert [key.is_visible() for key in page.locator(".cap-key").all()] == [False] * len(KINDS)


class TestExclusiveOption:
    def test_clears_the_others_and_says_so(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.part-of-the-words")
        respond(form, ["hesitation", "guess", "none"])
        announced(page, "Your other choices have been cleared.")
        assert ticked(form) == ["none"]

    def test_is_cleared_by_the_others_and_says_so(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.part-of-the-words")
        respond(form, ["none", "hesitation"])
        announced(page, "None of these: choice cleared")
        assert ticked(form) == ["hesitation"]


def ticked(form: Locator) -> list[str]:
    """Return the values of the ticked boxes."""
    values: list[str] = form.locator(".cap-options :checked").evaluate_all("(all) => all.map((box) => box.value)")
    return values


class TestNearMiss:
    @pytest.mark.parametrize("typed", ["consecutif", "Consecutíve", "consecutiv", "con-secutive", "consecuttive"])
    def test_is_sent_back_to_its_spelling_without_marks(self, page: Page, small_url: str, typed: str) -> None:
        form = open_question(page, small_url, "samples.name-the-mode")
        respond(form, typed)
        near = Shown("Almost. Check the spelling.", "")
        assert check(form) == (near if typed != "consecutif" else Shown("Not correct", "Score: 0 of 1"))

    def test_is_not_graded_as_an_attempt(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.name-the-mode")
        respond(form, "consecutiv")
        check(form)
        page.get_by_role("button", name="Remember my progress on this device").press("Enter")
        assert page.evaluate("localStorage.getItem('capisce-1')") == '{"v":1,"questions":{}}'

    def test_leaves_the_field_ready_to_be_mended(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.name-the-mode")
        respond(form, "consecutiv")
        check(form)
        reach(form, "input.cap-term")
        page.keyboard.press("End")
        page.keyboard.type("e")
        page.keyboard.press("Enter")
        assert shown(form) == Shown("Correct", "Score: 1 of 1")


class TestMovingAnItem:
    def test_keeps_the_focus_on_the_button_and_announces_the_place(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.before-the-interview")
        last = order_of(form)[2]
        words = form.locator(f'[data-item="{last}"] .cap-item').inner_text()
        press_on(form.locator(f'[data-item="{last}"]'), ".cap-up")
        announced(page, f"{words} moved to position 2 of 3")
        assert "cap-up" in focused(page, "className")
        assert order_of(form)[1] == last
        page.keyboard.press("Space")
        announced(page, f"{words} moved to position 1 of 3")
        assert order_of(form)[0] == last
        page.keyboard.press("Enter")
        announced(page, f"{words} is already first")
        assert focused(page, "ariaLabel") == f"Move up: {words}"

    def test_down_keeps_the_focus_too(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.before-the-interview")
        first, *others = order_of(form)
        press_on(form.locator(f'[data-item="{first}"]'), ".cap-down")
        page.keyboard.press("Enter")
        assert order_of(form) == [*others, first]
        assert "cap-down" in focused(page, "className")
        assert form.locator(f'[data-item="{first}"] .cap-down').get_attribute("aria-disabled") == "true"

    def test_by_its_place_keeps_the_focus_in_the_list(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.before-the-interview")
        first, *others = order_of(form)
        reach(form.locator(f'[data-item="{first}"]'), ".cap-position")
        page.keyboard.press("3")
        assert order_of(form) == [*others, first]
        assert "cap-position" in focused(page, "className")
        places = form.locator(".cap-position").evaluate_all("(all) => all.map((list) => list.value)")
        assert places == ["1", "2", "3"]


class TestQuizSummary:
    def answer(self, page: Page, name: str, response: list[str], certainty: str = "") -> None:
        """Answer one question of the quiz of results."""
        form = question(page, f"results.{name}")
        respond(form, response)
        if certainty:
            choose_radio(form.locator(".cap-certainty"), certainty)
        check(form)

    def test_lists_what_is_left_before_the_end(self, page: Page, small_url: str) -> None:
        open_question(page, small_url, "results.apple")
        self.answer(page, "apple", ["tree"])
        self.answer(page, "pear", ["williams"])
        press_on(page.locator(".cap-quiz"), ".cap-quiz > .cap-buttons .cap-results")
        summary = page.locator(".cap-summary")
        assert "cap-summary" in focused(page, "className")
        assert summary.locator("h2").inner_text() == "Not complete yet"
        assert summary.locator("li a").all_inner_texts() == ["Question 2 of 4", "Question 4 of 4"]
        press_on(summary, "li:last-child a")
        assert page.url.endswith("#q-results.fig")

    def test_takes_the_focus_and_is_named(self, page: Page, small_url: str) -> None:
        open_question(page, small_url, "results.apple")
        self.answer_all(page)
        press_on(question(page, "results.fig"), ".cap-results")
        assert "cap-summary" in focused(page, "className")
        assert page.get_by_role("group", name="Summary", exact=True).count() == 1

    def answer_all(self, page: Page) -> None:
        """Earn two marks of five: none in the first two, one of two in the third, one in the fourth."""
        self.answer(page, "apple", ["ground"], "guess")
        self.answer(page, "beet", ["tree"], "sure")
        self.answer(page, "pear", ["williams"], "fairly")
        self.answer(page, "fig", ["true"], "sure")

    def test_says_calmly_that_the_pass_mark_is_not_reached(self, page: Page, small_url: str) -> None:
        open_question(page, small_url, "results.apple")
        self.answer_all(page)
        summary = page.locator(".cap-summary")
        assert summary.locator(".cap-total").inner_text().split() == ["Score:", "2", "of", "5", "40%"]
        assert "The pass mark is 60%. Read again what helps, then try once more when you like." in summary.inner_text()

    def test_says_that_the_pass_mark_is_just_reached(self, page: Page, small_url: str) -> None:
        open_question(page, small_url, "results.apple")
        self.answer(page, "apple", ["tree"])
        self.answer(page, "beet", ["tree"])
        self.answer(page, "pear", ["conference"])
        self.answer(page, "fig", ["true"])
        summary = page.locator(".cap-summary")
        assert summary.locator(".cap-total").inner_text().split() == ["Score:", "3", "of", "5", "60%"]
        assert "You have reached the pass mark of 60%." in summary.inner_text()

    def test_links_to_what_to_read_again_sure_and_wrong_first(self, page: Page, small_url: str) -> None:
        open_question(page, small_url, "results.apple")
        self.answer_all(page)
        items = page.locator(".cap-again-list > li")
        assert [re.sub(r"\s+", " ", text).strip() for text in items.all_inner_texts()] == [
            "Second lesson Question 2 of 4 Sure but wrong",
            "First lesson Question 1 of 4 Question 3 of 4",
        ]
        hrefs = items.locator("a").evaluate_all("(all) => all.map((link) => link.getAttribute('href'))")
        assert hrefs == ["second.html", "first.html"]

    def test_links_to_the_question_itself_where_no_lesson_teaches_it(self, page: Page, small_url: str) -> None:
        open_question(page, small_url, "results.apple")
        self.answer(page, "apple", ["tree"])
        self.answer(page, "beet", ["ground"])
        self.answer(page, "pear", ["williams", "conference"])
        self.answer(page, "fig", ["false"])
        assert page.locator(".cap-again-list a").get_attribute("href") == "#q-results.fig"

    def test_start_again_clears_the_quiz_and_goes_to_its_first_question(self, page: Page, small_url: str) -> None:
        open_question(page, small_url, "results.apple")
        self.answer_all(page)
        press_on(page.locator(".cap-summary"), ".cap-restart")
        assert focused(page, "name") == "results.apple"
        assert page.locator(".cap-quiz :checked").count() == 0
        assert [verdict.is_visible() for verdict in page.locator(".cap-verdict").all()] == [False] * 4
        assert page.locator(".cap-summary").is_hidden()
        self.answer(page, "apple", ["tree"])
        assert page.locator(".cap-summary").is_hidden()

    def test_start_again_shuffles_an_order_as_at_first(self, page: Page, small_url: str) -> None:
        form = open_question(page, small_url, "samples.before-the-interview")
        first = order_of(form)
        for other in page.locator(".cap-quiz form").all():
            respond(other, full_response(read_key(other)))
            check(other)
        press_on(page.locator(".cap-summary"), ".cap-restart")
        assert order_of(form) == first
