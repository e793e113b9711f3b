"""Our marks as QTI 3 response processing: the same score, and nothing graded before the response is complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from capisce.exporting import folding
from capisce.exporting.text import branch, leaf
from capisce.model import OrderKey, TextKey

Lines = list[str]


def name(id_: str, sort: str = "o") -> str:
    """Return an id as QTI wants it: beginning with a letter, and different for items and what they are paired with."""
    return f"{sort}-{id_}"


def outcome(identifier: str, cardinality: str, base_type: str, default: str = "") -> Lines:
    """Declare an outcome."""
    attributes = {"identifier": identifier, "cardinality": cardinality, "base_type": base_type}
    if not default:
        return leaf("qti-outcome-declaration", **attributes)
    return branch("qti-outcome-declaration", branch("qti-default-value", leaf("qti-value", default)), **attributes)


def response(
    identifier: str,
    cardinality: str,
    base_type: str,
    right: Iterable[str],
    marks: Sequence[tuple[str, int]] = (),
    limits: dict[str, int] | None = None,
) -> Lines:
    """Declare a response: what is right, and what each part of it is worth."""
    children = [branch("qti-correct-response", *(leaf("qti-value", value) for value in right))]
    if marks:
        entries = (leaf("qti-map-entry", map_key=key, mapped_value=value) for key, value in marks)
        children.append(branch("qti-mapping", *entries, **(limits or {}), default_value=0))
    attributes = {"identifier": identifier, "cardinality": cardinality, "base_type": base_type}
    return branch("qti-response-declaration", *children, **attributes)


def processing(complete: Lines, scoring: Sequence[Lines], feedback: Sequence[Lines]) -> Lines:
    """Return the processing: a response that is not complete earns nothing and is told so in COMPLETE."""
    done = branch("qti-set-outcome-value", base("boolean", "true"), identifier="COMPLETE")
    not_done = branch("qti-set-outcome-value", base("boolean", "false"), identifier="COMPLETE")
    return branch(
        "qti-response-processing",
        branch(
            "qti-response-condition",
            branch("qti-response-if", complete, done, *scoring, *feedback),
            branch("qti-response-else", not_done, set_score(base("float", "0"))),
        ),
    )


def base(base_type: str, value: str) -> Lines:
    return leaf("qti-base-value", value, base_type=base_type)


def variable(identifier: str) -> Lines:
    return leaf("qti-variable", identifier=identifier)


def set_score(value: Lines) -> Lines:
    return branch("qti-set-outcome-value", value, identifier="SCORE")


def answered(identifiers: Sequence[str]) -> Lines:
    """Return the condition that every one of these responses was given."""
    given = [branch("qti-not", branch("qti-is-null", variable(identifier))) for identifier in identifiers]
    return given[0] if len(given) == 1 else branch("qti-and", *given)


def holds(count: int) -> Lines:
    """Return the condition that the response holds so many parts."""
    size = branch("qti-container-size", variable("RESPONSE"))
    return branch("qti-equal", size, base("integer", str(count)), tolerance_mode="exact")


def typed() -> Lines:
    """Return the condition that something was typed."""
    blank = branch("qti-pattern-match", variable("RESPONSE"), pattern=folding.blank())
    return branch("qti-not", blank)


def mapped(identifiers: Sequence[str]) -> Lines:
    """Return the sum of what the responses are worth."""
    maps = [leaf("qti-map-response", identifier=identifier) for identifier in identifiers]
    return maps[0] if len(maps) == 1 else branch("qti-sum", *maps)


def score_text(key: TextKey) -> Lines:
    """Give one mark for what folds to one of the spellings."""
    return branch(
        "qti-response-condition",
        branch("qti-response-if", matches(key.accepted), set_score(base("float", "1"))),
        branch("qti-response-else", set_score(base("float", "0"))),
    )


def matches(spellings: Iterable[str]) -> Lines:
    return branch("qti-pattern-match", variable("RESPONSE"), pattern=folding.pattern(spellings))


def order_outcomes(key: OrderKey) -> list[Lines]:
    """Declare where each item stands, and the longest run that ends with it."""
    numbers = range(1, len(key.items) + 1)
    return [outcome(f"{sort}-{n}", "single", "integer", "1") for sort in ("PLACE", "RUN") for n in numbers]


def score_order(key: OrderKey) -> list[Lines]:
    """Give the length of the longest run in the right relative order, and 0 when it is 1.

    QTI has no loops, so the usual way is written out: find each item's place; then, in the right order, a run that
    ends with an item is one longer than the longest that ends with an earlier item standing before it.
    """
    numbers = range(1, len(key.items) + 1)
    rules = [_find_place(place, key) for place in numbers]
    rules += [_lengthen(earlier, later) for later in numbers for earlier in range(1, later)]
    longest = branch("qti-max", *(variable(f"RUN-{n}") for n in numbers))
    alone = branch("qti-gt", longest, base("integer", "1"))
    rules.append(
        branch(
            "qti-response-condition",
            branch("qti-response-if", alone, set_score(longest)),
            branch("qti-response-else", set_score(base("float", "0"))),
        )
    )
    return rules


def _find_place(place: int, key: OrderKey) -> Lines:
    here = branch("qti-index", variable("RESPONSE"), n=place)
    branches = []
    for number, item in enumerate(key.items, 1):
        is_item = branch("qti-match", here, base("identifier", name(item)))
        found = branch("qti-set-outcome-value", base("integer", str(place)), identifier=f"PLACE-{number}")
        branches.append(branch("qti-response-if" if number == 1 else "qti-response-else-if", is_item, found))
    return branch("qti-response-condition", *branches)


def _lengthen(earlier: int, later: int) -> Lines:
    before = branch("qti-lt", variable(f"PLACE-{earlier}"), variable(f"PLACE-{later}"))
    longer = branch("qti-gte", variable(f"RUN-{earlier}"), variable(f"RUN-{later}"))
    one_more = branch("qti-sum", variable(f"RUN-{earlier}"), base("integer", "1"))
    set_run = branch("qti-set-outcome-value", one_more, identifier=f"RUN-{later}")
    return branch("qti-response-condition", branch("qti-response-if", branch("qti-and", before, longer), set_run))
