"""A reader's own query is asked as it is meant: identifiers as we print them, only this graph, only questions."""

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cicte_graph import OpenGraph
from cicte_graph.errors import RefusedError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.own_query import DEEPEST, LONGEST, dataset_of, fault, graphs_named, has_dataset, in_order, taken
from cicte_graph.terms import CONCEPT, GRAPH, ID
from tests.conftest import SAMPLE

ELSEWHERE = "<http://127.0.0.1:1/>"  # no server listens there


@pytest.fixture(scope="module")
def graph(sample_graph: Graph) -> OpenGraph:
    """The sample, as its users ask it."""
    return OpenGraph(sample_graph)


# identifiers as our tables print them


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("id:program/2012/x", f"<{ID}program/2012/x>"),
        ("concept:unit/people", f"<{CONCEPT}unit/people>"),
        ("graph:records/2012", f"<{GRAPH}records/2012>"),
        ("id:provision/ag-res-2619-xli-o-11/4/b", f"<{ID}provision/ag-res-2619-xli-o-11/4/b>"),
        ("(id:program/2012/x)", f"(<{ID}program/2012/x>)"),
        ("id:program/2012/x.", f"<{ID}program/2012/x>."),  # the end of a triple
        ("id:program/2012/v1.2", f"<{ID}program/2012/v1.2>"),
        ("id:a/b,id:c/d;", f"<{ID}a/b>,<{ID}c/d>;"),
        ("'it' id:a/b", f"'it' <{ID}a/b>"),
        ("?low<?high id:a/b ?more>?less", f"?low<?high <{ID}a/b> ?more>?less"),
    ],
)
def test_a_printed_identifier_becomes_an_iri(printed: str, written: str) -> None:
    assert taken(f"ASK {{ {printed} }}") == f"ASK {{ {written} }}"


@pytest.mark.parametrize(
    "text",
    [
        "'id:program/2012/x'",
        '"id:program/2012/x"',
        '"a \\" id:program/2012/x"',
        "'''a 'quoted' id:program/2012/x\n'''",
        '"""a "quoted" id:program/2012/x\n"""',
        '"""a \\""" id:program/2012/x"""',
        "# id:program/2012/x",
        "<id:program/2012/x>",
        "<http://example.org/id:program/2012/x#id:a/b>",
        r"id:program\/2012\/x",  # as SPARQL has it
        r"cicte:it\'s ?x . ?y cicte:it\'s",
        "?id",
        "cicte:partOf/cicte:partOf",
        "wid:program/x",
        "my-id:program/x",
        "id:program",
    ],
)
def test_what_only_looks_like_an_identifier_stays(text: str) -> None:
    assert taken(f"ASK {{ {text}\n}}") == f"ASK {{ {text}\n}}"


def test_an_identifier_behind_a_string_or_a_comment_is_still_one() -> None:
    for before in (r'"\\"', r"'\''", '""', '""""a"""', "<#>", "# it's\n", '# "\r', r"cicte:a\#b"):
        assert taken(f"ASK {{ {before} id:a/b }}") == f"ASK {{ {before} <{ID}a/b> }}"


PIECES = st.sampled_from(
    [
        "?x",
        "'",
        '"',
        '"""',
        "'''",
        "\\",
        "#",
        "\n",
        "\r",
        "<",
        ">",
        "<a>",
        "cicte:partOf/",
        "/",
        "{",
        "}",
        ".",
        " ",
        "é",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
@example("\ufeff")
@example('"""\\')
def test_text_without_printed_identifiers_is_left_as_it_is(text: str) -> None:
    query = f"SELECT * WHERE {{ {text.replace('id:', '').replace('concept:', '').replace('graph:', '')} }}"
    if not any(prefix in query for prefix in ("id:", "concept:", "graph:")) and "service" not in query.casefold():
        assert taken(query) == query


@given(st.lists(PIECES | st.just("id:program/2012/x") | st.text(max_size=5), max_size=30).map("".join))
def test_what_was_made_of_a_query_is_made_of_itself(text: str) -> None:
    query = f"ASK {{ {text} }}"
    if "service" not in query.casefold():
        assert taken(taken(query)) == taken(query)


def test_printed_identifiers_are_asked_for(graph: OpenGraph) -> None:
    areas = graph.query("SELECT ?area WHERE { id:program/2003/web-safety cicte:partOf ?area }")
    assert areas.rows == [["id:work-area/2003/coasts"]]
    [[area]] = areas.rows
    assert len(graph.query(f"SELECT ?program WHERE {{ ?program cicte:partOf {area} }}")) == 2
    named = "SELECT ?target WHERE { ?target cicte:unit concept:unit/judges-and-prosecutors }"
    assert len(graph.query(named)) == 1
    [[text]] = graph.query("SELECT ('id:a/b' AS ?text) WHERE { }").rows
    assert text == "id:a/b"


# what is refused


@pytest.mark.parametrize(
    "text", ["", " \n", "\ufeff", "# only a comment", "PREFIX a: <http://a#> # and\nBASE <http://b>"]
)
def test_an_empty_query_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^the query is empty\. Give one that begins with SELECT"):
        taken(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a> <b> <c> }",
        "insert { ?a ?b 1 } where { ?a ?b ?c }",
        "PREFIX a: <http://a#>\nDELETE WHERE { ?a ?b ?c }",
        "# SELECT\nCLEAR ALL",
        "BASE <http://b> WITH <a> DELETE { ?a ?b ?c } WHERE { ?a ?b ?c }",
        "LOAD <http://a>",
        "DROP GRAPH <a>",
        "CREATE GRAPH <a>",
        "ADD <a> TO <b>",
        "MOVE <a> TO <b>",
        "COPY <a> TO <b>",
    ],
)
def test_an_update_is_refused(graph: OpenGraph, text: str) -> None:
    with pytest.raises(RefusedError, match=r"^updates are not possible: the graph is only read\."):
        graph.query(text)


@pytest.mark.parametrize("word", ["insert", "delete", "load", "clear", "with"])
def test_a_word_of_updates_may_be_in_a_question(word: str) -> None:
    for query in (
        f"ASK {{ ?{word} <{word}> '{word}' }} # {word}",
        f"PREFIX {word}: <http://a#> ASK {{ {word}:a ?b 1 }}",
    ):
        assert taken(query) == query


@pytest.mark.parametrize(
    "inside",
    [
        f"SERVICE {ELSEWHERE} {{ ?a ?b ?c }}",
        f"service {ELSEWHERE} {{ ?a ?b ?c }}",
        f"SERVICE SILENT {ELSEWHERE} {{ ?a ?b ?c }}",
        f"SERVICE\n# where\n{ELSEWHERE}{{ ?a ?b ?c }}",
        f"OPTIONAL {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
        f"FILTER EXISTS {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
        f"FILTER (!(NOT EXISTS {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}))",
        f"BIND (EXISTS {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }} AS ?there)",
        f"{{ ?a ?b ?c }} UNION {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
        f"?a ?b ?c MINUS {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
        f"GRAPH ?g {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }}",
        f"{{ SELECT ?a WHERE {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }} }}",
        f"{{ SELECT (COUNT(*) AS ?n) WHERE {{ OPTIONAL {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }} }} }}",
        "SERVICE ?anywhere { ?a ?b ?c }",
        "SERVICE id:program/2012/x { ?a ?b ?c }",
        "SERVICE cicte:x { ?a ?b ?c }",
        # without the blanks a reader would leave, which the engine does not need
        f"?a ?b true SERVICESILENT{ELSEWHERE}{{ ?a ?b ?c }}",
        f"?a ?b trueSERVICE {ELSEWHERE} {{ ?a ?b ?c }}",
        "SERVICEcicte:x { ?a ?b ?c }",
        # where a string or a comment only seems to be
        f'?a ?b """x\\\\""" . SERVICE {ELSEWHERE} {{ ?a ?b ?c }} # """\n',
        f"?a ?b ?c FILTER (?a<'b>') SERVICE {ELSEWHERE} {{ ?a ?b ?c }} FILTER ('c'>'d')",
        f'?a ?b ?c FILTER (?a<"b>") SERVICE {ELSEWHERE} {{ ?a ?b ?c }} FILTER ("c">"d")',
        f"?a ?b ?c FILTER (?a<?b#>'''\n) SERVICE {ELSEWHERE} {{ ?a ?b ?c }} FILTER ('''c'''>'''d''')",
        f'FILTER ("\\u0022" != ?a) SERVICE {ELSEWHERE} {{ ?a ?b ?c }} FILTER ("\\u0022" != ?a)',
        f"?a <http://example.org/#> 'it''s' . SERVICE {ELSEWHERE} {{ ?a ?b ?c }} # '",
        f"?a cicte:a\\#b ?c . SERVICE {ELSEWHERE} {{ ?a ?b ?c }}",
        f"# a comment\rSERVICE {ELSEWHERE} {{ ?a ?b ?c }}\n",
    ],
)
def test_a_query_that_asks_another_server_is_refused(graph: OpenGraph, inside: str) -> None:
    with pytest.raises(RefusedError, match=r"^SERVICE asks another server, and this graph is asked alone\."):
        graph.query(f"SELECT * WHERE {{ {inside} }}")


@pytest.mark.parametrize(
    "inside",
    [
        "?service a cicte:Program",
        "$SERVICE a cicte:Program",
        "?a rdfs:label 'SERVICE <http://127.0.0.1:1/> { }'",
        'FILTER (?b != "a \\" SERVICE <x> { }")',
        "FILTER (?b != '''it's \\''' SERVICE <x> { } ''')",
        "?a cicte:partOf <SERVICE>",
        "?a <http://example.org/SERVICE#SERVICE> ?b",
        "?a cicte:service ?b",
        "?a cicte:partOf id:program/2012/service",
        "# SERVICE <http://127.0.0.1:1/> { ?a ?b ?c }\n",
        "?a rdfs:label 'it' FILTER (?a = 'SERVICE <x> { }')",
    ],
)
def test_a_query_that_only_has_the_word_is_answered(graph: OpenGraph, inside: str) -> None:
    query = f"SELECT * WHERE {{ {inside} }}"
    assert taken(query).startswith("SELECT")
    assert len(graph.query(query)) in {0, 1, 4}


def test_a_query_that_is_too_long_or_too_deep_is_refused() -> None:
    assert taken(f"ASK {{ }} #{' ' * (LONGEST - 9)}")
    with pytest.raises(UsageError, match=r"^the query has more than 1,000,000 characters\."):
        taken(f"ASK {{ }} #{' ' * (LONGEST - 8)}")
    for opening, closing in ("{}", "()", "[]"):
        inside = (DEEPEST - 1) * opening + (DEEPEST - 1) * closing
        assert taken(f"ASK {{{inside}}}")
        with pytest.raises(UsageError, match=r"^the query has more than 2,000 brackets within brackets\."):
            taken(f"ASK {{{opening}{inside}{closing}}}")
    assert taken(f"ASK {{ ?a ?b '{'(' * 3000}' }} # {'{' * 3000}")
    assert taken(f"ASK {{ {'{ } ' * 3000} }}")


def test_a_mark_of_byte_order_is_dropped(graph: OpenGraph) -> None:
    assert taken("\ufeffASK { }") == "ASK { }"
    assert graph.query("\ufeffASK { ?any a cicte:Program }").rows == [[True]]


# the graphs a query names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SELECT * FROM <a> WHERE { }", True),
        ("SELECT * from<a> WHERE { }", True),
        ("SELECT * FROM NAMED <a> WHERE { }", True),
        ("SELECT * FROM\nNAMED<a> { }", True),
        ("SELECT * FROM # this\n<a> WHERE { }", True),
        ("ASK FROM graph:written { }", True),
        ("SELECT * WHERE { ?a ?b ?c } # FROM <a>", False),
        ("SELECT * WHERE { ?a ?b 'FROM <a>' }", False),
        ("SELECT * WHERE { ?a ?b '''\nFROM <a>\n''' }", False),
        ("SELECT * WHERE { ?from <a> ?b }", False),
        ("SELECT * WHERE { $from cicte:partOf ?b }", False),
        ("SELECT * WHERE { ?a cicte:from <b> }", False),
        ("SELECT * WHERE { ?a <http://example.org/from> <b> }", False),
        ("PREFIX from: <http://example.org/> SELECT * WHERE { ?a from:b ?c }", False),
        ("SELECT * FROMNAMED<a> WHERE { }", True),
        ("SELECT * FROM NAMED graph:a WHERE { }", True),
    ],
)
def test_a_query_names_its_graphs_or_does_not(text: str, names: bool) -> None:
    assert has_dataset(text) is names


@pytest.mark.parametrize(
    ("text", "graphs"),
    [
        ("ASK { }", []),
        ("ASK FROM <http://a> { }", ["http://a"]),
        ("ASK FROM<http://a>FROM NAMED<http://b#c> { }", ["http://a", "http://b#c"]),
        ("ASK FROM graph:written { }", [f"{GRAPH}written"]),
        ("ASK FROM <x> { }", [f"{ID}x"]),
        ("BASE <http://a/b> ASK FROM <c> { }", ["http://a/c"]),
        ("PREFIX g: <http://a#> PREFIX : <http://b#>\nASK FROM g:1 FROM NAMED :2 { }", ["http://a#1", "http://b#2"]),
        ("PREFIX graph: <http://a#> ASK FROM graph:b { }", ["http://a#b"]),  # the query's own goes before ours
        ("ASK FROM # <http://no>\n<http://a> { ?a ?b 'FROM <http://b>' } # FROM <http://c>", ["http://a"]),
        ("ASK FROM <http://\\u0061> { }", ["http://a"]),
        ("ASK FROM unknown:a { }", ["unknown:a"]),  # which is no graph of anybody's
        ("ASKFROM<http://a>{ }", ["http://a"]),  # the engine asks for no space there
        ("CONSTRUCTFROMNAMED<http://a>WHERE{ ?a ?b ?c }", ["http://a"]),
        ("SELECT * { VALUES ?x { 'a'@from <http://a> } }", []),  # a language
        ("SELECT * { ?ASKFROM <http://a> ?b }", []),
        ("PREFIX g: <http://a#> ASK FROM g:b\\-c { }", ["http://a#b-c"]),
        ("SELECT * FROM <http://a> { VALUES ?x { 'a'@from rdf:type+1 } }", ["http://a"]),
    ],
)
def test_the_graphs_a_query_names_are_known(text: str, graphs: list[str]) -> None:
    assert graphs_named(text) == graphs
    assert [iri for _, iri in dataset_of(text)] == graphs


def test_graphs_of_the_default_graph_and_those_that_are_named_are_told_apart() -> None:
    text = "SELECT * FROM graph:a FROM NAMED <http://b/FROM> from<http://c> from named graph:d { ?a ?b ?c }"
    told = [("FROM", f"{GRAPH}a"), ("FROM NAMED", "http://b/FROM"), ("FROM", "http://c"), ("FROM NAMED", f"{GRAPH}d")]
    assert dataset_of(text) == told


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT * { ?b ?a ?c }", ["b", "a", "c"]),
        ("select distinct* { ?b ?a $c }", ["b", "a", "c"]),
        ("PREFIX a: <x?c>\nSELECT REDUCED * { ?b a:x ?a . ?a ?b ?c }", ["b", "a", "c"]),
        ("# ?c\nSELECT * { ?b ?a '?c' . ?a ?b ?c }", ["b", "a", "c"]),
        ("SELECT ?c ?b ?a { { SELECT * { ?a ?b ?c } } }", ["c", "a", "b"]),  # as the engine has it
    ],
)
def test_columns_that_are_not_named_stand_in_the_order_of_the_text(text: str, columns: list[str]) -> None:
    assert in_order(text, ["c", "a", "b"]) == columns


def programs(graph: OpenGraph, dataset: str = "") -> int:
    """Count the programs of the graphs a query names."""
    query = "SELECT ?program DATASET WHERE { ?program a cicte:Program }"
    return len(graph.query(query.replace("DATASET", dataset)))


def test_a_query_is_asked_of_the_graphs_it_names_and_else_of_all(graph: OpenGraph) -> None:
    inside = "SELECT DISTINCT ?g DATASET WHERE { GRAPH ?g { id:program/2003/web-safety a cicte:Program } }"
    [[home]] = graph.query(inside.replace("DATASET", "")).rows
    assert str(home).startswith("graph:")
    assert programs(graph) == 4
    assert 1 <= programs(graph, f"FROM {home}") <= 4
    for nowhere in (f"FROM <{GRAPH}nothing>", f"FROM<{GRAPH}nothing>", f"FROM <{GRAPH}ontology>"):
        assert programs(graph, nowhere) == 0
    # named graphs are seen through GRAPH only, and no others
    assert programs(graph, f"FROM NAMED {home}") == 0
    assert graph.query(inside.replace("DATASET", f"FROM NAMED {home}")).rows == [[home]]
    assert graph.query(inside.replace("DATASET", f"FROM NAMED <{GRAPH}nothing>")).rows == []


def test_a_variable_named_from_names_no_graph(graph: OpenGraph) -> None:
    assert len(graph.query("SELECT ?from WHERE { ?from cicte:partOf <work-area/2001/borders> }")) == 2


# queries as deep as is let in


DEEP = """
import sys
from cicte_graph import open_graph
from cicte_graph.errors import CicteGraphError
graph = open_graph(sys.argv[1])
for query in (
    "SELECT (" + 1900 * "COALESCE(" + "1" + 1900 * ")" + " AS ?n) WHERE { }",
    "SELECT (1" + 20000 * "+1" + " AS ?n) WHERE { }",
    "SELECT (" + 1900 * "(" + "1" + 1900 * ")" + " AS ?n) WHERE { }",
    "SELECT * WHERE " + 1900 * "{" + " BIND (1 AS ?n) " + 1900 * "}",
):
    try:
        print(graph.query(query, time_limit=200).column("n"), flush=True)
    except CicteGraphError as error:
        print(type(error).__name__, error, flush=True)
print("alive", graph.query("ASK { }").rows)
"""


def test_a_deep_query_does_not_end_the_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DEEP, str(SAMPLE)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    first, second, *_, last = done.stdout.splitlines()
    assert (first, second, last) == ("[1]", "[20001]", "alive [[True]]")


# what the engine's parser says


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('error at 1:16: expected one of "$", "(", "*", "?"', 'error at 1:16: expected "$", "(", "*" or others'),
        ('error at 2:3: expected one of "\\"", ",", "]"', 'error at 2:3: expected "\\"", ",", "]"'),
        ("error at 3:10: expected OPTIONAL", "error at 3:10: expected OPTIONAL"),
        ("error at 1:25: expected one of FILTER, ['A' ..= 'Z' | ']'\n| ','], [_]", "error at 1:25: expected FILTER"),
        ("error at 1:6: expected [_]", "error at 1:6"),
        ('error at 1:4: expected one of "$", IF, A variable is unbound, [_]', "error at 1:4: A variable is unbound"),
        ("the engine's own words", "the engine's own words"),
        ("x" * 200, "x" * 160 + "…"),
    ],
)
def test_a_syntax_error_is_told_by_its_place_and_little_more(said: str, told: str) -> None:
    assert fault(said) == told


def test_the_engine_s_own_syntax_error_is_short(graph: OpenGraph) -> None:
    with pytest.raises(UsageError) as told:
        graph.query("SELECT distinct")
    assert str(told.value) == 'not a SPARQL query: error at 1:16: expected "$", "(", "*" or others. Mend the query.'
