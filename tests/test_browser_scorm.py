"""The SCORM package in two run-times: our own, stricter than any platform, and the independent scorm-again."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from by_keyboard import check, expected, full_response, hasty_response, read_key, respond, shown
from capisce.bundle import _read
from capisce.grading import grade
from capisce.packaging import Part
from capisce.packaging.catalogue import catalogue
from capisce.rendering.interface import Interface
from conftest import LANGUAGES, ROOT, serve, watched
from find_scorm import ADVICE, find_scorm
from packages import COURSES, play, unpacked
from playwright.sync_api import BrowserContext, FrameLocator, Page, Route, expect

QUIZ = "definitions/quiz.html"
CASE = "waiting-room"
QUESTIONS = COURSES["en"].quizzes["definitions"].questions
HOST = """<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Platform</title>
<script>window.lmsOptions = {options}</script><script src="{script}"></script>{inside}</html>"""
INSIDE = '<iframe id="course" src="{}/index.html" width="1200" height="850"></iframe>'
KEEP = """const kept = sessionStorage.getItem("again");
window.warnings = [];
window.finished = 0;
window.API = new Scorm12API({autocommit: false, logLevel: 3, onLogMessage: (level, text) => warnings.push(text)});
if (kept) API.loadFromJSON(JSON.parse(kept), "");
const keep = () => sessionStorage.setItem("again", JSON.stringify(API.cmi));
API.on("LMSCommit", keep);
API.on("LMSFinish", () => { finished += 1; keep(); });
"""


NO_PAGES = (
    "javascript:alert(1)",
    "https://example.org/",
    "../../strict_lms.js",
    "//example.org/en/index.html",
    "en/nowhere.html",
    "data:text/html,x",
    "x" * 255,
)
NO_RECORDS = (
    "",
    "1|",
    "1||",
    "2|x|y",
    "null",
    '{"v":1}',
    "1||q????;",
    "1|" + "a" * 4090,
    "1||" + ";" * 4000,
    "1|constructor5|q__proto__;sconstructor;",
    "<img src=x onerror=alert(1)>",
)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a platform that has every package."""
    folder = tmp_path_factory.mktemp("platform")
    shutil.copy(ROOT / "tests" / "strict_lms.js", folder)
    (folder / "definitions").symlink_to(unpacked(tmp_path_factory, "scorm", Part(("en", "fr"), ("definitions",))))
    (folder / "scenarios").symlink_to(unpacked(tmp_path_factory, "scorm", Part(("en",), ("scenarios",))))
    (folder / "all").symlink_to(unpacked(tmp_path_factory, "scorm", Part()))
    server = serve(folder)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def launch(page: Page, platform: str, package: str = "definitions", path: str = "", **options: Any) -> FrameLocator:
    """Open a package in the platform, at a page when one is given; return the place inside its frame."""
    values = options.pop("values", {})
    if path:
        values = {"cmi.core.lesson_location": path, **values}
    inside = options.pop("inside", INSIDE).format(f"{platform}/{package}")
    text = HOST.replace("{options}", json.dumps({"values": values, **options}))
    body = text.replace("{script}", f"{platform}/strict_lms.js").replace("{inside}", inside)
    page.route("**/platform.html", lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(f"{platform}/platform.html")
    course = page.frame_locator("#course").frame_locator("iframe")
    course.locator("h1").first.wait_for()
    return course


def values(page: Page) -> dict[str, str]:
    """Return what the platform holds."""
    found: dict[str, str] = page.evaluate("lms.values")
    return found


def calls(page: Page, name: str) -> list[list[str]]:
    """Return the calls of one sort."""
    found: list[list[str]] = page.evaluate("(name) => lms.calls.filter((one) => one[0] === name)", name)
    return found


def leave_course(page: Page) -> None:
    """Take the course out of the platform's page, as a platform does when the learner goes on."""
    page.evaluate("document.getElementById('course').src = 'about:blank'")
    page.wait_for_function("lms.state === 'finished'")


def answer(course: FrameLocator, choose: Callable[[Any, str], Any], number: int = 99) -> None:
    """Answer the first questions of the page."""
    course.locator("form.cap-question").first.wait_for()
    for form in course.locator("form.cap-question").all()[:number]:
        key = read_key(form)
        response = choose(key, form.get_attribute("data-kind") or "")
        form.locator(".cap-body :is(input, select, button)").first.focus()
        respond(form, response)
        assert check(form) == expected(key, response)


def entries(choose: Callable[[Any, str], Any]) -> dict[str, Any]:
    """Return the entries for the module quiz as a page would write them."""
    made = {}
    for name, question in QUESTIONS.items():
        response = choose(question.key, question.kind)
        score = grade(question.key, response)
        assert score is not None
        made[f"definitions.{name}"] = {"e": score.earned, "p": score.possible}
        if question.key.rule != "text":
            made[f"definitions.{name}"]["r"] = response
    return made


def write(page: Page, questions: dict[str, Any], scenarios: dict[str, Any] | None = None) -> None:
    """Write into the record as a page inside the frame does."""
    text = json.dumps({"v": 1, "questions": questions, "scenarios": scenarios or {}})
    page.evaluate(
        "(text) => document.getElementById('course').contentWindow.capisceRecord.setItem('capisce-1', text)", text
    )


def right(key: Any, kind: str) -> Any:
    return full_response(key)


def well(page: Page) -> None:
    """Say that neither the run-time nor the browser has found a fault."""
    assert page.evaluate("lms.faults") == []
    assert page.faults == []  # type: ignore[attr-defined]


class TestSession:
    def test_a_quiz_is_scored_reported_and_passed(self, page: Page, platform: str) -> None:
        course = launch(page, platform)
        course.get_by_role("link", name="English", exact=True).click()
        expect(course.locator(".md-content h1").first).to_have_text("Definitions")
        assert values(page)["cmi.core.lesson_status"] == "incomplete"
        course.locator(f'.md-content a[href="{QUIZ.split("/")[1]}"]').first.click()
        answer(course, right)
        found = values(page)
        assert [found[f"cmi.core.{name}"] for name in ("lesson_status", "score.raw", "score.min", "score.max")] == [
            "passed",
            "100",
            "0",
            "100",
        ]
        assert [found[f"cmi.interactions.{n}.id"] for n in range(len(QUESTIONS))] == [
            f"definitions_{x}" for x in QUESTIONS
        ]
        assert {found[f"cmi.interactions.{n}.result"] for n in range(len(QUESTIONS))} == {"correct"}
        assert len(found["cmi.suspend_data"]) < 200
        assert course.locator(".cap-state").inner_text() == Interface("en").script["record_kept"]
        assert course.locator(".cap-remember").count() == 0
        assert page.evaluate("Object.keys(localStorage)") == []
        well(page)

    def test_a_hasty_quiz_is_failed_with_the_marks_that_python_gives(self, page: Page, platform: str) -> None:
        course = launch(page, platform, path=f"en/{QUIZ}")
        answer(course, hasty_response)
        found = values(page)
        scores = [grade(question.key, hasty_response(question.key, question.kind)) for question in QUESTIONS.values()]
        earned, possible = (sum(getattr(score, name) for score in scores) for name in ("earned", "possible"))
        assert float(found["cmi.core.score.raw"]) == (1000 * earned // possible) / 10
        assert found["cmi.core.lesson_status"] == "failed"
        for n, (question, score) in enumerate(zip(QUESTIONS.values(), scores, strict=True)):
            assert score is not None
            share = score.earned / score.possible
            result = found[f"cmi.interactions.{n}.result"]
            assert result == ("correct" if share == 1 else "wrong" if share == 0 else f"{round(share, 2):g}")
            assert found[f"cmi.interactions.{n}.weighting"] == str(score.possible)
            assert (f"cmi.interactions.{n}.student_response" in found) == (question.key.rule != "text")
        assert "something quite different" not in json.dumps(found)
        well(page)

    def test_one_session_lasts_while_pages_come_and_go(self, page: Page, platform: str) -> None:
        course = launch(page, platform, path="en/definitions/index.html")
        for path in ("why-this-course.html", "what-trafficking-is.html", "told-apart.html"):
            course.locator(".cap-turn__next").click()
            expect(course.locator(f'.cap-turn__next[href="{path}"]')).to_have_count(0)
            page.wait_for_function("(path) => lms.values['cmi.core.lesson_location'].endsWith(path)", arg=path)
        course.locator('.cap-languages a[hreflang="fr"]').click()
        page.wait_for_function("lms.values['cmi.core.lesson_location'] === 'fr/definitions/told-apart.html'")
        assert len(calls(page, "LMSInitialize")) == 1
        assert calls(page, "LMSFinish") == []
        assert page.frames[1].title() == page.frames[2].title() != ""
        well(page)

    def test_it_ends_once_when_the_course_is_taken_away(self, page: Page, platform: str) -> None:
        launch(page, platform, path=f"en/{QUIZ}")
        leave_course(page)
        assert len(calls(page, "LMSFinish")) == 1
        found = values(page)
        assert found["cmi.core.exit"] == "suspend"
        assert found["cmi.core.session_time"].startswith("0000:00:")
        well(page)

    def test_it_ends_once_when_the_platform_s_page_is_left(self, page: Page, platform: str) -> None:
        launch(page, platform, path=f"en/{QUIZ}")
        page.goto(f"{platform}/definitions/languages.html")
        ended = json.loads(page.evaluate("sessionStorage.getItem('ended')"))
        assert [call[0] for call in ended["calls"]].count("LMSFinish") == 1
        assert ended["calls"][-1] == ["LMSFinish", ""]
        assert ended["faults"] == []

    def test_it_goes_on_where_the_learner_stopped(self, page: Page, platform: str) -> None:
        course = launch(page, platform, path=f"en/{QUIZ}")
        answer(course, hasty_response, 6)
        before = [shown(form) for form in course.locator("form.cap-question").all()]
        leave_course(page)
        page.unroute_all()
        course = launch(page, platform)
        course.locator("form.cap-question").first.wait_for()
        after = [shown(form) for form in course.locator("form.cap-question").all()]
        assert [(one.word, one.marks) for one in after] == [(one.word, one.marks) for one in before]
        assert values(page)["cmi.core.entry"] == "resume"
        count = page.evaluate("API.LMSGetValue('cmi.interactions._count')")
        assert count == "6"  # showing again is not answering again
        answer(course, right, 1)
        assert values(page)["cmi.interactions.6.id"] == "definitions_" + next(iter(QUESTIONS))
        well(page)

    def test_a_case_goes_on_and_completes_nothing_alone(self, page: Page, platform: str) -> None:
        course = launch(page, platform, "scenarios", f"en/scenarios/{CASE}.html")
        play(course, CASE)
        expect(course.locator(".cap-passage[data-ending=good]")).to_have_count(1)
        leave_course(page)
        page.unroute_all()
        course = launch(page, platform, "scenarios")
        assert course.locator(".cap-best").is_visible()
        course.get_by_role("button", name=Interface("en").script["resume"]).click()
        expect(course.locator(".cap-passage[data-ending=good]")).to_have_count(1)
        assert values(page)["cmi.core.lesson_status"] == "incomplete"
        assert "cmi.core.score.raw" not in values(page)
        well(page)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_panel_says_whose_record_it_is(self, page: Page, platform: str, lang: str) -> None:
        course = launch(page, platform, "all", f"{lang}/privacy.html")
        say = Interface(lang).script
        assert course.locator(".cap-state").inner_text().replace("\u00a0", " ") == say["record_kept"]
        assert course.locator(".cap-import").count() == 0
        course.get_by_role("button", name=say["erase_all"], exact=True).click()
        assert course.locator(".cap-state").inner_text().replace("\u00a0", " ") == say["record_erase"]
        well(page)


class TestScore:
    def test_the_best_complete_run_counts(self, page: Page, platform: str) -> None:
        launch(page, platform)
        write(page, entries(hasty_response))
        low = float(values(page)["cmi.core.score.raw"])
        assert (values(page)["cmi.core.lesson_status"], low < 70) == ("failed", True)
        write(page, {})
        write(page, entries(right))
        assert (values(page)["cmi.core.lesson_status"], values(page)["cmi.core.score.raw"]) == ("passed", "100")
        write(page, entries(hasty_response))
        assert (values(page)["cmi.core.lesson_status"], values(page)["cmi.core.score.raw"]) == ("passed", "100")
        well(page)

    def test_nothing_is_scored_before_every_question_is_checked(self, page: Page, platform: str) -> None:
        launch(page, platform)
        most = dict(list(entries(right).items())[:-1])
        write(page, most)
        assert values(page)["cmi.core.lesson_status"] == "incomplete"
        assert "cmi.core.score.raw" not in values(page)
        well(page)

    def test_several_modules_give_the_mean_and_each_must_pass(self, page: Page, platform: str) -> None:
        two = COURSES["en"].quizzes["told-apart"].questions

        def with_two(route: Route) -> None:
            html = route.fetch().text()
            assert '"graded":{"definitions":70}' in html
            route.fulfill(
                body=html.replace('"definitions":70}', '"definitions":70,"told-apart":50}'), content_type="text/html"
            )

        page.route(
            "**/definitions/index.html",
            lambda route: with_two(route) if "/en/" not in route.request.url else route.continue_(),
        )
        launch(page, platform)
        write(page, entries(right))
        assert (values(page)["cmi.core.score.raw"], values(page)["cmi.core.lesson_status"]) == ("50", "incomplete")
        every = dict(entries(right))
        for name, question in two.items():
            response = hasty_response(question.key, question.kind)
            score = grade(question.key, response)
            assert score is not None
            every[f"told-apart.{name}"] = {"e": score.earned, "p": score.possible, "r": response}
            if question.key.rule == "text":
                del every[f"told-apart.{name}"]["r"]
        share = (
            1000
            * sum(every[f"told-apart.{name}"]["e"] for name in two)
            // sum(every[f"told-apart.{name}"]["p"] for name in two)
        )
        write(page, every)
        assert float(values(page)["cmi.core.score.raw"]) == (1000 + share) // 2 / 10
        assert values(page)["cmi.core.lesson_status"] == ("passed" if share >= 500 else "failed")
        well(page)

    def test_a_module_of_cases_is_completed_by_playing_each(self, page: Page, platform: str) -> None:
        launch(page, platform, "scenarios")
        walks = {slug: {"p": list(one.expert), "d": 1, "b": 1} for slug, one in COURSES["en"].scenarios.items()}
        write(page, {}, {slug: walks[slug] for slug in list(walks)[:-1]})
        assert values(page)["cmi.core.lesson_status"] == "incomplete"
        write(page, {}, walks)
        assert values(page)["cmi.core.lesson_status"] == "completed"
        well(page)

    def test_marks_that_the_response_does_not_earn_are_not_taken(self, page: Page, platform: str) -> None:
        launch(page, platform)
        claimed = {name: {**entry, "e": entry["p"]} for name, entry in entries(hasty_response).items()}
        write(page, claimed)
        assert float(values(page)["cmi.core.score.raw"]) < 70
        well(page)

    def test_erasing_empties_the_record_and_leaves_the_score(self, page: Page, platform: str) -> None:
        course = launch(page, platform, path="en/privacy.html")
        write(page, entries(right))
        say = Interface("en").script
        course.get_by_role("button", name=say["erase_all"], exact=True).click()
        course.get_by_role("button", name=say["erase_all"], exact=True).click()
        assert course.locator(".cap-state").inner_text() == say["erased"]
        assert values(page)["cmi.suspend_data"].count(";") == 0
        assert values(page)["cmi.core.score.raw"] == "100"
        course.get_by_role("link", name="Français").click()
        assert course.locator(".cap-remember").count() == 0  # nobody is asked for this device in a platform
        well(page)


class TestTrouble:
    def test_a_record_that_is_full_is_told_and_the_score_kept(self, page: Page, platform: str) -> None:
        def small(route: Route) -> None:
            text = route.fetch().text().replace("MOST_SUSPENDED = 4096", "MOST_SUSPENDED = 20")
            route.fulfill(content_type="text/javascript", body=text)

        page.route("**/frame.js", small)
        course = launch(page, platform, path=f"en/{QUIZ}")
        write(page, entries(right))
        say = Interface("en").script
        expect(course.locator(".cap-state")).to_have_text(say["record_partly"])
        assert len(values(page)["cmi.suspend_data"]) <= 20
        assert values(page)["cmi.core.score.raw"] == "100"
        leave_course(page)
        course = launch(page, platform)
        assert course.locator(".cap-summary").is_hidden()
        write(page, entries(hasty_response))
        assert values(page)["cmi.core.score.raw"] == "100"
        well(page)

    def test_a_platform_that_cannot_keep_it_is_told_until_it_can(self, page: Page, platform: str) -> None:
        course = launch(page, platform, path=f"en/{QUIZ}")
        say = Interface("en").script
        page.evaluate("lms.broken = true")
        answer(course, right, 1)
        expect(course.locator(".cap-state")).to_have_text(say["record_failed"])
        page.evaluate("lms.broken = false")
        answer(course, right, 2)
        expect(course.locator(".cap-state")).to_have_text(say["record_kept"])
        well(page)

    @pytest.mark.parametrize("mode", ["review", "browse"])
    def test_looking_back_changes_nothing(self, page: Page, platform: str, mode: str) -> None:
        course = launch(page, platform, values={"cmi.core.lesson_mode": mode, "cmi.core.lesson_location": f"en/{QUIZ}"})
        answer(course, right, 2)
        assert course.locator(".cap-state").inner_text() == Interface("en").script["record_review"]
        leave_course(page)
        assert calls(page, "LMSSetValue") == calls(page, "LMSCommit") == []
        well(page)

    @pytest.mark.parametrize("place", NO_PAGES)
    def test_a_place_that_is_no_page_of_the_course_is_not_opened(self, page: Page, platform: str, place: str) -> None:
        course = launch(page, platform, path=place)
        assert course.get_by_role("link", name="English", exact=True).is_visible()
        well(page)

    @pytest.mark.parametrize("kept", NO_RECORDS)
    def test_a_record_that_is_not_ours_does_no_harm(self, page: Page, platform: str, kept: str) -> None:
        course = launch(page, platform, values={"cmi.suspend_data": kept, "cmi.core.lesson_location": f"en/{QUIZ}"})
        answer(course, right, 1)
        assert values(page)["cmi.suspend_data"].startswith("1||q")
        well(page)

    def test_marks_of_an_attempt_before_do_not_fall(self, page: Page, platform: str) -> None:
        launch(page, platform, values={"cmi.core.score.raw": "83.5", "cmi.core.lesson_status": "passed"})
        write(page, entries(hasty_response))
        assert (values(page)["cmi.core.score.raw"], values(page)["cmi.core.lesson_status"]) == ("83.5", "passed")
        well(page)


class TestPlatformElsewhere:
    def test_it_is_found_around_several_frames(self, page: Page, platform: str) -> None:
        player = f"<!doctype html><title>Player</title>{INSIDE.format(f'{platform}/definitions')}"
        page.route("**/player.html", lambda route: route.fulfill(content_type="text/html", body=player))
        inside = '<iframe src="/player.html" id="player" width="1200" height="850"></iframe>'
        page.route("**/platform.html", lambda route: route.fulfill(content_type="text/html", body=HOST.replace(
            "{options}", "{}").replace("{script}", "/strict_lms.js").replace("{inside}", inside)))  # fmt: skip
        page.goto(f"{platform}/platform.html")
        page.wait_for_function("lms.values['cmi.core.lesson_location'] === 'languages.html'")
        well(page)

    def test_it_is_found_in_the_window_that_opened_the_course(self, page: Page, platform: str) -> None:
        page.route("**/platform.html", lambda route: route.fulfill(content_type="text/html", body=HOST.replace(
            "{options}", "{}").replace("{script}", "/strict_lms.js").replace("{inside}", "")))  # fmt: skip
        page.goto(f"{platform}/platform.html")
        with page.expect_popup() as coming:
            page.evaluate("open('/definitions/index.html', 'course', 'width=900,height=700') && 0")
        coming.value.frame_locator("iframe").get_by_role("link", name="English", exact=True).wait_for()
        assert values(page)["cmi.core.lesson_status"] == "incomplete"
        coming.value.close()
        page.wait_for_function("lms.state === 'finished'")
        well(page)

    @pytest.mark.parametrize("way", ["alone", "refused", "broken"])
    def test_without_one_the_course_is_a_plain_site(self, page: Page, platform: str, way: str) -> None:
        if way == "alone":
            page.goto(f"{platform}/definitions/index.html")
            course = page.frame_locator("iframe")
        else:
            if way == "broken":
                page.add_init_script(
                    "if (parent === window) window.API = {LMSInitialize() { throw new Error('down'); }}"
                )
                page.route("**/strict_lms.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
            course = launch(page, platform, refuse=True)
        course.get_by_role("link", name="English", exact=True).click()
        course.locator('.md-content a[href="quiz.html"]').first.click()
        answer(course, right, 1)
        say = Interface("en").script
        assert course.locator(".cap-state").inner_text() == say["nothing_stored"]
        assert page.evaluate("Object.keys(localStorage)") == []
        course.get_by_role("button", name=say["remember"]).click()
        assert page.evaluate("Object.keys(localStorage)") == ["capisce-1"]
        assert page.faults == []  # type: ignore[attr-defined]

    def test_from_a_disk_it_is_a_plain_site(self, page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = unpacked(tmp_path_factory, "scorm", Part(("en", "fr"), ("definitions",)))
        page.goto(f"{folder.as_uri()}/index.html")
        course = page.frame_locator("iframe")
        course.get_by_role("link", name="English", exact=True).click()
        course.locator('.md-content a[href="quiz.html"]').first.click()
        answer(course, right, 1)
        assert course.locator(".cap-state").inner_text() == Interface("en").script["nothing_stored"]
        assert page.faults == []  # type: ignore[attr-defined]

    def test_in_a_frame_of_another_site_it_is_a_plain_site(self, page: Page, platform: str, tmp_path: Path) -> None:
        head = '<!doctype html><link rel="icon" href="data:,"><script>window.API = 1</script>'
        (tmp_path / "host.html").write_text(f"{head}{INSIDE.format(f'{platform}/definitions')}", encoding="utf-8")
        server = serve(tmp_path)
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/host.html")
        course = page.frame_locator("#course").frame_locator("iframe")
        course.get_by_role("link", name="English", exact=True).click()
        expect(course.locator(".md-content h1").first).to_have_text("Definitions")
        assert page.faults == []  # type: ignore[attr-defined]
        server.shutdown()


class TestWaysOut:
    def test_a_link_to_another_site_opens_beside_the_course(
        self, context: BrowserContext, page: Page, platform: str
    ) -> None:
        context.route("https://**", lambda route: route.abort())
        course = launch(page, platform, path="en/sources.html")
        with page.expect_popup():
            course.locator(".md-content a[href^='https://']").first.click()
        assert course.locator(".md-content h1").first.inner_text() == "Sources"
        assert calls(page, "LMSFinish") == []
        assert page.evaluate("lms.faults") == []

    @pytest.mark.parametrize("way", ["link", "Shift"])
    def test_leaving_quickly_leaves_the_platform_too(
        self, context: BrowserContext, page: Page, platform: str, way: str
    ) -> None:
        context.route(
            "https://**", lambda route: route.fulfill(content_type="text/html", body="<title>Elsewhere</title>")
        )
        course = launch(page, platform, path="en/index.html")
        if way == "link":
            course.locator(".cap-leave").click()
        else:
            course.locator(".cap-leave").focus()
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url("https://en.wikipedia.org/")


@pytest.fixture
def lab(page: Page) -> Page:
    """A page that has the functions which write and read the record."""
    text = "".join(_read(name) for name in ("grading.js", "progress.js", "suspend.js"))
    page.evaluate(f"() => {{ {text}\nObject.assign(window, {{ writeState, readState }}); }}")
    return page


CATALOGUE = catalogue(COURSES["en"], ())
BACK = """([course, states]) => states.map((state) => {
    const {text, whole} = writeState(course, state);
    return [text, whole, JSON.parse(JSON.stringify(readState(course, text)))];
})"""
READ = "([course, all]) => JSON.parse(JSON.stringify(all.map((text) => readState(course, text))))"


def drawn(key: Any, dice: random.Random) -> Any:
    """Draw a response that can be graded; nothing for a typed term."""
    match key.rule:
        case "choice":
            return dice.sample(key.options, dice.randint(1, len(key.options)))
        case "pairs":
            return {part: dice.choice(key.choices) for part in key.parts}
        case "order":
            return dice.sample(key.items, len(key.items))
        case "checklist":
            return dice.sample(key.units, dice.randint(0, len(key.units)))
        case "spot":
            marked = dice.sample(list(key.turns), dice.randint(0, len(key.turns)))
            return {turn: f"{dice.choice(key.errors)}.{dice.choice(key.turns[turn].repairs)}" for turn in marked}
    return None


def drawn_state(dice: random.Random) -> dict[str, Any]:
    """Draw what a learner may have done."""
    questions: dict[str, Any] = {}
    for quiz in COURSES["en"].quizzes.values():
        for question in quiz.questions.values():
            response = drawn(question.key, dice)
            score = grade(question.key, response) if response is not None else None
            if dice.random() < 0.3 or (response is not None and score is None):
                continue
            earned, possible = (score.earned, score.possible) if score else (dice.randint(0, 1), 1)
            entry = {"e": earned, "p": possible, **({} if response is None else {"r": response})}
            sure = dice.choice(["", "sure", "fairly", "guess"])
            questions[question.ref] = {**entry, **({"c": sure} if sure else {})}
    walks = {}
    for slug, scenario in COURSES["en"].scenarios.items():
        here, path = scenario.start, []
        while scenario.scenes[here].choices and dice.random() < 0.9:
            choice = dice.choice(list(scenario.scenes[here].choices.values()))
            path.append(f"{here}.{choice.id}")
            here = choice.to
        if path:
            walks[slug] = {
                "p": path,
                **({"d": 1, "b": dice.randint(0, scenario.sums.possible)} if dice.random() < 0.5 else {}),
            }
    best = {"definitions": dice.randint(0, 1000)} if dice.random() < 0.5 else {}
    return {"questions": questions, "scenarios": walks, "best": best}


class TestSuspendData:
    def test_what_is_written_is_read_again(self, lab: Page) -> None:
        dice = random.Random(12)
        states = [drawn_state(dice) for _ in range(150)]
        for state, (text, whole, back) in zip(states, lab.evaluate(BACK, [CATALOGUE, states]), strict=True):
            assert whole
            assert len(text) <= 4096
            assert text.isascii()
            assert back == state

    def test_everything_that_there_is_fits_with_room_to_grow(self, lab: Page) -> None:
        dice = random.Random(3)
        state = drawn_state(dice)
        while len(state["questions"]) < 0.9 * sum(len(quiz.questions) for quiz in COURSES["en"].quizzes.values()):
            state["questions"].update(drawn_state(dice)["questions"])
        [[text, whole, _]] = lab.evaluate(BACK, [CATALOGUE, [state]])
        assert whole
        assert len(text) < 4096 / 2

    def test_what_was_cut_off_anywhere_is_read_as_less_and_never_as_something_else(self, lab: Page) -> None:
        state = drawn_state(random.Random(5))
        [[text, _, _]] = lab.evaluate(BACK, [CATALOGUE, [state]])
        cut = [text[:length] for length in range(len(text))]
        for back in lab.evaluate(READ, [CATALOGUE, cut]):
            for what in ("questions", "scenarios"):
                assert back[what] == {name: state[what][name] for name in back[what]}

    def test_spoilt_text_gives_only_what_a_learner_could_have_done(self, lab: Page) -> None:
        dice = random.Random(8)
        [[text, _, _]] = lab.evaluate(BACK, [CATALOGUE, [drawn_state(dice)]])
        spoilt = []
        for _ in range(600):
            letters = list(text)
            for _ in range(dice.randint(1, 8)):
                letters[dice.randrange(len(letters))] = chr(dice.choice([*range(32, 127), 0, 233, 0x1F600]))
            spoilt.append("".join(letters))
        for back in lab.evaluate(READ, [CATALOGUE, spoilt]):
            assert set(back) == {"questions", "scenarios", "best"}
            for ref, entry in back["questions"].items():
                question = COURSES["en"].question(ref)
                assert question is not None
                score = grade(question.key, entry["r"]) if "r" in entry else None
                assert (score is None and entry["p"] == 1) or (score and score.earned == entry["e"])
            for slug, walk in back["scenarios"].items():
                list(COURSES["en"].scenarios[slug].steps(tuple(walk["p"])))
            assert all(0 <= share <= 1000 for share in back["best"].values())

    def test_another_edition_of_a_quiz_is_left_aside_and_the_rest_read(self, lab: Page) -> None:
        state = drawn_state(random.Random(1))
        [[text, _, _]] = lab.evaluate(BACK, [CATALOGUE, [state]])
        changed = json.loads(json.dumps(CATALOGUE))
        changed["quizzes"]["told-apart"]["t"] = "ABCD"
        [back] = lab.evaluate(READ, [changed, [text]])
        assert back["questions"] == {
            name: entry for name, entry in state["questions"].items() if not name.startswith("told-apart.")
        }


@pytest.fixture(scope="module")
def script() -> str:
    """The script of scorm-again."""
    found = find_scorm()
    if found is None:
        pytest.skip(ADVICE)
    return found


class TestScormAgain:
    """The same course in scorm-again, which knows nothing of us."""

    def test_takes_everything_resumes_and_ends_once(self, context: BrowserContext, platform: str, script: str) -> None:
        page = watched(context.new_page())
        body = (
            HOST.replace("{options}", "{}")
            .replace("{script}", "again.js")
            .replace("{inside}", INSIDE.format("definitions"))
        )
        page.route("**/platform.html", lambda route: route.fulfill(content_type="text/html", body=body))
        page.route(
            "**/again.js", lambda route: route.fulfill(content_type="text/javascript", body=f"{script};\n{KEEP}")
        )
        page.goto(f"{platform}/platform.html")
        course = page.frame_locator("#course").frame_locator("iframe")
        course.get_by_role("link", name="English", exact=True).click()
        course.locator('.md-content a[href="quiz.html"]').first.click()
        answer(course, right)
        found = page.evaluate("JSON.parse(JSON.stringify(API.cmi))")
        core = found["core"]
        assert (core["lesson_status"], float(core["score"]["raw"]), core["lesson_location"]) == (
            "passed",
            100,
            f"en/{QUIZ}",
        )
        told = list(found["interactions"].values())
        assert [one["id"] for one in told] == [f"definitions_{name}" for name in QUESTIONS]
        assert {one["result"] for one in told} == {"correct"}
        assert page.evaluate("warnings") == []
        page.reload()
        course.locator("form.cap-question").first.wait_for()
        assert shown(course.locator("form.cap-question").first).word == Interface("en").script["correct"]
        page.evaluate("document.getElementById('course').src = 'about:blank'")
        page.wait_for_function("finished === 1")
        assert page.evaluate("[warnings, finished]") == [[], 1]
        assert page.faults == []  # type: ignore[attr-defined]
