"""Hold the graph and put questions to it.

Queries see the union of all named graphs. Parameters are bound as terms, never pasted into text.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from cicte_graph.errors import EngineError, UsageError
from cicte_graph.terms import ID, PREFIXES

__all__ = ["Row", "Store", "Term"]

Term = ox.NamedNode | ox.Literal
Row = dict[str, Term]


class Store:
    """An embedded graph that is only read once it is filled."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self._store = ox.Store()
        self._store.extend(quads)

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Read a graph from an N-Quads file.

        Raises:
            EngineError: The file is damaged.
        """
        store = cls()
        try:
            store._store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
        except (SyntaxError, OSError) as error:
            raise EngineError(f"{path}: cannot be read as N-Quads ({error}). Delete it and run again.") from error
        return store

    def __len__(self) -> int:
        return len(self._store)

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self._store)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; those already there change nothing."""
        self._store.extend(quads)

    def query(
        self, sparql: str, **parameters: ox.NamedNode | ox.Literal
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Run a query over the union of all graphs, standard prefixes known, `<program/...>` naming a record.

        Raises:
            UsageError: The query is malformed, or does not project a parameter it is given.
            EngineError: The engine could not evaluate it.
        """
        bound: Mapping[ox.Variable, ox.NamedNode | ox.Literal] = {
            ox.Variable(name): value for name, value in parameters.items()
        }
        try:
            return self._store.query(
                sparql, base_iri=ID, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=dict(bound)
            )
        except SyntaxError as error:
            hint = " Write records as <program/2012/...>, without `id:`." if "id:" in sparql else " Mend the query."
            raise UsageError(f"not a SPARQL query: {str(error).strip()}.{hint}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise EngineError(f"the query cannot be evaluated: {error}") from error

    def rows(self, sparql: str, **parameters: ox.NamedNode | ox.Literal) -> list[Row]:
        """Run a SELECT query and return its rows, unbound variables left out."""
        solutions = self.query(sparql, **parameters)
        if not isinstance(solutions, ox.QuerySolutions):
            raise UsageError("a SELECT query was expected. Use SELECT.")
        names = [variable.value for variable in solutions.variables]
        found: list[Row] = []
        for solution in solutions:
            row: Row = {}
            for name in names:
                value = solution[name]
                if isinstance(value, ox.NamedNode | ox.Literal):
                    row[name] = value
            found.append(row)
        return found
