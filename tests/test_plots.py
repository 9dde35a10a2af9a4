"""Every plot shows the numbers of the reports, in words that can be read, and is the same every time.

What the sample must give is worked out by hand from tests/sample; the real numbers are compared with the reports
and questions that give them.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from math import cos, radians, sin
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Dialog, Page, Request, Route

from cicte_graph.answers import run as ask_sparql
from cicte_graph.api import OpenGraph
from cicte_graph.build import assemble
from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.plots import PLOTS, Plot, plot
from cicte_graph.plots.colors import BLUE, PAPER, on, shade, tint
from cicte_graph.plots.lettering import BODY, fit, plain, short, wrap
from cicte_graph.plots.order import side_by_side, untangled
from cicte_graph.plots.sheet import STYLE
from cicte_graph.plots.written import as_html
from cicte_graph.reports import make_report
from cicte_graph.reports.report import asked
from cicte_graph.table import Value
from tests.conftest import SAMPLE, TESTED

SVG = "{http://www.w3.org/2000/svg}"
NAMES = list(PLOTS)
P01, P03 = "id:work-plan/2001", "id:work-plan/2003"
PORT, STORM = "id:program/2001/port-safety", "id:program/2001/storm-warning"
HARBOR, WEB = "id:program/2003/harbor-protection", "id:program/2003/web-safety"


def rows(graph: Graph, name: str, *columns: str) -> list[tuple[Value, ...]]:
    """Give the rows a plot is drawn from, of some columns."""
    return [tuple(row[column] for column in columns) for row in plot(graph, name).table]


def parsed(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own


def words_of(graph: Graph, name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the words a plot draws, by having them written as text."""
    monkeypatch.setitem(STYLE, "svg.fonttype", "none")
    return [text.text or "" for text in parsed(plot(graph, name).svg).iter(f"{SVG}text")]


# what is drawn


def test_the_sample_shows_who_shares_partners(sample_graph: Graph) -> None:
    # Harbor Protection has the police, the coast guard and, in an activity, the institute; Web Safety the police and
    # the institute. The plan of 2001 names the police for the plan as a whole.
    found = rows(sample_graph, "overlap", "plan", "program", "partners", "other", "other partners", "shared")
    assert found == [(P03, HARBOR, 3, WEB, 2, 2)]
    assert rows(sample_graph, "overlap", "organizations") == [("Sample Police; Wave Institute",)]


def test_the_sample_shows_who_takes_part_in_two_programs(sample_graph: Graph) -> None:
    assert rows(sample_graph, "partners", "label", "programs", "program", "role") == [
        ("Sample Police", 2, HARBOR, "concept:role/partner"),
        ("Sample Police", 2, WEB, "concept:role/partner"),
        ("Wave Institute", 2, HARBOR, "concept:role/cooperating"),
        ("Wave Institute", 2, WEB, "concept:role/partner"),
    ]
    assert plot(sample_graph, "partners").finding == (
        "2 of 3 organizations named for a program take part in two or more, 1 in one only."
    )


def test_the_sample_shows_which_program_answers_which_mandate(sample_graph: Graph) -> None:
    # paragraph 4 speaks of borders, the work area of both; 4(a) of seaports; 5 is listed; harbors carry on ports
    assert set(rows(sample_graph, "coverage", "program", "mandate", "basis", "carried from")) == {
        (PORT, "id:provision/sample-res-7/4", "area", None),
        (PORT, "id:provision/sample-res-7/4/a", "subject", None),
        (PORT, "id:provision/sample-res-7/5", "listed", None),
        (STORM, "id:provision/sample-res-7/4", "area", None),
        (STORM, "id:provision/sample-res-7/5", "listed", None),
        (HARBOR, "id:provision/sample-res-7/4", "carried-over", "area"),
        (HARBOR, "id:provision/sample-res-7/4/a", "carried-over", "subject"),
    }


def test_the_sample_shows_people_events_and_what_is_left_open(sample_graph: Graph) -> None:
    assert rows(sample_graph, "people", "program", "counts", "unit", "number", "targets", "left open") == [
        (PORT, "events without a number of people", "courses", 3, 1, 0),
        (HARBOR, "people", "judges and prosecutors", None, 0, 1),
        (HARBOR, "people", "officials", 40, 1, 0),
    ]


def test_the_sample_shows_money_by_project(sample_graph: Graph) -> None:
    assert rows(sample_graph, "money", "program", "projects", "name", "money", "until") == [
        (PORT, 2, "Drills", "to be identified", None),
        (STORM, 0, None, None, None),
        (HARBOR, 1, "Harbor training", "funded until a date", "2003-06-30"),
        (WEB, 0, None, None, None),
    ]


def test_the_sample_shows_what_became_of_its_programs(sample_graph: Graph) -> None:
    assert rows(sample_graph, "continuity", "earlier", "later", "kind", "confidence", "carried on") == [
        (PORT, HARBOR, "renamed", "medium", "the program"),
        (STORM, None, "not carried on", None, None),
        (None, WEB, "new", None, None),
    ]


def test_the_sample_shows_partners_by_kind_and_country(sample_graph: Graph) -> None:
    found = rows(sample_graph, "kinds", "by", "label", "plan", "organizations")
    assert sorted(found, key=str) == sorted(
        [
            ("kind", "Regional body", P01, 1),  # the police, tied to the plan as a whole
            ("kind", "Regional body", P03, 1),
            ("kind", "State agency", P01, 0),
            ("kind", "State agency", P03, 1),
            ("kind", "Academia", P01, 0),
            ("kind", "Academia", P03, 1),
            ("country", "Barbados", P01, 0),
            ("country", "Barbados", P03, 1),  # its coast guard
            ("country", "none", P01, 1),
            ("country", "none", P03, 2),
        ],
        key=str,
    )


def test_shared_partners_are_those_of_the_question(real_graph: Graph) -> None:
    found = {
        (plan, *sorted((str(one), str(other)))): shared
        for plan, one, other, shared in rows(real_graph, "overlap", "plan", "program", "other", "shared")
        if shared
    }
    assert found == {
        (plan, str(row["program"]), str(row["other"])): row["shared"]
        for plan in real_graph.plans()
        for row in asked(real_graph, "partners/shared-partners", plan=plan)
    }


MANY = """
SELECT ?organization (COUNT(DISTINCT ?program) AS ?programs)
WHERE { ?program a cicte:Program . ?element cicte:partOf* ?program ; cicte:partner ?organization }
GROUP BY ?organization HAVING (COUNT(DISTINCT ?program) > 1)
"""


def test_organizations_of_many_programs_are_those_a_query_counts(real_graph: Graph) -> None:
    counted = {(row["organization"], row["programs"]) for row in ask_sparql(real_graph, MANY)}
    assert set(rows(real_graph, "partners", "organization", "programs")) == counted
    drawn = Counter(body for (body,) in rows(real_graph, "partners", "organization"))
    assert set(drawn.items()) == counted


def test_coverage_is_that_of_the_report(real_graph: Graph) -> None:
    columns = ("plan", "program", "mandate", "basis", "carried from", "status", "confidence", "justification")
    report = make_report(real_graph, "coverage")
    told = {tuple(row[column] for column in columns) for row in report.table}
    drawn = rows(real_graph, "coverage", *columns)
    assert set(drawn) == told
    assert len(drawn) == len(report.table)
    assert report.findings[0].startswith("The 2012 work plan: 10 of 13 programs ")
    assert report.findings[1].startswith("The 2018-2019 draft: 8 of 12 programs ")
    finding = plot(real_graph, "coverage").finding
    assert finding.startswith("10 of 13 programs of the 2012 work plan and 8 of 12 programs of the 2018-2019 draft ")


def test_people_are_those_of_the_question(real_graph: Graph) -> None:
    drawn = {
        (plan, program, unit): (number or 0, targets, left_open)
        for plan, program, counts, unit, number, targets, left_open in rows(
            real_graph, "people", "plan", "program", "counts", "unit", "number", "targets", "left open"
        )
        if counts == "people"
    }
    asked_for = {
        (row["plan"], row["program"], str(row["unit"]).rpartition("/")[2].replace("-", " ")): (
            row["people"],
            row["targets"],
            row["open"],
        )
        for plan in real_graph.plans()
        for row in asked(real_graph, "people/people-by-program", plan=plan)
    }
    assert drawn == asked_for


def test_events_without_people_are_those_of_the_report(real_graph: Graph) -> None:
    told: defaultdict[tuple[Value, Value], int] = defaultdict(int)
    for row in make_report(real_graph, "people").table:
        if row["count"] == "people not counted":
            told[row["program"], row["unit"]] += int(str(row["quantity"] or 0))
    columns = ("program", "unit", "number", "counts")
    found = {(one, unit): n or 0 for one, unit, n, counts in rows(real_graph, "people", *columns) if counts != "people"}
    assert found == told


def test_an_open_number_is_said_to_be_open_and_is_no_zero(sample_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = words_of(sample_graph, "people", monkeypatch)
    assert drawn.count("open") == 2  # in its cell and in the sum of its unit
    assert "0" not in drawn


def test_money_is_what_the_plans_mark(real_graph: Graph) -> None:
    drawn = [row for row in rows(real_graph, "money", "plan", "element", "class", "until") if row[1]]
    told = [
        (plan, row["element"], str(row["class"]).rpartition(":")[2], row.get("until"))
        for plan in real_graph.plans()
        for row in asked(real_graph, "money/money-state", plan=plan)
    ]
    assert sorted(drawn, key=str) == sorted(told, key=str)
    projects = {program: number for program, number in rows(real_graph, "money", "program", "projects") if program}
    assert projects == {
        row["program"]: row["projects"]
        for plan in real_graph.plans()
        for row in asked(real_graph, "programs/programs", plan=plan)
    }
    assert plot(real_graph, "money").finding == (
        "The 2012 work plan marks 7 of 34 projects as without secured money; the 2018-2019 draft marks 9 of 22, and "
        "itself as subject to availability."
    )


def test_every_program_flows_ends_or_is_new(real_graph: Graph) -> None:
    drawn = rows(real_graph, "continuity", "earlier", "later", "kind", "carried on", "continuity")
    [(earlier, later)] = pairwise(real_graph.plans())
    for column, plan in enumerate((earlier, later)):
        programs = {row["program"] for row in asked(real_graph, "programs/programs", plan=plan)}
        assert {row[column] for row in drawn if row[column]} == programs
    for query, plan, word, column in (("ended", earlier, "not carried on", 0), ("new", later, "new", 1)):
        found = asked(real_graph, f"continuity/{query}", plan=plan)
        named = {row["element"] for row in found if row["class"] == "cicte:Program"}
        assert {row[column] for row in drawn if row[2] == word} == named


def test_a_flow_between_programs_is_the_record_that_says_so(real_graph: Graph) -> None:
    records = {row["continuity"]: row for row in asked(real_graph, "continuity/carried-on")}
    between = {
        (row["earlier"], row["later"])
        for row in records.values()
        if str(row["earlier"]).startswith("id:program/") and str(row["later"]).startswith("id:program/")
    }
    columns = ("earlier", "later", "kind", "confidence", "carried on", "continuity")
    drawn = [row for row in rows(real_graph, "continuity", *columns) if row[5]]
    assert between <= {row[:2] for row in drawn}
    for earlier, later, kind, confidence, what, continuity in drawn:
        record = records[continuity]
        assert str(record["kind"]).endswith(f"/{kind}")
        assert str(record["confidence"]).endswith(f"/{confidence}")
        assert (what == "the program") == (record["earlier"] == earlier)
        assert str(record["later"]).split("/", 1)[1].startswith(str(later).split("/", 1)[1])


def test_partners_by_kind_are_those_of_the_question(real_graph: Graph) -> None:
    drawn = {
        (plan, value): n
        for by, value, plan, n in rows(real_graph, "kinds", "by", "value", "plan", "organizations")
        if by == "kind"
    }
    told = {
        (plan, row["kind"]): row["organizations"]
        for plan in real_graph.plans()
        for row in asked(real_graph, "partners/partners-by-kind", plan=plan)
    }
    assert {key: number for key, number in drawn.items() if number} == told


BODIES = """
SELECT ?plan ?country (COUNT(DISTINCT ?organization) AS ?organizations)
WHERE {
  ?plan a cicte:WorkPlan . ?element cicte:partOf* ?plan ; cicte:partner ?organization .
  OPTIONAL { ?organization cicte:country ?country }
}
GROUP BY ?plan ?country
"""


def test_partners_by_country_are_those_a_query_counts(real_graph: Graph) -> None:
    columns = ("by", "plan", "value", "organizations")
    drawn = {row[1:] for row in rows(real_graph, "kinds", *columns) if row[0] == "country" and row[3]}
    assert drawn == {(row["plan"], row["country"], row["organizations"]) for row in ask_sparql(real_graph, BODIES)}


def test_the_numbers_in_the_stairs_are_those_of_the_rows(real_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Counter(int(word) for word in words_of(real_graph, "overlap", monkeypatch) if word.isdecimal())
    found = rows(real_graph, "overlap", "program", "partners", "other", "other partners", "shared")
    own = {program: partners for one in found for program, partners in (one[:2], one[2:4])}
    assert drawn == Counter([*own.values(), *(row[4] for row in found), 0])  # a zero stands in the key


def test_the_numbers_of_people_in_the_figure_are_those_of_the_rows(
    real_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = Counter(word for word in words_of(real_graph, "people", monkeypatch) if re.fullmatch(r"[\d,]+", word))
    columns = ("plan", "counts", "unit", "number")
    cells = [row for row in rows(real_graph, "people", *columns) if row[3] is not None]
    sums: Counter[tuple[Value, ...]] = Counter()
    for *unit, number in cells:
        sums[tuple(unit)] += int(str(number))
    assert drawn == Counter(f"{number:,}" for number in [*(int(str(row[3])) for row in cells), *sums.values()])


# how it is drawn


@pytest.mark.parametrize("name", NAMES)
def test_a_plot_is_valid_xml_that_says_what_it_shows_and_from_what(real_graph: Graph, name: str) -> None:
    made = plot(real_graph, name)
    root = parsed(made.svg)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == (made.title, made.finding)
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), description.get("id"))
    source = next(root.iter("{http://purl.org/dc/elements/1.1/}source")).text or ""
    assert source == made.source
    assert "CICTE/doc.8/18" in source
    assert TESTED.digest in source
    assert "CC BY 4.0" in source
    assert made.finding.endswith(".")
    assert len(made.table)
    assert b"<!--" not in made.svg
    assert b"<dc:date>" not in made.svg


@pytest.mark.parametrize("name", NAMES)
def test_title_finding_source_and_version_stand_in_the_figure_itself(
    real_graph: Graph, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = " ".join(words_of(real_graph, name, monkeypatch))
    made = plot(real_graph, name)
    for said in (made.title, made.finding, made.source):
        assert said in drawn
    assert f"graph {TESTED.digest}" in drawn


def test_a_plot_is_the_same_every_time_whatever_the_readers_settings_are(real_graph: Graph) -> None:
    before = {name: plot(real_graph, name).svg for name in NAMES}
    with mpl.rc_context({"font.size": 31, "svg.fonttype": "none", "axes.facecolor": "red", "text.usetex": True}):
        assert {name: plot(real_graph, name).svg for name in NAMES} == before
        assert mpl.rcParams["font.size"] == 31


DIGESTS = """
import hashlib, json
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.plots import PLOTS, plot
from cicte_graph.plots.written import as_html
graph = Graph.open(open_house())
made = [plot(graph, name) for name in PLOTS]
print(json.dumps([hashlib.sha256(one.svg + as_html(one).encode()).hexdigest() for one in made]))
"""


def test_a_plot_is_the_same_in_another_process(real_house: object) -> None:  # noqa: ARG001 - built once before
    def digests(seed: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", DIGESTS],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        return list(json.loads(done.stdout))

    assert digests("1") == digests("2")


BOXES = """
() => Array.from(document.querySelectorAll('g[id^=text_]'), outer => {
  const words = outer.querySelector('g'), box = words.getBBox(), ctm = words.getCTM();
  const map = (x, y) => [ctm.a * x + ctm.c * y + ctm.e, ctm.b * x + ctm.d * y + ctm.f];
  const turn = Math.atan2(ctm.b, ctm.a);
  return {turn, ends: [map(box.x, box.y), map(box.x + box.width, box.y + box.height)]};
})
"""


def placed(browser: Browser, svg: bytes) -> Iterator[tuple[float, list[float]]]:
    """Tell where the words of a figure stand: their slant, and their box, turned upright."""
    page = browser.new_page()
    page.set_content(svg[svg.index(b"<svg") :].decode())
    for one in page.evaluate(BOXES):
        turn = one["turn"]
        upright = [(x * cos(-turn) - y * sin(-turn), x * sin(-turn) + y * cos(-turn)) for x, y in one["ends"]]
        xs, ys = sorted(x for x, _ in upright), sorted(y for _, y in upright)
        yield round(turn, 3), [xs[0], ys[0], xs[1], ys[1], *(value for end in one["ends"] for value in end)]
    page.close()


def assert_apart(browser: Browser, svg: bytes) -> None:
    """See that no words overlap and none leave the sheet."""
    width, height = (float(side) * 96 / 72 for side in (parsed(svg).get("viewBox") or "").split()[2:])  # in pixels
    boxes = list(placed(browser, svg))
    assert len(boxes) > 10
    for _, box in boxes:
        assert min(box[4:]) >= 0
        assert max(box[4], box[6]) <= width
        assert max(box[5], box[7]) <= height
    for (turn, one), (other_turn, other) in combinations(boxes, 2):
        if turn == other_turn:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


@pytest.mark.parametrize("name", NAMES)
def test_no_words_overlap_and_none_leave_the_sheet(
    browser: Browser, real_graph: Graph, sample_graph: Graph, name: str
) -> None:
    for graph in (real_graph, sample_graph):
        assert_apart(browser, plot(graph, name).svg)


SLANTED = re.compile(r"rotate\((-[1-9]\S*) (\S+) (\S+)\)")


@pytest.mark.parametrize("language", ["en", "es"])
def test_names_of_columns_stand_further_from_each_other_than_the_two_lines_of_one(
    real_graph: Graph, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setitem(STYLE, "svg.fonttype", "none")
    graph = Graph(real_graph.house, real_graph.store, TESTED, language)
    for name in ("coverage", "partners"):
        across = []
        for text in parsed(plot(graph, name).svg).iter(f"{SVG}text"):
            for turn, x, y in SLANTED.findall(text.get("transform") or ""):
                slant = radians(-float(turn))
                across.append(float(x) * sin(slant) + float(y) * cos(slant))
        apart = sorted(other - one for one, other in pairwise(sorted(across)))
        in_one = [gap for gap in apart if gap < 8]  # lines of seven points
        assert in_one, name
        assert min(gap for gap in apart if gap >= 8) > 1.5 * max(in_one), name


def test_on_a_phone_a_figure_opens_whole_and_can_be_enlarged(browser: Browser, explorer: Explorer) -> None:
    def answer(route: Route) -> None:
        file = explorer.file(urlsplit(route.request.url).path.lstrip("/"))
        if file is None:
            route.abort()
        else:
            route.fulfill(body=file.content, content_type=file.media_type)

    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.route("**/*", answer)
    page.goto("https://example.org/figure/partners.html")
    wide = "plate => [plate.scrollWidth > plate.clientWidth, plate.querySelector('img').naturalWidth > 0]"
    assert page.locator(".plate").evaluate(wide) == [False, True]
    page.locator("a[href='#large']").click()
    assert page.locator(".plate").evaluate(wide) == [True, True]
    page.locator("a[href='#whole']").click()
    assert page.locator(".plate").evaluate(wide) == [False, True]
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not page.locator(".nearer").is_visible()
    page.close()


def opened(browser: Browser, width: int) -> tuple[Page, list[str]]:
    """Open a page with the network cut off; whatever pages in it ask for or complain of is listed."""
    page = browser.new_context(viewport={"width": width, "height": 900}, offline=True).new_page()
    trouble: list[str] = []

    def asked_for(request: Request) -> None:
        if not request.url.startswith("file:"):
            trouble.append(request.url)

    def refuse(dialog: Dialog) -> None:
        trouble.append(dialog.message)
        dialog.dismiss()

    page.on("request", asked_for)
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", refuse)
    return page, trouble


def shown(page: Page, made: Plot, folder: Path) -> None:
    (folder / "plot.html").write_text(as_html(made), encoding="utf-8")
    page.goto((folder / "plot.html").as_uri())


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "light"), (390, "dark")])
def test_the_pages_open_offline_without_trouble_or_axe_violation(
    browser: Browser, real_graph: Graph, tmp_path: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    page, trouble = opened(browser, width)
    page.emulate_media(color_scheme=scheme)
    for name in NAMES:
        made = plot(real_graph, name)
        shown(page, made, tmp_path)
        violations = Axe().run(page).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.inner_text("h1") == made.title
        assert page.inner_text(".lead") == made.finding
        assert page.inner_text("figcaption") == made.source
        assert page.locator("tbody tr").count() == len(made.table)
        assert page.locator("script").count() == 0
    assert trouble == []
    page.context.close()


# names nobody expects

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "comment": "--!><script>alert(1)</script><!-- -->",
    "markup": "]]></title></desc></svg><img src=x onerror=alert(1)>",
    "mathtext": "$x^2$ \\frac{1}{2} $\\undefined$ {{ 7 * 7 }}",
    "endless": "x" * 10_000,
    "long": "long " * 2000,
    "control": "bell \u0007 and \u202e turned \u2028 line",
    "other letters": "警察 \U0001f600 پلیس",
}


@pytest.fixture(scope="module", params=list(HOSTILE))
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Graph]:
    """Give the sample with one name for a partner, a program, a project, a country and a paragraph."""
    name = HOSTILE[request.param]
    data = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(SAMPLE, data)
    for file, old in (
        ("organizations/sample-police.yaml", "Sample Police"),
        ("plans/2003/harbor-protection.yaml", "Harbor Protection"),
        ("plans/2003/harbor-protection.yaml", "Harbor training"),
        ("plans/2001/port-safety.yaml", "Port Safety"),
        ("plans/2001/port-safety.yaml", "Drills"),
        ("places/BRB.yaml", "Barbados"),
        ("mandates/sample-res-7.yaml", '"S/RES. 7, operative paragraph 4(a)"'),
    ):
        text = (data / file).read_text(encoding="utf-8")
        assert f"{{en: {old}" in text
        new = json.dumps(name, ensure_ascii=not name.isprintable())
        (data / file).write_text(text.replace(f"{{en: {old}", f"{{en: {new}"), encoding="utf-8")
    house = open_house(data)
    return name, Graph(house, assemble(house).store, TESTED)


def test_no_name_becomes_markup_or_breaks_a_figure(
    hostile: tuple[str, Graph], browser: Browser, tmp_path: Path
) -> None:
    name, graph = hostile
    page, trouble = opened(browser, 390)
    for made in (plot(graph, plotted) for plotted in NAMES):
        assert not {one.tag.rpartition("}")[2] for one in parsed(made.svg).iter()} & {"script", "img", "a"}
        assert len(made.svg) < 300_000
        shown(page, made, tmp_path)
        assert page.locator("script, img, a").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert any(name in str(value) for row in made.table.rows for value in row)
        assert_apart(browser, made.svg)
    assert trouble == []
    page.context.close()


def test_dollars_are_dollars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLE, tmp_path / "data")
    web = tmp_path / "data" / "plans" / "2003" / "web-safety.yaml"
    web.write_text(web.read_text(encoding="utf-8").replace("en: Web Safety", "en: From $x$ to $y$"), encoding="utf-8")
    house = open_house(tmp_path / "data")
    drawn = words_of(Graph(house, assemble(house).store, TESTED), "overlap", monkeypatch)
    assert "From $x$ to $y$" in drawn


@given(st.text(max_size=400), st.floats(20, 400))
def test_lines_are_never_wider_than_their_room(words: str, room: float) -> None:
    for line in wrap(short(words), room, BODY, most=3):
        assert BODY.width(line) <= room
    assert len(wrap(words, room, BODY, most=3)) <= 3


def test_words_that_fit_stay_and_others_are_cut_with_an_ellipsis() -> None:
    assert fit("Ports", 100, BODY) == "Ports"
    assert fit("Ports and harbors of the Americas", 60, BODY).endswith("…")
    assert plain("a\tb\n c \u0007") == "a b c <U+0007>"
    assert plain("警") == "\ufffd"
    assert short("x" * 500) == "x" * 239 + "…"


# graphs of other shapes


def changed(folder: Path, change: Callable[[Path], None]) -> Graph:
    """Give the sample after a change to its files."""
    shutil.copytree(SAMPLE, folder / "data")
    change(folder / "data")
    house = open_house(folder / "data")
    return Graph(house, assemble(house).store, TESTED)


def without_2003(data: Path) -> None:
    shutil.rmtree(data / "plans" / "2003")
    shutil.rmtree(data / "continuity")


def without_programs(data: Path) -> None:
    without_2003(data)
    shutil.rmtree(data / "justifications")
    for file in ("port-safety", "storm-warning"):
        (data / "plans" / "2001" / f"{file}.yaml").unlink()
    plan = data / "plans" / "2001" / "2001.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(re.sub(r"(?m)^partners:\n .*\n", "", text), encoding="utf-8")


def test_one_plan_is_drawn_for_itself_or_the_reason_is_said(tmp_path: Path) -> None:
    graph = changed(tmp_path, without_2003)
    assert (
        plot(graph, "coverage").finding
        == "1 of 2 programs of the 2001 work plan has a mandate that names their subject."
    )
    assert plot(graph, "people").finding == "The 2001 work plan counts events but no people."
    assert plot(graph, "money").finding == "The 2001 work plan marks 1 of 2 projects as without secured money."
    assert plot(graph, "kinds").finding == "1 partner in the 2001 work plan."
    with pytest.raises(UsageError, match="there are no two plans"):
        plot(graph, "continuity")
    for name in ("overlap", "partners"):
        with pytest.raises(NotFoundError, match="there is nothing to"):
            plot(graph, name)


def test_a_plan_without_programs_says_that_there_is_nothing_to_draw(tmp_path: Path) -> None:
    graph = changed(tmp_path, without_programs)
    for name in NAMES:
        with pytest.raises(UsageError, match=r"^(there is|there are|no) .*\.$"):
            plot(graph, name)


def test_no_plan_at_all_says_that_there_is_nothing_to_draw(tmp_path: Path) -> None:
    def emptied(data: Path) -> None:
        for folder in ("plans", "continuity", "justifications", "mandates"):
            shutil.rmtree(data / folder)

    graph = changed(tmp_path, emptied)
    for name in NAMES:
        with pytest.raises(UsageError, match=r"^(there is|there are|no) .*\.$"):
            plot(graph, name)


def test_names_are_those_of_the_graphs_language(sample_graph: Graph) -> None:
    spanish = Graph(sample_graph.house, sample_graph.store, TESTED, "es")
    assert ("Seguridad Portuaria",) in rows(spanish, "continuity", "before")
    assert ("Fronteras",) not in rows(spanish, "money", "label")


def test_a_plot_in_spanish_draws_the_same_rows_in_spanish_words(
    sample_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    spanish = Graph(sample_graph.house, sample_graph.store, TESTED, "es")
    for name in NAMES:
        made, english = plot(spanish, name), plot(sample_graph, name)
        for told in ("title", "finding", "source"):
            assert getattr(made, told) != getattr(english, told)
        assert made.table.columns == english.table.columns
        assert sorted(map(numbers, made.table.rows)) == sorted(map(numbers, english.table.rows))
        assert b"<dc:language>es</dc:language>" in made.svg
        assert as_html(made).startswith('<!doctype html>\n<html lang="es">')
        drawn = set(words_of(spanish, name, monkeypatch)) & set(words_of(sample_graph, name, monkeypatch))
        left = {word for word in drawn if re.search(r"[a-z]{4}", word)}
        assert left <= {"Sample Police", "Wave Institute", "Barbados", "Academia"}, name  # names, the same in both
    assert plot(spanish, "money").finding == (
        "El plan de trabajo de 2001 señala 1 de 2 proyectos sin fondos asegurados; el proyecto de plan de 2003-2004 "
        "señala 1 de 1."
    )


def numbers(row: list[Value]) -> list[str]:
    """Give what a row has in every language: identifiers and numbers."""
    return [str(value) for value in row if isinstance(value, int) or str(value).startswith(("id:", "concept:"))]


# order and color


def test_what_shares_most_stands_together() -> None:
    # a chain: 1 and 4, 4 and 2, 2 and 3 have to do with each other; only this order or its mirror joins all three
    ties = {frozenset("14"), frozenset("42"), frozenset("23")}
    found = side_by_side(list("1234"), lambda one, other: int(frozenset((one, other)) in ties))
    assert "".join(found) in ("1423", "3241")


def test_flows_are_untangled_and_what_has_none_goes_last() -> None:
    left, right = untangled(["lone", "a", "b", "c"], ["x", "y", "z"], [("a", "z"), ("b", "y"), ("c", "x")])
    assert left[-1] == "lone"
    assert [{"a": "z", "b": "y", "c": "x"}[one] for one in left[:3]] == right


@given(st.floats(0, 1))
def test_words_on_any_color_stand_out_enough(part: float) -> None:
    def light(color: str) -> float:
        parts = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
        linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for fill in (shade(part), tint(BLUE, part)):
        darker, lighter = sorted((light(fill), light(on(fill))))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5  # what WCAG asks of words


def test_the_scale_runs_from_pale_to_deep() -> None:
    assert (shade(0), shade(0.5), shade(1)) == ("#dbecf8", BLUE, "#063052")
    assert (tint(BLUE, 0), tint(BLUE, 1)) == (PAPER, BLUE)


# how it is asked for


def run(*arguments: str, code: str = "-m cicte_graph", **environment: str) -> subprocess.CompletedProcess[bytes]:
    start = code.split(" ", 1)
    return subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


DATA = ("--data", str(SAMPLE))


def test_the_command_lists_the_plots() -> None:
    listed = run("plot", *DATA).stdout.decode().splitlines()
    assert listed[0] == "plot,shows"
    assert [row.split(",")[0] for row in listed[1:]] == NAMES


def test_the_command_draws_svg_or_html(tmp_path: Path) -> None:
    assert run("plot", *DATA, "kinds", "-o", str(tmp_path / "kinds.svg")).returncode == 0
    assert parsed((tmp_path / "kinds.svg").read_bytes()).tag == f"{SVG}svg"
    done = run("plot", *DATA, "kinds", "--format", "html")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"<!doctype html>")
    assert run("plot", *DATA, "kinds").stdout == (tmp_path / "kinds.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("kindz",), "no plot named kindz. Did you mean kinds?"),
        (("qqq",), "no plot named qqq. There are overlap, partners, coverage, "),
        (("--format", "svg"), "name a plot to draw. List them: cicte-graph plot."),
        (("kinds", "--format", "png"), "invalid choice: 'png'"),
    ],
)
def test_a_wrong_request_gets_one_line_and_code_2(arguments: tuple[str, ...], told: str) -> None:
    done = run("plot", *DATA, *arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert done.stdout == b""


BLOCKED = "-c import sys; sys.modules['matplotlib'] = None; from cicte_graph.cli import main; sys.exit(main())"


def test_without_matplotlib_the_command_lists_plots_and_says_what_to_install() -> None:
    assert run("plot", *DATA, code=BLOCKED).returncode == 0
    done = run("plot", *DATA, "kinds", code=BLOCKED)
    assert done.returncode == 2
    assert done.stderr.decode().endswith("plots need matplotlib. Install it: pip install 'cicte-graph[plot]'\n")


def test_the_command_line_starts_without_matplotlib() -> None:
    code = "-c import sys, cicte_graph.cli, cicte_graph.plots; sys.exit('matplotlib' in sys.modules)"
    assert run(code=code).returncode == 0


def test_a_notebook_shows_the_figure_and_its_rows(sample_graph: Graph) -> None:
    made = OpenGraph(sample_graph).plot("overlap")
    assert made._repr_svg_().encode() == made.svg
    shown = made._repr_html_()
    assert shown.startswith("<svg ")
    assert "Sample Police; Wave Institute" in shown
    assert str(made) == f"{made.title}\n\n{made.finding}\n\n{made.source}\n"
    with pytest.raises(NotFoundError, match=r"no plot named overlop\. Did you mean overlap\?"):
        OpenGraph(sample_graph).plot("overlop")
