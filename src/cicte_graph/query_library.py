"""Read the query library: one `.rq` file, one question; find one by words, and write one ready to run anywhere.

Knows the header, which is YAML in comments; knows nothing of stores, so it never runs a query.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from cicte_graph.bound import with_values
from cicte_graph.citation import plain
from cicte_graph.errors import NotFoundError, QueryHeaderError
from cicte_graph.table import Table
from cicte_graph.terms import CONCEPT, ID

__all__ = [
    "Parameter",
    "Query",
    "Said",
    "examples",
    "find_queries",
    "in_language",
    "listing",
    "matching",
    "pick_query",
    "read_query",
    "runnable",
    "with_values",
]

REQUIRED = {"title", "question", "why", "returns"}
OPTIONAL = {"params", "fix", "severity", "es"}
LONG = 5  # letters; a longer word is looked for without its ending
PARAMETER_TYPES = {"record", "concept", "string"}
# text of our own, which there is in every language of the pages
PROSE = re.compile(r'(?<=\bLANG\(\?)(definition|due|gist|rationale)\) = "en"')


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks its reader for."""

    name: str
    type: str  # one of PARAMETER_TYPES
    means: str
    example: str
    of: str = ""  # class of the record, or scheme of the concept


@dataclass(frozen=True, slots=True)
class Said:
    """What a header tells its reader, in one language."""

    title: str
    question: str
    why: str
    returns: dict[str, str]  # variable -> meaning
    params: dict[str, str]  # parameter -> meaning


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
    es: Said | None = None  # the same in Spanish, for the pages

    def said(self, language: str) -> Said:
        """Give what the header tells its reader in a language, or in English where it does not speak it."""
        if language == "es" and self.es:
            return self.es
        means = {name: param.means for name, param in self.params.items()}
        return Said(self.title, self.question, self.why, self.returns, means)


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


def matching(found: Iterable[Query], words: str) -> list[Query]:
    """List the questions that speak of some words, or of words that begin with them: of all, else of the most."""
    wanted = plain(words).split()
    scored = [(sum(_speaks(query, word) for word in wanted), query) for query in found]
    most = max((score for score, _ in scored), default=0)
    return [query for score, query in scored if score == most and (most or not wanted)]


def listing(found: Iterable[Query]) -> Table:
    """List questions as a table, each with an example of its parameters."""
    return Table(
        ["topic", "name", "question", "parameters"],
        [
            [query.topic, query.name, query.question, " ".join(f"{p.name}={p.example}" for p in query.params.values())]
            for query in found
        ],
    )


def in_language(query: Query, language: str) -> Query:
    """Make a question ask for what we wrote in a language: our words for a text, and our reasons.

    Names are left as they are: pages name records themselves, and not every record has a name in every language.
    """
    params = {
        name: replace(param, example=language) if name == "language" else param for name, param in query.params.items()
    }
    return replace(query, sparql=PROSE.sub(rf'\1) = "{language}"', query.sparql), params=params)


def _speaks(query: Query, word: str) -> bool:
    means = [text for param in query.params.values() for text in (param.name, param.means)]
    returned = [text for pair in query.returns.items() for text in pair]
    said = plain(" ".join([query.name, query.topic, query.title, query.question, query.why, *means, *returned]))
    return any(_stem(one).startswith(_stem(word)) for one in said.split())


def _stem(word: str) -> str:
    """Take the ending off a word, so that countries and country are one."""
    for ending in ("ies", "es", "s", "y", "ed", "ing"):
        if len(word) > LONG and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def runnable(query: Query, bound: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Write a question as SPARQL for any endpoint that sees all graphs as one, its parameters bound."""
    body = with_values(query.sparql, [bound] if bound else [])
    return f"# {query.question}\n# The default graph must be the union of all graphs.\n\n{body}\n"


def examples(query: Query) -> dict[str, ox.NamedNode | ox.Literal]:
    """Give the example of each parameter as a term."""
    return {name: _example(param) for name, param in query.params.items()}


def _example(param: Parameter) -> ox.NamedNode | ox.Literal:
    match param.type:
        case "record":
            return ox.NamedNode(ID + param.example)
        case "concept":
            return ox.NamedNode(f"{CONCEPT}{param.of}/{param.example}")
        case _:
            return ox.Literal(param.example)


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
    spanish = _spanish(path, header.pop("es"), params, header["returns"]) if "es" in header else None
    header = {key: _texts(said) for key, said in header.items()}
    return Query(name=path.stem, topic=path.parent.name, sparql=sparql, params=params, es=spanish, **header)


def _spanish(path: Path, said: Any, params: Iterable[str], returns: Iterable[str]) -> Said:
    """Read what the header says in Spanish, or raise `QueryHeaderError` if it does not say the same as in English."""
    try:
        spanish = Said(**({"params": {}} | {key: _texts(text) for key, text in said.items()}))
        same = list(spanish.returns) == list(returns) and list(spanish.params) == list(params)
    except (AttributeError, TypeError) as error:
        raise QueryHeaderError(path, "`es` is not {title, question, why, params, returns}", "Mend it.") from error
    if not same:
        raise QueryHeaderError(
            path, "`es` names other parameters or columns", "Name those of the header, in its order."
        )
    return spanish


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
