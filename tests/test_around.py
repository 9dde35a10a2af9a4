"""What stands around a passage is read from the reader's own copies; what cannot be shown is said in its place."""

from pathlib import Path

import pytest

from cicte_graph.around import around
from cicte_graph.errors import SourceFileError, UsageError
from cicte_graph.graph import Graph, Passage

SEAPORTS = Passage("SAMPLE/doc.1/01", "Section 1, S/RES. 7, 4(a)", "security of seaports")
HARBOR = Passage("SAMPLE/doc.1/03", "1.A, heading", "Program: Harbor Protection")
NO_WORDS = "(your copy does not have these words)"
CELLS = """\
|Project |Activity |Outcome |

|Harbor |Organizing courses on the |40 officials |

|training |security of seaports in every |trained. |

| |port of the islands. | |

| | | |

| |Printing a manual. | |
"""


def copied(folder: Path, text: str, name: str = "sample-doc-2001") -> Path:
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def shown(graph: Graph, folder: Path, passage: Passage = SEAPORTS) -> str:
    found = around(graph, folder, [passage])
    assert list(found) == [passage]
    return found[passage]


def test_a_short_line_is_shown_whole(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, "A line before.\n  a. Improve the   security of seaports;\nA line after.\n")
    assert shown(sample_graph, tmp_path) == "a. Improve the security of seaports;"


def test_a_cell_is_shown_whole_though_it_is_printed_on_many_lines(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, CELLS)
    assert shown(sample_graph, tmp_path) == (
        "Organizing courses on the security of seaports in every port of the islands."
    )


def test_a_long_stretch_is_cut_at_blanks_and_marked(sample_graph: Graph, tmp_path: Path) -> None:
    before, after = "before " * 100, " behind" * 100
    copied(tmp_path, f"{before}security of seaports{after}\n")
    text = shown(sample_graph, tmp_path)
    first, words, last = text.partition("security of seaports")
    assert words
    assert first.split() == ["…", *["before"] * 31]  # 31 times 7 letters are within 220
    assert last.split() == [*["behind"] * 31, "…"]


def test_a_stretch_is_cut_on_one_side_only_where_only_one_is_long(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, f"To improve the security of seaports{' behind' * 100}\n")
    text = shown(sample_graph, tmp_path)
    assert text.startswith("To improve the security of seaports behind")
    assert text.endswith("behind …")
    copied(tmp_path, f"{'before ' * 100}security of seaports.\n")
    assert shown(sample_graph, tmp_path).startswith("… before ")
    assert shown(sample_graph, tmp_path).endswith(" security of seaports.")


def test_a_stretch_just_within_reach_is_not_cut(sample_graph: Graph, tmp_path: Path) -> None:
    line = f"{'b' * 219} security of seaports {'a' * 219}"
    copied(tmp_path, f"{line}\n")
    assert shown(sample_graph, tmp_path) == line


def test_a_word_longer_than_the_reach_is_cut_all_the_same(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, f"security of seaports/{'x' * 500}\n")
    text = shown(sample_graph, tmp_path)
    assert text.startswith("security of seaports/xxx")
    assert text.endswith("x …")
    assert len(text) < 250


def test_words_that_stand_in_several_places_are_counted(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, "First the security of seaports.\nOf airports.\nThen the security of seaports, once more.\n")
    assert shown(sample_graph, tmp_path) == ("First the security of seaports. (the first of 2 places with these words)")


def test_words_that_run_over_a_line_end_are_shown_with_both_lines(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, "a. Improve the security of\nseaports and b.\nc. Else.\n")
    assert shown(sample_graph, tmp_path) == "a. Improve the security of seaports and b."


def test_words_printed_across_cells_are_shown_as_printed(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, "|Title of the security of |seaports and more |\n\n|one |two |\n")
    text = shown(sample_graph, tmp_path)
    assert "Title of the security of seaports and more" in text


def test_a_copy_without_the_words_is_told(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, "Of the security of seaport. Insecurity of seaports. Security of seaports.\n")
    assert shown(sample_graph, tmp_path) == NO_WORDS
    copied(tmp_path, "")
    assert shown(sample_graph, tmp_path) == NO_WORDS


def test_a_document_of_which_there_is_no_copy_is_named_as_it_should_be(sample_graph: Graph, tmp_path: Path) -> None:
    copied(tmp_path, "a. Improve the security of seaports;\n")
    found = around(sample_graph, tmp_path, [SEAPORTS, HARBOR])
    assert found == {
        SEAPORTS: "a. Improve the security of seaports;",
        HARBOR: "(no copy of it: put sample-doc-2003.txt there)",
    }


def test_a_folder_in_the_place_of_a_copy_is_no_copy(sample_graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "sample-doc-2001.txt").mkdir()
    assert shown(sample_graph, tmp_path) == "(no copy of it: put sample-doc-2001.txt there)"


def test_a_copy_that_is_not_utf8_is_told(sample_graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "sample-doc-2001.txt").write_bytes(b"security of seaports \xe9")
    with pytest.raises(SourceFileError, match=r"sample-doc-2001\.txt: not UTF-8"):
        shown(sample_graph, tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "a-file"])
def test_a_folder_that_is_none_is_told(sample_graph: Graph, tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_text("no folder", encoding="utf-8")
    with pytest.raises(UsageError, match=rf"{name}: no such folder\. Name the folder"):
        shown(sample_graph, tmp_path / name)


def test_nothing_asked_is_nothing_read(sample_graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "sample-doc-2001.txt").write_bytes(b"\xe9")
    assert around(sample_graph, tmp_path, []) == {}
