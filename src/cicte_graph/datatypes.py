"""Tell whether a literal is well-formed by its datatype, and what number it is.

Knows every form a graph may hold; how narrow an editor's forms are is told in literals.py.
Source of the forms: XML Schema 1.1 part 2, section 3.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from cicte_graph.terms import PREFIXES

__all__ = ["WELL_FORMED", "number"]

XSD = PREFIXES["xsd"]
ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
DATE = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){ZONE}")
INTEGER = re.compile("[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
DOUBLE = re.compile(rf"{DECIMAL.pattern}([eE][+-]?[0-9]{{1,9}})?|[+-]?INF")
FORMS = {f"{XSD}decimal": DECIMAL, f"{XSD}double": DOUBLE, f"{XSD}float": DOUBLE}  # of the others, INTEGER
NUMERIC = {
    XSD + name
    for name in (
        *("decimal", "double", "float", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger"),
        *("negativeInteger", "long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
}


def _is_day(text: str) -> bool:
    found = DATE.fullmatch(text)
    try:
        return found is not None and bool(date.fromisoformat(found[1]))
    except ValueError:
        return False


WELL_FORMED: dict[str, Callable[[str], bool]] = {
    f"{XSD}string": lambda _: True,
    f"{XSD}integer": lambda text: re.fullmatch("[+-]?[0-9]+", text) is not None,
    f"{XSD}boolean": {"true", "false", "1", "0"}.__contains__,
    f"{XSD}date": _is_day,
    f"{XSD}gYear": lambda _: True,  # SHACL judges the form of SPARQL's datatypes only, and this is none of them
}


def number(literal: ox.Literal) -> Decimal | None:
    """Give the number a literal is, if it is one that can be compared."""
    if literal.datatype.value in NUMERIC and FORMS.get(literal.datatype.value, INTEGER).fullmatch(literal.value):
        return Decimal(literal.value)
    return None
