"""The server as its readers meet it: pages, data and identifiers over HTTP, from a process begun as by the command."""

import gzip
import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest

from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.house import House
from tests.conftest import SAMPLE
from tests.serving import Served, serving

RECORD = "/id/program/2003/harbor-protection"
SECURITY = {
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(SAMPLE, tmp_path_factory.mktemp("server") / "log") as running:
        yield running


@pytest.fixture(scope="module")
def graph(sample_house: House) -> Graph:
    return Graph.open(sample_house)


def test_every_address_gives_what_stands_there_in_the_folder_but_the_script_that_tells_them_apart(
    served: Served, graph: Graph
) -> None:
    site = Explorer(graph)
    others = []
    for address in site.addresses():
        answer, file = served.client.get(f"/{address}"), site.file(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"].partition(";")[0] == file.media_type.partition(";")[0]
        others += [address] if answer.content != file.content else []
    assert others == ["assets/place.js"]


@pytest.mark.parametrize(("folder", "page"), [("/", "/index.html"), ("/es/", "/es/index.html")])
def test_a_folder_is_its_first_page(served: Served, folder: str, page: str) -> None:
    assert served.client.get(folder).content == served.client.get(page).content


def test_a_folder_without_its_slash_leads_to_it(served: Served) -> None:
    answer = served.client.get("/es")
    assert (answer.status_code, answer.headers["location"]) == (308, "es/")


TURTLE, JSONLD, N_TRIPLES = "text/turtle", "application/ld+json", "application/n-triples"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/*", "html"),
        (TURTLE, "ttl"),
        ("TEXT/TURTLE;charset=utf-8", "ttl"),
        (JSONLD, "jsonld"),
        (N_TRIPLES, "nt"),
        ("application/*", "jsonld"),
        ("text/html;q=0.3, text/turtle;q=0.7", "ttl"),
        ("text/turtle;q=0.3, text/html", "html"),
        ("text/turtle;q=0, */*", "html"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("application/n-triples;q=0.001, */*;q=0", "nt"),
        ("application/rdf+xml", "html"),
        ("text/turtle;q=nan, text/html;q=0.5", "ttl"),
        (",;,;;q=,/", "html"),
    ],
)
def test_an_identifier_leads_to_what_the_client_likes_best(served: Served, accept: str | None, ending: str) -> None:
    request = served.client.build_request("GET", RECORD)
    del request.headers["accept"]
    if accept is not None:
        request.headers["accept"] = accept
    answer = served.client.send(request)
    assert answer.status_code == 303
    assert answer.headers["vary"] == "accept"
    assert answer.headers["location"] == f"harbor-protection.{ending}"
    assert served.client.get(urljoin(RECORD, answer.headers["location"])).status_code == 200


def test_an_identifier_in_spanish_leads_to_the_spanish_page_and_to_data_that_is_in_no_language(served: Served) -> None:
    page = served.client.get(f"/es{RECORD}")
    assert urljoin(f"/es{RECORD}", page.headers["location"]) == f"/es{RECORD}.html"
    data = served.client.get(f"/es{RECORD}", headers={"accept": TURTLE})
    assert urljoin(f"/es{RECORD}", data.headers["location"]) == f"{RECORD}.ttl"


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("/concept/basis/stated", "/ontology.html#concept/basis/stated"),
        ("/concept/basis", "/ontology.html#concept/basis"),
        ("/es/concept/basis/stated", "/es/ontology.html#concept/basis/stated"),
        ("/ontology", "/ontology.html"),
        ("/es/ontology", "/es/ontology.html"),
        ("/graph/derived", "/download.html"),
        ("/sparql/.well-known/sparql-examples/partners-of", "/question/partners-of.html"),
        ("/id/contributors", "/about.html"),
    ],
)
def test_what_has_no_page_of_its_own_leads_to_where_it_is_told_of(served: Served, asked: str, place: str) -> None:
    answer = served.client.get(asked)
    assert (answer.status_code, urljoin(asked, answer.headers["location"])) == (303, place)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_value_there_is_not_leads_nowhere(served: Served) -> None:
    assert served.client.get("/concept/basis/invented").status_code == 404


@pytest.mark.parametrize(
    ("asked", "language", "told", "nearest"),
    [
        ("/id/program/2003/harbour-protection.html", "en", "There is no page", RECORD + ".html"),
        ("/es/id/program/2003/harbour-protection.html", "es", "No hay ninguna página", f"/es{RECORD}.html"),
        ("/one/two/three/four", "en", "There is no page", None),
        ("/es/uno/dos/", "es", "No hay ninguna página", None),
    ],
)
def test_what_is_not_there_is_told_in_the_language_asked_for_with_ways_that_lead_on(
    served: Served, asked: str, language: str, told: str, nearest: str | None
) -> None:
    answer = served.client.get(asked)
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text
    assert told in html.unescape(answer.text)
    ways = {urljoin(asked, way) for way in re.findall(r'<a[^>]* href="([^"#]+)"', answer.text)}
    assert nearest is None or nearest in ways
    there = {way for way in ways if "missing.html" not in way}
    assert there
    assert all(served.client.get(way).status_code == 200 for way in there)


def test_markup_in_an_address_is_only_text_on_the_page_that_says_it_is_not_there(served: Served) -> None:
    answer = served.client.get("/%3Cscript%3Ealert(1)%3C/script%3E%00%0A")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


ANYWHERE = ["/", RECORD + ".html", RECORD + ".ttl", RECORD, "/assets/site.css", "/health", "/metrics", "/robots.txt"]
ANYWHERE += ["/favicon.ico", "/api/search?q=harbor", "/api/openapi.json", "/api/network"]


@pytest.mark.parametrize("address", ANYWHERE)
def test_a_head_is_what_a_get_says_without_its_body(served: Served, address: str) -> None:
    got, head = served.client.get(address), served.client.head(address)
    assert head.content == b""
    assert head.status_code == got.status_code
    given = {name: value for name, value in got.headers.items() if name != "date"}
    if address != "/metrics":  # which counts the request before
        assert {name: value for name, value in head.headers.items() if name != "date"} == given


@pytest.mark.parametrize("address", ANYWHERE)
def test_options_tell_what_can_be_done(served: Served, address: str) -> None:
    answer = served.client.options(address)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ANYWHERE)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "INVENTED"])
def test_nothing_can_be_changed(served: Served, method: str, address: str) -> None:
    answer = served.client.request(method, address)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 405


def test_a_page_is_sent_once_and_then_only_that_it_has_not_changed(served: Served) -> None:
    first = served.client.get("/")
    tag = first.headers["etag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = served.client.get("/", headers={"if-none-match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert served.client.get("/", headers={"if-none-match": '"other"'}).status_code == 200


def test_what_is_squeezed_is_the_same_under_another_tag(served: Served) -> None:
    plain = served.client.get("/", headers={"accept-encoding": "identity"})
    refused = served.client.get("/", headers={"accept-encoding": "gzip;q=0, br"})
    with served.client.stream("GET", "/", headers={"accept-encoding": "br, gzip;q=0.5"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert "content-encoding" not in plain.headers
    assert refused.content == plain.content
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content)
    assert answer.headers["etag"] != plain.headers["etag"]
    assert answer.headers["vary"] == plain.headers["vary"] == "accept-encoding"


def test_fields_change_nothing_for_whoever_gives_none(served: Served) -> None:
    before = served.client.get("/").content
    for query in ("?q=poison", "?invented=1", "?lang=fr&q=%FF%00", "?" + "a=b&" * 20):
        assert served.client.get(f"/{query}").status_code == 200
        assert served.client.get("/").content == before


def test_fields_are_bounded_in_number_and_length(served: Served) -> None:
    assert served.client.get("/", params={f"f{n}": "x" for n in range(31)}).status_code == 400
    assert served.client.get("/", params={"q": "x" * 2001}).status_code == 400
    assert served.client.get("/", params={"q": "x" * 2000}).status_code == 200


@pytest.mark.parametrize("address", [*ANYWHERE, "/nothing", "/api/nothing", "/?" + "a=b&" * 40])
def test_every_answer_tells_browsers_what_not_to_do(served: Served, address: str) -> None:
    answer = served.client.get(address)
    assert SECURITY.items() <= dict(answer.headers).items()
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "server" not in answer.headers


def test_a_page_says_in_its_header_what_it_says_of_itself(served: Served) -> None:
    for address in ("/", RECORD + ".html", "/nothing"):
        answer = served.client.get(address)
        said = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', answer.text)
        assert said
        assert answer.headers["content-security-policy"] == f"{html.unescape(said[1])}; frame-ancestors 'self'"


def test_other_sites_may_read_data_and_not_pages(served: Served) -> None:
    for address in (RECORD + ".ttl", RECORD + ".jsonld", "/api/search?q=harbor", "/api/nothing"):
        assert served.client.get(address).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in served.client.get("/").headers


def test_health_names_the_graph(served: Served, graph: Graph) -> None:
    answer = served.client.get("/health")
    assert answer.json() == {"status": "ok", "graph": graph.version.digest, "built": graph.version.built}


def test_metrics_count_requests_in_the_text_format(served: Served) -> None:
    def count() -> int:
        text = served.client.get("/metrics").text
        found = re.search(r'^cicte_requests_total\{method="GET",status="303"\} (\d+)$', text, re.MULTILINE)
        assert all(re.fullmatch(r"# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? [\d.]+", line) for line in text.splitlines())
        return int(found[1]) if found else 0

    before = count()
    served.client.get(RECORD)
    assert count() == before + 1


def test_the_log_has_neither_who_asked_nor_what_for(served: Served) -> None:
    given = {"user-agent": "hidden-agent", "referer": "http://hidden-place/", "cookie": "hidden=1"}
    served.client.get("/?q=hidden-words", headers=given)
    assert re.search(r"^GET / 200 [\d.]+ms \d+B$", served.said(), re.MULTILINE)
    assert "hidden" not in served.said()
    assert "127.0.0.1" not in served.said().partition("/\n")[2]


def test_a_line_break_in_an_address_makes_no_line_in_the_log_and_no_field_in_the_answer(served: Served) -> None:
    answer = served.client.get(f"{RECORD}%0d%0aset-cookie:%20a=b%0d%0aGET /forged 200")
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert not any(line.startswith("GET /forged") for line in served.said().splitlines())


NAMES = "SELECT ?name WHERE { ?one rdfs:label ?name } ORDER BY ?name"


def test_the_endpoint_answers_beside_the_pages_squeezed_for_whoever_takes_it(served: Served) -> None:
    plain = served.client.get("/sparql", params={"query": NAMES}, headers={"accept-encoding": "identity"})
    squeezed = served.client.post("/sparql", data={"query": NAMES}, headers={"accept-encoding": "gzip"})
    assert (plain.status_code, squeezed.status_code) == (200, 200)
    assert "content-encoding" not in plain.headers
    assert squeezed.headers["content-encoding"] == "gzip"
    assert plain.json() == squeezed.json()
    assert "Harbor Protection" in plain.text
    for answer in (plain, squeezed, served.client.get("/sparql"), served.client.delete("/sparql")):
        assert answer.headers.items() >= SECURITY.items()


def test_a_head_at_the_endpoint_says_nothing_that_a_get_would_not(served: Served) -> None:
    asked = {"query": NAMES}
    for encoding, squeezed in (("identity", False), ("gzip", True), ("gzip;q=0", False)):
        head, get = (
            served.client.request(method, "/sparql", params=asked, headers={"accept-encoding": encoding})
            for method in ("HEAD", "GET")
        )
        assert ("content-encoding" in get.headers) == squeezed
        assert head.headers["vary"] == get.headers["vary"] == "Accept, Accept-Encoding"
        assert head.headers.get("content-length", get.headers["content-length"]) == get.headers["content-length"]


def test_an_icon_is_where_browsers_look_for_one(served: Served) -> None:
    answer = served.client.get("/favicon.ico", follow_redirects=True)
    assert answer.headers["content-type"] == "image/svg+xml"
