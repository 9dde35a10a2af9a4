"""Paragraphs nobody answers, with what they ask and of whom."""

from cicte_graph.graph import Graph
from cicte_graph.link import basis_told
from cicte_graph.reports.report import Report, Said, asked, in_language, make
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number
from cicte_graph.words import listed

__all__ = ["unanswered"]


def unanswered(graph: Graph) -> Report:
    """List paragraphs that concern the Secretariat and that no element answers by name, subject or work area."""
    rows: list[tuple[Said, list[str]]] = []
    for row in in_language(graph, asked(graph, "gaps/unanswered-provisions"), citation="provision"):
        provision = expand(str(row["provision"]))
        links = graph.rows("trace/answered-by", asked=provision)
        bases = dict.fromkeys(link["basis"].value.rpartition("/")[2] for link in links)
        said: Said = {
            "asks": graph.text(provision, "gist"),
            "of": listed([graph.label(body) for body in graph.values(provision, "addressee")] or [say("no one named")]),
            "reached only as": listed([basis_told(basis) for basis in bases]) or say("nothing"),
        }
        rows.append((row | said, [str(row["provision"])]))
    concerned = len(asked(graph, "mandates/paragraphs-of-concern"))
    cited = listed([str(row["citation"]) for row, _ in rows]) if rows else ""
    concern = say_number(
        "{number} paragraph that concerns the Secretariat",
        "{number} paragraphs that concern the Secretariat",
        concerned,
    )
    finding = say_number(
        "{number} of {paragraphs} is answered by no element of any plan by name, by subject or as a work area: "
        "{cited}.",
        "{number} of {paragraphs} are answered by no element of any plan by name, by subject or as a work area: "
        "{cited}.",
        len(rows),
        paragraphs=concern,
        cited=cited,
    )
    answered = say("Every paragraph that concerns the Secretariat is answered by name, by subject or as a work area.")
    return make(
        graph,
        "unanswered",
        say("Paragraphs nobody answers"),
        [finding if rows else answered],
        ["provision", "citation", "asks", "of", "reached only as"],
        rows,
        names={"provision": "citation"},
    )
