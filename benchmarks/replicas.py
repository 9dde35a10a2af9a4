"""Measure 1, 2 and 4 replicas behind nginx beside one that is asked directly, in one run, in turn.

Each round asks all for the same seconds over sixteen connections; ratios to one replica behind nginx are medians over
the rounds. Replicas, nginx and wrk share the processors of one machine, so it shows what a proxy costs and what
replicas bring as long as processors are free, and not what more machines would bring.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cicte_graph.build import build
from cicte_graph.house import open_house
from cicte_graph.query_library import examples, pick_query, runnable
from serving import Load, free_port, load, running

ROUNDS = 5
SECONDS = 2
CONNECTIONS = 16
SIZES = (1, 2, 4)
ASKED = ("plans", "partners-of", "rests-on")  # a page or a trace asks such; a costly one takes all processors by itself
DEPLOY = Path(__file__).parent.parent / "deploy"


def main() -> int:
    """Measure and print a table in Markdown; tell whether every request was answered."""
    house = open_house()
    quads = build(house).path
    names = [f"behind nginx: {size}" for size in SIZES]
    sys.stdout.write(f"{os.cpu_count()} processors for replicas, nginx and wrk together; answers a second\n\n")
    sys.stdout.write(f"| question | asked directly: 1 | {' | '.join(names)} | 2 to 1 | 4 to 1 | p99 with 4, ms |\n")
    sys.stdout.write(f"| --- |{' ---: |' * (len(SIZES) + 4)}\n")
    failed = 0
    with tempfile.TemporaryDirectory() as name, replicas(quads, Path(name)) as addresses:
        for question in ASKED:
            query = pick_query(house.queries, question)
            text = runnable(query, examples(query))
            rounds = [[asked(address, text) for address in addresses] for _ in range(ROUNDS)]
            failed += sum(seen.failed for one in rounds for seen in one)
            rates = [statistics.median(seen.rate for seen in column) for column in zip(*rounds, strict=True)]
            ratios = [statistics.median(one[at].rate / one[1].rate for one in rounds) for at in (2, 3)]
            slowest = statistics.median(one[3].p99 for one in rounds)
            cells = [*(f"{rate:.0f}" for rate in rates), *(f"{ratio:.2f}" for ratio in ratios), f"{slowest:.0f}"]
            sys.stdout.write(f"| {question} | {' | '.join(cells)} |\n")
            sys.stdout.flush()
    sys.stdout.write(f"\n{failed} requests failed\n")
    return int(failed > 0)


def asked(address: str, query: str) -> Load:
    """Ask one question for some seconds; no two requests have the same text."""
    return load(address, [query], seconds=SECONDS, fresh=True, connections=CONNECTIONS)


@contextmanager
def replicas(quads: Path, folder: Path) -> Iterator[list[str]]:
    """Serve the graph by four replicas; gives the address of one, and of nginx before one, two and all of them."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        raise SystemExit("nginx is not installed. Install it: apt-get install nginx-light")
    program, store = str(Path(sys.executable).parent / "oxigraph"), folder / "store"
    subprocess.run([program, "load", "-l", str(store), "-f", str(quads)], check=True, capture_output=True)
    ports = [free_port() for _ in range(max(SIZES))]
    with ExitStack() as stack:
        for port in ports:
            command = [program, "serve-read-only", "-l", str(store), "-b", f"127.0.0.1:{port}", "--union-default-graph"]
            stack.enter_context(running(command, f"http://127.0.0.1:{port}/", folder / f"{port}.log"))
        addresses = [f"http://127.0.0.1:{ports[0]}/query"]
        for size in SIZES:
            at, its = f"127.0.0.1:{free_port()}", folder / f"before-{size}"
            its.mkdir()
            (its / "replicas").write_text("".join(f"server 127.0.0.1:{port};\n" for port in ports[:size]))
            conf = (DEPLOY / "replicas.conf").read_text(encoding="utf-8").replace("127.0.0.1:7879", at)
            conf = conf.replace("listen ", "location = / { return 204; }\n        listen ")  # to see that it runs
            (its / "replicas.conf").write_text(conf, encoding="utf-8")
            command = [nginx, "-p", str(its), "-c", "replicas.conf", "-e", "stderr"]
            stack.enter_context(running(command, f"http://{at}/", its / "log"))
            addresses.append(f"http://{at}/query")
        yield addresses


if __name__ == "__main__":
    sys.exit(main())
