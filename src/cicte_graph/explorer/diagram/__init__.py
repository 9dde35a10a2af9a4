"""The diagram of a trace: cards, lines and letters each with its place, nothing over another, nothing cut off.

Drawn by ours alone, so that it is the same at every build, needs no script and its words stay words.
"""

from collections.abc import Callable

from cicte_graph.explorer.diagram.cards import Sketch
from cicte_graph.explorer.diagram.downward import Downward
from cicte_graph.explorer.diagram.layout import Box, Diagram, narrow, wide
from cicte_graph.explorer.diagram.lines import Line
from cicte_graph.explorer.diagram.upward import Upward
from cicte_graph.graph import Graph
from cicte_graph.trace import Trace

__all__ = ["Box", "Diagram", "Line", "Sketch", "narrow", "sketch", "wide"]


def sketch(graph: Graph, found: Trace, where: Callable[[str], str]) -> Sketch:
    """Choose what is drawn of a trace.

    Args:
        graph: The graph of the trace, in the reader's language.
        found: The trace.
        where: Gives the place in the text that tells of a record, by its name.
    """
    made = Downward(graph, found, where) if found.downward else Upward(graph, found, where)
    return made.sketch()
