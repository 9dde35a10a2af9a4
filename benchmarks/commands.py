"""Measure commands on the real graph, as whole processes, beside scripts that do no more than they must.

Times are medians, the commands run in turn. Reports and questions are measured within one process.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cicte_graph.answers import bind
from cicte_graph.build import build
from cicte_graph.cache import Kept
from cicte_graph.exports import export
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.query_library import find_queries
from cicte_graph.reports import REPORTS
from cicte_graph.reports.diff import diff
from cicte_graph.reports.written import write_report
from cicte_graph.store import Store
from measured import Line

HERE = Path(__file__).parent
ELEMENT = "program/2012/maritime-security"
HEAVIEST = "work-plan/2018-2019"  # more links than any other
# every program measured runs from compiled files, as it does once it is installed
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
REPORT, QUESTION = 0.5, 0.1  # seconds of processor time that a report, written as HTML, and a question may take
HELD = {
    "trace / bare script": 2.5,
    "whole plan / bare script": 2.5,
    "trace / rdflib": 0.25,
    "check / pySHACL alone": 0.75,
}


def seconds(command: list[str]) -> float:
    """Time one process; it must end well."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=COMPILED)
    return time.perf_counter() - start


def medians(commands: dict[str, list[str]], repeats: int) -> dict[str, float]:
    """Time every command in turn, again and again, so that a busy moment hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            times[name].append(seconds(command))
    return {name: statistics.median(taken) for name, taken in times.items()}


def measured(repeats: int) -> Iterator[Line]:
    """Give a line for every command, the slowest report and the slowest question."""
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
                "trace": [*ours, "trace", ELEMENT],
                "whole plan": [*ours, "trace", HEAVIEST],
                "bare script": [python, str(HERE / "bare_trace.py"), str(kept.path), *lookup],
                "rdflib": [python, str(HERE / "rdflib_trace.py"), str(turtle), *lookup],
            },
            5 * repeats,
        )
        times |= medians(
            {
                "check": [*ours, "check"],
                "pySHACL alone": [python, str(HERE / "pyshacl_alone.py"), str(triples), str(house.shapes)],
            },
            repeats,
        )
    for name, held in HELD.items():
        one, other = name.split(" / ")
        yield Line(f"{name}, s", times[one], times[other], held)
    yield slowest("report", reports(house, kept), REPORT)
    yield slowest("question", questions(house, kept), QUESTION)


def slowest(what: str, times: dict[str, float], promised: float) -> Line:
    """Set the one that takes longest beside what is promised of all."""
    name = max(times, key=lambda one: times[one])
    return Line(f"slowest {what} ({name}), s of processor time / promised", times[name], promised, 1.0)


def reports(house: House, kept: Kept) -> dict[str, float]:
    """Give the processor time of every report, written as HTML, of a graph that was freshly opened."""
    times = {}
    for name in (*REPORTS, "diff"):
        laps = []
        for _ in range(3):
            graph = Graph(house, Store.read(kept.path.read_bytes()), kept.version)
            start = time.process_time()
            made = diff(graph, *graph.plans()) if name == "diff" else REPORTS[name][1](graph)
            write_report(made, "html")
            laps.append(time.process_time() - start)
        times[name] = statistics.median(laps)
    return times


def questions(house: House, kept: Kept) -> dict[str, float]:
    """Give the processor time of every question of the library with its examples."""
    graph = Graph(house, Store.read(kept.path.read_bytes()), kept.version)
    times = {}
    for query in find_queries(house.queries):
        bound = bind(graph, query, {name: param.example for name, param in query.params.items()})
        laps = []
        for _ in range(5):
            start = time.process_time()
            graph.store.rows(query.sparql, **bound)
            laps.append(time.process_time() - start)
        times[f"{query.topic}/{query.name}"] = statistics.median(laps)
    return times
