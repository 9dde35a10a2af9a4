"""Write the records as tables for spreadsheets: one CSV file a class in a ZIP file, the same bytes each time.

Columns are the properties as the ontology orders them; a record that is named has a column with what it is called
beside that with its identifier.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cicte_graph.graph import Graph, local
from cicte_graph.printing import separated
from cicte_graph.terms import CONCEPT, ID, PREFIXES, expand, shorten
from cicte_graph.vocabulary import Vocabulary, vocabulary_of

if TYPE_CHECKING:
    from cicte_graph.table import Value

__all__ = ["csv_bundle"]

BETWEEN = " | "  # several values in one cell
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP file knows: the day of packing is no part of the data
FIRST = ("rdfs:label", "skos:altLabel", "dcterms:description", "skos:note")
HIDDEN = PREFIXES["skos"] + "hiddenLabel"  # misprints, kept to be searched
TYPE = PREFIXES["rdf"] + "type"

Column = tuple[str, str]  # property, and the language of its texts or `name` of what it names
Cells = dict[Column, str]


def csv_bundle(graph: Graph) -> bytes:
    """Pack a CSV file for each class, and a text on what is in them.

    Args:
        graph: What to write; names come in its language, the ontology orders and explains the columns.
    """
    vocabulary = vocabulary_of(graph)
    records: defaultdict[str, dict[str, Cells]] = defaultdict(dict)
    for row in graph.rows("records/every-record"):
        iri = row["record"].value
        records[row["class"].value][iri] = _cells(graph, iri, row["class"].value)
    order = {name: n for n, name in enumerate([*map(expand, FIRST), *(one.iri for one in vocabulary.properties)])}
    files: dict[str, bytes] = {}
    columns: dict[str, list[Column]] = {}
    for kind, found in records.items():
        there = {column for cells in found.values() for column in cells}
        columns[kind] = sorted(there, key=lambda one: (order.get(one[0], -1), one))
        rows: Iterable[list[Value]] = (
            [iri.removeprefix(ID), *(cells.get(column) for column in columns[kind])] for iri, cells in found.items()
        )
        text = "".join(separated(["id", *map(_heading, columns[kind])], rows, "csv"))
        files[_file(kind)] = text.encode("utf-8-sig")  # without the mark spreadsheets misread every accent
    numbers = {kind: len(found) for kind, found in records.items()}
    files["README.txt"] = _read_me(graph, vocabulary, numbers, columns).encode()
    return _packed(files)


def _cells(graph: Graph, iri: str, kind: str) -> Cells:
    cells: defaultdict[Column, list[str]] = defaultdict(list)
    for name, values in graph.said(iri).items():
        for value in values:
            if name == HIDDEN or (name == TYPE and value.value == kind):
                continue
            if isinstance(value, ox.Literal):
                cells[name, value.language or ""].append(value.value)
                continue
            cells[name, ""].append(local(value.value) if name == TYPE else _short(value.value))
            if value.value.startswith(ID) and graph.labels(value.value):
                cells[name, "name"].append(graph.label(value.value))
    return {column: BETWEEN.join(texts) for column, texts in cells.items()}


def _short(iri: str) -> str:
    if iri.startswith(CONCEPT):
        return iri.rpartition("/")[2]
    return iri.removeprefix(ID) if iri.startswith(ID) else iri


def _heading(column: Column) -> str:
    name, kind = column
    called = local(name)
    if kind == "name":
        return f"{called} name"
    return f"{called} {kind}" if kind else called


def _file(kind: str) -> str:
    return f"{local(kind)}.csv"


def _read_me(
    graph: Graph, vocabulary: Vocabulary, numbers: Mapping[str, int], columns: Mapping[str, Iterable[Column]]
) -> str:
    lines = [
        "cicte-graph as CSV files",
        "",
        f"Graph {graph.version}. License: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
        "Cite it with that version. No official publication of the OAS.",
        "",
        "One file a class, one row a record. UTF-8 with a byte order mark, comma, double quotes (RFC 4180).",
        f"`id` is the end of an identifier: {ID} and the id is the whole. Columns that name records hold such ids;",
        "the column with `name` behind it says what they are called, where they have names.",
        f"Values of closed lists stand by their keys: {CONCEPT}basis/stated is `stated`.",
        "Two letters behind a column are the language of its texts.",
        f"Several values in a cell are parted by `{BETWEEN}`.",
    ]
    for kind in sorted(numbers):
        lines += ["", f"{_file(kind)}: {numbers[kind]} records. {_meaning(vocabulary, kind)}"]
        for name, headings in _by_property(columns[kind]).items():
            lines.append(f"  {', '.join(headings)}: {_meaning(vocabulary, name)}")
    return "\n".join(lines) + "\n"


def _by_property(columns: Iterable[Column]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column in columns:
        found.setdefault(column[0], []).append(_heading(column))
    return found


def _meaning(vocabulary: Vocabulary, iri: str) -> str:
    """Say what a class or property means; of another vocabulary, by its short name there."""
    term = vocabulary.term(iri)
    return term.texts("skos:definition")["en"] if term else shorten(iri)


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same wherever it is packed
            package.writestr(entry, content)
    return out.getvalue()
