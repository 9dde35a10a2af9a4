"""Answer a question from a graph: guard it, ask the engine, write the answer, all or nothing.

Runs in a worker, so that what takes long or too much can be ended; knows no process and no time.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cicte_graph.endpoint.formats import BOOLEANS, RDF_XML, TABLES, TRIPLES, acceptable
from cicte_graph.endpoint.messages import Limits, Message, Question
from cicte_graph.endpoint.tables import arranged, more_rows
from cicte_graph.errors import EngineError, RefusedError, RequestError, UsageError
from cicte_graph.own_query import graphs_named, in_order, taken
from cicte_graph.store import Dataset, Store, evaluated
from cicte_graph.terms import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["answered"]

VOLATILE = re.compile(r"(NOW|RAND|UUID)\b", re.IGNORECASE)  # answers differ though the graph does not
# what XML 1.0 (2.2) has no way to write, in UTF-8; and the end of a name, which RDF/XML needs a property to have
NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
NAME = re.compile(r"[^\W\d][\w.-]*$")


def answered(store: Store, graphs: frozenset[str], question: Question, limits: Limits) -> Message:
    """Answer a question.

    Args:
        store: What is asked.
        graphs: Its named graphs.
        question: Not yet guarded.
        limits: Of the answer.

    Raises:
        RequestError: 400, not a query; 403, refused; 406; 422, too large an answer; 500, the engine failed.
    """
    try:
        text = taken(question.query)
        media_type, content = _written(text, store.query(text, _dataset(graphs, question, text)), question, limits)
    except RefusedError as error:
        raise RequestError(403, str(error)) from error
    except UsageError as error:
        raise RequestError(400, str(error)) from error
    except EngineError as error:
        raise RequestError(500, str(error)) from error
    return Message({"media_type": media_type, "volatile": VOLATILE.search(text) is not None}, content)


def _dataset(graphs: frozenset[str], question: Question, text: str) -> Dataset | None:
    """Take the graphs of the request before those of the query (SPARQL 1.1 Protocol, 2.1.4); only ours will do."""
    asked = (question.default_graphs, question.named_graphs)
    given = any(asked)
    for name in [*asked[0], *asked[1]] if given else graphs_named(text):
        if name not in graphs:
            raise RefusedError(f"{name} is no graph of this endpoint, which reads no others. Leave it out.")
    default, named = (tuple(map(ox.NamedNode, names)) for names in asked)
    return Dataset(default, named) if given else None


def _written(
    text: str, results: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, question: Question, limits: Limits
) -> tuple[str, bytes]:
    page = _Page(limits)
    try:
        if isinstance(results, ox.QueryTriples):
            media_type = acceptable(question.accepted.triples, TRIPLES)
            triples = page.counted(evaluated(results), named=media_type == RDF_XML)
            ox.serialize(triples, page, format=ox.RdfFormat.from_media_type(media_type), prefixes=PREFIXES)
            return media_type, _whole(media_type, page.getvalue())
        if isinstance(results, ox.QueryBoolean):
            media_type = acceptable(question.accepted.boolean, BOOLEANS)
            results.serialize(page, format=ox.QueryResultsFormat.from_media_type(media_type))
            return media_type, page.getvalue()
        media_type = acceptable(question.accepted.table, TABLES)
        columns = [variable.value for variable in results.variables]
        results.serialize(page, format=ox.QueryResultsFormat.from_media_type(media_type))
    except (ValueError, RuntimeError, OSError) as error:
        raise EngineError(f"the query cannot be evaluated: {error}") from error
    content = _whole(media_type, page.getvalue())
    if more_rows(content, media_type, limits.rows):
        raise page.too_many()
    return media_type, arranged(content, media_type, columns, in_order(text, columns))


def _whole(media_type: str, content: bytes) -> bytes:
    """See that XML can be read.

    Raises:
        RequestError: 406, it holds what XML cannot write.
    """
    if media_type.endswith("+xml") and NO_XML.search(content):
        raise RequestError(406, "the answer has a character that XML cannot hold. Accept another media type.")
    return content


class _Page(io.BytesIO):
    """An answer that is being written, as long as it is within its limits."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits

    def write(self, content: "ReadableBuffer", /) -> int:
        written = super().write(content)
        if self.tell() > self.limits.size:
            raise RequestError(422, f"the answer has more than {self.limits.size:,} bytes. Ask for less.")
        return written

    def counted(self, triples: Iterable[ox.Triple], *, named: bool) -> Iterator[ox.Triple]:
        for place, triple in enumerate(triples):
            if named and not NAME.search(triple.predicate.value):
                raise RequestError(
                    406, f"RDF/XML cannot name the property {triple.predicate.value}. Accept another media type."
                )
            if place >= self.limits.rows:
                raise self.too_many("triples")
            yield triple

    def too_many(self, what: str = "rows") -> RequestError:
        return RequestError(422, f"the answer has more than {self.limits.rows:,} {what}. Ask for less, or add LIMIT.")
