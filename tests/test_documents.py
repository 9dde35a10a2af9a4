"""A document's text is read as a person reads it, whatever the layout did to it."""

from pathlib import Path

import pytest

from cicte_graph.documents import read_document
from cicte_graph.errors import SourceFileError

BARS = """Opening words that stand in prose.

|Project |Activity |Expected outcomes |

|Safer |Organizing courses on |40 officials trained in |

|harbors |harbor safety. | |

| | |the safety of harbors. |

| |  | |

| |Preparing a manual. |One manual printed. |

|Cleaner |Counting the ships. |3 reports |

|water | | |
"""

TABS = """**SECTION**

WORK AREAS	PROGRAM	PROJECT	ACTIVITY
1. BORDERS	A. PORTS	1. Courses.	3 Courses
		2. Drills	Funding to be identified
"""


@pytest.fixture
def bars(tmp_path: Path) -> Path:
    (tmp_path / "bars.txt").write_text(BARS, encoding="utf-8")
    return tmp_path / "bars.txt"


@pytest.mark.parametrize(
    "words",
    [
        "Safer harbors",
        "courses on harbor safety.",
        "Preparing a manual.",
        "One manual printed.",
        "Cleaner water",
        "words that stand",
        "Opening  words\nthat",
    ],
)
def test_words_are_found_through_wraps_and_cells(bars: Path, words: str) -> None:
    assert len(read_document(bars).places(words)) == 1


@pytest.mark.parametrize("words", ["officials trained organizing", "courses On harbor", "ports"])
def test_words_that_do_not_stand_there_are_not_found(bars: Path, words: str) -> None:
    assert read_document(bars).places(words) == []


def test_part_of_a_word_is_not_the_word(bars: Path) -> None:
    assert read_document(bars).places("cour") == []


def test_words_that_stand_twice_are_found_twice(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("one word\nand one word\n", encoding="utf-8")
    assert len(read_document(tmp_path / "t.txt").places("one word")) == 2


def test_each_paragraph_of_a_cell_is_a_row_of_its_own(bars: Path) -> None:
    rows = [passage.text for passage in read_document(bars).passages if passage.in_table]
    assert "Organizing courses on harbor safety." in rows
    assert "Preparing a manual." in rows
    assert "Project" not in rows


def test_a_row_with_tabs_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(TABS, encoding="utf-8")
    rows = [passage.text for passage in read_document(tmp_path / "t.txt").passages if passage.in_table]
    assert rows == ["1. BORDERS A. PORTS 1. Courses. 3 Courses", "2. Drills Funding to be identified"]


def test_a_missing_document_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match=r"gone\.txt: cannot be read"):
        read_document(tmp_path / "gone.txt")


def test_a_document_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(b"caf\xe9")
    with pytest.raises(SourceFileError, match="not UTF-8"):
        read_document(tmp_path / "old.txt")
