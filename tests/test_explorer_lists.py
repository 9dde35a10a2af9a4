"""Lists say what the graph says, narrowed by a server, by a script or by the query that is shown."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from cicte_graph.answers import answer
from cicte_graph.build import Built
from cicte_graph.errors import UsageError
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.facets import key
from cicte_graph.explorer.listed import all_lists
from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.printing import render, text_of
from cicte_graph.table import as_value
from cicte_graph.terms import CICTE, expand
from tests.exploring import NARROW, ORIGIN, WIDE, Visit, dead_links, untroubled
from tests.oracle import rdflib_graph
from tests.test_queries import planted

LISTS = sorted(all_lists())
SCREENS = [
    pytest.param(language, size, id=f"{language}-{size[0]}") for language in ("en", "es") for size in (WIDE, NARROW)
]
FEW = """() => { for (const row of Array.from(document.querySelectorAll("tbody tr")).slice(12)) row.remove(); }"""
Rows = list[list[str]]
Choice = tuple[str, str, dict[str, str]]  # list, folder of the language, what is filled in


def page(explorer: Explorer, name: str, folder: str = "", **asked: str) -> str:
    return explorer.file(f"{folder}list/{name}.html", asked).content.decode()


def texts(html: str, pattern: str) -> list[str]:
    return [unescape(text) for text in re.findall(pattern, html, flags=re.DOTALL)]


def read(lines: str) -> Rows:
    return list(csv.reader(io.StringIO(lines)))


def shown(html: str) -> Rows:
    """Read the rows of a page as it gives them away."""
    return [row for line in texts(html, r' data-csv="([^"]*)"') for row in read(line)]


def sparql(html: str) -> str:
    return texts(html, r"<code>(# .*?)</code></pre>")[0]


def options(html: str) -> dict[str, dict[str, int]]:
    """Read what one can choose: for each facet the number behind each value."""
    found = {}
    for name, inner in re.findall(r'<select id="by-\w+" name="(\w+)".*?>(.*?)</select>', html, flags=re.DOTALL):
        each = re.findall(r'<option value="([^"]+)".*?\((\d+)\)</option>', inner)
        found[name] = {unescape(value): int(number) for value, number in each}
    return found


def written(rows: list[dict[str, ox.NamedNode | ox.Literal]], columns: list[str]) -> Rows:
    return [[text_of(as_value(row.get(column))) for column in columns] for row in rows]


def by_rdflib(graph: rdflib.Graph, query: str) -> Rows:
    """Run a query by the second engine and write its rows as ours are written."""
    found = graph.query(query)
    rows = []
    for binding in found.bindings:
        terms = {str(name): to_ox(term) for name, term in binding.items()}
        rows.append(terms)
    return written(rows, [str(variable) for variable in found.vars or []])


def to_ox(term: rdflib.term.Identifier) -> ox.NamedNode | ox.Literal:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    assert isinstance(term, rdflib.Literal)
    datatype = str(term.datatype) if term.datatype and not term.language else ""
    return ox.Literal(str(term), datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(str(term))


@st.composite
def choices(draw: st.DrawFn, explorer: Explorer) -> Choice:
    """Draw a list, a language and values for some of its facets, in any order."""
    name, folder = draw(st.sampled_from(LISTS)), draw(st.sampled_from(["", "es/"]))
    there = options(page(explorer, name))
    facets = draw(st.lists(st.sampled_from(sorted(there)), unique=True, max_size=3))
    return name, folder, {facet: draw(st.sampled_from(sorted(there[facet]))) for facet in facets}


def drawn(explorer: Explorer, number: int, check: Callable[[Choice], None]) -> None:
    """Check many choices."""

    @settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck))
    @given(choices(explorer))
    def each(choice: Choice) -> None:
        check(choice)

    each()


# what is shown is what the query gives


def test_the_query_shown_gives_the_rows_shown_by_two_engines(served_sample: Explorer, sample_graph: Graph) -> None:
    second = rdflib_graph(sample_graph.store)

    def check(choice: Choice) -> None:
        name, folder, asked = choice
        html = page(served_sample, name, folder, **asked)
        [columns] = read(texts(html, r' data-head="([^"]*)"')[0])
        assert written(sample_graph.store.rows(sparql(html)), columns) == shown(html)
        assert sorted(by_rdflib(second, sparql(html))) == sorted(shown(html))

    drawn(served_sample, 40, check)


def test_the_query_shown_gives_the_rows_shown_of_the_real_graph(served_explorer: Explorer, real_graph: Graph) -> None:
    def check(choice: Choice) -> None:
        name, folder, asked = choice
        html = page(served_explorer, name, folder, **asked)
        [columns] = read(texts(html, r' data-head="([^"]*)"')[0])
        assert written(real_graph.store.rows(sparql(html)), columns) == shown(html)

    drawn(served_explorer, 30, check)


CHOSEN: list[tuple[str, dict[str, str]]] = [
    ("activities", {"plan": "2018-2019", "kind": "Outcome", "money": "unfunded", "unit": "officers"}),
    ("mandates", {"plan": "2018-2019", "status": "derived", "area": "2018-2019/policy-section"}),
    (
        "partners",
        {"country": "USA", "role": "partner", "topic": "cybersecurity", "area": "2018-2019/capacity-building-section"},
    ),
    ("places", {"plan": "none", "oas": "true", "region": "caricom"}),
    ("programs", {"basis": "area", "money": "none"}),
]


@pytest.mark.parametrize(("name", "asked"), CHOSEN)
def test_a_second_engine_gives_the_rows_shown_of_the_real_graph(
    served_explorer: Explorer, real: Built, name: str, asked: dict[str, str]
) -> None:
    html = page(served_explorer, name, **asked)
    assert shown(html)
    assert sorted(by_rdflib(rdflib_graph(real.store), sparql(html))) == sorted(shown(html))


def test_the_number_behind_a_value_is_that_of_the_rows_it_leaves(served_sample: Explorer) -> None:
    def check(choice: Choice) -> None:
        name, _, asked = choice
        for facet, values in options(page(served_sample, name, **asked)).items():
            for value, number in values.items():
                assert number == len(shown(page(served_sample, name, **(asked | {facet: value}))))

    drawn(served_sample, 25, check)


@pytest.mark.parametrize("name", LISTS)
def test_no_two_values_of_a_facet_are_written_alike_in_an_address(real_graph: Graph, name: str) -> None:
    listed = all_lists()[name]
    rows = list(answer(real_graph, listed.query, {"language": "en"}))
    for facet in listed.facets:
        values = {value for row in rows for value in facet.values(row)}
        assert len({key(value) for value in values}) == len(values)
        assert all(re.fullmatch(r"[\w/.-]+", key(value)) for value in values)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_how_many_of_how_many_it_shows(served_explorer: Explorer, name: str) -> None:
    html = page(served_explorer, name, plan="2012")
    number = len(shown(page(served_explorer, name)))
    assert 0 < len(shown(html)) < number
    assert f">{len(shown(html))} of {number} rows</strong>" in html


def test_names_are_in_the_language_of_the_page_and_else_in_english(served_sample: Explorer) -> None:
    html = page(served_sample, "partners", "es/", plan="2003")
    assert ">Seguridad en la Red</a>" in html
    assert ">Wave Institute</a>" in html
    assert ">Academia (1)</option>" in html
    assert [row[4] for row in shown(page(served_sample, "programs", "es/", basis="none"))] == ["Seguridad en la Red"]


@pytest.mark.parametrize("name", LISTS)
def test_every_link_of_a_list_leads_somewhere(sample_graph: Graph, name: str) -> None:
    assert dead_links(Explorer(sample_graph), f"list/{name}.html") == []
    assert dead_links(Explorer(sample_graph), f"es/list/{name}.html") == []


# columns, by other ways through the graph


def cells(graph: Graph, name: str) -> list[dict[str, str]]:
    table = answer(graph, all_lists()[name].query, {"language": "en"})
    return [{column: text_of(value) for column, value in row.items()} for row in table]


def test_programs_without_a_mandate_by_name_or_subject_are_those_of_the_report(real_graph: Graph) -> None:
    rows = real_graph.rows("mandates/elements-without-specific-mandate")
    lacking = {row["element"].value for row in rows if row["class"].value == f"{CICTE}Program"}
    found = {expand(row["program"]) for row in cells(real_graph, "programs") if row["mandates"] == "0"}
    assert found == lacking != set()


def test_what_stands_within_a_program_is_counted_as_one_walks_down(real_graph: Graph) -> None:
    below: dict[str, list[str]] = {}
    for quad in real_graph.store:
        if quad.predicate == ox.NamedNode(f"{CICTE}partOf"):
            below.setdefault(str(quad.object), []).append(str(quad.subject))

    def within(element: str) -> Iterator[str]:
        yield element.strip("<>")
        for part in below.get(element, []):
            yield from within(part)

    def values(parts: list[str], name: str) -> set[str]:
        return {value for part in parts for value in real_graph.values(part, name)}

    def listed(found: set[str]) -> str:
        short = {value.replace("https://w3id.org/cicte-graph/id/", "id:") for value in found}
        return " ".join(sorted(value.replace("https://w3id.org/cicte-graph/concept/", "concept:") for value in short))

    for row in cells(real_graph, "programs"):
        parts = list(within(f"<{expand(row['program'])}>"))
        assert row["partners"] == str(len(values(parts, "partner")))
        assert row["places"] == (listed(values(parts, "beneficiary")) or "none")
        assert row["funding"] == (listed(values(parts, "fundingStatus")) or "none")
        assert row["topics"] == (listed(values(parts[:1], "topic")) or "none")
        assert row["projects"] == str(sum("/id/project/" in part for part in parts))


def test_every_number_a_plan_sets_is_in_the_list_of_activities_once(real_graph: Graph) -> None:
    found = Counter((row["element"], row["quantity"], row["unit"]) for row in cells(real_graph, "activities"))
    for plan in real_graph.plans():
        for row in real_graph.rows("people/targets", plan=plan):
            element, unit = (str(as_value(row[name])) for name in ("element", "unit"))
            found[element, row["quantity"].value if "quantity" in row else "open", unit] -= 1
    assert {unit for (_, _, unit), number in found.items() if number} == {"none"}


def test_partners_take_part_as_often_as_the_library_says(real_graph: Graph) -> None:
    found = {(row["plan"], row["organization"]): row["elements"] for row in cells(real_graph, "partners")}
    told = {}
    for kind in {row["kind"] for row in cells(real_graph, "partners")}:
        for row in answer(real_graph, "of-kind", {"kind": key(kind)}):
            told[row["plan"], row["organization"]] = str(row["elements"])
    assert found == told


def test_countries_not_named_by_any_plan_are_those_the_library_gives(real_graph: Graph) -> None:
    rows = cells(real_graph, "places")
    named = {
        str(as_value(row["place"]))
        for plan in real_graph.plans()
        for row in real_graph.rows("countries/countries-served", plan=plan)
    }
    assert {row["place"] for row in rows if row["plans"] != "none"} == named
    dominican = next(row for row in rows if row["place"] == "id:country/DOM")
    served = answer(real_graph, "served-through-regions", {"country": "DOM"})
    assert dominican["elements"] == str(len({row["element"] for row in served if not row["region"]}))
    assert dominican["through"] == str(len({row["element"] for row in served if row["region"]}))


def test_a_mandate_of_a_plan_is_one_the_library_ties_to_it(real_graph: Graph) -> None:
    rows = cells(real_graph, "mandates")
    tied = {
        (str(as_value(row["plan"])), str(as_value(row["instrument"])))
        for row in real_graph.rows("mandates/mandates-of-plans")
    }
    assert {(row["plan"], row["mandate"]) for row in rows if row["kind"] != "cicte:Provision"} == tied
    listed = {
        (plan, str(as_value(row["provision"])))
        for plan in real_graph.plans()
        for row in real_graph.rows("mandates/listed-provisions", plan=plan)
    }
    of_lists = {(row["plan"], row["mandate"]) for row in rows if row["ties"] == "listed"}
    assert {pair for pair in of_lists if pair[1].startswith("id:provision/")} == listed


def test_what_the_sample_lacks_is_in_the_lists_once_planted(sample: Built, sample_house: House) -> None:
    graph = planted(
        sample,
        sample_house,
        """<program/2003/web-safety> cicte:topic <../concept/topic/customs>, <../concept/topic/cargo> .
        <provision/sample-res-7/5> cicte:topic <../concept/topic/victims> .
        <organization/wave-institute> cicte:acronym "WI"@en, "IO"@es .
        <instrument/sample-code> cicte:adoptedBy <organization/sample-assembly> .
        <work-plan/2001> cicte:cites <instrument/sample-res-7> .""",
    )
    [wave] = [row for row in cells(graph, "partners") if row["organization"] == "id:organization/wave-institute"]
    assert wave["topics"] == "concept:topic/cargo concept:topic/customs"
    assert wave["acronyms"] == "IO WI"
    mandates = {(row["plan"], row["mandate"]): row for row in cells(graph, "mandates")}
    assert mandates["id:work-plan/2001", "id:provision/sample-res-7/5"]["topics"] == "concept:topic/victims"
    assert mandates["id:work-plan/2003", "id:instrument/sample-code"]["body"] == "id:organization/sample-assembly"
    assert mandates["id:work-plan/2001", "id:instrument/sample-res-7"]["ties"] == "listed named"
    assert mandates["id:work-plan/2001", "id:provision/sample-res-7/5"]["ties"] == "listed"


# files of rows


@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("es", "es/")])
@pytest.mark.parametrize("name", LISTS)
def test_the_file_of_a_list_has_the_rows_that_its_question_has(
    served_explorer: Explorer, real_graph: Graph, name: str, language: str, folder: str
) -> None:
    assert f"{folder}list/{name}.csv" in set(served_explorer.addresses())
    table = answer(real_graph, all_lists()[name].query, {"language": language})
    assert served_explorer.file(f"{folder}list/{name}.csv").content.decode() == render(table, "csv")


def test_the_file_a_narrowed_page_leads_to_has_the_rows_of_the_page(served_explorer: Explorer) -> None:
    html = page(served_explorer, "programs", "es/", plan="2012", money="none")
    assert texts(html, r'class="csv" href="([^"]*)"') == ["programs.csv?plan=2012&money=none"]
    asked = {"plan": "2012", "money": "none"}
    assert read(served_explorer.file("es/list/programs.csv", asked).content.decode())[1:] == shown(html) != []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"plan": "2013"}, "Plan: there is no 2013. There are: 2012, 2018-2019."),
        ({"plans": "2012"}, "This list cannot be narrowed by plans, but by: plan, area, basis, money, topic, place."),
    ],
)
def test_a_file_that_cannot_be_given_is_refused(served_explorer: Explorer, asked: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(said)}$"):
        served_explorer.file("list/programs.csv", asked)


# what is not there


def test_a_value_that_is_not_there_is_answered_with_those_that_are(served_explorer: Explorer) -> None:
    html = page(served_explorer, "programs", plan="2013", money="none", fruit="apple")
    assert texts(html, r"(?<=<p>)(Plan: [^<]*|This list [^<]*)") == [
        "Plan: there is no 2013. There are: 2012, 2018-2019.",
        "This list cannot be narrowed by fruit, but by: plan, area, basis, money, topic, place.",
    ]
    assert shown(html) == shown(page(served_explorer, "programs", money="none")) != []


@given(st.text(), st.text())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_filled_in_there_is_a_page_and_nothing_of_it_is_markup(
    served_sample: Explorer, name: str, value: str
) -> None:
    html = page(served_sample, "places", **{"kind": f"<b>{value}", f"{name}'\"<i>{{x}}": value})
    assert "<b>" not in html
    assert "<i>" not in html
    assert len(shown(html)) == 2


def below(html: str, label: str) -> Counter[str]:
    """Count what stands below a head."""
    found = texts(html, rf'<td[^>]*data-label="{label}"[^>]*>(.*?)</td>')
    return Counter(" ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in found)


def test_where_a_plan_says_nothing_the_cells_and_the_choices_say_so_alike(served_sample: Explorer) -> None:
    for folder, money, unsaid, unnamed, named in (
        ("", "Money", "not said", "none named", "Countries and regions"),
        ("es/", "Financiamiento", "sin mención", "ninguno nombrado", "Países y regiones"),
    ):
        html = page(served_sample, "programs", folder)
        assert below(html, money)[unsaid] == 2  # storm warning and web safety
        assert below(html, named)[unnamed] == 2  # both of 2001
        assert f">{unsaid} (2)</option>" in html
        assert f">{unnamed} (2)</option>" in html
        assert "none" not in below(html, money) + below(html, named)
    html = page(served_sample, "activities", plan="2001")
    assert below(html, "Number") == {"3": 1, "—": 2}
    assert below(html, "Money") == {"not said": 2, "To be identified": 1}


def test_a_list_says_what_a_row_is_where_a_record_may_have_several(served_sample: Explorer) -> None:
    said = {name: "Each has a row for every plan" in page(served_sample, name) for name in LISTS}
    assert said == {"activities": False, "mandates": True, "partners": True, "places": False, "programs": False}
    assert "Cada una tiene una fila por cada plan" in page(served_sample, "partners", "es/")


def test_partners_and_mandates_are_narrowed_by_work_area(served_sample: Explorer) -> None:
    partners = page(served_sample, "partners", area="2003/coasts")
    assert [row[3] for row in shown(partners)] == ["Coast Guard of Barbados", "Sample Police", "Wave Institute"]
    assert options(partners)["area"] == {"2003/coasts": 3, "none": 1}
    mandates = page(served_sample, "mandates", area="2001/borders")
    assert [row[4] for row in shown(mandates)] == [
        "Safety of the Sample Islands",
        "S/RES. 7, operative paragraph 4",
        "S/RES. 7, operative paragraph 4(a)",
    ]
    assert options(mandates)["area"] == {"2001/borders": 3, "2003/coasts": 3, "none": 3}


def test_a_partner_s_work_areas_are_those_above_its_programs(real_graph: Graph) -> None:
    def above(part: str) -> Iterator[str]:
        for whole in real_graph.values(part, "partOf"):
            if whole.startswith(expand("id:work-area/")):
                yield whole
            yield from above(whole)

    for row in cells(real_graph, "partners"):
        programs = [expand(one) for one in row["programs"].split() if one != "none"]
        found = {expand(one) for one in row["areas"].split() if one != "none"}
        assert found == {area for program in programs for area in above(program)}


def test_a_list_with_no_row_left_offers_to_lift_the_last_choice(served_explorer: Explorer) -> None:
    html = page(served_explorer, "places", plan="2012", oas="true")
    assert shown(html) == []
    assert '<p class="empty">' in html
    assert texts(html, r'<a href="([^"]*)"[^>]*>Lift the last choice: In the OAS</a>') == ["places.html?plan=2012"]
    assert '<p class="empty" hidden>' in page(served_explorer, "places", oas="true")


# in a browser


def rows_of(page: Page) -> list[str]:
    found: list[str] = page.locator("tbody tr:visible > th > a").all_inner_texts()
    return found


def test_without_script_the_form_asks_the_server(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "list/programs.html", java_script_enabled=False) as visit:
        page = visit.page
        assert page.locator("tbody tr").count() == 25
        page.select_option("#by-plan", "2012")
        page.select_option("#by-money", "to-be-determined")
        page.click("text=Narrow the list")
        assert page.url == f"{ORIGIN}list/programs.html?plan=2012&area=&basis=&money=to-be-determined&topic=&place="
        assert page.locator("tbody tr").count() == 3
        assert page.inner_text(".shown strong") == "3 of 25 rows"
        page.click("text=Show all")
        assert page.locator("tbody tr").count() == 25


def test_with_script_a_choice_counts_at_once_and_stays_in_the_address(
    browser: Browser, served_explorer: Explorer
) -> None:
    with untroubled(browser, served_explorer, "list/programs.html") as visit:
        page = visit.page
        page.evaluate("window.same = true")
        page.select_option("#by-money", "to-be-determined")
        page.wait_for_url("**/programs.html?money=to-be-determined")
        assert len(rows_of(page)) == 3
        page.select_option("#by-plan", "2012")
        page.wait_for_url("**/programs.html?money=to-be-determined&plan=2012")
        assert page.inner_text(".shown strong") == "3 of 25 rows"
        assert page.locator("#by-basis option:checked").inner_text() == "any"
        assert page.locator("#by-plan option").all_inner_texts() == [
            "any",
            "2012 (approved) (3)",
            "2018-2019 (draft) (0)",
        ]
        assert (
            page.get_attribute(".csv", "href") == "http://localhost/list/programs.csv?money=to-be-determined&plan=2012"
        )
        page.go_back()
        assert page.input_value("#by-plan") == ""
        page.go_back()
        assert len(rows_of(page)) == 25
        page.go_forward()
        page.go_forward()
        assert page.input_value("#by-plan") == "2012"
        assert len(rows_of(page)) == 3
        assert page.evaluate("window.same") is True


def test_a_link_to_a_narrowed_list_can_be_widened_at_once(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "es/list/partners.html?plan=2012&kind=ministry") as visit:
        page = visit.page
        page.evaluate("window.same = true")
        assert page.locator("tbody tr").count() == len(rows_of(page)) == 0
        page.select_option("#by-kind", "")
        page.wait_for_url("**/partners.html?plan=2012")
        assert len(rows_of(page)) == 57
        page.go_back()
        page.wait_for_selector(".empty:visible")
        assert page.evaluate("window.same") is True
        page.click(".empty a")
        assert page.url.endswith("partners.html?plan=2012")
        assert len(rows_of(page)) == 57


def test_in_files_the_script_shows_what_the_server_would(
    browser: Browser, explorer: Explorer, served_explorer: Explorer, tmp_path: Path
) -> None:
    for address in explorer.addresses():
        if address.startswith(("assets/", "list/", "es/list/", "names.js")):
            (tmp_path / address).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / address).write_bytes(explorer.file(address).content)
    context = browser.new_context(accept_downloads=True)
    visit = Visit(context.new_page())
    visit.page.on("console", lambda message: visit.trouble.append(message.text))
    visit.page.on("pageerror", lambda error: visit.trouble.append(str(error)))
    for name, asked in [*CHOSEN, ("programs", {"plan": "2012", "basis": "nothing", "fruit": "apple"})]:
        for folder in ("", "es/"):
            wanted = page(served_explorer, name, folder, **asked)
            query = "&".join(f"{facet}={value}" for facet, value in asked.items())
            visit.page.goto(f"{(tmp_path / folder / 'list' / name).as_uri()}.html?{query}")
            assert len(rows_of(visit.page)) == len(shown(wanted)) > 0
            assert visit.page.text_content(".sparql code") == sparql(wanted)
            assert visit.page.inner_text(".shown strong") == texts(wanted, r'data-said="[^"]*">([^<]*)</strong>')[0]
            assert visit.page.locator(".troubles p").all_inner_texts() == texts(
                re.findall(r'<div class="troubles".*?</div>', wanted, flags=re.DOTALL)[0], r"<p>(.*?)</p>"
            )
            numbers = visit.page.locator("option[data-label]").all_text_contents()
            assert numbers == texts(wanted, r"<option value=\"[^\"]+\"[^>]*>([^<]*)</option>")
            with visit.page.expect_download() as download:
                visit.page.click(".csv")
            saved = Path(download.value.path()).read_text(encoding="utf-8")
            assert download.value.suggested_filename == f"{name}.csv"
            known = {facet: value for facet, value in asked.items() if value not in ("nothing", "apple")}
            assert saved == served_explorer.file(f"{folder}list/{name}.csv", known).content.decode()
    visit.page.select_option("#by-plan", "2018-2019")
    assert visit.page.url.endswith("es/list/programs.html?plan=2018-2019")
    assert len(rows_of(visit.page)) == 12
    assert visit.trouble == []
    context.close()


def test_a_list_is_sorted_by_the_head_of_a_column(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(
        browser, served_explorer, "list/activities.html?plan=2018-2019&kind=Outcome&program=2018-2019/cybersecurity"
    ) as visit:
        page = visit.page
        before = rows_of(page)

        def column(number: int) -> list[str]:
            return page.locator(f"tbody tr > :nth-child({number})").all_inner_texts()

        page.click("thead >> text=Number")
        assert page.get_attribute("thead th:nth-child(3)", "aria-sort") == "descending"
        numbers = [int(one) for one in column(3) if one != "—"]
        assert numbers[0] == 3000
        assert numbers == sorted(numbers, reverse=True)
        assert column(3)[len(numbers) :] == ["—"] * (len(before) - len(numbers))
        page.keyboard.press("Enter")
        assert [int(one) for one in column(3)[: len(numbers)]] == sorted(numbers)
        page.click("thead >> text=Project, activity or outcome")
        assert page.locator("[aria-sort]").all_inner_texts() == ["Project, activity or outcome"]
        assert rows_of(page) == sorted(before, key=str.casefold)
        assert sorted(rows_of(page)) == sorted(before)


def test_bases_are_sorted_by_their_strength(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "list/programs.html") as visit:
        visit.page.click("thead >> text=Strongest basis")
        found = visit.page.locator("tbody .basis").all_inner_texts()
        ranks = ["stated", "by subject", "by work area", "general", "listed", "carried over"]
        assert found == sorted(found, key=ranks.index)
        assert len(set(found)) > 2


def test_the_query_is_copied(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(
        browser, served_explorer, "list/places.html?kind=Region", permissions=["clipboard-read", "clipboard-write"]
    ) as visit:
        page = visit.page
        page.click("text=The same rows as SPARQL")
        page.click("button:has-text('Copy')")
        page.wait_for_selector("button:has-text('Copied')")
        assert page.evaluate("navigator.clipboard.readText()") == page.text_content(".sparql code")


def test_where_a_page_may_not_copy_the_query_is_marked_for_the_reader(
    browser: Browser, served_explorer: Explorer
) -> None:
    with untroubled(browser, served_explorer, "list/places.html") as visit:
        visit.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
        visit.page.click("text=The same rows as SPARQL")
        visit.page.click("button:has-text('Copy')")
        visit.page.wait_for_function("() => getSelection().toString().startsWith('# Which countries')")


def test_a_list_is_narrowed_by_keyboard_alone(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "list/places.html") as visit:
        page = visit.page
        page.focus("#by-kind")
        page.keyboard.press("R")
        page.wait_for_url("**/places.html?kind=Region")
        assert page.evaluate("document.activeElement.id") == "by-kind"
        assert len(rows_of(page)) == 8
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "by-plan"


@pytest.mark.parametrize(("language", "size"), SCREENS)
def test_lists_are_sound_at_any_size(
    browser: Browser, served_explorer: Explorer, language: str, size: tuple[int, int]
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    folder = "" if language == "en" else f"{language}/"
    with untroubled(browser, served_explorer, f"{folder}list/{LISTS[0]}.html", viewport=viewport) as visit:
        for name in LISTS:
            visit.page.goto(f"{ORIGIN}{folder}list/{name}.html")
            visit.page.evaluate(FEW)
            visit.page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
            assert visit.violations == []
            assert visit.overflow <= 0
        visit.page.goto(f"{ORIGIN}{folder}list/places.html?plan=2012&oas=true&fruit=x")
        assert visit.violations == []


def test_lists_are_sound_in_the_dark(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(
        browser, served_explorer, "list/mandates.html?plan=2018-2019&fruit=x", color_scheme="dark"
    ) as visit:
        visit.page.evaluate(FEW)
        assert visit.violations == []
