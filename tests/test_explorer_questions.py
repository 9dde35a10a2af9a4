"""Questions and queries on the explorer's pages: filled in by a server, and answered by the reader's own browser."""

import csv
import io
import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pyoxigraph as ox
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

from cicte_graph.answers import answer
from cicte_graph.cli import main
from cicte_graph.errors import QueryHeaderError, UsageError
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.asking import DATA
from cicte_graph.explorer.questions import questions
from cicte_graph.exports import export
from cicte_graph.graph import Graph
from cicte_graph.own_query import has_dataset, taken
from cicte_graph.printing import render
from cicte_graph.query_library import find_queries, in_language, read_query
from tests.conftest import SAMPLE
from tests.serving import serving
from tests.test_query_library import HEADER, write

WIDE, NARROW = (1280, 900), (390, 844)
SCREENS = [
    pytest.param(language, size, id=f"{language}-{size[0]}") for language in ("en", "es") for size in (WIDE, NARROW)
]
ASKED = ("programs", "partners-of", "by-act", "counted-as", "common-partners", "passages-with", "rests-on")
PAGES = tuple(
    f"question/{name}."
    for name in (*ASKED, "index", "on-topic", "paragraphs-of-concern", "listed-provisions", "became-of")
)

# what a header says in Spanish


def test_every_question_is_asked_in_spanish_too(real_graph: Graph) -> None:
    silent = [query.name for query in find_queries(real_graph.house.queries) if query.es is None]
    assert silent == []


SPANISH = """\
# es:
#   title: Programas de un plan
#   question: ¿Qué programas tiene un plan?
#   why: "Alguien pregunta: ¿cuántos?"
#   returns:
#     plan: el plan
#     program: el programa
"""


def test_a_header_speaks_spanish_and_else_english(tmp_path: Path) -> None:
    spoken = read_query(write(tmp_path, HEADER + SPANISH))
    assert spoken.said("es").title == "Programas de un plan"
    assert spoken.said("es").returns == {"plan": "el plan", "program": "el programa"}
    assert spoken.said("en").title == "Programs of a plan"
    silent = read_query(write(tmp_path, HEADER, "silent"))
    assert silent.said("es") == silent.said("en") == spoken.said("en")


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (SPANISH.replace("#     plan: el plan\n", ""), "`es` names other parameters or columns"),
        (
            SPANISH.replace("#   title: Programas de un plan\n", ""),
            "`es` is not {title, question, why, params, returns}",
        ),
        (SPANISH + "#   fix: nada\n", "`es` is not {title, question, why, params, returns}"),
        (SPANISH + "#   params:\n#     plan: el plan\n", "`es` names other parameters or columns"),
        ("# es: nada\n", "`es` is not {title, question, why, params, returns}"),
    ],
)
def test_spanish_that_says_other_things_than_the_english_is_refused(tmp_path: Path, wrong: str, problem: str) -> None:
    with pytest.raises(QueryHeaderError, match=re.escape(problem)):
        read_query(write(tmp_path, HEADER + wrong))


# pages as a server fills them in


def page(explorer: Explorer, address: str, **asked: str) -> str:
    return explorer.file(address, asked).content.decode()


def rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


def test_the_index_names_every_question_once_in_both_languages(served_explorer: Explorer, real_graph: Graph) -> None:
    for language, address in (("en", "question/index.html"), ("es", "es/question/index.html")):
        linked = re.findall(r'<li data-words="[^"]*"><a href="([^"]*)">', page(served_explorer, address))
        found = list(find_queries(real_graph.house.queries))
        assert linked == [f"{query.name}.html" for query in found]
        assert all(
            query.said(language).title in page(served_explorer, address) for query in found if "'" not in query.title
        )


def test_a_page_answers_its_example_until_something_is_filled_in(served_explorer: Explorer) -> None:
    example = page(served_explorer, "question/plans.html")
    assert "CICTE/doc.5/12" in example
    first, filled = (
        page(served_explorer, "question/programs.html"),
        page(served_explorer, "question/programs.html", plan="2012"),
    )
    assert "An example:" in first
    assert "An example:" not in filled
    assert ">Maritime Security</a>" in filled
    assert ">Maritime Security</a>" not in first
    assert "cicte-graph ask programs plan=2012" in filled
    assert "VALUES (?plan) { (&lt;https://w3id.org/cicte-graph/id/work-plan/2012&gt;) }" in filled


def test_a_page_speaks_the_language_of_its_reader_and_names_records_in_it(served_explorer: Explorer) -> None:
    spanish = page(served_explorer, "es/question/partners-of.html", element="program/2018-2019/tourism-security")
    assert "<h1>Socios de un elemento</h1>" in spanish
    assert re.search(r"<th scope=\"col\">Quién participa</th>", spanish)
    assert ">Seguridad turística</a>" in spanish
    assert "El elemento consultado" not in spanish  # every row would repeat it
    assert "Su nombre" not in spanish  # the record is named already, and in Spanish


def test_a_value_that_names_nothing_is_told_and_kept_in_its_field(served_explorer: Explorer) -> None:
    filled = page(served_explorer, "question/rests-on.html", element="program/2012/<b>")
    assert re.search(r'<span class="trouble">[^<]*program/2012/&lt;b&gt;[^<]*</span>', filled)
    assert 'value="program/2012/&lt;b&gt;"' in filled
    assert "<table>" not in filled
    with pytest.raises(UsageError):
        served_explorer.file("question/rests-on.csv", {"element": "program/2012/<b>"})


def test_a_page_shows_the_first_rows_and_its_file_holds_all(served_explorer: Explorer) -> None:
    shown = page(served_explorer, "question/every-record.html")
    held = rows(page(served_explorer, "question/every-record.csv"))
    assert len(held) > 1000
    assert shown.count("<tr>") == 301
    assert f"{len(held)} rows; the first 300 are shown" in shown


def test_every_question_has_its_page_and_its_file(real_graph: Graph) -> None:
    names = [query.name for query in find_queries(real_graph.house.queries)]
    made = {"question/index.html", *(f"question/{name}.{ending}" for name in names for ending in ("html", "csv"))}
    assert questions(real_graph).keys() == made


# our words in the reader's language


PROSE = ("gist", "rationale", "due", "definition")


def test_what_we_wrote_is_in_the_language_of_the_page_its_query_and_its_file(served_sample: Explorer) -> None:
    for folder, language, reason in (("", "en", "The same ports."), ("es/", "es", "Los mismos puertos.")):
        address, asked = f"{folder}question/became-of", {"element": "program/2001/port-safety"}
        shown = page(served_sample, f"{address}.html", **asked)
        assert re.findall(r"<td[^>]*>([^<]*puertos[^<]*|[^<]*ports[^<]*)</td>", shown) == [reason]
        assert f"LANG(?rationale) = &#34;{language}&#34;" in shown
        assert [row["rationale"] for row in rows(page(served_sample, f"{address}.csv", **asked))] == [reason]


def test_no_question_has_fewer_rows_in_spanish(real_graph: Graph) -> None:
    told = set()
    for query in find_queries(real_graph.house.queries):
        english, spanish = in_language(query, "en"), in_language(query, "es")
        assert english.sparql == query.sparql
        if spanish == english:
            continue
        prose = [name for name in query.returns if name in (*PROSE, "label", "language")]
        found = []
        for each in (english, spanish):
            bound = {name: ox.Literal(param.example) for name, param in each.params.items() if name == "language"}
            asked = real_graph.store.rows(each.sparql, **bound)  # of all there is: nothing else is bound
            found.append(
                Counter(tuple(str(row.get(name)) for name in query.returns if name not in prose) for row in asked)
            )
            told.add(query.name)
        assert found[0] == found[1], query.name
        assert found[0], query.name
    assert told == {
        "addressed-to",
        "all-activities",
        "all-mandates",
        "all-partners",
        "all-places",
        "all-programs",
        "became-of",
        "by-act",
        "duties",
        "less-sure",
        "list-values",
        "listed-provisions",
    }


@pytest.mark.parametrize("name", ["cicte:gist", "cicte:rationale", "cicte:due", "skos:definition"])
def test_what_we_wrote_is_there_in_both_languages(real_graph: Graph, name: str) -> None:
    of = "?one skos:inScheme ?scheme ." if name == "skos:definition" else ""
    said = real_graph.store.rows(f"SELECT ?one ?text WHERE {{ {of} ?one {name} ?text }}")
    languages: dict[str, list[str | None]] = {}
    for row in said:
        assert isinstance(row["text"], ox.Literal)
        languages.setdefault(row["one"].value, []).append(row["text"].language)
    assert languages
    assert all(sorted(map(str, there)) == ["en", "es"] for there in languages.values())


def test_a_list_s_example_is_the_language_of_the_page(served_sample: Explorer) -> None:
    for folder, language, name in (("", "en", "Port Safety"), ("es/", "es", "Seguridad Portuaria")):
        shown = page(served_sample, f"{folder}question/all-programs.html")
        assert re.findall(r'name="language" type="text" value="(\w+)"', shown) == [language]
        assert name in [row["label"] for row in rows(page(served_sample, f"{folder}question/all-programs.csv"))]
        query_page = page(served_sample, f"{folder}query.html")
        assert re.findall(r'name="language" type="text" value="(\w+)"', query_page) == [language] * 5


# pages in a folder, answered by the reader's browser


@pytest.fixture(scope="module")
def sample_site(sample_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of questions on the sample, as files."""
    return written(sample_graph, tmp_path_factory.mktemp("sample-site"))


@pytest.fixture(scope="module")
def real_site(real_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of questions on the real graph, as files."""
    return written(real_graph, tmp_path_factory.mktemp("real-site"))


def written(graph: Graph, folder: Path) -> Path:
    explorer = Explorer(graph)
    for address in explorer.addresses():
        if address.removeprefix("es/").startswith((*PAGES, "query.html", "assets/")):
            write_to(folder / address, explorer.file(address).content)
    write_to(folder / DATA, export(graph.store, "nquads"))
    return folder


def write_to(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Open pages of a folder from a loopback server, everything else cut off; none may give trouble."""
    trouble: list[str] = []
    contexts: list[BrowserContext] = []
    servers: list[ThreadingHTTPServer] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    def open_page(folder: Path, address: str, size: tuple[int, int] = WIDE) -> Page:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}/"

        def only_home(route: Route) -> None:
            if route.request.url.startswith((home, f"blob:{home}")):
                route.continue_()
            else:
                trouble.append(route.request.url)
                route.abort()

        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
        contexts.append(context)
        context.route("**/*", only_home)
        opened = context.new_page()
        opened.on("console", said)
        opened.on("pageerror", lambda error: trouble.append(str(error)))
        opened.goto(home + address)
        return opened

    yield open_page
    for context in contexts:
        context.close()
    for server in servers:
        server.shutdown()
        server.server_close()
    assert trouble == []


def said(opened: Page) -> str:
    return opened.inner_text("#said").strip()


def wait_for_answer(opened: Page) -> None:
    opened.wait_for_function("() => !/^(Asking|Preguntando)/.test(document.getElementById('said').textContent.trim())")
    opened.wait_for_selector("#table table, #said .trouble, #said span")


def saved(opened: Page) -> str:
    with opened.expect_download() as download:
        opened.click("#csv")
    return Path(download.value.path()).read_text(encoding="utf-8")


def on_command_line(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    program, *arguments = shlex.split(command)
    assert program == "cicte-graph"
    assert main([*arguments, "--format", "csv"]) == 0
    return capsys.readouterr().out


FILLED = [
    ("programs", {"plan": "work-plan/2012"}),
    ("partners-of", {"element": "Maritime security"}),  # by its name, as the list offers it
    ("by-act", {"act": "urges"}),
    ("counted-as", {"plan": "work-plan/2012", "unit": "participants"}),
    ("common-partners", {"program": "program/2012/maritime-security", "other": "program/2012/aviation-security"}),
    ("passages-with", {"words": 'the "same" \\ words'}),
    ("passages-with", {"words": "maritime"}),
]


@pytest.mark.parametrize(("name", "values"), FILLED, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FILLED)])
def test_a_question_filled_in_anew_is_answered_in_the_browser_as_on_the_command_line(
    real_site: Path, opened: Opened, capsys: pytest.CaptureFixture[str], name: str, values: dict[str, str]
) -> None:
    shown = opened(real_site, f"question/{name}.html")
    for field, value in values.items():
        where = f"#field-{field}"
        if shown.evaluate("where => document.querySelector(where).tagName", where) == "SELECT":
            shown.select_option(where, value)
        else:
            shown.fill(where, value)
    shown.click("#ask button")
    wait_for_answer(shown)
    held = saved(shown)
    command = shown.inner_text("#command")
    assert all(f"{field}=" in command for field in values)
    assert held == on_command_line(command, capsys)
    count = len(rows(held))
    assert shown.locator("#table tbody tr").count() == min(count, 300)
    assert said(shown).startswith({0: "Nothing found", 1: "1 row"}.get(count, f"{count} rows"))


def test_the_browser_answers_every_question_of_the_library_as_the_server_does(
    real_graph: Graph, real_site: Path, opened: Opened
) -> None:
    shown = opened(real_site, "query.html")
    for query in find_queries(real_graph.house.queries):
        example = {name: param.example for name, param in query.params.items()}
        shown.select_option("#question", query.name)
        text = shown.evaluate("() => document.querySelector('.CodeMirror').CodeMirror.getValue()")
        given = shown.evaluate("async text => cicte.csv(await cicte.ask(text))", text)
        assert given == render(answer(real_graph, query.name, example), "csv"), query.name


def test_the_page_in_a_folder_shows_the_same_as_the_one_a_server_fills_in(
    real_site: Path, served_explorer: Explorer, opened: Opened
) -> None:
    for prefix in ("", "es/"):
        for name, values in [
            ("programs", {"plan": "work-plan/2012"}),
            ("rests-on", {"element": "program/2012/aviation-security"}),
            ("paragraphs-of-concern", {}),
            ("listed-provisions", {"plan": "work-plan/2012"}),
        ]:
            address = f"{prefix}question/{name}.html"
            fields = "&".join(f"{key}={value}" for key, value in values.items())
            shown = opened(real_site, f"{address}?{fields}")
            wait_for_answer(shown)
            here = shown.inner_html("#table").replace("\n", "")
            content = page(served_explorer, address, **values)
            there = re.search(r'<div id="table"[^>]*>\n(.*?)</div>', content, re.DOTALL)
            assert there
            assert spelled(here) == spelled(there[1])


def spelled(html: str) -> list[tuple[str, str]]:
    """List the cells of a table, each with the way it leads."""
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", html)
    return [("".join(re.findall(r'href="([^"]*)"', cell)), unescape(re.sub("<[^>]*>", "", cell))) for cell in cells]


def test_an_answer_has_an_address_and_the_way_back_leads_to_the_one_before(real_site: Path, opened: Opened) -> None:
    shown = opened(real_site, "question/programs.html?plan=work-plan/2012")
    wait_for_answer(shown)
    assert said(shown) == "13 rows"
    assert shown.get_by_role("link", name="Maritime Security").get_attribute("href") == (
        "../id/program/2012/maritime-security.html"
    )
    shown.select_option("#field-plan", "work-plan/2018-2019")
    shown.click("#ask button")
    shown.wait_for_url("**/programs.html?plan=work-plan%2F2018-2019")
    assert said(shown) == "12 rows"
    shown.go_back()
    shown.wait_for_function("() => document.getElementById('said').textContent.trim() === '13 rows'")
    assert shown.input_value("#field-plan") == "work-plan/2012"


def test_the_browser_speaks_spanish_where_the_page_does(
    sample_site: Path, served_sample: Explorer, opened: Opened
) -> None:
    asked = {"element": "program/2001/port-safety"}
    shown = opened(sample_site, "es/question/became-of.html?element=program/2001/port-safety")
    wait_for_answer(shown)
    assert shown.locator("#table td").last.inner_text() == "Los mismos puertos."
    assert 'LANG(?rationale) = "es"' in (shown.text_content("#sparql") or "")
    assert saved(shown) == page(served_sample, "es/question/became-of.csv", **asked)
    editor = opened(sample_site, "es/query.html?question=became-of&element=program/2001/port-safety")
    editor.click("#run")
    wait_for_answer(editor)
    assert editor.locator("#table td").last.inner_text() == "Los mismos puertos."


def test_what_names_nothing_is_told_in_the_browser_too(real_site: Path, opened: Opened) -> None:
    shown = opened(real_site, "question/rests-on.html?element=nothing%20<b>")
    wait_for_answer(shown)
    assert said(shown).startswith("element: choose one from the list, or give an identifier such as ")
    assert shown.locator("#table table").count() == 0


def test_the_index_is_narrowed_by_words_without_their_accents(real_site: Path, opened: Opened) -> None:
    shown = opened(real_site, "es/question/index.html")
    before = shown.locator("[data-words]:visible").count()
    shown.fill("#words", "parrafos SECRETARIA")
    assert 0 < shown.locator("[data-words]:visible").count() < before / 4
    assert shown.get_by_role("link", name="Párrafos que conciernen a la Secretaría").is_visible()


# queries of the reader's own


def put(shown: Page, text: str) -> None:
    shown.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text)


def run(shown: Page, text: str) -> str:
    put(shown, text)
    shown.click("#run")
    shown.wait_for_function("() => document.getElementById('stop').hidden")
    return said(shown)


def test_a_query_is_run_by_the_keyboard_and_its_answer_drawn(sample_site: Path, opened: Opened) -> None:
    shown = opened(sample_site, "query.html")
    put(
        shown,
        "SELECT ?program ?name ?area (COUNT(*) AS ?partners) WHERE {\n"
        "  ?program a cicte:Program ; rdfs:label ?name ; cicte:partOf ?area .\n"
        "  ?below cicte:partOf* ?program ; cicte:partner ?partner . FILTER (LANG(?name) = 'en')\n"
        "} GROUP BY ?program ?name ?area ORDER BY ?program",
    )
    shown.locator(".CodeMirror").click()
    shown.keyboard.press("Control+Enter")
    wait_for_answer(shown)
    held = rows(saved(shown))
    assert len(held) > 1
    assert shown.locator("#table tbody tr").count() == len(held)
    assert shown.locator("#table tbody td").first.inner_text() == held[0]["program"]
    shown.get_by_role("button", name="Chart").click()
    shown.wait_for_selector("#table rect")
    bars = shown.locator("#table rect").evaluate_all("all => all.map(one => Number(one.getAttribute('width')))")
    largest = max(int(row["partners"]) for row in held)
    assert [round(bar / max(bars), 3) for bar in bars] == [round(int(row["partners"]) / largest, 3) for row in held]
    assert run(shown, "SELECT ?below ?above { ?below cicte:partOf ?above }").endswith(" rows")
    held = rows(saved(shown))
    shown.get_by_role("button", name="Network").click()
    shown.wait_for_selector("#table circle")
    assert shown.locator("#table circle").count() == len({row[name] for row in held for name in ("below", "above")})
    assert shown.locator("#table line").count() == len(held)
    shown.get_by_role("button", name="Table").click()
    assert shown.locator("#table tbody tr").count() == len(held)


def test_bars_are_named_by_what_tells_the_rows_apart_and_in_the_reader_s_language(
    sample_site: Path, opened: Opened
) -> None:
    shown = opened(sample_site, "es/query.html")
    labels = "all => all.map(one => one.firstChild.data)"
    for query, names in [
        (
            (
                "SELECT ?plan ?program (COUNT(DISTINCT ?partner) AS ?n) { "
                "?program a cicte:Program ; cicte:inPlan ?plan . "
                "?below cicte:partOf* ?program ; cicte:partner ?partner } GROUP BY ?plan ?program ORDER BY ?program"
            ),
            ["Protección de Puertos", "Seguridad en la Red"],
        ),
        (
            (
                "SELECT ?one ?other ?n { VALUES (?one ?other ?n) { "
                "(id:program/2001/port-safety id:program/2003/web-safety 3) "
                "(id:program/2001/port-safety id:program/2001/storm-warning 2) "
                "(id:program/2001/storm-warning id:program/2003/web-safety 1) } }"
            ),
            [
                "Seguridad Portuaria · Seguridad en la Red",
                "Seguridad Portuaria · Alerta de Tormentas",
                "Alerta de Tormentas · Seguridad en la Red",
            ],
        ),
    ]:
        run(shown, query)
        shown.get_by_role("button", name="Gráfico").click()
        shown.wait_for_selector("#table rect")
        assert shown.locator('#table text[text-anchor="end"]').evaluate_all(labels) == names


def test_the_link_to_a_query_runs_it_again(sample_site: Path, opened: Opened) -> None:
    shown = opened(sample_site, "query.html")
    text = "SELECT ?plan { ?plan a cicte:WorkPlan } # & é"
    assert run(shown, text) == "2 rows"
    link = shown.get_attribute("#link", "href")
    again = opened(sample_site, f"query.html{link}")
    wait_for_answer(again)
    assert said(again) == "2 rows"
    assert again.evaluate("() => document.querySelector('.CodeMirror').CodeMirror.getValue()") == text


def test_a_question_of_the_library_is_written_into_the_editor_with_its_fields(real_site: Path, opened: Opened) -> None:
    shown = opened(real_site, "query.html?question=programs&plan=work-plan/2012")
    value = "() => document.querySelector('.CodeMirror').CodeMirror.getValue()"
    assert "VALUES (?plan) { (<https://w3id.org/cicte-graph/id/work-plan/2012>) }" in shown.evaluate(value)
    shown.select_option("#field-plan", "work-plan/2018-2019")
    assert "id/work-plan/2018-2019>" in shown.evaluate(value)
    shown.click("#run")
    wait_for_answer(shown)
    assert said(shown) == "12 rows"


TEXTS = [
    "ASK { id:program/2012/x }",
    "ASK { concept:unit/people . id:a/b,id:c/d; }",
    'ASK { \'id:program/2012/x\' "id:a/b" \'\'\'id:a/b\n\'\'\' """a \\""" id:a/b""" }',
    "ASK { <id:a/b> # id:a/b\n id:a/b }",
    r"ASK { id:program\/2012\/x wid:a/b my-id:a/b éid:a/b ?id:a/b id:é/ñ }",
    "SELECT * FROM <a> { }",
    "SELECT * { ?from <a> 'FROM <a>' } # FROM <a>",
    "SELECT * FROM id:a/b { }",
    "SELECT * FROM # this\n<a> { }",
    "PREFIX from: <http://example.org/> SELECT * { from:b ?c ?d }",
]


def test_the_browser_reads_identifiers_and_datasets_as_the_server_does(sample_site: Path, opened: Opened) -> None:
    shown = opened(sample_site, "query.html")
    for text in TEXTS:
        assert shown.evaluate("text => cicte.taken(text)", text) == taken(text), text
        assert shown.evaluate("text => cicte.hasDataset(text)", text) is has_dataset(text), text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?p ?o { id:program/2003/web-safety ?p ?o }", r"\d+ rows"),
        ("ASK { id:program/2003/web-safety a cicte:Program }", "1 row"),
        ("SELECT * FROM <https://w3id.org/cicte-graph/graph/nothing> { ?a ?b ?c }", "Nothing found"),
        ("# INSERT\nINSERT DATA { <a> <b> <c> }", "Updates are not possible"),
        ("SELECT * {\n  ?a ?b\n}", r"error at [23]:\d+"),
        ("SELECT distinct", r'error at 1:16: expected "\$", "\(", "\*" or others$'),
        ("SELECT ?x WHERE { ?x zzz:a ?y }", r"error at 1:27: Prefix not found$"),
        ("SELECT (1 AS ?x) WHERE {?x ?p ?y\n} .", r"error at \d:\d+(: [^,]*(, [^,]*){0,3})?$"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", "The service .* is not supported"),
    ],
)
def test_an_answer_or_what_is_wrong_is_told(sample_site: Path, opened: Opened, query: str, told: str) -> None:
    assert re.match(told, run(opened(sample_site, "query.html"), query))


def test_triples_are_shown_as_rows(sample_site: Path, sample_graph: Graph, opened: Opened) -> None:
    text = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { id:program/2003/web-safety } ?s ?p ?o }"
    shown = opened(sample_site, "query.html")
    run(shown, text)
    subject = "https://w3id.org/cicte-graph/id/program/2003/web-safety"
    assert len(rows(saved(shown))) == len(sample_graph.store.about(subject))


def test_what_takes_too_long_is_ended_and_the_page_goes_on(sample_site: Path, opened: Opened) -> None:
    shown = opened(sample_site, "query.html")
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?a != ?j) }"
    shown.evaluate("() => (cicte.asking.limit = 1)")
    put(shown, endless)
    shown.click("#run")
    assert shown.evaluate("1 + 1") == 2  # while the engine is at it
    shown.wait_for_selector("#said .trouble")
    assert said(shown) == "No answer within 1 seconds. Ask for less, or add a LIMIT."
    shown.evaluate("() => (cicte.asking.limit = 30)")
    put(shown, endless)
    shown.click("#run")
    shown.click("#stop")
    shown.wait_for_selector("#said .trouble")
    assert said(shown) == "Stopped."
    assert run(shown, "ASK { }") == "1 row"


def test_the_editor_completes_our_terms_by_their_beginning_or_name(sample_site: Path, opened: Opened) -> None:
    shown = opened(sample_site, "es/query.html")
    for typed, offered, written in [
        ("cicte:Prov", "cicte:Provision · Disposición", "cicte:Provision"),
        ("financiado", "concept:funding-status/funded-until", "<https://w3id.org/cicte-graph/concept/funding-status/"),
    ]:
        put(shown, "")
        shown.locator(".CodeMirror").click()
        shown.keyboard.type(f"SELECT * {{ ?s ?p {typed}")
        hints = shown.locator(".CodeMirror-hint")
        hints.first.wait_for()
        hints.filter(has_text=offered).first.click()
        assert written in shown.evaluate("() => document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_the_keyboard_leaves_the_editor(sample_site: Path, opened: Opened) -> None:
    shown = opened(sample_site, "query.html")
    shown.locator(".CodeMirror").click()
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.id") == "run"


# the same pages before a server


def test_a_server_answers_what_its_pages_ask(browser: Browser, sample_graph: Graph, tmp_path: Path) -> None:
    with serving(SAMPLE, tmp_path / "log") as running, browser.new_context() as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url.removeprefix(f"{running.url}/")))
        shown = context.new_page()
        shown.goto(f"{running.url}/query.html?question=programs")
        shown.click("#run")
        wait_for_answer(shown)
        plan = shown.input_value("#field-plan")
        assert saved(shown) == render(answer(sample_graph, "programs", {"plan": plan}), "csv")
        assert run(shown, "ASK { id:program/2003/web-safety a cicte:Program }") == "1 row"
        assert run(shown, "DESCRIBE id:program/2003/web-safety").endswith(" rows")
        assert run(shown, "SELECT * {\n ?a ?b\n}").startswith("not a SPARQL query: error at 3:")
        shown.goto(f"{running.url}/question/programs.html")
        shown.select_option("#field-plan", "work-plan/2003")
        shown.click("#ask button")
        shown.wait_for_url("**/programs.html?plan=work-plan%2F2003")
        held = answer(sample_graph, "programs", {"plan": "2003"})
        assert said(shown) == f"{len(held)} rows"
        assert saved(shown) == render(held, "csv")
        assert "sparql" in asked
        assert not any("oxigraph" in address or address.endswith(".nq") for address in asked)


# how they look and sound


STACKED = """() => [...document.querySelectorAll("#table td")].every((one) => {
  const { left, right } = one.getBoundingClientRect();
  return left >= 0 && right <= innerWidth && one.dataset.label && getComputedStyle(one).display === "block";
})"""
BROKEN = """() => [...document.querySelectorAll("#table code")].flatMap((code) => {
  const range = document.createRange();
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (const { 0: word, index } of node.data.matchAll(/[^/-]+[/-]?/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (range.getClientRects().length > 1) broken.push(word);
    }
  return broken;
})"""


def test_on_a_narrow_screen_an_answer_is_read_downwards(sample_site: Path, opened: Opened) -> None:
    for address in ("question/became-of.html", "question/became-of.html?element=program/2001/port-safety"):
        shown = opened(sample_site, address, NARROW)
        wait_for_answer(shown)
        assert shown.evaluate(STACKED) is True
        assert shown.locator("#table thead").is_hidden()
        assert shown.locator("#table td").last.get_attribute("data-label") == "Why we read it so"
    shown = opened(sample_site, "query.html", NARROW)
    run(shown, "SELECT ?element ?basis { ?link cicte:element ?element ; cicte:basis ?basis }")
    assert shown.evaluate(STACKED) is True


def test_on_a_wide_screen_identifiers_are_whole_words_and_nothing_is_cut_off(real_site: Path, opened: Opened) -> None:
    shown = opened(real_site, "query.html?question=became-of")
    shown.click("#run")
    wait_for_answer(shown)
    assert shown.locator("#table code").count() > 50
    assert shown.evaluate(BROKEN) == []
    assert (
        shown.evaluate(
            "() => { const one = document.getElementById('table'); return one.scrollWidth - one.clientWidth; }"
        )
        <= 0
    )


@pytest.mark.parametrize(("language", "size"), SCREENS)
def test_pages_fit_the_screen_and_can_be_read_by_all(
    sample_site: Path, opened: Opened, language: str, size: tuple[int, int]
) -> None:
    prefix = "" if language == "en" else "es/"
    for name in ("question/index", "question/on-topic", "query"):
        shown = opened(sample_site, f"{prefix}{name}.html", size)
        if name == "query":
            run(shown, "SELECT ?a ?b (1 AS ?n) { ?a cicte:partOf ?b }")
            for button in shown.locator("#views button").all():
                button.click()
                shown.wait_for_selector("#table table, #table svg")
                assert faults(shown) == []
        assert shown.evaluate("document.documentElement.scrollWidth") == size[0]
        assert shown.get_attribute("html", "lang") == language
        assert name == "query" or faults(shown) == []


def faults(shown: Page) -> list[Any]:
    found = Axe().run(shown, context="main").response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
