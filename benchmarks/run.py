"""Measure ours and the alternatives in one run, interleaved, and hold the ratios we promise.

Times are medians of whole processes in milliseconds (queries: within one process). Compare ratios, not
times: machines differ and are shared. Ends with exit code 1 if a ratio is not held.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cicte_graph.answers import bind, tabulate
from cicte_graph.build import build
from cicte_graph.exports import export
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.query_library import find_queries
from cicte_graph.store import Store

HERE = Path(__file__).parent
ELEMENT = "program/2012/maritime-security"
HELD = {"trace / bare script": 2.5, "trace / rdflib": 0.25, "check / pySHACL alone": 2.0}


def milliseconds(command: list[str]) -> float:
    """Time one process; it must end well."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return 1000 * (time.perf_counter() - start)


def medians(commands: dict[str, list[str]], repeats: int) -> dict[str, float]:
    """Time every command in turn, again and again, so that a busy moment hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            times[name].append(milliseconds(command))
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> int:
    """Measure, print a table in Markdown, and tell whether the ratios are held."""
    house = open_house()
    kept = build(house)
    store = Store.read(kept.path.read_bytes())
    python = sys.executable
    ours = [python, "-m", "cicte_graph"]
    with tempfile.TemporaryDirectory() as folder:
        turtle, triples = Path(folder) / "graph.ttl", Path(folder) / "graph.nt"
        turtle.write_bytes(export(store, "turtle"))
        triples.write_text("".join(f"{quad.triple} .\n" for quad in store), encoding="utf-8")
        lookup = [str(house.queries / "trace" / "rests-on.rq"), f"https://w3id.org/cicte-graph/id/{ELEMENT}"]
        times = medians(
            {
                "python, empty": [python, "-c", "pass"],
                "trace": [*ours, "trace", ELEMENT],
                "bare script": [python, str(HERE / "bare_trace.py"), str(kept.path), *lookup],
                "rdflib": [python, str(HERE / "rdflib_trace.py"), str(turtle), *lookup],
            },
            repeats=15,
        )
        times |= medians(
            {
                "check": [*ours, "check"],
                "pySHACL alone": [python, str(HERE / "pyshacl_alone.py"), str(triples), str(house.shapes)],
                "build": [*ours, "build"],
            },
            repeats=3,
        )
    print(f"{len(store):,} quads, {len(house.data_files())} data files\n")
    print("| measured | ms |\n| --- | ---: |")
    for name, taken in times.items():
        print(f"| {name} | {taken:.0f} |")
    print("\n| ratio | measured | held to |\n| --- | ---: | ---: |")
    ratios = {name: times[name.split(" / ")[0]] / times[name.split(" / ")[1]] for name in HELD}
    for name, ratio in ratios.items():
        print(f"| {name} | {ratio:.2f} | {HELD[name]} |")
    print("\n| query | rows | ms |\n| --- | ---: | ---: |")
    graph = Graph(house, store, kept.version)
    for query in find_queries(house.queries):
        bound = bind(graph, query, [f"{name}={param.example}" for name, param in query.params.items()])
        laps, rows = [], 0
        for _ in range(5):
            start = time.perf_counter()
            rows = len(tabulate(store.query(query.sparql, **bound)).rows)
            laps.append(1000 * (time.perf_counter() - start))
        print(f"| {query.topic}/{query.name} | {rows} | {statistics.median(laps):.1f} |")
    return int(any(ratio > HELD[name] for name, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main())
