"""Questions as QTI 3.0 items: the interaction that each rule needs, its marks and its feedback."""

from __future__ import annotations

from html import escape

from capisce.exporting import asking, qti_scoring
from capisce.exporting.inline import Writer
from capisce.exporting.losses import Losses, note_words, unaskable
from capisce.exporting.qti_scoring import Lines, base, name, outcome, response, variable
from capisce.exporting.text import branch, escaped, leaf
from capisce.model import ChecklistKey, ChoiceKey, Course, OrderKey, PairsKey, Part, Question, Target, TextKey
from capisce.rendering.question import View
from capisce.rendering.setting import Setting


def item(question: Question, course: Course, losses: Losses) -> tuple[dict[str, object], list[Lines]] | None:
    """Return the attributes and the content of an item, or nothing when QTI cannot ask the question."""
    why_not = unaskable(question.key)
    if why_not:
        losses.note(question.ref, "question", why_not)
        return None
    parts = _Item(question, course, losses).parts()
    if parts is None:
        return None
    note_words(question, losses, course.lang, plain=False)
    if question.hint:
        losses.note(question.ref, "hint", "QTI has no place for hints outside adaptive items")
    if any(part.exclusive for part in question.parts):
        losses.note(question.ref, "exclusive", "the option that clears the others is an ordinary wrong or right option")
    attributes: dict[str, object] = {
        "identifier": f"q-{question.ref}",
        "title": question.ref,
        "adaptive": "false",
        "time_dependent": "false",
        "xml__lang": question.lang,
    }
    return attributes, parts


class _Item:
    """One question on its way into the package."""

    def __init__(self, question: Question, course: Course, losses: Losses) -> None:
        self.question, self.losses, self.lang = question, losses, question.lang
        self.view = View(question, Setting(course))
        self.interface = self.view.interface
        self.writer = Writer(course, tag="span", attribute="xml:lang")

    def parts(self) -> list[Lines] | None:
        """Return declarations, body, processing and feedback."""
        match self.question.key:
            case ChoiceKey() as key:
                return self._choice(key)
            case PairsKey() as key if asking.shows_gaps(self.question):
                return self._gaps(key)
            case PairsKey() as key:
                return self._match(key)
            case OrderKey() as key:
                return self._order(key)
            case TextKey() as key:
                return self._text(key)
            case ChecklistKey() as key:
                return self._essay(key)
        what = f"QTI has nothing like a question with the rule `{self.question.key.rule}`; it is left out"
        self.losses.note(self.question.ref, "question", what)
        return None

    def _choice(self, key: ChoiceKey) -> list[Lines]:
        several = asking.takes_several(self.question)
        marks = [(name(id_), 1 if id_ in key.right else -1) for id_ in key.options]
        limits = {"lower_bound": 0, "upper_bound": len(key.right)}
        cardinality = "multiple" if several else "single"
        choices = [self._simple_choice(part) for part in self.question.parts]
        asked = branch(
            "qti-choice-interaction",
            self._prompt(),
            *choices,
            response_identifier="RESPONSE",
            shuffle="false",
            max_choices=0 if several else 1,
        )
        told = [name(part.id) for part in self.question.parts if part.feedback]
        return [
            response("RESPONSE", cardinality, "identifier", map(name, key.right), marks, limits),
            *self._outcomes(),
            branch("qti-item-body", asked),
            qti_scoring.processing(
                qti_scoring.answered(["RESPONSE"]),
                [qti_scoring.set_score(qti_scoring.mapped(["RESPONSE"]))],
                self._feedback([variable("RESPONSE")] if told else []),
            ),
            *self._modals([part for part in self.question.parts if part.feedback]),
        ]

    def _match(self, key: PairsKey) -> list[Lines]:
        pairs = [(part, target) for part, right in key.parts.items() for target in right]
        values = [f"{name(part)} {name(target, 't')}" for part, target in pairs]
        first = [f"{name(part)} {name(right[0], 't')}" for part, right in key.parts.items()]
        asked = branch(
            "qti-match-interaction",
            self._prompt(),
            branch("qti-simple-match-set", *(self._associable(part, "o", 1) for part in self.question.parts)),
            branch("qti-simple-match-set", *(self._associable(target, "t", 0) for target in self.view.shown_targets)),
            response_identifier="RESPONSE",
            shuffle="false",
            max_associations=len(key.parts),
        )
        return [
            response("RESPONSE", "multiple", "directedPair", first, [(value, 1) for value in values]),
            *self._outcomes(),
            branch("qti-item-body", asked),
            qti_scoring.processing(
                qti_scoring.holds(len(key.parts)),
                [qti_scoring.set_score(qti_scoring.mapped(["RESPONSE"]))],
                self._feedback(self._all_parts()),
            ),
            *self._modals(asking.listed_feedback(self.question)),
        ]

    def _gaps(self, key: PairsKey) -> list[Lines]:
        names = {part: name(part, "r") for part in key.parts}
        declared = [
            response(names[part], "single", "identifier", [name(right[0], "t")], [(name(id_, "t"), 1) for id_ in right])
            for part, right in key.parts.items()
        ]
        choices = {part.id: self._inline_choice(names[part.id]) for part in self.question.parts}
        text = asking.with_gaps(self.writer.paragraphs(self.question.text, self.lang), choices)
        return [
            *declared,
            *self._outcomes(),
            branch("qti-item-body", self._lead(), [text]),
            qti_scoring.processing(
                qti_scoring.answered(list(names.values())),
                [qti_scoring.set_score(qti_scoring.mapped(list(names.values())))],
                self._feedback(self._all_parts()),
            ),
            *self._modals(asking.listed_feedback(self.question)),
        ]

    def _order(self, key: OrderKey) -> list[Lines]:
        asked = branch(
            "qti-order-interaction",
            self._prompt(),
            *(self._simple_choice(part) for part in self.view.shown_items),
            response_identifier="RESPONSE",
            shuffle="false",
        )
        return [
            response("RESPONSE", "ordered", "identifier", map(name, key.items)),
            *self._outcomes(),
            *qti_scoring.order_outcomes(key),
            branch("qti-item-body", asked),
            qti_scoring.processing(
                qti_scoring.holds(len(key.items)), qti_scoring.score_order(key), self._feedback(self._all_parts())
            ),
            *self._modals(asking.listed_feedback(self.question)),
        ]

    def _text(self, key: TextKey) -> list[Lines]:
        entry = leaf("qti-text-entry-interaction", response_identifier="RESPONSE", expected_length=30)
        missed = [part for part in self.question.parts if part.feedback and key.misses.get(part.id)]
        told = [
            branch(
                "qti-response-condition",
                branch("qti-response-if", qti_scoring.matches(key.misses[part.id]), *self._add(name(part.id))),
            )
            for part in missed
        ]
        return [
            response("RESPONSE", "single", "string", map(escaped, key.accepted[:1])),
            *self._outcomes(),
            branch("qti-item-body", self._lead(), branch("p", entry)),
            qti_scoring.processing(qti_scoring.typed(), [qti_scoring.score_text(key)], [*self._feedback([]), *told]),
            *self._modals(missed),
        ]

    def _essay(self, key: ChecklistKey) -> list[Lines]:
        """Return a free text without marks; what to compare it with is shown afterwards."""
        what = "the learner compares with the points afterwards and cannot tick them; no marks"
        self.losses.note(self.question.ref, "units", what)
        units = asking.units(key, self.question)
        points = "".join(f"<li>{self.writer.html(unit.text, self.lang)}</li>" for unit in units)
        lead = self._ours(self.interface.export["compare"])
        asked = branch("qti-extended-text-interaction", self._prompt(), response_identifier="RESPONSE")
        shown = branch(
            "qti-set-outcome-value", branch("qti-multiple", base("identifier", "units")), identifier="FEEDBACK"
        )
        return [
            leaf("qti-response-declaration", identifier="RESPONSE", cardinality="single", base_type="string"),
            outcome("FEEDBACK", "multiple", "identifier"),
            branch("qti-item-body", asked),
            branch("qti-response-processing", shown),
            self._modal("units", f"<p>{lead}</p><ul>{points}</ul>{self._explanation()}"),
        ]

    def _outcomes(self) -> list[Lines]:
        possible = asking.possible_marks(self.question.key)
        return [
            outcome("SCORE", "single", "float", "0"),
            outcome("MAXSCORE", "single", "float", str(possible)),
            outcome("COMPLETE", "single", "boolean", "false"),
            outcome("FEEDBACK", "multiple", "identifier"),
        ]

    def _prompt(self) -> Lines:
        return leaf("qti-prompt", "".join(self._lead()))

    def _lead(self) -> Lines:
        """Return the prompt, the text that stands for itself and, where there is one, the instruction."""
        told = asking.instruction(self.question, self.interface)
        html = self.writer.paragraphs(self.question.prompt, self.lang)
        if not asking.shows_gaps(self.question):
            html += self.writer.paragraphs(self.question.text, self.lang)
        return [html + (f"<p><em>{self._ours(told)}</em></p>" if told else "")]

    def _ours(self, words: str) -> str:
        """Return words of the interface, marked where the question is not in its language."""
        html = self.writer.html(words, self.interface.lang)
        return html if self.interface.lang == self.lang else self.writer.marked(html, self.interface.lang)

    def _simple_choice(self, part: Part) -> Lines:
        return leaf("qti-simple-choice", self._part_html(part), identifier=name(part.id))

    def _associable(self, piece: Part | Target, sort: str, most: int) -> Lines:
        words = self.writer.html(piece.text, self.lang)
        return leaf("qti-simple-associable-choice", words, identifier=name(piece.id, sort), match_max=most)

    def _inline_choice(self, identifier: str) -> str:
        choices = [
            leaf("qti-inline-choice", escape(self.writer.plain(target.text, self.lang), quote=False),
                 identifier=name(target.id, "t"))
            for target in self.view.shown_targets
        ]  # fmt: skip
        lines = branch("qti-inline-choice-interaction", *choices, response_identifier=identifier, shuffle="false")
        return "".join(line.strip(" ") for line in lines)

    def _part_html(self, part: Part) -> str:
        words = asking.part_name(self.question, part, self.interface)
        return self.writer.html(words, self.lang) if part.text else self._ours(words)

    def _all_parts(self) -> list[Lines]:
        return [base("identifier", name(part.id)) for part in asking.listed_feedback(self.question)]

    def _feedback(self, values: list[Lines]) -> list[Lines]:
        """Return the rule that says which feedback is shown."""
        told = [*values, *([base("identifier", "why")] if self._explanation() else [])]
        if not told:
            return []
        return [branch("qti-set-outcome-value", branch("qti-multiple", *told), identifier="FEEDBACK")]

    def _add(self, identifier: str) -> list[Lines]:
        more = branch("qti-multiple", variable("FEEDBACK"), base("identifier", identifier))
        return [branch("qti-set-outcome-value", more, identifier="FEEDBACK")]

    def _modals(self, parts: list[Part]) -> list[Lines]:
        """Return the feedback on each part, named by the part, and the explanation."""
        told = []
        for part in parts:
            missed = isinstance(self.question.key, TextKey)  # its words are spellings, which nobody wants to read
            lead = "" if missed else f"<strong>{self._part_html(part)}</strong> – "
            told.append(self._modal(name(part.id), f"<p>{lead}{self.writer.html(part.feedback, self.lang)}</p>"))
        explanation = self._explanation()
        return [*told, *([self._modal("why", explanation)] if explanation else [])]

    def _modal(self, identifier: str, html: str) -> Lines:
        body = leaf("qti-content-body", html)
        return branch(
            "qti-modal-feedback", body, outcome_identifier="FEEDBACK", show_hide="show", identifier=identifier
        )

    def _explanation(self) -> str:
        names = asking.extra_sources(self.question)
        html = self.writer.paragraphs(self.question.why, self.lang)
        if names:
            shown = "; ".join(self.writer.source(name) for name in names)
            html += f"<p>{self._ours(asking.sources_lead(self.interface))} {shown}</p>"
        return html
