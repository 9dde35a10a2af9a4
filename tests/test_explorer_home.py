"""The first page and the page on trust: their answers and numbers are those of the graph, their ways lead somewhere."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
import rdflib
from playwright.sync_api import Browser

from cicte_graph.build import Built
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.findings import key_findings
from cicte_graph.explorer.picture import joining, picture
from cicte_graph.graph import Graph
from cicte_graph.reports import make_report
from cicte_graph.terms import CICTE, CONCEPT, ID
from tests.exploring import NARROW, WIDE, dead_links, trouble_at
from tests.oracle import rdflib_graph

ADDRESSES = ["index.html", "es/index.html", "about.html", "es/about.html"]


def words(html: str) -> str:
    """Give what a reader reads."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def parts(explorer: Explorer, address: str, name: str) -> list[str]:
    """Give the words of each part of a page that has a class."""
    page = explorer.file(address).content.decode()
    return [words(part) for part in page.split(f'class="{name}"')[1:]]


# three questions


def test_the_activity_asked_about_is_answered_with_its_mandate_and_its_place(sampled: Explorer) -> None:
    justified, _, _ = parts(sampled, "index.html", "answer")
    assert "Which mandates justify this activity: National courses?" in justified
    assert "1 mandate names it or its subject." in justified
    assert "S/RES. 7, operative paragraph 4(a) curated its words name the subject, high confidence" in justified
    assert "security of seaports SAMPLE/doc.1/01, Section 1, S/RES. 7, 4(a)" in justified


def test_the_paragraph_asked_about_is_answered_in_both_plans(sampled: Explorer) -> None:
    _, answered, _ = parts(sampled, "index.html", "answer")
    assert "What became of S/RES. 7, operative paragraph 4?" in answered
    assert "It asks: Asks the secretariat for the help listed." in answered
    assert "2 elements of the plans answer it by name or subject." in answered
    assert "Port Safety (program, 2001) curated" in answered
    assert "Harbor Protection (program, 2003) derived" in answered


def test_partners_that_join_programs_are_named_with_these(sampled: Explorer) -> None:
    _, _, joined = parts(sampled, "index.html", "answer")
    assert "2 of 3 partners take part in several programs." in joined
    assert "Sample Police Harbor Protection; Web Safety Wave Institute Harbor Protection; Web Safety" in joined
    assert "Coast Guard" not in joined


def test_the_real_questions_are_those_the_readers_ask(explorer: Explorer) -> None:
    justified, answered, joined = parts(explorer, "index.html", "answer")
    assert "stated the text names it, high confidence" in justified
    assert "What became of AG/RES. 2619 (XLI-O/11), operative paragraph 4(b)?" in answered
    assert "Aviation Security (program, 2012)" in answered
    assert "United States Department of State" in joined


# numbers


def test_the_plans_stand_side_by_side(sampled: Explorer) -> None:
    page = sampled.file("index.html").content.decode()
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page)
    assert {name: re.findall(r"<span>(\d+)</span>", cells) for name, cells in rows} == {
        "Work areas": ["1", "1"],
        "Programs": ["2", "2"],
        "Projects": ["2", "1"],
        "Activities": ["1", "1"],
        "Outcomes": ["0", "1"],
        "Numbers set": ["1", "2"],
        "Partners": ["1", "3"],
    }
    # the longest bar is that of the largest number, and the others are as long as their share of it
    assert re.findall(r'<rect width="([\d.]+)"', page)[-2:] == ["33.3", "100.0"]


def test_the_findings_are_counted_right(sample_graph: Graph) -> None:
    found = {one.report: (one.number, one.told) for one in key_findings(sample_graph)}
    assert found == {
        "without-mandate": (2, "of 4 programs have no mandate that names their subject"),
        "unanswered": (1, "paragraph that concerns the Secretariat is answered by no element of any plan"),
        "money": (2, "of 3 projects are marked as without secured money"),
        "cited": (1, "instrument is named by a plan and listed by none as a mandate"),
        "overlap": (1, "pair of programs has a partner in common"),
        "brokers": (2, "partners take part in two programs or more of a plan"),
    }


def test_the_findings_agree_with_what_the_reports_say_in_words(real_graph: Graph) -> None:
    found = {one.report: one.number for one in key_findings(real_graph)}
    said = {name: " ".join(make_report(real_graph, name).findings) for name in (*found, "coverage")}
    named = re.findall(r"(\d+) of (\d+) programs have a mandate that names their subject", said["coverage"])
    assert found["without-mandate"] == sum(int(all_) - int(some) for some, all_ in named)
    assert said["unanswered"].startswith(f"{found['unanswered']} of ")
    assert found["money"] == sum(map(int, re.findall(r"marks (\d+) of \d+ projects", said["money"])))
    assert found["overlap"] == sum(map(int, re.findall(r"(\d+) of their \d+ pairs", said["overlap"])))
    assert f"{found['brokers']} take part in two programs or more" in said["brokers"]


# the picture


def test_the_picture_has_a_circle_for_each_program_and_a_point_for_each_partner(sample_graph: Graph) -> None:
    svg = ElementTree.fromstring(picture(sample_graph, "work-plan/2003"))  # noqa: S314 - our own
    names = [one.tag.rpartition("}")[2] for one in svg]
    circles = [one for one in svg if one.tag.endswith("circle")]
    assert names.count("circle") == 2 + 3
    assert names.count("path") == 2 * 2  # two bodies take part in two programs each
    assert len(circles) + names.count("path") == len(names)
    left, top, wide, high = map(float, svg.attrib["viewBox"].split())
    for one in circles:
        x, y, radius = (float(one.attrib[name]) for name in ("cx", "cy", "r"))
        assert left <= x - radius < x + radius <= left + wide
        assert top <= y - radius < y + radius <= top + high


def test_who_joins_programs_is_counted_by_what_each_takes_part_in(sample_graph: Graph) -> None:
    programs = [f"program/2003/{name}" for name in ("harbor-protection", "web-safety")]
    joined = {one.partition("/id/")[2]: taking for one, taking in joining(sample_graph, "work-plan/2003").items()}
    assert list(joined) == [
        "organization/sample-police",
        "organization/wave-institute",
        "organization/coast-guard-of-barbados",
    ]
    assert [[one.partition("/id/")[2] for one in taking] for taking in joined.values()] == [
        programs,
        programs,
        programs[:1],
    ]


def test_the_picture_is_drawn_the_same_every_time(real_graph: Graph) -> None:
    again = Graph(real_graph.house, real_graph.store, real_graph.version)
    assert picture(again, again.plans()[-1]) == picture(real_graph, real_graph.plans()[-1])


def test_a_stated_link_shows_the_passage_at_its_own_element(explorer: Explorer, real_graph: Graph) -> None:
    html = explorer.file("index.html").content.decode()
    answer = html[html.index('<section class="answer">') :].partition("</section>")[0]
    [activity] = re.findall(r'href="trace/(activity/[^"]+)\.html"', answer)
    places = {f"{one.symbol}, {one.locator}" for one in real_graph.passages(f"{ID}{activity}")}
    stated = [row for row in answer.split("<li>") if 'class="status stated"' in row]
    shown = {unescape(place).strip() for row in stated for place in re.findall(r"</q>([^<]+)<", row)}
    assert shown
    assert shown <= places


# how far to trust it


def test_links_are_counted_by_status_basis_and_confidence_as_another_engine_counts_them(
    explorer: Explorer, real: Built
) -> None:
    plain = rdflib_graph(real.store)
    page = explorer.file("about.html").content.decode()
    tables = re.findall(r'<table class="meanings">(.*?)</table>', page, re.DOTALL)
    links = set(plain.subjects(rdflib.RDF.type, rdflib.URIRef(f"{CICTE}Justification")))
    for name, table in zip(("status", "basis", "confidence"), tables, strict=True):
        said, scheme = rdflib.URIRef(f"{CICTE}{name}"), rdflib.URIRef(f"{CONCEPT}{name}")
        counted = [
            len(links.intersection(plain.subjects(said, concept)))
            for concept in plain.subjects(rdflib.SKOS.inScheme, scheme)
        ]
        assert sorted(map(int, re.findall(r'<td class="number">(\d+)</td>', table))) == sorted(counted)
    assert f"Of {len(links)} links" in page


def test_each_status_has_an_example_of_that_status(explorer: Explorer, real_graph: Graph) -> None:
    page = explorer.file("about.html").content.decode()
    found = re.findall(r'class="status (\w+)">(?:(?!</tr>).)*?href="id/(justification/[^"]+)\.html"', page, re.DOTALL)
    assert [key for key, _ in found] == ["stated", "curated", "derived"]
    for key, record in found:
        assert real_graph.values_of(record, "status") == [f"concept:status/{key}"]


# in a browser


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_way_leads_somewhere(explorer: Explorer, address: str) -> None:
    assert dead_links(explorer, address) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_on_the_sample_leads_somewhere_too(sampled: Explorer, address: str) -> None:
    assert dead_links(sampled, address) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_without_trouble(
    browser: Browser, explorer: Explorer, address: str, size: tuple[int, int], scheme: str
) -> None:
    assert trouble_at(browser, explorer, address, size, scheme) == []
