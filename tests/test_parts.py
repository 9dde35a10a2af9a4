"""The parts of others: pinned, packed with their licenses, rid of what does not belong, and missed without harm."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cicte_graph.explorer.here import Here
from cicte_graph.explorer.parts import EDITOR, ENGINE, FOLDER, parts
from cicte_graph.explorer.sheet import File
from cicte_graph.graph import Graph
from cicte_graph.terms import PREFIXES

ROOT = Path(__file__).parent.parent
BUILT = (
    "hatch_build.py",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-DATA",
    ".gitignore",
)
FOLDERS = ("frontend", "src", "ontology", "data", "shapes", "queries")
NO_REGISTRY = {"npm_config_registry": "http://127.0.0.1:9/"}  # nobody listens there

# what is fetched


def test_packages_are_pinned_by_version_and_content_and_by_no_address() -> None:
    wanted = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(lock)["packages"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(one["integrity"].startswith("sha512-") for name, one in locked.items() if name)
    assert "resolved" not in lock
    assert "http" not in lock


def test_nothing_fetched_is_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"/{FOLDER.relative_to(ROOT).as_posix()}/" in ignored


# what is packed


def given(graph: Graph, address: str) -> File:
    made = parts(graph)[address](Here("en", address), {})
    assert isinstance(made, File)
    return made


def test_the_parts_are_there(sample_graph: Graph) -> None:
    assert FOLDER.is_dir(), "the parts were not fetched. With network run: pip install -e ."
    made = parts(sample_graph)
    assert {address.removeprefix("assets/parts/") for address in made} == {
        "LICENSES.txt",
        "yasgui/yasgui.min.js",
        "yasgui/yasgui.min.css",
        "oxigraph/web.js",
        "oxigraph/web_bg.wasm",
    }
    types = {address.rpartition(".")[2]: given(sample_graph, address).media_type for address in made}
    assert types["wasm"] == "application/wasm"
    assert types["js"].startswith("text/javascript")
    assert given(sample_graph, ENGINE.replace("web.js", "web_bg.wasm")).content.startswith(b"\0asm")


def test_every_package_fetched_is_named_with_its_license(sample_graph: Graph) -> None:
    told = given(sample_graph, "assets/parts/LICENSES.txt").content.decode()
    locked = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, one in locked.items():
        if path:
            heading = f"\n{path.removeprefix('node_modules/')} {one['version']}: "
            assert told.count(heading) == 1
            text = told.partition(heading)[2].partition("=" * 100)[0]
            assert len(text) > 400 or one["license"] == "CC0-1.0", heading  # that license asks for nothing


def test_the_editor_knows_our_prefixes_and_none_of_its_own(sample_graph: Graph) -> None:
    editor = given(sample_graph, EDITOR).content.decode()
    [known] = re.findall(r"prefixes_default=(\{[^{}]*\})", editor)
    assert json.loads(known) == PREFIXES
    for other in ("leaks", "onlyfans", "chelxie", "namso-gen", "scribd"):
        assert other not in editor.lower()
    assert "sourceMappingURL" not in editor
    assert "style='" not in editor


# how it is built


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package built from its sources alone where npm reaches no registry, and what the build said."""
    copy = tmp_path_factory.mktemp("offline") / "copy"
    copied(copy)
    shutil.rmtree(copy / "src" / "cicte_graph" / "_parts", ignore_errors=True)
    (copy / "said.txt").write_text(built(copy), encoding="utf-8")
    with zipfile.ZipFile(next((copy / "dist").glob("*.whl"))) as wheel:
        wheel.extractall(copy / "installed")
    return copy


def copied(copy: Path) -> None:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BUILT:
        shutil.copy(ROOT / name, copy)


def built(copy: Path, *options: str) -> str:
    """Build as pip does, a source distribution and from that a wheel unless told otherwise, and give what is said."""
    command = [sys.executable, "-m", "build", *options, "--outdir", str(copy / "dist"), str(copy)]
    env = os.environ | NO_REGISTRY | {"npm_config_cache": str(copy / "npm-cache")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout + done.stderr


def test_a_build_without_network_says_in_one_line_what_it_goes_without(offline: Path) -> None:
    said = (offline / "said.txt").read_text(encoding="utf-8").splitlines()
    [line] = [line for line in said if "cicte-graph is built without" in line]
    assert "the query editor and the browser's engine: npm could not fetch them (" in line
    assert line.endswith("Build it again with npm and network to add them.")
    assert not (offline / "installed" / "cicte_graph" / "_parts").exists()


PAGES = """
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.parts import FOLDER
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
assert not FOLDER.exists()
explorer = Explorer(Graph.open(open_house()))
print(explorer.file("query.html").content.decode())
print(explorer.file("question/programs.html").content.decode())
"""


def test_its_pages_say_what_they_go_without_and_ask_for_nothing_that_is_not_there(offline: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(offline / "installed")}
    done = subprocess.run(
        [sys.executable, "-c", PAGES], env=env, cwd=offline, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    query, question = done.stdout.split("<!doctype html>")[1:]
    assert "parts/" not in query + question
    assert "This copy was made without the editor that colors and completes" in query
    assert all('"engine": false' in page for page in (query, question))
    assert "This copy was made without the engine that answers in the browser." in question
    assert ">Maritime Security</a>" not in question
    assert "<table>" in question  # the example is answered all the same


def test_a_build_that_has_the_parts_packs_them_and_fetches_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copied(copy)
    assert "is built without" not in built(copy, "--wheel")
    with zipfile.ZipFile(next((copy / "dist").glob("*.whl"))) as wheel:
        packed = {name: wheel.read(name) for name in wheel.namelist() if "/_parts/" in name}
    assert packed == {
        f"cicte_graph/_parts/{path.relative_to(FOLDER).as_posix()}": path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file()
    }
