"""Check every anchor against the reader's own copies of the documents."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cicte_graph.documents import Document, read_document
from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph, local

__all__ = ["Verified", "verify"]


@dataclass(slots=True)
class Verified:
    """What became of the anchors of one document."""

    source: str  # the document's key, which is also its file's stem
    symbol: str
    found: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)  # (locator, anchor)
    repeated: list[tuple[str, str, int]] = field(default_factory=list)  # (locator, anchor, times)
    rows: int = 0  # rows and cell paragraphs of the document's tables
    uncovered: list[str] = field(default_factory=list)  # those that no anchor stands in

    @property
    def covered(self) -> float:
        """Share of table rows that an anchor stands in, from 0 to 1; 1 for a document without tables."""
        return 1 - len(self.uncovered) / self.rows if self.rows else 1.0


def verify(graph: Graph, folder: Path) -> list[Verified]:
    """Find every anchor in `<folder>/<document's key>.txt`.

    Raises:
        UsageError: The folder does not exist.
        SourceFileError: A document's text is missing from it or is not UTF-8.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder. Name the folder that holds the documents' texts.")
    anchors: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in graph.rows("records/anchors"):
        key = (local(row["source"].value), row["symbol"].value)
        anchors.setdefault(key, []).append((row["locator"].value, row["anchor"].value))
    return [
        _verified(Verified(source, symbol), read_document(folder / f"{source}.txt"), said)
        for (source, symbol), said in sorted(anchors.items())
    ]


def _verified(result: Verified, document: Document, anchors: Iterable[tuple[str, str]]) -> Verified:
    touched: set[int] = set()
    for locator, anchor in anchors:
        places = document.places(anchor)
        if places or document.stands_across(anchor):
            result.found += 1
        else:
            result.missing.append((locator, anchor))
        if len(places) > 1:
            result.repeated.append((locator, anchor, len(places)))
        touched.update(places)
    tables = [number for number, passage in enumerate(document.passages) if passage.in_table]
    result.rows = len(tables)
    result.uncovered = [document.passages[number].text for number in tables if number not in touched]
    return result
