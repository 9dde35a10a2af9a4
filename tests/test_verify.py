"""Verifying finds every anchor, tells which are missing or repeated, and what nobody has read."""

from pathlib import Path

import pytest

from cicte_graph.errors import SourceFileError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.verified_text import as_text
from cicte_graph.verify import verify

FIRST = """SAMPLE/doc.1/01
Introduction: the secretariat will report every six months.
S/RES. 7 Safety of the Sample Islands
4. To request the Secretariat: a. the security of seaports; b. not relevant
5. To help the victims of storms
WORK AREAS\tPROGRAM\tPROJECT\tACTIVITY
1. BORDERS\tA. PORT SAFETY\t1. Courses\t3 national courses
\t\t2. Drills\tFunding to be identified
\tB. STORM WARNING\t\t
\tC. SOMETHING ELSE\t\t1 surprise
1. Sample Police
"""


def folder_with(tmp_path: Path, first: str) -> Path:
    (tmp_path / "sample-doc-2001.txt").write_text(first, encoding="utf-8")
    second = "\n".join(["SAMPLE/doc.1/03", "mandates remain in effect"])
    (tmp_path / "sample-doc-2003.txt").write_text(second, encoding="utf-8")
    return tmp_path


def test_every_anchor_that_stands_there_is_found(sample_graph: Graph, tmp_path: Path) -> None:
    first, second = verify(sample_graph, folder_with(tmp_path, FIRST))
    assert first.missing == []
    assert first.found == 14
    assert ("1.A, heading", "Program: Harbor Protection") in second.missing


def test_a_row_that_no_anchor_stands_in_is_listed(sample_graph: Graph, tmp_path: Path) -> None:
    first, _ = verify(sample_graph, folder_with(tmp_path, FIRST))
    assert first.uncovered == ["C. SOMETHING ELSE 1 surprise"]
    assert (first.rows, first.covered) == (4, 0.75)


def test_one_changed_letter_is_missed(sample_graph: Graph, tmp_path: Path) -> None:
    first, _ = verify(sample_graph, folder_with(tmp_path, FIRST.replace("victims of storms", "victims of Storms")))
    assert [anchor for _, anchor in first.missing] == ["victims of storms"]


def test_words_that_stand_twice_are_told_with_their_number(sample_graph: Graph, tmp_path: Path) -> None:
    first, _ = verify(sample_graph, folder_with(tmp_path, FIRST + "the security of seaports\n"))
    assert [(anchor, times) for _, anchor, times in first.repeated] == [("security of seaports", 2)]


def test_the_report_says_what_is_missing_and_what_is_covered(sample_graph: Graph, tmp_path: Path) -> None:
    text = as_text(verify(sample_graph, folder_with(tmp_path, FIRST)), rows=True)
    assert "SAMPLE/doc.1/01: 14 of 14 anchors found" in text
    assert "missing: 1.A, heading: Program: Harbor Protection" in text
    assert "3 of 4 table rows hold an anchor (75%)" in text
    assert "no anchor: C. SOMETHING ELSE 1 surprise" in text


def test_a_folder_without_the_document_is_told(sample_graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match=r"sample-doc-2001\.txt: cannot be read"):
        verify(sample_graph, tmp_path)


def test_a_folder_that_is_not_there_is_told(sample_graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        verify(sample_graph, tmp_path / "gone")
