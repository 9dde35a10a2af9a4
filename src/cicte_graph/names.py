"""Every name of every record, in an index that finds some of them without reading all.

The index is SQLite's full-text search. It stands in memory beside a graph in memory; beside another it is kept in the
cache under the version of the graph, and made anew where it is missing or cannot be read. Knows words, not what they
mean.
"""

import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cicte_graph.cache import cache
from cicte_graph.citation import Instruments, leveled, plain, serials
from cicte_graph.errors import EngineError
from cicte_graph.graph import Graph, local
from cicte_graph.progress import working
from cicte_graph.store import Store
from cicte_graph.terms import shorten

__all__ = ["Name", "Names", "names_of"]

QUERY = "records/names.rq"
CITED = "Instrument", "Provision"
TABLES = """
CREATE VIRTUAL TABLE names USING fts5 (plain, record UNINDEXED, class UNINDEXED, text UNINDEXED, detail = none);
CREATE VIRTUAL TABLE instruments USING fts5 (plain, record UNINDEXED, detail = none);
CREATE TABLE cited (leveled TEXT, record TEXT, class TEXT, text TEXT);
"""
INDEXES = """
CREATE INDEX by_beginning ON cited (class, leveled);
CREATE INDEX by_record ON cited (record);
"""
DIGEST = re.compile(r"[0-9a-f]{32}")


class Name(NamedTuple):
    """One name of one record."""

    record: str  # IRI
    kind: str  # local name of its class
    text: str
    level: str  # the text as it is compared


class Names:
    """The names of one graph.

    Args:
        database: With the tables of an index.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def _rows(self, sql: str, values: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
        try:
            yield from self._database.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise EngineError(f"the index of names is damaged ({error}). Remove {cache()}/*.names.") from error

    def __iter__(self) -> Iterator[Name]:
        return map(Name._make, self._rows("SELECT record, class, text, plain FROM names ORDER BY rowid"))

    def beginning(self, words: Iterable[str]) -> Iterator[Name]:
        """Give the names that have, for each of some leveled words, a word that begins with it."""
        asked = " ".join(f'"{word}"*' for word in words)
        found = self._rows("SELECT record, class, text, plain FROM names WHERE names MATCH ? ORDER BY rowid", [asked])
        return map(Name._make, found)

    def instruments(self, words: str) -> Instruments:
        """Give the instruments that words may cite, by number or by the beginning of a title, and their paragraphs."""
        told = leveled(words)
        records = {
            record
            for serial in serials(told)
            for (record,) in self._rows("SELECT record FROM instruments WHERE instruments MATCH ?", [f'"{serial}"'])
        }
        for pair in pairwise(told):
            records |= {record for record, _ in self._cited("Instrument", " ".join(pair))}
        named = sorted((record, text) for record in records for text in self._called(record))
        starts = {" ".join(leveled(text)) for _, text in named}
        return Instruments(named, sorted({one for start in starts for one in self._cited("Provision", start)}))

    def _called(self, record: str) -> list[str]:
        return [text for (text,) in self._rows("SELECT text FROM cited WHERE record = ?", [record])]

    def _cited(self, kind: str, start: str) -> set[tuple[str, str]]:
        """Give (record, name) where a leveled name is some words or goes on after them."""
        sql = "SELECT record, text FROM cited WHERE class = ? AND (leveled = ? OR leveled BETWEEN ? AND ?)"
        found = self._rows(sql, [kind, start, f"{start} ", f"{start} ~"]) if start else ()
        return {(record, text) for record, text in found}


def names_of(graph: Graph) -> Names:
    """Open the names of a graph."""
    return graph.once("names", lambda: Names(_opened(graph)))


def _opened(graph: Graph) -> sqlite3.Connection:
    in_memory = isinstance(graph.store, Store) and graph.store.folder is None
    if in_memory or not DIGEST.fullmatch(graph.version.digest):
        return _filled(":memory:", graph)
    query = blake2b((graph.house.queries / QUERY).read_bytes() + TABLES.encode(), digest_size=8).hexdigest()
    path = cache() / f"{graph.version.digest}-{query}.names"
    try:
        return _read(path)
    except sqlite3.Error:
        sys.stderr.write("cicte-graph: indexing the names, once for this graph\n")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with working("indexing"), tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            made = Path(folder) / path.name
            _filled(made, graph).close()
            made.replace(path)
        return _read(path)
    except (OSError, sqlite3.Error) as error:
        sys.stderr.write(f"cicte-graph: the index is not kept: {error}\n")
        return _filled(":memory:", graph)


def _read(path: Path) -> sqlite3.Connection:
    """Open an index that is there, to be read.

    Raises:
        sqlite3.Error: It is not there, or damaged.
    """
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    database.execute("SELECT 1 FROM cited LIMIT 1")
    return database


def _filled(path: Path | str, graph: Graph) -> sqlite3.Connection:
    """Make an index; what stands in it in which order is as `records/names` gives it.

    Raises:
        sqlite3.Error: There is no room.
    """
    database = sqlite3.connect(path, check_same_thread=False)  # a search may run in a thread, one at a time
    database.executescript(TABLES)
    with database:
        for row in graph.store.rows((graph.house.queries / QUERY).read_text(encoding="utf-8")):
            record, kind, text = row["record"].value, local(row["class"].value), row["name"].value
            names = [text]
            if local(row["property"].value) == "label":
                # an identifier's words say the plan, as in `maritime security 2012`
                names += [shorten(record).removeprefix("id:"), f"{text} {shorten(record)}"]
            levels = [(plain(name), record, kind, name) for name in names]
            database.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", levels)
            if kind in CITED:
                database.execute("INSERT INTO cited VALUES (?, ?, ?, ?)", (" ".join(leveled(text)), record, kind, text))
            if kind == "Instrument":
                database.execute("INSERT INTO instruments VALUES (?, ?)", (plain(text), record))
    database.executescript(INDEXES)
    return database
