"""Take a query of the reader's own: only questions, only this graph, identifiers as our tables print them.

Knows text; what the engine would do otherwise than a reader expects is refused here, before it is asked.
"""

import re

from cicte_graph.errors import UsageError
from cicte_graph.terms import PREFIXES

__all__ = ["DEEPEST", "has_dataset", "taken"]

DEEPEST = 2_000  # brackets within brackets; the engine's parser recurses
LONGEST = 1_000_000  # characters

# what stands for itself and is not looked into: strings, IRIs, escaped signs, comments; then identifiers with slashes
LONG_STRING = r"\"\"\"(?:[^\\]|\\.)*?\"\"\"|\'\'\'(?:[^\\]|\\.)*?\'\'\'"
STRING = r"\"(?:[^\"\\\n\r]|\\.)*\"|\'(?:[^\'\\\n\r]|\\.)*\'"
WHOLE = rf"{LONG_STRING}|{STRING}|<[^<>\"{{}}|^`\x00-\x20]*>|\\.|\#[^\n\r]*"
PRINTED = re.compile(
    rf"(?P<whole>{WHOLE})|(?<![\w:.-])(?P<prefix>id|concept|graph):(?P<path>[\w-]+(?:/[\w.-]*[\w-])+)", re.DOTALL
)
FROM = re.compile(r"(?<![?$:\w.-])FROM(\s*<|\s+[\w:])", re.IGNORECASE)
ESCAPED = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}", re.IGNORECASE)
UPDATE = re.compile(r"^(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
PROLOGUE = re.compile(r"^(\s|PREFIX\s*[\w.-]*:\s*<[^>]*>|BASE\s*<[^>]*>)*", re.IGNORECASE)


def taken(text: str) -> str:
    """Make a reader's query one that the engine can be asked.

    `id:program/2012/...` and `concept:unit/people` become IRIs, though SPARQL wants their slashes escaped.

    Raises:
        UsageError: It is empty, an update, too long or too deep, or would ask another server.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise UsageError(f"the query has more than {LONGEST:,} characters. Give a smaller one.")
    bare = PRINTED.sub(lambda match: " " if match["whole"] and not match["whole"].startswith("<") else match[0], text)
    start = bare[_end_of_prologue(bare) :]
    if not start.strip():
        raise UsageError("the query is empty. Give one that begins with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if UPDATE.match(start):
        raise UsageError("updates are not possible: the graph is only read. Use SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if _depth(bare) > DEEPEST:
        raise UsageError(f"the query has more than {DEEPEST:,} brackets within brackets. Give a simpler one.")
    if "service" in text.casefold() and _asks_elsewhere(text):
        raise UsageError("SERVICE asks another server, and this graph is asked alone. Leave it out.")
    return PRINTED.sub(_written_out, text)


def has_dataset(text: str) -> bool:
    """Tell whether a query names the graphs it is about, with FROM or FROM NAMED."""
    bare = PRINTED.sub(lambda match: match[0] if (match["whole"] or "<").startswith("<") else " ", text)
    return FROM.search(bare) is not None


def _end_of_prologue(bare: str) -> int:
    match = PROLOGUE.match(bare)
    return match.end() if match else 0


def _written_out(match: re.Match[str]) -> str:
    return match["whole"] or f"<{PREFIXES[match['prefix']]}{match['path']}>"


def _depth(bare: str) -> int:
    deepest = depth = 0
    for char in bare:
        if char in "({[":
            depth += 1
            deepest = max(deepest, depth)
        elif char in ")}]":
            depth -= 1
    return deepest


def _asks_elsewhere(text: str) -> bool:
    """Look for SERVICE in the parsed query; what a second parser cannot read is taken at its word.

    That parser resolves escaped characters before it looks for strings, and ends comments at line feeds only; our
    engine does neither.
    """
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    prologue = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
    try:
        parsed = parseQuery(prologue + ESCAPED.sub("x", PRINTED.sub(_written_out, text)).replace("\r", "\n"))
    except Exception:
        return True
    found = [parsed]
    while found:
        one = found.pop()
        if isinstance(one, CompValue):
            if one.name == "ServiceGraphPattern":
                return True
            found += list(one.values())
        elif not isinstance(one, str) and hasattr(one, "__iter__"):
            found += list(one)
    return False
