"""The pages of reports and figures: complete, linked, in both languages, and calm in a real Chromium.

What the sample must show is worked out by hand; the words of reports are tested where they are made.
"""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from cicte_graph.build import assemble
from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.maps import draw
from cicte_graph.plots import PLOTS, plot
from cicte_graph.reports import REPORTS, make_report
from cicte_graph.reports.diff import diff
from cicte_graph.reports.report import Report
from cicte_graph.reports.written import write_report
from tests.conftest import SAMPLE, TESTED
from tests.exploring import NARROW, WIDE, Markup, dead_links, trouble_at, visit

NAMES = [*REPORTS, "diff"]
PAGES = [f"report/{name}.html" for name in ("index", *NAMES)] + [f"figure/{name}.html" for name in ("index", *PLOTS)]
LANGUAGES = ["", "es/"]


def report_of(graph: Graph, name: str) -> Report:
    return diff(graph, *graph.plans()) if name == "diff" else make_report(graph, name)


def page(explorer: Explorer, address: str) -> str:
    return explorer.file(address).content.decode()


def words(html: str) -> str:
    """Give what a reader reads."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def tables(html: str, kind: str = "") -> list[list[list[str]]]:
    """Give the bodies of tables as rows of cells, in HTML; those of a class, or those of none."""
    marked = f' class="{kind}"' if kind else ""
    found = re.findall(rf"(?s)<table{marked}>.*?<tbody>(.*?)</tbody>", html)
    rows = [re.findall(r"(?s)<tr>(.*?)</tr>", body) for body in found]
    return [[re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", row) for row in those] for those in rows]


# which pages there are


def test_every_report_and_figure_has_its_pages_in_both_languages_and_its_rows_once(sampled: Explorer) -> None:
    there = [one for one in sampled.addresses() if re.match(r"(es/)?(report|figure|map)\b", one)]
    spoken = [*PAGES, *(f"figure/{name}{end}" for name in PLOTS for end in (".svg", ".drawing.svg")), "map.html"]
    data = [f"report/{name}.{form}" for name in NAMES for form in ("csv", "json")]
    assert sorted(there) == sorted([*spoken, *(f"es/{one}" for one in spoken), *data])


def test_the_index_has_what_each_report_tells_and_finds_first(sampled: Explorer, sample_graph: Graph) -> None:
    shown = words(page(sampled, "report/index.html"))
    for name in NAMES:
        report = report_of(sample_graph, name)
        assert f"{report.title} " in shown
        assert report.findings[0] in shown
    assert "programs that share partners, how many and whom" in shown
    assert "pip install" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_is_dead(sampled: Explorer, language: str) -> None:
    for name in PAGES:
        assert dead_links(sampled, language + name) == [], name


def test_no_link_of_the_coverage_of_the_real_plans_is_dead(explorer: Explorer) -> None:
    assert dead_links(explorer, "report/coverage.html") == []


def test_pages_have_no_style_and_no_script_of_their_own(sampled: Explorer) -> None:
    for name in PAGES:
        markup = Markup(sampled.file(name).content)
        assert not [said for tag, said in markup.tags if tag == "style" or "style" in said]
        assert not [said for tag, said in markup.tags if tag == "script" and not said.get("src")]
        assert not [name for _, said in markup.tags for name in said if name.startswith("on")]


# what a report shows


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_every_finding_row_and_passage_of_its_report(
    sampled: Explorer, sample_graph: Graph, name: str
) -> None:
    report = report_of(sample_graph, name)
    html = page(sampled, f"report/{name}.html")
    shown = words(html)
    assert all(finding in shown for finding in report.findings)
    assert sum(map(len, tables(html))) == len(report.table)
    assert html.count('<li id="note-') == len({one for passages in report.evidence for one in passages})
    assert "id:" not in shown  # a name is enough where it leads on


def test_every_filled_cell_of_the_matrix_opens_its_justification(sampled: Explorer) -> None:
    first, second = tables(page(sampled, "report/coverage.html"), "dense matrix")
    ways = [[re.findall(r'href="([^"]*)"', cell) for cell in row] for row in [*first, *second]]
    before, carried = "../id/justification/2001", "../id/justification/carried-over/2003/harbor-protection"
    paragraphs = [f"../id/provision/sample-res-7/{key}.html" for key in ("4", "4/a", "5", "4", "4/a")]
    assert [row[0] for row in ways] == [[one] for one in paragraphs]
    assert [row[1:] for row in ways] == [
        [[f"{before}/borders/res-7-4.html"]] * 2,
        [[f"{before}/port-safety/res-7-4a.html"], []],
        [[f"{before}/res-7-5.html"]] * 2,
        [[f"{carried}/port-safety/from/2001/borders/res-7-4.html"], []],
        [[f"{carried}/port-safety/from/2001/port-safety/res-7-4a.html"], []],
    ]
    assert [[words(cell) for cell in row[1:]] for row in second] == [["(area)", ""], ["(subject)", ""]]


def test_programs_at_the_head_of_the_matrix_lead_to_their_pages(sampled: Explorer) -> None:
    html = page(sampled, "report/coverage.html")
    heads = re.findall(r'<th scope="col" class="turned"><a href="([^"]*)">([^<]*)</a>', html)
    assert heads == [
        (f"../id/program/{key}.html", name)
        for key, name in (
            ("2001/port-safety", "Port Safety"),
            ("2001/storm-warning", "Storm Warning"),
            ("2003/harbor-protection", "Harbor Protection"),
            ("2003/web-safety", "Web Safety"),
        )
    ]


def test_a_spanish_page_says_in_spanish_what_the_english_says(sampled: Explorer) -> None:
    html = page(sampled, "es/report/coverage.html")
    _, second = tables(html, "dense matrix")
    assert [[words(cell) for cell in row] for row in second] == [
        ["S/RES. 7, párrafo resolutivo 4", "(área)", ""],
        ["S/RES. 7, párrafo resolutivo 4(a)", "(tema)", ""],
    ]
    assert 'class="basis subject carried"' in html  # its look goes by the key
    for english in ("subject", "listed", "curated", "Rows", "mandate ", "Where it stands"):
        assert english not in words(html)
    assert "qué cambió del primer plan al último" in words(page(sampled, "es/report/diff.html"))


def test_many_rows_are_folded_and_few_are_not(explorer: Explorer) -> None:
    assert page(explorer, "report/coverage.html").count("<details") == 2  # some 300 rows for each plan
    assert "<details" not in page(explorer, "report/overlap.html")


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_those_of_the_command_line(sampled: Explorer, sample_graph: Graph, name: str) -> None:
    report = report_of(sample_graph, name)
    for form in ("csv", "json"):
        assert page(sampled, f"report/{name}.{form}") == write_report(report, form)
    assert len(list(csv.reader(io.StringIO(page(sampled, f"report/{name}.csv"))))) == 1 + len(report.table)


# figures and the map


@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_stands_on_its_page_with_its_words_and_rows(sampled: Explorer, sample_graph: Graph, name: str) -> None:
    made, html = plot(sample_graph, name), page(sampled, f"figure/{name}.html")
    assert sampled.file(f"figure/{name}.svg").content == made.svg
    [image] = [said for tag, said in Markup(html.encode()).tags if tag == "img"]
    assert image == {"src": f"{name}.drawing.svg", "alt": f"{made.title}. {made.finding}"}
    assert made.source in words(html)
    assert sum(map(len, tables(html))) == len(made.table)
    assert not re.search(r"\b(id|concept):", words(html))


def test_a_drawing_is_the_part_of_its_figure_that_the_page_does_not_say(sampled: Explorer, sample_graph: Graph) -> None:
    for name in PLOTS:
        whole, part = (ET.fromstring(sampled.file(f"figure/{name}{end}").content) for end in (".svg", ".drawing.svg"))  # noqa: S314 - our own
        width, top, end = plot(sample_graph, name).drawing
        assert part.get("viewBox") == f"0 {top:g} {width:g} {end - top:g}"
        assert (part.get("width"), part.get("height")) == (f"{width:g}", f"{end - top:g}")
        assert len(list(part.iter())) == len(list(whole.iter()))


def test_a_report_shows_the_figure_of_the_same_and_the_figure_leads_to_its_report(sampled: Explorer) -> None:
    html = page(sampled, "report/brokers.html")
    assert 'href="../figure/partners.html"><img src="../figure/partners.drawing.svg"' in html
    assert 'href="../report/brokers.html"' in page(sampled, "figure/partners.html")
    assert "<img" not in page(sampled, "report/cited.html")  # which has none


def test_a_spanish_figure_is_drawn_in_spanish(sampled: Explorer) -> None:
    assert b"<dc:language>es</dc:language>" in sampled.file("es/figure/kinds.svg").content
    assert 'src="kinds.drawing.svg" alt="Socios por tipo y por pa' in page(sampled, "es/figure/kinds.html")


def test_the_map_is_a_whole_file_in_the_language_of_its_page(sampled: Explorer, sample_graph: Graph) -> None:
    spanish = Graph(sample_graph.house, sample_graph.store, sample_graph.version, "es")
    assert page(sampled, "map.html") == draw(sample_graph, home="index.html")
    assert page(sampled, "es/map.html") == draw(spanish, home="index.html")


# what there is not


def listing(*lines: str) -> str:
    """Run lines of Python on the explorer of the sample in a program of its own."""
    code = (
        "import sys",
        *lines[:-1],
        "from pathlib import Path",
        "from cicte_graph.explorer import Explorer",
        "from cicte_graph.graph import Graph",
        "from cicte_graph.house import open_house",
        f"explorer = Explorer(Graph.open(open_house(Path({str(SAMPLE)!r}))))",
        lines[-1],
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(code)], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    return done.stdout


def test_listing_the_addresses_imports_no_library_that_draws() -> None:
    heavy = "list(explorer.addresses()); print({'matplotlib', 'networkx', 'numpy'} & set(sys.modules))"
    assert listing(heavy) == "set()\n"


def test_without_the_libraries_that_draw_their_pages_are_not_there_and_the_index_says_what_gives_them() -> None:
    lacking = "sys.modules['matplotlib'] = sys.modules['networkx'] = None"
    told = listing(
        lacking,
        "there = [one for one in explorer.addresses() if one.startswith(('figure', 'report', 'map'))]\n"
        "made = [explorer.file(one).content for one in there]\n"
        "print(*there, sep='\\n')\n"
        "print(explorer.file('report/index.html').content.decode())",
    )
    there, _, index = told.partition("<!doctype html>")
    names = [name for name in NAMES if name != "brokers"]
    assert there.split() == [
        "report/index.html",
        *(f"report/{name}.{end}" for name in names for end in ("html", "csv", "json")),
    ]
    assert 'pip install "cicte-graph[map]"' in unescape(index)
    assert 'pip install "cicte-graph[plot]"' in unescape(index)


def test_a_graph_of_one_plan_has_no_page_that_compares_two(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "data")
    for name in ("plans/2003", "continuity"):
        shutil.rmtree(tmp_path / "data" / name)
    for name in ("mandates/sample-code.yaml", "sources/sample-doc-2003.yaml"):
        (tmp_path / "data" / name).unlink()
    house = open_house(tmp_path / "data")
    explorer = Explorer(Graph(house, assemble(house).store, TESTED))
    there = set(explorer.addresses())
    assert there.isdisjoint({"report/diff.html", "report/partners.html", "figure/continuity.html"})
    for name in {*NAMES} - {"diff", "partners"}:
        assert explorer.file(f"report/{name}.html").content
    assert explorer.file("report/index.html").content


# in a browser


SHADES = [("", WIDE, "light"), ("es/", NARROW, "dark")]


@pytest.mark.parametrize(("language", "size", "scheme"), SHADES)
def test_every_page_of_the_sample_opens_without_trouble_or_axe_violation(
    browser: Browser, sampled: Explorer, language: str, size: tuple[int, int], scheme: str
) -> None:
    for name in PAGES if language else PAGES[::3]:  # Spanish pages differ from English ones in their words only
        assert trouble_at(browser, sampled, language + name, size, scheme) == []


@pytest.mark.parametrize(("language", "size", "scheme"), SHADES)
def test_the_largest_page_opens_without_trouble_or_axe_violation(
    browser: Browser, explorer: Explorer, language: str, size: tuple[int, int], scheme: str
) -> None:
    assert trouble_at(browser, explorer, f"{language}report/coverage.html", size, scheme) == []


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_heads_of_the_matrix_stand_apart_and_its_first_column_stays(
    browser: Browser, explorer: Explorer, size: tuple[int, int]
) -> None:
    shape = {"width": size[0], "height": size[1]}
    with visit(browser, explorer, "report/coverage.html", viewport=shape) as opened:
        heads = opened.page.locator(".matrix").first.locator(".turned a").all()
        boxes = [box for head in heads if (box := head.bounding_box())]
        assert len(boxes) == 13
        for one, other in pairwise(boxes):
            assert one["x"] + one["width"] <= other["x"]
        opened.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        view, first = opened.page.locator(".wide").first, opened.page.locator(".matrix tbody th").first
        before = first.bounding_box()
        view.evaluate("one => { one.scrollLeft = 300 }")
        assert view.evaluate("one => one.scrollLeft") == 300
        assert first.bounding_box() == before


def test_a_cell_of_the_matrix_leads_to_the_reasons_of_its_link(browser: Browser, sampled: Explorer) -> None:
    with visit(browser, sampled, "report/coverage.html") as opened:
        opened.page.get_by_role("link", name="(subject)").click()
        opened.page.wait_for_url("**/id/justification/carried-over/**")
        assert "A rule concluded it from three records" in opened.page.inner_text("main")
        assert opened.trouble == []


def test_names_that_are_markup_stay_words(browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "data")
    hostile = '"<img src=x onerror=alert(1)>{{ 7 * 7 }} {x}"'
    for name, old in (("plans/2003/web-safety", "Web Safety"), ("organizations/sample-police", "Sample Police")):
        path = tmp_path / "data" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert f"en: {old}" in text
        path.write_text(text.replace(f"en: {old}", f"en: {hostile}", 1), encoding="utf-8")
    house = open_house(tmp_path / "data")
    explorer = Explorer(Graph(house, assemble(house).store, TESTED))
    for name in ("report/coverage", "report/overlap", "report/brokers", "figure/overlap"):
        with visit(browser, explorer, f"{name}.html") as opened:
            assert "<img src=x onerror=alert(1)>{{ 7 * 7 }} {x}" in opened.page.inner_text("main")
            assert opened.trouble == []
