"""A graph in one file of N-Quads is asked, checked and traced as one that is made of YAML."""

from pathlib import Path

import pytest

from cicte_graph.build import assemble, build
from cicte_graph.cli import main
from cicte_graph.errors import DataFaultsError, UsageError
from cicte_graph.house import House, open_house
from cicte_graph.store import n_quads
from cicte_graph.terms import CICTE, GRAPH, ID
from cicte_graph.validate import validate
from tests.conftest import SAMPLE

A, LABEL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#label"
HERE = f"<{GRAPH}organizations>"
BODY = f"<{ID}organization/some-body>"


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "graph.nq"
    assert main(["export", "--data", str(SAMPLE), "--format", "nquads", "-o", str(path)]) == 0
    return path


def test_what_is_exported_is_the_same_graph_when_it_is_read_again(exported: Path, sample_house: House) -> None:
    assert build(open_house(exported)).version == build(sample_house).version


def test_conclusions_are_drawn_anew(exported: Path, sample_house: House) -> None:
    derived, whole = f"<{GRAPH}derived>", exported.read_text(encoding="utf-8")
    kept = [line for line in whole.splitlines(keepends=True) if derived not in line]
    false = f'{BODY} <{LABEL}> "concluded by nobody" {derived} .\n'
    exported.write_text("".join(kept) + false, encoding="utf-8")
    assert n_quads(assemble(open_house(exported)).store) == n_quads(assemble(sample_house).store)


def test_the_ontology_is_the_house_s_own(exported: Path, sample_house: House) -> None:
    older = f'<{CICTE}Program> <{LABEL}> "what a program was once called" <{GRAPH}ontology> .\n'
    exported.write_text(exported.read_text(encoding="utf-8") + older, encoding="utf-8")
    assert n_quads(assemble(open_house(exported)).store) == n_quads(assemble(sample_house).store)


def test_a_trace_is_the_same_from_one_file(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for data in (SAMPLE, exported):
        assert main(["trace", "--data", str(data), "program/2001/port-safety"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_findings_name_the_line_of_the_file(exported: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not (line.startswith(f"<{ID}organization/wave-institute> <{CICTE}kind>"))]
    exported.write_text("".join(kept), encoding="utf-8")
    house = open_house(exported)
    built = assemble(house)
    [found] = [
        one
        for one in validate(built.store, built.places, house.shapes, house.queries / "gaps")
        if one.record == f"{ID}organization/wave-institute"
    ]
    assert found.place
    assert found.place.path == "graph.nq"
    assert kept[found.place.line - 1].startswith(f"<{ID}organization/wave-institute>")
    assert not kept[found.place.line - 2].startswith(f"<{ID}organization/wave-institute>")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f'{BODY} <{LABEL}> "no end {HERE} .', "not N-Quads"),
        (f'{BODY} <{LABEL}> "in no graph" .', "a triple in no named graph. Name one."),
        (f'_:body <{LABEL}> "nameless" {HERE} .', "a blank node. Give it an IRI."),
        (f"{BODY} <{CICTE}parent> _:body {HERE} .", "a blank node. Give it an IRI."),
        (f"{BODY} <{CICTE}parent> <{ID}organization/nobody> {HERE} .", "id:organization/nobody is named, and nothing"),
        (f"{BODY} <{A}> <{CICTE}Organisation> {HERE} .", "cicte:Organisation is named, and nothing is said of it"),
    ],
)
def test_a_fault_is_told_with_its_line(exported: Path, line: str, told: str) -> None:
    before = exported.read_text(encoding="utf-8")
    exported.write_text(f"# a comment\n\n{before}{line}\n", encoding="utf-8")
    with pytest.raises(DataFaultsError) as raised:
        assemble(open_house(exported))
    [fault] = raised.value.faults
    assert fault.line == len(before.splitlines()) + 3
    assert told in str(fault)


def test_the_command_line_tells_a_fault_and_ends_with_3(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exported.write_text("nonsense\n", encoding="utf-8")
    assert main(["trace", "--data", str(exported), "program/2001/port-safety"]) == 3
    assert "graph.nq:1: not N-Quads" in capsys.readouterr().err


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").touch()
    with pytest.raises(UsageError, match=r"ends in no \.nq\. Name a folder of YAML files"):
        open_house(tmp_path / "graph.ttl")


def test_an_edited_file_makes_another_graph(exported: Path) -> None:
    before = build(open_house(exported)).version
    more = f'<{ID}organization/wave-institute> <http://www.w3.org/2004/02/skos/core#altLabel> "Wave"@en {HERE} .\n'
    exported.write_text(exported.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert build(open_house(exported)).version != before
