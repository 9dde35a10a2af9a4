"""After some quads have come or gone, conclusions that are mended are those of a whole run."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cicte_graph.build import Built
from cicte_graph.derive import DERIVED, derive
from cicte_graph.errors import UsageError
from cicte_graph.house import House, open_house
from cicte_graph.load import load
from cicte_graph.rederive import rederive
from cicte_graph.store import Store
from cicte_graph.terms import CICTE, CONCEPT, GRAPH, ID
from tests.conftest import SAMPLE

HOUSE = open_house(SAMPLE)
RULES = HOUSE.ontology / "rules"
STATED = load(HOUSE).quads
MADE = ox.NamedNode(f"{GRAPH}made")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
STEPS = ("partOf", "subparagraphOf")  # what may go in a circle while a file is being edited


def names(*kinds: str) -> st.SearchStrategy[ox.NamedNode]:
    """Draw a record of the sample by the first part of its identifier."""
    found = {quad.subject for quad in STATED if str(quad.subject).startswith(tuple(f"<{ID}{kind}/" for kind in kinds))}
    return st.sampled_from(sorted((one for one in found if isinstance(one, ox.NamedNode)), key=str))


def said(subject: ox.NamedNode, name: str, value: ox.NamedNode) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(f"{CICTE}{name}"), value, MADE)


ELEMENTS = names("work-plan", "work-area", "program", "project", "activity")
MANDATES = names("provision", "instrument")
NUMBERS = st.integers(1, 3).map(str)


def concepts(scheme: str, *keys: str) -> st.SearchStrategy[ox.NamedNode]:
    return st.sampled_from([ox.NamedNode(f"{CONCEPT}{scheme}/{key}") for key in keys])


@st.composite
def justifications(draw: st.DrawFn) -> list[ox.Quad]:
    one = ox.NamedNode(f"{ID}justification/made/{draw(NUMBERS)}")
    return [
        ox.Quad(one, TYPE, ox.NamedNode(f"{CICTE}Justification"), MADE),
        said(one, "element", draw(ELEMENTS)),
        said(one, "mandate", draw(MANDATES)),
        said(one, "basis", draw(concepts("basis", "subject", "area", "carried-over"))),
        said(one, "confidence", draw(concepts("confidence", "high", "medium", "low"))),
        said(one, "evidence", draw(names("evidence"))),
    ]


@st.composite
def participations(draw: st.DrawFn) -> list[ox.Quad]:
    one = ox.NamedNode(f"{ID}participation/made/{draw(NUMBERS)}")
    return [
        ox.Quad(one, TYPE, ox.NamedNode(f"{CICTE}Participation"), MADE),
        said(one, "element", draw(ELEMENTS)),
        said(one, "organization", draw(names("organization"))),
    ]


@st.composite
def continuities(draw: st.DrawFn) -> list[ox.Quad]:
    one = ox.NamedNode(f"{ID}continuity/made/{draw(NUMBERS)}")
    return [
        ox.Quad(one, TYPE, ox.NamedNode(f"{CICTE}Continuity"), MADE),
        said(one, "later", draw(ELEMENTS)),
        said(one, "earlier", draw(ELEMENTS)),
        said(one, "continuityKind", draw(concepts("continuity-kind", "continues", "split", "absorbed"))),
        said(one, "confidence", draw(concepts("confidence", "high", "low"))),
    ]


@st.composite
def links(draw: st.DrawFn) -> list[ox.Quad]:
    """Draw one link between any two records, conclusions' own properties and circles among them."""
    name = draw(st.sampled_from([*STEPS, "provisionOf", "inPlan", "partner", "mandatedBy"]))
    within = names("provision", "instrument") if name in ("subparagraphOf", "provisionOf") else ELEMENTS
    return [said(draw(within), name, draw(within))]


@st.composite
def records_that_go(draw: st.DrawFn) -> list[ox.Quad]:
    """Draw all that is said of a record, or one thing of it."""
    one = draw(st.sampled_from(sorted({str(quad.subject) for quad in STATED if f"<{ID}" in str(quad.subject)})))
    about = sorted((quad for quad in STATED if str(quad.subject) == one), key=str)
    return about if draw(st.booleans()) else [draw(st.sampled_from(about))]


def joined(some: list[list[ox.Quad]]) -> list[ox.Quad]:
    return [quad for quads in some for quad in quads]


GOES = st.lists(records_that_go() | justifications() | links(), max_size=3).map(joined)
COMES = st.lists(justifications() | participations() | continuities() | links(), max_size=3).map(joined)


def whole(stated: set[ox.Quad]) -> set[ox.Quad]:
    store = Store(stated)
    derive(store, RULES)
    return set(store)


@settings(max_examples=30, deadline=None)
@given(edits=st.lists(st.tuples(GOES, COMES), min_size=1, max_size=3))
def test_mended_conclusions_are_those_of_a_whole_run(edits: list[tuple[list[ox.Quad], list[ox.Quad]]]) -> None:
    stated = set(STATED)
    store = Store(whole(stated))
    for goes, comes in edits:
        before = {quad for quad in store if quad.graph_name == DERIVED}
        lost, won = rederive(store, RULES, goes, comes)
        stated = (stated - set(goes)) | set(comes)
        after = whole(stated)
        assert set(store) == after
        assert before - after == lost
        assert after - stated - before == won


def test_a_justification_that_goes_takes_along_what_was_carried_over_from_it(sample: Built) -> None:
    link = ox.NamedNode(f"{ID}justification/2001/port-safety/res-7-4a")
    store = Store(sample.store)
    goes = [quad for quad in store.matching(link, None, None) if quad.graph_name != DERIVED]
    lost, won = rederive(store, RULES, goes, [])
    carried = f"{ID}justification/carried-over/2003/harbor-protection/port-safety/from/2001/port-safety/res-7-4a"
    mandates = {quad.subject for quad in lost if quad.predicate.value == f"{CICTE}mandatedBy"}
    assert won == set()
    assert {quad.subject for quad in lost} - mandates == {ox.NamedNode(carried)}
    assert mandates == {ox.NamedNode(f"{ID}program/{name}") for name in ("2001/port-safety", "2003/harbor-protection")}
    assert rederive(store, RULES, [], goes) == (set(), lost)
    assert set(store) == set(sample.store)


def test_an_element_in_a_circle_is_in_no_plan_once_the_circle_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "in-plan.rq").write_text(
        "PREFIX cicte: <https://w3id.org/cicte-graph/ontology#>\n"
        "CONSTRUCT { ?element cicte:inPlan ?plan } WHERE { { ?element cicte:partOf ?plan . ?plan a cicte:WorkPlan } "
        "UNION { ?element cicte:partOf ?above . ?above cicte:inPlan ?plan } }",
        encoding="utf-8",
    )
    one, other, plan = (ox.NamedNode(f"{ID}{key}") for key in ("program/a", "program/b", "work-plan/c"))
    held = said(one, "partOf", plan)
    store = Store([ox.Quad(plan, TYPE, ox.NamedNode(f"{CICTE}WorkPlan"), MADE), held])
    store.extend([said(one, "partOf", other), said(other, "partOf", one)])
    assert derive(store, tmp_path) == 2
    lost, won = rederive(store, tmp_path, [held], [])
    assert {quad.subject for quad in lost} == {one, other}
    assert won == set()


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("CONSTRUCT { ?a cicte:x ?b } WHERE { ?a cicte:y ?b OPTIONAL { ?b cicte:z ?c } }", "LeftJoin"),
        ("CONSTRUCT { ?a cicte:x ?b } WHERE { ?a cicte:y ?b MINUS { ?b cicte:z ?c } }", "Minus"),
        ("CONSTRUCT { ?a cicte:x ?b } WHERE { ?a cicte:y ?b FILTER NOT EXISTS { ?b cicte:z ?c } }", "what exists"),
        ("CONSTRUCT { ?a cicte:x ?b } WHERE { ?a ?any ?b }", "the property ?any"),
        ("CONSTRUCT { ?a cicte:x ?b } WHERE { ?a cicte:y|cicte:z ?b }", "the property"),
        ("CONSTRUCT { ?a cicte:x ?b } WHERE { ?a cicte:y ?c . ?b cicte:y ?d }", "share no variable"),
        ("CONSTRUCT { ?a cicte:x ?b . ?b cicte:x ?a } WHERE { ?a cicte:y ?b }", "more than one variable"),
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?a cicte:y ?b ; cicte:z ?c }", "a property that varies"),
        ("CONSTRUCT { ?k cicte:x ?a } WHERE { ?a cicte:y ?b BIND(IRI(CONCAT(STR(?a), STR(?b))) AS ?k) }", "makes ?k"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_by_name(tmp_path: Path, rule: str, complaint: str) -> None:
    (tmp_path / "wide.rq").write_text(f"PREFIX cicte: <{CICTE}>\n{rule}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"^wide\.rq: ") as refused:
        rederive(Store(), tmp_path, [], [])
    assert complaint in str(refused.value)


def test_a_conclusion_is_not_edited(sample_house: House) -> None:
    made = ox.Quad(ox.NamedNode(f"{ID}a"), TYPE, ox.NamedNode(f"{CICTE}Program"), DERIVED)
    with pytest.raises(UsageError, match="is not edited"):
        rederive(Store(), sample_house.ontology / "rules", [made], [])
