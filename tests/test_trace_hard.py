"""A trace of a graph as hard as we can make it by hand: cycles, two parents, no names, hostile names, a thousand links.

Every graph is written here quad by quad, so that it can be what the shapes would never let in.
"""

import json
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, ConsoleMessage, Dialog

from cicte_graph.build import Built
from cicte_graph.derive import derive
from cicte_graph.graph import Graph, Passage
from cicte_graph.house import House
from cicte_graph.page_html import as_html
from cicte_graph.page_markdown import as_markdown
from cicte_graph.printing import as_json
from cicte_graph.store import Store
from cicte_graph.terms import CICTE, CONCEPT, GRAPH, ID, PREFIXES, class_iri
from cicte_graph.trace import Cut, Trace, cut, explain, trace, trace_down, trace_up
from cicte_graph.trace_mermaid import as_mermaid
from cicte_graph.trace_page import trace_page
from cicte_graph.trace_text import as_text
from tests.conftest import TESTED

TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
NEEDED = {TYPE.value, PREFIXES["rdfs"] + "subClassOf", f"{CICTE}rank"}
WRITTEN = ox.NamedNode(f"{GRAPH}written")
DOCUMENT = "source-document/only"


def backbone(built: Built) -> list[ox.Quad]:
    """Take from a built graph what a trace needs of the ontology: ranks of list values, and which class is which."""
    return [
        quad
        for quad in built.store
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value == f"{GRAPH}ontology"
        and quad.predicate.value in NEEDED
    ]


class Draft:
    """A graph being written by hand."""

    def __init__(self, ontology: Iterable[ox.Quad], symbol: str = "DOC/1") -> None:
        self.quads = list(ontology)
        self.says(DOCUMENT, TYPE, ox.NamedNode(f"{CICTE}SourceDocument"))
        self.text(DOCUMENT, symbol=symbol)

    def says(self, identifier: str, relation: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> None:
        """Say one thing of a record."""
        self.quads.append(ox.Quad(ox.NamedNode(ID + identifier), relation, value, WRITTEN))

    def refers(self, identifier: str, **values: str) -> None:
        """Name other records, or list values, under properties of ours."""
        for name, value in values.items():
            base = "" if value.startswith(CONCEPT) else ID
            self.says(identifier, ox.NamedNode(CICTE + name), ox.NamedNode(base + value))

    def text(self, identifier: str, **values: str) -> None:
        """Give texts under properties of ours."""
        for name, value in values.items():
            self.says(identifier, ox.NamedNode(CICTE + name), ox.Literal(value))

    def record(self, identifier: str, *, label: str = "", stands: bool = True) -> str:
        """Write a record of the class its identifier names; without a label, and standing nowhere, if so wanted."""
        self.says(identifier, TYPE, ox.NamedNode(class_iri(identifier)))
        if label:
            self.says(identifier, LABEL, ox.Literal(label, language="en"))
        if stands:
            self.stand(identifier, f"place of {identifier}", f"words of {identifier}")
        return identifier

    def stand(self, identifier: str, locator: str, anchor: str) -> None:
        """Give a record a passage."""
        evidence = f"evidence/{len(self.quads)}"
        self.refers(identifier, evidence=evidence)
        self.refers(evidence, source=DOCUMENT)
        self.text(evidence, locator=locator, anchor=anchor)

    def element(self, identifier: str, *above: str, label: str = "", stands: bool = True) -> str:
        """Write an element of a plan below what it is part of."""
        for parent in above:
            self.refers(identifier, partOf=parent)
        return self.record(identifier, label=label, stands=stands)

    def mandate(self, identifier: str, *, label: str = "", stands: bool = True) -> str:
        """Write an instrument, or a provision below the instrument or chapeau its identifier names."""
        kind, instrument, *path = identifier.split("/")
        if kind == "provision" and len(path) == 1:
            self.refers(identifier, provisionOf=f"instrument/{instrument}")
        elif kind == "provision":
            self.refers(identifier, subparagraphOf=identifier.rpartition("/")[0])
        return self.record(identifier, label=label, stands=stands)

    def justify(
        self,
        key: str,
        element: str,
        mandate: str,
        *,
        basis: str = "subject",
        status: str = "curated",
        confidence: str = "high",
        stands: bool = True,
    ) -> str:
        """Write why a mandate bears on an element."""
        made = self.record(f"justification/{key}", stands=stands)
        self.refers(made, element=element, mandate=mandate)
        self.refers(made, basis=f"{CONCEPT}basis/{basis}", status=f"{CONCEPT}status/{status}")
        self.refers(made, confidence=f"{CONCEPT}confidence/{confidence}")
        return made

    def continues(
        self,
        key: str,
        later: str,
        earlier: str,
        *,
        kind: str = "continues",
        confidence: str = "high",
        stands: bool = True,
    ) -> str:
        """Write that a later element carries on an earlier."""
        made = self.record(f"continuity/{key}", stands=stands)
        self.refers(made, later=later, earlier=earlier, continuityKind=f"{CONCEPT}continuity-kind/{kind}")
        self.refers(made, confidence=f"{CONCEPT}confidence/{confidence}", status=f"{CONCEPT}status/curated")
        return made

    def keeps_mandates(self, plan: str, *, stands: bool = True) -> None:
        """Write a plan's clause that mandates stay in effect."""
        clause = self.record(f"clause/{plan.partition('/')[2]}/mandates-in-effect", stands=stands)
        self.refers(clause, partOf=plan, clauseKind=f"{CONCEPT}clause-kind/mandates-in-effect")

    def graph(self, house: House) -> Graph:
        """Draw the rules' conclusions and give the graph to ask."""
        store = Store(self.quads)
        derive(store, house.ontology / "rules")
        return Graph(house, store, TESTED)


FORMATS: dict[str, Callable[[Trace], str]] = {
    "text": as_text,
    "markdown": lambda found: as_markdown(trace_page(found)),
    "html": lambda found: as_html(trace_page(found)),
    "mermaid": as_mermaid,
    "json": lambda found: as_json(found.as_json()),
}


class Seen(HTMLParser):
    """What a reader of HTML sees, and what a browser could run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Note what is said."""
        self.said.append(data)

    @property
    def text(self) -> str:
        """The words, as they stand."""
        return "".join(self.said)


def rendered(markdown: str) -> Seen:
    return Seen(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


def packed(text: str) -> str:
    """Leave out white space, which a format may set as it likes."""
    return "".join(text.split())


def read_back(form: str, written: str) -> str:
    """Give the words that a reader of a format sees."""
    match form:
        case "markdown":
            return rendered(written).text
        case "html":
            return Seen(written).text
        case "mermaid":
            return "\n".join(drawn_labels(written))
        case _:
            return written


def drawn_labels(mermaid: str) -> list[str]:
    """Read the labels of a drawing back, refusing a drawing with a line that is not exactly a node or an edge."""
    first, *rows = mermaid.rstrip("\n").split("\n")
    assert first == "flowchart LR"
    node = re.compile(r'  n\d+\["([^"<>]*)"\]')
    edge = re.compile(r'  n\d+ (?:==>|-->|-\.->|---)\|"([^"<>]*)"\| n\d+')
    labels = []
    for row in rows:
        if not row.startswith("  %% "):
            match = node.fullmatch(row) or edge.fullmatch(row)
            assert match, row
            labels.append(re.sub(r"#(\d+);", lambda number: chr(int(number[1])), match[1]))
    return labels


@pytest.fixture(scope="session")
def ontology(sample: Built) -> list[ox.Quad]:
    """What a trace needs of the ontology."""
    return backbone(sample)


@pytest.fixture
def draft(ontology: list[ox.Quad]) -> Draft:
    """Two plans that keep mandates in effect, and one instrument with three paragraphs."""
    made = Draft(ontology)
    for plan in ("work-plan/1", "work-plan/2"):
        made.record(plan, label=f"Plan {plan[-1]}")
        made.keeps_mandates(plan)
    made.mandate("instrument/res", label="RES 1")
    for number in (1, 2, 3):
        made.mandate(f"provision/res/{number}", label=f"RES 1, paragraph {number}")
    return made


def told(found: Trace) -> list[tuple[str, str, list[str]]]:
    return [
        (
            link.mandate.id.removeprefix("id:provision/"),
            link.basis,
            [step.id.removeprefix("id:") for step in link.steps],
        )
        for link in found.links
    ]


# Cycles, parents and missing names


def test_two_programs_that_carry_each_other_on_carry_each_mandate_once(draft: Draft, sample_house: House) -> None:
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.element("program/2/b", "work-plan/2", label="B")
    draft.justify("1/a", "program/1/a", "provision/res/1")
    draft.justify("2/b", "program/2/b", "provision/res/2")
    draft.continues("1/a/b", "program/1/a", "program/2/b")
    draft.continues("2/b/a", "program/2/b", "program/1/a")
    graph = draft.graph(sample_house)
    assert told(trace_up(graph, f"{ID}program/1/a")) == [("res/1", "subject", []), ("res/2", "carried-over", [])]
    assert told(trace_up(graph, f"{ID}program/2/b")) == [("res/2", "subject", []), ("res/1", "carried-over", [])]
    assert {link.element.id for link in trace_down(graph, f"{ID}provision/res/1").links} == {
        "id:program/1/a",
        "id:program/2/b",
    }


def test_a_program_that_carries_itself_on_ends(draft: Draft, sample_house: House) -> None:
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.justify("1/a", "program/1/a", "provision/res/1")
    draft.continues("1/a/a", "program/1/a", "program/1/a")
    found = trace_up(draft.graph(sample_house), f"{ID}program/1/a")
    assert told(found) == [("res/1", "subject", []), ("res/1", "carried-over", [])]


@pytest.mark.parametrize("form", FORMATS)
def test_elements_that_are_part_of_each_other_are_told_once(draft: Draft, sample_house: House, form: str) -> None:
    draft.element("program/1/a", "program/1/b", "program/1/a", label="A")
    draft.element("program/1/b", "program/1/c", label="B")
    draft.element("program/1/c", "program/1/a", label="C")
    for number, key in ((1, "a"), (2, "b"), (3, "c")):
        draft.justify(f"1/{key}", f"program/1/{key}", f"provision/res/{number}")
    found = trace_up(draft.graph(sample_house), f"{ID}program/1/b")
    assert told(found) == [
        ("res/2", "subject", []),
        ("res/3", "subject", ["program/1/c"]),
        ("res/1", "subject", ["program/1/c", "program/1/a"]),
    ]
    assert [above.label for above in found.place] == ["C", "A"]
    assert FORMATS[form](found)


def test_an_element_with_two_parents_shows_both_and_steps_through_the_one_that_holds(
    draft: Draft, sample_house: House
) -> None:
    draft.element("work-area/1/left", "work-plan/1", label="Left")
    draft.element("work-area/1/right", "work-plan/1", label="Right")
    draft.element("program/1/a", "work-area/1/left", "work-area/1/right", label="A")
    draft.justify("1/left", "work-area/1/left", "provision/res/1")
    draft.justify("1/right", "work-area/1/right", "provision/res/2")
    draft.justify("1/plan", "work-plan/1", "provision/res/3", basis="listed", status="stated")
    found = trace_up(draft.graph(sample_house), f"{ID}program/1/a")
    steps = {mandate: steps for mandate, _, steps in told(found)}
    assert steps["res/1"] == ["work-area/1/left"]
    assert steps["res/2"] == ["work-area/1/right"]
    assert steps["res/3"] in (["work-area/1/left", "work-plan/1"], ["work-area/1/right", "work-plan/1"])
    assert [above.label for above in found.place[:2]] == ["Left", "Right"]
    for form, write in FORMATS.items():
        assert {"Left", "Right"} <= set(re.findall(r"\w+", read_back(form, write(found)))), form


def test_what_has_no_name_is_called_by_its_identifier(ontology: list[ox.Quad], sample_house: House) -> None:
    draft = Draft(ontology)
    draft.record("work-plan/1")
    draft.element("work-area/1/area", "work-plan/1")
    draft.element("program/1/a", "work-area/1/area")
    draft.mandate("instrument/res")
    draft.mandate("provision/res/1")
    draft.refers("instrument/res", adoptedBy=draft.record("organization/body"))
    draft.justify("1/area", "work-area/1/area", "provision/res/1")
    graph = draft.graph(sample_house)
    for found in (trace_up(graph, f"{ID}program/1/a"), trace_down(graph, f"{ID}provision/res/1")):
        names = ["id:work-area/1/area", "id:provision/res/1"]
        names += ["id:program/1/a"] if not found.downward else []
        names += ["id:instrument/res", "id:organization/body"] if not found.downward else []
        for form in ("text", "markdown", "html", "mermaid"):
            text = read_back(form, FORMATS[form](found))
            assert [name for name in names if packed(name) not in packed(text)] == [], form
            assert "None" not in text


def test_what_rests_on_nothing_says_so_in_every_format(draft: Draft, sample_house: House) -> None:
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.element("program/1/alone", label="Alone")
    graph = draft.graph(sample_house)
    said = {
        "program/1/a": "A (program) rests on no mandate in this graph, "
        "and neither does anything above it, from Plan 1 up.",
        "program/1/alone": "Alone (program) rests on no mandate in this graph, "
        "and neither does anything above it, from no plan up.",
        "provision/res/1": "No element of either plan rests on RES 1, paragraph 1.",
    }
    for identifier, verdict in said.items():
        found = trace(graph, ID + identifier)
        assert (found.verdict, found.links, found.without_evidence) == (verdict, [], 0)
        for form, write in FORMATS.items():
            assert packed(verdict) in packed(Seen(write(found)).text), form


# Nothing is dropped without a word


def test_what_stands_nowhere_is_counted_not_shown(draft: Draft, sample_house: House) -> None:
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.element("program/1/nowhere", "program/1/a", label="Nowhere", stands=False)
    draft.mandate("provision/res/4", label="RES 1, paragraph 4", stands=False)
    draft.justify("1/shown", "program/1/a", "provision/res/1")
    draft.justify("1/no-passage", "program/1/a", "provision/res/2", stands=False)
    draft.justify("1/no-mandate", "program/1/a", "provision/res/4")
    draft.justify("1/no-element", "program/1/nowhere", "provision/res/3")
    found = trace_up(draft.graph(sample_house), f"{ID}program/1/nowhere")
    assert told(found) == [("res/1", "subject", ["program/1/a"])]
    assert found.without_evidence == 3
    assert "Not shown: 3 without evidence at both ends." in as_text(found)


def test_a_link_not_shown_for_want_of_evidence_is_not_shown_where_it_is_carried_on(
    draft: Draft, sample_house: House
) -> None:
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.element("program/2/b", "work-plan/2", label="B")
    draft.justify("1/a", "program/1/a", "provision/res/1", stands=False)
    draft.continues("2/b/a", "program/2/b", "program/1/a")
    graph = draft.graph(sample_house)
    assert trace_up(graph, f"{ID}program/1/a").links == []
    assert trace_up(graph, f"{ID}program/2/b").links == []


def test_cutting_what_is_cut_already_still_counts_all_that_is_left_out(draft: Draft, sample_house: House) -> None:
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.justify("1/first", "program/1/a", "provision/res/1", confidence="high")
    draft.justify("1/second", "program/1/a", "provision/res/2", confidence="low")
    draft.justify("1/third", "program/1/a", "provision/res/3", basis="area")
    whole = trace_up(draft.graph(sample_house), f"{ID}program/1/a")
    twice = cut(cut(whole, Cut(basis=["subject"])), Cut(confidence=["high"]))
    assert [link.justification for link in twice.links] == ["id:justification/1/first"]
    assert len(twice.links) + twice.cut == len(whole.links)
    assert "basis subject" in twice.cut_to


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_paragraph_an_element_answers_only_widely_is_told(draft: Draft, sample_house: House, form: str) -> None:
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.justify("1/first", "program/1/a", "provision/res/1", basis="area")
    draft.justify("1/second", "program/1/a", "provision/res/2", basis="general")
    found = trace_down(draft.graph(sample_house), f"{ID}instrument/res")
    shown = FORMATS[form](found)
    assert [link.mandate.label for link in found.links if packed(link.mandate.label) not in packed(shown)] == []


BASES = ("area", "general", "listed")
STATUSES = ("stated", "curated")
SURE = ("high", "medium", "low")


def thousand(ontology: list[ox.Quad], bases: tuple[str, ...], mandates: int) -> Draft:
    draft = Draft(ontology)
    draft.record("work-plan/1", label="Plan")
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.mandate("instrument/res", label="RES")
    for n in range(mandates):
        draft.mandate(f"provision/res/{n}", label=f"RES paragraph {n}.")
    for n in range(1000):
        status, confidence = STATUSES[n // 3 % 2], SURE[n // 6 % 3]
        key, mandate = f"1/a/{n}", f"provision/res/{n % mandates}"
        draft.justify(key, "program/1/a", mandate, basis=bases[n % len(bases)], status=status, confidence=confidence)
    return draft


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("bases", [("subject", "stated"), BASES], ids=["closely", "widely"])
def test_a_thousand_mandates_of_one_element_are_all_told_or_counted(
    ontology: list[ox.Quad], sample_house: House, bases: tuple[str, ...], form: str
) -> None:
    graph = thousand(ontology, bases, 1000).graph(sample_house)
    start = time.perf_counter()
    found = trace_up(graph, f"{ID}program/1/a")
    shown = FORMATS[form](found)
    assert time.perf_counter() - start < 5
    assert len(found.links) == 1000
    if form == "json":
        assert len({link["justification"] for link in json.loads(shown)["links"]}) == 1000
    elif form == "mermaid":
        labels = drawn_labels(shown)
        wider = [label for label in labels if label.startswith("more widely: ")]
        counted = sum(int(number) for label in wider for number in re.findall(r"(\d+) (?:area|general|listed)", label))
        assert sum(label.startswith("RES paragraph ") for label in labels) + counted == 1000
    else:
        text = read_back(form, shown)
        assert len(set(re.findall(r"RES paragraph (\d+)\.", text))) == 1000


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("bases", [("subject", "stated"), BASES], ids=["closely", "widely"])
def test_a_thousand_reasons_for_one_mandate_are_all_told_or_counted(
    ontology: list[ox.Quad], sample_house: House, bases: tuple[str, ...], form: str
) -> None:
    graph = thousand(ontology, bases, 1).graph(sample_house)
    start = time.perf_counter()
    found = trace_up(graph, f"{ID}program/1/a")
    shown = FORMATS[form](found)
    assert time.perf_counter() - start < 5
    assert len(found.links) == 1000
    named = set(re.findall(r"id:justification/1/a/\d+", shown))
    assert len(named) == 1000 or re.search(r"\b(1,?000|999) ", shown), f"{len(named)} told, and no number"


# Hostile names

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of script": "</title></style></script><script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "attribute": "' onmouseover='alert(1)' autofocus onfocus=alert(1) x='",
    "markdown link": "[x](javascript:alert(1))",
    "markdown reference": "[x]: javascript:alert(1) 'x'",
    "markdown autolink": "<javascript:alert(1)> ![x](https://example.org/x.png)",
    "pipes": "a | b || c |---|---|",
    "backticks": "```html <b>`x`</b>``` ` `",
    "lines": "first\n# second\r\n\n    third\n- fourth\n<img src=x onerror=alert(1)>\n---\n> fifth",
    "escape": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m \x08\x00",
    "turned": "right \u202e left \u2066 \u200b \u2028 \u2029 \ufeff",
    "template": "{{ 7 * 7 }} {% raw %} ${alert(1)} &lt;b&gt; &#60;i&#62;",
    "mermaid": 'x"] --> n9["y"]; click n0 "javascript:alert(1)"\nend #quot;',
    "mermaid settings": '%%{init: {"themeCSS": "* { display: none }", "theme": "dark"}}%%',
    "long": "ten thousand " * 770,
    "long word": "x" * 10_000,
}
ADDRESSES = ["javascript:alert(1)", 'https://example.org/"onclick="alert(1)', "https://example.org/)[x](y"]


def hostile(ontology: list[ox.Quad], words: str, house: House) -> Graph:
    """Write words wherever a graph holds words of its own."""
    draft = Draft(ontology, symbol=f"DOC {words}")
    for plan in ("work-plan/1", "work-plan/2"):
        draft.record(plan, label=words)
        draft.keeps_mandates(plan)
    draft.element("work-area/2/area", "work-plan/2", label=words)
    draft.element("program/1/earlier", "work-plan/1", label=words)
    draft.element("program/2/asked", "work-area/2/area", label=words)
    draft.mandate("instrument/res", label=words)
    draft.text("instrument/res", symbol=f"RES {words}", session=words)
    for address in [*ADDRESSES, words]:
        draft.text("instrument/res", textAt=address)
    draft.refers("instrument/res", adoptedBy=draft.record("organization/body", label=words))
    for number in range(1, 6):
        draft.mandate(f"provision/res/{number}", label=f"{words} {number}")
        draft.text(f"provision/res/{number}", gist=words)
    made = [
        draft.justify("2/asked", "program/2/asked", "provision/res/1"),
        draft.justify("2/again", "program/2/asked", "provision/res/1", status="stated"),
        draft.justify("2/area", "work-area/2/area", "provision/res/2", basis="stated", status="stated"),
        draft.justify("2/wide", "program/2/asked", "provision/res/3", basis="general"),
        draft.justify("2/list", "work-plan/2", "provision/res/4", basis="listed", status="stated"),
        draft.justify("1/earlier", "program/1/earlier", "provision/res/5"),
        draft.continues("2/asked/earlier", "program/2/asked", "program/1/earlier"),
    ]
    for one in made:
        draft.text(one, rationale=words)
        draft.stand(one, locator=words, anchor=words)
    return draft.graph(house)


def hostile_traces(graph: Graph) -> Iterator[tuple[Trace, Mapping[Passage, str]]]:
    for asked in ("program/2/asked", "instrument/res"):
        found = explain(graph, trace(graph, ID + asked))
        assert len(found.links) == (7 if found.downward else 6)
        yield found, {passage: passage.anchor for link in found.links for passage in link.passages}


def steering(text: str) -> set[str]:
    """List what could steer a terminal or hide text; line ends are ours."""
    return {hex(ord(char)) for char in text if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} and char != "\n"}


def assert_inert(seen: Seen) -> None:
    assert seen.tags.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "svg", "base", "link"})
    assert [name for name, _ in seen.attributes if name.startswith("on")] == []
    links = [value for name, value in seen.attributes if name in {"href", "src"}]
    assert [link for link in links if not link.startswith(("#note-", "https://"))] == []


@pytest.fixture(params=HOSTILE)
def words(request: pytest.FixtureRequest) -> str:
    return HOSTILE[str(request.param)]


@pytest.fixture
def hostile_graph(ontology: list[ox.Quad], words: str, sample_house: House) -> Graph:
    return hostile(ontology, words, sample_house)


def test_nothing_in_a_name_becomes_html(hostile_graph: Graph) -> None:
    for found, read in hostile_traces(hostile_graph):
        for html in (as_html(trace_page(found, read=read)), found._repr_html_()):
            assert_inert(Seen(html))
            assert steering(html) == set()


def test_nothing_in_a_name_becomes_markdown(hostile_graph: Graph) -> None:
    for found, read in hostile_traces(hostile_graph):
        seen = rendered(as_markdown(trace_page(found, read=read)))
        assert_inert(seen)
        ours = {"h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "code", "pre", "blockquote", "a"}
        assert seen.tags <= ours | {"table", "thead", "tbody", "tr", "th", "td"}


def test_nothing_in_a_name_steers_who_reads_markdown(hostile_graph: Graph) -> None:
    for found, read in hostile_traces(hostile_graph):
        assert steering(as_markdown(trace_page(found, read=read))) == set()


@pytest.mark.parametrize("form", ["text", "markdown", "html", "mermaid"])
def test_nothing_in_an_address_steers_who_reads_it(draft: Draft, sample_house: House, form: str) -> None:
    draft.element("program/1/a", "work-plan/1", label="A")
    draft.justify("1/a", "program/1/a", "provision/res/1")
    draft.text(
        "instrument/res", textAt="https://example.org/\x1b[31m\u202e"
    )  # a YAML file may hold it; check lets it in
    assert steering(FORMATS[form](trace_up(draft.graph(sample_house), f"{ID}program/1/a"))) == set()


def test_nothing_in_a_name_steers_a_terminal(hostile_graph: Graph) -> None:
    for found, read in hostile_traces(hostile_graph):
        assert steering(as_text(found, read)) == set()


def test_nothing_in_a_name_becomes_part_of_a_drawing(hostile_graph: Graph) -> None:
    for found, _ in hostile_traces(hostile_graph):
        drawing = as_mermaid(found)
        assert max(map(len, drawn_labels(drawing))) < 1000
        assert steering(drawing) == set()


def test_nothing_in_a_name_becomes_a_setting_of_a_drawing(hostile_graph: Graph) -> None:
    for found, _ in hostile_traces(hostile_graph):
        assert "%%{" not in as_mermaid(found)  # Mermaid takes it for settings wherever it stands, even in a comment


def test_json_gives_a_name_as_it_is_and_no_raw_control(hostile_graph: Graph, words: str) -> None:
    for found, _ in hostile_traces(hostile_graph):
        text = FORMATS["json"](found)
        again = json.loads(text)
        assert again["asked"]["label"] == words
        assert {link["mandate"]["label"] for link in again["links"]} == {f"{words} {n}" for n in range(1, 6)}
        assert [char for char in text if ord(char) < 32 and char != "\n"] == []


def test_a_name_is_read_in_full(hostile_graph: Graph, words: str) -> None:
    for found, _ in hostile_traces(hostile_graph):
        if words.isprintable():
            for form in ("text", "markdown", "html"):
                assert packed(words) in packed(read_back(form, FORMATS[form](found))), form


@pytest.mark.parametrize("words", ["__init__", "_a__b_", "  two spaces", "\n\n\n\n\nlines"])
def test_a_name_stays_as_it_is_written_in_markdown(ontology: list[ox.Quad], words: str, sample_house: House) -> None:
    for found, read in hostile_traces(hostile(ontology, words, sample_house)):
        seen = rendered(as_markdown(trace_page(found, read=read)))
        assert "em" not in seen.tags
        assert "\\" not in seen.text
        assert "**" not in seen.text


# A real browser


def test_a_browser_runs_nothing_and_complains_of_nothing(
    browser: Browser, hostile_graph: Graph, words: str, tmp_path: Path
) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    trouble: list[str] = []

    def refuse(dialog: Dialog) -> None:
        trouble.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    page.on("console", said)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", refuse)
    page.on("request", lambda request: None if request.url.startswith("file:") else trouble.append(request.url))
    for found, read in hostile_traces(hostile_graph):
        path = tmp_path / "trace.html"
        path.write_text(as_html(trace_page(found, read=read)), encoding="utf-8")
        page.goto(path.as_uri())
        for link in page.locator("a.cite").all()[:2]:
            link.click()
        assert page.locator("script, img, iframe").count() == 0
        if words.isprintable():
            assert packed(page.locator("h1").inner_text()) == packed(words)
    assert trouble == []
    context.close()
