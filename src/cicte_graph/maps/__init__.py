"""Draw the partner network as one HTML file that needs nothing but itself.

The page is ours from its markup to its drawing, since a map that is mailed must neither ask the network for
anything nor run what stands in a name: texts reach it as data only, and its policy lets no other script run.
"""

import json
from base64 import b64encode
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph
from cicte_graph.maps.opening import Opening

__all__ = ["draw"]

TEMPLATES = Path(__file__).parent.parent / "templates" / "map"
SCRIPTS = ("content", "state", "selection", "views", "marks", "drawing", "panel", "table", "files", "start")


def draw(graph: Graph, opening: Opening | None = None, *, home: str = "") -> str:
    """Draw the partner map of a graph.

    Args:
        graph: The graph; its language is the one the page opens in.
        opening: What it opens on; the organizations of the latest plan if not said.
        home: The way to the first page of the explorer whose pages the map stands among, if it does.

    Returns:
        One HTML page, whole in itself; whoever opens it can switch views, plans, filters and language.

    Raises:
        NotFoundError: What the map should open on is not on it.
        UsageError: The libraries for layout are not installed.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from cicte_graph.network import extra

    with extra():
        from cicte_graph.maps.content import content
    page = content(graph) | {"opening": _json(opening or Opening()), "home": home}
    select = page["opening"]["select"]
    if select and not any(select in page[name] for name in ("organizations", "programs", "mandates", "countries")):
        raise NotFoundError(f"{graph.label_of(f'id:{select}')} has no part in what the map shows. Select another.")
    script = "\n".join((TEMPLATES / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    script = f'"use strict";\n(() => {{\n{script}}})();\n'  # an inline script may not be of several modules
    style = (TEMPLATES / "map.css").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    html = environment.get_template("page.html").render(
        page=page,
        words=json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8")),
        script=script,
        style=style,
        script_hash=_digest(script),
        style_hash=_digest(style),
    )
    return html + "\n"


def _json(opening: Opening) -> dict[str, object]:
    return asdict(opening) | {"kinds": sorted(opening.kinds)}


def _digest(text: str) -> str:
    """Name a script or style by its digest, so that the page's own policy lets it and no other."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
