"""The graph from Python: ask, query, trace, search, show, brief, report, diff, network, withdraw, path.

Results print and show in notebooks. Thin over the modules the command line stands on; each is imported where it is
used.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cicte_graph.time_limit import LIMIT

if TYPE_CHECKING:
    import networkx as nx

    from cicte_graph.cache import Version
    from cicte_graph.graph import Graph
    from cicte_graph.network.choice import Choice
    from cicte_graph.page import Page
    from cicte_graph.plots import Plot
    from cicte_graph.reports.report import Report
    from cicte_graph.show import Record
    from cicte_graph.table import Table
    from cicte_graph.trace import Trace

__all__ = ["OpenGraph", "open_graph"]


def open_graph(data: Path | str | None = None, *, endpoint: str | None = None, language: str = "en") -> "OpenGraph":
    """Open the graph, building it once for its files, or the one that an endpoint holds.

    Args:
        data: A data folder, or a file of N-Quads, instead of our own.
        endpoint: The address of a SPARQL service that holds the graph; without it, and without
            a data folder, that of CICTE_GRAPH_ENDPOINT.
        language: Of names and texts: en, es, fr or pt; the nearest there is.

    Raises:
        CicteGraphError: The data folder does not exist, or its files are at fault; the endpoint does not answer.
    """
    from cicte_graph.asking import named, opened
    from cicte_graph.house import open_house

    folder = Path(data) if data is not None else None
    return OpenGraph(opened(open_house(folder), named(folder, endpoint), language))


class OpenGraph:
    """A graph to ask, in one language.

    Whatever is asked for may be named by identifier, name, acronym or symbol; errors are `CicteGraphError`.
    """

    def __init__(self, graph: "Graph") -> None:
        self._graph = graph

    @property
    def version(self) -> "Version":
        """What a citation names: the digest of the graph, and the day it was first built here."""
        return self._graph.version

    def __repr__(self) -> str:
        return f"<cicte-graph {self.version}>"

    def ask(self, question: str, *, time_limit: float = LIMIT, **values: object) -> "Table":
        """Answer a question of the library: `ask("partners-of", element="tourism security 2018")`."""
        from cicte_graph.answers import answer

        return answer(self._graph, question, {name: str(value) for name, value in values.items()}, limit=time_limit)

    def query(self, sparql: str, *, time_limit: float = LIMIT) -> "Table":
        """Run SPARQL over all graphs as one; standard prefixes are known and `<program/2012/...>` names a record."""
        from cicte_graph.answers import run

        return run(self._graph, sparql, limit=time_limit)

    def trace(
        self, what: str, *, basis: Sequence[str] = (), status: Sequence[str] = (), confidence: Sequence[str] = ()
    ) -> "Trace":
        """Trace an element up to its mandates, or a mandate or `topic NAME` down; show only links of some kinds."""
        from cicte_graph.answers import concept
        from cicte_graph.find import find_traced
        from cicte_graph.graph import local
        from cicte_graph.trace import Cut, cut, trace

        def keys(scheme: str, values: Sequence[str]) -> list[str]:
            wanted = [values] if isinstance(values, str) else values
            return [local(concept(self._graph, scheme, value).value) for value in wanted]

        wanted = Cut(keys("basis", basis), keys("status", status), keys("confidence", confidence))
        return cut(trace(self._graph, find_traced(self._graph, what)), wanted)

    def search(self, words: str) -> "Table":
        """List the records whose names match, best first."""
        from cicte_graph.find import found

        return found(self._graph, words)

    def show(self, what: str) -> "Record":
        """Gather what the graph says of a record, where that stands and what names it."""
        from cicte_graph.find import find_one
        from cicte_graph.show import show

        return show(self._graph, find_one(self._graph, what))

    def brief(self, what: str) -> "Page":
        """Write the briefing on a program, project, provision, instrument, organization, country or plan."""
        from cicte_graph.brief import brief, find_briefed

        return brief(self._graph, find_briefed(self._graph, what))

    def report(self, name: str) -> "Report":
        """Make a report of `cicte_graph.reports.REPORTS`."""
        from cicte_graph.reports import make_report

        return make_report(self._graph, name)

    def plot(self, name: str) -> "Plot":
        """Draw a plot of `cicte_graph.plots.PLOTS`: a figure, and the table of the rows it is drawn from."""
        from cicte_graph.plots import plot

        return plot(self._graph, name)

    def diff(self, earlier: str, later: str) -> "Report":
        """Compare two plans."""
        from cicte_graph.find import find_one
        from cicte_graph.reports.diff import diff
        from cicte_graph.terms import shorten

        return diff(self._graph, *(shorten(find_one(self._graph, plan, "WorkPlan")) for plan in (earlier, later)))

    def network(self, of: str = "organizations", **choice: Any) -> "nx.Graph[str]":
        """Make a partner network as a networkx graph: `network("elements", plan="2018-2019")`.

        Args:
            of: partners, organizations, elements or layers; see `cicte_graph.network.networks.NETWORKS`.
            choice: What part of it, one value or several each; see `cicte_graph.network.choice.choose`.
        """
        from cicte_graph.network import extra
        from cicte_graph.network.shares import shares

        with extra():
            from cicte_graph.network.networks import network_of

        return network_of(shares(self._graph, self._choice(choice)), of)

    def withdraw(self, *organizations: str, with_parts: bool = False, **choice: Any) -> "Report":
        """Tell what is lost if organizations withdraw: `withdraw("INTERPOL", "UNODC", plan="2018-2019")`."""
        from cicte_graph.find import find_one
        from cicte_graph.network import extra

        with extra():
            from cicte_graph.network.withdraw import withdraw

        bodies = [find_one(self._graph, words, "Organization") for words in organizations]
        return withdraw(self._graph, bodies, self._choice(choice), with_parts=with_parts)

    def path(self, one: str, other: str, **choice: Any) -> "Report":
        """Tell how two organizations are connected: `path("FRONTEX", "Microsoft")`."""
        from cicte_graph.find import find_one
        from cicte_graph.network import extra

        with extra():
            from cicte_graph.network.path import path

        first, last = (find_one(self._graph, words, "Organization") for words in (one, other))
        return path(self._graph, first, last, self._choice(choice))

    def _choice(self, given: dict[str, Any]) -> "Choice":
        from cicte_graph.network.choice import choose

        wanted: dict[str, Any] = {
            name: [value] if isinstance(value, str) and name != "level" else value for name, value in given.items()
        }
        return choose(self._graph, **wanted)

    def questions(self, words: str = "") -> "Table":
        """List the questions of the library, or those that speak of some words."""
        from cicte_graph.query_library import find_queries, listing, matching

        return listing(matching(find_queries(self._graph.house.queries), words))
