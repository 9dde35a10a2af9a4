"""The index of names finds what reading all of them would find, and is kept beside a large graph."""

import sqlite3
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cicte_graph import cache as kept_graphs
from cicte_graph.cache import cache
from cicte_graph.citation import plain
from cicte_graph.errors import EngineError
from cicte_graph.find import search
from cicte_graph.graph import Graph
from cicte_graph.names import Name, Names, names_of
from tests.conftest import TESTED


@pytest.fixture
def large(sample_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Graph:
    """The sample as a store on disk, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(kept_graphs, "LARGE", 1)
    return Graph.open(sample_graph.house)


def indexes() -> list[Path]:
    return sorted(cache().glob("*.names"))


def beginning(names: Names, words: list[str]) -> set[Name]:
    """Read all names and keep those with a word that begins with each."""
    return {
        name for name in names if all(any(word.startswith(one) for word in plain(name.text).split()) for one in words)
    }


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_index_gives_the_names_that_reading_all_gives(real_graph: Graph, data: st.DataObject) -> None:
    names = names_of(real_graph)
    known = real_graph.once("some names", lambda: list(islice(names, 0, None, 7)))
    words = plain(data.draw(st.sampled_from(known)).text).split()
    several = st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True) if words else st.just(["x"])
    asked = [word[: data.draw(st.integers(1, len(word)))] for word in data.draw(several)]
    assert set(names.beginning(asked)) == beginning(names, asked)


@pytest.mark.parametrize("word", ["*", '"', "name", "AND", "NEAR", "a b"])
def test_no_word_is_read_as_a_command_of_the_index(sample_graph: Graph, word: str) -> None:
    search(sample_graph, f"{word} port")


def test_the_index_of_a_large_graph_is_made_once_and_gives_the_same(
    large: Graph, sample_graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = search(sample_graph, "port safety")
    capsys.readouterr()
    assert search(large, "port safety") == expected
    assert "indexing the names" in capsys.readouterr().err
    assert search(Graph(large.house, large.store, large.version), "port safety") == expected
    assert capsys.readouterr().err == ""
    assert len(indexes()) == 1


@pytest.mark.parametrize("harm", [b"", b"no database"])
def test_a_damaged_index_is_made_again(large: Graph, harm: bytes) -> None:
    expected = search(large, "port safety")
    indexes()[0].write_bytes(harm)
    assert search(Graph(large.house, large.store, large.version), "port safety") == expected
    with sqlite3.connect(indexes()[0]) as database:
        assert database.execute("SELECT COUNT(*) FROM names").fetchone()[0] > 0


def test_damage_that_shows_only_in_searching_is_told_with_a_remedy(large: Graph) -> None:
    search(large, "port safety")
    with sqlite3.connect(indexes()[0]) as database:
        database.execute("DROP TABLE names_content")
    with pytest.raises(EngineError, match="Remove"):
        search(Graph(large.house, large.store, large.version), "port safety")


def test_a_graph_in_memory_leaves_no_index(
    sample_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    search(Graph(sample_graph.house, sample_graph.store, TESTED), "port")
    assert list(tmp_path.iterdir()) == []


def test_an_index_is_made_where_nothing_was_kept_before(
    large: Graph, sample_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "not" / "there" / "yet"))
    assert search(large, "port safety") == search(sample_graph, "port safety")
    assert len(indexes()) == 1


def test_where_nothing_can_be_kept_names_are_found_all_the_same(
    large: Graph,
    sample_graph: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "in-the-way").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "in-the-way"))
    assert search(large, "port safety") == search(sample_graph, "port safety")
    assert "the index is not kept" in capsys.readouterr().err


def test_a_search_leaves_nothing_behind_in_the_graph(sample_graph: Graph) -> None:
    graph = Graph(sample_graph.house, sample_graph.store, TESTED)
    search(graph, "port 1")
    kept = set(vars(graph)["_made"])
    search(graph, "harbor 2")
    assert set(vars(graph)["_made"]) == kept
