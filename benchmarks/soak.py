"""Ask a served graph for ten minutes, all sorts of queries mixed: no request may be lost, no memory may leak.

Memory is that of the server and its workers together, as the system counts it, sampled every few seconds; it leaks
if the median of the last fifth is a tenth above that of the second fifth.
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
        repeated = load(address, queries, seconds=MINUTES * 30, fresh=False)
        fresh = load(address, queries, seconds=MINUTES * 30, fresh=True)
        over.set()
        watch.join()
    fifth = len(sampled) // 5
    early, late = statistics.median(sampled[fifth : 2 * fifth]), statistics.median(sampled[-fifth:])
    failed = repeated.failed + fresh.failed
    sys.stdout.write(f"{repeated.requests + fresh.requests:,} requests, {failed} failed; ")
    sys.stdout.write(
        f"fresh: {fresh.rate:.0f}/s, p99 {fresh.p99:.0f} ms; memory {early:.0f} MiB early, {late:.0f} MiB late\n"
    )
    return int(failed > 0 or late > ALLOWED * early)


def _sample(server: int, sampled: list[float], over: threading.Event) -> None:
    while not over.wait(EVERY):
        sampled.append(sum(map(_resident, _family(server))) / 1024)


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


def _resident(process: int) -> int:
    """Tell how many KiB of memory a process holds; none if it has ended."""
    try:
        rows = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("VmRSS:")), 0)


if __name__ == "__main__":
    start = time.monotonic()
    code = main()
    sys.stdout.write(f"{(time.monotonic() - start) / 60:.1f} minutes\n")
    sys.exit(code)
