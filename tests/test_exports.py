"""The question banks: golden bytes, read again by readers of their own, with the marks of the course."""

from __future__ import annotations

import csv
import errno
import html
import io
import itertools
import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from capisce.cli import main
from capisce.exporting import EXPORTERS, folding
from capisce.exporting.inline import Writer
from capisce.exporting.losses import Losses, format_losses
from capisce.exporting.spreadsheet import protected
from capisce.exporting.text import clean
from capisce.grading import fold, grade
from capisce.kinds import KINDS
from capisce.model import (
    ChecklistKey,
    ChoiceKey,
    Course,
    Key,
    OrderKey,
    PairsKey,
    Part,
    Question,
    Quiz,
    Target,
    TextKey,
)
from capisce.reading import read_courses
from conftest import ROOT, vectors
from gift_reader import read_gift
from hypothesis import given, settings
from hypothesis import strategies as st
from qti_player import Player
from test_grading import key_of
from test_kinds import read_sample

GOLDEN = Path(__file__).parent / "golden"
COURSES, _ = read_courses(GOLDEN / "course", ("en", "fr"))
REAL, _ = read_courses(ROOT, ("en", "fr", "nl", "it"))
PALERME = "https://example.org/palerme"
ONE_BY_ONE: list[tuple[str, tuple[str, ...]]] = [
    (name, (lang,)) for name in ("moodle-xml", "gift", "qti", "csv") for lang in ("en", "fr")
]
TOGETHER: list[tuple[str, tuple[str, ...]]] = [("moodle-xml", ("en", "fr")), ("csv", ("en", "fr"))]


def export(name: str, courses: Mapping[str, Course], losses: Losses | None = None) -> bytes:
    """Return the whole of some courses in a format."""
    slugs = list(next(iter(courses.values())).quizzes)
    return EXPORTERS[name].export(courses, slugs, Losses() if losses is None else losses, lambda: None)


def course_of(*questions: Question, lang: str = "en", **more: Any) -> Course:
    """Return a course of one quiz with these questions."""
    asked = {question.id: replace(question, quiz="quiz") for question in questions}
    quiz = Quiz("quiz", "A quiz", "module", asked, **more)
    return Course(lang, {"quiz": quiz}, {}, {}, {}, {})


def question_of(key: Key, **more: Any) -> Question:
    """Return a question with a key, whose parts and targets are called as their ids are."""
    parts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    match key:
        case ChoiceKey():
            parts = key.options
        case PairsKey():
            parts, targets = tuple(key.parts), key.choices
        case OrderKey():
            parts = key.items
        case TextKey():
            parts = tuple(key.misses)
        case ChecklistKey():
            parts = key.units
    made = tuple(Part(id_, f"Words of {id_}", f"Feedback on {id_}") for id_ in parts)
    kind = "multiple" if isinstance(key, ChoiceKey) else key.rule
    shown = tuple(Target(id_, f"Target {id_}") for id_ in targets)
    return Question("asked", "quiz", kind, key, "Which?", made, shown, **more)


def moodle_questions(xml: bytes) -> dict[str, ET.Element]:
    """Return the questions of a Moodle XML file by name."""
    found = ET.fromstring(xml).findall("question")
    return {words(one, "name"): one for one in found if one.get("type") != "category"}


def words(element: ET.Element, path: str) -> str:
    """Return the words below a path as Moodle reads them: trimmed."""
    return (element.findtext(f"{path}/text" if path else "text") or "").strip()


def unpacked(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        return {name: files.read(name) for name in files.namelist()}


def every_question(courses: Mapping[str, Course]) -> Iterator[tuple[Course, Question]]:
    for course in courses.values():
        for quiz in course.quizzes.values():
            for question in quiz.questions.values():
                yield course, question


def carried(courses: Mapping[str, Course]) -> list[Question]:
    """Return the questions that question banks can carry with their marks."""
    return [question for _, question in every_question(courses) if question.key.rule not in ("spot", "checklist")]


class TestGolden:
    @pytest.mark.parametrize(("name", "langs"), ONE_BY_ONE + TOGETHER, ids=str)
    def test_a_course_with_every_kind_gives_the_same_bytes_as_before(
        self, name: str, langs: tuple[str, ...], golden: bool
    ) -> None:
        losses = Losses()
        made = export(name, {lang: COURSES[lang] for lang in langs}, losses)
        stem = f"bank.{'-'.join(langs)}.{EXPORTERS[name].ending}"
        if name == "qti":  # as text, so that a change can be read
            made, stem = b"".join(b"--- %s\n%s" % (k.encode(), v) for k, v in unpacked(made).items()), f"{stem}.txt"
        told = format_losses(losses, name, EXPORTERS[name].everywhere).encode()
        for file, content in ((GOLDEN / stem, made), (GOLDEN / f"{stem}.losses.txt", told)):
            if golden:
                file.write_bytes(content)
            assert file.read_bytes() == content

    @pytest.mark.parametrize("name", EXPORTERS)
    def test_the_same_course_gives_the_same_bytes_every_time(self, name: str) -> None:
        again, _ = read_courses(GOLDEN / "course", ("en", "fr"))
        assert export(name, {"fr": again["fr"]}) == export(name, {"fr": COURSES["fr"]})

    def test_the_golden_course_has_every_kind_that_the_exporters_were_written_for(self) -> None:
        kinds = {question.kind for _, question in every_question(COURSES)}
        assert kinds >= {"single", "multiple", "true-false", "matching", "ordering", "sorting", "gaps", "term"}

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("name", EXPORTERS)
    def test_any_kind_is_exported_or_named_in_the_report(self, name: str, kind: str) -> None:
        question, _ = read_sample(kind)
        losses = Losses()
        made = export(name, {"en": course_of(question)}, losses)
        text = b"".join(unpacked(made).values()) if name == "qti" else made
        left_out = "question" in losses.of(f"quiz.{question.id}")
        assert left_out or question.id.encode() in text


class TestWords:
    writer = Writer(COURSES["fr"])

    @pytest.mark.parametrize(
        ("text", "html", "plain"),
        [
            ("a < b & c", "a &lt; b &amp; c", "a < b & c"),
            ("**bold** *and*", "<strong>bold</strong> <em>and</em>", "bold and"),
            ("[child](term:child)", "child", "child"),
            ("[x]{lang=ar dir=rtl}", '<bdi lang="ar" dir="rtl">x</bdi>', "x"),
            ("[@code, art. 3]", "[The code, art.\u00a03]", "[The code, art.\u00a03]"),
            ("[@palermo]", f'[<a href="{PALERME}">Protocole de Palerme</a>]', "[Protocole de Palerme]"),
            ("[out](https://a.b/?c=1&d)", '<a href="https://a.b/?c=1&amp;d">out</a>', "out"),
            ("[page](../index.md)", "page", "page"),
            ("[bad](javascript:x)", "bad", "bad"),
            ("Quoi ?", "Quoi\u202f?", "Quoi\u202f?"),
            ("a\x00b\ufffe", "ab", "ab"),
        ],
    )  # fmt: skip
    def test_marks_become_html_and_plain_text(self, text: str, html: str, plain: str) -> None:
        assert self.writer.html(text, "fr") == html
        assert self.writer.plain(text, "fr") == plain


class TestMoodle:
    @pytest.mark.parametrize("courses", [COURSES, REAL], ids=["golden", "course"])
    def test_every_question_is_read_again_with_its_key(self, courses: Mapping[str, Course]) -> None:
        for lang, course in courses.items():
            read = moodle_questions(export("moodle-xml", {lang: course}))
            for question in carried({lang: course}):
                one = read[question.ref]
                assert words(one, "").strip() == ""
                assert one.findtext("idnumber") == question.ref
                assert one.findtext("defaultgrade") == str(possible(question.key))
                writer = Writer(course)
                assert writer.html(question.prompt.partition("[[")[0], question.lang) in words(one, "questiontext")
                check_moodle_key(one, question, writer)

    @pytest.mark.parametrize("k", range(1, 9))
    def test_any_choice_of_options_earns_our_share_of_the_mark(self, k: int) -> None:
        options = tuple("abcdefgh")
        key = ChoiceKey(options, options[:k])
        one = moodle_questions(export("moodle-xml", {"en": course_of(question_of(key))}))["quiz.asked"]
        shares = dict(zip(options, [float(a.attrib["fraction"]) / 100 for a in one.findall("answer")], strict=True))
        for n in range(1, 9):
            for picks in itertools.combinations(options, n):
                score = grade(key, list(picks))
                assert score is not None
                moodle = min(1.0, max(0.0, sum(shares[pick] for pick in picks)))
                assert round(moodle * k, 4) == score.earned

    def test_a_share_is_one_that_moodle_knows(self) -> None:
        known = {"100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5"}
        for k in range(1, 9):
            key = ChoiceKey(tuple("abcdefghi"), tuple("abcdefgh")[:k])
            one = moodle_questions(export("moodle-xml", {"en": course_of(question_of(key))}))["quiz.asked"]
            assert {a.attrib["fraction"].lstrip("-") for a in one.findall("answer")} <= known

    def test_words_in_several_languages_stand_side_by_side_and_hold_no_span(self) -> None:
        xml = export("moodle-xml", COURSES)
        block = re.compile(
            r'<(div|span) lang="en" class="multilang">(.*?)</\1><\1 lang="fr" class="multilang">(.*?)</\1>'
        )
        for one in moodle_questions(xml).values():
            for text in one.iter("text"):
                for tag, *versions in block.findall(text.text or ""):
                    assert all(f"<{tag}" not in version for version in versions)
        one = moodle_questions(xml)["bank.what-belongs"]
        both = (
            '<span lang="en" class="multilang">A hesitation</span>',
            '<span lang="fr" class="multilang">Une hésitation</span>',
        )
        assert words(one.findall("answer")[0], "") == "".join(both)

    def test_a_question_without_translation_is_marked_as_english(self) -> None:
        one = moodle_questions(export("moodle-xml", {"fr": COURSES["fr"]}))["bank.not-translated"]
        assert words(one, "questiontext") == '<section lang="en"><p>This one has no French yet.</p></section>'
        both = moodle_questions(export("moodle-xml", COURSES))["bank.not-translated"]
        assert '<div lang="fr" class="multilang"><section lang="en">' in words(both, "questiontext")

    def test_long_choices_are_called_by_letters(self) -> None:
        key = PairsKey(("t", "u"), {"a": ("t",), "b": ("u",)})
        question = replace(question_of(key), targets=(Target("t", "x" * 300), Target("u", "short")))
        losses = Losses()
        one = moodle_questions(export("moodle-xml", {"en": course_of(question)}, losses))["quiz.asked"]
        assert [words(pair, "answer") for pair in one.findall("subquestion")] == ["A", "B"]
        assert f"<p>A. {'x' * 300}</p><p>B. short</p>" in words(one, "questiontext")
        assert "targets" in losses.of("quiz.asked")

    def test_a_long_id_keeps_its_first_part_and_stays_unique(self) -> None:
        questions = [replace(question_of(ChoiceKey(("a", "b"), ("a",))), id=f"{'x' * 120}-{n}") for n in range(2)]
        losses = Losses()
        read = moodle_questions(export("moodle-xml", {"en": course_of(*questions)}, losses))
        ids = [one.findtext("idnumber") or "" for one in read.values()]
        assert len(set(ids)) == 2
        assert all(len(id_) == 100 for id_ in ids)
        assert "id" in losses.of(f"quiz.{questions[0].id}")


def possible(key: Key) -> int:
    score = grade(key, full(key))
    assert score is not None
    return score.possible


def full(key: Key) -> Any:
    """Return the right response to a key."""
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


def check_moodle_key(one: ET.Element, question: Question, writer: Writer) -> None:
    """Compare a question read from Moodle XML with the model."""
    parts = {part.id: writer.html(part.text, question.lang) for part in question.parts}
    targets = {
        target.id: html.escape(writer.plain(target.text, question.lang), quote=False) for target in question.targets
    }
    answers = one.findall("answer")
    match question.key:
        case ChoiceKey() as key:
            assert [float(a.attrib["fraction"]) > 0 for a in answers] == [id_ in key.right for id_ in key.options]
            assert [(a.findtext("feedback/text") or "") != "" for a in answers] == [
                bool(p.feedback) for p in question.parts
            ]
        case PairsKey() as key if one.get("type") == "gapselect":
            options = [words(option, "") for option in one.findall("selectoption")]
            gaps = re.findall(r"\[\[(\d+)\]\]", words(one, "questiontext"))
            assert [options[int(gap) - 1] for gap in gaps] == [targets[right[0]] for right in key.parts.values()]
        case PairsKey() as key:
            read = [(words(pair, ""), words(pair, "answer")) for pair in one.findall("subquestion")]
            assert read[: len(key.parts)] == [(parts[p], targets[right[0]]) for p, right in key.parts.items()]
            used = {right[0] for right in key.parts.values()}
            assert read[len(key.parts) :] == [("", text) for id_, text in targets.items() if id_ not in used]
        case OrderKey() as key:
            assert one.findtext("gradingtype") == "LONGEST_ORDERED_SUBSET"
            assert [words(answer, "") for answer in answers] == [parts[id_] for id_ in key.items]
        case TextKey() as key:
            right = [words(a, "").replace("\\*", "*") for a in answers if a.attrib["fraction"] == "100"]
            assert {fold(text) for text in right} == {fold(text) for text in key.accepted}
            assert one.findtext("usecase") == "0"
        case ChecklistKey():
            assert one.get("type") == "essay"


class TestGift:
    @pytest.mark.parametrize("courses", [COURSES, REAL], ids=["golden", "course"])
    def test_every_question_is_read_again_with_its_key(self, courses: Mapping[str, Course]) -> None:
        for lang, course in courses.items():
            read = {one.name: one for one in read_gift(export("gift", {lang: course}).decode())}
            for question in carried({lang: course}):
                one, writer = read[question.ref], Writer(course)

                def plain(text: str, writer: Writer = writer, lang: str = question.lang) -> str:
                    return writer.plain(text, lang)

                assert one.id == question.ref
                assert plain(question.prompt) in one.text
                assert one.category.startswith(f"$course$/top/CAPISCE {lang}/")
                match question.key:
                    case ChoiceKey(options=("true", "false")) as key:
                        assert one.responses[0].sign == key.right[0].upper()
                    case ChoiceKey() as key:
                        signs = [r.sign == "=" or (r.share or 0) > 0 for r in one.responses]
                        assert signs == [id_ in key.right for id_ in key.options]
                        assert [r.text for r in one.responses] == [plain(part.text) for part in question.parts]
                        assert [r.feedback for r in one.responses] == [plain(part.feedback) for part in question.parts]
                    case PairsKey() as key:
                        targets = {target.id: plain(target.text) for target in question.targets}
                        used = [targets[right[0]] for right in key.parts.values()]
                        assert [target for _, target in one.pairs][: len(used)] == used
                        assert {target for _, target in one.pairs} == set(targets.values())
                    case OrderKey() as key:
                        assert [place for _, place in one.pairs] == [str(n + 1) for n in range(len(key.items))]
                    case TextKey() as key:
                        right = [r for r in one.responses if r.share == 100]
                        assert {fold(r.text.replace("\\*", "*")) for r in right} == {fold(a) for a in key.accepted}

    @pytest.mark.parametrize(
        "key",
        [
            ChoiceKey(("a", "b"), ()),
            PairsKey(("t", "u"), {"a": ("t",), "b": ()}),
            PairsKey(("t", "u"), {}),
            OrderKey(("a",)),
            TextKey(()),
        ],
        ids=str,
    )
    @pytest.mark.parametrize("name", ["gift", "moodle-xml", "qti"])
    def test_a_question_without_a_right_response_is_left_out_and_named(self, name: str, key: Key) -> None:
        losses = Losses()
        made = export(name, {"en": course_of(question_of(key))}, losses)
        assert b"Which?" not in made
        assert losses.of("quiz.asked") == {"question"}

    def test_an_arrow_in_a_spelling_does_not_turn_the_question_into_a_matching_one(self) -> None:
        key = TextKey(("right",), {"miss": ("a->b", "c")})
        question = replace(question_of(key), parts=(Part("miss", "", "It leads -> there."),))
        losses = Losses()
        (one,) = read_gift(export("gift", {"en": course_of(question)}, losses).decode())
        assert one.type == "shortanswer"
        assert [response.text for response in one.responses] == ["right", "c"]
        assert losses.of("quiz.asked") >= {"accepted", "miss.feedback"}


class TestQti:
    @pytest.mark.parametrize(
        "case", [case for case in vectors() if case.values[0]["key"]["rule"] not in ("checklist", "spot")]
    )
    def test_response_processing_gives_the_marks_of_the_vector(self, case: dict[str, Any]) -> None:
        key = key_of(case["key"])
        files = unpacked(export("qti", {"en": course_of(question_of(key))}))
        outcomes = Player(files["items/quiz.asked.xml"]).respond({"RESPONSE": qti_response(key, case["response"])})
        score = {"earned": int(outcomes["SCORE"]), "possible": int(outcomes["MAXSCORE"])}
        assert (score if outcomes["COMPLETE"] else None) == case["score"]
        assert outcomes["SCORE"] == int(outcomes["SCORE"])

    def test_gaps_in_a_text_earn_the_same_marks(self) -> None:
        key = PairsKey(("x", "y", "z"), {"a": ("x",), "b": ("y",)})
        item = unpacked(export("qti", {"en": course_of(question_of(key, text="A {a} and {b}."))}))[
            "items/quiz.asked.xml"
        ]
        for a, b in itertools.product(("x", "y", "z", None), repeat=2):
            responses = {"r-a": a and f"t-{a}", "r-b": b and f"t-{b}"}
            outcomes = Player(item).respond(responses)
            score = grade(key, {"a": a, "b": b})
            assert outcomes["COMPLETE"] == (score is not None)
            assert outcomes["SCORE"] == (score.earned if score else 0)

    @pytest.mark.parametrize("n", [2, 3, 4, 5])
    def test_every_order_earns_its_longest_run(self, n: int) -> None:
        key = OrderKey(tuple("abcde")[:n])
        item = unpacked(export("qti", {"en": course_of(question_of(key))}))["items/quiz.asked.xml"]
        for order in itertools.permutations(key.items):
            score = grade(key, list(order))
            assert score is not None
            assert Player(item).respond({"RESPONSE": [f"o-{id_}" for id_ in order]})["SCORE"] == score.earned

    def test_feedback_is_shown_for_what_was_chosen_and_for_typical_misses(self) -> None:
        files = unpacked(export("qti", {"fr": COURSES["fr"]}))
        shown = Player(files["items/bank.what-belongs.xml"]).respond({"RESPONSE": ["o-guess", "o-stop"]})["FEEDBACK"]
        assert shown == ["o-guess", "o-stop"]
        assert Player(files["items/bank.who-speaks.xml"]).respond({"RESPONSE": "o-stop"})["FEEDBACK"] == [
            "o-stop",
            "why",
        ]
        assert Player(files["items/bank.term.xml"]).respond({"RESPONSE": " TRAFIC"})["FEEDBACK"] == ["o-smuggling"]

    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_the_manifest_names_every_file_and_every_name_leads_somewhere(self, lang: str) -> None:
        for course in (COURSES[lang], REAL[lang]):
            files = unpacked(export("qti", {lang: course}))
            manifest = ET.fromstring(files["imsmanifest.xml"])
            hrefs = [e.attrib["href"] for e in manifest.iter() if e.tag.endswith("}resource")]
            assert sorted(hrefs) == sorted(set(files) - {"imsmanifest.xml"})
            ids = [e.attrib["identifier"] for e in manifest.iter() if e.tag.endswith("}resource")]
            assert len(set(ids)) == len(ids)
            assert {e.attrib["identifierref"] for e in manifest.iter() if "identifierref" in e.attrib} <= set(ids)
            assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", id_) for id_ in ids)
            for name, content in files.items():
                check_names(ET.fromstring(content), name, set(files))

    def test_a_test_adds_the_marks_and_says_whether_they_pass(self) -> None:
        test = ET.fromstring(unpacked(export("qti", {"en": COURSES["en"]}))["tests/bank.xml"])
        tags = [element.tag.rpartition("}")[2] for element in test]
        assert tags == ["qti-outcome-declaration"] * 3 + ["qti-test-part", "qti-outcome-processing"]
        needed = [e.text for e in test.iter() if e.tag.endswith("}qti-base-value")]
        assert needed == ["100", "70"]


def check_names(root: ET.Element, name: str, files: set[str]) -> None:
    """Check that the identifiers of an item lead to one another, and the links of a test to files."""
    namespace = root.tag.partition("}")[0] + "}"
    declared = {e.attrib["identifier"] for e in root.iter() if e.tag.endswith("-declaration")}
    used = {e.attrib[k] for e in root.iter() for k in ("response-identifier", "outcome-identifier") if k in e.attrib}
    assert used <= declared
    for tag in ("qti-variable", "qti-map-response", "qti-set-outcome-value"):
        assert {e.attrib["identifier"] for e in root.iter(f"{namespace}{tag}")} <= declared
    choices = [e.attrib["identifier"] for e in root.iter() if e.tag.endswith(("-choice", "-modal-feedback"))]
    if root.find(f".//{namespace}qti-inline-choice") is None:
        shown = [
            e for e in choices if e not in {m.attrib["identifier"] for m in root.iter(f"{namespace}qti-modal-feedback")}
        ]
        assert len(set(shown)) == len(shown)
    for link in root.iter(f"{namespace}qti-assessment-item-ref"):
        assert (Path(name).parent / link.attrib["href"]).as_posix().replace("tests/../", "") in files


def qti_response(key: Key, response: Any) -> Any:
    """Return a response as a player would hold it; what no player could hold is dropped as the grader drops it."""
    match key:
        case ChoiceKey() | OrderKey():
            known = key.options if isinstance(key, ChoiceKey) else key.items
            ids = response if isinstance(response, list) else []
            return list(dict.fromkeys(f"o-{id_}" for id_ in ids if isinstance(id_, str) and id_ in known))
        case PairsKey():
            given = response if isinstance(response, dict) else {}
            return [
                f"o-{part} t-{target}"
                for part, target in given.items()
                if part in key.parts and isinstance(target, str) and target in key.choices
            ]
        case _:
            return response if isinstance(response, str) else None


class TestFolding:
    def test_the_expression_matches_what_folds_alike(self) -> None:
        cases = json.loads((ROOT / "tests" / "vectors" / "fold.json").read_text(encoding="utf-8"))
        for one, other in itertools.product(cases, repeat=2):
            written = clean(one["in"])
            if other["out"] and fold(written):
                match = re.fullmatch(folding.pattern([other["out"]]), written) is not None
                assert match == (fold(written) == other["out"]), (one, other)

    @given(st.text(st.characters(codec="utf-8", max_codepoint=0x2FF), max_size=6), st.text(max_size=6))
    @settings(max_examples=1000, deadline=None)
    def test_the_expression_and_the_grader_agree_on_any_two_texts(self, accepted: str, typed: str) -> None:
        if not fold(accepted):
            return
        for text in (typed, accepted, accepted.upper(), accepted.lower(), f" {accepted}\u200b ", accepted + typed):
            text = clean(text)
            expected = fold(text) == fold(accepted)
            assert (re.fullmatch(folding.pattern([accepted]), text) is not None) == expected


class TestSpreadsheet:
    def test_a_row_for_every_piece_with_the_languages_side_by_side(self) -> None:
        rows = read_rows(export("csv", COURSES))
        option = next(row for row in rows if (row["question"], row["id"]) == ("what-belongs", "guess"))
        assert (option["right"], option["en text"], option["fr feedback"]) == (
            "no",
            "A guess",
            "Le témoignage de personne.",
        )
        assert {row["right"] for row in rows if row["question"] == "steps" and row["piece"] == "part"} == {
            "1",
            "2",
            "3",
        }
        prompt = next(row for row in rows if row["question"] == "not-translated" and row["piece"] == "prompt")
        assert (prompt["fr text"], prompt["fr state"]) == ("This one has no French yet.", "missing, shown in en")

    def test_every_word_of_the_course_stands_in_a_cell(self) -> None:
        for lang, course in REAL.items():
            cells = {
                row[f"{lang} {column}"] for row in read_rows(export("csv", REAL)) for column in ("text", "feedback")
            }
            for _, question in every_question({lang: course}):
                for text in (question.prompt, question.why, *(part.feedback for part in question.parts)):
                    assert unprotected_plain(course, text, question.lang) in cells | {""}

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", " =1", "\t=1", "\r=1", "＝1", "'=1", "''@x", "\n-2"])
    def test_a_formula_is_disarmed_and_can_be_read_back(self, cell: str) -> None:
        assert protected(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["a=1", "", "’tis", "'tis", "1 - 2", "(=1)"])
    def test_other_words_stay_as_they_are(self, cell: str) -> None:
        assert protected(cell) == cell

    def test_excel_knows_the_file_as_utf8(self) -> None:
        made = export("csv", COURSES)
        assert made.startswith(b"\xef\xbb\xbfmodule,")
        assert made.count(b"\r\n") >= 45


def read_rows(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def unprotected_plain(course: Course, text: str, lang: str) -> str:
    return protected(Writer(course, typesets=False).plain(text, lang))


@dataclass(frozen=True)
class SpotKey:
    """A key of a rule that no exporter knows."""

    turns: tuple[str, ...]
    rule: str = "spot"

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "turns": list(self.turns)}


@dataclass(frozen=True)
class Recording(Question):
    """A question with a field that no exporter knows."""

    recording: str = "turn.opus"


class TestLosses:
    @pytest.mark.parametrize("name", ["moodle-xml", "gift", "qti"])
    def test_a_question_of_an_unknown_rule_is_left_out_and_named(self, name: str) -> None:
        unknown = replace(question_of(ChoiceKey(("a", "b"), ("a",))), id="unknown", key=SpotKey(("one",)))  # type: ignore[arg-type]
        known = question_of(ChoiceKey(("a", "b"), ("a",)))
        losses = Losses()
        made = export(name, {"en": course_of(unknown, known)}, losses)
        assert losses.of("quiz.unknown") == {"question"}
        text = b"".join(unpacked(made).values()) if name == "qti" else made
        assert b"quiz.asked" in text
        assert b"quiz.unknown" not in text
        assert "rule `spot`" in format_losses(losses, name, ())

    def test_a_spreadsheet_shows_an_unknown_key_as_it_is(self) -> None:
        unknown = replace(question_of(ChoiceKey(("a",), ("a",))), key=SpotKey(("one",)))  # type: ignore[arg-type]
        rows = read_rows(export("csv", {"en": course_of(unknown)}))
        prompt = next(row for row in rows if row["piece"] == "prompt")
        assert json.loads(prompt["right"]) == {"rule": "spot", "turns": ["one"]}

    @pytest.mark.parametrize("name", EXPORTERS)
    def test_a_field_that_no_exporter_knows_is_named(self, name: str) -> None:
        question = question_of(ChoiceKey(("a", "b"), ("a",)))
        losses = Losses()
        recorded = Recording(**{field: getattr(question, field) for field in question.__dataclass_fields__})
        export(name, {"en": course_of(recorded)}, losses)
        assert "recording" in losses.of("quiz.asked")

    @pytest.mark.parametrize("name", ["moodle-xml", "gift", "qti"])
    def test_a_checklist_becomes_a_free_text_with_its_points_and_no_marks(self, name: str) -> None:
        losses = Losses()
        made = export(name, {"en": course_of(question_of(ChecklistKey(("u1", "u2"))))}, losses)
        text = (b"".join(unpacked(made).values()) if name == "qti" else made).decode()
        assert all(f"Words of {unit}" in text for unit in ("u1", "u2"))
        assert "Compare what you wrote with these points:" in html.unescape(text).replace("\\:", ":")
        assert "units" in losses.of("quiz.asked")
        if name == "moodle-xml":
            assert ET.fromstring(made).findtext("question[@type='essay']/defaultgrade") == "0"
        if name == "gift":
            assert read_gift(text)[0].type == "essay"
        if name == "qti":
            assert "qti-extended-text-interaction" in text
            assert "SCORE" not in Player(unpacked(made)["items/quiz.asked.xml"]).types

    @pytest.mark.parametrize(
        ("name", "more", "field"),
        [
            ("gift", {"hint": "Look."}, "hint"),
            ("qti", {"hint": "Look."}, "hint"),
            ("gift", {"why": "**Bold**"}, "why"),
            ("moodle-xml", {"why": "[page](../x.md)"}, "why"),
            ("moodle-xml", {"why": "control \x01 character"}, "why"),
            ("qti", {"prompt": "control \x01 character"}, "prompt"),
            ("gift", {"prompt": "a &&058; b"}, "prompt"),
            ("csv", {"prompt": "control \x01 character"}, "prompt"),
        ],
    )  # fmt: skip
    def test_what_is_lost_of_a_question_is_named(self, name: str, more: dict[str, str], field: str) -> None:
        losses = Losses()
        export(name, {"en": course_of(replace(question_of(ChoiceKey(("a", "b"), ("a",))), **more))}, losses)  # type: ignore[arg-type]
        assert field in losses.of("quiz.asked")


ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
lines = st.text(st.characters(), min_size=1, max_size=30) | st.lists(
    st.sampled_from([*"=~#{}:\\%*[]@&<>'\"|", "]]>", "<![CDATA[", "->", "####", "::", "//", "[html]", "&&058;", "\\n",
                     "$CATEGORY:",
                     "**", "\n", "\t", "\r", "[[1]]", "{a}", " ", "a", "é", "\u202e", "𝄞", "=1+1"]),
    min_size=1, max_size=12,
).map("".join)  # fmt: skip
some_words = lines.map(lambda text: f"w{text}w")


@st.composite
def choices(draw: st.DrawFn) -> Question:
    names = tuple(draw(st.lists(ids, min_size=2, max_size=6, unique=True)))
    right = tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=len(names), unique=True)))
    parts = tuple(Part(name, draw(some_words | lines.filter(_seen)), draw(some_words)) for name in names)
    kind = "multiple" if len(right) > 1 else "single"
    key = ChoiceKey(names, right)
    return Question(draw(ids), "quiz", kind, key, draw(some_words), parts, why=draw(some_words))


def _seen(text: str) -> bool:
    """Whether anything is left of an option's words in every format."""
    return bool(Writer(EMPTY).plain(text, "en").strip())


EMPTY = Course("en", {}, {}, {}, {}, {})


@given(choices())
@settings(max_examples=1000, deadline=None)
def test_any_words_come_back_from_moodle_xml(question: Question) -> None:
    (one,) = moodle_questions(export("moodle-xml", {"en": course_of(question)})).values()
    writer = Writer(EMPTY)
    assert one.findtext("idnumber") == f"quiz.{question.id}"
    for part, answer in zip(question.parts, one.findall("answer"), strict=True):
        assert words(answer, "").replace("&#64;", "@") == writer.html(part.text, "en").strip()
        assert (float(answer.attrib["fraction"]) > 0) == (part.id in question.key.right)  # type: ignore[union-attr]


@given(choices())
@settings(max_examples=1000, deadline=None)
def test_any_words_come_back_from_gift(question: Question) -> None:
    (one,) = read_gift(export("gift", {"en": course_of(question)}).decode("utf-8"))
    assert one.id == one.name == f"quiz.{question.id}"

    def back(text: str) -> str:
        return text.replace("\u200b", "")

    def plain(text: str) -> str:
        return back(Writer(EMPTY).plain(text, "en").replace("\t", " ").strip())

    assert back(one.text).startswith(plain(question.prompt))
    assert back(one.general) == plain(question.why)
    for part, response in zip(question.parts, one.responses, strict=True):
        assert back(response.text) == plain(part.text)
        assert back(response.feedback) == plain(part.feedback)


@given(choices())
@settings(max_examples=1000, deadline=None)
def test_any_words_come_back_from_qti(question: Question) -> None:
    package = unpacked(export("qti", {"en": course_of(question)}))
    item = ET.fromstring(package[f"items/quiz.{question.id}.xml"])
    found = {e.attrib["identifier"]: e for e in item.iter() if e.tag.endswith("}qti-simple-choice")}
    for part in question.parts:
        expected = ET.fromstring(f"<x>{Writer(EMPTY, 'span', 'xml:lang').html(part.text, 'en')}</x>")
        assert "".join(found[f"o-{part.id}"].itertext()) == "".join(expected.itertext())
    outcomes = Player(package[f"items/quiz.{question.id}.xml"]).respond(
        {"RESPONSE": qti_response(question.key, full(question.key))}
        if question.kind == "multiple"
        else {"RESPONSE": f"o-{full(question.key)[0]}"}
    )
    assert outcomes["SCORE"] == outcomes["MAXSCORE"]


@given(choices())
@settings(max_examples=1000, deadline=None)
def test_any_words_come_back_from_the_spreadsheet(question: Question) -> None:
    rows = {row["id"]: row for row in read_rows(export("csv", {"en": course_of(question)})) if row["piece"] == "part"}
    for part in question.parts:
        assert rows[part.id]["en text"] == unprotected_plain(EMPTY, part.text, "en")
        assert not re.match(r"\s*[=+\-@]", rows[part.id]["en text"])
        assert rows[part.id]["question"] == question.id


class TestCommand:
    @pytest.fixture(autouse=True)
    def course(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        shutil.copytree(GOLDEN / "course", tmp_path, dirs_exist_ok=True)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    @staticmethod
    def run(*arguments: str) -> int:
        try:
            return main(["export", *arguments])
        except SystemExit as stop:
            return int(stop.code or 0)

    @pytest.mark.parametrize("name", EXPORTERS)
    def test_every_format_is_written_with_its_report(
        self, name: str, course: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.run(name) == 0
        files = {path.name for path in (course / "exports").iterdir()}
        ending = EXPORTERS[name].ending
        langs = [""] if name == "csv" else [".en", ".fr", ".nl", ".it"]
        assert files == {f"questions{lang}.{ending}" for lang in langs} | {f"questions.{name}.losses.txt"}
        said = capsys.readouterr()
        assert "What the format" in said.out
        assert (course / "exports" / f"questions.{name}.losses.txt").read_text(encoding="utf-8") in said.out
        assert said.err == ""

    def test_one_quiz_in_one_language_goes_to_the_file_that_is_named(self, course: Path) -> None:
        assert self.run("gift", "bank", "--lang", "fr", "-o", "mine.txt") == 0
        assert (course / "mine.txt").read_bytes() == (GOLDEN / "bank.fr.gift.txt").read_bytes()
        assert (course / "mine.losses.txt").is_file()

    def test_several_languages_in_one_file(self, course: Path) -> None:
        assert self.run("moodle-xml", "--multilang", "-o", "bank.xml") == 0
        assert 'class="multilang"' in (course / "bank.xml").read_text(encoding="utf-8")

    def test_a_module_means_all_its_quizzes_unless_a_quiz_has_the_name(self, course: Path) -> None:
        text = (course / "quizzes" / "bank.yml").read_text(encoding="utf-8")
        (course / "quizzes" / "other.yml").write_text(text, encoding="utf-8")
        assert self.run("gift", "bank", "--lang", "en") == 0
        assert self.run("gift", "module:bank", "--lang", "en") == 0
        alone = (course / "exports" / "bank.en.gift.txt").read_text(encoding="utf-8")
        both = (course / "exports" / "module-bank.en.gift.txt").read_text(encoding="utf-8")
        assert ("other.term" in alone, "other.term" in both) == (False, True)

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["word"], "word"),
            (["gift", "bnak"], "There is no quiz or module `bnak`. Did you mean `bank`?"),
            (["gift", "--lang", "de"], "de"),
            (["gift", "--multilang"], "A gift file holds one language"),
            (["gift", "--semicolon"], "Only csv has a separator"),
            (["gift", "-o", "all.txt"], "4 files are to be written"),
            (["csv", "-o", "there.csv"], "there.csv exists already; choose another place with -o, or replace it"),
            (["csv", "-o", "there.csv/below"], "there.csv/below is not a folder"),
            (["csv", "-o", "/proc/nowhere"], "/proc/nowhere"),
        ],
    )
    def test_a_wrong_command_gets_a_sentence_and_status_two(
        self, arguments: list[str], sentence: str, course: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (course / "there.csv").write_text("mine", encoding="utf-8")
        before = sorted(course.rglob("*"))
        assert self.run(*arguments) == 2
        said = capsys.readouterr().err
        assert sentence in said
        assert said.count("\n") == 1
        assert sorted(course.rglob("*")) == before
        assert (course / "there.csv").read_text(encoding="utf-8") == "mine"

    def test_one_language_after_another_goes_to_the_same_folder(self, course: Path) -> None:
        assert self.run("gift", "--lang", "en") == 0
        assert self.run("gift", "--lang", "fr") == 0
        assert len(list((course / "exports").iterdir())) == 4

    def test_excel_in_french_gets_its_semicolons(self, course: Path) -> None:
        assert self.run("csv", "--lang", "fr", "--semicolon", "-o", "bank.csv") == 0
        lines = (course / "bank.csv").read_text(encoding="utf-8-sig").split("\n")
        assert len(next(csv.reader(lines, delimiter=";"))) == 12

    def test_force_replaces_what_is_there(self, course: Path) -> None:
        (course / "there.csv").write_text("mine", encoding="utf-8")
        assert self.run("csv", "--force", "-o", "there.csv") == 0
        assert (course / "there.csv").read_bytes().startswith(b"\xef\xbb\xbf")

    @pytest.mark.parametrize(
        ("number", "sentence"),
        [(errno.ENOSPC, "There is no room left on the disk"), (errno.EACCES, "nothing may be written")],
    )
    def test_a_disk_that_refuses_leaves_nothing_behind(
        self,
        number: int,
        sentence: str,
        course: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def refuse(_: int) -> None:
            raise OSError(number, "refused")

        assert self.run("gift", "--lang", "en") == 0
        before = {path: path.read_bytes() for path in (course / "exports").iterdir()}
        monkeypatch.setattr("os.fsync", refuse)
        capsys.readouterr()
        assert self.run("gift", "--lang", "en", "--force") == 2
        said = capsys.readouterr().err
        assert sentence in said
        assert said.count("\n") == 1
        assert {path: path.read_bytes() for path in (course / "exports").iterdir()} == before

    def test_a_course_with_problems_is_not_exported(self, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (course / "quizzes" / "bad.yml").write_text("title: Bad\n", encoding="utf-8")
        assert self.run("gift") == 1
        assert "to mend before questions can be exported" in capsys.readouterr().err
        assert not (course / "exports").exists()

    def test_progress_is_shown_on_a_terminal_only(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        assert self.run("gift", "--lang", "en") == 0
        assert capsys.readouterr().err == "\r9 of 9 questions\n"

    def test_help_says_what_the_formats_are_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run("--help") == 0
        said = capsys.readouterr().out
        assert all(word in said for word in (*EXPORTERS, "Question bank > Import", "examples:", ".losses.txt"))
