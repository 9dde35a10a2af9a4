"""A table of values with what it answers and from which graph: what a question, a query or a report gives.

Knows values, not where they come from. pandas is imported only by who asks for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cicte_graph.errors import UsageError
from cicte_graph.terms import PREFIXES, shorten

if TYPE_CHECKING:
    import pandas as pd  # an optional companion, not a dependency

    from cicte_graph.cache import Version

__all__ = ["Table", "Value", "as_value"]

Value = str | int | float | Decimal | bool | None

XSD = PREFIXES["xsd"]
NUMBERS: dict[str, Callable[[str], Value]] = {
    f"{XSD}integer": int,
    f"{XSD}decimal": Decimal,
    f"{XSD}double": float,
    f"{XSD}float": float,
}
TRUTH = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Table:
    """Rows of values under named columns.

    Identifiers are written short (`id:program/2012/...`), numbers and truth values are Python's own, an unbound
    cell is None.
    """

    columns: list[str]
    rows: list[list[Value]]
    title: str = ""
    asked: dict[str, str] = field(default_factory=dict)  # parameters, as the rows repeat them
    version: "Version | None" = None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Give each row by the names of its columns."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> list[Value]:
        """List the values of one column.

        Raises:
            UsageError: There is no such column; names those there are.
        """
        if name not in self.columns:
            raise UsageError(f"no column named {name}. There are {', '.join(self.columns)}.")
        return [row[self.columns.index(name)] for row in self.rows]

    def to_pandas(self) -> "pd.DataFrame":
        """Give the rows as a pandas frame, with title, parameters and version in its `attrs`.

        Raises:
            ModuleNotFoundError: pandas is not installed.
        """
        import pandas as pd

        frame = pd.DataFrame(self.rows, columns=self.columns).convert_dtypes()
        frame.attrs = {"title": self.title, "asked": self.asked, "graph": str(self.version or "")}
        return frame

    def __str__(self) -> str:
        from cicte_graph.printing import render

        return render(self, "table")

    def _repr_html_(self) -> str:
        from cicte_graph.page_html import table_html

        return table_html(self)


def as_value(term: object) -> Value:
    """Turn a term into a value; a literal that is not what its datatype says stays text."""
    match term:
        case None:
            return None
        case ox.NamedNode():
            return shorten(term.value)
        case ox.Literal():
            return _literal(term)
        case _:
            return str(term)


def _literal(literal: ox.Literal) -> Value:
    datatype = literal.datatype.value
    if datatype == f"{XSD}boolean":
        return TRUTH.get(literal.value, literal.value)
    try:
        return NUMBERS.get(datatype, str)(literal.value)
    except (ValueError, ArithmeticError):
        return literal.value
