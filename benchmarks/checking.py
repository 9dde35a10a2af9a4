"""Check a made-up graph by us and by others, in turn and in one run; print the times and how ours stand to theirs.

Others are pyshifty (where it is: `pip install pyshifty`), Jena (where Debian's packages are) and the reference, pySHACL
(once, and on small graphs only, for it is slow). Each reads the same file of triples and the same shapes, and hands
back every result; the least time of the repeats counts, so that all are warm. If one finds otherwise than we do,
nothing is measured.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
from measured import Line, table

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.engines import JARS, JENA, place_messages

HERE = Path(__file__).parent
PYSHACL = 50_000  # triples that the reference checks in a minute
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
    raise SystemExit("Jena ended; see its message above.")


def measured(triples: int, repeats: int) -> list[Line]:
    """Make the graph, check it with every engine there is, and set ours beside each.

    Raises:
        SystemExit: An engine finds otherwise than we do.
    """
    shapes = open_house().shapes
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        graph = folder / "graph.nt"
        write(graph, triples)
        engines: dict[str, Callable[[], Lap]] = {"ours": lambda: ours(graph, shapes)}
        if find_spec("shifty"):
            engines["pyshifty"] = lambda: pyshifty(graph, shapes)
        if shutil.which("javac") and JENA.exists():
            place_messages(JENA, folder)
            command = ["java", "-cp", f"{folder}:{JARS}/*", str(HERE / "Checking.java"), str(graph), str(shapes)]
            waiting = stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            given, said = waiting.stdin, waiting.stdout
            if given is not None and said is not None:
                engines["Jena"] = lambda: jena(given, said)
        laps: dict[str, list[Lap]] = {name: [] for name in engines}
        for _ in range(repeats):
            for name, run in engines.items():
                laps[name].append(run())
        if triples <= PYSHACL:
            laps["pySHACL"] = [pyshacl(graph, shapes)]
    return list(lines(laps))


def lines(laps: dict[str, list[Lap]]) -> Iterator[Line]:
    """Set the least time of ours beside that of each other: judging, and reading with it."""
    mine = laps.pop("ours")
    for name, theirs in laps.items():
        if theirs[0].found != mine[0].found:
            raise SystemExit(f"{name} finds otherwise than we do")
        judged, their_judged = (min(lap.judge for lap in some) for some in (mine, theirs))
        both, their_both = (min(lap.read + lap.judge for lap in some) for some in (mine, theirs))
        yield Line(f"checking, s / {name}", judged, their_judged, 1.0)
        yield Line(f"reading and checking, s / {name}", both, their_both, 1.0)


def main() -> int:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=20_000, metavar="N")
    parser.add_argument("--repeats", type=int, default=5, metavar="N")
    args = parser.parse_args()
    print(table(measured(args.triples, args.repeats)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
