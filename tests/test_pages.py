"""A page says the same in Markdown and in HTML, and opens in a real Chromium, offline, at any width and shade."""

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from markdown_it import MarkdownIt
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from cicte_graph.around import around
from cicte_graph.brief import brief
from cicte_graph.graph import Graph
from cicte_graph.page import Page, notes
from cicte_graph.page_html import as_html, body_html
from cicte_graph.page_markdown import as_markdown
from cicte_graph.reports import REPORTS, make_report
from cicte_graph.reports.diff import diff
from cicte_graph.reports.written import report_page
from cicte_graph.terms import expand
from cicte_graph.trace import explain, trace
from cicte_graph.trace_page import trace_page

if TYPE_CHECKING:
    from collections.abc import Callable

BRIEFED = {
    "program": "program/2018-2019/cybersecurity",
    "project": "project/2018-2019/maritime-protection/port-capacities",
    "activity": "activity/2012/aviation-security/national-training-courses/courses",
    "work area": "work-area/2018-2019/border-management",
    "provision": "provision/ag-res-2619-xli-o-11/4",
    "instrument": "instrument/s-res-1540-2004",
    "organization": "organization/interpol",
    "country": "country/DOM",
    "plan": "work-plan/2018-2019",
}
TRACED = {"trace": "program/2018-2019/tourism-security", "trace down": "provision/ag-res-2619-xli-o-11/4/b"}
PAGES = [*TRACED, *BRIEFED, *REPORTS, "diff"]


@pytest.fixture(scope="module")
def pages(real_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """A page of every kind on the real graph; the traces with their queries and a reader's copy of one document."""
    copies = tmp_path_factory.mktemp("copies")
    (copies / "cicte-doc-8-18.txt").write_text("Words before\n|Program: Tourism Security | |\nand after\n", "utf-8")
    found = {}
    for name, identifier in TRACED.items():
        page = trace_page(explain(real_graph, trace(real_graph, expand(identifier))))
        read = around(real_graph, copies, notes(page))
        found[name] = trace_page(explain(real_graph, trace(real_graph, expand(identifier))), read=read)
    for name, kind in BRIEFED.items():
        found[name] = brief(real_graph, any_of(real_graph, kind))
    for name in REPORTS:
        found[name] = report_page(make_report(real_graph, name))
    return found | {"diff": report_page(diff(real_graph, *real_graph.plans()))}


def any_of(graph: Graph, identifier: str) -> str:
    """Give the IRI of a record, or of the first beside it if it has gone by another key."""
    if graph.types(expand(identifier)):
        return expand(identifier)
    beside = expand(identifier.rpartition("/")[0])
    return min(row["record"].value for row in graph.rows("records/names") if row["record"].value.startswith(beside))


# words


def words(markup: str) -> list[str]:
    return re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>", " ", markup)))


@pytest.mark.parametrize("name", PAGES)
def test_markdown_and_html_say_the_same_words_in_the_same_order(pages: dict[str, Page], name: str) -> None:
    page = pages[name]
    rendered = MarkdownIt("commonmark").enable("table").render(as_markdown(page))
    heading, _, rest = rendered.partition("</h1>")
    kind, _, body = rest.partition("</p>")
    said, _, graph = body.rpartition("<p>")
    assert words(heading) == words(page.title)
    assert words(kind) == words(f"{page.kind} {page.id}")
    assert words(graph) == words(f"graph {page.version}")
    assert words(said) == words(body_html(page).partition("<main>")[2])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_markdown_reads_as_it_is_meant(pages: dict[str, Page], name: str) -> None:
    page = pages[name]
    rendered = MarkdownIt("commonmark").enable("table").render(as_markdown(page))
    headings = [html.unescape(text) for text in re.findall(r"<h2>(.*?)</h2>", rendered)]
    assert headings == [section.title for section in page.sections] + ["Where it stands"] * bool(notes(page))
    assert rendered.count("<table>") == body_html(page).count("<table")
    assert rendered.count("<tr>") == body_html(page).count("<tr>")
    assert re.findall(r"<(\w+)", rendered.replace("<em>", "")).count("em") == 0
    assert set(re.findall(r"</?([a-z0-9]+)", rendered)) <= {
        *("h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "code", "pre", "a", "blockquote"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }


def test_what_stands_around_a_passage_is_below_its_note(pages: dict[str, Page]) -> None:
    written = as_html(pages["trace"])
    assert "<blockquote>Program: Tourism Security</blockquote>" in written
    assert "   > Program: Tourism Security\n" in as_markdown(pages["trace"])
    assert "(no copy of it: put cicte-doc-5-12-rev-1.txt there)" in written


def test_a_page_is_whole_in_one_file(pages: dict[str, Page]) -> None:
    for page in pages.values():
        written = as_html(page)
        assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b|\bon\w+=|@import|url\(", written)
        assert written.count("<h1") == 1
        assert f"graph <code>{page.version.digest}</code>" in written


# a real browser


FEW = """few => {
  for (const list of document.querySelectorAll("tbody, .notes ol"))
    for (const one of Array.from(list.children).slice(few)) one.remove();
}"""
EVERY_RULE = {"resultTypes": ["violations"]}
COLORS = EVERY_RULE | {"runOnly": ["color-contrast"]}
SHADES: list[tuple[Literal["light", "dark"], str, dict[str, list[str]]]] = [
    ("light", "rgb(255, 255, 255)", EVERY_RULE),
    ("dark", "rgb(18, 22, 29)", COLORS),
]


def listened(page: BrowserPage) -> list[str]:
    """List whatever a page asks for beside itself, or complains of."""
    trouble: list[str] = []
    hear: Callable[[str], None] = trouble.append
    page.on("request", lambda request: hear(request.url) if not request.url.startswith("file:") else None)
    page.on("console", lambda message: hear(message.text))
    page.on("pageerror", lambda error: hear(str(error)))
    page.on("dialog", lambda dialog: hear(dialog.message))
    return trouble


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_offline_and_is_readable_at_any_width_and_shade(
    browser: Browser, pages: dict[str, Page], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(as_html(pages[name]), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, offline=True)
    page = context.new_page()
    trouble = listened(page)
    page.goto(path.as_uri())
    assert page.locator("h1").inner_text().split() == pages[name].title.split()
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    assert trouble == []
    page.evaluate(FEW, 8)  # rows are alike, and there may be hundreds
    found: list[tuple[str, int, str, str]] = []
    for shade, paper, rules in SHADES:
        page.emulate_media(color_scheme=shade)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 844})
            violations = Axe().run(page, options=rules).response["violations"]
            found += [(shade, width, rule["id"], rule["nodes"][0]["html"]) for rule in violations]
    assert found == []
    assert trouble == []
    context.close()


def test_a_citation_leads_to_its_note(browser: Browser, pages: dict[str, Page], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(as_html(pages["organization"]), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator("a.cite").last.click()
    assert page.evaluate("document.querySelector(':target').closest('ol') !== null")
    assert page.locator("a.cite").first.get_attribute("aria-label") == "note 1"
    context.close()


def test_a_wide_table_can_be_scrolled_by_keyboard(browser: Browser, pages: dict[str, Page], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(as_html(pages["coverage"]), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    table = page.locator(".wide").first
    table.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.wide').scrollLeft > 0", timeout=5000)
    context.close()


def test_a_page_prints_in_black_on_white(browser: Browser, pages: dict[str, Page], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(as_html(pages["program"]), encoding="utf-8")
    context = browser.new_context(offline=True, color_scheme="dark")
    page = context.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    context.close()
