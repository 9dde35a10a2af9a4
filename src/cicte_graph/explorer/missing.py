"""The page for an address where nothing stands: says so, and offers what is called most like it.

Knows addresses, not how they were asked for. It is shown at the address asked for, so the ways from it begin there.
"""

from collections.abc import Iterable

from cicte_graph.explorer.here import LANGUAGES
from cicte_graph.explorer.sheet import Sheet
from cicte_graph.graph import Graph
from cicte_graph.terms import ID
from cicte_graph.wording import say

__all__ = ["lost_at", "missing"]

NEAR = 70.0  # percent two addresses must have in common for one to be offered for the other
LONGEST = 200  # characters of an address that are shown and compared
NAME = "missing.html"


def lost_at(path: str) -> tuple[str, str]:
    """Give language and name of a page that stands as deep as a path asked for; nothing of its text is kept."""
    first, *others = path.split("/")
    spoken = first in LANGUAGES[1:] and bool(others)
    depth = len(others) - spoken
    return (first if spoken else LANGUAGES[0]), "-/" * depth + NAME


def missing(graph: Graph, names: Iterable[str], path: str) -> Sheet:
    """Say that nothing stands at a path, and what the reader may have meant.

    Args:
        graph: What the pages are on.
        names: Of all pages there are, without their language.
        path: What was asked for, as written.
    """
    from rapidfuzz import fuzz, process

    wanted = path.removeprefix(f"{graph.language}/")[:LONGEST]
    pages = [name for name in names if name.endswith(".html")]
    found = process.extractOne(wanted, pages, scorer=fuzz.ratio, score_cutoff=NEAR)
    near = found[0] if found else ""
    is_record = near.startswith("id/")
    label = graph.label(ID + near.removeprefix("id/").removesuffix(".html")) if is_record else near
    return Sheet(say("Nothing stands here"), NAME, {"path": path[:LONGEST], "near": near, "label": label})
