"""Which media types answers come in, and which of them a client wants; knows nothing of how an answer is written."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cicte_graph.accept import best
from cicte_graph.errors import RequestError

__all__ = ["BOOLEANS", "RDF_XML", "TABLES", "TRIPLES", "Accepted", "acceptable", "accepted", "content_type"]

# the first is what a client gets that does not mind
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
BOOLEANS = TABLES[:2]  # SPARQL 1.1 Query Results CSV and TSV Formats has none
RDF_XML = "application/rdf+xml"
TRIPLES = ("text/turtle", "application/n-triples", "application/ld+json", RDF_XML)
JSON = "application/json"


class Accepted(NamedTuple):
    """What a client takes of each kind of answer, or nothing."""

    table: str | None
    boolean: str | None
    triples: str | None


@lru_cache(256)
def accepted(accept: str) -> Accepted:
    """Choose a media type for every kind of answer, since the kind is not known before the query is read.

    Args:
        accept: The value of `Accept`; empty takes anything.
    """
    return Accepted(*(_best(accept, offered) for offered in (TABLES, BOOLEANS, TRIPLES)))


def _best(accept: str, offered: Sequence[str]) -> str | None:
    """Choose a media type; whoever takes JSON of any sort is given the sort that there is."""
    liked = best(accept, (*offered, JSON) if JSON in accept.lower() else offered)
    return next(one for one in offered if one.endswith("+json")) if liked == JSON else liked


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
