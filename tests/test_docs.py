"""What the documentation shows of Python and SPARQL is run."""

import doctest
import re
from pathlib import Path

import pytest

from cicte_graph.answers import run
from cicte_graph.graph import Graph

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("page", ["python.md"])
def test_every_line_of_python_shown_gives_what_is_shown(page: str) -> None:
    done = doctest.testfile(str(DOCS / page), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8")
    assert done.attempted > 15
    assert done.failed == 0


QUERIES = re.findall(r"```sparql\n(.*?)```", (DOCS / "sparql.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_shown_has_an_answer_on_the_real_graph(query: str, real_graph: Graph) -> None:
    assert len(run(real_graph, query)) > 0


def test_the_page_on_queries_shows_three() -> None:
    assert len(QUERIES) == 3
