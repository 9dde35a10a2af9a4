"""All that is promised can be measured with one command; small here, and no time is judged."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MEASURED = ["trace / bare script", "trace up, s / bare query", "names, s / SQLite FTS5", "checking, s / pySHACL"]


def test_one_command_writes_one_table_of_everything(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    command = [sys.executable, str(ROOT / "benchmarks" / "run.py"), "--triples", "20000", "--repeats", "1"]
    done = subprocess.run([*command, "--output", str(page)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    written = page.read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in written.splitlines() if line.endswith(("| held |", "| not held |"))]
    names = [row[0].removeprefix("| ") for row in rows]
    assert all(any(name.startswith(one) for name in names) for one in MEASURED)
    for _, ours, other, ratio, *_ in rows:
        assert float(ratio) == pytest.approx(float(ours) / float(other), rel=0.01)
