"""Measure our endpoint beside a bare Oxigraph on the same graph and queries, in one run, in turn.

Each round asks both for the same seconds over eight connections; ratios are medians over the rounds. `fresh`
queries are new to the server each time; `repeated` ones are the same text again, which ours may answer from memory.
Ends with exit code 1 if a ratio is not held or a request fails.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from cicte_graph.build import build
from cicte_graph.house import open_house
from cicte_graph.query_library import examples, pick_query, runnable
from serving import Load, load, ours, oxigraph

ROUNDS = 3
SECONDS = 5
HELD = 0.8  # of the throughput of the bare engine, on queries that cost it 10 milliseconds or more
COSTLY = 10.0  # milliseconds
ASKED = ("plans", "partners-of", "rests-on", "coverage", "shared-partners", "every-record")


def main() -> int:
    """Measure, print a table in Markdown, and tell whether the ratio is held."""
    house = open_house()
    quads = build(house).path
    queries = {name: runnable(query, examples(query)) for name in ASKED for query in [pick_query(house.queries, name)]}
    faults = []
    sys.stdout.write(
        "| query | alone, ms | bare Oxigraph, 1/s | ours, fresh, 1/s | ratio | p99, ms | ours, repeated, 1/s |\n"
    )
    sys.stdout.write("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
    with (
        tempfile.TemporaryDirectory() as folder,
        ours(Path(folder) / "ours.log") as (here, _),
        oxigraph(quads, Path(folder)) as there,
    ):
        for name, query in queries.items():
            alone = load(there, [query], seconds=2, fresh=True, connections=1).p50
            rounds = [_round(here, there, query) for _ in range(ROUNDS)]
            ratio = statistics.median(mine.rate / bare.rate for mine, bare, _ in rounds)
            mine, bare, again = (statistics.median(one.rate for one in column) for column in zip(*rounds, strict=True))
            slowest = statistics.median(mine.p99 for mine, _, _ in rounds)
            held = f" (held to {HELD})" if alone >= COSTLY else ""
            cells = [
                name,
                f"{alone:.1f}",
                f"{bare:.0f}",
                f"{mine:.0f}",
                f"{ratio:.2f}{held}",
                f"{slowest:.0f}",
                f"{again:.0f}",
            ]
            sys.stdout.write(f"| {' | '.join(cells)} |\n")
            sys.stdout.flush()
            faults += [name] if alone >= COSTLY and ratio < HELD else []
            faults += [f"{name}: a request failed" for one in rounds for seen in one if seen.failed]
    sys.stdout.write(f"not held: {', '.join(faults)}\n" if faults else "all held\n")
    return int(bool(faults))


def _round(here: str, there: str, query: str) -> tuple[Load, Load, Load]:
    return (
        load(here, [query], seconds=SECONDS, fresh=True),
        load(there, [query], seconds=SECONDS, fresh=True),
        load(here, [query], seconds=SECONDS, fresh=False),
    )


if __name__ == "__main__":
    sys.exit(main())
