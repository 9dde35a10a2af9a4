"""Read an HTTP request as an operation of the SPARQL 1.1 Protocol (section 2.1).

Knows bytes and text; knows nothing of graphs, and reads a query no further than its encoding.
"""

from typing import NamedTuple
from urllib.parse import parse_qsl

from cicte_graph.errors import RequestError

__all__ = ["LARGEST", "METHODS", "Operation", "check_head", "read", "too_large"]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
LARGEST = 1 << 18  # bytes of a body, which are read while others wait
MOST = 1_000  # parameters

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
TAKEN = {"Accept-Post": f"{FORM}, {QUERY}"}
GRAPHS = ("default-graph-uri", "named-graph-uri")


class Operation(NamedTuple):
    """A query with the graphs it is asked of, in place of its own if there are any."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def check_head(method: str, content_type: str, content_encoding: str, content_length: str) -> None:
    """Refuse a request by what it says of itself, before its body is read.

    Raises:
        RequestError: 403, 405, 413 or 415.
    """
    if method not in METHODS:
        raise RequestError(405, f"{method} is not possible here. Use GET or POST.", {"Allow": ", ".join(METHODS)})
    if method != "POST":
        return
    if content_length.isdecimal() and int(content_length) > LARGEST:
        raise too_large()
    if content_encoding not in ("", "identity"):
        raise RequestError(415, "the body is compressed. Send it as it is.", {"Accept-Encoding": "identity"})
    media_type, _, parameters = (part.strip().lower() for part in content_type.partition(";"))
    if media_type == UPDATE:
        raise _read_only()
    if media_type not in (FORM, QUERY):
        said = f"of type {media_type}" if media_type else "without a Content-Type"
        raise RequestError(415, f"the body is {said}. Send the query as {QUERY}, or query=... as {FORM}.", TAKEN)
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8"):
            raise RequestError(415, "the body is not in UTF-8. Send it in UTF-8.", TAKEN)


def too_large() -> RequestError:
    """Say that a body is larger than is read."""
    return RequestError(413, f"the body has more than {LARGEST:,} bytes. Send a smaller query.")


def read(method: str, query_string: bytes, content_type: str = "", body: bytes = b"") -> Operation | None:
    """Read a request whose head is in order.

    Args:
        method: GET, HEAD or POST.
        query_string: What stands behind `?` in the address, still encoded.
        content_type: Of the body.
        body: Of a POST.

    Returns:
        The operation; nothing where no query was asked, which is a wish for the service description.

    Raises:
        RequestError: 400 or 403.

    Source:
        SPARQL 1.1 Protocol, 2.1.1 to 2.1.4; SPARQL 1.1 Service Description, 2.
    """
    given = _parameters(query_string, "address")
    if method == "POST" and content_type.partition(";")[0].strip().lower() == FORM:
        given += _parameters(body, "body")
    elif method == "POST":
        given.append(("query", _text(body)))
    if any(name == "update" for name, _ in given):
        raise _read_only()
    queries = [value for name, value in given if name == "query"]
    default, named = (tuple(value for name, value in given if name == one) for one in GRAPHS)
    if method != "POST" and not (queries or default or named):
        return None
    if len(queries) != 1:
        raise RequestError(400, f"the request has {len(queries) or 'no'} queries. Send one, as the parameter `query`.")
    return Operation(queries[0], default, named)


def _parameters(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST)
    except UnicodeDecodeError:
        raise RequestError(400, f"the {where} is not percent-encoded UTF-8. Encode it.") from None
    except ValueError:
        raise RequestError(400, f"the {where} has more than {MOST:,} parameters. Send fewer.") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, f"the query is not UTF-8: byte {error.start:,} of it. Send it in UTF-8.") from None


def _read_only() -> RequestError:
    return RequestError(403, "updates are not possible: this endpoint is read-only. Send a query.")
