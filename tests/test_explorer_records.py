"""Every record has a page that a person can read, with its evidence one click away."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cicte_graph.brief import BRIEFED
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.records import on_map, record_page
from cicte_graph.explorer.statements import naming
from cicte_graph.explorer.titles import above, title
from cicte_graph.find import kinds_of
from cicte_graph.graph import Graph
from cicte_graph.maps import draw
from cicte_graph.page import Page as Written
from cicte_graph.terms import expand
from cicte_graph.wording import speaking
from tests.exploring import NARROW, WIDE, Markup, trouble_at, visit

PORTS = "id:program/2001/port-safety"
CARRIED = "id:justification/carried-over/2003/harbor-protection/port-safety/from/2001/port-safety/res-7-4a"
# a record of every class that no briefing is on
FACTS = [
    "id:justification/2001/port-safety/res-7-4a",
    CARRIED,
    "id:participation/2003/harbor-protection/sample-police",
    "id:target/2001/port-safety/courses/national-courses/courses-national",
    "id:evidence/sample-doc-2001/section-2-1-a/93b75b47",
    "id:continuity/2003/harbor-protection/port-safety",
    "id:clause/2001/half-yearly-report",
    "id:region/lesser-antilles",
    "id:source-document/sample-doc-2001",
]


def every(graph: Graph) -> list[tuple[str, str]]:
    return [(row["record"].value, row["class"].value) for row in graph.rows("records/every-record")]


def page_on(graph: Graph, identifier: str) -> Written:
    iri = expand(identifier)
    return record_page(graph, iri, next(kind for record, kind in every(graph) if record == iri))


def told(page: Written) -> str:
    """Write a page without what marks it up."""
    return re.sub(r"[*`]|\\(?=[^\w])|\[\^[^\]]*\]", "", str(page))


# what a record is called


def test_no_record_is_called_by_its_identifier_in_either_language(real_graph: Graph) -> None:
    for language in ("en", "es"):
        graph = Graph(real_graph.house, real_graph.store, real_graph.version, language)
        with speaking(language):
            names = {iri: title(graph, iri) for iri, _ in every(graph)}
        assert not [iri for iri, name in names.items() if "id:" in name or not name.strip()]


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (FACTS[0], "Port Safety rests on S/RES. 7, operative paragraph 4(a)"),
        (CARRIED, "Harbor Protection rests on S/RES. 7, operative paragraph 4(a) (carried over, by subject)"),
        (FACTS[2], "Sample Police in Harbor Protection"),
        (FACTS[3], "3 courses (national): National courses"),
        (FACTS[4], "SAMPLE/doc.1/01, Section 2, 1.A"),
        (FACTS[5], "Harbor Protection (2003) carries on Port Safety (2001)"),
        (PORTS, "Port Safety"),
    ],
)
def test_a_record_without_a_name_is_called_by_what_it_says(sample_graph: Graph, record: str, name: str) -> None:
    assert title(sample_graph, expand(record)) == name


def test_a_record_stands_below_all_it_belongs_to(sample_graph: Graph) -> None:
    activity = "id:activity/2001/port-safety/courses/national-courses"
    higher = ["Work Plan of 2001", "Borders", "Port Safety", "Courses at ports"]
    assert [title(sample_graph, one) for one in above(sample_graph, expand(activity))] == higher
    assert [title(sample_graph, one) for one in above(sample_graph, expand(FACTS[3]))] == [*higher, "National courses"]
    paragraph = expand("id:provision/sample-res-7/4/a")
    assert [title(sample_graph, one) for one in above(sample_graph, paragraph)] == [
        "Safety of the Sample Islands",
        "S/RES. 7, operative paragraph 4",
    ]


# what its page says


def test_every_class_has_a_page_with_a_sentence_or_facts(real_graph: Graph) -> None:
    firsts: dict[str, str] = {}
    for iri, kind in every(real_graph):
        firsts.setdefault(kind, iri)
    assert len(firsts) == 18
    for kind, iri in firsts.items():
        page = record_page(real_graph, iri, kind)
        assert page.lead or page.sections, iri
        assert page.kind == real_graph.label(kind)


def test_a_justification_says_what_it_ties_and_how_and_why_and_where_both_ends_stand(sample_graph: Graph) -> None:
    text = told(page_on(sample_graph, FACTS[0]))
    for part in (
        "Seaports are named.",
        "Port Safety (program, 2001)",
        "Make seaports safer.",
        "by subject: The words of the paragraph name the subject of the element.",
        "curated: A reader made the link from the texts and gives the reason.",
        "high: The words at both ends name the same subject",
    ):
        assert part in text
    named, stands = text.index("Where the mandate is named"), text.index("Where the element stands")
    assert "security of seaports" in text[named:stands]
    assert "A. PORT SAFETY" in text[stands:]


def test_a_link_that_a_rule_made_says_from_what(sample_graph: Graph) -> None:
    lead = page_on(sample_graph, CARRIED).lead[0].text
    assert lead.startswith("A rule concluded it from three records: ")
    assert "Port Safety rests on S/RES. 7, operative paragraph 4(a);" in lead
    assert "Harbor Protection (2003) carries on Port Safety (2001);" in lead


def test_a_participation_says_who_where_as_what_and_how_it_is_printed(sample_graph: Graph) -> None:
    page = page_on(sample_graph, FACTS[2])
    assert page.lead[0].text == "Sample Police takes part in Harbor Protection (program, 2003) as partner."
    assert "Sampel Police" in told(page)
    assert "partner: Printed on the line of partners of a program." in told(page)


def test_evidence_says_its_words_its_document_and_its_place_and_what_rests_on_it(sample_graph: Graph) -> None:
    page = page_on(sample_graph, FACTS[4])
    assert [line.text for line in page.lead] == [
        "“A. PORT SAFETY”",
        f"These words stand in {sample_graph.label_of('id:source-document/sample-doc-2001')}, at Section 2, 1.A.",
    ]
    text = told(page)
    for part in (
        "program, under “evidence” (1)",
        "justification, under “evidence” (",
        "continuity, under “evidence” (1)",
    ):
        assert part in text


def test_what_names_a_record_hundreds_of_times_is_counted_not_listed(real_graph: Graph) -> None:
    document = "id:source-document/cicte-doc-8-18"
    rows = real_graph.rows("records/mentions-of", record=document)
    number = sum(row["subject"].value.startswith(expand("id:evidence/")) for row in rows)
    assert number > 500
    text = told(page_on(real_graph, document))
    assert f"evidence, under “source” ({number})" in text
    assert f"{number - 24} more" in text
    assert text.count("CICTE/doc.8/18, ") < 60


def test_what_names_a_record_is_told_by_its_kind_and_the_name_of_the_property(sample_graph: Graph) -> None:
    """A property's name may be a noun, `evidence`, or half a sentence, `part of`; a pattern has to fit both."""
    area = expand("id:work-area/2001/borders")
    assert [name for name, _ in naming(sample_graph, area)] == [
        "justification, under “element” (1)",
        "program, under “part of” (2)",
    ]
    spanish = Graph(sample_graph.house, sample_graph.store, sample_graph.version, "es")
    with speaking("es"):
        assert [name for name, _ in naming(spanish, area)][1] == "programa, en «parte de» (2)"


def test_all_the_graph_says_is_on_the_page_each_property_by_name(sampled: Explorer, sample_graph: Graph) -> None:
    for iri, _ in every(sample_graph):
        html = sampled.file(f"id/{iri.partition('/id/')[2]}.html").content.decode()
        said = html[html.index('<details id="said">') :]
        for name in sample_graph.said(iri):
            if not name.endswith(("#type", "#position", "#label", "#note", "description", "Label")):
                assert f"<dt>{sample_graph.label(name)}</dt>" in said, (iri, name)
        assert "<dt>rdf" not in said
        assert "<dt>skos" not in said


def test_a_table_of_all_that_names_a_record_is_one_click_away(sampled: Explorer) -> None:
    html = sampled.file("id/organization/sample-police.html").content.decode()
    assert 'href="../../question/mentions-of.html?record=organization/sample-police"' in html


# ways on


def test_an_element_leads_to_its_trace_and_the_trace_back(sampled: Explorer) -> None:
    record, traced = "id/program/2001/port-safety.html", "trace/program/2001/port-safety.html"
    assert "../../../trace/program/2001/port-safety.html" in Markup(sampled.file(record).content).values("href")
    assert "../../../id/program/2001/port-safety.html" in Markup(sampled.file(traced).content).values("href")


def test_a_record_is_sent_to_the_map_where_it_is_on_it(real_graph: Graph) -> None:
    text = re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', draw(real_graph), re.DOTALL)
    assert text
    page = json.loads(text[1])
    for iri, kind in every(real_graph):
        place = on_map(real_graph, iri)
        key = iri.partition("/id/")[2]
        name = {"Organization": "organizations", "Program": "programs", "Country": "countries"}.get(
            kind.rpartition("#")[2]
        )
        assert bool(place) == bool(name and key in page[name]), iri


@pytest.mark.parametrize("record", ["program/2012/maritime-security", "organization/interpol", "country/DOM"])
def test_the_map_opens_on_the_record(browser: Browser, real_graph: Graph, tmp_path: Path, record: str) -> None:
    (tmp_path / "map.html").write_text(draw(real_graph), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "map.html").as_uri() + on_map(real_graph, expand(f"id:{record}")))
    page.wait_for_selector("#panel h2, #panel h3")
    assert real_graph.label_of(f"id:{record}") in page.locator("#panel").inner_text()
    page.close()


# evidence

MARITIME = "id/program/2012/maritime-security.html"


def shown(page: Page) -> bool:
    return page.locator("#passage:popover-open").count() == 1


def test_a_mark_shows_its_passage_and_escape_hides_it(browser: Browser, explorer: Explorer) -> None:
    with visit(browser, explorer, MARITIME) as opened:
        page = opened.page
        mark = page.locator("a.cite").first
        mark.click()
        assert shown(page)
        passage = page.locator("#passage").inner_text()
        assert "CICTE/doc.5/12 rev. 1, Section II, 1.A, heading: A. MARITIME SECURITY" in passage
        assert "#note" not in page.url
        page.keyboard.press("Escape")
        assert not shown(page)
        assert opened.trouble == []


def test_the_passage_lies_within_the_window_beside_its_mark(browser: Browser, explorer: Explorer) -> None:
    for size in (WIDE, NARROW):
        with visit(browser, explorer, MARITIME, viewport={"width": size[0], "height": size[1]}) as opened:
            for mark in opened.page.locator("a.cite").all()[:12]:
                mark.click()
                box, at = opened.page.locator("#passage").bounding_box(), mark.bounding_box()
                assert box
                assert at
                assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0]
                assert 0 <= box["y"] <= box["y"] + box["height"] <= size[1]
                assert min(abs(box["y"] - at["y"] - at["height"]), abs(box["y"] + box["height"] - at["y"])) < 30
                opened.page.keyboard.press("Escape")


def test_with_the_keyboard_the_passage_opens_at_its_mark_and_its_note_is_next(
    browser: Browser, explorer: Explorer
) -> None:
    with visit(browser, explorer, MARITIME) as opened:
        page = opened.page
        mark = page.locator("a.cite").first
        page.locator(".record a").first.focus()
        for _ in range(20):
            page.keyboard.press("Tab")
            if mark.evaluate("(one) => one === document.activeElement"):
                break
        assert shown(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#note-1")
        assert not shown(page)


def test_a_passage_that_is_shown_breaks_no_rule_of_access(browser: Browser, explorer: Explorer) -> None:
    for shade in ("light", "dark"):
        with visit(browser, explorer, MARITIME, color_scheme=shade) as opened:
            opened.page.locator("a.cite").first.click()
            assert opened.violations == []


def test_without_scripts_a_mark_leads_to_its_note(browser: Browser, explorer: Explorer) -> None:
    with visit(browser, explorer, MARITIME, java_script_enabled=False) as opened:
        opened.page.locator("a.cite").first.click()
        assert opened.page.url.endswith("#note-1")


LOOKS = [
    "id/program/2018-2019/tourism-security.html",
    "id/organization/interpol.html",
    "id/justification/2018-2019/tourism-security/cicte-doc-12-08-decision.html",
    "id/source-document/cicte-doc-8-18.html",
    "id/country/DOM.html",
]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("shade", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "es/"])
def test_a_record_opens_without_trouble_at_any_width_and_shade(
    browser: Browser, explorer: Explorer, size: tuple[int, int], shade: str, language: str
) -> None:
    for address in LOOKS if shade == "light" else LOOKS[:1]:
        assert trouble_at(browser, explorer, language + address, size, shade) == []


def test_briefings_and_facts_share_all_classes_between_them(real_graph: Graph) -> None:
    """A class of neither would have no page; `test_every_class_has_a_page` finds it only where it has a record."""
    briefed = kinds_of(real_graph, *BRIEFED)
    classes = {kind for _, kind in every(real_graph)}
    others = {real_graph.label(kind) for kind in classes - briefed}
    assert others == {
        "Justification",
        "Participation",
        "Target",
        "Evidence",
        "Continuity",
        "Clause",
        "Region",
        "Source document",
    }


def test_what_a_rule_concluded_is_marked_beside_what_was_read(sampled: Explorer) -> None:
    html = sampled.file("id/program/2003/harbor-protection.html").content.decode()
    said = html[html.index('id="said"') :]
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", said, re.DOTALL))
    mark = '<span class="status derived">derived</span>'
    assert [name for name, value in facts.items() if mark in value] == ["in plan", "mandated by", "partner"]
    assert facts["part of"].count("<a ") == 1


def test_a_link_wears_its_status_on_its_own_page(sampled: Explorer) -> None:
    statuses = set()
    for address in sampled.addresses():
        if address.startswith("id/justification/") and address.endswith(".html"):
            html = sampled.file(address).content.decode()
            status, *_ = re.findall(r'<dt>status</dt><dd><span class="status (\w+)">', html)
            statuses.add(status)
    assert statuses == {"stated", "curated", "derived"}
