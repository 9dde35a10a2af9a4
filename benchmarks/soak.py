"""Ask a served graph for ten minutes, all sorts of queries mixed: no request may be lost, no memory may leak.

Queries that the server has seen and ones that are new to it come in turn, some seconds each. Memory is that of the
server and its workers together, each page they share counted once, sampled every few seconds; it leaks if the median
of the last fifth is a tenth above that of the second fifth.
"""

import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from cicte_graph.house import open_house
from cicte_graph.query_library import examples, find_queries, runnable
from serving import load, ours

MINUTES = 10
TURN = 15  # seconds of either sort
EVERY = 5  # seconds
ALLOWED = 1.1  # of the memory early in the run


def main() -> int:
    """Run the load, print what was seen, and tell whether it held."""
    queries = [runnable(query, examples(query)) for query in find_queries(open_house().queries)]
    sampled: list[float] = []
    over = threading.Event()

    with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "log") as (address, server):
        watch = threading.Thread(target=_sample, args=(server, sampled, over))
        watch.start()
        seen = [load(address, queries, seconds=TURN, fresh=bool(n % 2)) for n in range(MINUTES * 60 // TURN)]
        over.set()
        watch.join()
    fifth = len(sampled) // 5
    early, late = statistics.median(sampled[fifth : 2 * fifth]), statistics.median(sampled[-fifth:])
    failed = sum(one.failed for one in seen)
    rate, slow = (statistics.median(getattr(one, name) for one in seen[1::2]) for name in ("rate", "p99"))
    sys.stdout.write(f"{sum(one.requests for one in seen):,} requests, {failed} failed; ")
    sys.stdout.write(f"new ones: {rate:.0f}/s, p99 {slow:.0f} ms; memory {early:.0f} MiB early, {late:.0f} MiB late\n")
    return int(failed > 0 or late > ALLOWED * early)


def _sample(server: int, sampled: list[float], over: threading.Event) -> None:
    while not over.wait(EVERY):
        sampled.append(sum(map(_memory, _family(server))) / 1024)


def _family(server: int) -> list[int]:
    """List a process and all below it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parents.setdefault(int(said[1]), []).append(int(path.parent.name))
    found = [server]
    for one in found:
        found += parents.get(one, [])
    return found


def _memory(process: int) -> int:
    """Tell how many KiB of memory a process holds, its share of what is shared; none if it has ended."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)


if __name__ == "__main__":
    start = time.monotonic()
    code = main()
    sys.stdout.write(f"{(time.monotonic() - start) / 60:.1f} minutes\n")
    sys.exit(code)
