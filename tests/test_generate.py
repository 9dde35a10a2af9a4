"""Made-up plans: valid by our own shapes but for what is planted, drawn like real ones, the same for the same seed."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from cicte_graph.derive import derive
from cicte_graph.house import House
from cicte_graph.store import Store
from cicte_graph.terms import shorten
from cicte_graph.validate import Severity, validate

GENERATE = Path(__file__).parent.parent / "benchmarks" / "generate"


def made(*arguments: str) -> bytes:
    command = [sys.executable, str(GENERATE), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def violations(house: House, content: bytes) -> set[tuple[str, str]]:
    """Run the rules and the whole check; give what it objects to by record and rule."""
    store = Store.read(content)
    derive(store, house.ontology / "rules")
    found = validate(store, {}, house.shapes, house.queries / "gaps")
    return {(shorten(one.record), one.rule) for one in found if one.severity is Severity.VIOLATION}


@pytest.fixture(scope="module")
def plain() -> bytes:
    return made("--triples", "20000")


def test_plans_are_valid_and_about_as_many_as_asked_for(real_house: House, plain: bytes) -> None:
    quads = plain.splitlines()
    assert 20_000 <= len(quads) == len(set(quads)) < 23_000
    assert violations(real_house, plain) == set()


def test_the_check_finds_what_the_manifest_names_and_nothing_else(real_house: House, tmp_path: Path) -> None:
    manifest = tmp_path / "faults.jsonl"
    content = made("--triples", "20000", "--faults", "30", "--manifest", str(manifest))
    planted = [json.loads(row) for row in manifest.read_text(encoding="utf-8").splitlines()]
    assert len(planted) == 30
    assert len({one["rule"] for one in planted}) == 15  # every fault there is
    assert violations(real_house, content) == {(one["record"], one["rule"]) for one in planted}


def test_the_same_seed_makes_the_same_plans_and_another_seed_others(plain: bytes) -> None:
    assert made("--triples", "20000", "--seed", "1") == plain
    assert made("--triples", "20000", "--seed", "2") != plain


def test_few_bodies_take_part_in_much_and_most_in_little(plain: bytes) -> None:
    parts = Counter(
        row["organization"].value
        for row in Store.read(plain).rows(
            "SELECT ?organization { ?part a cicte:Participation ; cicte:organization ?organization }"
        )
    )
    most, *_ = (number for _, number in parts.most_common(1))
    median = sorted(parts.values())[len(parts) // 2]
    assert most > 4 * median


def test_programs_go_on_from_year_to_year_and_take_their_mandates_along(real_house: House, plain: bytes) -> None:
    store = Store.read(plain)
    derive(store, real_house.ontology / "rules")
    chain = "SELECT ?a { ?one cicte:earlier ?a ; cicte:later ?b . ?two cicte:earlier ?b ; cicte:later ?c } LIMIT 1"
    assert store.rows(chain)
    carried = "SELECT ?j { ?j cicte:basis <https://w3id.org/cicte-graph/concept/basis/carried-over> } LIMIT 1"
    assert store.rows(carried)


def test_every_basis_and_both_languages_are_there(real_house: House, plain: bytes) -> None:
    store = Store.read(plain)
    derive(store, real_house.ontology / "rules")
    bases = store.rows("SELECT DISTINCT ?basis { ?link a cicte:Justification ; cicte:basis ?basis }")
    found = {row["basis"].value.rpartition("/")[2] for row in bases}
    assert found == {"stated", "subject", "area", "general", "listed", "carried-over"}
    called = "SELECT DISTINCT (LANG(?label) AS ?in) { ?program a cicte:Program ; rdfs:label ?label }"
    assert {row["in"].value for row in store.rows(called)} == {"en", "es"}


def test_memory_does_not_grow_with_the_number_of_plans() -> None:
    def most(triples: int) -> int:
        command = [sys.executable, str(GENERATE), "--triples", str(triples)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return used.ru_maxrss

    assert most(200_000) < 1.1 * most(20_000)


def test_more_faults_than_there_is_room_for_are_refused(tmp_path: Path) -> None:
    command = [sys.executable, str(GENERATE), "--triples", "5000", "--faults", "900", "--manifest", str(tmp_path / "m")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Ask for more triples." in done.stderr
    assert not (tmp_path / "m").exists()
