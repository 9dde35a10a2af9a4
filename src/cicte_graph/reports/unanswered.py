"""Paragraphs nobody answers, with what they ask and of whom."""

from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, make
from cicte_graph.terms import expand
from cicte_graph.words import count, listed

__all__ = ["unanswered"]


def unanswered(graph: Graph) -> Report:
    """List paragraphs that concern the Secretariat and that no element answers by name, subject or work area."""
    rows: list[tuple[Said, list[str]]] = []
    for row in asked(graph, "gaps/unanswered-provisions"):
        provision = expand(str(row["provision"]))
        links = graph.rows("trace/answered-by", asked=provision)
        bases = dict.fromkeys(link["basis"].value.rpartition("/")[2] for link in links)
        said: Said = {
            "asks": graph.text(provision, "gist"),
            "of": listed([graph.label(body) for body in graph.values(provision, "addressee")] or ["no one named"]),
            "reached only as": listed(list(bases)) if bases else "nothing",
        }
        rows.append((row | said, [str(row["provision"])]))
    concerned = len(asked(graph, "mandates/paragraphs-of-concern"))
    cited = listed([str(row["citation"]) for row, _ in rows]) if rows else ""
    concern = f"{count(concerned, 'paragraph')} that {'concerns' if concerned == 1 else 'concern'} the Secretariat"
    finding = (
        f"{len(rows)} of {concern} {'is' if len(rows) == 1 else 'are'} answered by no element of any plan by name, "
        f"by subject or as a work area: {cited}."
    )
    answered = "Every paragraph that concerns the Secretariat is answered by name, by subject or as a work area."
    return make(
        graph,
        "unanswered",
        "Paragraphs nobody answers",
        [finding if rows else answered],
        ["provision", "citation", "asks", "of", "reached only as"],
        rows,
        names={"provision": "citation"},
    )
