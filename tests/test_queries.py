"""Every question of the library: its header, its rows on the sample, and the same rows from a second engine."""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from cicte_graph.answers import answer, bind
from cicte_graph.build import Built
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.query_library import Query, read_query
from cicte_graph.store import Store
from cicte_graph.terms import CONCEPT, ID, PREFIXES
from cicte_graph.validate import Severity, rdflib_graph
from tests.conftest import PROLOGUE

EXPECTED = Path(__file__).parent / "expected"
PATHS = sorted(open_house().queries.rglob("*.rq"))
TOPICS = {
    "continuity",
    "countries",
    "gaps",
    "mandates",
    "money",
    "network",
    "partners",
    "people",
    "programs",
    "records",
    "trace",
}

# what is asked of the sample, as on the command line; the rows are in tests/expected/<topic>-<name>.csv
ASKED = {
    "addressed-to": ["addressee=organization/sample-secretariat"],
    "answered-by": ["asked=instrument/sample-res-7"],
    "cited-not-listed": ["plan=work-plan/2003"],
    "contents": ["above=program/2003/harbor-protection"],
    "countries-served": ["plan=work-plan/2003"],
    "ended": ["plan=work-plan/2001"],
    "evidence": ["record=justification/carried-over/2003/harbor-protection/port-safety/from/2001/port-safety/res-7-4a"],
    "instruments-cited": ["plan=work-plan/2003"],
    "listed-provisions": ["plan=work-plan/2001"],
    "counted-as": ["plan=work-plan/2003", "unit=officials"],
    "passages-with": ["words=Seaports"],
    "mandated-without-money": ["plan=work-plan/2003"],
    "mentions-of": ["record=organization/sample-police"],
    "money-state": ["plan=work-plan/2003"],
    "national-partners": ["plan=work-plan/2003"],
    "new": ["plan=work-plan/2003"],
    "participations-of": ["organization=organization/sample-police"],
    "partners-by-kind": ["plan=work-plan/2003"],
    "partners-of": ["element=program/2003/harbor-protection"],
    "people-by-program": ["plan=work-plan/2003"],
    "programs": ["plan=work-plan/2003"],
    "programs-by-basis": ["plan=work-plan/2003"],
    "rests-on": ["element=activity/2001/port-safety/courses/national-courses"],
    "served-through-regions": ["country=country/BRB"],
    "shared-partners": ["plan=work-plan/2003"],
    "statements": ["record=program/2001/storm-warning"],
    "steps-up": ["element=activity/2003/harbor-protection/harbor-training/harbor-courses"],
    "targets": ["plan=work-plan/2003"],
}

# what the ontology alone answers is written out for one of its lists and one of its classes
SHOWN = {"kinds-of": "cicte:PlanElement", "list-values": "concept:confidence"}

ASSEMBLY = ["id:organization/sample-assembly", "Sample Assembly", "id:organization/sample-assembly"]
POLICE = ["id:organization/sample-police", "Sample Police", "id:organization/sample-police"]
COASTS = ("id:work-plan/2003", "id:work-area/2003/coasts")

# what the sample has no case of: what to plant in it, and the rows that makes
PLANTED = {
    "backward-periods": (
        """<work-plan/a> cicte:start "2005"^^xsd:gYear ; cicte:end "2004"^^xsd:gYear .""",
        [["id:work-plan/a", "2005", "2004"]],
    ),
    "circular-part-of": (
        """<work-area/2001/borders> cicte:partOf <program/2001/port-safety> .
        <organization/sample-assembly> cicte:parent <organization/sample-secretariat> .
        <provision/sample-res-7/5> cicte:subparagraphOf <provision/sample-res-7/5> .""",
        [
            ["id:organization/sample-assembly"],
            ["id:organization/sample-secretariat"],
            ["id:program/2001/port-safety"],
            ["id:provision/sample-res-7/5"],
            ["id:work-area/2001/borders"],
        ],
    ),
    "continuity-backwards": (
        """<continuity/back> cicte:later <program/2001/storm-warning> ; cicte:earlier <program/2003/web-safety> .
        <continuity/level> cicte:later <program/2001/storm-warning> ; cicte:earlier <program/2001/port-safety> .""",
        [
            ["id:continuity/back", "id:program/2001/storm-warning", "id:program/2003/web-safety"],
            ["id:continuity/level", "id:program/2001/storm-warning", "id:program/2001/port-safety"],
        ],
    ),
    "duties": (
        """<clause/2001/half-yearly-report> cicte:due "en mayo"@es, "in May"@en .""",
        [
            [
                "id:work-plan/2001",
                "id:clause/2001/half-yearly-report",
                "Report twice a year.",
                "id:organization/sample-assembly",
                "P6M",
                "in May",
            ]
        ],
    ),
    "in-both-plans": (
        """<work-plan/2012> cicte:partner <organization/sample-police>, <organization/wave-institute> .
        <program/2012/a> cicte:inPlan <work-plan/2012> ; cicte:partner <organization/sample-police> .
        <work-plan/2012> cicte:partner <organization/sample-assembly> .
        <program/2018-2019/b> cicte:inPlan <work-plan/2018-2019> ;
            cicte:partner <organization/sample-police>, <organization/sample-secretariat> .""",
        [
            [*ASSEMBLY, "id:work-plan/2012", "id:organization/sample-secretariat", "id:program/2018-2019/b"],
            [*POLICE, "id:program/2012/a", POLICE[0], "id:program/2018-2019/b"],
            [*POLICE, "id:work-plan/2012", POLICE[0], "id:program/2018-2019/b"],
        ],
    ),
    "mandated-without-money": (
        """<justification/c> cicte:mandate <provision/sample-res-7/4/a> ;
        cicte:basis <../concept/basis/stated> ; cicte:element <project/2003/harbor-protection/harbor-training> .
        <justification/d> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/subject> ; cicte:element <program/2003/harbor-protection> .""",
        [
            [
                "id:work-plan/2003",
                "id:project/2003/harbor-protection/harbor-training",
                "Harbor training",
                "concept:funding-status/funded-until",
                "2",
                "0",
            ]
        ],
    ),
    "misplaced-properties": (
        """<program/2001/storm-warning> cicte:alpha3 "STW" .
        <organization/wave-institute> cicte:act "waves" .""",
        [["id:organization/wave-institute", "cicte:act"], ["id:program/2001/storm-warning", "cicte:alpha3"]],
    ),
    "programs": (
        """<activity/a> a cicte:Activity ; cicte:partOf <project/2003/harbor-protection/harbor-training> .
        <project/a> a cicte:Project ; cicte:partOf <program/2003/web-safety> .""",
        [
            [*COASTS, "1", "id:program/2003/harbor-protection", "Harbor Protection", "1", "2", "1"],
            [*COASTS, "2", "id:program/2003/web-safety", "Web Safety", "1", "0", "0"],
        ],
    ),
    "programs-without-specific-mandate": (
        """<justification/a> cicte:element <activity/a> ; cicte:basis <../concept/basis/subject> .
        <activity/a> cicte:partOf <project/a> . <project/a> cicte:partOf <program/2003/web-safety> .""",
        [["id:program/2001/storm-warning", "Storm Warning", "id:work-plan/2001"]],
    ),
    "shared-acronyms": (
        """<organization/wave-institute> cicte:acronym "sapol"@es .""",
        [
            ["id:organization/sample-police", "SAPOL", "id:organization/wave-institute"],
            ["id:organization/wave-institute", "sapol", "id:organization/sample-police"],
        ],
    ),
    "shared-symbols": (
        """<instrument/sample-code> cicte:symbol "S/RES. 7" .""",
        [
            ["id:instrument/sample-code", "S/RES. 7", "id:instrument/sample-res-7"],
            ["id:instrument/sample-res-7", "S/RES. 7", "id:instrument/sample-code"],
        ],
    ),
}

# what is near a question and none of its answers: planted in the sample, it changes no row
BESIDE = {
    "answered-by": """<justification/a> cicte:mandate <instrument/sample-code> ;
        cicte:element <program/2003/web-safety> ; cicte:basis <../concept/basis/area> ;
        cicte:status <../concept/status/curated> ; cicte:confidence <../concept/confidence/high> .""",
    "cited-not-listed": """<program/2003/web-safety> cicte:cites <instrument/sample-res-7> .
        <program/2001/port-safety> cicte:cites <instrument/sample-code> .""",
    "contents": """<clause/a> a cicte:Clause ; rdfs:label "A"@en ; cicte:partOf <program/2003/harbor-protection> .""",
    "countries-served": "<program/2001/port-safety> cicte:beneficiary <country/BRB> .",
    "duties": "<clause/2003/mandates-in-effect> cicte:recipient <organization/sample-assembly> .",
    "instruments-cited": "<program/2001/port-safety> cicte:cites <instrument/sample-code> .",
    "listed-provisions": """<provision/a> cicte:provisionOf <instrument/sample-code> ; rdfs:label "A"@en ;
        cicte:act <../concept/act/urges> ; cicte:concernsSecretariat true ; cicte:gist "A"@en .""",
    "mandated-without-money": """<justification/a> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/area> ; cicte:element <project/2003/harbor-protection/harbor-training> .
        <justification/b> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/subject> ; cicte:element <program/2003/web-safety> .""",
    "money-state": "<project/2001/port-safety/courses> cicte:fundingStatus <../concept/funding-status/unfunded> .",
    "national-partners": """<organization/wave-institute> cicte:country <country/BRB> .
        <program/2003/web-safety> cicte:partner <organization/coast-guard-of-barbados> .
        <program/2001/port-safety> cicte:partner <organization/a> .
        <organization/a> cicte:country <country/BRB> ; rdfs:label "A"@en ;
        cicte:kind <../concept/organization-kind/ministry> .""",
    "people-by-program": """<outcome/2003/harbor-protection/harbor-training/officials-trained> cicte:target <target/a> .
        <target/a> cicte:unit <../concept/unit/courses> ; cicte:quantity 9 .
        <activity/2001/port-safety/courses/national-courses> cicte:target <target/b> .
        <target/b> cicte:unit <../concept/unit/officials> ; cicte:quantity 7 .""",
    "programs-by-basis": """<justification/a> cicte:mandate <provision/sample-res-7/4> ;
        cicte:basis <../concept/basis/carried-over> ;
        cicte:element <activity/2003/harbor-protection/harbor-training/harbor-courses> .""",
    "programs-without-specific-mandate": """<justification/a> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/general> ; cicte:element <program/2001/storm-warning> .""",
    "shared-partners": """<program/2003/web-safety> cicte:partner <organization/sample-assembly> .
        <project/2003/harbor-protection/harbor-training> cicte:partner <organization/sample-police> .""",
    "unanswered-provisions": """<justification/a> cicte:mandate <provision/sample-res-7/5> ;
        cicte:basis <../concept/basis/general> .
        <instrument/sample-code> cicte:concernsSecretariat true .""",
}

# no row on the real graph: these ask for violations, and a graph with one is not built
EMPTY = {
    "backward-periods",
    "circular-part-of",
    "continuity-backwards",
    "misplaced-properties",
    "shared-acronyms",
    "shared-symbols",
}


@pytest.fixture(params=PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def query(request: pytest.FixtureRequest) -> Query:
    path: Path = request.param
    return read_query(path)


@pytest.fixture(scope="module")
def plain_graph(real: Built) -> rdflib.Graph:
    """The real graph for the second engine."""
    return rdflib_graph(real.store)


def test_topics_are_a_closed_list(real_house: House) -> None:
    assert {path.name for path in real_house.queries.iterdir()} == TOPICS
    assert {path.relative_to(real_house.queries).parts[0] for path in PATHS} == TOPICS


def test_no_two_questions_share_a_name() -> None:
    assert [name for name, times in Counter(path.stem for path in PATHS).items() if times > 1] == []


def test_every_question_and_no_other_has_rows_written_out() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"{path.parent.name}-{path.stem}.csv" for path in PATHS}
    assert {path.stem for path in PATHS if read_query(path).params} == ASKED.keys()


def test_header_says_all_a_reader_needs(query: Query) -> None:
    assert query.question.endswith("?")
    assert all(text.strip() for text in (query.title, query.why, *query.returns.values()))
    assert all(param.means and param.example for param in query.params.values())
    assert all(param.of for param in query.params.values() if param.type == "concept")


def test_only_gaps_say_how_bad_and_how_to_mend(query: Query) -> None:
    if query.topic == "gaps":
        assert query.fix
        assert Severity(query.severity)
    else:
        assert (query.fix, query.severity) == ("", "")


def test_header_returns_what_the_query_selects(query: Query) -> None:
    selected = [str(variable) for variable in prepareQuery(query.sparql).algebra["PV"]]
    assert list(query.returns) == selected
    assert query.params.keys() <= set(selected)


def test_query_declares_its_prefixes(query: Query) -> None:
    ox.Store().query(query.sparql)  # refuses a prefix that is not declared; rdflib knows some by itself
    for prefix, base in re.findall(r"^PREFIX (\S*): <(\S+)>", query.sparql, flags=re.MULTILINE):
        assert base == PREFIXES.get(prefix, f"{CONCEPT}{prefix}/")


def test_sample_gives_the_rows_written_out(query: Query, sample_graph: Graph) -> None:
    with (EXPECTED / f"{query.topic}-{query.name}.csv").open(newline="", encoding="utf-8") as file:
        columns, *rows = csv.reader(file)
    found = answer(sample_graph, query.name, ASKED.get(query.name, []))
    shown = SHOWN.get(query.name)
    assert found.columns == columns
    assert [row for row in found.rows if shown in (None, row[0])] == rows
    assert rows or query.name in PLANTED


@pytest.mark.parametrize("name", PLANTED)
def test_what_the_sample_lacks_is_found_once_planted(name: str, sample: Built, sample_house: House) -> None:
    turtle, rows = PLANTED[name]
    assert answer(planted(sample, sample_house, turtle), name, ASKED.get(name, [])).rows == rows


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_beside_the_question_changes_no_row(
    name: str, sample: Built, sample_house: House, sample_graph: Graph
) -> None:
    assigned = ASKED.get(name, [])
    graph = planted(sample, sample_house, BESIDE[name])
    assert answer(graph, name, assigned) == answer(sample_graph, name, assigned)


def test_two_engines_give_the_same_rows_on_the_real_graph(
    query: Query, real_graph: Graph, plain_graph: rdflib.Graph
) -> None:
    bound = bind(real_graph, query, [f"{name}={param.example}" for name, param in query.params.items()])
    start = {"record": ID, "concept": CONCEPT, "string": ""}
    for name, param in query.params.items():
        scheme = f"{param.of}/" if param.type == "concept" else ""
        assert bound[name].value == f"{start[param.type]}{scheme}{param.example}"

    ours = real_graph.store.rows(query.sparql, **bound)
    theirs = plain_graph.query(query.sparql, initBindings={name: to_rdflib(term) for name, term in bound.items()})

    assert bool(ours) == (query.name not in EMPTY)
    assert Counter(
        tuple(comparable(to_rdflib(row[name]) if name in row else None) for name in query.returns) for row in ours
    ) == Counter(tuple(comparable(row.get(rdflib.Variable(name))) for name in query.returns) for row in theirs.bindings)


def planted(sample: Built, house: House, turtle: str) -> Graph:
    """Add to the sample what a few lines of Turtle say; identifiers are relative to those of records."""
    quads = ox.parse(PROLOGUE + turtle, format=ox.RdfFormat.TURTLE, base_iri=ID)
    return Graph(house, Store([*sample.store, *quads]), "planted")


def to_rdflib(term: ox.NamedNode | ox.Literal) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    datatype = None if term.language or term.datatype.value == str(rdflib.XSD.string) else term.datatype.value
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype)


def comparable(term: object) -> object:
    """Reduce a term to what two engines must agree on: numbers by value, all else to the letter."""
    if not isinstance(term, rdflib.Literal):
        return term
    if term.datatype in (rdflib.XSD.integer, rdflib.XSD.decimal):
        return Decimal(str(term))
    return str(term), term.language, term.datatype or rdflib.XSD.string
