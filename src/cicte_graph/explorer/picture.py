"""A small picture of the partner network of a plan, without words: programs as circles, partners as points in them.

Whoever takes part in several programs stands between them. The same places as on the map, since the same layout
finds them. Its colors are read on light paper and on dark.
"""

from importlib.util import find_spec

from cicte_graph.graph import Graph
from cicte_graph.network.choice import Choice
from cicte_graph.network.shares import shares
from cicte_graph.terms import expand

__all__ = ["joining", "picture", "there"]

CIRCLE, LINE, OWN, BETWEEN = "#8593a3", "#8593a3", "#3d84b8", "#d4722a"
EDGE = 24.0  # around all, in pixels of the layout


def there() -> bool:
    """Tell whether what finds the places is installed: it is an extra."""
    return find_spec("numpy") is not None and find_spec("scipy") is not None


def joining(graph: Graph, plan: str) -> dict[str, list[str]]:
    """List the programs of a plan that each partner takes part in, whoever joins most first."""
    found: dict[str, dict[str, None]] = {}
    for share in shares(graph, Choice(plans=frozenset({expand(plan)}))).shares:
        found.setdefault(share.organization, {})[share.element] = None
    order = sorted(found, key=lambda one: (-len(found[one]), graph.label(one), one))
    return {one: sorted(found[one]) for one in order}


def picture(graph: Graph, plan: str) -> bytes:
    """Draw the partner network of a plan as SVG.

    Args:
        graph: The graph to draw.
        plan: The plan's identifier.
    """
    from cicte_graph.network.layout import layout

    joined = joining(graph, plan)
    members: dict[str, list[str]] = {}
    for one, programs in sorted(joined.items()):
        for program in programs:
            members.setdefault(program, []).append(one)
    placed = layout(members)
    places, discs = placed.places, placed.discs
    reach = [(x, y, discs.get(name, 0.0)) for name, (x, y) in places.items()]
    left, top = (min((one[n] - one[2] for one in reach), default=0.0) - EDGE for n in (0, 1))
    right, bottom = (max((one[n] + one[2] for one in reach), default=0.0) + EDGE for n in (0, 1))
    drawn = [
        f'<circle cx="{places[disc][0]:.1f}" cy="{places[disc][1]:.1f}" r="{radius:.1f}" fill="{CIRCLE}" '
        f'fill-opacity=".16" stroke="{CIRCLE}" stroke-opacity=".45" stroke-width="1.5"/>'
        for disc, radius in sorted(discs.items())
    ]
    several = {one: programs for one, programs in sorted(joined.items()) if len(programs) > 1}
    drawn += [
        f'<path d="M{places[one][0]:.1f} {places[one][1]:.1f}L{places[program][0]:.1f} {places[program][1]:.1f}" '
        f'stroke="{LINE}" stroke-opacity=".6" stroke-width="2"/>'
        for one, programs in several.items()
        for program in programs
    ]
    drawn += [
        f'<circle cx="{places[one][0]:.1f}" cy="{places[one][1]:.1f}" r="{14 if one in several else 9}" '
        f'fill="{BETWEEN if one in several else OWN}"/>'
        for one in sorted(joined)
    ]
    box = f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">\n' + "\n".join(drawn) + "\n</svg>\n"
    return svg.encode()
