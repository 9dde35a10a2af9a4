"""A map opens on what was asked for, and what is not there is refused with the nearest."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cicte_graph.cli import main
from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.graph import Graph
from cicte_graph.maps import draw
from cicte_graph.maps.opening import Opening, opening
from tests.conftest import SAMPLE


def opened_on(page: str) -> dict[str, Any]:
    [held] = re.findall(r'<script type="application/json" id="page">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(held)["opening"]
    return found


def test_a_map_opens_on_what_people_write(sample_graph: Graph) -> None:
    asked = opening(
        sample_graph,
        view="layers",
        plan="2001",
        kind=["academia"],
        area="coasts",
        role="cooperating",
        country="Barbados",
        select="SAPOL",
    )
    assert asked == Opening(
        view="layers",
        plan="work-plan/2001",
        kinds=frozenset({"academia"}),
        area="work-area/2003/coasts",
        role="cooperating",
        country="country/BRB",
        select="organization/sample-police",
    )
    assert opened_on(draw(sample_graph, asked))["kinds"] == ["academia"]


def test_plans_are_compared_on_demand(sample_graph: Graph) -> None:
    assert opening(sample_graph, plan="all").plan == "all"


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"plan": "2031"}, NotFoundError, "id:work-plan/2001"),
        ({"kind": ["acadmia"]}, UsageError, "Did you mean academia?"),
        ({"role": "parter"}, UsageError, "Did you mean partner?"),
        ({"select": "Wave Institut of the North"}, NotFoundError, "id:organization/wave-institute"),
        ({"country": "Barbadso"}, NotFoundError, "id:country/BRB"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(
    sample_graph: Graph, asked: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as told:
        opening(sample_graph, **asked)
    assert words in str(told.value)


def test_who_takes_part_in_nothing_cannot_stand_out(sample_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="Sample Assembly has no part in what the map shows"):
        draw(sample_graph, opening(sample_graph, select="Sample Assembly"))


@pytest.mark.parametrize(
    "arguments",
    [["--plan", "2031"], ["--kind", "acadmia"], ["--select", "Sample Assembly"], ["--view", "globe"], ["--lang", "fr"]],
)
def test_a_map_that_cannot_be_drawn_leaves_no_file(tmp_path: Path, arguments: list[str]) -> None:
    target = tmp_path / "map.html"
    try:
        code = main(["map", "--data", str(SAMPLE), "-o", str(target), *arguments])
    except SystemExit as done:  # what the parser refuses
        code = int(done.code or 0)
    assert code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_target_leaves_no_half_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    assert main(["map", "--data", str(SAMPLE), "-o", str(tmp_path / "taken" / "map.html")]) != 0
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
