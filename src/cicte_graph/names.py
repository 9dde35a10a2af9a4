"""Every name of every record, in an index that finds some of them without reading all.

The index is SQLite's full-text search. It stands in memory beside a graph in memory; beside another it is kept in the
cache under the version of the graph, and made anew where it is missing or cannot be read. Knows words, not what they
mean.
"""

import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cicte_graph.cache import cache
from cicte_graph.citation import Instruments, leveled, plain, serials
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

    def __iter__(self) -> Iterator[Name]:
        return map(Name._make, self._database.execute("SELECT record, class, text, plain FROM names ORDER BY rowid"))

    def beginning(self, words: Iterable[str]) -> Iterator[Name]:
        """Give the names that have, for each of some leveled words, a word that begins with it."""
        asked = " ".join(f'"{word}"*' for word in words)
        found = self._database.execute(
            "SELECT record, class, text, plain FROM names WHERE names MATCH ? ORDER BY rowid", [asked]
        )
        return map(Name._make, found)

    def instruments(self, words: str) -> Instruments:
        """Give the instruments that words may cite, by number or by the beginning of a title, and their paragraphs."""
        told = leveled(words)
        records = {
            record
            for serial in serials(told)
            for (record,) in self._database.execute(
                "SELECT record FROM instruments WHERE instruments MATCH ?", [f'"{serial}"']
            )
        }
        for pair in pairwise(told):
            records |= {record for record, _ in self._cited("Instrument", " ".join(pair))}
        named = sorted((record, text) for record in records for text in self._called(record))
        starts = {" ".join(leveled(text)) for _, text in named}
        return Instruments(named, sorted({one for start in starts for one in self._cited("Provision", start)}))

    def _called(self, record: str) -> list[str]:
        return [text for (text,) in self._database.execute("SELECT text FROM cited WHERE record = ?", [record])]

    def _cited(self, kind: str, start: str) -> set[tuple[str, str]]:
        """Give (record, name) where a leveled name is some words or goes on after them."""
        sql = "SELECT record, text FROM cited WHERE class = ? AND (leveled = ? OR leveled BETWEEN ? AND ?)"
        return set(self._database.execute(sql, [kind, start, f"{start} ", f"{start} ~"])) if start else set()


def names_of(graph: Graph) -> Names:
    """Open the names of a graph."""
    return graph.once("names", lambda: Names(_opened(graph)))


def _opened(graph: Graph) -> sqlite3.Connection:
    in_memory = isinstance(graph.store, Store) and graph.store.folder is None
    if in_memory or not DIGEST.fullmatch(graph.version.digest):
        database = sqlite3.connect(":memory:", check_same_thread=False)  # a search may run in a thread, one at a time
        _fill(database, graph)
        return database
    query = blake2b((graph.house.queries / QUERY).read_bytes() + TABLES.encode(), digest_size=8).hexdigest()
    path = cache() / f"{graph.version.digest}-{query}.names"
    try:
        return _read(path)
    except sqlite3.Error:
        sys.stderr.write("cicte-graph: indexing the names, once for this graph\n")
    with working("indexing"), tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        made = Path(folder) / path.name
        with closing(sqlite3.connect(made)) as database:
            _fill(database, graph)
        made.replace(path)
    return _read(path)


def _read(path: Path) -> sqlite3.Connection:
    """Open an index that is there, to be read.

    Raises:
        sqlite3.Error: It is not there, or damaged.
    """
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
    database.execute("SELECT 1 FROM cited LIMIT 1")
    return database


def _fill(database: sqlite3.Connection, graph: Graph) -> None:
    """Make the index; what stands in it in which order is as `records/names` gives it."""
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
