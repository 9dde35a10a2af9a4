"""Ask a made-up graph for overlap, orphans, totals and names, beside others that answer such questions quickly.

Others are Virtuoso (where `virtuoso-t` is installed), maplib (where it is: `pip install maplib`) and, for names, the
full-text search of SQLite alone. Each is asked the same question of the whole graph and hands over every row; the least
time of the repeats counts. Standard error tells every time, and what one cannot answer.
"""

import argparse
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import httpx

from cicte_graph.citation import plain
from cicte_graph.find import search
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.names import names_of
from cicte_graph.store import n_quads
from cicte_graph.terms import ID, PREFIXES
from measured import Line, table
from size import generated, opened

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.engines import virtuoso

QUESTIONS = {
    "overlap": "partners/shared-partners",
    "orphans": "mandates/elements-without-specific-mandate",
    "totals": "people/people-by-program",
}
WORDS = "port inspection 1995"
PROLOGUE = f"BASE <{ID}>\n" + "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
LONGEST = 600.0  # seconds that an engine may take for an answer
Asker = Callable[[str], int]  # a query's rows, all handed over


def ours(graph: Graph) -> Asker:
    """Ask the embedded store."""
    return lambda query: len(graph.store.rows(query))


def by_http(address: str) -> Asker:
    """Ask an endpoint, and read what it says."""
    client = httpx.Client(timeout=LONGEST)

    def asked(query: str) -> int:
        said = client.post(address, data={"query": PROLOGUE + query, "format": "text/tab-separated-values"})
        said.raise_for_status()
        return said.text.count("\n") - 1

    return asked


def by_maplib(triples: Path) -> Asker:
    """Ask maplib."""
    model = import_module("maplib").Model()
    model.read(str(triples), format="ntriples")
    return lambda query: int(model.query(PROLOGUE + query).height)


def least(work: Callable[[], int], repeats: int) -> tuple[float, int]:
    """Give the least time, in seconds, and the number of rows."""
    laps, rows = [], 0
    for _ in range(repeats):
        start = time.perf_counter()
        rows = work()
        laps.append(time.perf_counter() - start)
    return min(laps), rows


def answers(house: House, engines: dict[str, Asker], repeats: int) -> Iterator[Line]:
    """Ask every engine every question, ours first; each line sets ours beside the quickest other."""
    for name, question in QUESTIONS.items():
        query = (house.queries / f"{question}.rq").read_text(encoding="utf-8")
        times: dict[str, float] = {}
        rows: dict[str, int] = {}
        for engine, ask in engines.items():
            try:
                times[engine], rows[engine] = least(lambda ask=ask, query=query: ask(query), repeats)  # type: ignore[misc]
            except Exception as error:  # whatever another engine may raise
                sys.stderr.write(f"{name}: {engine} does not answer: {' '.join(str(error).split())[:200]}\n")
            else:
                sys.stderr.write(f"{name}: {engine} {times[engine]:.3f} s, {rows[engine]} rows\n")
        others = {engine: taken for engine, taken in times.items() if rows[engine] == rows["ours"] and engine != "ours"}
        if others:
            quickest = min(others, key=lambda engine: others[engine])
            yield Line(f"{name}, s / {quickest}", times["ours"], others[quickest], 1.0)


def names(graph: Graph, repeats: int) -> Line:
    """Search for words beside SQLite's full-text search of the same names."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE name USING fts5 (plain, record UNINDEXED)")
    rows = ((plain(name.text), name.record) for name in names_of(graph))
    database.executemany("INSERT INTO name VALUES (?, ?)", rows)
    asked = " ".join(f'"{word}"*' for word in WORDS.split())
    search(graph, WORDS)  # the index is made once for a graph

    def alone() -> int:
        return len(database.execute("SELECT record FROM name WHERE name MATCH ? ORDER BY rank", [asked]).fetchall())

    return Line(
        "names, s / SQLite FTS5",
        least(lambda: len(search(graph, WORDS)), repeats)[0],
        least(alone, repeats)[0],
        2.0,
    )


def measured(triples: int, repeats: int) -> list[Line]:
    """Make the graph and give every line."""
    house = open_house()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        graph = opened(house, generated(triples, folder))
        engines = {"ours": ours(graph)}
        if find_spec("maplib"):
            union = folder / "union.nt"
            union.write_text("".join(f"{triple} .\n" for triple in {quad.triple for quad in graph.store}), "utf-8")
            engines["maplib"] = by_maplib(union)
        if shutil.which("virtuoso-t"):
            engines["Virtuoso"] = by_http(stack.enter_context(virtuoso(n_quads(graph.store), buffers=340_000)).query)
        return [*answers(house, engines, repeats), names(graph, 10 * repeats)]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print a table in Markdown; it judges nothing but by its last column."""
    parser = argparse.ArgumentParser(prog="peers", description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, default=100_000, help="about how many; default 100000")
    parser.add_argument("--repeats", type=int, default=3, help="of each question; default 3")
    args = parser.parse_args(arguments)
    print(f"{args.triples:,} triples\n\n{table(measured(args.triples, args.repeats))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
