"""Show what stands around a passage in the reader's own copies of the documents.

What cannot be shown is said in its place: no copy, or a copy without the words.
"""

from collections.abc import Iterable
from pathlib import Path

from cicte_graph.documents import Document, read_document
from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph, Passage, local

__all__ = ["around"]

REACH = 220  # characters shown on either side of the words


def around(graph: Graph, folder: Path, passages: Iterable[Passage]) -> dict[Passage, str]:
    """Read around passages in `<folder>/<document's key>.txt`.

    Raises:
        UsageError: The folder does not exist.
        SourceFileError: A copy is there and cannot be read as UTF-8 text.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder. Name the folder that holds the documents' texts.")
    keys = {row["symbol"].value: local(row["source"].value) for row in graph.rows("records/anchors")}
    copies: dict[str, Document | None] = {}
    found = {}
    for passage in passages:
        path = folder / f"{keys[passage.symbol]}.txt"
        if passage.symbol not in copies:
            copies[passage.symbol] = read_document(path) if path.is_file() else None
        document = copies[passage.symbol]
        found[passage] = _shown(document, passage.anchor) if document else f"(no copy of it: put {path.name} there)"
    return found


def _shown(document: Document, words: str) -> str:
    stretches = document.around(words, REACH)
    if not stretches:
        return "(your copy does not have these words)"
    times = f" (the first of {len(stretches)} places with these words)" if len(stretches) > 1 else ""
    return stretches[0] + times
