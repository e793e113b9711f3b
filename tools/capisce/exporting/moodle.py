"""What Moodle XML and GIFT share: both end in the same question bank."""

from __future__ import annotations

import hashlib

from capisce.exporting.losses import Losses
from capisce.model import ChoiceKey, Question, Quiz, TextKey

EVERYWHERE = (
    "Certainty (“How sure are you?”): Moodle asks for it when the quiz is given a behaviour with certainty.",
    "Read again: the links to the lessons that teach what the question tests.",
    "Glossary links are written as words.",
    "Incomplete responses: where the course waits until every part has a response, Moodle marks what is there.",
)

LONGEST_ID = 100
"""What Moodle keeps of an idnumber."""
LONGEST_TAG = 50
"""What Moodle keeps of a tag."""
LONGEST_CHOICE = 255
"""What Moodle keeps of the words that an item is matched with."""


def category(module: str, slug: str, lang: str) -> str:
    """Return the place in the question bank; languages are kept apart so that ids stay unique in their category."""
    root = f"CAPISCE {lang}" if lang else "CAPISCE"
    return "/".join(["$course$", "top", root, module or slug, slug])


def fraction(part: int, whole: int) -> str:
    """Return a share in percent as Moodle writes it: five decimals, no zeros at the end."""
    return f"{100 * part / whole:.5f}".rstrip("0").rstrip(".")


def idnumber(question: Question, losses: Losses) -> str:
    """Return the id under which Moodle knows the question."""
    if len(question.ref) <= LONGEST_ID:
        return question.ref
    losses.note(question.ref, "id", f"Moodle keeps {LONGEST_ID} characters, so the end is a digest")
    return f"{question.ref[:91]}-{hashlib.sha256(question.ref.encode()).hexdigest()[:8]}"


def fitting(tags: list[str], question: Question, losses: Losses) -> list[str]:
    """Return the tags, each as long as Moodle keeps it."""
    for tag in tags:
        if len(tag) > LONGEST_TAG:
            losses.note(question.ref, "tags", f"Moodle keeps {LONGEST_TAG} characters of `{tag}`")
    return [tag[:LONGEST_TAG].rstrip("-") for tag in tags]


def note_question(question: Question, losses: Losses) -> None:
    """Note what Moodle marks or shows in another way, whichever format brings the question there."""
    key = question.key
    if isinstance(key, ChoiceKey) and 100 % max(1, len(key.right)):
        what = "marks are shares of 100 rounded to five decimals; Moodle rounds them back to the same marks"
        losses.note(question.ref, "marks", what)
    if any(part.exclusive for part in question.parts):
        what = "the option that clears the others is an ordinary wrong or right option"
        losses.note(question.ref, "exclusive", what)
    if isinstance(key, TextKey):
        what = "capitals are forgiven; several spaces, other hyphens and letters such as ß for ss are not"
        losses.note(question.ref, "accepted", what)


def note_pass(quiz: Quiz, losses: Losses) -> None:
    """Note the pass mark, which Moodle keeps with the activity and not with the questions."""
    if quiz.pass_percent is not None:
        losses.note(quiz.slug, "pass", f"set the grade to pass of the Moodle quiz to {quiz.pass_percent}%")


def spellings(text: str) -> list[str]:
    """Return a spelling with either apostrophe, since Moodle tells them apart and learners type both."""
    straight, curly = text.replace("’", "'"), text.replace("'", "’")
    return list(dict.fromkeys([text, straight, curly]))
