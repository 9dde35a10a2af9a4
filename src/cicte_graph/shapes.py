"""Shapes as data: what is asked of which nodes.

Holds the part of SHACL that the files of shapes/ use. Knows neither how it is written nor how it is judged.
Source of the terms: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017, parts 2 to 4.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from cicte_graph.value_index import Node, Step

__all__ = [
    "Class",
    "Constraint",
    "Datatype",
    "HasValue",
    "In",
    "LanguageIn",
    "MaxCount",
    "MinCount",
    "MinInclusive",
    "NodeShape",
    "Not",
    "Or",
    "Pattern",
    "QualifiedValueShape",
    "Shape",
    "UniqueLang",
    "Xone",
]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of the nodes a path leads to from a focus node; without a path, of that node itself."""

    name: str  # empty for one without an IRI, which is only ever part of another
    message: str
    targets: tuple[ox.NamedNode, ...]  # classes
    path: tuple[Step, ...]
    constraints: tuple["Constraint", ...]
    properties: tuple["Shape", ...]  # of sh:property, in one without a path; their results stand for themselves


@dataclass(frozen=True, slots=True)
class MinCount:
    """At least so many values."""

    limit: int


@dataclass(frozen=True, slots=True)
class MaxCount:
    """At most so many values."""

    limit: int


@dataclass(frozen=True, slots=True)
class HasValue:
    """This value among the others."""

    value: Node


@dataclass(frozen=True, slots=True)
class UniqueLang:
    """No two values in one language."""


@dataclass(frozen=True, slots=True)
class QualifiedValueShape:
    """So many values that conform to a shape."""

    shape: Shape
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Class:
    """Each value an instance of the class, or of one below it."""

    of: ox.NamedNode


@dataclass(frozen=True, slots=True)
class Datatype:
    """Each value a well-formed literal of the datatype."""

    of: ox.NamedNode


@dataclass(frozen=True, slots=True)
class In:
    """Each value one of a list."""

    values: frozenset[Node]


@dataclass(frozen=True, slots=True)
class LanguageIn:
    """Each value in a language of one of these ranges."""

    ranges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Each value holding a match."""

    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class MinInclusive:
    """Each value a number no less than this."""

    limit: Decimal


@dataclass(frozen=True, slots=True)
class NodeShape:
    """Each value conforming to the shape (`sh:node`)."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Not:
    """No value conforming to the shape."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Or:
    """Each value conforming to one of the shapes or more."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Xone:
    """Each value conforming to just one of the shapes."""

    shapes: tuple[Shape, ...]


Constraint = (
    MinCount
    | MaxCount
    | HasValue
    | UniqueLang
    | QualifiedValueShape
    | Class
    | Datatype
    | In
    | LanguageIn
    | Pattern
    | MinInclusive
    | NodeShape
    | Not
    | Or
    | Xone
)
