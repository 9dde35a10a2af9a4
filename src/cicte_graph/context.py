"""Read the JSON-LD context: which keys YAML may use and what kind of value each takes.

The context is the only place that maps keys to RDF; this module only sorts its terms.
"""

import json
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from cicte_graph.terms import ID

__all__ = ["Context", "Kind", "Term", "read_context"]


class Kind(Enum):
    """What a key's value is."""

    LITERAL = "text"
    LANGUAGES = "text by language, as in {en: ..., es: ...}"
    REFERENCE = "an identifier"
    CONCEPT = "a value of a closed list"
    KEYED = "records by key"
    LISTED = "a record or a list of records"
    CLASS = "a class name"


CONTAINERS = {"@language": Kind.LANGUAGES, "@index": Kind.KEYED, "@set": Kind.LISTED}
COERCIONS = {"@id": Kind.REFERENCE, "@vocab": Kind.CONCEPT}


@dataclass(frozen=True, slots=True)
class Term:
    """One key of the context."""

    key: str
    kind: Kind
    base: str = ""  # what a short identifier, or the class of a nested record, is completed with
    datatype: str = ""

    @property
    def segment(self) -> str:
        """First part of the identifiers of records nested under this key, e.g. `project`."""
        return self.base.removeprefix(ID).rstrip("/")


@dataclass(frozen=True, slots=True)
class Context:
    """The keys of the context, and the context itself for the JSON-LD parser."""

    terms: dict[str, Term]
    keyed_by: dict[str, str]  # key -> the key its records take their own key for
    document: dict[str, Any]


@cache
def read_context(path: Path) -> Context:
    """Read the context file; it is ours and tested, so a fault in it is a bug."""
    whole = json.loads(path.read_text(encoding="utf-8"))
    definitions: dict[str, Any] = whole["@context"]
    terms = {key: _term(key, definition) for key, definition in definitions.items() if _is_key(key, definition)}
    return Context(terms, whole["keyed by"], definitions)


def _is_key(key: str, definition: Any) -> bool:
    return not key.startswith("@") and (isinstance(definition, dict) or definition == "@type")


def _term(key: str, definition: Any) -> Term:
    if definition == "@type":
        return Term(key, Kind.CLASS)
    scoped = definition.get("@context", {})
    base = scoped.get("@base", scoped.get("@vocab", ""))
    container, coerced = definition.get("@container"), definition.get("@type")
    kind = CONTAINERS.get(container) or COERCIONS.get(coerced, Kind.LITERAL)
    return Term(key, kind, base, coerced if kind is Kind.LITERAL else "")
