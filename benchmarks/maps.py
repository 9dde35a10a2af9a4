"""Measure the partner map and what others draw of the same network, in one run, interleaved.

Measured are the size of a page and the time to its first stable frame: from the start of navigation to the second
animation frame after the page says that it has drawn. All but stock pyvis are given places; pyvis finds its own in
the browser and says when its first search is over (what it moves after that is not counted). Times are medians in
milliseconds; compare ratios, not times. Ends with exit code 1 if a ratio is not held.
"""

import importlib
import importlib.util
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from string import Template

import networkx as nx
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as TooLongError
from pyvis.network import Network

from cicte_graph.build import assemble
from cicte_graph.cache import Version
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from cicte_graph.maps import draw
from cicte_graph.network.choice import choose
from cicte_graph.network.layout import layout
from cicte_graph.network.networks import by_organizations
from cicte_graph.network.shares import shares
from cicte_graph.terms import expand
from map_data import write_data

HERE = Path(__file__).parent
NUMBERS = (100, 1000)  # of organizations
REPEATS = 15
SLOW = {"stock pyvis": 3}  # repeats of what takes long
PATIENCE = 60  # seconds that a page may take
SUFFIX = "#all=1"  # of our page's address: draw all there is, however much it is
HELD = {"time / best of the others": 1.2, "size / stock pyvis": 1.0}
CARRIED = {  # libraries of a page, in the order in which they run
    "cytoscape": ["cytoscape/dist/cytoscape.min.js"],
    "sigma": ["graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js"],
}
# the processor draws for all alike, WebGL too
FLAGS = ["--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WATCH = """new MutationObserver((_, observer) => {
  if (document.documentElement.dataset.drawn !== "yes") return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => console.log(`drawn ${performance.now()}`)));
}).observe(document, { subtree: true, attributeFilter: ["data-drawn"] });"""
SAY = """<script>
network.once("stabilizationIterationsDone", () => { document.documentElement.dataset.drawn = "yes"; });
</script>"""


def libraries(npm: str, folder: Path) -> dict[str, str]:
    """Fetch what the others' pages carry, at the versions package.json names, and print what it weighs."""
    shutil.copy(HERE / "package.json", folder)
    quiet = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([npm, "install", *quiet, "--prefix", str(folder)], check=True, stdout=subprocess.DEVNULL)
    print("| library | license | KiB |\n| --- | --- | ---: |")
    found = {}
    for page, paths in CARRIED.items():
        scripts = []
        for path in paths:
            package = folder / "node_modules" / path.partition("/")[0] / "package.json"
            said = json.loads(package.read_text(encoding="utf-8"))
            scripts.append((folder / "node_modules" / path).read_text(encoding="utf-8"))
            print(f"| {said['name']} {said['version']} | {said['license']} | {kib(scripts[-1]):.0f} |")
        found[page] = "</script>\n<script>".join(scripts)
    return found


def kib(page: str) -> float:
    """Weigh a page as a file."""
    return len(page.encode()) / 1024


def pages(number: int, carried: dict[str, str]) -> tuple[dict[str, str], dict[str, float]]:
    """Draw the network of so many organizations in every way.

    Returns:
        Pages by name, ours first; and the milliseconds that layouts took.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_data(Path(folder), number)
        house = open_house(Path(folder))
        graph = Graph(house, assemble(house).store, Version("sample", "2001-01-01"))
    chosen = shares(graph, choose(graph))
    members: defaultdict[str, list[str]] = defaultdict(list)
    for share in chosen.shares:
        members[share.element].append(share.organization)
    start = time.perf_counter()
    places = layout(members).places
    took = {"ours": 1000 * (time.perf_counter() - start)} | igraph_layout(members)
    network = by_organizations(chosen)
    labels = {one: graph.label_of(one) for one in network}
    edges = [(one, other, data["weight"]) for one, other, data in network.edges(data=True)]
    nodes = [(one, label, *(round(part, 1) for part in places[expand(one)])) for one, label in labels.items()]
    drawn = {"ours": draw(graph), "stock pyvis": stock_pyvis(labels, edges)}
    for name, scripts in carried.items():
        template = Template((HERE / f"{name}.html").read_text(encoding="utf-8"))
        written = json.dumps({"nodes": nodes, "edges": edges}, separators=(",", ":"))
        drawn[name] = template.substitute(libraries=scripts, network=written)
    return drawn, took


def stock_pyvis(labels: dict[str, str], edges: list[tuple[str, str, int]]) -> str:
    """Draw a network as pyvis does when nothing but the network is said, all in one file."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from((one, {"label": label}) for one, label in labels.items())
    plain.add_weighted_edges_from(edges)
    drawing = Network(cdn_resources="in_line")
    drawing.from_nx(plain)
    return str(drawing.generate_html())


def igraph_layout(members: dict[str, list[str]]) -> dict[str, float]:
    """Time igraph's Fruchterman and Reingold on what our layout places, if igraph is installed."""
    if importlib.util.find_spec("igraph") is None:
        return {}
    ties = [(one, element) for element, organizations in members.items() for one in organizations]
    bipartite = importlib.import_module("igraph").Graph.TupleList(ties)
    start = time.perf_counter()
    bipartite.layout_fruchterman_reingold()
    return {"igraph": 1000 * (time.perf_counter() - start)}


def first_stable_frame(browser: Browser, address: str) -> float:
    """Open a page with the network cut off, in a context of its own.

    Returns:
        Milliseconds, infinitely many where they are more than `PATIENCE`.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, offline=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    try:
        with page.expect_console_message(lambda said: said.text.startswith("drawn "), timeout=1000 * PATIENCE) as drawn:
            page.goto(address, wait_until="commit")
        return float(drawn.value.text.split()[1])
    except TooLongError:
        return math.inf
    finally:
        context.close()


def medians(browser: Browser, drawn: dict[str, str]) -> dict[str, float]:
    """Time every page in turn, again and again, so that a busy moment hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in drawn}
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name}.html" for name in drawn}
        for name, path in paths.items():
            path.write_text(drawn[name] + (SAY if name == "stock pyvis" else ""), encoding="utf-8")
        for lap in range(REPEATS):
            for name, path in paths.items():
                if lap < SLOW.get(name, REPEATS) and math.inf not in times[name]:
                    times[name].append(first_stable_frame(browser, path.as_uri() + SUFFIX * (name == "ours")))
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> int:
    """Measure, print tables in Markdown, and tell whether the ratios are held."""
    npm, chromium = shutil.which("npm"), shutil.which("chromium")
    if npm is None or chromium is None:
        missing = "npm" if npm is None else "chromium"
        sys.stderr.write(f"maps cannot be measured without {missing}. Install it: apt-get install {missing}\n")
        return 2
    ratios: dict[int, dict[str, float]] = {}
    layouts: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        carried = libraries(npm, Path(folder))
    print("\n| nodes | page | KiB | ms |\n| ---: | --- | ---: | ---: |")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for number in NUMBERS:
            drawn, layouts[number] = pages(number, carried)
            times = medians(browser, drawn)
            for name, taken in times.items():
                told = f"{taken:.0f}" if taken < math.inf else f"> {PATIENCE} s"
                print(f"| {number:,} | {name} | {kib(drawn[name]):,.0f} | {told} |")
            ratios[number] = {
                "time / best of the others": times["ours"] / min(times[name] for name in times if name != "ours"),
                "size / stock pyvis": kib(drawn["ours"]) / kib(drawn["stock pyvis"]),
            }
        browser.close()
    print("\n| nodes | ratio of ours | measured | held to |\n| ---: | --- | ---: | ---: |")
    for number, measured in ratios.items():
        for name, ratio in measured.items():
            print(f"| {number:,} | {name} | {ratio:.2f} | {HELD[name]} |")
    print("\n| nodes | layout in Python, ms | igraph, Fruchterman and Reingold, ms |\n| ---: | ---: | ---: |")
    for number, took in layouts.items():
        told = f"{took['igraph']:.0f}" if "igraph" in took else "not measured"
        print(f"| {number:,} | {took['ours']:.0f} | {told} |")
    return int(any(ratio > HELD[name] for measured in ratios.values() for name, ratio in measured.items()))


if __name__ == "__main__":
    sys.exit(main())
