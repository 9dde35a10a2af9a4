"""SPARQL results as the engine wrote them: count their rows, and put the columns of `SELECT *` in the query's order.

Knows the engine's way of writing; the rows of most answers are bounded by a count of bytes, without reading them.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

__all__ = ["arranged", "more_rows"]

BETWEEN = {  # rows, at least once for each but perhaps also within a value
    "application/sparql-results+json": b"},{",
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\r\n",
    "text/tab-separated-values": b"\n",
}


def more_rows(content: bytes, media_type: str, limit: int) -> bool:
    """Tell whether there are more rows than so many."""
    if content.count(BETWEEN[media_type]) < limit:
        return False
    if media_type == "text/csv":
        return sum(1 for _ in _csv(content)) - 1 > limit
    read = ox.parse_query_results(content, format=ox.QueryResultsFormat.from_media_type(media_type))
    return isinstance(read, ox.QuerySolutions) and sum(1 for _ in read) > limit


def arranged(content: bytes, media_type: str, columns: Sequence[str], wanted: Sequence[str]) -> bytes:
    """Put columns in order: in JSON and XML that is only the head, for their rows name every value."""
    if columns == wanted:
        return content
    places = [columns.index(name) for name in wanted]
    if media_type == "text/csv":
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\r\n").writerows([row[place] for place in places] for row in _csv(content))
        return written.getvalue().encode()
    if media_type == "text/tab-separated-values":
        lines = (
            line.split(b"\t") for line in content.removesuffix(b"\n").split(b"\n")
        )  # a value has no tab or line feed
        return b"".join(b"\t".join([row[place] for place in places]) + b"\n" for row in lines)
    before, after = (_head(media_type, names) for names in (columns, wanted))
    return content.replace(before, after, 1)


def _csv(content: bytes) -> Iterable[list[str]]:
    csv.field_size_limit(max(len(content), csv.field_size_limit()))  # a value may be as long as the whole
    return csv.reader(io.StringIO(content.decode(), newline=""))


def _head(media_type: str, names: Sequence[str]) -> bytes:
    if media_type == "application/sparql-results+json":
        return b'"vars":' + json.dumps(list(names), separators=(",", ":"), ensure_ascii=False).encode()
    return "".join(f'<variable name="{name}"/>' for name in names).encode()
