"""What the loader takes and what it refuses, each fault with file, line and remedy."""

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cicte_graph.build import Built
from cicte_graph.errors import DataFaultsError
from cicte_graph.house import House, open_house
from cicte_graph.literals import fault_in
from cicte_graph.load import load
from cicte_graph.terms import CICTE, GRAPH, ID
from tests.conftest import SAMPLE

YAML_HOLDS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"])
RECORD = "id: organization/body\nlabel: {en: Body}\nkind: network\nconsulted: https://example.org/body\n"


def faults_of(house: House) -> list[str]:
    with pytest.raises(DataFaultsError) as raised:
        load(house)
    return [str(fault) for fault in raised.value.faults]


def house_with(folder: Path, **files: str | bytes) -> House:
    """Make a data folder of a few files beside the sample's; `__` stands for a slash in a file's name."""
    data = folder / "data"
    shutil.copytree(SAMPLE, data)
    for name, content in files.items():
        path = data / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_house(data)


def test_a_nested_key_becomes_the_last_part_of_an_identifier(sample: Built) -> None:
    activity = f"{ID}activity/2001/port-safety/courses/national-courses"
    rows = sample.store.rows(f"SELECT ?class ?above WHERE {{ <{activity}> a ?class ; cicte:partOf ?above }}")
    assert [(row["class"].value, row["above"].value) for row in rows] == [
        (f"{CICTE}Activity", f"{ID}project/2001/port-safety/courses")
    ]


def test_every_record_knows_its_file_and_line(sample: Built) -> None:
    place = sample.places[f"{ID}target/2001/port-safety/courses/national-courses/courses-national"]
    written = (SAMPLE / "plans/2001/port-safety.yaml").read_text(encoding="utf-8").splitlines()
    assert place.path == "sample/plans/2001/port-safety.yaml"
    assert written[place.line - 1].strip().startswith("courses-national:")


def test_a_partner_is_the_organization_it_is_keyed_by(sample: Built) -> None:
    participation = f"{ID}participation/2003/harbor-protection/sample-police"
    rows = sample.store.rows(f"SELECT ?who WHERE {{ <{participation}> cicte:organization ?who }}")
    assert [row["who"].value for row in rows] == [f"{ID}organization/sample-police"]


def test_numbers_and_days_carry_their_datatypes(sample: Built) -> None:
    rows = sample.store.rows("SELECT ?day WHERE { ?project cicte:fundedUntil ?day }")
    assert [row["day"] for row in rows] == [
        ox.Literal("2003-06-30", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    ]


def test_a_passage_quoted_in_two_files_is_one_node(sample: Built) -> None:
    rows = sample.store.rows('SELECT ?node WHERE { ?node cicte:anchor "security of seaports" }')
    assert len(rows) == 1


def test_no_triple_stands_in_two_graphs(real: Built) -> None:
    triples = [quad.triple for quad in real.store]
    assert len(triples) == len(set(triples))


def test_there_is_no_blank_node_in_data(real: Built) -> None:
    assert not [quad for quad in real.store if ox.BlankNode in (type(quad.subject), type(quad.object))]


def test_each_data_folder_is_a_named_graph(sample: Built) -> None:
    graphs = {quad.graph_name.value for quad in sample.store if isinstance(quad.graph_name, ox.NamedNode)}
    assert {f"{GRAPH}plans/2001", f"{GRAPH}organizations", f"{GRAPH}evidence", f"{GRAPH}derived"} <= graphs


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (RECORD + "kindd: network\n", "data/organizations/body.yaml:5: unknown key `kindd`. Did you mean `kind`?"),
        (
            RECORD + "kind: ministry\n",
            "data/organizations/body.yaml:5: `kind` again (first on line 3). Keep one of them.",
        ),
        (
            RECORD + "parent: sample-assemblie\n",
            (
                "data/organizations/body.yaml:5: `parent` names id:organization/sample-assemblie, which is not defined "
                "anywhere. Did you mean id:organization/sample-assembly?"
            ),
        ),
        (
            RECORD.replace("network", "ministery"),
            (
                "data/organizations/body.yaml:3: `kind` names concept:organization-kind/ministery, which is no value "
                "of its list. Did you mean concept:organization-kind/ministry?"
            ),
        ),
        (
            RECORD.replace("organization/body", "organization/bodies"),
            "data/organizations/body.yaml:1: `organization/bodies` is not named after its file. Rename to bodies.yaml.",
        ),
        (
            RECORD.replace("organization/body", "organisation/body"),
            "data/organizations/body.yaml:1: `organisation` is no class. Start identifiers with a class's name.",
        ),
        (RECORD.replace("id: organization/body", "label2: x"), "data/organizations/body.yaml:1: needs `id` or `about`"),
        (RECORD.replace("organization/body", "Body Of"), "data/organizations/body.yaml:1: `Body Of` is no identifier."),
        (RECORD.replace("{en: Body}", "Body"), "data/organizations/body.yaml:2: `label` takes text by language"),
        (
            RECORD.replace("{en: Body}", "{de: Rumpf}"),
            "data/organizations/body.yaml:2: `de` is not one of our languages.",
        ),
        (RECORD.replace("{en: Body}", "{en: ''}"), "data/organizations/body.yaml:2: `label` has an empty text."),
        (
            RECORD.replace("https", "ftp"),
            "data/organizations/body.yaml:4: `consulted: ftp://example.org/body` is not what",
        ),
        (RECORD + "\tparent: x\n", "data/organizations/body.yaml:5: a tab. Use blanks."),
        ("", "data/organizations/body.yaml:1: the file is empty."),
        ("# nothing\n", "data/organizations/body.yaml:1: the file is empty."),
        ("- one\n- two\n", "data/organizations/body.yaml:1: holds a list. Start with `id: ...`."),
        (RECORD + "note: {en: 'open\n", "data/organizations/body.yaml:"),
        (
            b"id: organization/body\nlabel: {en: Caf\xe9}\n",
            "data/organizations/body.yaml:2: not UTF-8. Save the file as UTF-8.",
        ),
        (RECORD + "parent: &a sample-assembly\nsuccessor: *a\n", "data/organizations/body.yaml:5: an alias."),
        (RECORD + "label2: " + "[" * 60 + "]" * 60, "data/organizations/body.yaml:5: nested more than 40 deep."),
        (
            RECORD + "evidence: text\n",
            "data/organizations/body.yaml:5: `evidence` takes a record or a list of records.",
        ),
        (RECORD + "parent: a b\n", "data/organizations/body.yaml:5: `parent: a b` is no identifier."),
        (RECORD + "parent: {a: b}\n", "data/organizations/body.yaml:5: `parent` takes plain text or a list of it."),
        (RECORD + "partners: [a]\n", "data/organizations/body.yaml:5: `partners` takes records by key."),
        (RECORD + "partners: {a b: {role: partner}}\n", "data/organizations/body.yaml:5: `a b` is no key."),
        (
            RECORD + "partners: {wave-institute: yes}\n",
            "data/organizations/body.yaml:5: `wave-institute` holds no record.",
        ),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, content: str | bytes, expected: str) -> None:
    found = faults_of(house_with(tmp_path, organizations__body=content))
    assert any(fault.startswith(expected) for fault in found), found


@pytest.mark.parametrize("wrong", ["2012-02-30", "7 March 2012", "20120307", "2012-3-7"])
def test_a_day_that_does_not_exist_is_refused(tmp_path: Path, wrong: str) -> None:
    [fault] = faults_of(house_with(tmp_path, organizations__body=RECORD + f"adopted on: {wrong}\n"))
    assert f"`adopted on: {wrong}` is not what it should be. Write a day that exists, as in 2012-03-07." in fault


def test_an_identifier_used_in_two_files_is_refused_with_both_places(tmp_path: Path) -> None:
    house = house_with(tmp_path, organizations__more__wave_institute="", places__wave_institute="")
    for name in ("organizations/more/wave_institute", "places/wave_institute"):
        (house.data / f"{name}.yaml").unlink()
    copied = (SAMPLE / "organizations/wave-institute.yaml").read_text(encoding="utf-8")
    (house.data / "organizations/more/wave-institute.yaml").write_text(copied, encoding="utf-8")
    [fault] = faults_of(house)
    assert "`organization/wave-institute` again (first in data/organizations/" in fault


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    house = house_with(tmp_path, organizations__body=RECORD + "one: x\ntwo: y\nparent: nobody\n", places__empty="")
    assert len(faults_of(house)) == 4


def test_fifty_megabytes_of_nonsense_are_refused_at_once(tmp_path: Path) -> None:
    house = house_with(tmp_path, organizations__body=b"\x00\xff[{" * 12_500_000)
    [fault] = faults_of(house)
    assert fault == "data/organizations/body.yaml:1: larger than 1,000,000 bytes. Split it: one record a file."


def test_lists_nested_without_brackets_are_refused_too(tmp_path: Path) -> None:
    [fault] = faults_of(house_with(tmp_path, organizations__body="- " * 400_000))
    assert fault.startswith("data/organizations/body.yaml:1: nested more than 40 deep.")


def test_a_file_that_would_not_be_read_is_told(tmp_path: Path) -> None:
    house = house_with(tmp_path)
    (house.data / "organizations" / "body.yml").write_text(RECORD, encoding="utf-8")
    assert faults_of(house) == [
        "data/organizations/body.yml:1: not a data file. End its name in .yaml, or keep it elsewhere."
    ]


def test_only_plain_digits_make_a_number() -> None:
    assert fault_in("1٣", "xsd:integer")


def test_a_folder_without_data_says_so(tmp_path: Path) -> None:
    [fault] = faults_of(open_house(tmp_path))
    assert fault.endswith("no YAML file in it. Name a folder laid out like data/.")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_whatever_a_file_holds_the_loader_loads_or_tells_faults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "body.yaml").write_bytes(content)
    with pytest.raises(DataFaultsError) as raised:
        load(open_house(tmp_path))
    assert all(fault.line >= 1 and fault.remedy for fault in raised.value.faults)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(YAML_HOLDS, min_size=1, max_size=60).filter(str.strip))
def test_any_text_an_editor_quotes_arrives_unchanged(tmp_path: Path, text: str) -> None:
    body = f"id: organization/body\nlabel: {{en: {json.dumps(text, ensure_ascii=False)}}}\nkind: network\n"
    (tmp_path / "body.yaml").write_text(body, encoding="utf-8")
    loaded = load(open_house(tmp_path))
    labels = [quad.object for quad in loaded.quads if quad.subject == ox.NamedNode(f"{ID}organization/body")]
    assert ox.Literal(text, language="en") in labels
