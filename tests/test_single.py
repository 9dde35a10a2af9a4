"""The explorer as one file, opened from disk as a double click does: pages, search, questions, and nothing asked."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page

from cicte_graph.answers import answer
from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.single import pack
from cicte_graph.site import write_site
from tests.conftest import SAMPLE

PATIENCE = 30_000  # milliseconds


@pytest.fixture(scope="module")
def graph(sample_house: House) -> Graph:
    return Graph.open(sample_house)


@pytest.fixture(scope="module")
def site(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "site"
    write_site(graph, folder)
    return folder


@pytest.fixture(scope="module")
def file(site: Path) -> Path:
    path = site.parent / "explorer.html"
    path.write_bytes(pack(site))
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not ask for anything but itself, nor complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: trouble.append(request.url) if request.url.startswith("http") else None)
    yield page
    context.close()
    assert trouble == []


def opened(page: Page, file: Path, address: str = "") -> FrameLocator:
    page.goto(f"{file.as_uri()}{f'#{address}' if address else ''}")
    frame = page.frame_locator("#page")
    frame.locator("h1").wait_for()
    return frame


def test_the_same_site_gives_the_same_file(site: Path, file: Path) -> None:
    assert pack(site) == file.read_bytes()


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no site"):
        pack(tmp_path)


def test_one_walks_from_the_first_page_to_a_record_and_back(page: Page, file: Path) -> None:
    frame = opened(page, file)
    first = page.title()
    frame.get_by_role("link", name="Programs", exact=True).first.click()
    frame.get_by_role("link", name="Harbor Protection", exact=True).first.click()
    frame.get_by_role("heading", name="Harbor Protection", level=1).wait_for()
    assert page.url.endswith("#id/program/2003/harbor-protection.html")
    page.go_back()
    page.go_back()
    page.wait_for_function("title => document.title === title", arg=first)


def test_a_note_is_reached_on_the_page_itself(page: Page, file: Path) -> None:
    opened(page, file, "id/program/2003/harbor-protection.html#note-1")
    inside = "document.getElementById('page').contentDocument.getElementById('note-1').getBoundingClientRect().top"
    page.wait_for_function(f"{inside} < innerHeight")


def test_a_question_with_a_changed_parameter_is_answered_from_disk(page: Page, file: Path, graph: Graph) -> None:
    asked = {"element": "program/2003/web-safety"}
    frame = opened(page, file, f"question/partners-of.html?element={asked['element']}")
    names = {graph.label_of(str(one)) for one in answer(graph, "partners-of", asked).column("organization")}
    for name in names:
        frame.get_by_role("cell", name=name, exact=True).first.wait_for()
    assert names == {"Sample Police", "Wave Institute"}
    assert frame.get_by_role("cell", name="Coast Guard of Barbados").count() == 0


def test_the_search_field_offers_records(page: Page, file: Path) -> None:
    frame = opened(page, file)
    frame.get_by_role("combobox").fill("harbor prot")
    frame.get_by_role("option").filter(has_text="Harbor Protection").first.click()
    frame.get_by_role("heading", name="Harbor Protection", level=1).wait_for()


def test_facets_are_kept_in_the_address(page: Page, file: Path) -> None:
    frame = opened(page, file, "list/programs.html?plan=2003")
    frame.get_by_text("2 of 4 rows").wait_for()


def test_the_map_opens_in_it(page: Page, file: Path) -> None:
    page.goto(f"{file.as_uri()}#map.html")
    page.frame_locator("#page").locator("html[data-drawn=yes]").wait_for()


def test_the_command_writes_it_whole_or_not_at_all(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cicte_graph", "site", "--data", str(SAMPLE), "--single"]
    done = subprocess.run([*command, str(tmp_path / "one.html")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'one.html'}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["one.html"]
    refused = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["one.html"]
