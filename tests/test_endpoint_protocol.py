"""The endpoint speaks the SPARQL 1.1 Protocol: requests as the W3C's tests send them, and any others."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import httpx
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from cicte_graph.endpoint.formats import TABLES, TRIPLES, accepted
from cicte_graph.endpoint.protocol import LARGEST, Operation, check_head, read
from cicte_graph.errors import RequestError
from tests.served_endpoint import served

DATA = [f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in range(4)]
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
CONTENT = "".join(f"<{name}> <{A}> <{DOCUMENT}> <{name}> .\n" for name in DATA).encode()  # each in a graph of its name

PATH = "/sparql"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An endpoint whose named graphs are those of the W3C's tests."""
    with served(CONTENT) as (address, _):
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the endpoint."""
    with httpx.Client(base_url=address.removesuffix(PATH), timeout=20) as client:
        yield client


# the W3C's tests: https://github.com/w3c/rdf-tests/blob/main/sparql/sparql11/protocol/manifest.ttl

Row = tuple[str, str, list[tuple[str, str]], str, bytes | None, int, str]  # the last: what the answer is
DOCUMENTS = "<{1}> a ?type . <{2}> a ?type"
NAMED = "GRAPH ?g1 {{ <{1}> a ?type }} GRAPH ?g2 {{ <{2}> a ?type }}"
ZERO = [("default-graph-uri", DATA[0])]
BOTH = [("default-graph-uri", DATA[1]), ("default-graph-uri", DATA[2])]
APART = [("named-graph-uri", DATA[1]), ("named-graph-uri", DATA[2])]


def asking(pattern: str) -> str:
    return f"ASK {{ {pattern.format(*DATA)} }}"


W3C: list[Row] = [
    ("query_get", "GET", [("query", "ASK {}"), *ZERO], "", None, 200, "true"),
    ("query_post_form", "POST", ZERO, FORM, b"query=ASK%20%7B%7D", 200, "true"),
    ("query_post_direct", "POST", [], QUERY, b"ASK {}", 200, "true"),
    ("query_dataset_default_graphs_get", "GET", [("query", asking(DOCUMENTS)), *BOTH], "", None, 200, "true"),
    ("query_dataset_default_graphs_post", "POST", BOTH, QUERY, asking(DOCUMENTS).encode(), 200, "true"),
    ("query_dataset_named_graphs_get", "GET", [("query", asking(NAMED)), *APART], "", None, 200, "true"),
    ("query_dataset_named_graphs_post", "POST", APART, QUERY, asking(NAMED).encode(), 200, "true"),
    (
        "query_dataset_full",
        "POST",
        [("default-graph-uri", DATA[3]), *APART],
        QUERY,
        asking("<{3}> a ?type " + NAMED).encode(),
        200,
        "true",
    ),
    (
        "query_multiple_dataset",
        "POST",
        APART,
        QUERY,
        asking(NAMED).replace("ASK", f"ASK FROM <{DATA[3]}>").encode(),
        200,
        "true",
    ),
    ("query_content_type_select", "POST", ZERO, QUERY, b"SELECT (1 AS ?value) {}", 200, "table"),
    ("query_content_type_ask", "POST", ZERO, QUERY, b"ASK {}", 200, "boolean"),
    ("query_content_type_describe", "POST", ZERO, QUERY, b"DESCRIBE <http://example.org/>", 200, "RDF"),
    ("query_content_type_construct", "POST", ZERO, QUERY, b"CONSTRUCT { <s> <p> 1 } WHERE {}", 200, "RDF"),
    ("bad_query_method", "PUT", [("query", "ASK {}"), *ZERO], FORM, None, 405, "PUT"),
    ("bad_multiple_queries", "GET", [("query", "ASK {}"), ("query", "SELECT * {}")], "", None, 400, "2 queries"),
    ("bad_query_wrong_media_type", "POST", [], "text/plain", b"ASK {}", 415, "text/plain"),
    ("bad_query_missing_form_type", "POST", [], "", b"query=ASK%20%7B%7D", 415, "Content-Type"),
    ("bad_query_missing_direct_type", "POST", [], "", b"ASK {}", 415, "Content-Type"),
    ("bad_query_non_utf8", "POST", [], f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16"), 415, "UTF-8"),
    ("bad_query_syntax", "GET", [("query", "ASK {")], "", None, 400, "not a SPARQL query"),
    # what changes a graph is refused whatever it is
    ("update_dataset_default_graph", "POST", [("using-graph-uri", DATA[1])], UPDATE, b"CLEAR ALL", 403, "read-only"),
    ("update_dataset_default_graphs", "POST", [("using-graph-uri", DATA[2])], UPDATE, b"DROP ALL", 403, "read-only"),
    (
        "update_dataset_named_graphs",
        "POST",
        [("using-named-graph-uri", DATA[1])],
        UPDATE,
        b"DROP ALL",
        403,
        "read-only",
    ),
    (
        "update_dataset_full",
        "POST",
        [("using-graph-uri", DATA[1]), ("using-named-graph-uri", DATA[2])],
        UPDATE,
        b"DROP ALL",
        403,
        "read-only",
    ),
    ("update_post_form", "POST", [], FORM, b"update=CLEAR+ALL", 403, "read-only"),
    ("update_post_direct", "POST", [], UPDATE, b"CLEAR ALL", 403, "read-only"),
    ("update_base_uri", "POST", [], UPDATE, b"INSERT DATA { GRAPH <g> { <s> <p> <test> } }", 403, "read-only"),
    ("bad_update_get", "GET", [("update", "CLEAR ALL")], "", None, 403, "read-only"),
    ("bad_multiple_updates", "POST", [], FORM, b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", 403, "read-only"),
    ("bad_update_wrong_media_type", "POST", [], "text/plain", b"CLEAR NAMED", 415, "text/plain"),
    ("bad_update_missing_form_type", "POST", [], "", b"update=CLEAR%20NAMED", 415, "Content-Type"),
    ("bad_update_non_utf8", "POST", [], f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16"), 403, "read-only"),
    ("bad_update_syntax", "POST", [], FORM, b"update=CLEAR%20XYZ", 403, "read-only"),
    (
        "bad_update_dataset_conflict",
        "POST",
        [("using-named-graph-uri", "http://example/people")],
        UPDATE,
        b"WITH <http://example/addresses> DELETE { ?a ?b 1 } WHERE { ?a ?b 1 }",
        403,
        "read-only",
    ),
]
KINDS = {
    "boolean": ("application/sparql-results+json",),
    "true": ("application/sparql-results+json",),
    "table": ("application/sparql-results+json",),
    "RDF": ("text/turtle; charset=utf-8",),
}


@pytest.mark.parametrize("row", W3C, ids=[row[0] for row in W3C])
def test_a_test_of_the_w3c_is_passed(client: httpx.Client, row: Row) -> None:
    _, method, parameters, media_type, body, status, said = row
    fields = {"Content-Type": media_type} if media_type else {}
    answer = client.request(method, f"{PATH}?{urlencode(parameters)}", headers=fields, content=body)
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-type"] in KINDS[said]
        assert said not in ("true", "boolean") or answer.json()["boolean"] is True
    else:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert said in answer.text
        assert answer.text.count("\n") == 1
        assert answer.text.endswith(".\n")
    assert method != "PUT" or answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_after_all_updates_the_graph_is_as_it_was(client: httpx.Client) -> None:
    answer = client.get(PATH, params={"query": "SELECT * { GRAPH ?g { ?s ?p ?o } }"}, headers={"Accept": "text/csv"})
    rows = sorted(csv.reader(io.StringIO(answer.text)))
    assert rows == [["g", "s", "p", "o"], *([name, name, A, DOCUMENT] for name in DATA)]


# media types


@pytest.mark.parametrize(
    ("accept", "table", "boolean", "triples"),
    [
        ("", TABLES[0], TABLES[0], TRIPLES[0]),
        ("*/*", TABLES[0], TABLES[0], TRIPLES[0]),
        ("text/csv", "text/csv", None, None),
        ("TEXT/CSV", "text/csv", None, None),
        ("text/*", "text/csv", None, "text/turtle"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values", None, None),
        ("text/csv;q=0, */*", TABLES[0], TABLES[0], TRIPLES[0]),
        ("*/*;q=0.1, application/sparql-results+xml", TABLES[1], TABLES[1], TRIPLES[0]),
        ("application/*;q=0.9, text/csv;q=0.8", TABLES[0], TABLES[0], "application/n-triples"),
        ("application/sparql-results+json;q=0.1, application/*;q=0.9", TABLES[1], TABLES[1], "application/n-triples"),
        ("application/sparql-results+json; q=0.2 , text/csv ;q=0.3", "text/csv", TABLES[0], None),
        ('application/ld+json;profile="http://example.org/a,b;c";q=0.9, text/turtle;q=0.8', None, None, TRIPLES[2]),
        ("text/csv;charset=utf-8", "text/csv", None, None),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", TABLES[0], TABLES[0], TRIPLES[0]),
        ("text/html", None, None, None),
        ("*/*;q=0", None, None, None),
        ("text/csv;q=0.000", None, None, None),
        (",,text/csv,", "text/csv", None, None),
    ],
)
def test_a_client_gets_what_it_likes_best(accept: str, table: str, boolean: str, triples: str) -> None:
    assert accepted(accept) == (table, boolean, triples)


@given(st.text(max_size=80) | st.lists(st.sampled_from([*TABLES, "*/*", "text/*", ";q=0.3", ",", '"'])).map("".join))
def test_whatever_a_client_says_it_gets_one_of_what_there_is_or_nothing(accept: str) -> None:
    table, boolean, triples = accepted(accept)
    assert table in (*TABLES, None)
    assert boolean in (*TABLES[:2], None)
    assert triples in (*TRIPLES, None)


@given(st.dictionaries(st.sampled_from([*TABLES, "text/*", "application/*", "*/*"]), st.integers(0, 1000), min_size=1))
def test_no_other_is_liked_better(weights: dict[str, int]) -> None:
    def liking(media_type: str) -> int:
        for one in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
            if one in weights:
                return weights[one]
        return 0

    got = accepted(", ".join(f"{name};q={weight / 1000:.3f}" for name, weight in weights.items())).table
    most = max(map(liking, TABLES))
    assert (liking(got) if got else 0) == most
    assert (got is None) == (most == 0)


FOUR = "SELECT ?s ?o { ?s a ?o } ORDER BY ?s"
ROWS = [[name, DOCUMENT] for name in DATA]


def test_a_table_comes_as_json_xml_csv_and_tsv(client: httpx.Client) -> None:
    def got(media_type: str, said: str = "") -> httpx.Response:
        answer = client.get(PATH, params={"query": FOUR}, headers={"Accept": media_type})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == (said or media_type)
        return answer

    table = got("application/sparql-results+json").json()
    assert table["head"]["vars"] == ["s", "o"]
    assert [[row["s"]["value"], row["o"]["value"]] for row in table["results"]["bindings"]] == ROWS
    names = {"": "http://www.w3.org/2005/sparql-results#"}
    tree = ET.fromstring(got("application/sparql-results+xml").text)  # noqa: S314 - of our own
    assert [one.get("name") for one in tree.iterfind("./head/variable", names)] == ["s", "o"]
    assert [
        [one.text for one in row.iterfind("./binding/uri", names)] for row in tree.iterfind(".//result", names)
    ] == ROWS
    assert list(csv.reader(io.StringIO(got("text/csv", "text/csv; charset=utf-8").text))) == [["s", "o"], *ROWS]
    tsv = got("text/tab-separated-values", "text/tab-separated-values; charset=utf-8").text
    assert tsv == "?s\t?o\n" + "".join(f"<{s}>\t<{o}>\n" for s, o in ROWS)


@pytest.mark.parametrize("media_type", TRIPLES)
def test_triples_come_as_turtle_n_triples_json_ld_and_rdf_xml(client: httpx.Client, media_type: str) -> None:
    for query in (f"CONSTRUCT {{ ?s a <{DOCUMENT}> }} WHERE {{ ?s a ?o }}", f"DESCRIBE <{DATA[1]}>"):
        answer = client.get(PATH, params={"query": query}, headers={"Accept": media_type})
        assert answer.headers["content-type"].split(";")[0] == media_type
        graph = rdflib.Graph().parse(data=answer.text, format=media_type)
        subjects = [DATA[1]] if query.startswith("DESCRIBE") else DATA
        assert sorted(map(str, graph.subjects())) == subjects
        assert {str(kind) for kind in graph.objects()} == {DOCUMENT}


@pytest.mark.parametrize(
    ("query", "media_type"),
    [("SELECT * {}", TABLES[0]), ("ASK {}", TABLES[0]), (f"DESCRIBE <{DATA[0]}>", "application/ld+json")],
)
def test_who_takes_json_is_given_the_sort_of_json_there_is(client: httpx.Client, query: str, media_type: str) -> None:
    answer = client.get(PATH, params={"query": query}, headers={"Accept": "application/json, text/html;q=0.9"})
    assert answer.headers["content-type"] == media_type
    assert answer.json() is not None


@pytest.mark.parametrize(
    ("query", "accept", "there"),
    [
        ("SELECT * {}", "text/turtle", ", ".join(TABLES)),
        ("ASK {}", "text/csv", ", ".join(TABLES[:2])),
        ("ASK {}", "text/tab-separated-values", ", ".join(TABLES[:2])),
        ("DESCRIBE <http://example.org/>", "text/csv", ", ".join(TRIPLES)),
        ("SELECT * {}", "text/html", ", ".join(TABLES)),
        ("", "text/html", ", ".join(TRIPLES)),  # the service description
    ],
)
def test_what_cannot_be_had_is_refused_with_what_can(client: httpx.Client, query: str, accept: str, there: str) -> None:
    answer = client.get(PATH, params={"query": query} if query else {}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert there in answer.text


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("CONSTRUCT { <x:a> <http://example.org/1> 'a' } {}", TRIPLES[3]),  # no name of XML ends that IRI
        ("CONSTRUCT { <x:a> <x:b> '\\u0001' } {}", TRIPLES[3]),
        ("SELECT ('\\u0001' AS ?x) {}", TABLES[1]),
        ("SELECT ('\\uFFFE' AS ?x) {}", TABLES[1]),
    ],
)
def test_what_xml_cannot_write_is_refused_and_never_sent_broken(
    client: httpx.Client, query: str, media_type: str
) -> None:
    answer = client.get(PATH, params={"query": query}, headers={"Accept": media_type})
    assert (answer.status_code, "Accept another media type" in answer.text) == (406, True)
    assert client.get(PATH, params={"query": query}).status_code == 200


# requests


def status_of(reading: Callable[[], object]) -> int:
    """Tell how a request would be refused, or 200."""
    try:
        reading()
    except RequestError as error:
        return error.status if str(error).endswith(".") else 0
    return 200


TEXT = st.text(max_size=60)
IRIS = st.lists(st.text(max_size=20), max_size=3)


@given(TEXT, IRIS, IRIS)
@example("SELECT * { ?s ?p 'a+b & c=d; é\u2028' }", ["http://example.org/?a=b&c=d#e"], [])
@example("", [""], [""])
def test_one_operation_is_read_from_all_three_ways_to_send_it(query: str, default: list[str], named: list[str]) -> None:
    operation = Operation(query, tuple(default), tuple(named))
    graphs = [("default-graph-uri", one) for one in default] + [("named-graph-uri", one) for one in named]
    everything = urlencode([("query", query), *graphs]).encode()
    assert read("GET", everything) == operation
    assert read("HEAD", everything) == operation
    assert read("POST", b"", FORM, everything) == operation
    assert read("POST", urlencode(graphs).encode(), FORM, urlencode({"query": query}).encode()) == operation
    assert read("POST", urlencode(graphs).encode(), f"{QUERY}; charset=utf-8", query.encode()) == operation


@given(st.sampled_from(["GET", "HEAD", "POST"]), st.binary(max_size=60), st.sampled_from([FORM, QUERY]), st.binary())
@example("GET", b"query=%FF", FORM, b"")
@example("GET", "query=é".encode(), FORM, b"")
@example("POST", b"", FORM, b"query=" + b"&a" * 2000)
@example("GET", b"default-graph-uri=a", FORM, b"")
def test_any_other_request_is_read_or_refused(method: str, query_string: bytes, media_type: str, body: bytes) -> None:
    status = status_of(lambda: read(method, query_string, media_type, body))
    assert status in (200, 400, 403)


@given(*[st.text(max_size=30)] * 4)
def test_any_head_of_a_request_is_taken_or_refused(method: str, kind: str, encoding: str, length: str) -> None:
    for one in (method, "POST"):
        assert status_of(partial(check_head, one, kind, encoding, length)) in (200, 403, 405, 413, 415)


def test_a_body_that_is_too_large_is_not_read(client: httpx.Client) -> None:
    largest = b"ASK {}" + b" " * (LARGEST - 6)
    fields = {"Content-Type": QUERY}
    assert client.post(PATH, content=largest, headers=fields).status_code == 200
    assert client.post(PATH, content=largest + b" ", headers=fields).status_code == 413

    def pieces() -> Iterator[bytes]:  # without a Content-Length
        for _ in range(20):
            yield largest[: LARGEST // 10]

    assert client.post(PATH, content=pieces(), headers=fields).status_code == 413


def test_a_squeezed_body_is_refused(client: httpx.Client) -> None:
    answer = client.post(PATH, content=b"ASK {}", headers={"Content-Type": QUERY, "Content-Encoding": "gzip"})
    assert answer.status_code == 415


def test_a_body_that_is_not_utf_8_is_refused(client: httpx.Client) -> None:
    answer = client.post(PATH, content=b"ASK { ?a ?b '\xff' }", headers={"Content-Type": QUERY})
    assert (answer.status_code, "byte 13" in answer.text) == (400, True)


# answers that did not change


def test_an_answer_is_sent_again_only_if_it_would_differ(client: httpx.Client) -> None:
    asked = {"query": "SELECT * { ?s a ?o }"}
    answer = client.get(PATH, params=asked)
    tag = answer.headers["etag"]
    assert answer.headers["vary"] == "Accept"
    for fields in ({"If-None-Match": tag}, {"If-None-Match": f'"other", {tag}'}):
        again = client.get(PATH, params=asked, headers=fields)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(PATH, params=asked, headers={"If-None-Match": '"other"'}).status_code == 200
    twice = [("If-None-Match", '"other"'), ("If-None-Match", tag)]
    assert client.get(PATH, params=asked, headers=twice).status_code == 304
    other = client.get(PATH, params=asked, headers={"If-None-Match": tag, "Accept": "text/csv"})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "now ( )", "MAX(DISTINCTSTRUUID())"])
def test_an_answer_that_differs_each_time_is_made_each_time(client: httpx.Client, call: str) -> None:
    one, other = (client.get(PATH, params={"query": f"SELECT ({call} AS ?now) {{}}"}) for _ in range(2))
    assert one.text != other.text
    assert "etag" not in one.headers
    assert one.headers["cache-control"] == "no-store"


def test_head_says_what_get_would(client: httpx.Client) -> None:
    asked = {"query": "SELECT * { ?s a ?o }"}
    plain = {"Accept-Encoding": "identity"}
    head, get = client.head(PATH, params=asked, headers=plain), client.get(PATH, params=asked, headers=plain)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == get.headers[name]


# pages of others


def test_pages_of_other_places_may_ask(client: httpx.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    answer = client.options(PATH, headers=asked)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    for query in ("ASK {}", "ASK {"):  # errors can be read as well
        assert client.get(PATH, params={"query": query}).headers["access-control-allow-origin"] == "*"


# the service description


@pytest.mark.parametrize("media_type", TRIPLES)
def test_without_a_query_the_endpoint_describes_itself(client: httpx.Client, address: str, media_type: str) -> None:
    answer = client.get(PATH, headers={"Accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    graph = rdflib.Graph().parse(data=answer.text, format=media_type)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    [service] = graph.subjects(rdflib.RDF.type, sd.Service)
    assert set(graph.objects(service, sd.endpoint)) == {rdflib.URIRef(address)}
    assert set(graph.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query}
    assert set(graph.objects(service, sd.feature)) == {sd.UnionDefaultGraph}
    assert len(set(graph.objects(service, sd.resultFormat))) == 8
    [dataset] = graph.objects(service, sd.defaultDataset)
    names = {str(name) for one in graph.objects(dataset, sd.namedGraph) for name in graph.objects(one, sd.name)}
    assert names == set(DATA)


def test_the_description_does_not_repeat_a_host_that_cannot_be(client: httpx.Client, address: str) -> None:
    answer = client.get(PATH, headers={"Host": "a<b", "Accept": "application/n-triples"})
    assert f"<{address}>" in answer.text


# the graphs that are asked


@pytest.mark.parametrize(
    ("clauses", "parameters", "seen"),
    [
        ("", [], {0, 1, 2, 3}),  # all graphs as one
        (f"FROM <{DATA[1]}>", [], {1}),
        (f"FROM <{DATA[1]}> FROM <{DATA[2]}>", [], {1, 2}),
        (f"FROM NAMED <{DATA[1]}>", [], set()),
        ("", [("default-graph-uri", DATA[3])], {3}),
        ("", [("named-graph-uri", DATA[3])], set()),
        (f"FROM <{DATA[1]}>", [("default-graph-uri", DATA[3])], {3}),  # the request goes before the query
        ("FROM <http://example.org/elsewhere>", [("default-graph-uri", DATA[3])], {3}),
    ],
)
def test_a_query_sees_the_graphs_it_is_asked_of(
    client: httpx.Client, clauses: str, parameters: list[tuple[str, str]], seen: set[int]
) -> None:
    query = f"SELECT ?s {clauses} WHERE {{ ?s a ?o }}"
    answer = client.get(PATH, params=[("query", query), *parameters])
    assert {row["s"]["value"] for row in answer.json()["results"]["bindings"]} == {DATA[one] for one in seen}


@pytest.mark.parametrize(
    ("prologue", "clause", "parameters"),
    [
        ("", "FROM <http://example.org/g>", []),
        ("", "FROM NAMED <http://example.org/g>", []),
        ("", "from named<http://example.org/g>", []),
        ("", f"FROM <{DATA[1]}> FROM NAMED <http://example.org/g>", []),
        ("PREFIX e: <http://example.org/>", "FROM e:g", []),
        ("PREFIX : <http://example.org/> # FROM\n", "FROM # not this\n :g", []),
        ("BASE <http://example.org/x>", "FROM <g>", []),
        ("", "FROM <http://example.org/\\u0067>", []),
        ("", "", [("default-graph-uri", "http://example.org/g")]),
        ("", "", [("named-graph-uri", "http://example.org/g")]),
    ],
)
def test_a_graph_that_is_not_ours_is_refused(
    client: httpx.Client, prologue: str, clause: str, parameters: list[tuple[str, str]]
) -> None:
    query = f"{prologue} SELECT * {clause} WHERE {{ ?s ?p ?o }}"
    answer = client.get(PATH, params=[("query", query), *parameters])
    assert answer.status_code == 403
    assert "http://example.org/g is no graph of this endpoint" in answer.text


def test_an_address_with_marks_of_its_own_is_read_once(client: httpx.Client) -> None:
    once = quote("SELECT ('100%25 a+b' AS ?x) {}")
    answer = client.get(f"{PATH}?query={once}")
    assert json.loads(answer.text)["results"]["bindings"][0]["x"]["value"] == "100%25 a+b"
