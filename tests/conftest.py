"""What the tests share: the small sample graph, the real one, and a cache of their own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cicte_graph.build import Built, assemble
from cicte_graph.graph import Graph
from cicte_graph.house import House, open_house
from cicte_graph.terms import PREFIXES

SAMPLE = Path(__file__).parent / "sample"
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
    return Graph(real_house, real.store, "test")


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
    return Graph(sample_house, sample.store, "test")
