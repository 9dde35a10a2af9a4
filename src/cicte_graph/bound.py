"""Write a query of the library with values for its parameters.

Any engine reads it so, and plans with what it is asked about: the time of a trace does not grow with the graph.
"""

import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

__all__ = ["with_values"]


def with_values(sparql: str, solutions: Sequence[Mapping[str, ox.NamedNode | ox.Literal]]) -> str:
    """Write a query of the library without its header and with values for its parameters.

    Values are written as terms at the head of the pattern, so that every part of it sees them.

    Args:
        sparql: The query, with `WHERE {` where its pattern begins.
        solutions: What the parameters are, once or in turn; all have the same.
    """
    body = "\n".join(line for line in sparql.splitlines() if not line.startswith("#")).strip()
    if not solutions:
        return body
    names = " ".join(f"?{name}" for name in solutions[0])
    values = " ".join(f"({' '.join(map(str, one.values()))})" for one in solutions)
    head, where, rest = re.split(r"(?<=\bWHERE \{)()", body, maxsplit=1)
    return f"{head}{where}\n  VALUES ({names}) {{ {values} }}{rest}"
