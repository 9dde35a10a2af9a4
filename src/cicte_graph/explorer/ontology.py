"""The ontology as a page: every term with its meaning, its ties, examples from the data and the questions that use it.

Terms come from the ontology's own files, examples from the graph. Knows no term by name but those of the vocabularies
that terms are described with.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from textwrap import shorten as shortened
from typing import TypeVar

import pyoxigraph as ox

from cicte_graph.explorer.here import Here, page_of
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet
from cicte_graph.exports import RECORD_FORMATS
from cicte_graph.graph import Graph
from cicte_graph.query_library import find_queries
from cicte_graph.terms import CICTE, CONCEPT, ID, PREFIXES, expand, shorten
from cicte_graph.vocabulary import Term, Vocabulary, named_in, vocabulary_of
from cicte_graph.wording import say, say_number

__all__ = ["ontology"]

EXAMPLES = 3
TEXT = 80  # characters of a text shown as an example

COMPETENCY = "https://w3id.org/mod#competencyQuestion"

One = TypeVar("One")
Value = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Way:
    """Something named, with the way to it where there is one."""

    text: str
    way: str = ""
    code: bool = False  # whether the text is an identifier
    language: str = ""  # where it is not that of the page


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as the page shows it."""

    anchor: str
    short: str
    iri: str
    name: str
    names: list[tuple[str, str]]  # (language, name) in the other languages
    meaning: Way
    note: list[Way]  # a sentence or two, the terms it names among them
    facts: list[tuple[str, list[Way]]]
    used: str  # how often
    examples: list[list[Way]]  # a record, or a record and a value
    asked: str  # in how many questions
    questions: list[Way]
    values: list["Entry"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Uses:
    """Where terms are used: what is of a class or names a value, what a property says, and which questions ask."""

    records: dict[str, list[str]]
    statements: dict[str, list[tuple[str, Value]]]
    questions: dict[str, list[tuple[str, str]]]  # (name, title)


def ontology(graph: Graph) -> Pages:
    """Give the page on the ontology, and the ontology as data."""
    files = {f"ontology.{ending}": partial(_data, graph, ending) for ending in RECORD_FORMATS}
    return {"ontology.html": partial(_sheet, graph), **files}


def _data(graph: Graph, ending: str, _here: Here, _: Asked) -> File:
    form, turtle = RECORD_FORMATS[ending], vocabulary_of(graph).turtle
    if form == ox.RdfFormat.TURTLE:
        return File(turtle, form.media_type)
    triples = (quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    return File(ox.serialize(triples, format=form, prefixes=PREFIXES) or b"", form.media_type)


def _sheet(graph: Graph, here: Here, _: Asked) -> Sheet:
    terms = vocabulary_of(graph)
    writer = _Writer(graph, here, terms, graph.once("uses of terms", lambda: _uses(graph)))
    lists = [
        replace(writer.entry(scheme), values=[writer.entry(one) for one in terms.values[scheme.iri]])
        for scheme in terms.lists
    ]
    header = terms.header
    values = {
        "description": writer.text(header, "dcterms:description").text,
        "asked": say_number("{number} question", "{number} questions", len(header.said[COMPETENCY])),
        "questions": [Way(one.value, language="en") for one in header.said[COMPETENCY]],
        "edition": header.texts("owl:versionInfo")[""],
        "parts": [
            (say("Classes"), "classes", [writer.entry(one) for one in terms.classes]),
            (say("Properties"), "properties", [writer.entry(one) for one in terms.properties]),
            (say("Closed lists"), "lists", lists),
        ],
        "namespace": CICTE,
        "called": {"en": say("English"), "es": say("Spanish"), "fr": say("French"), "pt": say("Portuguese")},
    }
    return Sheet(say("Ontology"), "ontology.html", values, scripts=("ontology.js",), styles=("ontology.css",))


def _uses(graph: Graph) -> _Uses:
    records: defaultdict[str, set[str]] = defaultdict(set)
    statements: defaultdict[str, set[tuple[str, Value]]] = defaultdict(set)
    above: defaultdict[str, set[str]] = defaultdict(set)
    for row in graph.rows("records/kinds-of"):
        above[row["class"].value].add(row["above"].value)
    for quad in graph.store:
        subject, value = quad.subject, quad.object
        if not (isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal)):
            continue
        if not subject.value.startswith(ID):
            continue
        statements[quad.predicate.value].add((subject.value, value))
        for term in above[value.value] if value.value.startswith(CICTE) else {value.value}:
            if term.startswith((CICTE, CONCEPT)):
                records[term].add(subject.value)
    questions: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for query in find_queries(graph.house.queries):
        for term in named_in(query.sparql):
            questions[term].append((query.name, query.said(graph.language).title))
    return _Uses(
        {term: sorted(found) for term, found in records.items()},
        {term: sorted(found, key=lambda one: (one[0], str(one[1]))) for term, found in statements.items()},
        dict(questions),
    )


class _Writer:
    """What every entry of a page is written with."""

    def __init__(self, graph: Graph, here: Here, terms: Vocabulary, uses: _Uses) -> None:
        self.graph, self.here, self.terms, self.uses = graph, here, terms, uses

    def entry(self, term: Term) -> Entry:
        """Write a term."""
        called = term.texts("rdfs:label")
        name = called.get(self.here.language) or called["en"]
        statements = self.uses.statements.get(term.iri, [])
        records = self.uses.records.get(term.iri, [])
        questions = self.uses.questions.get(term.iri, [])
        return Entry(
            page_of(term.iri).partition("#")[2],
            shorten(term.iri),
            term.iri,
            name,
            [(language, text) for language, text in called.items() if language != self.here.language],
            self.text(term, "skos:definition"),
            self._note(self.text(term, "skos:scopeNote")),
            [(says, ways) for says, ways in self._facts(term) if ways],
            say_number("{number} use", "{number} uses", len(statements) or len(records)),
            [[self._way(one)] for one in _some(records)] + [self._statement(*one) for one in self._few(statements)],
            say_number("{number} question", "{number} questions", len(questions)),
            [self._question(*one) for one in questions],
        )

    def text(self, term: Term, name: str) -> Way:
        """Give a text on a term in the page's language, else in English, or nothing."""
        texts = term.texts(name)
        language = next((one for one in (self.here.language, "en") if one in texts), "")
        return Way(texts.get(language, ""), language="" if language == self.here.language else language)

    def said(self, value: Value) -> Way:
        """Show a value: a record, concept or foreign name with the way to it, a literal as it is."""
        if isinstance(value, ox.NamedNode):
            return self._way(value.value)
        language = value.language or ""
        return Way(shortened(value.value, TEXT), language="" if language == self.here.language else language)

    def _note(self, note: Way) -> list[Way]:
        """Part a note where it names a term, so that the name is a link."""
        parts = (part for part in re.split(r"(cicte:\w+)", note.text) if part)
        return [
            Way(part, f"#{part.removeprefix('cicte:')}", code=True)
            if self.terms.term(expand(part))
            else Way(part, language=note.language)
            for part in parts
        ]

    def _facts(self, term: Term) -> Iterator[tuple[str, list[Way]]]:
        below = [one.iri for one in self.terms.classes if term.iri in one.iris("rdfs:subClassOf")]
        yield say("Kind of"), self._ways(term.iris("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:broader"))
        yield say("Kinds"), self._ways(below)
        yield say("Domain"), self._ways(term.iris("rdfs:domain"))
        yield say("Used on any of"), self._ways(term.iris("schema:domainIncludes"))
        yield say("Range"), self._ways(term.iris("rdfs:range"))
        yield say("Value is any of"), self._ways(term.iris("schema:rangeIncludes"))
        yield say("Properties"), self._ways(self._naming(term, "rdfs:domain", "schema:domainIncludes"))
        yield say("Value of"), self._ways(self._naming(term, "rdfs:range", "schema:rangeIncludes"))
        yield say("Never also"), self._ways(term.iris("owl:disjointWith"))
        yield say("Close to"), self._ways(term.iris("skos:closeMatch", "skos:exactMatch", "owl:equivalentClass"))
        yield say("See also"), self._ways(term.iris("rdfs:seeAlso"))
        rank = term.texts("cicte:rank").get("")
        yield say("Rank"), [Way(rank)] if rank else []

    def _naming(self, term: Term, *ties: str) -> list[str]:
        return [one.iri for one in self.terms.properties if term.iri in one.iris(*ties)]

    def _ways(self, iris: Iterable[str]) -> list[Way]:
        return [self._way(iri) for iri in iris]

    def _way(self, iri: str) -> Way:
        page = page_of(iri)
        if not page:
            return Way(shorten(iri), iri, code=True)
        name, _, anchor = page.partition("#")
        text = _called(self.graph, iri)
        return Way(text, f"#{anchor}" if name == self.here.name else self.here.to(page), code=text == shorten(iri))

    def _few(self, statements: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
        """Choose statements whose value is in the page's language or in none."""
        spoken = [one for one in statements if getattr(one[1], "language", None) in {None, self.here.language}]
        return _some(spoken)

    def _statement(self, record: str, value: Value) -> list[Way]:
        return [self._way(record), self.said(value)]

    def _question(self, name: str, title: str) -> Way:
        page = f"question/{name}.html"
        return Way(title, self.here.to(page) if self.here.has(page) else "")


def _called(graph: Graph, iri: str) -> str:
    """Name a record or term; a link that has no name of its own after the two it joins."""
    if graph.labels(iri):
        return graph.label(iri)
    values = [value.value for values in graph.said(iri).values() for value in values]
    joined = [graph.label(value) for value in values if value.startswith(ID) and graph.labels(value)]
    return " / ".join(joined[-2:]) if len(joined) > 1 else shorten(iri)


def _some(found: list[One]) -> list[One]:
    """Choose the first, the one in the middle and the last, which differ more than three in a row."""
    return found if len(found) <= EXAMPLES else [found[0], found[len(found) // 2], found[-1]]
