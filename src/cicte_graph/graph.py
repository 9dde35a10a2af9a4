"""A graph one can ask: the store together with the house's queries, and what records are called.

The floor that questions, traces and maps stand on; it knows no class and no question of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

import pyoxigraph as ox

from cicte_graph.build import open_store
from cicte_graph.cache import Version
from cicte_graph.house import House
from cicte_graph.store import Asked, Row, Term
from cicte_graph.terms import CICTE, CONCEPT, ID, PREFIXES, expand, shorten

__all__ = ["Graph", "Passage", "local"]

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Where something stands: a document's symbol, a place in it, and words to find it by."""

    symbol: str
    locator: str
    anchor: str

    def __str__(self) -> str:
        return f"{self.symbol}, {self.locator}: “{self.anchor}”"


class Graph:
    """The graph of one house, in one language."""

    def __init__(self, house: House, store: Asked, version: Version, language: str = "en") -> None:
        self.house = house
        self.store = store
        self.version = version
        self.language = language
        self._texts: dict[str, str] = {}  # of queries, each read once
        self._said: dict[str, dict[str, list[Term]]] = {}  # of records, each asked for once
        self._made: dict[str, object] = {}  # of what is worked out once

    @classmethod
    def open(cls, house: House, language: str = "en", *, last_good: bool = True) -> "Graph":
        """Open the graph of a house, building it once for its files; see `cicte_graph.build.open_store`."""
        return cls(house, *open_store(house, last_good=last_good), language)

    def rows(self, query: str, **parameters: str) -> list[Row]:
        """Run a query of the house with records as parameters; one that takes none is run once.

        Args:
            query: The file below queries/, without its ending, e.g. `trace/rests-on`.
            parameters: Identifiers, short or written out.
        """
        if query not in self._texts:
            self._texts[query] = (self.house.queries / f"{query}.rq").read_text(encoding="utf-8")
        if not parameters:
            return self.once(query, lambda: self.store.rows(self._texts[query]))
        bound = {name: ox.NamedNode(expand(value)) for name, value in parameters.items()}
        return self.store.rows(self._texts[query], **bound)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Work something out of the graph once and keep it; the graph does not change."""
        if name not in self._made:
            self._made[name] = make()
        return cast("Made", self._made[name])

    def said(self, iri: str) -> dict[str, list[Term]]:
        """Give all that is said of a record: values by the property's IRI."""
        if iri not in self._said:
            found: dict[str, list[Term]] = {}
            for name, value in self.store.about(iri):
                found.setdefault(name, []).append(value)
            self._said[iri] = found
        return self._said[iri]

    def values(self, iri: str, property_name: str) -> list[str]:
        """List the values of one of our properties, as text."""
        return [value.value for value in self.said(iri).get(CICTE + property_name, [])]

    def values_of(self, identifier: str, property_name: str) -> list[str]:
        """List the values of one of our properties, of a record by its identifier; records written short."""
        return [shorten(value) for value in self.values(expand(identifier), property_name)]

    def types(self, iri: str) -> list[str]:
        """List the IRIs of a record's classes."""
        return [kind.value for kind in self.said(iri).get(PREFIXES["rdf"] + "type", [])]

    def label(self, iri: str) -> str:
        """Tell what a record is called, in the graph's language or the nearest there is."""
        return self._nearest(iri, PREFIXES["rdfs"] + "label") or shorten(iri)

    def label_of(self, identifier: str) -> str:
        """Tell what a record is called by its identifier, short or written out."""
        return self.label(expand(identifier))

    def plans(self) -> list[str]:
        """List the identifiers of the work plans, the earliest first."""
        return [shorten(row["plan"].value) for row in self.rows("programs/plans")]

    def plan_of(self, iri: str) -> str:
        """Give the IRI of the plan a record belongs to; a plan is its own."""
        return next(iter(self.values(iri, "inPlan")), iri)

    def description(self, iri: str) -> str:
        """Give our description of a record, in the graph's language or the nearest there is, or nothing."""
        return self._nearest(iri, PREFIXES["dcterms"] + "description")

    def definition(self, iri: str) -> str:
        """Give the definition of a value of a closed list, in the graph's language or the nearest there is."""
        return self._nearest(iri, PREFIXES["skos"] + "definition")

    def note(self, iri: str) -> str:
        """Give our note on a record, in the graph's language or the nearest there is, or nothing."""
        return self._nearest(iri, PREFIXES["skos"] + "note")

    def labels(self, iri: str) -> list[str]:
        """List what a record is called, in every language."""
        return [value.value for value in self.said(iri).get(PREFIXES["rdfs"] + "label", [])]

    def text(self, iri: str, property_name: str) -> str:
        """Give our own words on a record, in the graph's language or the nearest there is, or nothing."""
        return self._nearest(iri, CICTE + property_name)

    def _nearest(self, iri: str, property_iri: str) -> str:
        texts = [value for value in self.said(iri).get(property_iri, []) if isinstance(value, ox.Literal)]
        by_language = {text.language: text.value for text in reversed(texts)}
        return by_language.get(self.language) or by_language.get("en") or next(iter(by_language.values()), "")

    def iris(self, iri: str, skos_name: str) -> list[str]:
        """List what a concept is tied to by a property of SKOS."""
        return [value.value for value in self.said(iri).get(PREFIXES["skos"] + skos_name, [])]

    def concepts(self, scheme: str) -> list[str]:
        """List the values of a closed list, by its key, strongest or first by name."""
        rows = self.rows("records/list-values")
        return [row["concept"].value for row in rows if row["scheme"].value == CONCEPT + scheme]

    def stands(self, iri: str) -> bool:
        """Tell whether a record stands in some document."""
        return bool(self.values(iri, "evidence"))

    def passages(self, iri: str) -> list[Passage]:
        """List where a record stands, in the order of documents and places."""
        found = []
        for evidence in self.values(iri, "evidence"):
            [source], [locator], [anchor] = (self.values(evidence, name) for name in ("source", "locator", "anchor"))
            found.append(Passage(self.values(source, "symbol")[0], locator, anchor))
        return sorted(found)


def local(iri: str) -> str:
    """Give the last part of an IRI: the key of a record, concept, class or property."""
    return iri.rpartition("#")[2].rpartition("/")[2] if "#" in iri else iri.removeprefix(ID).rpartition("/")[2]
