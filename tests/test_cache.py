"""A large graph is kept as a store on disk too, which answers alike and is never a second truth."""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cicte_graph import cache as kept_graphs
from cicte_graph.build import build, open_store
from cicte_graph.cache import Kept, cache, keep
from cicte_graph.errors import EngineError
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.store import Store, n_quads
from tests.conftest import SAMPLE

BLOCK = 8192  # bytes of a file of the store, of which the beginning is read only when it is asked for


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A copy of the sample in a cache of its own, where every graph counts as large."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept_graphs, "LARGE", 1)
    shutil.copytree(SAMPLE, tmp_path / "data")
    return open_house(tmp_path / "data")


def stores() -> list[Path]:
    return sorted(cache().glob("*.store"))


def edit(house: House, word: str) -> None:
    page = house.data / "organizations" / "wave-institute.yaml"
    page.write_text(page.read_text(encoding="utf-8") + f"acronym: {{en: {word}}}\n", encoding="utf-8")


def test_a_large_graph_is_opened_on_disk_and_holds_the_same(house: House, sample_graph: Graph) -> None:
    store, _ = open_store(house)
    assert store.folder == stores()[0]
    assert n_quads(store) == n_quads(sample_graph.store)


def test_a_small_graph_is_read_into_memory(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_graphs, "LARGE", 1 << 40)
    store, _ = open_store(house)
    assert store.folder is None
    assert stores() == []


def test_readers_open_one_store_side_by_side_and_cannot_write_to_it(house: House) -> None:
    first, second = open_store(house)[0], open_store(house)[0]
    assert len(first) == len(second) > 0
    with pytest.raises((OSError, ValueError, RuntimeError)):
        first.drop("https://w3id.org/cicte-graph/graph/organizations")


@pytest.mark.parametrize("harm", ["emptied", "cut", "gone"])
def test_a_damaged_store_is_made_again(house: House, harm: str) -> None:
    whole = n_quads(open_store(house)[0])
    [folder] = stores()
    if harm == "gone":
        shutil.rmtree(folder)
    for path in folder.iterdir() if harm != "gone" else ():
        if harm == "emptied" or path.name == "CURRENT":
            path.write_bytes(b"")
    assert n_quads(open_store(house)[0]) == whole


def test_damage_that_shows_only_in_reading_is_told_with_its_file(house: House) -> None:
    open_store(house)
    [folder] = stores()
    for path in folder.glob("*.sst"):
        content = bytearray(path.read_bytes())
        if len(content) > BLOCK:  # else opening would see it
            content[100:200] = bytes(100)
        path.write_bytes(content)
    store, _ = open_store(house)
    for reading in (lambda: store.rows("SELECT * WHERE { ?record ?property ?value }"), lambda: [*iter(store)]):
        with pytest.raises(EngineError, match=re.escape(str(folder))):
            reading()


def test_a_store_of_another_engine_is_not_opened(house: House) -> None:
    whole = n_quads(open_store(house)[0])
    [ours] = stores()
    newer = ours.with_name(ours.name.replace(".store", "9.store"))
    ours.rename(newer)
    (newer / "CURRENT").write_bytes(b"of a format that is not known yet")
    assert n_quads(open_store(house)[0]) == whole
    assert stores() == sorted([ours, newer])


def test_a_newer_graph_takes_the_place_of_the_one_before_and_who_reads_goes_on(house: House) -> None:
    reader, _ = open_store(house)
    before = len(reader)
    edit(house, "WI")
    store, version = open_store(house)
    assert [folder.name.partition("-")[0] for folder in stores()] == [version.digest]
    assert len(store) == before + 1
    assert len(n_quads(reader).splitlines()) == before


def test_the_store_of_another_folder_s_graph_stays(house: House, tmp_path: Path) -> None:
    open_store(house)
    shutil.copytree(house.data, tmp_path / "other")
    other = open_house(tmp_path / "other")
    edit(other, "WI")
    open_store(other)
    assert len(stores()) == 2


def test_where_no_store_can_be_made_the_graph_is_read_into_memory_and_that_is_said(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    good = build(house)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))  # as on a full disk
    try:
        store = good.opened()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert store is not None
    assert store.folder is None
    assert n_quads(store) == good.path.read_bytes()
    assert "no store could be made of it" in capsys.readouterr().err
    assert [path for path in cache().iterdir() if ".store" in path.name] == []


def test_a_full_disk_leaves_the_last_good_graph_and_nothing_half_written(house: House) -> None:
    good = build(house)
    before = sorted(cache().rglob("*"))
    edit(house, "WI")
    command = [sys.executable, "-m", "cicte_graph", "build", "--data", str(house.data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=_small_files)
    assert done.returncode == 4
    assert "Free some space" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sorted(cache().rglob("*")) == before
    assert good.content() == good.path.read_bytes()


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_two_that_make_a_store_at_once_agree(house: House) -> None:
    build(house)
    code = (
        "import sys; from pathlib import Path; from cicte_graph import cache; cache.LARGE = 1;"
        "from cicte_graph.build import open_store; from cicte_graph.house import open_house;"
        "print(len(open_store(open_house(Path(sys.argv[1])))[0]))"
    )
    command = [sys.executable, "-c", code, str(house.data)]
    several = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate(timeout=120)[0] for process in several}) == 1
    assert all(process.returncode == 0 for process in several)
    assert len(stores()) == 1


def test_what_killed_builds_left_is_removed_after_a_day(house: House) -> None:
    build(house)
    old, young = cache() / ".old.store.x", cache() / ".young.nq.x"
    old.mkdir()
    (old / "CURRENT").touch()
    young.touch()
    yesterday = time.time() - 2 * 86_400
    os.utime(old, (yesterday, yesterday))
    edit(house, "WI")
    build(house)
    assert not old.exists()
    assert young.exists()


def test_a_graph_kept_elsewhere_in_memory_is_that_of_its_file(house: House) -> None:
    content = build(house).path.read_bytes()
    found = keep(content)
    assert isinstance(found, Kept)
    store = found.opened()
    assert store is not None
    assert n_quads(store) == content == n_quads(Store.read(content))
