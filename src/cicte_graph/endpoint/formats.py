"""Which media types answers come in, and which of them a client wants (RFC 9110, 12.5.1).

Knows `Accept`; knows nothing of how an answer is written.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cicte_graph.errors import RequestError

__all__ = ["BOOLEANS", "TABLES", "TRIPLES", "Accepted", "acceptable", "accepted", "content_type"]

# the first is what a client gets that does not mind
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
BOOLEANS = TABLES[:2]  # SPARQL 1.1 Query Results CSV and TSV Formats has none
TRIPLES = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")

QUOTED = re.compile(r'"[^"]*"')
WEIGHT = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


class Accepted(NamedTuple):
    """What a client takes of each kind of answer, or nothing."""

    table: str | None
    boolean: str | None
    triples: str | None


def accepted(accept: str) -> Accepted:
    """Choose a media type for every kind of answer, since the kind is not known before the query is read.

    Args:
        accept: The value of `Accept`; empty takes anything.
    """
    return Accepted(*(_best(accept, offered) for offered in (TABLES, BOOLEANS, TRIPLES)))


def acceptable(wanted: str | None, offered: Sequence[str]) -> str:
    """Give the media type that is wanted.

    Raises:
        RequestError: 406, nothing that is offered is wanted.
    """
    if wanted is None:
        raise RequestError(406, f"this answer comes as {', '.join(offered)}. Accept one of them.")
    return wanted


def content_type(media_type: str) -> str:
    """Write out a media type with its encoding, which is UTF-8 anyway where nothing can be said."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _best(accept: str, offered: Sequence[str]) -> str | None:
    ranges = dict(_ranges(accept)) or {"*/*": 1.0}

    def weight(media_type: str) -> float:
        whole = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((ranges[one] for one in whole if one in ranges), 0.0)

    best = max(offered, key=weight)  # of equals the first
    return best if weight(best) else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Read ranges with weights; other parameters are not looked at."""
    for element in QUOTED.sub("", accept).split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        if name:
            found = filter(None, map(WEIGHT.fullmatch, parameters))
            yield name.lower(), next((float(one[1]) for one in found), 1.0)
