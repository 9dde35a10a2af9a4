"""Long work shows a person how far it has come, and a program nothing."""

import os
import pty
import subprocess
import sys

import pytest

COUNTING = "from cicte_graph.progress import progressing; print(sum(progressing(range(5), 5, 'counting')))"
WORKING = """
import time
from cicte_graph.progress import working
with working("counting"):
    time.sleep(0.3)
print(10)
"""


@pytest.mark.parametrize("code", [COUNTING, WORKING])
def test_a_program_sees_nothing(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("10\n", "")


@pytest.mark.parametrize(("code", "told"), [(COUNTING, "100%"), (WORKING, "counting")])
def test_a_person_sees_what_is_done_and_standard_output_is_left_alone(code: str, told: str) -> None:
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm"}
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True
    )
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.stdout == b"10\n"
    assert "counting" in seen
    assert told in seen
