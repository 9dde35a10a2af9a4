"""Measure all that is promised, at a chosen size, and write one table: `python benchmarks/run.py --triples 100000`.

Compare ratios, not times: machines differ and are shared. Others that are not installed are left out, and that is said.
"""

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

import checking
import commands
import peers
import size
from measured import table


def main(arguments: list[str] | None = None) -> int:
    """Measure and write; nothing is judged but in the last column."""
    parser = argparse.ArgumentParser(prog="run", description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, default=100_000, help="about how many; default 100000")
    parser.add_argument("--repeats", type=int, default=3, help="of each measurement; default 3")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write, in Markdown")
    args = parser.parse_args(arguments)
    parts = {
        "Commands on the real graph, as whole processes": commands.measured(args.repeats),
        f"Made-up plans, {args.triples:,} triples": size.measured(args.triples, args.repeats),
        "Beside other engines, on the same plans": peers.measured(args.triples, args.repeats),
        "Checking the same plans, with faults planted": checking.measured(args.triples, args.repeats),
    }
    tables = [f"## {name}\n\n{table(lines)}\n" for name, lines in parts.items()]
    args.output.write_text("\n".join([f"# What is measured\n\n{machine()}\n", *tables]), encoding="utf-8")
    return 0


def machine() -> str:
    """Say when and on what it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"Written by `make bench` on {datetime.now(UTC).date().isoformat()}: {os.cpu_count()} processors, "
        f"{memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}. Compare ratios, not times."
    )


if __name__ == "__main__":
    sys.exit(main())
