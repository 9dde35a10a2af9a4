"""The page on the ontology: every term, all that is said of it, true examples, and a way to find it."""

import re
import shutil
from html import escape, unescape
from pathlib import Path

import pytest
import rdflib
from playwright.sync_api import Browser
from rdflib import OWL, RDF, RDFS, SDO, SKOS, Literal, URIRef
from rdflib.term import Node

from cicte_graph.build import Built
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.here import page_of
from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.terms import BASE, CICTE, CONCEPT, ID
from cicte_graph.vocabulary import named_in, vocabulary_of
from tests.exploring import NARROW, ORIGIN, WIDE, Markup, dead_links, visit
from tests.oracle import rdflib_graph

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.ConceptScheme, SKOS.Concept)
TIES = (
    *(RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDFS.seeAlso, OWL.disjointWith),
    *(SDO.domainIncludes, SDO.rangeIncludes, SKOS.closeMatch, SKOS.exactMatch, SKOS.broader),
)


@pytest.fixture(scope="module")
def plain(real_house: House) -> rdflib.Graph:
    """The ontology's files, read by a tool that is not ours."""
    graph = rdflib.Graph()
    for path in sorted(real_house.ontology.glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def terms(plain: rdflib.Graph) -> set[Node]:
    """Every term there is."""
    return {term for kind in KINDS for term in plain.subjects(RDF.type, kind)}


@pytest.fixture(scope="module")
def entries(explorer: Explorer) -> dict[str, dict[str, str]]:
    """What the page says of each term, by its anchor, in each language; of a list without its values."""
    return {language: parted(explorer.file(address).content.decode()) for language, address in ADDRESSES.items()}


ADDRESSES = {"en": "ontology.html", "es": "es/ontology.html"}


def parted(page: str) -> dict[str, str]:
    found = re.split(r'<section class="term[a-z ]*" id="([^"]+)">', page)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def anchor(term: Node) -> str:
    return page_of(str(term)).partition("#")[2]


# what the page says


@pytest.mark.parametrize("language", ADDRESSES)
def test_every_term_stands_at_the_place_its_identifier_leads_to(
    entries: dict[str, dict[str, str]], terms: set[Node], language: str
) -> None:
    assert len(terms) > 250
    assert set(entries[language]) == {anchor(term) for term in terms}


@pytest.mark.parametrize("language", ADDRESSES)
def test_a_term_is_told_with_every_name_its_meaning_and_what_it_is_tied_to(
    entries: dict[str, dict[str, str]], plain: rdflib.Graph, terms: set[Node], language: str
) -> None:
    for term in terms:
        told = entries[language][anchor(term)]
        for name in plain.objects(term, RDFS.label):
            assert f">{escape(str(name))}<" in told, term
        [meaning] = [
            one for one in plain.objects(term, SKOS.definition) if isinstance(one, Literal) and one.language == language
        ]
        assert escape(str(meaning), quote=False) in told.replace("&#39;", "'").replace("&#34;", '"'), term
        links = set(map(unescape, Markup(told.encode()).values("href")))
        for tied in (one for tie in TIES for one in plain.objects(term, tie)):
            way = f"#{anchor(tied)}" if str(tied).startswith((CICTE, CONCEPT)) else str(tied)
            assert way in links, f"{term} is tied to {tied}"


def test_a_note_leads_to_the_terms_it_names_and_keeps_its_words(
    entries: dict[str, dict[str, str]], plain: rdflib.Graph
) -> None:
    note = plain.value(URIRef(f"{CICTE}Activity"), SKOS.scopeNote)
    told = entries["en"]["Activity"]
    [shown] = re.findall(r'<p class="quiet">(.*?)</p>', told)
    assert unescape(re.sub("<[^>]+>", "", shown)) == str(note)
    assert '<a href="#Outcome"><code>cicte:Outcome</code></a>' in shown
    assert '<p class="quiet" lang="en">' in entries["es"]["Activity"]


def test_a_class_tells_its_properties_and_a_property_its_classes(entries: dict[str, dict[str, str]]) -> None:
    assert '<a href="#quantity">quantity</a>' in entries["en"]["Target"]
    assert '<a href="#Target">Target</a>' in entries["en"]["quantity"]
    assert '<a href="#Target">Target</a>' in entries["en"]["target"]


# examples


def test_examples_of_a_class_and_of_a_value_are_records_that_have_it(
    entries: dict[str, dict[str, str]], real: Built, plain: rdflib.Graph
) -> None:
    data = rdflib_graph(real.store)
    for term in {*plain.subjects(RDF.type, OWL.Class), *plain.subjects(RDF.type, SKOS.Concept)}:
        number, shown = examples(entries["en"][anchor(term)])
        kinds = set(plain.transitive_subjects(RDFS.subClassOf, term))
        having = {
            str(record)
            for kind in kinds
            for record in data.subjects(None, kind)
            if isinstance(record, URIRef) and str(record).startswith(ID)
        }
        assert number == len(having), term
        assert len(shown) == min(len(having), 3), term
        assert {record for example in shown for record in example} <= having, term


def test_examples_of_a_property_are_statements_that_stand_in_the_graph(
    entries: dict[str, dict[str, str]], real: Built, plain: rdflib.Graph
) -> None:
    data = rdflib_graph(real.store)
    for term in {*plain.subjects(RDF.type, OWL.ObjectProperty), *plain.subjects(RDF.type, OWL.DatatypeProperty)}:
        number, shown = examples(entries["en"][anchor(term)])
        statements = [one for one in data.subject_objects(term) if str(one[0]).startswith(ID)]
        said = {(str(record), str(value)) for record, value in statements}
        assert number == len(statements), term
        for record, *values in shown:
            assert record in {one for one, _ in said}, term
            if values:
                assert (record, values[0]) in said, term


def examples(told: str) -> tuple[int, list[list[str]]]:
    """Read how often a term is used, and the records and values that each example leads to."""
    found = re.search(r"<dt>(\d[\d,]*) uses?</dt><dd>(.*?)</dd>", told, re.DOTALL)
    if found is None:
        return 0, []
    shown = [Markup(part.encode()).values("href") for part in re.findall(r"<p>(.*?)</p>", found[2], re.DOTALL)]
    return int(found[1].replace(",", "")), [[identifier(way) for way in ways] for ways in shown]


def identifier(way: str) -> str:
    """Give the IRI that a way on the page stands for."""
    way = unescape(way)
    if way.startswith("#concept/"):
        return BASE + way.removeprefix("#")
    if way.startswith("#"):
        return CICTE + way.removeprefix("#")
    return BASE + way.removesuffix(".html") if way.startswith("id/") else way


# questions


@pytest.mark.parametrize(
    ("term", "questions"),
    [
        ("frequency", ["duties"]),
        ("alpha3", ["names"]),
        ("consulted", []),
        ("concept/funding-status/funded-until", ["waited-for-money"]),
    ],
)
def test_a_term_leads_to_the_questions_that_ask_for_it(
    entries: dict[str, dict[str, str]], real_house: House, term: str, questions: list[str]
) -> None:
    short = term.rpartition("/")[2]
    asking = [path.stem for path in sorted(real_house.queries.rglob("*.rq")) if mentions(path, short)]
    ways = Markup(entries["en"][term].encode()).values("href")
    led = [way.removeprefix("question/").removesuffix(".html") for way in ways if way.startswith("question/")]
    assert led == asking
    assert set(questions) <= set(led)


def mentions(path: Path, short: str) -> bool:
    """Tell whether a query names a term, read by eye: as a prefixed name outside its comments."""
    code = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return re.search(rf"[a-z-]+:{short}(?![\w-])", code) is not None


def test_a_query_names_terms_by_prefix_or_whole_and_comments_and_texts_name_none() -> None:
    query = """# cicte:Program
PREFIX cicte: <https://w3id.org/cicte-graph/ontology#>
PREFIX basis: <https://w3id.org/cicte-graph/concept/basis/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT * { ?a cicte:partOf+/cicte:mandate ?b ; cicte:basis basis:carried-over ; rdfs:label "cicte:Target" .
  ?b a <https://w3id.org/cicte-graph/ontology#Provision> }"""
    assert named_in(query) == {
        *(f"{CICTE}{name}" for name in ("partOf", "mandate", "basis", "Provision")),
        f"{CONCEPT}basis/carried-over",
    }


# as data


@pytest.mark.parametrize(("ending", "form"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("nt", "nt")])
def test_the_ontology_as_data_says_what_its_files_say(
    explorer: Explorer, plain: rdflib.Graph, ending: str, form: str
) -> None:
    read = rdflib.Graph().parse(data=explorer.file(f"ontology.{ending}").content, format=form)
    assert set(read) == set(plain)


def test_terms_keep_the_order_of_the_files(real_graph: Graph) -> None:
    terms = vocabulary_of(real_graph)
    assert [one.iri.removeprefix(CICTE) for one in terms.classes[:4]] == [
        *("WorkPlan", "PlanElement", "WorkArea", "Program")
    ]
    assert [one.iri.removeprefix(CONCEPT) for one in terms.lists[:3]] == ["basis", "status", "plan-status"]
    values = [one.iri.rpartition("/")[2] for one in terms.values[f"{CONCEPT}confidence"]]
    assert values == ["high", "medium", "low"]


# in a browser


def test_markup_in_a_text_stays_text(sample_graph: Graph, sample_house: House, tmp_path: Path) -> None:
    ontology = tmp_path / "ontology"
    shutil.copytree(sample_house.ontology, ontology)
    hostile = "<img src=x onerror=alert(1)>"
    path = ontology / "cicte.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("One action the plan sets out", hostile), "utf-8")
    house = House(ontology, sample_house.data, sample_house.shapes, sample_house.queries)
    page = Explorer(Graph(house, sample_graph.store, sample_graph.version)).file("ontology.html").content.decode()
    assert hostile not in page
    assert escape(hostile) in page


@pytest.mark.parametrize("address", ADDRESSES.values())
def test_every_way_on_the_page_leads_somewhere_and_no_place_is_there_twice(explorer: Explorer, address: str) -> None:
    assert dead_links(explorer, address) == []
    places = Markup(explorer.file(address).content).values("id")
    assert len(places) == len(set(places))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("address", ADDRESSES.values())
def test_the_page_opens_without_trouble(
    browser: Browser, explorer: Explorer, address: str, size: tuple[int, int], scheme: str
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    with visit(browser, explorer, address, viewport=viewport, color_scheme=scheme) as opened:
        assert opened.overflow <= 0
        opened.page.locator("#term").fill("confidence")  # a class, a property and a list: all terms take axe long
        assert opened.page.locator(".term:visible").count() > 5
        assert opened.violations == []
        assert opened.trouble == []


def test_axe_finds_nothing_against_all_terms_together(browser: Browser, explorer: Explorer) -> None:
    with visit(browser, explorer, "ontology.html") as opened:
        assert opened.violations == []


def test_terms_are_found_by_words_of_their_name_key_or_meaning(browser: Browser, explorer: Explorer) -> None:
    with visit(browser, explorer, "ontology.html") as opened:
        page = opened.page
        field = page.get_by_label("Find a term")
        field.fill("carrying on")
        shown = page.locator(".term:visible")
        assert shown.count() == 0
        field.fill("CONCEPT:BASIS/CARRIED-OVER")
        assert page.locator("#term-found").inner_text().startswith("1 of ")
        assert page.locator(".term.value:visible").evaluate_all("all => all.map(one => one.id)") == [
            "concept/basis/carried-over"
        ]
        assert page.locator(".contents li:visible").all_inner_texts() == ["Basis"]
        field.fill("")
        assert shown.count() > 250
        assert opened.trouble == []


def test_accents_need_not_be_typed(browser: Browser, explorer: Explorer) -> None:
    with visit(browser, explorer, "es/ontology.html") as opened:
        opened.page.locator("#term").fill("clausula peldano")
        assert opened.page.locator(".term:visible").count() == 0
        opened.page.locator("#term").fill("peldano")
        assert "PlanElement" in opened.page.locator(".term:visible").evaluate_all("all => all.map(one => one.id)")


def test_a_way_to_a_term_that_is_not_among_those_found_shows_it(browser: Browser, explorer: Explorer) -> None:
    with visit(browser, explorer, "ontology.html") as opened:
        opened.page.locator("#term").fill("cicte:Target ")
        assert not opened.page.locator("#Program").is_visible()
        opened.page.evaluate("location.hash = 'Program'")
        opened.page.locator("#Program").wait_for(state="visible")
        assert opened.page.locator("#term").input_value() == ""


def test_the_identifier_of_a_value_leads_to_its_place(browser: Browser, explorer: Explorer) -> None:
    with visit(browser, explorer, "ontology.html#concept/basis/stated") as opened:
        assert opened.page.url == f"{ORIGIN}ontology.html#concept/basis/stated"
        top = opened.page.locator("[id='concept/basis/stated']").bounding_box()
        assert top is not None
        assert 0 <= top["y"] < WIDE[1]


def test_on_a_phone_the_contents_are_closed_until_opened(browser: Browser, explorer: Explorer) -> None:
    narrow = {"width": NARROW[0], "height": NARROW[1]}
    with visit(browser, explorer, "ontology.html", viewport=narrow) as opened:
        assert opened.page.locator(".contents li:visible").count() == 0
        opened.page.get_by_text("Closed lists").first.click()
        assert opened.page.locator(".contents li:visible").count() == 13
