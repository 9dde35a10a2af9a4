"""The explorer as files: complete, the same each time, and in place as a whole or not at all."""

import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error

from cicte_graph.errors import EngineError, UsageError
from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.site import MARK, write_site
from tests.conftest import SAMPLE


@pytest.fixture(scope="module")
def graph(sample_house: House) -> Graph:
    return Graph.open(sample_house)


@pytest.fixture(scope="module")
def site(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "site"
    write_site(graph, folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_address_is_a_file_and_every_file_but_the_mark_an_address(site: Path, graph: Graph) -> None:
    assert files(site).keys() - {MARK} == set(Explorer(graph).addresses())


def test_the_command_writes_the_same_bytes_and_says_how_many_files(site: Path, tmp_path: Path) -> None:
    """Into an empty folder, by a link to it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    done = subprocess.run(
        [sys.executable, "-m", "cicte_graph", "site", "--data", str(SAMPLE), str(tmp_path / "link")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout == f"{tmp_path / 'link'}\n"
    assert f"{len(files(site)) - 1:,} files written" in done.stderr
    assert (tmp_path / "link").is_symlink()
    assert files(tmp_path / "real") == files(site)
    assert listed(tmp_path) == ["link", "real"]


def test_several_processes_write_the_same_over_a_site_of_ours_with_nothing_of_it_left(
    site: Path, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(site, tmp_path / "site")
    (folder / "id" / "left-over.html").write_text("old", encoding="utf-8")
    monkeypatch.setattr("cicte_graph.site.FEW", 0)
    write_site(graph, folder)
    assert files(folder) == files(site)
    assert listed(tmp_path) == ["site"]


def test_a_site_can_be_read_by_a_file_server_of_another_user(site: Path) -> None:
    assert stat.S_IMODE(site.stat().st_mode) == 0o755
    assert all(path.stat().st_mode & stat.S_IROTH for path in site.rglob("*"))


def test_no_two_files_are_one_where_case_means_nothing(site: Path) -> None:
    names = [name.lower() for name in files(site)]
    assert len(names) == len(set(names))


def test_what_is_no_site_of_ours_is_never_touched(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match=r"thesis\.doc, which is no part of a site"):
        write_site(graph, tmp_path)
    assert listed(tmp_path) == ["thesis.doc"]


def test_what_somebody_put_into_a_site_is_never_lost(graph: Graph, site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site, tmp_path / "site")
    (folder / ".git").mkdir()
    before = files(folder)
    with pytest.raises(UsageError, match=r"\.git, which is no part"):
        write_site(graph, folder)
    assert files(folder) == before


def test_a_file_is_no_place_for_a_site(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"is a file\. Name a folder\."):
        write_site(graph, tmp_path / "file")
    with pytest.raises(UsageError, match="cannot be written"):
        write_site(graph, tmp_path / "file" / "below")


def test_a_folder_nobody_may_write_in_is_told(graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"cannot be written .+ Name another folder\."):
        write_site(graph, Path("/proc/site"))


def test_where_there_is_no_room_the_old_site_stays_whole(site: Path, tmp_path: Path) -> None:
    """A limit on how large a file may be stands for a full disk: writing fails midway in both."""
    folder = shutil.copytree(site, tmp_path / "site")
    command = f"ulimit -f 8; trap '' XFSZ; exec '{sys.executable}' -m cicte_graph site --data '{SAMPLE}' '{folder}'"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 4
    assert "cannot be written" in done.stderr
    assert files(folder) == files(site)
    assert listed(tmp_path) == ["site"]


def test_an_interrupt_leaves_the_old_site_and_nothing_else(site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site, tmp_path / "site")
    process = subprocess.Popen(
        [sys.executable, "-m", "cicte_graph", "site", "--data", str(SAMPLE), str(folder)], stderr=subprocess.DEVNULL
    )
    while len(listed(tmp_path)) == 1 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert files(folder) == files(site)
    assert listed(tmp_path) == ["site"]


def test_a_page_that_cannot_be_made_leaves_no_site(sample_house: House, graph: Graph, tmp_path: Path) -> None:
    broken = Graph(
        House(sample_house.ontology, sample_house.data, sample_house.shapes, tmp_path), graph.store, graph.version
    )
    with pytest.raises((UsageError, EngineError, FileNotFoundError)):
        write_site(broken, tmp_path / "site")
    assert listed(tmp_path) == []


@pytest.fixture(scope="module")
def shown(site: Path) -> Iterator[str]:
    """The site behind a plain file server, in a folder of it."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(site.parent))
    handler_class = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler_class, **handler.keywords))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/site/"
    server.shutdown()
    server.server_close()


def test_no_way_on_any_page_leads_out_of_the_site_or_to_nothing(site: Path) -> None:
    there = set(files(site))
    astray = set()
    for name in sorted(there):
        if not name.endswith(".html"):
            continue
        text = (site / name).read_text(encoding="utf-8")
        for way in re.findall(r'<(?:a|link|script|img|iframe)\b[^>]*? (?:href|src)="([^"]*)"', text):
            parts = urlsplit(way.replace("&amp;", "&"))
            if parts.scheme or not parts.path:
                continue
            target = unquote(urlsplit(urljoin(f"http://site/folder/{name}", way)).path).removeprefix("/folder/")
            if target not in there:
                astray.add((name, way))
    assert astray == set()


def _heard(said: list[str], one: Error | ConsoleMessage) -> None:
    if isinstance(one, Error) or one.type == "error":
        said.append(str(one))


@pytest.mark.parametrize("page", ["index.html", "es/index.html", "id/program/2003/harbor-protection.html"])
def test_a_page_of_a_file_server_and_of_a_folder_shows_itself_without_a_complaint(
    browser: Browser, shown: str, site: Path, page: str
) -> None:
    for address in (f"{shown}{page}", (site / page).as_uri()):
        opened = browser.new_page()
        said: list[str] = []
        opened.on("pageerror", partial(_heard, said))
        opened.on("console", partial(_heard, said))
        opened.goto(address, wait_until="load")
        assert opened.locator("h1").count() == 1
        assert said == []
        opened.close()
