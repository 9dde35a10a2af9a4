"""A trace drawn: every card and letter in its place, for everything that can be traced, and what is drawn is so."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser

from cicte_graph.explorer import Explorer
from cicte_graph.explorer.diagram import Box, Diagram, Line, Sketch, narrow, sketch, wide
from cicte_graph.explorer.diagram.lettering import NOTE, STRONG, Written, wrap
from cicte_graph.explorer.traces import trace_of, traces
from cicte_graph.find import TRACED, kinds_of
from cicte_graph.graph import Graph
from cicte_graph.terms import expand
from cicte_graph.trace import trace
from cicte_graph.wording import speaking
from tests.exploring import NARROW, WIDE, Markup, dead_links, trouble_at, visit

Drawn = dict[str, dict[str, tuple[Diagram, Diagram]]]  # wide and narrow, by language and record
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom
HARBOR = "program/2003/harbor-protection"
PORTS = "program/2001/port-safety"
SLACK = 0.1


def traced(graph: Graph) -> list[str]:
    """List the IRIs of everything that can be traced."""
    kinds = kinds_of(graph, *TRACED)
    rows = graph.rows("records/every-record")
    return [row["record"].value for row in rows if row["class"].value in kinds] + graph.concepts("topic")


def sketched(graph: Graph, iri: str) -> Sketch:
    return sketch(graph, trace(graph, expand(iri)), lambda _: "#text")


@pytest.fixture(scope="module")
def drawn(real_graph: Graph) -> Drawn:
    """Both drawings of every trace of the real graph, in each language."""
    found = {}
    for language in ("en", "es"):
        graph = Graph(real_graph.house, real_graph.store, real_graph.version, language)
        with speaking(language):
            sketches = {iri: sketched(graph, iri) for iri in traced(graph)}
        found[language] = {iri: (wide(one), narrow(one)) for iri, one in sketches.items()}
    return found


def boxes(diagram: Diagram) -> list[Box]:
    return [one for one in diagram.items if isinstance(one, Box)]


def lines(diagram: Diagram) -> list[Line]:
    return [one for one in diagram.items if isinstance(one, Line)]


def span(box: Box) -> Rectangle:
    return box.x, box.y, box.right, box.bottom


def taken(words: Written) -> Rectangle:
    """Tell the room that words take: letters go up by less than their size and down by less than a third of it."""
    size = words.type.size
    return words.x, words.y - 0.8 * size, words.x + words.type.width(words.words), words.y + 0.25 * size


def apart(one: Rectangle, other: Rectangle) -> bool:
    return (
        one[2] <= other[0] + SLACK
        or other[2] <= one[0] + SLACK
        or one[3] <= other[1] + SLACK
        or other[3] <= one[1] + SLACK
    )


def within(one: Rectangle, other: Rectangle) -> bool:
    return (
        one[0] >= other[0] - SLACK
        and one[1] >= other[1] - SLACK
        and one[2] <= other[2] + SLACK
        and one[3] <= other[3] + SLACK
    )


def each(drawn: Drawn) -> Iterator[tuple[str, Diagram]]:
    for by_record in drawn.values():
        for iri, both in by_record.items():
            for diagram in both:
                yield iri, diagram


# the paper


def test_no_card_lies_over_another_and_none_leaves_the_paper(drawn: Drawn) -> None:
    for iri, diagram in each(drawn):
        cards = [span(one) for one in boxes(diagram)]
        assert all(apart(one, other) for one, other in combinations(cards, 2)), iri
        assert all(within(one, (0, 0, diagram.width, diagram.height)) for one in cards), iri


def test_no_frame_lies_over_another_and_a_card_is_in_one_or_beside_all(
    drawn: Drawn,
) -> None:
    for iri, diagram in each(drawn):
        frames = [span(one) for one in diagram.frames]
        assert all(apart(one, other) for one, other in combinations(frames, 2)), iri
        for card in map(span, boxes(diagram)):
            assert all(within(card, frame) or apart(card, frame) for frame in frames), iri


def test_no_words_run_out_of_their_card_or_into_others(drawn: Drawn) -> None:
    for iri, diagram in each(drawn):
        own = [(words, box) for box in boxes(diagram) for words in box.written]
        assert all(within(taken(words), span(box)) for words, box in own), iri
        told = [taken(words) for words, _ in own]
        told += [taken(words) for line in lines(diagram) for words in line.written]
        assert all(within(one, (0, 0, diagram.width, diagram.height)) for one in told), iri
        told.sort(key=lambda one: one[1])
        for place, one in enumerate(told):
            for other in told[place + 1 :]:
                if other[1] > one[3]:
                    break
                assert apart(one, other), (iri, one, other)


def test_what_is_written_on_a_line_stands_clear_of_the_cards_of_a_wide_drawing(
    drawn: Drawn,
) -> None:
    for iri, (diagram, _) in [*drawn["en"].items(), *drawn["es"].items()]:
        told = [taken(words) for line in lines(diagram) for words in line.written]
        assert all(apart(one, span(box)) for one in told for box in [*boxes(diagram), *diagram.frames]), iri


def test_a_line_ends_at_a_card(drawn: Drawn) -> None:
    """The tip of an arrow lies on the edge of a card, and so does the end of every line that has none."""
    for iri, diagram in each(drawn):
        edges = [(x, box.y, box.bottom) for box in boxes(diagram) for x in (box.x, box.right)]
        for head in diagram.heads:
            x, y = map(float, re.findall(r"L (\S+) (\S+)", head.way)[0])
            assert any(abs(x - edge) < SLACK and top <= y <= bottom for edge, top, bottom in edges), iri


def test_no_name_is_shortened(real_graph: Graph, drawn: Drawn) -> None:
    spanish = Graph(real_graph.house, real_graph.store, real_graph.version, "es")
    for iri, diagram in each(drawn):
        for box in boxes(diagram):
            if box.kind in ("record", "asked"):
                told = " ".join(words.words for words in box.written)
                names = [real_graph.label_of(box.to), spanish.label_of(box.to)]
                assert any(name in told for name in names), (iri, box.to)


def test_a_tall_drawing_is_cut_between_its_cards_and_nothing_is_lost(
    drawn: Drawn,
) -> None:
    tall = 0
    for iri, (diagram, _) in [*drawn["en"].items(), *drawn["es"].items()]:
        sheets = diagram.sheets
        assert sheets[0][0] == 0, iri
        assert sum(height for _, height in sheets) == pytest.approx(diagram.height), iri
        for top, _ in sheets[1:]:
            assert not any(box.y < top < box.bottom for box in boxes(diagram)), iri
        tall += len(sheets) > 1
    assert tall


def test_words_are_measured_at_least_as_wide_as_common_letters_are(browser: Browser) -> None:
    """A browser measures them in the widest type there is here; what we count must not be less."""
    page = browser.new_page()
    told = (
        "AG/RES. 2619 (XLI-O/11), operative paragraph 4(g): Seguridad de instalaciones turísticas; WÜRMER «ñandú» 100 %"
    )
    page.set_content(f'<svg width="2000"><text id="plain" font-size="13" font-family="DejaVu Sans">{told}</text></svg>')
    measured = page.evaluate("document.getElementById('plain').getComputedTextLength()")
    assert NOTE.size == 13
    assert measured <= NOTE.width(told) <= 1.15 * measured
    page.close()


@pytest.mark.parametrize("words", ["word " * 50_000, "x" * 100_000, " " * 100_000, "", "\u202eabc", "漢字" * 500])
def test_any_words_take_no_more_lines_than_there_are(words: str) -> None:
    told = wrap(words, STRONG, 200, 3)
    assert len(told) <= 3
    assert all(STRONG.width(line) <= 200 for line in told)
    assert "\u202e" not in "".join(told)


def test_what_does_not_fit_ends_with_an_ellipsis_at_a_whole_word() -> None:
    assert wrap("one two three four five six", STRONG, 80, 2) == ["one two", "three…"]


# what is drawn


def said(diagram: Diagram) -> dict[str, list[str]]:
    """Tell each card by its title, and what is written on the lines that lead to it."""
    found: dict[str, list[str]] = {}
    before: list[str] = []
    for one in diagram.items:
        told = " ".join(words.words for words in one.written)
        if isinstance(one, Line):
            before.append(f"{one.status}: {told}")
        else:
            found[told], before = before, []
    return found


def test_an_element_is_drawn_with_what_it_is_part_of_and_the_paragraphs_it_rests_on(sample_graph: Graph) -> None:
    """Port Safety (2001): 4(a) names seaports; paragraph 4 speaks of its area, and the plan lists paragraph 5."""
    assert said(wide(sketched(sample_graph, PORTS))) == {
        "program · 2001 Port Safety": [],
        "work area · 2001 Borders": [],
        "work plan · 2001 Work Plan of 2001": [],
        "S/RES. 7 Safety of the Sample Islands Sample Assembly, 2000-06-30": [],
        "S/RES. 7, operative paragraph 4(a) Make seaports safer.": ["curated: subject curated · high confidence"],
        "1 mandate by work area S/RES. 7: 4": ["curated: area curated"],
        "1 mandate only listed S/RES. 7: 5": ["stated: listed stated"],
    }


def test_a_link_that_was_carried_over_says_from_where(sample_graph: Graph) -> None:
    """Harbor Protection (2003) carries on Port Safety (2001): a rule links it to what that rested on."""
    found = said(wide(sketched(sample_graph, HARBOR)))
    [carried] = found["S/RES. 7, operative paragraph 4(a) Make seaports safer."]
    assert carried.startswith("derived: carried-over (subject) derived · ")
    assert carried.endswith("from Port Safety (2001)")
    [wider] = found["1 mandate by a work area of an earlier plan S/RES. 7: 4"]
    assert wider == "derived: carried-over (area) derived from Borders (2001)"


def test_an_element_with_no_paragraph_on_its_subject_says_so(sample_graph: Graph) -> None:
    """Storm Warning has what its area and plan have, Web Safety has nothing at all."""
    storm = wide(sketched(sample_graph, "program/2001/storm-warning"))
    web = wide(sketched(sample_graph, "program/2003/web-safety"))
    assert "No paragraph speaks of its subject." in said(storm)
    assert "No mandate in this graph." in said(web)
    assert not lines(web)


def test_a_paragraph_is_drawn_with_the_elements_of_both_plans_plan_by_plan(sample_graph: Graph) -> None:
    titles = list(said(wide(sketched(sample_graph, "provision/sample-res-7/4/a"))))
    assert titles[0].startswith("provision S/RES. 7, operative paragraph 4(a) Make seaports safer.")
    assert titles[1:5] == [
        "Work Plan of 2001 1 element",
        "Port Safety program · Borders",
        "Draft Work Plan of 2003 1 element",
        "Harbor Protection program · Coasts",
    ]


def test_an_instrument_is_drawn_with_the_paragraph_that_each_element_answers(sample_graph: Graph) -> None:
    drawing = sketched(sample_graph, "instrument/sample-res-7")
    assert [card.to for card in drawing.column] == [
        "id:instrument/sample-res-7",
        "id:provision/sample-res-7/4/a",
        "#text",  # what is reached more widely
    ]
    assert {entry.threads[0].holder for frame in drawing.frames[:2] for entry in frame.entries} == {1}


def test_a_mandate_nothing_rests_on_says_so(sample_graph: Graph) -> None:
    assert "No element rests on it." in said(wide(sketched(sample_graph, "provision/sample-res-7/4/b")))


def test_the_stronger_the_basis_the_heavier_the_line(drawn: Drawn) -> None:
    weights: dict[str, set[float]] = {}
    for diagram, _ in drawn["en"].values():
        for line in lines(diagram):
            weights.setdefault(line.written[0].words, set()).add(line.weight)
    order = [weights[basis] for basis in ("stated", "subject", "area", "general", "listed")]
    assert all(len(found) == 1 for found in order)
    assert [*map(max, order)] == sorted({*map(max, order)}, reverse=True)


def test_both_drawings_lead_to_the_same_places(drawn: Drawn) -> None:
    for by_record in drawn.values():
        for iri, both in by_record.items():
            one, other = (sorted(item.to for item in made.items) for made in both)
            assert one == other, iri


# the page


def test_there_is_a_page_for_all_that_can_be_traced(real_graph: Graph) -> None:
    assert set(traces(real_graph)) == {trace_of(iri) for iri in traced(real_graph)}


def test_the_page_says_the_verdict_first_then_draws_then_tells(sampled: Explorer) -> None:
    html = sampled.file(f"trace/{PORTS}.html").content.decode()
    verdict = html.index("Port Safety (program) rests on 1 paragraph")
    assert verdict < html.index("<figure") < html.index('id="text"') < html.index('class="notes"')
    assert f"cicte-graph trace {PORTS}<" in html
    assert f"cicte-graph trace {PORTS} --lang es<" in sampled.file(f"es/trace/{PORTS}.html").content.decode()


def test_a_card_leads_to_its_record_a_line_to_its_justification_and_a_count_to_the_text(sampled: Explorer) -> None:
    address = f"trace/{PORTS}.html"
    ways: dict[str, list[str]] = {}
    for tag, given in Markup(sampled.file(address).content).tags:
        if tag == "a" and "class" in given:
            ways.setdefault(given["class"], []).append(given["href"].removeprefix("../../../"))
    assert ways["line curated"] == ["id/justification/2001/port-safety/res-7-4a.html"] * 2  # wide and narrow
    assert ways["card heading"] == ["id/instrument/sample-res-7.html"] * 2
    assert "id/provision/sample-res-7/4/a.html" in ways["card record"]
    assert ways["card asked"] == [f"id/{PORTS}.html"] * 2
    assert all(way.startswith("#text-") for way in ways["card gathered"])
    assert dead_links(sampled, address) == []


def test_every_count_leads_to_the_part_of_the_text_that_tells_of_it(explorer: Explorer) -> None:
    for address in explorer.addresses():
        if address.startswith(("trace/program", "trace/instrument", "trace/work-plan", "topic/", "es/trace/program")):
            markup = Markup(explorer.file(address).content)
            places = markup.values("id")
            gathered = [said["href"] for _, said in markup.tags if said.get("class") == "card gathered"]
            assert all(way.startswith("#text-") and way[1:] in places for way in gathered), address


def test_a_page_is_the_same_each_time(sampled: Explorer, sample_graph: Graph) -> None:
    address = f"trace/{HARBOR}.html"
    assert sampled.file(address) == Explorer(sample_graph).file(address)


LOOKS = [
    "trace/program/2018-2019/tourism-security.html",
    "trace/program/2012/maritime-security.html",
    "trace/provision/ag-res-2619-xli-o-11/4.html",
    "topic/cybersecurity.html",
]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("shade", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "es/"])
def test_a_trace_opens_without_trouble_at_any_width_and_shade(
    browser: Browser, explorer: Explorer, size: tuple[int, int], shade: str, language: str
) -> None:
    for address in LOOKS if shade == "light" else LOOKS[:1]:
        assert trouble_at(browser, explorer, language + address, size, shade) == []


OUTSIDE = """() => [...document.querySelectorAll("svg:not(.sheet) .card")].filter((card) => {
  const box = card.querySelector("rect").getBBox();
  const right = (one) => one.x + one.width;
  const bottom = (one) => one.y + one.height;
  const texts = [...card.querySelectorAll("text")].map((text) => text.getBBox());
  const out = (one) => Math.max(box.x - one.x, box.y - one.y, right(one) - right(box), bottom(one) - bottom(box));
  return texts.some((one) => out(one) > 1.5); // a letter may overhang by a pixel
}).length"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_browser_sets_all_words_within_their_cards(
    browser: Browser, explorer: Explorer, size: tuple[int, int]
) -> None:
    for address in LOOKS:
        with visit(browser, explorer, address, viewport={"width": size[0], "height": size[1]}) as opened:
            assert opened.page.evaluate(OUTSIDE) == 0


def test_a_small_screen_gets_the_narrow_drawing_and_needs_no_scrolling_sideways(
    browser: Browser, explorer: Explorer
) -> None:
    settings = {"viewport": {"width": NARROW[0], "height": NARROW[1]}}
    with visit(browser, explorer, LOOKS[0], **settings) as opened:
        assert not opened.page.locator("svg.large").is_visible()
        drawn = opened.page.locator("svg.small").bounding_box()
        assert drawn
        assert 0 <= drawn["x"] <= drawn["x"] + drawn["width"] <= NARROW[0]


def test_the_drawing_is_walked_with_the_keyboard_and_a_line_leads_to_its_reasons(
    browser: Browser, sampled: Explorer
) -> None:
    with visit(browser, sampled, f"trace/{PORTS}.html") as opened:
        page = opened.page
        page.locator("svg.large a.card.asked").focus()
        for _ in range(8):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('class')") == "line curated":
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/justification/2001/port-safety/res-7-4a.html")
        assert page.locator("h1").inner_text() == "Port Safety rests on S/RES. 7, operative paragraph 4(a)"
        assert opened.trouble == []


def test_on_paper_the_drawing_is_whole_and_without_buttons(browser: Browser, explorer: Explorer) -> None:
    with visit(browser, explorer, "trace/instrument/ag-res-2619-xli-o-11.html") as opened:
        opened.page.emulate_media(media="print")
        sheets = opened.page.locator("svg.sheet")
        assert sheets.count() > 1
        assert all(sheet.is_visible() for sheet in sheets.all())
        assert not opened.page.locator("svg.large").is_visible()
        assert not opened.page.locator(".ways").first.is_visible()
