"""What the tests share: the small sample graph, the real one, and a cache of their own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from playwright.sync_api import Browser, sync_playwright

from cicte_graph.build import Built, assemble
from cicte_graph.cache import Version
from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.store import n_quads
from cicte_graph.terms import PREFIXES

SAMPLE = Path(__file__).parent / "sample"
TESTED = Version("test", "2001-02-03")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
HOW = "browser tests need Chromium. Install it: apt-get install chromium"
PROLOGUE = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())  # SPARQL and Turtle read it


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep graphs built by the tests apart from the user's own."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def real_house() -> House:
    """The house as it stands in the repository."""
    return open_house()


@pytest.fixture(scope="session")
def real(real_house: House) -> Built:
    """The real graph in memory, with places."""
    return assemble(real_house)


@pytest.fixture(scope="session")
def real_graph(real_house: House, real: Built) -> Graph:
    """The real graph, to ask."""
    return Graph(real_house, real.store, TESTED)


@pytest.fixture(scope="session")
def sample_house() -> House:
    """The house with the sample data in place of the real."""
    return open_house(SAMPLE)


@pytest.fixture(scope="session")
def sample(sample_house: House) -> Built:
    """The sample graph in memory, with places."""
    return assemble(sample_house)


@pytest.fixture(scope="session")
def sample_graph(sample_house: House, sample: Built) -> Graph:
    """The sample graph, to ask."""
    return Graph(sample_house, sample.store, TESTED)


@pytest.fixture(scope="session")
def plain_dataset(real: Built) -> rdflib.Graph:
    """The real graph for a second engine, its graphs told apart."""
    return rdflib.Dataset(default_union=True).parse(data=n_quads(real.store), format="nquads")


@pytest.fixture(scope="session")
def explorer(real_graph: Graph) -> Explorer:
    """The explorer on the real graph, as files."""
    return Explorer(real_graph)


@pytest.fixture(scope="session")
def sampled(sample_graph: Graph) -> Explorer:
    """The explorer on the sample, as files."""
    return Explorer(sample_graph)


@pytest.fixture(scope="session")
def served_explorer(real_graph: Graph) -> Explorer:
    """The explorer on the real graph, behind a server."""
    return Explorer(real_graph, served=True)


@pytest.fixture(scope="session")
def served_sample(sample_graph: Graph) -> Explorer:
    """The explorer on the sample, behind a server."""
    return Explorer(sample_graph, served=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's own Chromium; where there is none say how to get it, and in CI fail."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(HOW)
        pytest.skip(HOW)
    quiet = ("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet]
        )
        yield chromium
        chromium.close()
