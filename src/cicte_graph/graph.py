"""A graph one can ask: the store together with the house's queries, and what records are called.

The floor that questions, traces and maps stand on; it knows no class and no question of its own.
"""

from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from cicte_graph.build import open_graph
from cicte_graph.house import House
from cicte_graph.store import Row, Store
from cicte_graph.terms import CICTE, ID, expand, shorten

__all__ = ["Graph", "Passage", "local"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something stands: a document's symbol, a place in it, and words to find it by."""

    symbol: str
    locator: str
    anchor: str

    def __str__(self) -> str:
        return f"{self.symbol}, {self.locator}: “{self.anchor}”"


class Graph:
    """The graph of one house, in one language."""

    def __init__(self, house: House, store: Store, version: str, language: str = "en") -> None:
        self.house = house
        self.store = store
        self.version = version  # digest of the quads
        self.language = language
        self._labels: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    @classmethod
    def open(cls, house: House, language: str = "en") -> "Graph":
        """Open the graph of a house, building it once for its files."""
        return cls(house, *open_graph(house), language)

    def ask(self, query: str, **parameters: str) -> list[Row]:
        """Run a query of the house with records as parameters.

        Args:
            query: The file below queries/, without its ending, e.g. `trace/rests-on`.
            parameters: Identifiers, short or written out.
        """
        return self.store.rows(
            self._texts.setdefault(query, (self.house.queries / f"{query}.rq").read_text(encoding="utf-8")),
            **{name: ox.NamedNode(expand(value)) for name, value in parameters.items()},
        )

    def label(self, iri: str) -> str:
        """Tell what a record is called, in the graph's language or the nearest there is."""
        if iri not in self._labels:
            rows = self.store.rows(self._label_query, record=ox.NamedNode(iri), language=ox.Literal(self.language))
            self._labels[iri] = rows[0]["label"].value if rows else shorten(iri)
        return self._labels[iri]

    @cached_property
    def _label_query(self) -> str:
        return (self.house.queries / "records" / "label.rq").read_text(encoding="utf-8")

    def text(self, iri: str, property_name: str) -> str:
        """Give our own words on a record, in the graph's language or the nearest there is, or nothing."""
        said = {
            literal.language or "": literal.value
            for row in self.ask("records/texts", record=iri)
            if local(row["property"].value) == property_name and isinstance(literal := row["text"], ox.Literal)
        }
        return said.get(self.language) or said.get("en") or next(iter(said.values()), "")

    def passages(self, iri: str) -> list[Passage]:
        """List where a record stands, in the order of documents and places."""
        rows = self.ask("records/evidence", record=iri)
        return [Passage(*(row[name].value for name in ("symbol", "locator", "anchor"))) for row in rows]

    def values(self, iri: str, property_name: str) -> list[str]:
        """List the values of one of our properties, as text."""
        rows = self.ask("records/statements", record=iri)
        return [row["value"].value for row in rows if row["property"].value == CICTE + property_name]


def local(iri: str) -> str:
    """Give the last part of an IRI: the key of a record, concept, class or property."""
    return iri.rpartition("#")[2].rpartition("/")[2] if "#" in iri else iri.removeprefix(ID).rpartition("/")[2]
