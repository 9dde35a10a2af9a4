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
from cicte_graph.terms import CONCEPT, ID, PREFIXES, expand, prologue
from cicte_graph.validate import Severity, rdflib_graph

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
    "label": ["record=program/2003/web-safety", "language=es"],
    "listed-provisions": ["plan=work-plan/2001"],
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
    "texts": ["record=program/2003/harbor-protection"],
}

# what the ontology alone answers is written out for one of its lists and one of its classes
SHOWN = {"kinds-of": "cicte:PlanElement", "list-values": "concept:confidence"}

# a question that has no row on the sample: what to add to it, and the rows that makes
PLANTED = {
    "circular-part-of": (
        "id:work-area/2001/borders cicte:partOf id:program/2001/port-safety ."
        "id:organization/sample-assembly cicte:parent id:organization/sample-secretariat ."
        "id:provision/sample-res-7/5 cicte:subparagraphOf id:provision/sample-res-7/5 .",
        [
            ["id:organization/sample-assembly"],
            ["id:organization/sample-secretariat"],
            ["id:program/2001/port-safety"],
            ["id:provision/sample-res-7/5"],
            ["id:work-area/2001/borders"],
        ],
    ),
    "continuity-backwards": (
        "id:continuity/back cicte:later id:program/2001/storm-warning ;"
        "  cicte:earlier id:project/2003/harbor-protection/harbor-training ."
        "id:continuity/level cicte:later id:program/2001/storm-warning ; cicte:earlier id:program/2001/port-safety .",
        [
            [
                "id:continuity/back",
                "id:program/2001/storm-warning",
                "id:project/2003/harbor-protection/harbor-training",
            ],
            ["id:continuity/level", "id:program/2001/storm-warning", "id:program/2001/port-safety"],
        ],
    ),
    "in-both-plans": (
        "id:work-plan/2012 cicte:partner id:organization/sample-police, id:organization/wave-institute ."
        "id:program/2018-2019/a cicte:inPlan id:work-plan/2018-2019 ; cicte:partner id:organization/sample-police .",
        [["id:organization/sample-police", "Sample Police", "id:work-plan/2012", "id:program/2018-2019/a"]],
    ),
    "misplaced-properties": (
        'id:program/2001/storm-warning cicte:alpha3 "STW" . id:organization/wave-institute cicte:act "waves" .',
        [["id:organization/wave-institute", "cicte:act"], ["id:program/2001/storm-warning", "cicte:alpha3"]],
    ),
    "shared-acronyms": (
        'id:organization/wave-institute cicte:acronym "sapol"@es .',
        [
            ["id:organization/sample-police", "SAPOL", "id:organization/wave-institute"],
            ["id:organization/wave-institute", "sapol", "id:organization/sample-police"],
        ],
    ),
    "shared-symbols": (
        'id:instrument/sample-code cicte:symbol "S/RES. 7" .',
        [
            ["id:instrument/sample-code", "S/RES. 7", "id:instrument/sample-res-7"],
            ["id:instrument/sample-res-7", "S/RES. 7", "id:instrument/sample-code"],
        ],
    ),
}

# no row on the real graph: these ask for violations, and a graph with one is not built
EMPTY = {"circular-part-of", "continuity-backwards", "misplaced-properties", "shared-acronyms", "shared-symbols"}


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
    # a slash within a local name needs an escape, so identifiers are written out
    written = re.sub(r"\bid:([\w/-]+)", lambda found: f"<{expand(found[1])}>", turtle)
    planted = ox.parse(prologue() + written, format=ox.RdfFormat.TURTLE)
    graph = Graph(sample_house, Store([*sample.store, *planted]), "planted")
    assert answer(graph, name, []).rows == rows


def test_two_engines_give_the_same_rows_on_the_real_graph(
    query: Query, real_graph: Graph, plain_graph: rdflib.Graph
) -> None:
    bound = bind(real_graph, query, [f"{name}={param.example}" for name, param in query.params.items()])
    for name, param in query.params.items():
        assert bound[name].value == (ID + param.example if param.type == "record" else param.example)

    ours = real_graph.store.rows(query.sparql, **bound)
    theirs = plain_graph.query(query.sparql, initBindings={name: to_rdflib(term) for name, term in bound.items()})

    assert bool(ours) == (query.name not in EMPTY)
    assert Counter(
        tuple(comparable(to_rdflib(row[name]) if name in row else None) for name in query.returns) for row in ours
    ) == Counter(tuple(comparable(row.get(rdflib.Variable(name))) for name in query.returns) for row in theirs.bindings)


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
