"""Take a query of the reader's own: only questions, only this graph, identifiers as our tables print them.

Knows text; what the engine would do otherwise than a reader expects is refused here, before it is asked.
"""

import re

import pyoxigraph as ox

from cicte_graph.errors import RefusedError, UsageError
from cicte_graph.terms import ID, PREFIXES

__all__ = ["DEEPEST", "dataset_of", "fault", "graphs_named", "has_dataset", "in_order", "taken"]

DEEPEST = 2_000  # brackets within brackets; the engine's parser recurses
LONGEST = 1_000_000  # characters
FEW = 3  # of what a parser would have taken
SAID = 160  # characters of its own words

# what stands for itself and is not looked into: strings, IRIs, escaped signs, comments; then identifiers with slashes
LONG_STRING = r"\"\"\"(?:[^\\]|\\.)*?\"\"\"|\'\'\'(?:[^\\]|\\.)*?\'\'\'"
STRING = r"\"(?:[^\"\\\n\r]|\\.)*\"|\'(?:[^\'\\\n\r]|\\.)*\'"
WHOLE = rf"{LONG_STRING}|{STRING}|<[^<>\"{{}}|^`\x00-\x20]*>|\\.|\#[^\n\r]*"
PRINTED = re.compile(
    rf"(?P<whole>{WHOLE})|(?<![\w:.-])(?P<prefix>id|concept|graph):(?P<path>[\w-]+(?:/[\w.-]*[\w-])+)", re.DOTALL
)
FROM = re.compile(
    r"(?<![?$@:\w.-])(?:ASK|CONSTRUCT)?FROM(\s*NAMED(?![\w:-]))?"
    r"(?:\s*(<[^>]*>)|\s+((?:\w[\w.-]*)?:[^\s{}()<>\"'?$]*))",
    re.IGNORECASE,
)
SERVICE = re.compile(r"(?<![?$:\w.-])SERVICE(\s*SILENT)?(\s*[<?$]|\s+[\w-]*:)", re.IGNORECASE)
EVERYTHING = re.compile(r"SELECT\s*((DISTINCT|REDUCED)\s*)?\*", re.IGNORECASE)
ESCAPED = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}", re.IGNORECASE)
UPDATE = re.compile(r"^(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
EXPECTED = re.compile(r"(error at \d+:\d+): expected (?:one of )?(.*)", re.DOTALL)
TOKEN = re.compile(r"(?:^|, )(\"(?:[^\"\\]|\\.)*\"|\[.*?\](?=, |$)|[^,\"\[][^,]*)", re.DOTALL)
PROLOGUE = re.compile(r"^(\s|PREFIX\s*[\w.-]*:\s*<[^>]*>|BASE\s*<[^>]*>)*", re.IGNORECASE)


def taken(text: str) -> str:
    """Make a reader's query one that the engine can be asked.

    `id:program/2012/...` and `concept:unit/people` become IRIs, though SPARQL wants their slashes escaped.

    Raises:
        RefusedError: It is an update, or would ask another server.
        UsageError: It is empty, too long or too deep.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise UsageError(f"the query has more than {LONGEST:,} characters. Give a smaller one.")
    bare = _bare(text)
    start = bare[_end_of_prologue(bare) :]
    if not start.strip():
        raise UsageError("the query is empty. Give one that begins with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if UPDATE.match(start):
        raise RefusedError("updates are not possible: the graph is only read. Use SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if _depth(bare) > DEEPEST:
        raise UsageError(f"the query has more than {DEEPEST:,} brackets within brackets. Give a simpler one.")
    if SERVICE.search(bare) or ("service" in text.casefold() and _asks_elsewhere(text)):
        raise RefusedError("SERVICE asks another server, and this graph is asked alone. Leave it out.")
    return PRINTED.sub(_written_out, text)


def fault(said: str) -> str:
    """Shorten what the parser says of a broken query: line and column, then its reason or what it expected.

    A reason is a sentence of its own among the tokens; sets of characters tell a reader nothing.
    """
    said = " ".join(said.split())
    if not (match := EXPECTED.fullmatch(said)):
        return said if len(said) <= SAID else f"{said[:SAID]}…"
    tokens = [token for token in TOKEN.findall(match[2]) if not token.startswith("[")]
    if reasons := [token for token in tokens if re.match(r"[A-Z]\w* .*", token)]:
        return f"{match[1]}: {reasons[0]}"
    expected = ", ".join(tokens[:FEW]) + (" or others" if len(tokens) > FEW else "")
    return f"{match[1]}: expected {expected}" if tokens else match[1]


def has_dataset(text: str) -> bool:
    """Tell whether a query names the graphs it is about, with FROM or FROM NAMED."""
    return FROM.search(_bare(text)) is not None


def graphs_named(text: str) -> list[str]:
    """List the IRIs of the graphs that a query names with FROM or FROM NAMED; names that cannot be read as they are."""
    bare = _bare(text)
    names = [iri or name for _, iri, name in FROM.findall(bare)]
    known = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
    # a prologue and a name mean the same in Turtle, of which there is a parser that gives what it reads
    turtle = f"{known}{bare[: _end_of_prologue(bare)]}\n" + "".join(f"{name} a {name} .\n" for name in names)
    try:
        read = list(ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=ID)) if names else []
    except SyntaxError:
        return names
    return [quad.subject.value for quad in read if isinstance(quad.subject, ox.NamedNode)]


def dataset_of(text: str) -> list[tuple[str, str]]:
    """List what a query names with FROM or FROM NAMED, as (that word, IRI of the graph)."""
    kinds = ["FROM NAMED" if named else "FROM" for named, _, _ in FROM.findall(_bare(text))]
    return list(zip(kinds, graphs_named(text), strict=True))


def in_order(text: str, columns: list[str]) -> list[str]:
    """Put the columns of `SELECT *` in the order of the query's text; the engine gives them in any."""
    bare = _bare(text)
    start = bare[_end_of_prologue(bare) :]
    if not EVERYTHING.match(start):
        return columns
    named = {name: -place for place, name in enumerate(reversed(re.findall(r"[?$](\w+)", start)))}
    return sorted(columns, key=lambda column: named.get(column, 0))


def _bare(text: str) -> str:
    """Leave out what could only seem to be SPARQL: strings and comments."""
    return PRINTED.sub(lambda match: " " if match["whole"] and match["whole"][0] not in "<\\" else match[0], text)


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
