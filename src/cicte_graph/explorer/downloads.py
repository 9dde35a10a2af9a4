"""The whole graph to take along: its files with their sizes and checksums, what describes them, and how to cite it.

Every file is made once for a graph. Knows which files there are; how each is written is known elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import yaml

from cicte_graph.csv_bundle import csv_bundle
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.exports import export
from cicte_graph.graph import Graph
from cicte_graph.query_catalog import as_turtle
from cicte_graph.query_library import find_queries
from cicte_graph.terms import BASE
from cicte_graph.void import Distribution, describe
from cicte_graph.wording import say

__all__ = ["Citation", "citation", "downloads"]

FOLDER = "download"
FORMS = {  # how `export` calls them
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
TABLES = f"{FOLDER}/cicte-graph-csv.zip"
SUMS = f"{FOLDER}/sha256sums.txt"
BESIDE = {"CITATION.cff": "text/yaml; charset=utf-8", "CHANGELOG.md": "text/markdown; charset=utf-8"}
TURTLE = ox.RdfFormat.TURTLE.media_type
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Citation:
    """How the graph is cited: in a list of references, and as an entry of BibTeX."""

    text: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file of the graph, and what is said of it."""

    content: bytes
    told: Distribution

    @property
    def media_type(self) -> str:
        """What the file is sent as."""
        return self.told.packed or self.told.media_type


def downloads(graph: Graph) -> Pages:
    """Give the page, the files it offers and the descriptions of the dataset and of its questions."""
    pages: dict[str, Writer] = {"download.html": partial(_sheet, graph)}
    for name in _names():
        pages[name] = partial(_file, graph, name)
    pages[SUMS] = partial(_sums, graph)
    for name, media_type in BESIDE.items():
        pages[f"{FOLDER}/{name}"] = partial(_beside, graph, name, media_type)
    for address in ("void.ttl", ".well-known/void"):
        pages[address] = partial(_described, graph)
    pages[".well-known/sparql-examples"] = partial(_questions, graph)
    return pages


def citation(graph: Graph) -> Citation:
    """Say how the graph is cited, in the words of CITATION.cff and with its version."""
    said = graph.once("citation", lambda: yaml.safe_load(_path(graph, "CITATION.cff").read_text(encoding="utf-8")))
    [author] = [one["name"] for one in said["authors"]]
    year, digest = str(said["date-released"])[:4], graph.version.digest
    title, edition = said["title"], said["version"]
    version = say("version {edition}, graph {digest}", edition=edition, digest=digest)
    return Citation(
        f"{author} ({year}). {title}, {version}. {BASE}",
        f"@misc{{cicte-graph,\n  author = {{{{{author}}}}},\n  title = {{{title}}},\n  year = {{{year}}},\n"
        f"  version = {{{edition}, graph {digest}}},\n  url = {{{BASE}}}\n}}",
    )


def _names() -> list[str]:
    return [*(f"{FOLDER}/cicte-graph.{form.file_extension}" for form in FORMS.values()), TABLES]


def _kept(graph: Graph) -> Mapping[str, _Kept]:
    return graph.once("downloads", lambda: _made(graph))


def _made(graph: Graph) -> Mapping[str, _Kept]:
    made: dict[str, _Kept] = {}
    for name, (called, form) in zip(_names(), FORMS.items(), strict=False):
        made[name] = _keep(name, export(graph.store, called), form.media_type)
    spoken = Graph(graph.house, graph.store, graph.version)  # a file of data is in no language; its names are English
    made[TABLES] = _keep(TABLES, csv_bundle(spoken), "text/csv", "application/zip")
    return made


def _keep(name: str, content: bytes, media_type: str, packed: str = "") -> _Kept:
    return _Kept(content, Distribution(name, media_type, len(content), sha256(content).hexdigest(), packed))


def _sheet(graph: Graph, here: Here, _: Asked) -> Sheet:
    told = {
        "nq": ("N-Quads", say("All graphs, one statement a line: what a SPARQL server loads.")),
        "trig": ("TriG", say("All graphs, for people to read.")),
        "ttl": ("Turtle", say("All graphs as one, for tools that know no graphs.")),
        "jsonld": ("JSON-LD", say("All graphs, for programs that read JSON.")),
        "zip": (
            "CSV",
            say("A table for each class, names beside identifiers, for spreadsheets. Packed, with a README.txt."),
        ),
    }
    files = [
        (*told[name.rpartition(".")[2]], name, here.to(name), _size(one.told.size), one.told.sha256)
        for name, one in _kept(graph).items()
    ]
    values = {"files": files, "sums": SUMS, "folder": FOLDER, "citation": citation(graph)}
    return Sheet(say("Download"), "download.html", values, styles=("data.css",))


def _size(size: int) -> str:
    """Write a size as people read it, in steps of 1,000."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"  # noqa: PLR2004


def _file(graph: Graph, name: str, _here: Here, _: Asked) -> File:
    kept = _kept(graph)[name]
    return File(kept.content, kept.media_type)


def _sums(graph: Graph, _here: Here, _: Asked) -> File:
    lines = (f"{one.told.sha256}  {name.removeprefix(f'{FOLDER}/')}\n" for name, one in _kept(graph).items())
    return File("".join(lines).encode(), TEXT)


def _path(graph: Graph, name: str) -> Path:
    return graph.house.ontology.parent / name


def _beside(graph: Graph, name: str, media_type: str, _here: Here, _: Asked) -> File:
    return File(_path(graph, name).read_bytes(), media_type)


def _described(graph: Graph, _here: Here, _: Asked) -> File:
    told = [one.told for one in _kept(graph).values()]
    return File(graph.once("void", lambda: describe(graph, told)), TURTLE)


def _questions(graph: Graph, _here: Here, _: Asked) -> File:
    return File(graph.once("questions", lambda: as_turtle(find_queries(graph.house.queries))), TURTLE)
