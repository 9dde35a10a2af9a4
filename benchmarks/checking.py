"""Check a made-up graph by us and by others, in turn and in one run; print the times and how ours stand to theirs.

Others are pyshifty (`pip install pyshifty`; left out where it is not installed), Jena (with `--jena CLASSPATH`: that of
jena-shacl and all it needs) and the reference, pySHACL (with `--pyshacl`: once, for it is slow). Each reads the same
file of triples and the same shapes, and hands back every result; the least time of the repeats counts, so that all
are warm. Ends with exit code 1 if they differ in what they find.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, NamedTuple

import rdflib
from rdflib.namespace import SH

from cicte_graph.derive import derive
from cicte_graph.house import open_house
from cicte_graph.store import Store
from cicte_graph.validate import find_violations

HERE = Path(__file__).parent
FAULTS = 15  # as many as there are kinds
Found = Counter[tuple[str, str]]  # focus node and name of the shape


class Lap(NamedTuple):
    """One run of an engine."""

    read: float  # seconds to have the graph
    judge: float  # seconds from there to the last result
    found: Found


def write(graph: Path, triples: int) -> int:
    """Make up plans, draw the rules' conclusions, and write all as N-Triples; tell how many there are."""
    with tempfile.TemporaryDirectory() as folder:
        planted = ["--faults", str(FAULTS), "--manifest", f"{folder}/manifest"]
        command = [sys.executable, str(HERE / "generate"), "--triples", str(triples), *planted]
        store = Store.read(subprocess.run(command, check=True, capture_output=True).stdout)
    derive(store, open_house().ontology / "rules")
    lines = {f"{quad.triple} .\n" for quad in store}
    graph.write_text("".join(sorted(lines)), encoding="utf-8")
    return len(lines)


def ours(graph: Path, shapes: Path) -> Lap:
    """Read and judge with this package."""
    start = time.perf_counter()
    store = Store.read(graph.read_bytes())
    read = time.perf_counter()
    found = Counter((one.record, one.rule) for one in find_violations(store, {}, shapes))
    return Lap(read - start, time.perf_counter() - read, found)


def pyshifty(graph: Path, shapes: Path) -> Lap:
    """Read and judge with pyshifty, which does both at once."""
    start = time.perf_counter()
    _, report, _ = import_module("shifty").validate(graph, sorted(shapes.glob("*.ttl")), graph_mode="data", infer=False)
    found = of_report(report)
    return Lap(0.0, time.perf_counter() - start, found)


def pyshacl(graph: Path, shapes: Path) -> Lap:
    """Read and judge with pySHACL."""
    rules = rdflib.Graph()
    for path in sorted(shapes.glob("*.ttl")):
        rules.parse(path, format="turtle")
    start = time.perf_counter()
    data = rdflib.Graph().parse(graph, format="nt")
    read = time.perf_counter()
    _, report, _ = import_module("pyshacl").validate(data, shacl_graph=rules, inference="none")
    found = of_report(report)
    return Lap(read - start, time.perf_counter() - read, found)


def of_report(report: rdflib.Graph) -> Found:
    """Read a SHACL report."""
    results = report.objects(None, SH.result)
    return counted((str(report.value(one, SH.focusNode)), str(report.value(one, SH.sourceShape))) for one in results)


def counted(results: Iterable[tuple[str, str]]) -> Found:
    """Count results by focus node and the shape's name."""
    return Counter((focus, shape.rpartition("/")[2]) for focus, shape in results)


def jena(given: IO[str], said: IO[str]) -> Lap:
    """Have the Jena that waits read and judge once more."""
    given.write("\n")
    given.flush()
    results: list[tuple[str, str]] = []
    for line in said:
        first, second, *done = line.rstrip("\n").split("\t")
        if done:
            return Lap(float(first), float(second), counted(results))
        results.append((first, second))
    raise SystemExit("Jena ended; see its message above. Complete the class path.")


def main() -> int:
    """Make the graph, measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=20_000, metavar="N")
    parser.add_argument("--repeats", type=int, default=5, metavar="N")
    parser.add_argument("--jena", metavar="CLASSPATH", help="measure Jena too")
    parser.add_argument("--pyshacl", action="store_true", help="measure the reference too")
    args = parser.parse_args()
    shapes = open_house().shapes
    with ExitStack() as stack:
        graph = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "graph.nt"
        size = write(graph, args.triples)
        engines: dict[str, Callable[[], Lap]] = {"ours": lambda: ours(graph, shapes)}
        if find_spec("shifty"):
            engines["pyshifty"] = lambda: pyshifty(graph, shapes)
        if args.jena:
            command = ["java", "-cp", args.jena, str(HERE / "Checking.java"), str(graph), str(shapes)]
            waiting = stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            given, said = waiting.stdin, waiting.stdout
            if given is not None and said is not None:
                engines["Jena"] = lambda: jena(given, said)
        laps: dict[str, list[Lap]] = {name: [] for name in engines}
        for _ in range(args.repeats):
            for name, run in engines.items():
                laps[name].append(run())
        if args.pyshacl:
            laps["pySHACL"] = [pyshacl(graph, shapes)]
    return table(size, laps)


def table(size: int, laps: dict[str, list[Lap]]) -> int:
    """Print times and ratios; tell whether all found the same."""
    best = {
        name: Lap(min(run.read for run in runs), min(run.judge for run in runs), runs[0].found)
        for name, runs in laps.items()
    }
    mine = best["ours"]
    print(f"{size:,} triples, {mine.found.total()} results\n")
    print("| engine | read, s | judge, s | ours / theirs, judge | ours / theirs, both | results |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, one in best.items():
        ratios = f"{mine.judge / one.judge:.2f} | {(mine.read + mine.judge) / (one.read + one.judge):.2f}"
        print(f"| {name} | {one.read:.2f} | {one.judge:.2f} | {ratios} | {one.found.total()} |")
    differing = [name for name, one in best.items() if one.found != mine.found]
    for name in differing:
        sys.stderr.write(f"{name} finds otherwise than we do\n")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
