"""Read the query library: one `.rq` file, one question.

Knows the header, which is YAML in comments; knows nothing of stores, so it never runs a query.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from cicte_graph.errors import NotFoundError, QueryHeaderError

__all__ = ["Parameter", "Query", "find_queries", "pick_query", "read_query"]

REQUIRED = {"title", "question", "why", "returns"}
OPTIONAL = {"params", "fix", "severity"}
PARAMETER_TYPES = {"record", "concept", "string"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks its reader for."""

    name: str
    type: str  # one of PARAMETER_TYPES
    means: str
    example: str
    of: str = ""  # class of the record, or scheme of the concept


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the SPARQL that answers it."""

    name: str  # the file's stem: what the command line calls it
    topic: str  # its folder
    sparql: str  # the whole file, since its header is only comments
    title: str
    question: str
    why: str
    returns: dict[str, str]  # variable -> meaning
    params: dict[str, Parameter] = field(default_factory=dict)
    fix: str = ""  # for gaps: how to mend what a row names
    severity: str = ""  # for gaps: violation, warning or info


def find_queries(folder: Path) -> Iterator[Query]:
    """Yield every query below a folder, by path, so that listings keep their order."""
    return (read_query(path) for path in sorted(folder.rglob("*.rq")))


def pick_query(folder: Path, name: str) -> Query:
    """Read the query of that name, or raise `NotFoundError` offering the nearest."""
    paths = {path.stem: path for path in sorted(folder.rglob("*.rq"))}
    if name in paths:
        return read_query(paths[name])
    near = get_close_matches(name, paths, n=1)
    hint = f"Did you mean {near[0]}?" if near else "List them: cicte-graph questions."
    raise NotFoundError(f"no question named {name}. {hint}")


def read_query(path: Path) -> Query:
    """Read one query, or raise `QueryHeaderError` saying what its header lacks."""
    sparql = path.read_text(encoding="utf-8")
    header = _header(path, sparql)
    if missing := sorted(REQUIRED - header.keys()):
        raise QueryHeaderError(path, f"header lacks {', '.join(missing)}", "Add them.")
    if unknown := sorted(header.keys() - REQUIRED - OPTIONAL):
        raise QueryHeaderError(path, f"header has unknown keys {', '.join(unknown)}", "Mistyped?")
    for key in ("params", "returns"):
        if key in header and not (isinstance(header[key], dict) and header[key]):
            raise QueryHeaderError(path, f"`{key}` names nothing", "Write one line for each, as in `name: meaning`.")
    params = {name: _parameter(path, name, said) for name, said in header.pop("params", {}).items()}
    header = {key: _texts(said) for key, said in header.items()}
    return Query(name=path.stem, topic=path.parent.name, sparql=sparql, params=params, **header)


def _parameter(path: Path, name: str, said: Any) -> Parameter:
    try:
        parameter = Parameter(name=name, **{key: str(value) for key, value in said.items()})
    except (AttributeError, TypeError) as error:
        raise QueryHeaderError(path, f"parameter {name} is not {{type, of, means, example}}", "Mend it.") from error
    if parameter.type not in PARAMETER_TYPES:
        known = ", ".join(sorted(PARAMETER_TYPES))
        raise QueryHeaderError(path, f"parameter {name} has type {parameter.type}", f"Use one of {known}.")
    return parameter


def _texts(said: Any) -> Any:
    return {str(name): str(meaning) for name, meaning in said.items()} if isinstance(said, dict) else str(said)


def _header(path: Path, sparql: str) -> dict[str, Any]:
    comments = takewhile(lambda row: row.startswith("#"), sparql.splitlines())
    try:
        header = yaml.safe_load("\n".join(row[2:] for row in comments))
    except yaml.YAMLError as error:
        raise QueryHeaderError(path, "header is not YAML", "Quote the odd value.") from error
    return {str(key): said for key, said in header.items()} if isinstance(header, dict) else {}
