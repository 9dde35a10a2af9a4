"""Faults that can be planted: each breaks one rule of our shapes in one record, and no other."""

from collections.abc import Callable, Mapping

import pyoxigraph as ox
from records import Record, concept, typed

__all__ = ["FAULTS", "Fault"]

Fault = tuple[str, Callable[[Record], None]]  # the rule it breaks, and how


def _dropped(name: str) -> Callable[[Record], None]:
    def drop(one: Record) -> None:
        del one.said[name]

    return drop


def _put(name: str, value: ox.NamedNode | ox.Literal) -> Callable[[Record], None]:
    def put(one: Record) -> None:
        one.said[name] = [value]

    return put


def _second_name(one: Record) -> None:
    one.said["label"].append(ox.Literal("Another name", language="en"))


def _only(language: str, name: str = "label") -> Callable[[Record], None]:
    def keep(one: Record) -> None:
        said = one.said[name]
        one.said[name] = [value for value in said if isinstance(value, ox.Literal) and value.language == language]

    return keep


FAULTS: Mapping[str, list[Fault]] = {  # by class
    "Activity": [
        ("plan-element-evidence", _dropped("evidence")),
        ("plan-element-label-spanish", _only("en")),
        ("plan-element-label-english", _only("es")),
        ("plan-element-label-single", _second_name),
    ],
    "Project": [("plan-element-funding-status", _put("fundingStatus", concept("unit/ports")))],
    "Target": [("target-unit", _put("unit", concept("funding-status/unfunded")))],
    "Participation": [
        ("participation-role", _dropped("role")),
        ("participation-written-as", _dropped("writtenAs")),
    ],
    "Justification": [
        ("justification-rationale", _dropped("rationale")),
        ("justification-confidence", _put("confidence", concept("role/partner"))),
    ],
    "Continuity": [("continuity-kind", _dropped("continuityKind"))],
    "Provision": [("provision-gist", _only("es", "gist")), ("provision-act", _dropped("act"))],
    "Organization": [("organization-kind", _dropped("kind"))],
    "Evidence": [("evidence-anchor", _put("anchor", typed("nine words where at most eight may be quoted")))],
}
