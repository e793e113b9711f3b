"""The question bank as a QTI 3.0 package: an item for every question, a test for every quiz, a manifest."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from capisce.exporting import asking
from capisce.exporting.inline import Writer
from capisce.exporting.losses import Losses
from capisce.exporting.qti_items import item
from capisce.exporting.qti_scoring import base, outcome, variable
from capisce.exporting.text import branch, document, escaped, leaf
from capisce.model import Course, Question, Quiz

EVERYWHERE = (
    "Certainty (“How sure are you?”) and the links to lessons under “Read again”.",
    "Glossary links are written as words.",
    "Typed terms are compared by a regular expression (qti-pattern-match), which a few players do not know.",
)

_ASI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMAS = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd"
_IN_ASI = {
    "xmlns": _ASI,
    "xmlns__xsi": _XSI,
    "xsi__schemaLocation": f"{_ASI} {_SCHEMAS}/imsqti_asiv3p0p1_v1p0.xsd",
}
_IN_PACKAGE = {
    "xmlns": _PACKAGE,
    "xmlns__imsmd": _LOM,
    "xmlns__xsi": _XSI,
    "xsi__schemaLocation": f"{_PACKAGE} {_SCHEMAS}/imsqtiv3p0_imscpv1p2_v1p0.xsd "
    f"{_LOM} https://purl.imsglobal.org/spec/md/v1p3/schema/xsd/imsmd_loose_v1p3p2.xsd",
}


def export(
    courses: Mapping[str, Course], slugs: Sequence[str], losses: Losses, tell: Callable[[], None] = lambda: None
) -> bytes:
    """Return the quizzes in one language as a zip whose bytes depend on their content alone."""
    ((lang, course),) = courses.items()
    files: dict[str, bytes] = {}
    resources = []
    for slug in slugs:
        quiz = course.quizzes[slug]
        kept = []
        for question in quiz.questions.values():
            written = item(question, course, losses)
            if written:
                kept.append(question)
                files[f"items/{question.ref}.xml"] = document(
                    *branch("qti-assessment-item", *written[1], **_IN_ASI, **written[0])
                )
                resources.append(_item_resource(question, quiz, lang))
            tell()
        files[f"tests/{slug}.xml"] = document(*_test(quiz, kept, course))
        resources.append(_test_resource(slug, kept))
    return packed({"imsmanifest.xml": document(*_manifest(lang, resources)), **files})


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files, the same for the same files: no time, no compression that a library could change."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return whole.getvalue()


def _test(quiz: Quiz, questions: Sequence[Question], course: Course) -> list[str]:
    """Return a test of one part: the title, the introduction, the questions, and the sum of their marks."""
    writer = Writer(course, tag="span", attribute="xml:lang")
    children = [outcome("SCORE", "single", "float", "0"), outcome("MAXSCORE", "single", "float", "0")]
    if quiz.pass_percent is not None:
        children.append(outcome("PASSED", "single", "boolean", "false"))
    inside = [leaf("qti-assessment-item-ref", identifier=f"q-{q.ref}", href=f"../items/{q.ref}.xml") for q in questions]
    if quiz.intro:
        intro = branch("qti-content-body", [writer.paragraphs(quiz.intro, quiz.lang)])
        inside.insert(0, branch("qti-rubric-block", intro, use="instructions", view="candidate"))
    title = writer.plain(quiz.title, quiz.lang)
    section = branch("qti-assessment-section", *inside, identifier=f"s-{quiz.slug}", title=title, visible="true")
    part = branch(
        "qti-test-part", section, identifier="part", navigation_mode="nonlinear", submission_mode="individual"
    )
    sums = [
        branch("qti-set-outcome-value", branch("qti-sum", leaf("qti-test-variables", variable_identifier=name)),
               identifier=name)
        for name in ("SCORE", "MAXSCORE")
    ]  # fmt: skip
    if quiz.pass_percent is not None:
        sums.append(_passed(quiz.pass_percent))
    return branch(
        "qti-assessment-test",
        *children,
        part,
        branch("qti-outcome-processing", *sums),
        **_IN_ASI,
        identifier=f"t-{quiz.slug}",
        title=title,
        xml__lang=quiz.lang,
    )


def _passed(percent: int) -> list[str]:
    """Compare the marks with the pass mark as the course does, in whole numbers: 100 x earned, percent x possible."""
    earned = branch("qti-product", variable("SCORE"), base("float", "100"))
    needed = branch("qti-product", variable("MAXSCORE"), base("float", str(percent)))
    return branch("qti-set-outcome-value", branch("qti-gte", earned, needed), identifier="PASSED")


def _manifest(lang: str, resources: Sequence[list[str]]) -> list[str]:
    return branch(
        "manifest",
        branch("metadata", leaf("schema", "QTI Package"), leaf("schemaversion", "3.0.0")),
        leaf("organizations"),
        branch("resources", *resources),
        **_IN_PACKAGE,
        identifier=f"capisce-{lang}",
    )


def _item_resource(question: Question, quiz: Quiz, lang: str) -> list[str]:
    """Return the entry of an item, with its labels as keywords."""
    href = f"items/{question.ref}.xml"
    keywords = [
        branch("imsmd:keyword", leaf("imsmd:string", escaped(label), language="x-none"))
        for label in asking.labels(question, quiz, [lang])
    ]
    return branch(
        "resource",
        branch("metadata", branch("imsmd:lom", branch("imsmd:general", *keywords))),
        leaf("file", href=href),
        identifier=f"q-{question.ref}",
        type="imsqti_item_xmlv3p0",
        href=href,
    )


def _test_resource(slug: str, questions: Sequence[Question]) -> list[str]:
    href = f"tests/{slug}.xml"
    needed = [leaf("dependency", identifierref=f"q-{question.ref}") for question in questions]
    return branch(
        "resource", leaf("file", href=href), *needed, identifier=f"t-{slug}", type="imsqti_test_xmlv3p0", href=href
    )
