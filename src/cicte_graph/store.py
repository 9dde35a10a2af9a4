"""Hold the graph and put questions to it.

Queries see the union of all named graphs. Parameters are bound as terms, never pasted into text.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import pyoxigraph as ox

from cicte_graph.bound import with_values
from cicte_graph.errors import EngineError, UsageError
from cicte_graph.own_query import fault, has_dataset
from cicte_graph.terms import ID, PREFIXES

__all__ = ["Asked", "Dataset", "Row", "Store", "Term", "as_rows", "evaluated", "n_quads"]

Term = ox.NamedNode | ox.Literal
TERMS = (ox.NamedNode, ox.Literal)  # a tuple is told apart at a third of the time
Node = Term | ox.BlankNode | ox.Triple  # whatever a quad is made of
Row = dict[str, Term]
Item = TypeVar("Item")


class Dataset(NamedTuple):
    """The graphs a query sees: those that are its default graph together, and those it may name."""

    default: tuple[ox.NamedNode, ...]
    named: tuple[ox.NamedNode, ...]


class Asked(Protocol):
    """A graph that is only asked, wherever it is kept."""

    def __iter__(self) -> Iterator[ox.Quad]: ...

    def graphs(self) -> list[str]:
        """List the IRIs of the named graphs."""

    def about(self, iri: str) -> list[tuple[str, Term]]:
        """List what is said of a record as (property, value), in a fixed order."""

    def query(
        self, sparql: str, /, **parameters: ox.NamedNode | ox.Literal
    ) -> "ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]":
        """Run a query over the union of all graphs; standard prefixes are known, and parameters are bound as terms."""

    def rows(self, sparql: str, **parameters: ox.NamedNode | ox.Literal) -> list[Row]:
        """Run a SELECT query and return its rows, unbound variables left out."""


class Store:
    """An embedded graph that is only read once it is filled: in memory, or on disk where it is large.

    Attributes:
        folder: Where it is on disk, if it is.
    """

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self.folder: Path | None = None
        self._store = ox.Store()
        self._store.extend(quads)

    @classmethod
    def read(cls, content: bytes) -> "Store":
        """Read a graph from N-Quads into memory."""
        store = cls()
        store._store.bulk_load(content, format=ox.RdfFormat.N_QUADS)
        return store

    @classmethod
    def load(cls, path: Path) -> "Store":
        """Read a graph from a file of N-Quads into memory, without holding the file.

        Raises:
            SyntaxError: It is not N-Quads; says in which line.
        """
        store = cls()
        store._store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
        return store

    @staticmethod
    def make(folder: Path, path: Path) -> None:
        """Make a store in an empty folder, of a file of N-Quads; memory does not grow with the file.

        Raises:
            OSError: There is no room.
        """
        store = ox.Store(str(folder))
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        store.optimize()  # large joins take a small part of the time that they take without
        store.flush()

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """Open a store on disk, to be read; the time it takes does not grow with it.

        Raises:
            EngineError: It is none, or damaged.
        """
        store = cls()
        store.folder = folder
        try:
            store._store = ox.Store.read_only(str(folder))
        except (OSError, ValueError, RuntimeError) as error:
            raise EngineError(f"{folder}: the store cannot be opened ({error}). Remove it.") from error
        return store

    def __len__(self) -> int:
        return len(self._store)

    def __iter__(self) -> Iterator[ox.Quad]:
        return evaluated(self._store)

    def graphs(self) -> list[str]:
        """List the IRIs of the named graphs."""
        return sorted(graph.value for graph in self._store.named_graphs())

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; those already there change nothing."""
        self._store.extend(quads)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Take quads away; those that are not there change nothing."""
        for quad in quads:
            self._store.remove(quad)

    def matching(self, subject: Node | None, predicate: ox.NamedNode | None, object_: Node | None) -> Iterator[ox.Quad]:
        """Give the quads of any graph that have these terms, `None` standing for any."""
        if isinstance(subject, (ox.Literal, ox.Triple)):  # which are the subject of nothing
            return iter(())
        return self._store.quads_for_pattern(subject, predicate, object_, None)

    def graphless(self) -> Iterator[ox.Quad]:
        """Give the triples that stand in no named graph."""
        return self._store.quads_for_pattern(None, None, None, ox.DefaultGraph())

    def drop(self, graph: str) -> None:
        """Take a named graph away; one that is not there changes nothing."""
        self._store.remove_graph(ox.NamedNode(graph))

    def about(self, iri: str) -> list[tuple[str, Term]]:
        """List what is said of a record as (property, value), in a fixed order; ten times quicker than a query."""
        quads = self._store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        said = {(q.predicate.value, q.object) for q in evaluated(quads) if isinstance(q.object, TERMS)}
        return sorted(said, key=lambda one: (one[0], str(one[1])))

    def query(
        self, sparql: str, dataset: Dataset | None = None, /, **parameters: ox.NamedNode | ox.Literal
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Run a query over the union of all graphs, standard prefixes known, `<program/...>` naming a record.

        Args:
            sparql: The query.
            dataset: The graphs it sees, in place of those that it names itself.
            parameters: Terms for variables that it projects.

        Raises:
            UsageError: The query is malformed, or does not project a parameter it is given.
            EngineError: The engine could not evaluate it.
        """
        bound: Mapping[ox.Variable, ox.NamedNode | ox.Literal] = {
            ox.Variable(name): value for name, value in parameters.items()
        }
        union = dataset is None and not has_dataset(sparql)  # a query's own FROM is its default graph
        # the planner sees values that are written at the head, a substitution reaches what MINUS holds: both, for speed
        written = with_values(sparql, [parameters]) if parameters and "WHERE {" in sparql else sparql
        try:
            return self._store.query(
                written,
                base_iri=ID,
                prefixes=PREFIXES,
                use_default_graph_as_union=union,
                default_graph=list(dataset.default) if dataset else None,
                named_graphs=list(dataset.named) if dataset else None,
                substitutions=dict(bound),
            )
        except SyntaxError as error:
            hint = " Write records as <program/2012/...>, without `id:`." if "id:" in sparql else " Mend the query."
            said = " ".join(str(error).split())
            if "Prefix not found" in said:
                where, known = said.partition(": ")[0], ", ".join(PREFIXES)
                raise UsageError(
                    f"not a SPARQL query: {where}: a prefix is not known. Declare it; known are {known}."
                ) from error
            raise UsageError(f"not a SPARQL query: {fault(said)}.{hint}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise EngineError(f"the query cannot be evaluated: {error}") from error

    def rows(self, sparql: str, **parameters: ox.NamedNode | ox.Literal) -> list[Row]:
        """Run a SELECT query and return its rows, unbound variables left out."""
        return as_rows(self.query(sparql, **parameters))


def as_rows(solutions: object) -> list[Row]:
    """Make rows of what a query gives, unbound variables left out.

    Raises:
        UsageError: It was no SELECT query.
        EngineError: It cannot be evaluated.
    """
    if not isinstance(solutions, ox.QuerySolutions):
        raise UsageError("a SELECT query was expected. Use SELECT.")
    names = [variable.value for variable in solutions.variables]
    return [
        {name: value for name, value in zip(names, solution, strict=True) if isinstance(value, TERMS)}
        for solution in evaluated(solutions)
    ]


def evaluated(results: Iterable[Item]) -> Iterator[Item]:
    """Hand on a query's results one by one; what goes wrong on the way is the engine's error."""
    try:
        yield from results
    except (ValueError, RuntimeError, OSError) as error:
        raise EngineError(f"the query cannot be evaluated: {error}") from error


def n_quads(quads: Iterable[ox.Quad]) -> bytes:
    """Write quads as sorted N-Quads."""
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))
