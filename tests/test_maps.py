"""The partner map in a real Chromium: opens offline, says what the graph says, runs nothing that stands in the data."""

import json
import os
import re
import shutil
import struct
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import networkx as nx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

from cicte_graph.build import assemble
from cicte_graph.errors import NotFoundError
from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph, local
from cicte_graph.house import open_house
from cicte_graph.maps import draw
from cicte_graph.maps.opening import Opening, opening
from cicte_graph.network.choice import choose
from cicte_graph.network.networks import by_organizations, layers, partners
from cicte_graph.network.shares import shares
from cicte_graph.reports.partners import changes
from cicte_graph.terms import CICTE, expand, shorten
from tests.conftest import BROWSERS, SAMPLE, TESTED
from tests.named import named

TEMPLATES = Path(__file__).parent.parent / "src" / "cicte_graph" / "templates" / "map"
WORDS: dict[str, dict[str, str]] = json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8"))
HARBOR = "program/2003/harbor-protection"
EMPTY = WORDS["en"]["empty"].partition("{")[0]
VIEWS = ("organizations", "programs", "layers", "countries")
WIDE, NARROW = (1440, 1000), (390, 844)
SCREENS = [
    pytest.param(language, size, id=f"{language}-{size[0]}") for language in ("en", "es") for size in (WIDE, NARROW)
]
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LOOK = """address => new Promise(done => {
  addEventListener("hashchange", () => done(), { once: true });
  location.hash = address;
})"""

Files = dict[str, Path]
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def files(real_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The real map, drawn in each language."""
    folder = tmp_path_factory.mktemp("map")
    drawn = {}
    for language in ("en", "es"):
        graph = Graph(real_graph.house, real_graph.store, TESTED, language)
        drawn[language] = folder / f"{language}.html"
        drawn[language].write_text(draw(graph), encoding="utf-8")
    return drawn


@pytest.fixture
def trouble() -> list[str]:
    """What pages ask for beyond themselves, and complain of."""
    return []


@pytest.fixture
def opened(browser: Browser, trouble: list[str]) -> Iterator[Opened]:
    """Open pages with the network cut off; none of them may give trouble before the test ends."""
    contexts: list[BrowserContext] = []

    def open_page(path: Path, address: str = "", size: tuple[int, int] = WIDE, **settings: Any) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **settings)
        contexts.append(context)
        page = context.new_page()

        def refuse(dialog: Dialog) -> None:
            trouble.append(f"dialog {dialog.message}")
            dialog.dismiss()

        def asked(request: Request) -> None:
            if not request.url.startswith(("file:", "data:", "blob:")):
                trouble.append(request.url)

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                trouble.append(message.text)

        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", refuse)
        page.goto(path.as_uri() + (f"#{address}" if address else ""))
        page.wait_for_selector("html[data-drawn=yes]", timeout=6_000)
        page.evaluate(FRAMES)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def look(page: Page, address: str) -> None:
    """Change the address as a person does who pastes another one."""
    page.evaluate(LOOK, address)
    page.evaluate(FRAMES)


def points(page: Page) -> set[str]:
    """List the points of the drawing by their identifiers."""
    found: list[str] = page.locator("#world .point").evaluate_all("all => all.map(one => one.dataset.key)")
    return set(found)


def bodies(page: Page) -> set[str]:
    return {point for point in points(page) if point.startswith("organization/")}


def tabled(page: Page, title: str) -> dict[str, list[str]]:
    """Read a table whose title begins so: the cells of each row, by what the link in the row selects."""
    page.locator("#table").evaluate("""table => table.open || new Promise(done => {
      table.addEventListener("toggle", () => done(), { once: true });
      table.open = true;
    })""")
    rows: list[tuple[str, list[str]]] = page.locator(f'#tables [aria-label^="{title}"] tbody tr').evaluate_all(
        "rows => rows.map(({ cells }) => "
        "[cells[0].firstChild.getAttribute('href'), Array.from(cells, cell => cell.textContent)])"
    )
    return {parse_qs(href[1:])["select"][0]: cells for href, cells in rows}


def joined(page: Page) -> dict[frozenset[str], int]:
    """Read the lines of a view from its table: both ends, and the number the line stands for."""
    read = {frozenset(line.split("~")): int(cells[-1]) for line, cells in tabled(page, "Lines").items()}
    assert page.locator("#world .line").count() == len(read)
    return read


def selection(page: Page) -> str:
    """Tell what is chosen, as the address says."""
    return "".join(parse_qs(page.evaluate("location.hash.slice(1)")).get("select", []))


def key(identifier: str) -> str:
    return shorten(identifier).removeprefix("id:")


def ends(*identifiers: str) -> frozenset[str]:
    return frozenset(map(key, identifiers))


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


def other_data(tmp_path: Path, edit: Callable[[Path], None], language: str = "en") -> Path:
    """Draw the map of the sample data after an edit."""
    folder = tmp_path / "data"
    shutil.copytree(SAMPLE, folder)
    edit(folder)
    house = open_house(folder)
    path = tmp_path / "other.html"
    path.write_text(draw(Graph(house, assemble(house).store, TESTED, language)), encoding="utf-8")
    return path


def replace(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


# ---- it opens


@pytest.mark.parametrize(("language", "size"), SCREENS)
def test_every_view_opens_offline_and_breaks_no_rule_of_axe(
    opened: Opened, trouble: list[str], files: Files, language: str, size: tuple[int, int]
) -> None:
    page = opened(files[language], size=size)
    for view in VIEWS:
        page.locator(f"#views input[value={view}]").click()
        page.evaluate(FRAMES)
        assert page.locator("#world .line").count() > 20, view
        assert (view, trouble, violations(page)) == (view, [], [])
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], view


@pytest.mark.parametrize(("language", "size"), SCREENS[::3])
def test_what_is_chosen_is_told_without_breaking_a_rule_of_axe(
    opened: Opened, files: Files, language: str, size: tuple[int, int]
) -> None:
    page = opened(files[language], "select=organization/interpol", size)
    for address in (
        "plan=all&select=organization/fatf~organization/wco",
        "view=layers&select=program/2018-2019/cybersecurity",
        "view=countries&select=country/MEX",
        "least=99&view=nowhere",  # nothing to draw, and something to say
    ):
        assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        look(page, address)
    assert violations(page) == []


@pytest.mark.parametrize(("language", "size"), SCREENS[::3])
def test_the_tables_break_no_rule_of_axe(opened: Opened, files: Files, language: str, size: tuple[int, int]) -> None:
    page = opened(files[language], "view=countries", size)
    page.locator("#table > summary").click()
    page.wait_for_selector("#tables tbody tr")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert violations(page) == []


def test_light_and_dark_change_without_a_reload_and_can_both_be_read(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "plan=all&select=organization/interpol", color_scheme="light")
    papers = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        papers.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert violations(page) == [], scheme
    light, dark = (sum(map(int, re.findall(r"\d+", paper)[:3])) for paper in papers)
    assert (dark < 200, light > 600) == (True, True)


def test_the_map_is_drawn_the_same_in_every_process(tmp_path: Path) -> None:
    # three bodies of one name: what orders them must not be chance
    def edit(folder: Path) -> None:
        for name in ("Sample Police", "Coast Guard of Barbados", "Wave Institute"):
            path = folder / "organizations" / f"{name.lower().replace(' ', '-')}.yaml"
            replace(path, (f"{{en: {name}}}", "{en: Twin}"))

    other_data(tmp_path, edit)
    code = (
        "import sys; from pathlib import Path; from cicte_graph.build import Version, assemble;"
        "from cicte_graph.graph import Graph; from cicte_graph.house import open_house;"
        "from cicte_graph.maps import draw; house = open_house(Path(sys.argv[1]));"
        "print(draw(Graph(house, assemble(house).store, Version('test', '2001-02-03'))))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "data")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(drawn) == 1


def test_the_map_is_the_same_every_time_and_smaller_than_a_megabyte(real_graph: Graph, files: Files) -> None:
    assert draw(real_graph) == files["en"].read_text(encoding="utf-8")
    assert len(files["en"].read_bytes()) < 1_000_000
    assert not re.search(r'(?:src|href)="(?!data:)', files["en"].read_text(encoding="utf-8"))


def test_a_map_opens_as_it_was_asked_to_and_its_address_says_what_differs(
    opened: Opened, real_graph: Graph, tmp_path: Path
) -> None:
    asked = opening(real_graph, view="programs", plan="2012", kind=["un-entity"], select="UNODC")
    path = tmp_path / "opening.html"
    path.write_text(draw(real_graph, asked), encoding="utf-8")
    page = opened(path)
    shown = {
        key(row["organization"].value)
        for row in real_graph.rows("network/participations")
        if local(row["plan"].value) == "2012" and local(row["kind"].value) == "un-entity"
    }
    assert bodies(page) == shown
    assert page.inner_text("#panel-title") == "United Nations Office on Drugs and Crime"
    assert page.evaluate("location.hash") == ""
    page.locator("#reset").click()
    assert len(bodies(page)) > len(shown)
    page.reload()
    page.wait_for_selector("html[data-drawn=yes]")
    assert len(bodies(page)) > len(shown)


def test_a_map_cannot_open_on_what_is_not_on_it(real_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="has no part in what the map shows"):
        draw(real_graph, Opening(select="organization/oas-general-assembly"))


# ---- its numbers are those of the queries


@pytest.mark.parametrize("plan", ["2012", "2018-2019"])
def test_programs_have_as_many_partners_as_the_queries_and_the_files_give_them(
    opened: Opened, files: Files, real_graph: Graph, plan: str
) -> None:
    page = opened(files["en"], f"view=programs&plan={plan}")
    shown = {program: int(cells[2]) for program, cells in tabled(page, "Programs").items() if "program/" in program}
    asked = {
        program: {row["organization"].value for row in real_graph.rows("partners/partners-of", element=program)}
        for program in (
            key(row["program"].value) for row in real_graph.rows("programs/programs", plan=f"work-plan/{plan}")
        )
    }
    assert shown == {program: len(found) for program, found in asked.items() if found}
    written = {key(program): len(found) for program, found in named().items() if f"program/{plan}/" in program}
    assert shown == written
    assert page.locator("#world .disc").count() >= len(shown)


@pytest.mark.parametrize(
    ("address", "choice"),
    [
        ("plan=2018-2019", {"plan": ["2018-2019"]}),
        ("plan=2012", {"plan": ["2012"]}),
        ("plan=all", {}),
        ("plan=2018-2019&role=cooperating", {"plan": ["2018-2019"], "role": ["cooperating"]}),
        ("plan=2018-2019&country=country/USA", {"plan": ["2018-2019"], "country": ["USA"]}),
        ("plan=2018-2019&area=AREA", {"plan": ["2018-2019"], "area": ["AREA"]}),
        ("plan=2018-2019&without=private-company,civil-society", {"plan": ["2018-2019"], "kind": ["REST"]}),
    ],
    ids=["2018-2019", "2012", "both", "role", "country", "area", "kinds"],
)
def test_lines_between_organizations_are_the_edges_of_their_network(
    opened: Opened, files: Files, real_graph: Graph, address: str, choice: dict[str, list[str]]
) -> None:
    area = key(real_graph.rows("programs/programs", plan="work-plan/2018-2019")[-1]["area"].value)
    kinds = {local(one) for one in real_graph.concepts("organization-kind")} - {"private-company", "civil-society"}
    values = {"AREA": [area], "REST": sorted(kinds)}
    choice = {name: values.get(given[0], given) for name, given in choice.items()}
    network = by_organizations(shares(real_graph, choose(real_graph, **choice)))  # type: ignore[arg-type]
    edges = {ends(one, other): data["weight"] for one, other, data in network.edges(data=True)}
    page = opened(files["en"], address.replace("AREA", area))
    assert joined(page) == edges
    in_programs = {body for body, cells in tabled(page, "Organizations").items() if int(cells[5])}
    assert in_programs == set(map(key, network))
    most = max(edges.values(), default=1)
    if most > 1:
        page.locator("#least").fill("2")
        strong = {pair: weight for pair, weight in edges.items() if weight >= 2}
        assert joined(page) == strong
        assert bodies(page) == frozenset().union(*strong)
    assert page.locator("#least").get_attribute("max") == str(most)


@pytest.mark.parametrize("plan", ["2012", "2018-2019"])
@pytest.mark.parametrize("role", ["", "partner"])
def test_lines_of_the_layers_are_the_edges_from_mandates_to_programs_to_partners(
    opened: Opened, files: Files, real_graph: Graph, plan: str, role: str
) -> None:
    network = layers(shares(real_graph, choose(real_graph, plan=[plan], role=[role] if role else [])))
    page = opened(files["en"], f"view=layers&plan={plan}" + (f"&role={role}" if role else ""))
    if not network.edges:  # nobody is called a partner in the plan of 2012
        assert page.inner_text("#empty").startswith(EMPTY)
        return
    # whoever is named for a plan as a whole is drawn too; the network of programs has no place for it
    shown = {pair for pair in joined(page) if f"work-plan/{plan}" not in pair}
    assert shown == {ends(one, other) for one, other in network.edges}
    statuses = {
        ends(one, other): status
        for one, other, data in network.edges(data=True)
        if "justification" in data
        for status in real_graph.values(expand(data["justification"]), "status")
    }
    lines = tabled(page, "Lines")
    told = {frozenset(line.split("~")): cells[2].partition(" · ")[0] for line, cells in lines.items()}
    assert {pair: told[pair] for pair in statuses} == {
        pair: real_graph.label(status).lower() for pair, status in statuses.items()
    }
    for status, number in Counter(map(local, statuses.values())).items():
        assert page.locator(f"#world .line.{status}").count() == number


LOOK_OF = """one => {
  const { strokeDasharray, strokeWidth, borderStyle, backgroundColor } = getComputedStyle(one);
  return { dash: strokeDasharray, width: parseFloat(strokeWidth), border: borderStyle, ground: backgroundColor };
}"""
CLEAR = "rgba(0, 0, 0, 0)"


def test_the_three_statuses_differ_in_more_than_color_and_firmer_lines_are_heavier(
    opened: Opened, files: Files
) -> None:
    page = opened(files["en"], "view=layers&select=program/2018-2019/cybersecurity")
    drawn = {
        status: page.locator(f"#world .line.{status}").first.evaluate(LOOK_OF)
        for status in ("stated", "curated", "derived")
    }
    assert [status for status, look in drawn.items() if look["dash"] != "none"] == ["derived"]
    widths = [
        page.locator(f"#world .line.basis-{basis}").first.evaluate(LOOK_OF)["width"]
        for basis in ("stated", "subject", "area", "carried-over")
    ]
    assert widths == sorted(set(widths), reverse=True)
    badges = {status: page.locator(f"#signs .status.{status}").evaluate(LOOK_OF) for status in drawn}
    assert [status for status, look in badges.items() if look["ground"] != CLEAR] == ["stated"]
    assert {status: look["border"] for status, look in badges.items()} == {
        "stated": "solid",
        "curated": "solid",
        "derived": "dashed",
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_panel_says_the_status_of_every_link_to_a_mandate(
    opened: Opened, files: Files, real_graph: Graph, language: str
) -> None:
    graph = Graph(real_graph.house, real_graph.store, TESTED, language)
    program = "program/2018-2019/cybersecurity"
    network = layers(shares(real_graph, choose(real_graph, plan=["2018-2019"])))
    found = [data for _, _, data in network.edges(f"id:{program}", data=True) if "justification" in data]
    page = opened(files[language], f"view=layers&select={program}")
    assert Counter(page.locator("#details .status").all_inner_texts()) == Counter(
        graph.label(expand(f"concept:status/{data['status']}")).lower() for data in found
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_legend_of_mandates_explains_the_statuses_as_the_foot_of_the_explorer_does(
    opened: Opened, files: Files, real_graph: Graph, language: str
) -> None:
    graph = Graph(real_graph.house, real_graph.store, TESTED, language)
    foot = Explorer(graph).file("index.html" if language == "en" else "es/index.html")
    assert foot is not None
    [legend] = re.findall(r'<dl class="legend">(.*?)</dl>', foot.content.decode(), re.DOTALL)
    explained = re.findall(r'class="status (\w+)">(.*?)</span></dt><dd>(.*?)</dd>', legend)
    assert len(explained) == 3
    page = opened(files[language], "view=layers")
    for status, called, meaning in explained:
        row = page.locator(f"#signs li:has(.status.{status})")
        assert row.inner_text() == f"{called}: {meaning}"
    look(page, "view=organizations")
    assert page.locator("#signs .status").count() == 0


@pytest.mark.parametrize("plan", ["2012", "2018-2019", "all"])
def test_columns_stand_whole_on_the_stage_of_a_small_desk_when_their_view_is_chosen(
    opened: Opened, files: Files, plan: str
) -> None:
    page = opened(files["en"], f"plan={plan}", (1280, 900))
    for view in ("layers", "countries"):
        page.locator(f"#views input[value={view}]").click()
        page.evaluate(FRAMES)
        assert page.evaluate(COVERED) == {"covered": [], "outside": []}, view


def test_nothing_stands_below_the_foot_of_the_page(opened: Opened, files: Files) -> None:
    page = opened(files["en"], size=(1280, 900))
    for view in VIEWS:
        look(page, f"view={view}")
        below = (
            "document.documentElement.scrollHeight - document.querySelector('footer').getBoundingClientRect().bottom"
        )
        assert page.evaluate(f"{below} - scrollY") <= 1, view


@pytest.mark.parametrize("plan", ["2012", "2018-2019"])
def test_countries_have_the_numbers_of_the_rows(opened: Opened, files: Files, real_graph: Graph, plan: str) -> None:
    home: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    everyone: defaultdict[str, set[str]] = defaultdict(set)
    for row in real_graph.rows("network/participations"):
        if row["class"].value == f"{CICTE}Program" and "country" in row and local(row["plan"].value) == plan:
            home[ends(row["country"].value, row["element"].value)].add(row["organization"].value)
            everyone[key(row["country"].value)].add(row["organization"].value)
    served = set()
    for row in real_graph.rows("countries/countries-served", plan=f"work-plan/{plan}"):
        # an identifier repeats the key of its program after that of its plan: activity/2012/<program>/...
        program = "/".join(["program", *key(row["element"].value).split("/")[1:3]])
        served.add((program, key(row["place"].value)))
    page = opened(files["en"], f"view=countries&plan={plan}")
    lines = tabled(page, "Lines")
    drawn_home = {
        frozenset(line.split("~")): int(cells[-1]) for line, cells in lines.items() if line.startswith("country/")
    }
    assert drawn_home == {line: len(found) for line, found in home.items()}
    assert {tuple(line.split("~")) for line in lines if not line.startswith("country/")} == served
    table = tabled(page, "Countries")
    assert {place: int(cells[1]) for place, cells in table.items() if cells[1] != "0"} == {
        country: len(found) for country, found in everyone.items()
    }
    assert {place: int(cells[2]) for place, cells in table.items() if cells[2] != "0"} == Counter(
        place for _, place in served
    )


def test_a_country_has_as_many_organizations_in_the_table_as_in_the_drawing(opened: Opened, tmp_path: Path) -> None:
    def only_listed(folder: Path) -> None:  # the coast guard, for the plan as a whole and in no program
        program = folder / "plans" / "2003" / "harbor-protection.yaml"
        [line] = re.findall(r"  coast-guard-of-barbados: .*\n", program.read_text(encoding="utf-8"))
        replace(program, (line, ""))
        with (folder / "plans" / "2003" / "2003.yaml").open("a", encoding="utf-8") as plan:
            plan.write(f"partners:\n{line}")

    page = opened(other_data(tmp_path, only_listed), "view=countries&plan=2003")
    drawn = page.locator('#world [data-key="home:country/BRB"]').count()
    assert int(tabled(page, "Countries")["country/BRB"][1]) == drawn


def test_who_came_stayed_and_went_is_what_the_report_says(opened: Opened, files: Files, real_graph: Graph) -> None:
    said = [row for row, _ in changes(real_graph, *real_graph.plans())]
    page = opened(files["en"], "plan=all")
    drawn = {}
    for to in ("gained", "lost"):
        marks = page.locator(f"#world .point:has(.change-{to})")
        drawn[to] = set(marks.evaluate_all("all => all.map(one => one.dataset.key)"))
        spoken = marks.evaluate_all("all => all.map(one => one.ariaLabel)")
        assert [name for name in spoken if not name.endswith(WORDS["en"][to])] == []
        assert drawn[to] == {key(str(row["organization"])) for row in said if row["change"] == to}
    stayed = page.locator("#world .point:has(.change-kept)").count()
    assert stayed == len(bodies(page)) - len(drawn["gained"]) - len(drawn["lost"])
    number = Counter((row["change"], bool(row["through"])) for row in said)
    assert WORDS["en"]["summary_change"].format(
        first="2012",
        last="2018-2019",
        stayed=number["kept", False],
        through=number["kept", True],
        came=number["gained", False],
        went=number["lost", False],
    ) in page.inner_text("#details")


def test_those_who_hold_the_network_together_have_the_highest_betweenness(
    opened: Opened, files: Files, real_graph: Graph
) -> None:
    page = opened(files["en"])
    network = by_organizations(shares(real_graph, choose(real_graph, plan=["2018-2019"])))
    between = nx.betweenness_centrality(nx.Graph(network.edges))
    told = page.locator("#details ol a").evaluate_all("all => all.map(one => one.textContent)")
    assert len(told) == 5
    labels = {real_graph.label_of(body): value for body, value in between.items()}
    assert [round(labels[name], 4) for name in told] == sorted(
        (round(one, 4) for one in labels.values()), reverse=True
    )[:5]


# ---- it says why


WHERE_LINES_ARE = """() => {
  const { left, top } = document.getElementById("drawing").getBoundingClientRect();
  const points = [...document.querySelectorAll("#world .point")].map(one => {
    const { e, f } = one.getCTM();
    return { key: one.dataset.key, x: e + left, y: f + top };
  });
  const lines = [...document.querySelectorAll("#world .line")].map(path => {
    const [long, screen] = [path.getTotalLength(), path.getScreenCTM()];
    const along = Array.from({ length: 41 }, (_, n) => path.getPointAtLength(long * n / 40).matrixTransform(screen));
    return { path, along };
  });
  // a line of the columns begins beside its point, at the same height
  const far = (end, at) => Math.abs(at.y - end.y) * 99 + Math.abs(at.x - end.x);
  const nearest = end => points.reduce((one, other) => far(end, one) <= far(end, other) ? one : other).key;
  const clear = (spot, others) => others.every(one => Math.hypot(one.x - spot.x, one.y - spot.y) > 9);
  const alone = (path, spot) => !document.elementFromPoint(spot.x, spot.y)?.closest(".point")
    && clear(spot, points) && lines.every(other => other.path === path || clear(spot, other.along));
  const found = {};
  for (const { path, along } of lines) {
    const sort = path.getAttribute("class").replace("line ", "").replace(" inside", "");
    const spot = [20, 18, 22, 15, 25, 10, 30].map(n => along[n]).find(one => !found[sort] && alone(path, one));
    if (spot) {
      const ends = [along[0], along[40]].map(end => nearest(end).replace("home:", ""));
      found[sort] = { x: spot.x, y: spot.y, ends };
    }
  }
  return found;
}"""


def anchors(graph: Graph, records: set[str]) -> set[str]:
    return {passage.anchor for record in records for passage in graph.passages(expand(record))}


def records_behind(graph: Graph, one: str, other: str) -> set[str]:
    """List the records that say why two ends are joined in the draft plan."""
    chosen = shares(graph, choose(graph, plan=["2018-2019"]))
    for network in (by_organizations(chosen), layers(chosen)):
        if network.has_edge(f"id:{one}", f"id:{other}"):
            data = network.edges[f"id:{one}", f"id:{other}"]
            return set(str(data.get("justification") or data["participations"]).split())
    place, program = sorted((one, other))
    served = {
        row["element"].value
        for row in graph.rows("countries/countries-served", plan="work-plan/2018-2019")
        if key(row["place"].value) == place and key(row["element"].value).split("/")[2] == program.split("/")[2]
    }
    of_country = {
        share.participation for share in chosen.shares if ends(share.country, share.element) == {place, program}
    }
    assert not (served and of_country), "two lines have these ends; choose another in the test"
    return served | of_country


@pytest.mark.parametrize(
    ("address", "sorts"),
    [
        ("view=organizations&least=1", {"shared"}),
        ("view=organizations&least=2", {"shared strong"}),
        ("view=programs", {"partner"}),
        ("view=layers", {"curated basis-subject", "partner"}),
        ("view=countries", {"home", "served"}),
    ],
)
def test_a_click_on_a_line_tells_why_it_is_drawn(
    opened: Opened, files: Files, real_graph: Graph, address: str, sorts: set[str]
) -> None:
    page = opened(files["en"], address, (1440, 1300))
    spots = page.evaluate(WHERE_LINES_ARE)
    assert sorts <= set(spots)
    for spot in spots.values():
        page.keyboard.press("Escape")
        page.mouse.click(spot["x"], spot["y"])
        assert ends(*selection(page).split("~")) == ends(*spot["ends"])
        details = page.inner_text("#details")
        for end in spot["ends"]:
            assert real_graph.label_of(f"id:{end}") in details
        told = page.locator("#details q").evaluate_all("all => all.map(one => one.textContent)")
        assert told, spot
        assert set(told) == anchors(real_graph, records_behind(real_graph, *spot["ends"]))


def test_a_second_click_gives_the_mandates_and_a_third_the_reason(
    opened: Opened, files: Files, real_graph: Graph
) -> None:
    page = opened(files["en"], "view=programs", (1440, 1300))
    spot = page.evaluate(WHERE_LINES_ARE)["partner"]
    page.mouse.click(spot["x"], spot["y"])
    [program] = [end for end in spot["ends"] if end.startswith("program/")]
    network = layers(shares(real_graph, choose(real_graph, plan=["2018-2019"])))
    mandates = [one for one in network[f"id:{program}"] if network.nodes[one]["layer"] == 0]
    page.locator("#details summary").first.click()
    links = page.locator("#details details a")
    assert set(links.all_inner_texts()) == {real_graph.label_of(one) for one in mandates}
    first = links.first.inner_text()
    page.locator("#details details button").first.click()
    [mandate] = [one for one in mandates if real_graph.label_of(one) == first]
    justification = network.edges[mandate, f"id:{program}"]["justification"]
    details = page.inner_text("#details")
    assert real_graph.text(expand(justification), "rationale") in details
    assert real_graph.text(expand(mandate), "gist") in details
    assert set(page.locator("#details q").all_inner_texts()) == anchors(real_graph, {justification})


def test_a_click_on_an_organization_tells_all_there_is_and_walks_to_its_neighbors(
    opened: Opened, files: Files, real_graph: Graph
) -> None:
    page = opened(files["en"])
    body = f"{expand('id:organization/canada-border-services-agency')}"
    page.locator('[data-key="organization/canada-border-services-agency"] .mark').click()
    assert page.inner_text("#panel-title") == "Canada Border Services Agency"
    details = page.inner_text("#details")
    assert {"State agency", "Canada"} <= set(re.split(r" · |\n", details))
    assert all(name in details for name in real_graph.labels(body))
    chosen = shares(real_graph, choose(real_graph, plan=["2018-2019"]))
    mine = [share for share in chosen.shares if share.organization == body]
    assert {share.element for share in mine} == {
        expand(f"id:{parse_qs(href[1:])['select'][0]}")
        for href in page.locator("#details h3 a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    }
    assert set(page.locator("#details q").all_inner_texts()) == anchors(
        real_graph, {share.participation for share in mine}
    )
    for share in mine:
        assert all(f"“{printed}”" in details for printed in real_graph.values(share.participation, "writtenAs"))
    neighbors = by_organizations(chosen)["id:organization/canada-border-services-agency"]
    assert f"{WORDS['en']['neighbors']} ({len(neighbors)})" in details
    heading = page.locator("#details h3", has_text=WORDS["en"]["neighbors"])
    step = heading.locator("xpath=following-sibling::ul[1]//a").first
    name, href = step.inner_text(), str(step.get_attribute("href"))
    step.click()
    assert page.inner_text("#panel-title") == name
    assert page.evaluate("location.hash") == href
    page.locator("#back").click()
    assert page.inner_text("#panel-title") == WORDS["en"]["at_a_glance"]


def test_pointing_says_in_short_what_a_click_says_in_full(opened: Opened, files: Files) -> None:
    page = opened(files["en"])
    page.locator('[data-key="organization/interpol"] .mark').hover()
    assert "International Criminal Police Organization" in page.inner_text("#hover")
    assert "Cybersecurity" in page.inner_text("#hover")
    page.mouse.move(5, 5)
    assert not page.locator("#hover").is_visible()


def test_a_line_that_is_not_there_is_not_explained(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "select=program/2012/aviation-security~country/ARG")
    assert WORDS["en"]["served"] not in page.inner_text("#details")


def test_one_of_two_lines_with_the_same_ends_stands_out_alone(opened: Opened, tmp_path: Path) -> None:
    # the coast guard of Barbados takes part in the program that serves Barbados
    page = opened(other_data(tmp_path, lambda _: None), "view=countries&plan=2003")
    both = [line for line in tabled(page, "Lines") if ends(*line.split("~")) == {"country/BRB", HARBOR}]
    assert len(both) == 2
    for line in both:
        look(page, f"view=countries&plan=2003&select={line}")
        assert page.locator("#world .line.near").count() == 1


# ---- filters, search, legend, tables


def test_the_legend_filters_drawing_table_and_numbers_alike(opened: Opened, files: Files, real_graph: Graph) -> None:
    page = opened(files["en"])
    kinds = {
        key(row["organization"].value): local(row["kind"].value)
        for row in real_graph.rows("network/participations")
        if local(row["plan"].value) == "2018-2019"
    }
    assert bodies(page) == set(kinds)
    labels = page.locator("#kinds label")
    for n in range(labels.count()):
        kind = labels.nth(n).locator("input").get_attribute("value")
        assert int(labels.nth(n).locator(".count").inner_text()) == list(kinds.values()).count(str(kind))
    page.locator("#kinds input[value=ministry]").click()
    left = {body for body, kind in kinds.items() if kind != "ministry"}
    assert bodies(page) == left == set(tabled(page, "Organizations"))
    assert page.inner_text("#shown").startswith(f"{len(left)} of ")
    page.locator("#reset").click()
    assert bodies(page) == set(kinds)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("INTERPOL", "International Criminal Police Organization"),
        ("organizacion internacional de policia criminal", "International Criminal Police Organization"),
        ("Panama", "Panama"),
        (
            "AG/RES. 2397 (XXXVIII-O/08), operative paragraph 6(b)",
            "AG/RES. 2397 (XXXVIII-O/08), operative paragraph 6(b)",
        ),
    ],
)
def test_searching_finds_a_name_as_it_is_typed(opened: Opened, files: Files, typed: str, title: str) -> None:
    page = opened(files["en"])
    page.fill("#search", typed)
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title") == title
    page.keyboard.press("Escape")
    page.locator("#back").click()
    # a name taken from the list arrives whole, and not by typing
    page.locator("#search").evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }", typed
    )
    assert page.inner_text("#panel-title") == title


def test_searching_completes_a_beginning_and_says_what_it_cannot_find(opened: Opened, files: Files) -> None:
    page = opened(files["en"])
    for language, name in (("en", "Pan American Health Organization"), ("es", "Organización Panamericana de la Salud")):
        page.locator(f"#languages input[value={language}]").click()
        page.focus("#search")
        offered = page.locator("#names option").evaluate_all("all => all.map(one => one.value)")
        assert [one for one in offered if one.startswith(name)], name
    page.locator("#languages input[value=en]").click()
    page.fill("#search", "pan american hea")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title") == "Pan American Health Organization"
    page.fill("#search", "nobody of that name")
    page.keyboard.press("Enter")
    assert page.inner_text("#notice") == WORDS["en"]["not_found"].format(text="nobody of that name")


def test_searching_a_name_of_both_plans_finds_the_one_that_is_shown(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "plan=2018-2019")
    page.fill("#search", "Aviation Security")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title") == "Aviation Security (2018-2019)"


def test_a_table_sorts_by_any_column_both_ways(opened: Opened, files: Files) -> None:
    page = opened(files["en"])
    tabled(page, "Organizations")
    region = page.locator('#tables [aria-label^="Organizations"]')
    for column, number in ((5, int), (0, str.casefold)):
        for direction, down in (("ascending", False), ("descending", True)):
            region.locator("th button").nth(column).click()
            assert region.locator("th").nth(column).get_attribute("aria-sort") == direction
            values = region.locator("tbody tr").evaluate_all(
                f"rows => rows.map(row => row.cells[{column}].textContent)"
            )
            # names are ordered as in a dictionary; comparing first letters is enough to tell the way
            keys = [number(value[:1] if column == 0 else value) for value in values]
            assert keys == sorted(keys, reverse=down)
    assert region.locator("th[aria-sort]").count() == 1


# ---- the state is in the address


def test_an_address_opens_what_was_looked_at(opened: Opened, files: Files) -> None:
    page = opened(files["en"])
    page.locator("#views input[value=programs]").click()
    page.locator("#plans input[value=all]").click()
    page.locator("#kinds input[value=academia]").click()
    page.locator("#role").select_option("partner")
    page.locator("#least").fill("2")
    page.fill("#search", "INTERPOL")
    page.keyboard.press("Enter")
    page.locator("#nearer").click()
    page.locator("#nearer").click()
    page.locator("#languages input[value=es]").click()
    page.evaluate(FRAMES)
    seen = _seen(page)
    assert 3 < len(seen["points"]) < 80
    other = opened(files["en"], page.evaluate("location.hash.slice(1)"))
    again = _seen(other)
    assert [float(one) for one in again.pop("camera")] == pytest.approx(
        [float(one) for one in seen.pop("camera")], abs=2
    )
    assert again == seen
    other.reload()
    other.wait_for_selector("html[data-drawn=yes]")
    assert _seen(other)["points"] == seen["points"]


def _seen(page: Page) -> dict[str, Any]:
    return {
        "points": points(page),
        "lines": page.locator("#world .line").count(),
        "panel": page.inner_text("#panel"),
        "filters": page.locator("select, #least").evaluate_all("all => all.map(one => one.value)"),
        "camera": re.findall(r"-?[\d.]+", str(page.locator("#world").get_attribute("transform"))),
    }


@pytest.mark.parametrize(
    "address",
    [
        "view=nowhere",
        "plan=1066",
        "select=organization/nobody",
        "select=organization/interpol~organization/fatf~organization/wco",
        "without=constructor,nobodies",
        "least=-1",
        "role=constructor",
        "constructor=1",
        "__proto__=1",
        "toString=x",
        "at=.,.,1",
        "at=1.2.3,4,1",
        "select=country/ARG~country/BRB",
        "select=organization/interpol~country/BRB",
        "select=%3Cimg%20src=x%20onerror=alert(1)%3E",
    ],
)
def test_an_address_with_what_is_unknown_is_told_and_the_rest_drawn(
    opened: Opened, trouble: list[str], files: Files, address: str
) -> None:
    page = opened(files["en"], f"role=cooperating&{address}")
    assert trouble == []
    assert page.locator("#notice").is_visible()
    assert "does not hold" in page.inner_text("#notice")
    shown = bodies(page)
    look(page, "role=cooperating")
    assert shown == bodies(page)
    assert not page.locator("#notice").is_visible()


def test_the_address_keeps_up_with_a_wheel_that_turns_fast(browser: Browser, files: Files) -> None:
    # a browser as people have it: Playwright's own lets pages write their address without limit
    chromium = browser.browser_type.launch(
        executable_path=next(filter(None, map(shutil.which, BROWSERS))),
        args=["--no-sandbox", "--disable-gpu"],
        ignore_default_args=["--disable-ipc-flooding-protection"],
    )
    page = chromium.new_page(offline=True)
    warned: list[str] = []
    page.on("console", lambda message: warned.append(message.text))
    page.goto(files["en"].as_uri())
    page.wait_for_selector("html[data-drawn=yes]")
    # as many turns as a touch pad sends in a few seconds
    page.evaluate("""async () => {
      for (let n = 0; n < 300; n += 1) {
        const turn = { deltaY: n % 2 ? 3 : -4, clientX: 600, clientY: 400, bubbles: true, cancelable: true };
        document.getElementById("stage").dispatchEvent(new WheelEvent("wheel", turn));
        if (n % 5 === 0) await new Promise(requestAnimationFrame);
      }
    }""")
    page.wait_for_timeout(700)
    scale = parse_qs(page.evaluate("location.hash.slice(1)"))["at"][0].split(",")[2]
    seen = _scale(page)
    chromium.close()
    assert warned == []
    assert float(scale) == pytest.approx(seen, abs=0.001)


def test_back_goes_to_what_was_looked_at_before(opened: Opened, files: Files) -> None:
    page = opened(files["en"])
    page.locator("#views input[value=layers]").click()
    page.locator('[data-key="organization/interpol"] .mark').click()
    assert page.inner_text("#panel-title") == "International Criminal Police Organization"
    page.go_back()
    page.wait_for_function("() => !location.hash.includes('select')")
    page.evaluate(FRAMES)
    assert page.inner_text("#panel-title") == WORDS["en"]["at_a_glance"]
    assert page.locator("#views input:checked").input_value() == "layers"
    page.go_back()
    page.wait_for_function("() => !location.hash.includes('layers')")
    page.evaluate(FRAMES)
    assert page.locator("#views input:checked").input_value() == "organizations"


def test_the_address_can_be_taken_along(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "view=layers&select=organization/interpol")
    page.locator("#copy").click()
    page.wait_for_selector("#notice:not([hidden])")
    said = page.inner_text("#notice")
    assert said == WORDS["en"]["copied"] or page.url in said


# ---- by keyboard, by touch, by ear


def test_tab_reaches_every_control(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "role=cooperating&select=organization/interpol")
    tabled(page, "Organizations")
    page.evaluate("""() => {
      const all = [...document.querySelectorAll("button, select, input, summary, a, [tabindex='0']")];
      const closed = one => one.disabled || (one.type === "radio" && !one.checked);
      window.expected = all.filter(one => one.checkVisibility() && !closed(one));
      for (const [n, one] of window.expected.entries()) one.dataset.stop = n;
      document.activeElement.blur();
    }""")
    wanted = page.evaluate("window.expected.length")
    reached: list[str] = []
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement.dataset.stop ?? ''")
        if stop in reached:
            break
        reached.append(stop)
    missed = sorted(set(map(str, range(wanted))) - set(reached), key=int)
    assert [page.evaluate("n => window.expected[n].outerHTML.slice(0, 120)", int(stop)) for stop in missed] == []


def test_arrows_walk_enter_chooses_and_escape_lets_go(opened: Opened, files: Files) -> None:
    page = opened(files["en"])
    page.locator("#world [tabindex='0']").focus()
    names = []
    for arrow in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(arrow)
        names.append(page.evaluate("document.activeElement.dataset.key"))
    assert len(set(names)) >= 3
    page.keyboard.press("Enter")
    focused = page.evaluate("document.activeElement.dataset.key")
    assert selection(page) == focused
    assert page.evaluate("document.activeElement.ariaPressed") == "true"
    page.keyboard.press("Escape")
    assert selection(page) == ""
    assert page.inner_text("#panel-title") == WORDS["en"]["at_a_glance"]


@pytest.mark.parametrize("view", VIEWS)
def test_arrows_reach_every_point_and_every_point_has_a_name(
    opened: Opened, files: Files, real_graph: Graph, view: str
) -> None:
    page = opened(files["en"], f"view={view}&plan=all")
    reached = page.evaluate("""() => {
      const drawing = document.getElementById("drawing");
      const first = drawing.querySelector("[tabindex='0']").dataset.key;
      const [seen, left] = [new Set([first]), [first]];
      while (left.length) {
        const key = left.pop();
        for (const arrow of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) {
          const from = drawing.querySelector(`[data-key="${key}"]`);
          from.focus();
          from.dispatchEvent(new KeyboardEvent("keydown", { key: arrow, bubbles: true }));
          const to = document.activeElement.dataset.key;
          if (!seen.has(to)) { seen.add(to); left.push(to); }
        }
      }
      return [...seen];
    }""")
    assert points(page) - set(reached) == set()
    spoken = page.locator("#world .point").evaluate_all("all => all.map(one => [one.dataset.key, one.ariaLabel])")
    for point, name in spoken:
        record = point.removeprefix("home:")
        assert record.startswith("work-plan/") or real_graph.label_of(f"id:{record}") in name


def test_walking_by_keyboard_stays_in_the_panel(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "select=organization/interpol")
    for control in ("#details h3 a", "#details button.why", "#back"):
        page.locator(control).first.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("Boolean(document.activeElement.closest('#panel'))"), control


def test_a_filter_keeps_the_keyboard_where_it_is(opened: Opened, files: Files) -> None:
    page = opened(files["en"])
    for control, pressed in (
        ("#views input:checked", "ArrowRight"),
        ("#kinds input[value=ministry]", "Space"),
        ("#least", "ArrowRight"),
        ("#plans input:checked", "ArrowLeft"),
        ("#languages input:checked", "ArrowRight"),
    ):
        page.locator(control).focus()
        page.keyboard.press(pressed)
        group = control.split(" ")[0]
        assert page.evaluate("group => Boolean(document.activeElement.closest(group))", group), control
    assert page.evaluate("document.documentElement.lang") == "es"


def test_a_finger_picks_a_point_and_two_bring_it_nearer(opened: Opened, files: Files) -> None:
    page = opened(files["en"], size=NARROW, has_touch=True, is_mobile=True)
    box = page.locator('[data-key="organization/interpol"] .mark').bounding_box()
    assert box
    # a finger covers more than a mark, and seldom hits its middle
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 6)
    assert page.inner_text("#panel-title") == "International Criminal Police Organization"
    before = _scale(page)
    fingers = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), *(("touchMove", 40 + 10 * n) for n in range(1, 9))):
        touches = [{"x": 195 - apart, "y": 400, "id": 0}, {"x": 195 + apart, "y": 400, "id": 1}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.evaluate(FRAMES)
    assert _scale(page) > before * 1.5


def _scale(page: Page) -> float:
    return float(re.findall(r"[\d.]+", str(page.locator("#world").get_attribute("transform")))[-1])


# ---- names in the drawing


UNNAMED = "#world .point:not(:has(text))"
COVERED = """() => {
  const names = [...document.querySelectorAll("#world .point text, #world .head")];
  const boxes = names.map(one => [one.textContent, one.getBoundingClientRect()]);
  const stage = document.getElementById("stage").getBoundingClientRect();
  // a pixel is left to the browser, which measures a name by whole ones
  const meet = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom;
  return {
    covered: boxes.flatMap(([one, a], n) =>
      boxes.slice(n + 1).filter(([, b]) => meet(a, b)).map(([other]) => [one, other])),
    outside: boxes.filter(([, box]) => box.left < stage.left || box.right > stage.right).map(([name]) => name),
  };
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_no_name_covers_another_when_the_map_opens(opened: Opened, files: Files, real_graph: Graph, view: str) -> None:
    page = opened(files["en"], size=(1440, 900))
    for plan in ("2012", "2018-2019", "all"):
        look(page, f"view={view}&plan={plan}")
        assert page.evaluate(COVERED) == {"covered": [], "outside": []}, plan
        chosen = shares(real_graph, choose(real_graph, plan=[] if plan == "all" else [plan]))
        several = {key(body) for body, degree in partners(chosen).degree if degree > 1 and "organization/" in body}
        unnamed = page.locator(UNNAMED).evaluate_all("all => all.map(one => one.dataset.key)")
        assert several & set(unnamed) == set(), plan


# ---- both languages


def test_every_phrase_is_there_in_both_languages_with_the_same_places() -> None:
    assert set(WORDS["en"]) == set(WORDS["es"])
    for phrase, text in WORDS["en"].items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", WORDS["es"][phrase])), phrase


TEXTS = """() => [...document.querySelectorAll("body *:not(script)")].flatMap(one => [
  ...[...one.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent.trim()),
  ...["aria-label", "aria-valuetext", "title", "placeholder"].map(name => one.getAttribute(name) ?? ""),
])"""


def test_a_page_in_spanish_has_no_english_in_its_controls(opened: Opened, files: Files, real_graph: Graph) -> None:
    english = {text for phrase, text in WORDS["en"].items() if text != WORDS["es"][phrase]}
    spanish = Graph(real_graph.house, real_graph.store, TESTED, "es")
    for scheme in ("organization-kind", "role", "basis", "confidence", "status"):
        labels = ((real_graph.label(one), spanish.label(one)) for one in real_graph.concepts(scheme))
        english |= {one for one, other in labels if one != other}
    phrases = [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(text))) for text in english]
    page = opened(files["es"])
    assert page.title() == WORDS["es"]["title"]
    assert page.evaluate("document.documentElement.lang") == "es"
    for view in VIEWS:
        look(page, f"view={view}&plan=all&role=partner&select=organization/interpol")
        tabled(page, "Organizaciones")
        said = {text for text in page.evaluate(TEXTS) if any(phrase.fullmatch(text) for phrase in phrases)}
        assert said == set(), view


def test_a_page_in_spanish_tells_its_version_in_spanish(opened: Opened, files: Files) -> None:
    page = opened(files["es"])
    assert "built" not in page.inner_text("footer")
    assert "2001-02-03" in page.inner_text("footer")


def test_the_language_switches_both_ways_and_names_follow(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "select=organization/interpol")
    page.locator("#languages input[value=es]").click()
    assert page.inner_text("#panel-title") == "Organización Internacional de Policía Criminal"
    assert page.title() == WORDS["es"]["title"]
    page.locator("#languages input[value=en]").click()
    assert page.inner_text("#panel-title") == "International Criminal Police Organization"


# ---- what is taken along


PARSED = """text => {
  const made = new DOMParser().parseFromString(text, "image/svg+xml");
  const all = [...made.querySelectorAll("*")];
  const own = all.flatMap(one => [...one.attributes]).filter(one => one.name !== "xmlns");
  const names = all.map(one => one.localName);
  return {
    well: !names.includes("parsererror"),
    names: [...new Set(names)],
    outside: own.map(one => `${one.name}=${one.value}`).filter(one => /https?:|javascript:|^on|url.(?!.?#)/i.test(one)),
    title: made.querySelector("title")?.textContent,
    width: Number(made.documentElement.getAttribute("width")),
    height: Number(made.documentElement.getAttribute("height")),
    text: made.documentElement.textContent,
  };
}"""


def taken(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.locator(button).click()
    return Path(download.value.path()).read_bytes()


def test_the_drawing_can_be_taken_along_as_svg_and_png(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "role=partner")
    drawing = page.evaluate(PARSED, taken(page, "#save-svg").decode())
    assert drawing["well"]
    assert set(drawing["names"]) <= {"svg", "title", "defs", "clipPath", "rect", "g", "path", "circle", "text", "tspan"}
    assert drawing["outside"] == []
    assert drawing["title"].startswith("Partners of CICTE: Organizations · 2018-2019 (draft) · Role: Partner")
    assert all(one in drawing["text"] for one in ("INTERPOL", "CICTE/doc.8/18", str(TESTED), "Academia"))
    picture = taken(page, "#save-png")
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])  # the header of a PNG has its size first
    assert (width, height) == (2 * int(drawing["width"]), 2 * int(drawing["height"]))
    assert len(picture) > 50_000


def test_what_is_saved_says_only_what_is_seen(opened: Opened, files: Files, real_graph: Graph) -> None:
    page = opened(files["es"], "view=layers&select=organization/interpol")
    drawing = page.evaluate(PARSED, taken(page, "#save-svg").decode())
    assert drawing["title"].startswith(f"{WORDS['es']['title']}: {WORDS['es']['view_layers']}")
    seen = page.locator("#world .point text").evaluate_all("all => all.map(one => one.textContent)")
    assert len(seen) > 50
    assert all(text in drawing["text"] for text in seen)
    spanish = Graph(real_graph.house, real_graph.store, TESTED, "es")
    hidden = page.locator(UNNAMED).evaluate_all("all => all.map(one => one.dataset.key)")
    assert [one for one in hidden if spanish.label_of(f"id:{one}") in drawing["text"]] == []


def test_what_is_saved_cuts_off_no_line_of_its_legend(opened: Opened, files: Files) -> None:
    page = opened(files["es"], "plan=all")
    cut_off = page.evaluate(
        """text => {
          const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
          document.body.append(document.adoptNode(drawing));
          const edge = drawing.getBoundingClientRect().right;
          const texts = [...drawing.querySelectorAll(":scope > text, :scope > g > text")];
          return texts.filter(one => one.getBoundingClientRect().right > edge).map(one => one.textContent);
        }""",
        taken(page, "#save-svg").decode(),
    )
    assert cut_off == []


def test_on_paper_there_are_title_choice_drawing_and_panel_but_no_controls(opened: Opened, files: Files) -> None:
    page = opened(files["en"], "plan=all&select=organization/interpol", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for there in ("h1", "#told", "#drawing", "#world", "#panel-title", "#source", "#kinds"):
        assert page.locator(there).is_visible(), there
    for gone in ("#search", "#views", "#plans", "#nearer", "#save-svg", "#reset", "#role", "#table"):
        assert not page.locator(gone).is_visible(), gone
    assert WORDS["en"]["compared"] in page.inner_text("#told")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF-")


# ---- nothing in the data becomes markup or script


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<a href='javascript:alert(1)'>href</a>",
    "</title></text></svg><svg onload=alert(1)>&#60;![CDATA[",
    "{{ 7 * 7 }} {% raw %} {n} {name}",
    "'-alert(1)-' ${alert(1)} ` $& $1",
    "\u2028\u2029 and \u202e turned",
    "rings \u0007 and \u001b bells \ufffe",
    "long " * 2000,
    "W" * 10_000,
]


def hostile(name: str, folder: Path) -> None:
    """Write a hostile text wherever a person can write one that the map shows."""
    text = json.dumps(name)
    replace(
        folder / "organizations" / "sample-police.yaml",
        ("{en: Sample Police}", f"{{en: {text}, es: {text}}}"),
        ("SAPOL", text),
    )
    replace(
        folder / "plans" / "2003" / "harbor-protection.yaml",
        ("{en: Harbor Protection, es: Protección de Puertos}", f"{{en: {text}, es: {text}}}"),
        ("written as: Sampel Police", f"written as: {text}"),
        ("anchor: Sampel Police", f"anchor: {text}"),
        ('locator: "1.A, partners"', f"locator: {text}"),
    )
    replace(
        folder / "plans" / "2003" / "2003.yaml",
        ("{en: Coasts, es: Costas}", f"{{en: {text}}}"),
        ("SAMPLE/doc.1/03", text),
    )
    replace(folder / "places" / "BRB.yaml", ("{en: Barbados, es: Barbados}", f"{{en: {text}}}"))
    replace(folder / "sources" / "sample-doc-2003.yaml", ("symbol: SAMPLE/doc.1/03", f"symbol: {text}"))
    replace(
        folder / "mandates" / "sample-res-7.yaml",
        ("symbol: S/RES. 7", f"symbol: {text}"),
        ('{en: "Make seaports safer."', f"{{en: {text}"),
    )
    replace(folder / "justifications" / "2001.yaml", ('{en: "Seaports are named."', f"{{en: {text}"))


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_the_data_becomes_markup_or_script(
    opened: Opened, trouble: list[str], tmp_path: Path, name: str
) -> None:
    path = other_data(tmp_path, lambda folder: hostile(name, folder))
    page = opened(path, "plan=all&select=organization/sample-police", NARROW)
    assert " ".join(page.inner_text("#panel-title").split()) == " ".join(name.split())
    line = f"organization/sample-police~{HARBOR}"
    mandated = "provision/sample-res-7/4/a~program/2001/port-safety"
    for n, view in enumerate(VIEWS):
        selected = ("country/BRB", HARBOR, line, mandated)[n]
        look(page, f"view={view}&plan=all&select={selected}&lang={'es' if n % 2 else 'en'}")
        page.evaluate("document.getElementById('table').open = true")
        page.evaluate(FRAMES)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], view
    page.fill("#search", name)
    page.keyboard.press("Enter")
    assert (
        page.locator("main :is(img, script, iframe, object, style), [onload], [onerror], [href^=javascript]").count()
        == 0
    )
    assert page.locator("a:not([href^='#'])").count() == 0
    saved = page.evaluate(PARSED, taken(page, "#save-svg").decode())
    assert (saved["well"], saved["outside"]) == (True, [])
    assert not {"a", "image", "img", "script", "parsererror"} & set(saved["names"])
    assert taken(page, "#save-png").startswith(b"\x89PNG")
    assert trouble == []


def test_identifiers_that_are_words_of_the_language_of_scripts_are_identifiers(opened: Opened, tmp_path: Path) -> None:
    bad = ("constructor", "prototype", "has-own-property")
    old_names = ("sample-police", "wave-institute", "coast-guard-of-barbados")
    names = {**dict(zip(old_names, bad, strict=True)), "harbor-protection": "constructor"}

    def edit(folder: Path) -> None:
        for path in folder.rglob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            for old, new in names.items():
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")
            renamed = [new for old, new in names.items() if path.stem == old]
            path.rename(path.with_stem(*(renamed or [path.stem])))

    page = opened(other_data(tmp_path, edit), "plan=all")
    assert bodies(page) == {f"organization/{name}" for name in bad}
    for view in VIEWS:
        for chosen in (*(f"organization/{name}" for name in bad), "program/2003/constructor"):
            look(page, f"view={view}&plan=all&select={chosen}")
            assert page.inner_text("#panel-title").startswith(("Sample", "Wave", "Coast", "Harbor"))
    # the police and the institute share both programs of 2003, the coast guard one of them
    look(page, "plan=2003")
    assert joined(page) == {
        ends("organization/constructor", "organization/prototype"): 2,
        ends("organization/constructor", "organization/has-own-property"): 1,
        ends("organization/prototype", "organization/has-own-property"): 1,
    }


def test_the_page_lets_no_script_run_but_its_own(opened: Opened, trouble: list[str], files: Files) -> None:
    page = opened(files["en"])
    policy = str(page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content"))
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for kind in ("script-src", "style-src"):
        assert re.fullmatch(r"'sha256-[\w+/]+='", rules[kind])
    page.evaluate("""() => {
      const made = document.createElement("script");
      made.textContent = "document.documentElement.dataset.harmed = 'yes'";
      document.body.append(made);
      const image = document.createElement("div");
      document.body.append(image);
      image.innerHTML = "<img src=x onerror=\\"document.documentElement.dataset.harmed = 'yes'\\">";
      const way = document.createElement("script");
      way.src = "https://example.org/harm.js";
      document.body.append(way);
    }""")
    page.wait_for_timeout(200)
    assert page.locator("html").get_attribute("data-harmed") is None
    refused = [line for line in trouble if "Content Security Policy" in line]
    assert len(refused) == 4
    assert set(trouble) - set(refused) <= {"https://example.org/harm.js"}  # asked for, and stopped before it left
    trouble.clear()  # these complaints were wanted


# ---- very much, and nothing


def crowded(folder: Path) -> None:
    """Add four hundred organizations in twenty programs; the first of each also take part in the next program."""
    for n in range(400):
        (folder / "organizations" / f"body-{n}.yaml").write_text(
            f"id: organization/body-{n}\nlabel: {{en: Body {n}}}\nkind: network\nconsulted: https://example.org/{n}\n",
            encoding="utf-8",
        )
    for n in range(20):
        members = [*range(n * 20, n * 20 + 20), *range((n + 1) % 20 * 20, (n + 1) % 20 * 20 + 5)]
        partners_of = "".join(
            f'  body-{m}: {{role: partner, written as: Body {m}, evidence: {{locator: "{n}", anchor: Body {m}}}}}\n'
            for m in members
        )
        (folder / "plans" / "2003" / f"program-{n}.yaml").write_text(
            f"id: program/2003/program-{n}\nsource: sample-doc-2003\npart of: work-area/2003/coasts\n"
            f"position: {n + 3}\n"
            f'label: {{en: Program {n}}}\nevidence: {{locator: "{n}", anchor: Program {n}}}\npartners:\n{partners_of}',
            encoding="utf-8",
        )


def test_past_what_a_person_can_read_the_strongest_part_is_shown_and_said(opened: Opened, tmp_path: Path) -> None:
    page = opened(other_data(tmp_path, crowded))
    everyone = 403  # with the three of the sample
    for view in ("organizations", "programs", "layers"):
        look(page, f"view={view}&plan=2003")
        shown = bodies(page)
        assert len(shown) == 300
        # a hundred are in two programs, and so joined to more than any other
        assert {f"organization/body-{n}" for n in range(400) if n % 20 < 5} <= shown
        assert page.inner_text("#shown").startswith(f"The 300 best connected of {everyone} organizations")
        page.locator("#all").click()
        assert len(bodies(page)) == everyone
        assert not page.locator("#all").is_visible()
    page.locator("#reset").is_hidden()
    look(page, "view=organizations&least=2")
    # of the sample, the police and the institute share two programs; of each twenty, the five that go on to the next
    assert len(bodies(page)) == 2 + 100


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("least=99", WORDS["en"]["empty_least"].format(n=99)),
        ("role=collaborator&country=country/USA&plan=2018-2019", EMPTY),
        ("view=programs&least=99", WORDS["en"]["empty_least"].format(n=99)),
        ("view=layers&area=AREA&plan=2018-2019", EMPTY),
        ("view=countries&least=99", WORDS["en"]["empty_least"].format(n=99)),
    ],
)
def test_a_choice_that_nothing_fits_says_so_and_what_to_change(
    opened: Opened, files: Files, real_graph: Graph, address: str, said: str
) -> None:
    earlier = key(real_graph.rows("programs/programs", plan="work-plan/2012")[0]["area"].value)
    page = opened(files["en"], address.replace("AREA", earlier))
    assert points(page) == set()
    assert page.inner_text("#empty").startswith(said)
    assert page.inner_text("#shown").startswith("0 of ")
    assert tabled(page, "Organizations") == {}
    assert page.evaluate(PARSED, taken(page, "#save-svg").decode())["well"]
    page.locator("#reset").click()
    assert points(page)
    assert not page.locator("#empty").is_visible()


def no_partners(folder: Path) -> None:
    for path in folder.glob("plans/*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^( *)partners:\n(?:\1 +.*\n)+", "", text), encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_graph_in_which_nobody_takes_part_draws_an_honest_page(opened: Opened, tmp_path: Path, language: str) -> None:
    page = opened(other_data(tmp_path, no_partners, language))
    for view in VIEWS:
        page.locator(f"#views input[value={view}]").click()
        page.locator("#plans input[value=all]").click()
        assert bodies(page) == set()
        if not points(page):
            assert page.inner_text("#empty") == WORDS[language]["nobody"]
        assert violations(page) == [], view
    assert page.locator("#least").is_disabled()


def one_plan(folder: Path) -> None:
    for name in ("plans/2001", "continuity", "justifications"):
        shutil.rmtree(folder / name)
    replace(folder / "mandates" / "sample-res-7.yaml", ("listed in: 2001\n", ""))


def test_a_graph_of_one_plan_compares_nothing(opened: Opened, tmp_path: Path) -> None:
    page = opened(other_data(tmp_path, one_plan), "plan=all")
    assert page.locator("#plans label").all_inner_texts() == ["2003"]
    assert page.inner_text("#notice") == WORDS["en"]["unknown"].format(names="plan=all")
    assert len(bodies(page)) == 3
    for view in VIEWS:
        page.locator(f"#views input[value={view}]").click()
        assert page.locator("#world .point").count() > 0


def test_plans_are_in_the_order_of_their_years_whatever_their_keys(opened: Opened, tmp_path: Path) -> None:
    def edit(folder: Path) -> None:
        for path in folder.rglob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            keyed = re.sub(r"\b(work-plan|work-area|program|listed in:)([/ ])2001\b", r"\1\2first", text)
            path.write_text(keyed, encoding="utf-8")
        (folder / "plans" / "2001" / "2001.yaml").rename(folder / "plans" / "2001" / "first.yaml")
        (folder / "plans" / "2001").rename(folder / "plans" / "first")
        (folder / "justifications" / "2001.yaml").rename(folder / "justifications" / "first.yaml")

    page = opened(other_data(tmp_path, edit))
    assert page.locator("#plans label").all_inner_texts() == ["first", "2003", WORDS["en"]["compared"]]
    assert page.locator("#plans input:checked").input_value() == "work-plan/2003"
    look(page, "plan=all")
    assert "From first to 2003" in page.inner_text("#details")


def test_a_graph_without_a_plan_draws_an_honest_page(opened: Opened, tmp_path: Path) -> None:
    def no_plan(folder: Path) -> None:
        one_plan(folder)
        shutil.rmtree(folder / "plans")

    page = opened(other_data(tmp_path, no_plan))
    assert page.inner_text("#empty") == WORDS["en"]["nobody"]
