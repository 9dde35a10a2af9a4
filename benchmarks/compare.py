"""Compare the ratios of two checkouts: `python benchmarks/compare.py BEFORE AFTER` runs `benchmarks/size.py` of each.

Both run in turn on this machine, and of each ratio the least counts, so that a busy moment tells of neither. Ends with
exit code 1 if a ratio has grown by more than machines differ from run to run; `make bench-compare BASE=REVISION` does
all that for a revision and what is checked out.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

GROWN = 1.5  # times; what runs on a shared machine differ by without a cause
LEAST = 0.2  # a ratio below that is not looked at: it is of times too short to tell


def main(arguments: list[str] | None = None) -> int:
    """Measure both, print a table in Markdown, and tell whether a ratio has grown."""
    parser = argparse.ArgumentParser(prog="compare", description=__doc__.partition("\n")[0])
    parser.add_argument("before", type=Path, help="a checkout")
    parser.add_argument("after", type=Path, help="another")
    parser.add_argument("--triples", type=int, default=100_000, help="about how many; default 100000")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run; default 3")
    args = parser.parse_args(arguments)
    least: list[dict[str, float]] = [{}, {}]
    for _ in range(args.rounds):
        for found, checkout in zip(least, (args.before, args.after), strict=True):
            for name, ratio in ratios(checkout, args.triples).items():
                found[name] = min(ratio, found.get(name, ratio))
    before, after = least
    print("| ratio | before | after | after / before | |\n| --- | ---: | ---: | ---: | --- |")
    grown = False
    for name in after:
        if name not in before:
            print(f"| {name} | | {after[name]:.3g} | | new |")
            continue
        by = after[name] / before[name]
        worse = by > GROWN and after[name] > LEAST
        grown |= worse
        print(f"| {name} | {before[name]:.3g} | {after[name]:.3g} | {by:.2f} | {'slower' if worse else ''} |")
    return int(grown)


def ratios(checkout: Path, triples: int) -> dict[str, float]:
    """Run a checkout's own measurement with its own code; give its ratios by name."""
    script = checkout / "benchmarks" / "size.py"
    if not script.is_file():
        sys.exit(f"{script}: no such file. Name a checkout that measures itself.")
    command = [sys.executable, str(script), "--triples", str(triples), "--repeats", "1"]
    environment = os.environ | {"PYTHONPATH": str((checkout / "src").resolve())}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        sys.exit(f"{script} ends with {done.returncode}:\n{done.stderr}")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines() if "held" in line]
    return {name: float(ratio) for name, _, _, ratio, _, verdict in rows if verdict in ("held", "not held")}


if __name__ == "__main__":
    sys.exit(main())
