"""Measure the embedded graph at a chosen size against bare pyoxigraph, in one run: `python benchmarks/size.py`.

Prints a table of ratios with what each is held to. Times are the least of several, measured in turn, each load and each
run of the rules in a process of its own. Compare ratios, not times: machines differ and are shared.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, cast

import pyoxigraph as ox

from cicte_graph.bound import with_values
from cicte_graph.cache import Version
from cicte_graph.derive import DERIVED, derive
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.rederive import rederive
from cicte_graph.rules import read_rules
from cicte_graph.store import Store
from cicte_graph.terms import ID
from measured import Line, table

GENERATE = Path(__file__).parent / "generate"
FIRST = "body-1-1992"  # a plan that is there at every size
TRACES = {
    "trace up": ("trace/rests-on", "element", f"activity/{FIRST}/p1/1/1"),
    "trace down": ("trace/answered-by", "asked", f"provision/{FIRST}/1"),
}
SMALLEST = 20_000  # triples
LOOKS = 50  # at a trace
SLACK = 0.0001  # seconds that a trace may take beside its ratio
MEGABYTE = 1024  # kilobytes, in which the system counts


class Spent(NamedTuple):
    """What a process took: seconds of processor time, which others do not lengthen, and megabytes at most."""

    seconds: float
    peak: float


def load_ours(path: Path) -> Spent:
    """Read a graph as our commands do."""
    start = time.process_time()
    store = Store.read(path.read_bytes())
    taken = time.process_time() - start
    return Spent(taken, _peak()) if len(store) else Spent(0, 0)


def load_raw(path: Path) -> Spent:
    """Read a graph with pyoxigraph alone."""
    start = time.process_time()
    store = ox.Store()
    store.bulk_load(path.read_bytes(), format=ox.RdfFormat.N_QUADS)
    taken = time.process_time() - start
    return Spent(taken, _peak()) if len(store) else Spent(0, 0)


def run_rules(path: Path) -> Spent:
    """Draw all conclusions; taking the rules apart is done before."""
    rules = open_house().ontology / "rules"
    read_rules(rules)
    store = Store.read(path.read_bytes())
    start = time.process_time()
    derive(store, rules)
    return Spent(time.process_time() - start, _peak())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def generated(triples: int, folder: Path) -> Path:
    """Write made-up plans."""
    path = folder / f"{triples}.nq"
    with path.open("wb") as file:
        subprocess.run([sys.executable, str(GENERATE), "--triples", str(triples)], check=True, stdout=file)
    return path


def in_turn(works: list[Callable[[Path], Spent]], path: Path, repeats: int) -> list[Spent]:
    """Run each in a process of its own, again and again; give the least of each."""
    spent: dict[Callable[[Path], Spent], list[Spent]] = {work: [] for work in works}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        for _ in range(repeats):
            for work in works:
                spent[work].append(processes.submit(work, path).result())
    return [Spent(min(one.seconds for one in some), min(one.peak for one in some)) for some in spent.values()]


def opened(house: House, path: Path) -> Graph:
    """Open made-up plans with all conclusions."""
    store = Store.read(path.read_bytes())
    derive(store, house.ontology / "rules")
    return Graph(house, store, Version("made", "2001-02-03"))


def least(*works: Callable[[], object]) -> list[float]:
    """Time each in turn, again and again; give the least of each."""
    laps: list[list[float]] = [[] for _ in works]
    for _ in range(LOOKS):
        for work, taken in zip(works, laps, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in laps]


def read(store: ox.Store, sparql: str) -> list[tuple[object, ...]]:
    """Run a query with pyoxigraph alone and take every value."""
    solutions = cast("ox.QuerySolutions", store.query(sparql, use_default_graph_as_union=True))
    return [tuple(solution) for solution in solutions]


def traces(house: House, large: Path, small: Path) -> Iterator[Line]:
    """Trace beside the engine alone, and beside a tenth of the graph."""
    graph, tenth = opened(house, large), opened(house, small)
    raw = ox.Store()
    raw.extend(graph.store)
    for name, (query, parameter, record) in TRACES.items():
        text = (house.queries / f"{query}.rq").read_text(encoding="utf-8")
        bound = with_values(text, [{parameter: ox.NamedNode(ID + record)}])
        ours, alone, less = least(
            lambda query=query, asked={parameter: record}: graph.rows(query, **asked),  # type: ignore[misc]
            lambda bound=bound: read(raw, bound),  # type: ignore[misc]
            lambda query=query, asked={parameter: record}: tenth.rows(query, **asked),  # type: ignore[misc]
        )
        yield Line(f"{name}, s / bare query", ours, alone, 1.2, SLACK)
        yield Line(f"{name}, s / in a tenth of the graph", ours, less, 2.0)


def mending(house: House, path: Path) -> Line:
    """Take a justification away and put it back, beside a whole run of the rules."""
    store, rules = Store.read(path.read_bytes()), house.ontology / "rules"
    start = time.perf_counter()
    derive(store, rules)
    whole = time.perf_counter() - start
    [link, *_] = [
        row["link"]
        for row in store.rows(f"SELECT ?link {{ ?link cicte:element <program/{FIRST}/p1> }} ORDER BY DESC(?link)")
    ]
    quads = [quad for quad in store.matching(link, None, None) if quad.graph_name != DERIVED]
    laps = []
    for removed, added in ((quads, []), ([], quads)) * 3:
        start = time.perf_counter()
        rederive(store, rules, removed, added)
        laps.append(time.perf_counter() - start)
    return Line("mending after one justification, s / all rules", min(laps), whole, 0.1)


def measured(triples: int, repeats: int) -> list[Line]:
    """Make the plans and give every line."""
    house = open_house()
    with tempfile.TemporaryDirectory() as folder:
        large = generated(triples, Path(folder))
        small = generated(triples // 10, Path(folder))
        ours, raw, rules = in_turn([load_ours, load_raw, run_rules], large, repeats)
        return [
            Line("load, s of processor time / bare bulk load", ours.seconds, raw.seconds, 1.15),
            Line("load, MB at most / bare bulk load", ours.peak, raw.peak, 1.2),
            Line("rules, s of processor time / bare bulk load", rules.seconds, raw.seconds, 2.0),
            Line("rules, MB at most / bare bulk load", rules.peak, raw.peak, 2.0),
            *traces(house, large, small),
            mending(house, large),
        ]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print a table in Markdown; it judges nothing but by its last column."""
    parser = argparse.ArgumentParser(prog="size", description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, default=100_000, help="about how many; default 100000")
    parser.add_argument("--repeats", type=int, default=3, help="of loads and rules; default 3")
    args = parser.parse_args(arguments)
    if args.triples < SMALLEST:
        parser.error(f"{args.triples} triples do not hold all that is measured. Ask for {SMALLEST} or more.")
    print(f"{args.triples:,} triples\n\n{table(measured(args.triples, args.repeats))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
