"""Plots: figures of what the reports say, as SVG and small HTML, each with the rows it is drawn from.

A plot draws numbers that a report or a question of the library gives; it works out none of its own but sums of
these. matplotlib is an extra.
"""

from collections.abc import Callable
from difflib import get_close_matches

from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.plots.continuity import continuity
from cicte_graph.plots.coverage import coverage
from cicte_graph.plots.figure import Plot
from cicte_graph.plots.kinds import kinds
from cicte_graph.plots.money import money
from cicte_graph.plots.overlap import overlap
from cicte_graph.plots.partners import partners
from cicte_graph.plots.people import people
from cicte_graph.wording import say, speaking

__all__ = ["PLOTS", "Plot", "plot"]

PLOTS: dict[str, tuple[Callable[[], str], Callable[[Graph], Plot]]] = {  # what each shows, and who draws it
    "overlap": (lambda: say("programs against programs: how many partners each two share"), overlap),
    "partners": (lambda: say("organizations that take part in two programs or more, against these programs"), partners),
    "coverage": (
        lambda: say("mandates against the programs of each plan, with the strongest link in each cell"),
        coverage,
    ),
    "people": (
        lambda: say("people to be trained or reached, by program and unit; what is open or uncounted apart"),
        people,
    ),
    "money": (lambda: say("every project of every plan, and what the plan says of its money"), money),
    "continuity": (
        lambda: say("what became of each program in the next plan, as flows; what ends and what is new"),
        continuity,
    ),
    "kinds": (lambda: say("partners by kind and by country, in each plan"), kinds),
}


def plot(graph: Graph, name: str) -> Plot:
    """Draw a plot by its name, in the language of the graph.

    Raises:
        NotFoundError: There is none of that name, or nothing to draw; offers the nearest.
        UsageError: matplotlib is not installed.
    """
    if name not in PLOTS:
        near = get_close_matches(name, PLOTS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(PLOTS)}."
        raise NotFoundError(f"no plot named {name}. {hint}")
    try:
        import matplotlib  # noqa: F401 - asked for here, so that its lack is said in one place
    except ImportError as error:
        raise UsageError("plots need matplotlib. Install it: pip install 'cicte-graph[plot]'") from error
    with speaking(graph.language):
        return PLOTS[name][1](graph)
