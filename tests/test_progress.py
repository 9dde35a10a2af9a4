"""Long work shows a person how far it has come, and a program nothing."""

import os
import pty
import subprocess
import sys

WORK = "from cicte_graph.progress import progressing; print(sum(progressing(range(5), 5, 'counting')))"


def test_a_program_sees_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", WORK], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("10\n", "")


def test_a_person_sees_a_bar_and_standard_output_is_left_alone() -> None:
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm"}
    done = subprocess.run(
        [sys.executable, "-c", WORK], stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True
    )
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.stdout == b"10\n"
    assert "counting" in seen
    assert "100%" in seen
