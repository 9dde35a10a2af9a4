"""Read shapes from Turtle files.

Refuses whatever it does not know: a rule passed over would find nothing for ever. Judges no data.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from cicte_graph import shapes as sh
from cicte_graph.datatypes import WELL_FORMED, number
from cicte_graph.errors import SourceFileError
from cicte_graph.store import Store
from cicte_graph.terms import PREFIXES, shorten
from cicte_graph.value_index import Node, Step

__all__ = ["read_shapes"]

SH, RDF = PREFIXES["sh"], PREFIXES["rdf"]
TYPES = {ox.NamedNode(f"{SH}NodeShape"), ox.NamedNode(f"{SH}PropertyShape")}
NIL, TRUE = ox.NamedNode(f"{RDF}nil"), ox.Literal(True)
# said of a shape, and read elsewhere than with its constraints
ASIDE = {"rdf:type", "sh:description", "sh:message", "sh:path", "sh:property", "sh:targetClass"}
LIMITS = ("sh:qualifiedMinCount", "sh:qualifiedMaxCount")  # read with sh:qualifiedValueShape
OF_VALUES = {"sh:minCount", "sh:maxCount", "sh:uniqueLang", "sh:qualifiedValueShape", *LIMITS}  # of what a path reaches
AT_WILL = {"rdf:type", "sh:description", "sh:property", "sh:targetClass"} | {  # may be said again; all else once
    *("sh:class", "sh:hasValue", "sh:node", "sh:not", "sh:or", "sh:pattern", "sh:xone")
}

# of a regular expression, what Python may read in its own way
PIECE = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])*\]|\$|\(\?", re.DOTALL)
BLANKS = r" \t\n\r"  # of XML, which XPath follows
MANY = 1_000_000_000  # no count comes near


def _as_python(found: re.Match[str]) -> str:
    """Write a piece of a regular expression of XPath as Python has it, or refuse it."""
    piece = found[0]
    if piece in {"(?", r"\A", r"\Z", r"\b", r"\B"} or (piece[0] == "[" and ("[" in piece[1:] or r"\S" in piece)):
        raise re.error(f"{piece} is not known here")
    if piece[0] == "[":
        return re.sub(r"\\.", lambda one: BLANKS if one[0] == r"\s" else one[0], piece)
    return {"$": r"\Z", r"\s": f"[{BLANKS}]", r"\S": f"[^{BLANKS}]"}.get(piece, piece)


def read_shapes(folder: Path) -> list[sh.Shape]:
    """Read the shapes that have a target.

    Raises:
        SourceFileError: A file is no Turtle, or says something of a shape that is not known here.
    """
    try:
        return list(_Reader(folder).shapes())
    except RecursionError as error:
        raise SourceFileError(f"{folder}: shapes nested too deep. Write them flat.") from error


class _Reader:
    """What the files of a folder say, and the shape being read."""

    def __init__(self, folder: Path) -> None:
        self._said: dict[Node, dict[tuple[str, Node], None]] = {}  # in the order of the files
        self._files: dict[Node, Path] = {}
        self._open: list[Node] = []  # the shape being read, last, and those it is part of
        for path in sorted(folder.glob("*.ttl")):
            try:
                for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                    said = self._said.setdefault(quad.subject, {})  # a triple said again is one triple
                    said[shorten(quad.predicate.value), quad.object] = None
                    self._files.setdefault(quad.subject, path)
            except SyntaxError as error:
                reason = " ".join(str(error).split())
                raise SourceFileError(f"{path}: not Turtle: {reason}. Mend what stands there.") from error

    def shapes(self) -> Iterator[sh.Shape]:
        """Read whatever has an IRI or a target, and give what has a target."""
        for node in self._said:
            reports = bool(self._all(node, "sh:targetClass"))
            aims = any(name.startswith("sh:target") for name, _ in self._said[node])
            if aims or isinstance(node, ox.NamedNode):
                shape = self.shape(node, reports=reports)
                if reports:
                    yield shape

    def shape(self, node: Node, *, reports: bool = False) -> sh.Shape:
        """Read one shape; what it reports needs a name and a message."""
        if node in self._open:
            self.refuse("is part of itself", "Break the circle.")
        if node not in self._said:
            self.refuse(f"names {node}, which no file describes", "Describe it, or name another.")
        self._open.append(node)
        for name, times in Counter(name for name, _ in self._said[node]).items():
            if name not in AT_WILL and times > 1:
                self.refuse(f"says {name} {times} times", "Say it once.")
        for kind in self._all(node, "rdf:type"):
            if kind not in TYPES:
                self.refuse(f"is of type {kind}", "Make it a sh:NodeShape or a sh:PropertyShape.")
        [message] = self._all(node, "sh:message") or [ox.Literal("")]
        paths = self._all(node, "sh:path")
        shape = sh.Shape(
            node.value.rpartition("/")[2] if isinstance(node, ox.NamedNode) else "",
            self.literal(message).value,
            tuple(map(self.iri, self._all(node, "sh:targetClass"))),
            self._path(paths[0]) if paths else (),
            tuple(self._constraints(node)),
            tuple(self.shape(one, reports=reports) for one in self._all(node, "sh:property")),
        )
        if reports and shape.constraints and not (shape.name and shape.message):
            self.refuse("reports what it finds without a name or a message", "Give it an IRI and a sh:message.")
        if shape.path and shape.properties:
            self.refuse("has both a path and a sh:property", "Put the latter into a sh:node.")
        if any(not inner.path for inner in shape.properties):
            self.refuse("has a sh:property without a path", "Give that a sh:path, or write sh:node.")
        self._open.pop()
        return shape

    def _constraints(self, node: Node) -> Iterator[sh.Constraint]:
        names = {name for name, _ in self._said[node]}
        if "sh:path" not in names and names & OF_VALUES:
            self.refuse(f"says {min(names & OF_VALUES)} without a sh:path", "Give it a path.")
        if names & set(LIMITS) and "sh:qualifiedValueShape" not in names:
            self.refuse("counts the values of no sh:qualifiedValueShape", "Give it that shape.")
        for name, value in self._said[node]:
            if name == "sh:qualifiedValueShape":
                least, most = (next(map(self.count, self._all(node, limit)), None) for limit in LIMITS)
                yield sh.QualifiedValueShape(self.shape(value), least or 0, most)
            elif name in CONSTRAINTS:
                yield CONSTRAINTS[name](self, value)
            elif name not in ASIDE and name not in LIMITS:
                self.refuse(f"says {name}, which this check does not know", "Say it in what other shapes use.")

    def _path(self, node: Node) -> tuple[Step, ...]:
        if isinstance(node, ox.NamedNode) and node != NIL:
            return (Step(node),)
        said = self._once(node)
        if "rdf:first" in said:
            return tuple(step for one in self.items(node) for step in self._path(one))
        if set(said) == {"sh:inversePath"}:
            return (Step(self.iri(said["sh:inversePath"]), inverse=True),)
        return self.refuse("has a path that this check does not know", "Use an IRI, its inverse, or a sequence.")

    def _all(self, node: Node, name: str) -> list[Node]:
        return [value for said, value in self._said[node] if said == name]

    def _once(self, node: Node) -> dict[str, Node]:
        pairs = self._said.get(node, {})
        said = dict(iter(pairs))
        return said if len(said) == len(pairs) else self.refuse(f"says a thing twice of {node}", "Say it once.")

    def items(self, node: Node) -> Iterator[Node]:
        """Read a list."""
        if node == NIL:
            self.refuse("has an empty list", "Put something into it.")
        seen = set[Node]()
        while node != NIL:
            if node in seen:
                self.refuse("has a list that comes back to itself", "Write a list: ( ... ).")
            seen.add(node)
            said = self._once(node)
            if set(said) != {"rdf:first", "rdf:rest"}:
                self.refuse(f"has {node} where a list is wanted", "Write a list: ( ... ).")
            yield said["rdf:first"]
            node = said["rdf:rest"]

    def iri(self, node: Node) -> ox.NamedNode:
        """Take an IRI."""
        return node if isinstance(node, ox.NamedNode) else self.refuse(f"has {node} for an IRI", "Name an IRI.")

    def literal(self, node: Node) -> ox.Literal:
        """Take a literal."""
        return node if isinstance(node, ox.Literal) else self.refuse(f"has {node} for a text", "Write a literal.")

    def number(self, node: Node) -> Decimal:
        """Take a number."""
        found = number(self.literal(node))
        return self.refuse(f"has {node} for a number", "Write a number.") if found is None else found

    def value(self, node: Node) -> Node:
        """Take a value that the store, which writes some literals anew, holds as it is written here."""
        [quad] = Store([ox.Quad(NIL, NIL, node)])
        held = quad.object
        return node if held == node else self.refuse(f"wants {node}, which a graph holds as {held}", "Write that.")

    def count(self, node: Node) -> int:
        """Take a count."""
        found = self.number(node)
        if found.is_finite() and 0 <= found < MANY and found == int(found):
            return int(found)
        return self.refuse(f"counts to {node}", "Write digits.")

    def datatype(self, node: Node) -> ox.NamedNode:
        """Take a datatype whose well-formed literals are known."""
        known = isinstance(node, ox.NamedNode) and node.value in WELL_FORMED
        return self.iri(node) if known else self.refuse(f"has the datatype {node}", "Use one that other shapes use.")

    def unique_lang(self, node: Node) -> sh.UniqueLang:
        """Take the one value that asks for something."""
        return sh.UniqueLang() if node == TRUE else self.refuse(f"has {node} for true", "Write true, or leave it out.")

    def pattern(self, node: Node) -> re.Pattern[str]:
        """Take a regular expression."""
        try:
            return re.compile(PIECE.sub(_as_python, self.literal(node).value))
        except (re.error, OverflowError, RecursionError) as error:
            return self.refuse(f"has no regular expression in {node} ({error})", "Mend it.")

    def refuse(self, problem: str, remedy: str) -> NoReturn:
        """Tell what is wrong with the shape being read, by the name of the nearest shape around it."""
        named = [node for node in self._open if isinstance(node, ox.NamedNode)] or self._open
        raise SourceFileError(f"{self._files[named[-1]]}: {shorten(str(named[-1]).strip('<>'))} {problem}. {remedy}")


CONSTRAINTS: dict[str, Callable[[_Reader, Node], sh.Constraint]] = {
    "sh:class": lambda read, value: sh.Class(read.iri(value)),
    "sh:datatype": lambda read, value: sh.Datatype(read.datatype(value)),
    "sh:hasValue": lambda read, value: sh.HasValue(read.value(value)),
    "sh:in": lambda read, value: sh.In(frozenset(map(read.value, read.items(value)))),
    "sh:languageIn": lambda read, value: sh.LanguageIn(tuple(read.literal(one).value for one in read.items(value))),
    "sh:maxCount": lambda read, value: sh.MaxCount(read.count(value)),
    "sh:minCount": lambda read, value: sh.MinCount(read.count(value)),
    "sh:minInclusive": lambda read, value: sh.MinInclusive(read.number(value)),
    "sh:node": lambda read, value: sh.NodeShape(read.shape(value)),
    "sh:not": lambda read, value: sh.Not(read.shape(value)),
    "sh:or": lambda read, value: sh.Or(tuple(map(read.shape, read.items(value)))),
    "sh:pattern": lambda read, value: sh.Pattern(read.pattern(value)),
    "sh:uniqueLang": lambda read, value: read.unique_lang(value),
    "sh:xone": lambda read, value: sh.Xone(tuple(map(read.shape, read.items(value)))),
}
