"""Draw a trace as a Mermaid flowchart: element, what it is part of, justification, mandate, instrument, body.

Links that speak more widely are one node with their number, so that a drawing stays readable and says so.
"""

from collections import Counter

from cicte_graph.lines import visible
from cicte_graph.link import Link, Named
from cicte_graph.trace import Trace
from cicte_graph.trace_text import left_out, strength
from cicte_graph.wording import say, speaking

__all__ = ["as_mermaid"]

ARROWS = {"stated": "==>", "curated": "-->", "derived": "-.->"}
LONGEST = 120  # characters of a label


def as_mermaid(trace: Trace) -> str:
    """Write a trace as a flowchart; its first lines, as comments, are the verdict and the graph's version."""
    with speaking(trace.language):
        return _flowchart(trace)


def _flowchart(trace: Trace) -> str:
    chart = _Chart()
    asked = chart.node(trace.asked)
    wider: Counter[str] = Counter()
    for link in trace.links:
        if link.specific:
            _draw(chart, link, chart.node(link.element) if trace.downward else asked, downward=trace.downward)
        else:
            wider[strength(link)] += 1
    if wider:
        counted = ", ".join(f"{number} {words}" for words, number in wider.items())
        told = say("more widely: {counted}", counted=counted)
        chart.edge(asked, "---", say("not drawn"), chart.node(Named(f"{trace.asked.id}#wider", told), whole=True))
    version = say("graph {digest}, built {day}", digest=trace.graph.digest, day=trace.graph.built)
    said = [trace.verdict, *left_out(trace), version]
    # `%%{` would begin a setting, not a comment
    comments = [f"  %% {visible(text).replace('%{', '% {')}" for text in said]
    return "\n".join(["flowchart LR", *comments, *chart.out]) + "\n"


def _draw(chart: "_Chart", link: Link, start: str, *, downward: bool) -> None:
    here = start
    for step in () if downward else link.steps:
        above = chart.node(step)
        chart.edge(here, "-->", say("part of"), above)
        here = above
    if link.carried_from:
        earlier = chart.node(link.carried_from)
        chart.edge(here, "-.->", say("carries on"), earlier)
    mandate = chart.node(link.mandate)
    chart.edge(here, ARROWS[link.status], strength(link), mandate)
    if link.instrument != link.mandate:
        chart.edge(mandate, "-->", say("paragraph of"), chart.node(link.instrument))
    for body in link.adopted_by:
        chart.edge(chart.node(link.instrument), "-->", say("adopted by"), chart.node(body))


class _Chart:
    """Nodes and edges, each written once."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.nodes: dict[str, str] = {}

    def node(self, named: Named, *, whole: bool = False) -> str:
        """Name a node, writing it at its first use; a long label is shortened unless it is wanted whole."""
        if named.id not in self.nodes:
            self.nodes[named.id] = f"n{len(self.nodes)}"
            self.out.append(f'  {self.nodes[named.id]}["{_quoted(named.label if whole else _short(named.label))}"]')
        return self.nodes[named.id]

    def edge(self, start: str, arrow: str, words: str, end: str) -> None:
        """Write an edge once."""
        row = f'  {start} {arrow}|"{_quoted(words)}"| {end}'
        if row not in self.out:
            self.out.append(row)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _quoted(text: str) -> str:
    """Write text as Mermaid takes it: every character that could be markup as its number."""
    return "".join(c if c.isalnum() or c in " .,:·()/-…" else f"#{ord(c)};" for c in visible(text))
