"""Executes the response processing of a QTI 3 item, after the specification and not after the exporter."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

NAMESPACE = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"


class Player:
    """An item and its variables. A value is None, a scalar, or a list for a container."""

    def __init__(self, item: bytes | str) -> None:
        self.item = ET.fromstring(item)
        self.types: dict[str, tuple[str, str]] = {}
        self.mappings: dict[str, ET.Element] = {}
        self.outcomes: dict[str, Any] = {}
        self.responses: dict[str, Any] = {}
        for declared in self.item.iter(f"{NAMESPACE}qti-response-declaration"):
            name = declared.attrib["identifier"]
            self.types[name] = declared.attrib["cardinality"], declared.attrib["base-type"]
            mapping = declared.find(f"{NAMESPACE}qti-mapping")
            if mapping is not None:
                self.mappings[name] = mapping
        for declared in self.item.iter(f"{NAMESPACE}qti-outcome-declaration"):
            name = declared.attrib["identifier"]
            self.types[name] = declared.attrib["cardinality"], declared.attrib["base-type"]
            default = declared.find(f"{NAMESPACE}qti-default-value/{NAMESPACE}qti-value")
            self.outcomes[name] = _value(self.types[name][1], default.text) if default is not None else None

    def respond(self, responses: dict[str, Any]) -> dict[str, Any]:
        """Give responses by identifier, process them, and return the outcomes."""
        self.responses = {name: value if value != [] else None for name, value in responses.items()}
        for rule in self.item.find(f"{NAMESPACE}qti-response-processing") or ():
            self._do(rule)
        return self.outcomes

    def _do(self, rule: ET.Element) -> None:
        match _tag(rule):
            case "qti-set-outcome-value":
                name = rule.attrib["identifier"]
                value = self._get(rule[0])
                cardinality, base_type = self.types[name]
                assert isinstance(value, list) == (cardinality != "single"), name
                self.outcomes[name] = float(value) if base_type == "float" else value
            case "qti-response-condition":
                for branch in rule:
                    last = _tag(branch) == "qti-response-else"
                    if last or self._get(branch[0]) is True:
                        for below in branch if last else branch[1:]:
                            self._do(below)
                        return
            case other:
                raise AssertionError(f"unknown rule {other}")

    def _get(self, expression: ET.Element) -> Any:
        name = _tag(expression)
        if name == "qti-base-value":
            return _value(expression.attrib["base-type"], expression.text)
        if name == "qti-variable":
            return {**self.outcomes, **self.responses}.get(expression.attrib["identifier"])
        if name == "qti-map-response":
            return self._mapped(expression.attrib["identifier"])
        values = [self._get(below) for below in expression]
        if name in ("qti-is-null", "qti-container-size", "qti-multiple"):
            return _on_null(name, values)
        if name == "qti-and":
            return False if False in values else None if None in values else True
        if None in values:
            return None
        return _on_values(name, values, expression)

    def _mapped(self, name: str) -> float:
        mapping = self.mappings[name]
        marks = {entry.attrib["map-key"]: float(entry.attrib["mapped-value"]) for entry in mapping}
        value = self.responses.get(name)
        given = [] if value is None else list(dict.fromkeys(value)) if isinstance(value, list) else [value]
        total = sum(marks.get(one, float(mapping.get("default-value", "0"))) for one in given)
        low, high = mapping.get("lower-bound"), mapping.get("upper-bound")
        total = max(total, float(low)) if low is not None else total
        return min(total, float(high)) if high is not None else total


def _on_null(name: str, values: list[Any]) -> Any:
    if name == "qti-is-null":
        return values[0] is None
    if name == "qti-container-size":
        return len(values[0] or [])
    flat = [one for value in values if value is not None for one in (value if isinstance(value, list) else [value])]
    return flat or None


def _on_values(name: str, values: list[Any], expression: ET.Element) -> Any:
    first = values[0]
    match name:
        case "qti-not":
            return not first
        case "qti-match" | "qti-equal":
            return bool(first == values[1])
        case "qti-index":
            at = int(expression.attrib["n"])
            return first[at - 1] if at <= len(first) else None
        case "qti-lt":
            return first < values[1]
        case "qti-gt":
            return first > values[1]
        case "qti-gte":
            return first >= values[1]
        case "qti-sum":
            return sum(values)
        case "qti-max":
            return max(values)
        case "qti-pattern-match":
            return re.fullmatch(expression.attrib["pattern"], first) is not None
    raise AssertionError(f"unknown expression {name}")


def _tag(element: ET.Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def _value(base_type: str, text: str | None) -> Any:
    makers: dict[str, Any] = {"float": float, "integer": int, "boolean": lambda value: value == "true"}
    return makers.get(base_type, str)(text or "")
