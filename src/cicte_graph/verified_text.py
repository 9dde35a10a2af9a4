"""Write what became of the anchors: for people, and as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from cicte_graph.verify import Verified

__all__ = ["as_json", "as_text"]


def as_text(results: Sequence[Verified], *, rows: bool) -> str:
    """Write one block a document; the table rows without an anchor only if asked for."""
    return "\n".join(line for result in results for line in _block(result, rows=rows)) + "\n"


def as_json(results: Sequence[Verified]) -> str:
    """Write every result with its share of table rows covered."""
    said = [asdict(result) | {"covered": round(result.covered, 4)} for result in results]
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _block(result: Verified, *, rows: bool) -> Iterator[str]:
    total = result.found + len(result.missing)
    yield f"{result.symbol}: {result.found} of {total} anchors found"
    yield from (f"  missing: {locator}: {anchor}" for locator, anchor in result.missing)
    yield from (f"  {times} times: {locator}: {anchor}" for locator, anchor, times in result.repeated)
    if result.rows:
        covered = result.rows - len(result.uncovered)
        yield f"  {covered} of {result.rows} table rows hold an anchor ({result.covered:.0%})"
    if rows:
        yield from (f"  no anchor: {row}" for row in result.uncovered)
