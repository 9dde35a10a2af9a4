"""The data compared with the two documents, where `CICTE_SOURCES` names a folder that holds them."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from cicte_graph.documents import read_document
from cicte_graph.graph import Graph
from cicte_graph.verify import verify

SOURCES = os.environ.get("CICTE_SOURCES")
pytestmark = pytest.mark.skipif(
    not SOURCES, reason="set CICTE_SOURCES to a folder with cicte-doc-5-12-rev-1.txt and cicte-doc-8-18.txt"
)


@pytest.fixture(scope="module")
def folder() -> Path:
    return Path(SOURCES or "")


def test_every_anchor_stands_in_its_document(real_graph: Graph, folder: Path) -> None:
    assert [result.missing for result in verify(real_graph, folder)] == [[], []]


def test_every_row_of_every_table_has_been_read(real_graph: Graph, folder: Path) -> None:
    assert [result.uncovered for result in verify(real_graph, folder)] == [[], []]


def test_every_name_as_printed_stands_in_a_document(real_graph: Graph, folder: Path) -> None:
    documents = [read_document(path) for path in sorted(folder.glob("*.txt"))]
    rows = real_graph.store.rows("SELECT DISTINCT ?written WHERE { ?any cicte:writtenAs ?written }")
    written = [row["written"].value for row in rows]
    assert [text for text in written if not any(one.places(text) or one.stands_across(text) for one in documents)] == []


def test_every_numbered_entry_of_the_closing_list_takes_part(real_graph: Graph, folder: Path) -> None:
    text = (folder / "cicte-doc-5-12-rev-1.txt").read_text(encoding="utf-8")
    entries = re.findall(r"(?m)^(\d+)\. ", text[text.index("B. International, regional") :])
    rows = real_graph.store.rows(
        "SELECT ?locator WHERE { ?p cicte:element <work-plan/2012> ; cicte:evidence/cicte:locator ?locator }"
    )
    numbers = {match[1] for row in rows if (match := re.match(r"Closing list, B\.(\d+)", row["locator"].value))}
    assert numbers == set(entries)


def test_every_number_of_people_in_the_draft_is_a_target(real_graph: Graph, folder: Path) -> None:
    people = (
        "(officials|officers|participants|specialists|professionals|youths|national authorities|government officials"
        "|public and private|decision-making|law enforcement|medium-to-high|Customs officers|stakeholders"
        "|security forces|migration)"
    )
    text = " ".join((folder / "cicte-doc-8-18.txt").read_text(encoding="utf-8").replace("|", " ").split())
    printed = Counter(int(number) for number, _ in re.findall(rf"\b(\d+) {people}", text))
    rows = real_graph.store.rows(
        "SELECT ?target ?quantity WHERE { ?element cicte:target ?target ; cicte:inPlan <work-plan/2018-2019> . "
        "?target cicte:quantity ?quantity ; cicte:unit/skos:broader/skos:notation 'people' }"
    )
    held = Counter(int(row["quantity"].value) for row in rows)
    assert not printed - held
