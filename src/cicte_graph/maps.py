"""Draw the partner network as one HTML file that needs nothing but itself.

pyvis hands the drawing to vis-network; the page around it is ours, since pyvis's own asks the network for
styles and runs what stands in labels. Texts reach the page as data only.
"""

import json
import textwrap
from base64 import b64encode
from collections import Counter
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.terms import CICTE, PREFIXES, shorten

if TYPE_CHECKING:
    from cicte_graph.network import Member

__all__ = ["draw"]

LABEL = 18  # characters of a program's name on one line of the drawing
TEMPLATES = Path(__file__).parent / "templates"
# Okabe and Ito's palette, told apart by color-blind readers; the shape tells kinds apart without color
COLORS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#b8a500")
SHAPES = ("dot", "square", "diamond", "triangle", "hexagon", "triangleDown", "star", "box")


def draw(graph: Graph) -> str:
    """Draw the partner map of a graph.

    Returns:
        One HTML page: drawing, search, legend, details and a table with the same content.

    Raises:
        UsageError: The libraries for drawing are not installed.
    """
    try:
        from jinja2 import ChoiceLoader, Environment, FileSystemLoader
        from pyvis.network import Network

        from cicte_graph.network import layout, members, partner_network
    except ImportError as error:
        raise UsageError(f"maps need {error.name}. Install it: pip install 'cicte-graph[map]'") from error
    people = members(graph)
    network = partner_network(people)
    named = {program: graph.label(program) for member in people.values() for program in member.programs}
    places = layout(people, {program: len(textwrap.wrap(label, LABEL)) for program, label in named.items()})
    legend = _legend(graph, Counter(member.kind for member in people.values()))
    drawing = Network(height="100%", width="100%")
    drawing.toggle_physics(False)
    for iri, member in people.items():
        x, y = (round(part, 1) for part in places[iri])
        kind = legend[member.kind]
        drawing.add_node(
            iri,
            label=_short(graph, member),
            x=x,
            y=y,
            shape=kind["shape"],
            color=kind["color"],
            size=13 + 5 * len(member.programs),
            physics=False,
        )
    for one, other, data in network.edges(data=True):
        drawing.add_edge(one, other, width=data["weight"], physics=False)
    page = {
        "language": graph.language,
        "version": str(graph.version),
        "legend": list(legend.values()),
        "organizations": {iri: _described(graph, people[iri]) for iri in sorted(people, key=graph.label)},
        "programs": _programs(graph, people, places),
        "shared": {f"{one} {other}": data["programs"] for one, other, data in network.edges(data=True)},
        "words": json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8")),
    }
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(drawing.template_dir)]), autoescape=True
    )
    library = (Path(drawing.template_dir) / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
    script = (TEMPLATES / "map.js").read_text(encoding="utf-8")
    environment.globals.update(
        page=page,
        library=library,
        script=script,
        hashes=[_hash(library), _hash(script)],
        style=(TEMPLATES / "map.css").read_text(encoding="utf-8"),
    )
    drawing.templateEnv = environment
    drawing.path = "map.html"
    return str(drawing.generate_html())


def _legend(graph: Graph, kinds: Counter[str]) -> dict[str, dict[str, Any]]:
    """Give each kind a shape and a color, the most frequent kinds the plainest."""
    ordered = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    return {
        kind: {
            "kind": kind,
            "label": graph.label(kind),
            "count": kinds[kind],
            "shape": SHAPES[n % len(SHAPES)],
            "color": COLORS[n % len(COLORS)],
        }
        for n, kind in enumerate(ordered)
    }


def _described(graph: Graph, member: "Member") -> dict[str, Any]:
    names = {name.value for name in graph.said(member.iri).get(f"{PREFIXES['rdfs']}label", [])}
    return {
        "id": shorten(member.iri),
        "label": graph.label(member.iri),
        "names": sorted(names - {graph.label(member.iri)}),
        "acronyms": sorted(set(graph.values(member.iri, "acronym"))),
        "kind": member.kind,
        "country": graph.label(member.country) if member.country else "",
        "plans": sorted(member.plans),
        "ties": [asdict(tie) | {"label": graph.label(tie.program), "at": graph.label(tie.at)} for tie in member.ties],
        "passages": [str(passage) for passage in graph.passages(member.iri)],
    }


def _programs(graph: Graph, people: dict[str, "Member"], places: dict[str, tuple[float, float]]) -> dict[str, Any]:
    plans = {tie.program: tie.plan for member in people.values() for tie in member.ties}
    found = {}
    for iri in sorted(plans):
        x, y = (round(part, 1) for part in places[iri])
        found[iri] = {"label": graph.label(iri), "plan": plans[iri], "x": x, "y": y}
    return found


def _short(graph: Graph, member: "Member") -> str:
    """Write the name a reader knows: the acronym the plans print, or any, or else the name on short lines."""
    acronyms = [
        acronym.value
        for acronym in graph.said(member.iri).get(f"{CICTE}acronym", [])
        if getattr(acronym, "language", "") == graph.language
    ]
    printed = " ".join(text for tie in member.ties for text in tie.written_as)
    known = [acronym for acronym in acronyms if acronym in printed] or acronyms
    return known[0] if known else textwrap.fill(graph.label(member.iri), 16, max_lines=3, placeholder=" …")


def _hash(script: str) -> str:
    """Name a script by its digest, so that the page's own policy lets it and no other run."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()
