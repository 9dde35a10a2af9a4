"""A reader finds a record by whatever it is called: on the server's page, in the browser, and as they type."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from cicte_graph.explorer import Explorer
from cicte_graph.find import search
from cicte_graph.graph import Graph
from cicte_graph.terms import ID
from tests.exploring import NARROW, ORIGIN, WIDE, Visit, untroubled

FIND = "words => words.map(one => cicteFinding.find(one, 8).matches.map(match => match.id))"
SCREENS = [
    pytest.param(language, size, id=f"{language}-{size[0]}") for language in ("en", "es") for size in (WIDE, NARROW)
]
FRAME = 16  # milliseconds


@pytest.fixture(scope="module")
def finding(browser: Browser, explorer: Explorer) -> Iterator[Page]:
    """A page that can find."""
    with untroubled(browser, explorer, "search.html") as visit:
        visit.page.evaluate("cicteSearch.ready()")
        yield visit.page


def page(explorer: Explorer, words: str, folder: str = "") -> str:
    return explorer.file(f"{folder}search.html", {"q": words}).content.decode()


def matches(html: str) -> list[tuple[str, str, str]]:
    """Read the matches of a page: the way, the name and what it is."""
    found = re.findall(r'<li><a href="(\S+?)">(.*?)</a> <span class="what">(.*?)</span></li>', html)
    return [(way, unescape(name), unescape(what)) for way, name, what in found if way]


def index(explorer: Explorer) -> dict[str, Any]:
    text = explorer.file("names.js").content.decode()
    read: dict[str, Any] = json.loads(text.removeprefix("globalThis.cicteNames=").removesuffix(";\n"))
    return read


def names(graph: Graph) -> dict[str, set[str]]:
    """List every name with the records that have it."""
    found: dict[str, set[str]] = {}
    for row in graph.rows("records/names"):
        found.setdefault(row["name"].value, set()).add(row["record"].value.removeprefix(ID))
    return found


# the index


def test_the_index_has_every_record_with_every_name(served_explorer: Explorer, real_graph: Graph) -> None:
    read = index(served_explorer)
    records = {entry[0]: entry for entry in read["records"]}
    kinds = {row["record"].value.removeprefix(ID): row["class"].value for row in real_graph.rows("records/names")}
    assert records.keys() == kinds.keys()
    for identifier, (_, kind, beside, *said) in records.items():
        assert read["kinds"]["en"][kind] == real_graph.label(kinds[identifier])
        plans = [iri.rpartition("/")[2] for iri in real_graph.values(ID + identifier, "inPlan")]
        assert read["beside"][beside] == "".join(plans or real_graph.values(ID + identifier, "symbol"))
        assert said[0] == real_graph.label(ID + identifier)
    in_spanish = Graph(real_graph.house, real_graph.store, real_graph.version, "es")
    assert all((entry[4] or entry[3]) == in_spanish.label(ID + entry[0]) for entry in read["records"])


def test_the_index_is_small(served_explorer: Explorer, real_graph: Graph) -> None:
    bare = sum(len(name) + 2 for name in names(real_graph)) + sum(
        len(entry[0]) for entry in index(served_explorer)["records"]
    )
    assert len(served_explorer.file("names.js").content) < 1.5 * bare


def test_each_name_stands_in_the_index_once(served_explorer: Explorer) -> None:
    for _, _, _, *said in index(served_explorer)["records"]:
        told = [name for name in said if name]
        assert len(told) == len(set(told))


# found in the browser as on the server


def test_every_name_finds_its_record_among_the_first_offers(finding: Page, real_graph: Graph) -> None:
    known = names(real_graph)
    found = finding.evaluate(FIND, list(known))
    assert [name for name, offers in zip(known, found, strict=True) if not known[name].intersection(offers)] == []


def test_a_name_finds_first_what_the_server_finds_first(finding: Page, real_graph: Graph) -> None:
    some = sorted(names(real_graph))[::10]
    assert len(some) > 100
    for name, offers in zip(some, finding.evaluate(FIND, some), strict=True):
        assert offers[0] == search(real_graph, name, most=1)[0].iri.removeprefix(ID), name


def test_beginnings_of_names_find_what_the_server_finds(finding: Page, real_graph: Graph) -> None:
    typed = [name[: 4 + n % 20] for n, name in enumerate(sorted(names(real_graph))[::12]) if len(name) > 5]
    assert len(typed) > 100
    for words, offers in zip(typed, finding.evaluate(FIND, typed), strict=True):
        told = {hit.iri.removeprefix(ID) for hit in search(real_graph, words, most=10_000)}
        assert told >= set(offers) != set(), words


def slipped(name: str, number: int) -> str:
    """Leave out, swap or mistype a letter of a name."""
    at = 1 + 7 * number % (len(name) - 3)
    return [
        name[:at] + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + "x" + name[at + 1 :],
    ][number % 3]


def test_a_name_is_found_with_a_slip_in_it(finding: Page, real_graph: Graph) -> None:
    known = names(real_graph)
    typed = {slipped(name, n): known[name] for n, name in enumerate(sorted(known)) if len(name) > 5}
    found = dict(zip(typed, finding.evaluate(FIND, list(typed)), strict=True))
    missed = [words for words, records in typed.items() if not records.intersection(found[words])]
    # a slip may make words that begin other names, and then those are found, on the server too
    assert [words for words in missed if search(real_graph, words)[0].iri.removeprefix(ID) in typed[words]] == []
    assert len(missed) < len(typed) / 100


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("AG/RES 2619, 4(b)", "provision/ag-res-2619-xli-o-11/4/b"),
        ("2619 4b", "provision/ag-res-2619-xli-o-11/4/b"),
        ("paragraph 4(b) of AG/RES. 2619 (XLI-O/11)", "provision/ag-res-2619-xli-o-11/4/b"),
        ("1540", "instrument/s-res-1540-2004"),
        ("UNSCR 1540", "instrument/s-res-1540-2004"),
        ("resolución 2619", "instrument/ag-res-2619-xli-o-11"),
        ("cicte/dec. 1/11, 5", "provision/cicte-dec-1-11/5"),
        ("INTERPOL", "organization/interpol"),
        ("organizacion internacional de policia criminal", "organization/interpol"),
        ("oea", "organization/oas"),
        ("DOM", "country/DOM"),
        ("maritime security 2012", "program/2012/maritime-security"),
        ("maritme protecton", "program/2018-2019/maritime-protection"),
        ("Gobal Forum of Incident Response and Security Teams", "organization/first"),
        ("program/2012/maritime-security", "program/2012/maritime-security"),
    ],
)
def test_any_spelling_finds_its_record_first(finding: Page, real_graph: Graph, words: str, expected: str) -> None:
    assert finding.evaluate(FIND, [words])[0][0] == expected
    assert search(real_graph, words, most=1)[0].iri == ID + expected


@pytest.mark.parametrize("words", ["xyzzyplugh", "", "  ", "?!", "qqqq wwww"])
def test_what_is_like_no_name_finds_nothing(finding: Page, words: str) -> None:
    assert finding.evaluate(FIND, [words]) == [[]]


def test_three_thousand_names_are_searched_within_a_frame(browser: Browser, explorer: Explorer) -> None:
    read = index(explorer)
    number = sum(len(entry) - 3 for entry in read["records"])
    times = -(-3000 // number)
    many = [[f"{entry[0]}-{n}", *entry[1:]] for n in range(times) for entry in read["records"]]
    with untroubled(browser, explorer, "search.html") as visit:
        visit.page.evaluate("load => { globalThis.cicteNames = load; }", read | {"records": many})
        visit.page.add_script_tag(url=f"{ORIGIN}assets/finding.js")
        for words in ("m", "maritime", "AG/RES 2619, 4(b)", "maritme protecton"):
            best = visit.page.evaluate(
                """words => Math.min(...Array.from({ length: 30 }, () => {
                  const start = performance.now();
                  cicteFinding.find(words, 8);
                  return performance.now() - start;
                }))""",
                words,
            )
            assert best < FRAME, words


# the page of matches


def test_the_server_shows_what_is_found_with_its_kind_plan_and_other_name(served_explorer: Explorer) -> None:
    found = matches(page(served_explorer, "2619"))
    assert found[:2] == [
        (
            "id/instrument/ag-res-2619-xli-o-11.html",
            "Special Security Concerns of the Small Island States of the Caribbean",
            "Instrument · AG/RES. 2619 (XLI-O/11)",
        ),
        ("id/provision/ag-res-2619-xli-o-11/4.html", "AG/RES. 2619 (XLI-O/11), operative paragraph 4", "Provision"),
    ]
    assert matches(page(served_explorer, "maritime security 2012"))[0] == (
        "id/program/2012/maritime-security.html",
        "Maritime Security",
        "Program · 2012",
    )
    assert matches(page(served_explorer, "OAS", "es/"))[0][1:] == (
        "Organización de los Estados Americanos",
        "Organización · OAS",
    )


def test_of_many_matches_the_best_are_shown_and_all_are_counted(served_explorer: Explorer, real_graph: Graph) -> None:
    number = len(search(real_graph, "security", most=10_000))
    html = page(served_explorer, "security")
    assert len(matches(html)) == 50 < number
    assert f">Matches: {number}; the best 50 are shown</p>" in html


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("xyzzyplugh", "Nothing is called so. Try fewer or other words."),
        ("", "Give a name, an acronym or a symbol."),
        ("?!", "Give a name, an acronym or a symbol."),
        ("x" * 301, "That is too long to be a name. Give at most 300 characters."),
    ],
)
def test_what_finds_nothing_is_told_why(served_explorer: Explorer, words: str, said: str) -> None:
    html = page(served_explorer, words)
    assert matches(html) == []
    assert f">{said}</p>" in html


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_searched_for_there_is_a_page_and_nothing_of_it_is_markup(
    served_sample: Explorer, words: str
) -> None:
    assert "<b>" not in page(served_sample, f"<b>{words}")


def test_without_script_the_server_answers_from_any_page(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "es/list/programs.html", java_script_enabled=False) as visit:
        visit.page.fill("#q", "policía criminal")
        visit.page.press("#q", "Enter")
        assert visit.page.url == f"{ORIGIN}es/search.html?q=polic%C3%ADa+criminal"
        assert visit.page.input_value("#q") == "policía criminal"
        visit.page.click("text=Organización Internacional de Policía Criminal")
        assert visit.page.url == f"{ORIGIN}es/id/organization/interpol.html"


def test_in_files_the_page_of_matches_is_filled_by_script(browser: Browser, explorer: Explorer, tmp_path: Path) -> None:
    for address in explorer.addresses():
        if address.startswith(
            ("assets/", "search.html", "es/search.html", "names.js", "id/organization/interpol.html")
        ):
            (tmp_path / address).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / address).write_bytes(explorer.file(address).content)
    context = browser.new_context()
    visit = Visit(context.new_page())
    visit.page.on("console", lambda message: visit.trouble.append(message.text))
    visit.page.on("pageerror", lambda error: visit.trouble.append(str(error)))
    visit.page.goto((tmp_path / "search.html").as_uri())
    assert visit.page.inner_text(".told") == "Give a name, an acronym or a symbol."
    visit.page.fill("#q", "security")
    visit.page.press("#q", "Enter")
    visit.page.wait_for_selector(".matches li")
    assert visit.page.url == f"{(tmp_path / 'search.html').as_uri()}?q=security"
    assert visit.page.locator(".matches li").count() == 50
    visit.page.goto(f"{(tmp_path / 'es/search.html').as_uri()}?q=interpol")
    visit.page.wait_for_selector(".matches li")
    assert visit.page.input_value("#q") == "interpol"
    assert visit.page.inner_text(".matches li >> nth=0").split("\n") == [
        "Organización Internacional de Policía Criminal",
        "Organización · INTERPOL",
    ]
    visit.page.goto(f"{(tmp_path / 'search.html').as_uri()}?q=%3Cb%3Exyzzyplugh")
    visit.page.wait_for_function("() => document.querySelector('.told').textContent.startsWith('Nothing is called so')")
    visit.page.goto(f"{(tmp_path / 'search.html').as_uri()}?q=interpol")
    visit.page.click(".matches a >> nth=0")
    assert visit.page.url == (tmp_path / "id/organization/interpol.html").as_uri()
    assert visit.trouble == []
    context.close()


def test_the_page_of_matches_is_the_same_by_server_and_by_script(
    browser: Browser, served_explorer: Explorer, explorer: Explorer
) -> None:
    with untroubled(browser, explorer, "search.html") as visit:
        for words in ("2619", "interpol", "port security", "maritime security 2012", "Barbados"):
            visit.page.goto(f"{ORIGIN}search.html?q={words}")
            visit.page.wait_for_selector(".matches li")
            found = visit.page.locator(".matches li").evaluate_all(
                "all => all.map(({ children: [link, what] }) => [link.textContent, what.textContent])"
            )
            told = matches(page(served_explorer, words))
            assert found[0] == list(told[0][1:])
            assert sorted(found) == sorted([name, what] for _, name, what in told)
            assert visit.page.inner_text(".told") == f"Matches: {len(told)}"


# as one types


def offers(page: Page) -> list[str]:
    found: list[str] = page.locator(".offers [role=option]:visible > :first-child").all_inner_texts()
    return found


def type_in(page: Page, words: str) -> None:
    page.fill("#q", "")
    page.type("#q", words)
    page.wait_for_selector(".offers:visible")


def active(page: Page) -> str:
    """Tell which offer a screen reader is at."""
    found: str = page.evaluate(
        "document.getElementById(document.querySelector('#q').getAttribute('aria-activedescendant'))"
        "?.firstChild.textContent ?? ''"
    )
    return found


def test_names_are_loaded_only_when_the_field_is_used(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "list/places.html") as visit:
        loaded = "performance.getEntriesByType('resource').map(one => one.name.split('/').at(-1))"
        assert "names.js" not in visit.page.evaluate(loaded)
        visit.page.focus("#q")
        visit.page.wait_for_function("() => globalThis.cicteFinding")
        visit.page.evaluate("document.activeElement.blur()")
        visit.page.focus("#q")
        assert visit.page.evaluate(loaded).count("names.js") == 1


def test_offers_are_chosen_by_keyboard_as_the_pattern_asks(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "list/places.html") as visit:
        page = visit.page
        assert page.get_attribute("#q", "role") == "combobox"
        assert page.get_attribute("#q", "aria-expanded") == "false"
        type_in(page, "maritime")
        assert page.get_attribute("#q", "aria-expanded") == "true"
        assert page.get_attribute("#q", "aria-controls") == page.get_attribute(".offers [role=listbox]", "id")
        first, second, *_, last = offers(page)
        assert (first, second) == ("Maritime Security", "Maritime Protection")
        assert len(offers(page)) == 8
        assert page.inner_text(".offers [role=option] >> nth=0").split("\n") == ["Maritime Security", "Program · 2012"]
        assert active(page) == ""
        page.keyboard.press("ArrowDown")
        assert active(page) == first
        assert page.get_attribute(".offers [role=option] >> nth=0", "aria-selected") == "true"
        page.keyboard.press("ArrowDown")
        assert active(page) == second
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert active(page) == ""
        page.keyboard.press("ArrowUp")
        assert active(page) == last
        assert page.locator("[aria-selected=true]").count() == 1
        page.keyboard.press("Escape")
        assert page.locator(".offers").is_hidden()
        assert page.get_attribute("#q", "aria-expanded") == "false"
        assert page.input_value("#q") == "maritime"
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(".offers:visible")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/program/2018-2019/maritime-protection.html")


def test_enter_without_a_choice_goes_to_the_page_of_matches(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "es/list/places.html") as visit:
        type_in(visit.page, "puertos")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/es/search.html?q=puertos")
        assert visit.page.locator(".matches li").count() > 5


def test_an_offer_is_chosen_with_the_pointer_and_they_close_when_one_leaves(
    browser: Browser, served_explorer: Explorer
) -> None:
    with untroubled(browser, served_explorer, "es/list/places.html") as visit:
        type_in(visit.page, "barbados")
        visit.page.click("h1")
        assert visit.page.locator(".offers").is_hidden()
        type_in(visit.page, "barbados")
        visit.page.click(".offers [role=option] >> nth=0")
        visit.page.wait_for_url("**/es/id/country/BRB.html")


def test_what_is_like_no_name_is_said_and_offers_nothing(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "list/places.html") as visit:
        type_in(visit.page, "xyzzyplugh")
        assert visit.page.inner_text(".offers [role=status]") == "Nothing is called so."
        assert visit.page.get_attribute("#q", "aria-expanded") == "false"
        visit.page.fill("#q", "")
        assert visit.page.locator(".offers").is_hidden()


def test_names_that_are_markup_are_shown_as_they_are(browser: Browser, explorer: Explorer) -> None:
    with untroubled(browser, explorer, "search.html") as visit:
        visit.page.evaluate("cicteSearch.ready()")
        hostile = '<img src=x onerror="document.title=1">&amp;'
        visit.page.evaluate("name => cicteNames.records.splice(0, Infinity, ['program/a', 0, 1, name, ''])", hostile)
        visit.page.add_script_tag(url=f"{ORIGIN}assets/finding.js")
        type_in(visit.page, "img")
        assert offers(visit.page) == [hostile]
        assert visit.page.locator("img").count() == 0


def test_where_the_names_cannot_be_had_the_field_still_searches(browser: Browser, served_explorer: Explorer) -> None:
    context = browser.new_context()
    page = context.new_page()

    def answer(route: Any) -> None:
        path, _, query = route.request.url.removeprefix(ORIGIN).partition("?")
        if path == "names.js":
            route.abort()
        else:
            made = served_explorer.file(path, {"q": query.removeprefix("q=")})
            route.fulfill(body=made.content, content_type=made.media_type)

    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    context.route("**/*", answer)
    page.goto(f"{ORIGIN}search.html")
    page.type("#q", "interpol")
    page.press("#q", "Enter")
    page.wait_for_selector(".matches li")
    context.close()
    assert [one for one in broken if "cicteNames" not in one] == []


@pytest.mark.parametrize(("language", "size"), SCREENS)
def test_offers_and_matches_are_sound_at_any_size(
    browser: Browser, served_explorer: Explorer, language: str, size: tuple[int, int]
) -> None:
    folder = "" if language == "en" else f"{language}/"
    viewport = {"width": size[0], "height": size[1]}
    with untroubled(browser, served_explorer, f"{folder}search.html?q=terrorism", viewport=viewport) as visit:
        assert visit.violations == []
        type_in(visit.page, "interpol")
        visit.page.keyboard.press("ArrowDown")
        assert visit.violations == []
        assert visit.overflow <= 0
        box = visit.page.locator(".offers").bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= size[0]


def test_offers_are_sound_in_the_dark(browser: Browser, served_explorer: Explorer) -> None:
    with untroubled(browser, served_explorer, "search.html?q=port", color_scheme="dark") as visit:
        type_in(visit.page, "port")
        visit.page.keyboard.press("ArrowDown")
        assert visit.violations == []
