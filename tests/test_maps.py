"""The partner map opens offline in a real Chromium, says what the graph says, and runs nothing from data."""

import json
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

from cicte_graph.build import assemble
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.maps import draw
from cicte_graph.network import members, partner_network
from tests.conftest import SAMPLE, TESTED


@pytest.fixture(scope="module")
def page_file(real_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "partners.html"
    path.write_text(draw(real_graph), encoding="utf-8")
    return path


def opened(browser: Browser, path: Path, width: int = 1440, height: int = 1000) -> tuple[Page, list[str]]:
    """Open a page with the network cut off; whatever it asks for or complains of is listed."""
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    trouble: list[str] = []

    def refuse(dialog: Dialog) -> None:
        trouble.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            trouble.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", refuse)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-drawn=yes]", timeout=20_000)
    return page, trouble


@pytest.mark.parametrize(("width", "height"), [(1440, 1000), (390, 844)])
def test_the_map_opens_offline_without_request_error_or_axe_violation(
    browser: Browser, page_file: Path, width: int, height: int
) -> None:
    page, trouble = opened(browser, page_file, width, height)
    assert trouble == []
    violations = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_the_table_has_the_same_content_as_the_network(browser: Browser, page_file: Path, real_graph: Graph) -> None:
    page, _ = opened(browser, page_file)
    people = members(real_graph)
    network = partner_network(people)
    shown = {
        cells[0]: int(cells[-1])
        for cells in page.locator("#rows tr").evaluate_all(
            "rows => rows.map(row => Array.from(row.cells, cell => cell.textContent))"
        )
    }
    assert shown == {real_graph.label(iri): network.degree[iri] for iri in people}
    page.context.close()


def test_searching_an_acronym_shows_programs_and_passages(browser: Browser, page_file: Path) -> None:
    page, _ = opened(browser, page_file)
    page.fill("#search", "INTERPOL")
    assert page.inner_text("#panel-title") == "International Criminal Police Organization"
    details = page.inner_text("#details")
    assert "Cybersecurity (2018-2019)" in details
    assert "“Interpol”" in details
    page.context.close()


def test_pointing_and_clicking_explain_what_stands_there(browser: Browser, page_file: Path) -> None:
    page, _ = opened(browser, page_file)
    page.fill("#search", "FRONTEX")
    box = page.locator("#drawing").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "Border" in page.inner_text("#panel-title")
    page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2 + 1)
    page.wait_for_selector("#hover:not([hidden])", timeout=5000)
    assert "Passenger Facilitation" in page.inner_text("#hover")
    page.context.close()


def test_everything_is_reachable_by_keyboard(browser: Browser, page_file: Path) -> None:
    page, _ = opened(browser, page_file)
    page.locator("#rows button").first.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title") == page.locator("#rows button").first.inner_text()
    page.keyboard.press("Escape")
    page.locator("#plans input").first.focus()
    page.keyboard.press("Space")
    assert page.locator("#rows tr:visible").count() < page.locator("#rows tr").count()
    page.context.close()


def test_the_legend_filters_drawing_and_table_alike(browser: Browser, page_file: Path, real_graph: Graph) -> None:
    page, _ = opened(browser, page_file)
    page.locator("#kinds label", has_text="Ministry").locator("input").uncheck()
    kinds = [member.kind.rpartition("/")[2] for member in members(real_graph).values()]
    assert page.locator("#rows tr:visible").count() == len(kinds) - kinds.count("ministry")
    assert page.inner_text("#shown").startswith(f"{len(kinds) - kinds.count('ministry')} of {len(kinds)}")
    page.context.close()


def test_the_table_sorts_by_a_column(browser: Browser, page_file: Path) -> None:
    page, _ = opened(browser, page_file)
    for direction, step in (("ascending", 1), ("descending", -1)):
        page.locator("#heads button").last.click()
        assert page.locator("#heads th").last.get_attribute("aria-sort") == direction
        numbers = [int(text) for text in page.locator("#rows tr td:last-child").all_inner_texts()]
        assert numbers == sorted(numbers)[::step]
    page.context.close()


def test_the_map_speaks_spanish(browser: Browser, real_graph: Graph, tmp_path: Path) -> None:
    graph = Graph(real_graph.house, real_graph.store, TESTED, "es")
    (tmp_path / "mapa.html").write_text(draw(graph), encoding="utf-8")
    page, trouble = opened(browser, tmp_path / "mapa.html")
    assert trouble == []
    assert page.title() == "Socios del CICTE"
    assert page.evaluate("document.documentElement.lang") == "es"
    assert "Organización Internacional de Policía Criminal" in page.inner_text("#rows")
    page.context.close()


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<a href='javascript:alert(1)'>href</a>",
    "{{ 7 * 7 }} {% raw %}",
    "'-alert(1)-' ${alert(1)} `",
    "\u2028\u2029 and \u202e turned",
    "long " * 2000,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_name_becomes_markup_or_script(browser: Browser, tmp_path: Path, name: str) -> None:
    shutil.copytree(SAMPLE, tmp_path / "data")
    police = tmp_path / "data" / "organizations" / "sample-police.yaml"
    text = police.read_text(encoding="utf-8").replace("{en: Sample Police}", f"{{en: {json.dumps(name)}}}")
    police.write_text(text.replace("SAPOL", json.dumps(name)), encoding="utf-8")
    house = open_house(tmp_path / "data")
    path = tmp_path / "hostile.html"
    path.write_text(draw(Graph(house, assemble(house).store, TESTED)), encoding="utf-8")
    page, trouble = opened(browser, path)
    page.locator("#rows button", has_text=name.strip()[:20]).first.click()
    assert trouble == []
    assert " ".join(page.inner_text("#panel-title").split()) == " ".join(name.split())
    assert page.locator("main img, main a").count() == 0
    page.context.close()


def test_the_map_is_the_same_every_time_and_under_a_megabyte_and_a_quarter(real_graph: Graph) -> None:
    first = draw(real_graph)
    assert draw(real_graph) == first
    assert len(first.encode()) < 1_250_000
    assert "http://" not in first.split('id="page"')[0]
