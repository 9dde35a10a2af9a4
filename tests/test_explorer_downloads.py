"""What can be taken along: the same graph in every format, tables a spreadsheet reads, sums that are right."""

import csv
import io
import re
import zipfile
from hashlib import sha256

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from playwright.sync_api import Browser

from cicte_graph.build import Built
from cicte_graph.csv_bundle import csv_bundle
from cicte_graph.explorer import Explorer
from cicte_graph.explorer.downloads import citation
from cicte_graph.graph import Graph
from cicte_graph.query_catalog import as_turtle
from cicte_graph.query_library import find_queries
from tests.conftest import TESTED
from tests.exploring import NARROW, WIDE, Markup, dead_links, trouble_at
from tests.oracle import rdflib_graph

FILES = {
    "download/cicte-graph.nq": "application/n-quads",
    "download/cicte-graph.trig": "application/trig",
    "download/cicte-graph.ttl": "text/turtle",
    "download/cicte-graph.jsonld": "application/ld+json",
    "download/cicte-graph-csv.zip": "application/zip",
}
QUADS = [name for name in FILES if name.endswith((".nq", ".trig", ".jsonld"))]


# the whole graph


@pytest.mark.parametrize("name", QUADS)
def test_a_file_of_quads_reads_back_to_the_same_graph(explorer: Explorer, real: Built, name: str) -> None:
    made = explorer.file(name)
    form = ox.RdfFormat.from_media_type(made.media_type)
    assert made.media_type == FILES[name]
    assert form is not None
    assert set(ox.parse(made.content, format=form)) == set(real.store)


def test_turtle_reads_back_in_another_engine_to_all_graphs_as_one(sampled: Explorer, sample: Built) -> None:
    made = sampled.file("download/cicte-graph.ttl")
    assert made.media_type == FILES["download/cicte-graph.ttl"]
    read = rdflib.Graph().parse(data=made.content, format="turtle")
    assert set(read) == set(rdflib_graph(sample.store))


def test_the_page_tells_size_and_checksum_of_every_file_as_they_are(explorer: Explorer) -> None:
    page = explorer.file("download.html").content.decode()
    sums = explorer.file("download/sha256sums.txt").content.decode()
    assert sums.splitlines() == [
        f"{sha256(explorer.file(name).content).hexdigest()}  {name.removeprefix('download/')}" for name in FILES
    ]
    for name in FILES:
        content = explorer.file(name).content
        size = f"{len(content) / 1e6:.1f} MB" if len(content) >= 1_000_000 else f"{round(len(content) / 1000)} kB"
        [told] = re.findall(rf'<a href="{name}" download>.*?</li>', page, re.DOTALL)
        assert f">{size}<" in told
        assert sha256(content).hexdigest() in told


def test_the_description_of_the_dataset_tells_the_same_sums(explorer: Explorer) -> None:
    told = explorer.file("void.ttl")
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    read = rdflib.Graph().parse(data=told.content, format="turtle")
    sums = {str(value).lower() for value in read.objects(None, spdx.checksumValue)}
    assert sums == {sha256(explorer.file(name).content).hexdigest() for name in FILES}
    assert explorer.file(".well-known/void") == told
    assert told.media_type == "text/turtle"


def test_the_questions_stand_where_other_tools_look_for_them(explorer: Explorer, real_graph: Graph) -> None:
    told = explorer.file(".well-known/sparql-examples")
    assert told.content == as_turtle(find_queries(real_graph.house.queries))
    assert told.media_type == "text/turtle"


# tables


def packed(content: bytes) -> dict[str, list[list[str]]]:
    """Read every table of a package, its heading first."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            name: list(csv.reader(io.StringIO(package.read(name).decode("utf-8-sig"), newline="")))
            for name in package.namelist()
            if name.endswith(".csv")
        }


def test_a_table_holds_what_the_files_say_with_names_beside_identifiers(sample_graph: Graph) -> None:
    tables = packed(csv_bundle(sample_graph))
    assert tables["Country.csv"] == [
        ["id", "label en", "label es", "alpha2", "alpha3", "oasMemberSince", "participatesInOas"],
        ["country/BRB", "Barbados", "Barbados", "BB", "BRB", "1967", "true"],
    ]
    assert tables["Region.csv"] == [
        ["id", "label en", "label es", "member", "member name"],
        ["region/lesser-antilles", "Lesser Antilles", "Antillas Menores", "country/BRB", "Barbados"],
    ]
    heading, *rows = tables["Organization.csv"]
    assert heading == [
        *("id", "label en", "acronym en", "kind", "country", "country name", "parent", "parent name", "consulted")
    ]
    assert rows[3][:8] == [
        *("organization/sample-secretariat", "Sample Secretariat", "", "intergovernmental-organization", "", ""),
        *("organization/sample-assembly", "Sample Assembly"),
    ]


def test_several_values_share_a_cell_and_a_record_tells_the_kind_of_its_class(sample_graph: Graph) -> None:
    tables = packed(csv_bundle(sample_graph))
    heading, *rows = tables["Instrument.csv"]
    assert [row[heading.index("type")] for row in rows] == ["Standard", "Resolution"]
    heading, *rows = tables["Outcome.csv"]
    trained = "target/2003/harbor-protection/harbor-training/officials-trained"
    assert [row[heading.index("target")] for row in rows] == [f"{trained}/judges | {trained}/officials"]


def test_there_is_a_table_for_each_class_with_every_record(explorer: Explorer, real: Built) -> None:
    tables = packed(explorer.file("download/cicte-graph-csv.zip").content)
    identifiers = [f"https://w3id.org/cicte-graph/id/{row[0]}" for rows in tables.values() for row in rows[1:]]
    records = {str(one) for one in rdflib_graph(real.store).subjects(rdflib.RDF.type) if "/id/" in str(one)}
    assert sorted(identifiers) == sorted(records - {"https://w3id.org/cicte-graph/id/contributors"})
    assert len(tables) == 18


def test_no_cell_is_taken_for_a_formula(explorer: Explorer) -> None:
    tables = packed(explorer.file("download/cicte-graph-csv.zip").content)
    cells = (cell for rows in tables.values() for row in rows for cell in row)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_package_explains_every_column_of_every_table(sample_graph: Graph) -> None:
    content = csv_bundle(sample_graph)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        told = package.read("README.txt").decode()
    assert f"Graph {TESTED}." in told
    assert "CC BY 4.0" in told
    parts = dict(re.findall(r"(?m)^(\w+\.csv): (.+\n(?:  .+\n)*)", told))
    tables = packed(content)
    assert parts.keys() == tables.keys()
    for name, (heading, *rows) in tables.items():
        columns = re.findall(r"(?m)^  ([^:]+):", parts[name])
        assert [column for line in columns for column in line.split(", ")] == heading[1:]
        assert parts[name].startswith(f"{len(rows)} records. ")


def test_the_package_is_the_same_whenever_it_is_made(sample_graph: Graph) -> None:
    again = Graph(sample_graph.house, sample_graph.store, sample_graph.version)
    assert csv_bundle(again) == csv_bundle(sample_graph)
    with zipfile.ZipFile(io.BytesIO(csv_bundle(sample_graph))) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist() == sorted(package.namelist())


# how to cite it


def test_the_citation_has_the_words_of_its_file_and_the_version_of_the_graph(
    explorer: Explorer, real_graph: Graph
) -> None:
    file = yaml.safe_load(explorer.file("download/CITATION.cff").content)
    cited = citation(real_graph)
    for words in (file["title"], file["version"], file["authors"][0]["name"], "2026", TESTED.digest):
        assert words in cited.text
        assert words in cited.bibtex
    assert explorer.file("download/CHANGELOG.md").content.startswith(b"# Changes")


# the page


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_way_from_the_page_leads_somewhere(explorer: Explorer, language: str) -> None:
    address = "download.html" if language == "en" else "es/download.html"
    assert dead_links(explorer, address) == []
    links = Markup(explorer.file(address).content).values("href")
    assert {name.rpartition("/")[2] for name in FILES} <= {link.rpartition("/")[2] for link in links}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("address", ["download.html", "es/download.html"])
def test_the_page_opens_in_a_browser_without_trouble(
    browser: Browser, explorer: Explorer, address: str, size: tuple[int, int]
) -> None:
    for scheme in ("light", "dark"):
        assert trouble_at(browser, explorer, address, size, scheme) == []
