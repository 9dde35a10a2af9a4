"""The comparison of two checkouts tells a slowdown that was planted in one of them."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MEASURED = ("src", "ontology", "data", "shapes", "queries", "benchmarks")


def test_a_planted_slowdown_is_told(tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    for name in MEASURED:
        shutil.copytree(ROOT / name, slow / name)
    store = slow / "src" / "cicte_graph" / "store.py"
    text = store.read_text(encoding="utf-8")
    begins = "        return as_rows(self.query(sparql, **parameters))\n"
    assert text.count(begins) == 1
    store.write_text(text.replace(begins, f"        __import__('time').sleep(0.005)\n{begins}"), encoding="utf-8")

    told = compared(ROOT, slow)
    assert told.returncode == 1, told.stdout + told.stderr
    assert line_of_trace(told.stdout).endswith("| slower |")


def test_what_is_no_checkout_is_told_in_one_line(tmp_path: Path) -> None:
    done = compared(tmp_path, ROOT)
    assert done.returncode == 1
    assert (
        done.stderr == f"{tmp_path / 'benchmarks' / 'size.py'}: no such file. Name a checkout that measures itself.\n"
    )


def line_of_trace(table: str) -> str:
    """Give the one line on a single trace."""
    [line] = [line for line in table.splitlines() if line.startswith("| trace up, s / bare query")]
    return line


def compared(before: Path, after: Path) -> "subprocess.CompletedProcess[str]":
    script = str(ROOT / "benchmarks" / "compare.py")
    command = [sys.executable, script, str(before), str(after), "--triples", "20000", "--rounds", "1"]
    return subprocess.run(command, capture_output=True, text=True, check=False)
