"""A dozen ways through the explorer as its readers go them: a real server, a real browser, the real graph.

Every journey ends on what the graph says by another way, and fails on any complaint of the browser, on any request to
another place and on any rule of axe that a page it comes by breaks.
"""

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Download, Page, expect

from cicte_graph.answers import answer
from cicte_graph.graph import Graph, local
from cicte_graph.house import House
from cicte_graph.printing import render
from cicte_graph.terms import CICTE, ID, expand
from tests.exploring import NARROW, WIDE
from tests.serving import Served, serving

PHONE = {"viewport": {"width": NARROW[0], "height": NARROW[1]}, "has_touch": True, "is_mobile": True}
PATIENCE = 20_000  # milliseconds
MIDDLE = """() => {
  for (const line of document.querySelectorAll("#world .line")) {
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
    if (document.elementFromPoint(x, y) === line) return [x, y];
  }
  throw new Error("no line can be reached");
}"""


@pytest.fixture(scope="module")
def served(real_house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(real_house.data, tmp_path_factory.mktemp("server") / "log") as running:
        yield running


class Reader:
    """Somebody before a browser, at the first page of a server."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.trouble: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def opens(self, address: str, **settings: Any) -> Page:
        """Open an address in a window of its own."""
        context = self._browser.new_context(**({"viewport": {"width": WIDE[0], "height": WIDE[1]}} | settings))
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.trouble.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("request", lambda request: self._heard(request.url))
        page.on("response", lambda response: self._heard(response.url, response.status))
        page.goto(f"{self.url}/{address}")
        return page

    def _heard(self, url: str, status: int = 200) -> None:
        if not url.startswith((self.url, "blob:", "data:")) or status >= 400:
            self.trouble.append(f"{status} {url}")

    def looks(self, page: Page) -> None:
        """Hold the page to what every page is held to."""
        broken = [one["id"] for one in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.trouble += [f"{page.url}: {one}" for one in broken] + ([f"{page.url}: {wide} px too wide"] if wide else [])

    def leaves(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def reader(browser: Browser, served: Served) -> Iterator[Reader]:
    one = Reader(browser, served.url)
    yield one
    one.leaves()
    assert one.trouble == []


def taken(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


# staff, who must defend an activity


def test_an_activity_is_found_by_its_words_and_leads_to_its_mandate_and_the_passage(
    reader: Reader, real_graph: Graph
) -> None:
    page = reader.opens("")
    field = page.get_by_role("combobox")
    field.fill("port needs assessments")
    page.get_by_role("option").first.wait_for()
    found = page.get_by_role("option").all_inner_texts()
    assert any("Activity" in one for one in found), found
    page.get_by_role("option").filter(has_text="Activity").first.click()
    page.get_by_role("link", name="Why? See the trace").click()
    reader.looks(page)
    record = f"id:{page.url.partition('/trace/')[2].removesuffix('.html')}"
    told = page.locator("#text").inner_text()
    mandates = {row["mandate"].value for row in real_graph.rows("trace/rests-on", element=record)}
    assert mandates
    assert all(real_graph.label(mandate) in told for mandate in mandates)
    page.locator("a.cite").first.click()
    passage = page.locator("#passage q, #passage").first.inner_text()
    anchors = {anchor for iri in evidence(real_graph) for anchor in real_graph.values(iri, "anchor")}
    assert any(anchor in passage for anchor in anchors)


def evidence(graph: Graph) -> list[str]:
    return [
        row["record"].value for row in graph.rows("records/every-record") if local(row["class"].value) == "Evidence"
    ]


def test_a_paragraph_leads_to_everything_that_rests_on_it(reader: Reader, real_graph: Graph) -> None:
    page = reader.opens("list/mandates.html")
    reader.looks(page)
    provision = "provision/ag-res-2619-xli-o-11/4/b"
    page.locator(f'a[href$="{provision}.html"]').first.click()
    reader.looks(page)
    rows = list(answer(real_graph, "answered-by", {"asked": provision}))
    assert rows
    shown = page.locator("main").inner_text()
    assert all(real_graph.label_of(str(row["element"])) in shown for row in rows)


def test_a_cell_of_the_coverage_matrix_opens_the_link_with_its_reason(reader: Reader, real_graph: Graph) -> None:
    page = reader.opens("report/index.html")
    reader.looks(page)
    page.locator('a[href="coverage.html"]').click()
    cell = page.locator("table.matrix td a.basis").first
    link = cell.get_attribute("href") or ""
    cell.click()
    reader.looks(page)
    iri = f"{ID}{link.partition('id/')[2].removesuffix('.html')}"
    assert real_graph.text(iri, "rationale") in page.locator("main").inner_text()


def test_what_nothing_was_found_for_is_a_row(reader: Reader, real_graph: Graph) -> None:
    page = reader.opens("report/index.html")
    page.locator('a[href="without-mandate.html"]').click()
    reader.looks(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = rows_of(taken(saved.value).decode())
    assert len(rows) > 1
    assert all(real_graph.label(expand(row[rows[0].index("element")])) for row in rows[1:])


def test_a_trace_is_printed_without_what_only_a_screen_needs(reader: Reader) -> None:
    page = reader.opens("trace/program/2012/maritime-security.html")
    reader.looks(page)
    page.emulate_media(media="print")
    expect(page.locator("form.search")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#text")).to_be_visible()


# a policy researcher, who asks and cites


def test_a_question_is_asked_with_another_parameter_and_answered_as_by_the_command(
    reader: Reader, real_graph: Graph
) -> None:
    page = reader.opens("question/index.html")
    reader.looks(page)
    page.locator('a[href="partners-of.html"]').first.click()
    page.locator("#field-element").fill("program/2018-2019/cybersecurity")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**element=*")
    reader.looks(page)
    with page.expect_download() as saved:
        page.locator("#csv").click()
    table = answer(real_graph, "partners-of", {"element": "program/2018-2019/cybersecurity"})
    assert taken(saved.value).decode() == render(table, "csv")
    again = reader.opens(page.url.removeprefix(f"{reader.url}/"))
    assert again.locator("#table").inner_text() == page.locator("#table").inner_text()


def test_a_list_is_narrowed_and_taken_along_as_rows_and_as_the_query_that_gives_them(
    reader: Reader, served: Served
) -> None:
    page = reader.opens("list/partners.html")
    page.get_by_label("Plan").select_option("2018-2019")
    page.wait_for_url("**plan=2018-2019")
    reader.looks(page)
    visible = page.locator("table.list tbody tr:visible").count()
    with page.expect_download() as saved:
        page.locator("a.csv").click()
    rows = rows_of(taken(saved.value).decode())
    query = page.locator(".sparql code").text_content() or ""
    asked = served.client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert len(rows) - 1 == visible == len(rows_of(asked.text)) - 1 > 0


def test_a_query_of_ones_own_is_completed_asked_and_drawn(reader: Reader, served: Served) -> None:
    page = reader.opens("query.html")
    page.locator("#question").select_option("shared-partners")
    page.get_by_role("button", name="Run").click()
    page.locator("#table table").wait_for()
    reader.looks(page)
    network = page.get_by_role("button", name="Network")
    network.click()
    page.locator("#table svg").wait_for()
    reader.looks(page)
    with page.expect_download() as saved:
        page.locator("#csv").click()
    query = page.evaluate("document.querySelector('.CodeMirror')?.CodeMirror.getValue() ?? text.value")
    asked = served.client.post("/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert len(rows_of(taken(saved.value).decode())) - 1 == len(asked.json()["results"]["bindings"]) > 0


def test_the_whole_is_downloaded_checked_and_cited(reader: Reader, real_graph: Graph) -> None:
    page = reader.opens("download.html")
    reader.looks(page)
    with page.expect_download() as saved:
        page.locator('ul.files a[href$=".nq"], ul.files a[href$=".nq.gz"]').first.click()
    content = taken(saved.value)
    sums = page.locator("ul.files li .sum").all_inner_texts()
    assert any(hashlib.sha256(content).hexdigest() in one for one in sums)
    text = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    assert len(text.splitlines()) == len(list(real_graph.store))
    digest = page.locator("footer code").inner_text()
    assert digest in page.locator("blockquote.citation").inner_text()


def test_an_identifier_leads_a_person_to_a_page_and_a_program_to_statements(reader: Reader, served: Served) -> None:
    page = reader.opens("id/organization/interpol")
    assert page.url.endswith("/id/organization/interpol.html")
    iri = re.findall(r"https://w3id\.org/\S+organization/interpol", page.locator("aside.data").inner_text())
    answered = served.client.get("/id/organization/interpol", headers={"Accept": "text/turtle"}, follow_redirects=True)
    graph = rdflib.Graph().parse(data=answered.text, format="turtle")
    assert (rdflib.URIRef(iri[0]), rdflib.RDF.type, rdflib.URIRef(f"{CICTE}Organization")) in graph


# anyone, with a map in the mail or a phone in the hand


def test_the_map_opens_and_a_line_is_followed_to_its_evidence(reader: Reader, real_graph: Graph) -> None:
    page = reader.opens("")
    page.get_by_role("link", name="Open the partner map").click()
    page.wait_for_selector("html[data-drawn=yes]")
    reader.looks(page)
    panel = page.locator("#panel")
    page.mouse.click(*page.evaluate(MIDDLE))
    expect(page.locator("#panel-title")).to_contain_text("\N{EN DASH}")
    reader.looks(page)
    told = panel.inner_text()
    anchors = {anchor for iri in evidence(real_graph) for anchor in real_graph.values(iri, "anchor")}
    assert any(anchor in told for anchor in anchors)
    body = panel.get_by_role("link").first
    name = body.inner_text()
    body.click()
    page.get_by_role("link", name="All the graph has on it").click()
    page.wait_for_url("**/id/organization/*.html")
    expect(page.locator("h1")).to_have_text(name)
    page.go_back()
    page.get_by_role("link", name="cicte-graph").click()
    page.wait_for_url(f"{reader.url}/index.html")


def test_it_is_read_in_spanish_on_a_phone(reader: Reader, real_graph: Graph) -> None:
    page = reader.opens("", **PHONE)
    reader.looks(page)
    page.get_by_role("link", name="Español").tap()
    assert page.locator("html").get_attribute("lang") == "es"
    reader.looks(page)
    spanish = Graph(real_graph.house, real_graph.store, real_graph.version, "es")
    field = page.get_by_role("combobox")
    field.fill("seguridad maritima")
    page.get_by_role("option").first.tap()
    page.wait_for_url("**/es/id/**")
    reader.looks(page)
    record = f"{ID}{page.url.partition('/id/')[2].removesuffix('.html')}"
    assert page.locator("h1").inner_text() == spanish.label(record)


def test_without_scripts_one_reads_narrows_searches_and_asks(reader: Reader) -> None:
    page = reader.opens("list/programs.html", java_script_enabled=False)
    page.get_by_label("Plan").select_option("2012")
    page.get_by_role("button", name="Narrow the list").click()
    assert "plan=2012" in page.url
    rows = page.locator("table.list tbody tr")
    assert 0 < rows.count() == int(page.locator(".shown strong").inner_text().split()[0])
    rows.first.get_by_role("link").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.locator("#q").fill("INTERPOL")
    page.get_by_role("button", name="Find").click()
    page.locator("ol.matches a").first.click()
    assert page.url.endswith("organization/interpol.html")
    page.goto(f"{reader.url}/question/partners-of.html")
    page.locator("#field-element").fill("program/2018-2019/cybersecurity")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**element=*")
    assert page.locator("#table tbody tr").count() > 1
