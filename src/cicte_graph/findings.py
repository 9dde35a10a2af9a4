"""Write the findings of a check: text, JSON, Turtle, and the annotations GitHub shows beside a line."""

import json
from collections import Counter
from collections.abc import Callable, Sequence

import pyoxigraph as ox

from cicte_graph.terms import BASE, PREFIXES, shorten
from cicte_graph.validate import Finding, Severity

__all__ = ["FINDING_FORMATS"]

Writer = Callable[[Sequence[Finding], int], str]
SH = PREFIXES["sh"]


def _where(finding: Finding) -> str:
    return f"{finding.place.path}:{finding.place.line}" if finding.place else shorten(finding.record)


def _text(findings: Sequence[Finding], records: int) -> str:
    out = []
    for severity in Severity:
        of_this = [finding for finding in findings if finding.severity is severity]
        for rule in dict.fromkeys(finding.rule for finding in of_this):
            found = [finding for finding in of_this if finding.rule == rule]
            out.append(f"{severity.value}: {rule}: {len(found)}")
            out += [f"  {_where(finding)}: {rule}: {finding.message} [{shorten(finding.record)}]" for finding in found]
    counts = Counter(finding.severity for finding in findings)
    summary = ", ".join(f"{counts[severity]} {severity.value}" for severity in Severity)
    out.append(f"{records} records checked: {summary}")
    return "\n".join(out) + "\n"


def _as_json(findings: Sequence[Finding], records: int) -> str:
    rows = [
        {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "record": shorten(finding.record),
            "path": finding.place.path if finding.place else None,
            "line": finding.place.line if finding.place else None,
            "message": finding.message,
        }
        for finding in findings
    ]
    return json.dumps({"records": records, "findings": rows}, ensure_ascii=False, indent=2) + "\n"


def _github(findings: Sequence[Finding], records: int) -> str:
    """Write workflow commands, as GitHub Actions reads them."""
    level = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    rows = [
        f"::{level[finding.severity]} "
        + (f"file={finding.place.path},line={finding.place.line}," if finding.place else "")
        + f"title={finding.rule}::{finding.message.replace('%', '%25')}"
        for finding in findings
    ]
    return "".join(row + "\n" for row in [*rows, f"::notice title=check::{records} records checked"])


def _turtle(findings: Sequence[Finding], records: int) -> str:
    """Write a SHACL validation report; every result has an IRI of its own rule and record."""
    levels = {Severity.VIOLATION: "Violation", Severity.WARNING: "Warning", Severity.INFO: "Info"}
    report = ox.NamedNode(f"{BASE}report")

    def sh(name: str) -> ox.NamedNode:
        return ox.NamedNode(SH + name)

    kind = ox.NamedNode(f"{PREFIXES['rdf']}type")
    conforms = not any(finding.severity is Severity.VIOLATION for finding in findings)
    triples = [ox.Triple(report, kind, sh("ValidationReport")), ox.Triple(report, sh("conforms"), ox.Literal(conforms))]
    for finding in findings:
        result = ox.NamedNode(f"{BASE}report/{finding.rule}/{finding.record.removeprefix(BASE)}")
        triples += [
            ox.Triple(report, sh("result"), result),
            ox.Triple(result, kind, sh("ValidationResult")),
            ox.Triple(result, sh("focusNode"), ox.NamedNode(finding.record)),
            ox.Triple(result, sh("resultSeverity"), sh(levels[finding.severity])),
            ox.Triple(result, sh("resultMessage"), ox.Literal(finding.message, language="en")),
            ox.Triple(result, sh("sourceShape"), ox.NamedNode(f"{BASE}shape/{finding.rule}")),
        ]
    comment = ox.NamedNode(f"{PREFIXES['rdfs']}comment")
    triples.append(ox.Triple(report, comment, ox.Literal(f"{records} records checked")))
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={"sh": SH}) or b"").decode()


FINDING_FORMATS: dict[str, Writer] = {"text": _text, "json": _as_json, "github": _github, "turtle": _turtle}
