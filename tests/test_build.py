"""A build is the same each time, whole or not at all, and never takes the last good graph away."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cicte_graph.build import assemble, build, open_store
from cicte_graph.errors import CicteGraphError, ConformanceError, DataFaultsError
from cicte_graph.fingerprint import fingerprint_of
from cicte_graph.house import House, open_house
from cicte_graph.store import n_quads
from cicte_graph.whole_file import write_whole
from tests.conftest import SAMPLE


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Copy the sample, with a word that no other test's copy has, so that no graph of it is kept yet."""
    shutil.copytree(SAMPLE, tmp_path / "data")
    page = tmp_path / "data" / "organizations" / "sample-police.yaml"
    page.write_text(page.read_text(encoding="utf-8") + f"note: {{en: {tmp_path}}}\n", encoding="utf-8")
    return open_house(tmp_path / "data")


def test_the_same_files_give_the_same_bytes(real_house: House) -> None:
    assert n_quads(assemble(real_house).store) == n_quads(assemble(real_house).store)


def test_the_version_follows_the_content(house: House) -> None:
    first = build(house)
    assert build(house) == first
    page = house.data / "organizations" / "wave-institute.yaml"
    page.write_text(page.read_text(encoding="utf-8") + "acronym: {en: WI}\n", encoding="utf-8")
    assert build(house).version != first.version


def test_a_graph_is_built_once_for_its_files(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    open_store(house)
    assert "building" in capsys.readouterr().err
    open_store(house)
    assert capsys.readouterr().err == ""


def test_faulty_files_leave_the_last_good_graph_in_use_and_say_so(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    _, version = open_store(house)
    (house.data / "organizations" / "broken.yaml").write_text("id: organization/broken\nkindd: x\n", encoding="utf-8")
    capsys.readouterr()
    _, answered = open_store(house)
    assert answered == version
    told = capsys.readouterr().err
    assert "broken.yaml:2: unknown key" in told
    assert "answering from the last good graph" in told


def test_without_a_good_graph_faulty_files_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "body.yaml").write_text("id: organization/body\nkindd: x\n", encoding="utf-8")
    with pytest.raises(DataFaultsError):
        open_store(open_house(tmp_path))


def test_a_violation_stops_the_build_and_names_the_first(house: House) -> None:
    page = house.data / "organizations" / "wave-institute.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("kind: academia\n", ""), encoding="utf-8")
    with pytest.raises(ConformanceError, match=r"1 violations, the first at data/organizations/wave-institute.yaml:1"):
        build(house)


def test_a_build_killed_at_any_moment_leaves_the_last_good_graph(house: House, cache: Path) -> None:
    good = build(house)
    before = good.path.read_bytes()
    page = house.data / "organizations" / "wave-institute.yaml"
    page.write_text(page.read_text(encoding="utf-8") + "acronym: {en: WI}\n", encoding="utf-8")
    command = [sys.executable, "-m", "cicte_graph", "build", "--data", str(house.data)]
    for wait in (0.05, 0.2, 0.5, 0.8):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert good.path.read_bytes() == before
        for graph in cache.rglob("*.nq"):
            assert graph.name.startswith(".") or graph.read_bytes().endswith(b" .\n")
    assert build(house).version != good.version


def test_two_builds_at_once_agree(house: House) -> None:
    command = [sys.executable, "-m", "cicte_graph", "build", "--data", str(house.data)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate(timeout=120)[0] for process in both]
    assert outputs[0] == outputs[1]
    assert all(process.returncode == 0 for process in both)
    assert Path(outputs[0].split()[1]).is_file()


@pytest.mark.parametrize("name", ["missing/deeper/graph.nq", "graph.nq"])
def test_a_file_is_written_whole(tmp_path: Path, name: str) -> None:
    write_whole(tmp_path / name, b"whole")
    assert (tmp_path / name).read_bytes() == b"whole"
    assert list((tmp_path / name).parent.iterdir()) == [tmp_path / name]


def unwritable_folder(folder: Path) -> Path:
    (folder / "file").write_text("in the way", encoding="utf-8")
    return folder / "file" / "graph.nq"


def a_folder(folder: Path) -> Path:
    (folder / "taken").mkdir()
    (folder / "taken" / "x").touch()
    return folder / "taken"


@pytest.mark.parametrize("target", [unwritable_folder, a_folder])
def test_a_target_that_cannot_be_written_is_told_and_leaves_nothing(
    tmp_path: Path, target: Callable[[Path], Path]
) -> None:
    path = target(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CicteGraphError, match=r"cannot be written|is a folder"):
        write_whole(path, b"half")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_is_there_keeps_its_content_until_the_new_one_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "graph.nq"
    write_whole(target, b"old")
    inode = target.stat().st_ino
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_ino != inode


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_the_rights_of_a_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "graph.nq"
    target.touch(mode=0o600)
    write_whole(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:  # noqa: S607 - cat is where the system has it
        write_whole(pipe, b"through")
        assert reader.communicate(timeout=10)[0] == b"through"
    assert pipe.is_fifo()


def test_a_damaged_graph_in_the_cache_is_built_again(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    kept = build(house)
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole[: len(whole) // 2])
    store, version = open_store(house)
    assert version == kept.version
    assert len(store) == len(whole.splitlines())
    assert "building" in capsys.readouterr().err


def test_where_nothing_can_be_kept_the_graph_answers_all_the_same(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in-the-way").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "in-the-way"))
    store, _ = open_store(house)
    assert len(store)
    assert "the graph is not kept" in capsys.readouterr().err


def test_a_folder_that_is_renamed_makes_another_graph(house: House) -> None:
    before = fingerprint_of(house)
    (house.data / "organizations").rename(house.data / "bodies")
    assert fingerprint_of(house) != before
