"""What each command does: thin over the library. Every function takes the parsed arguments and gives the exit code.

Knows how a result is asked for and written, not how it is found; the parser is in `cicte_graph.cli`.
"""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cicte_graph.errors import NotFoundError, SourceFileError, UsageError
from cicte_graph.house import open_house
from cicte_graph.output import emit, form_of, give_report, give_table, written_page

if TYPE_CHECKING:
    from cicte_graph.graph import Graph, Passage
    from cicte_graph.table import Value
    from cicte_graph.trace import Trace


def build(args: argparse.Namespace) -> int:
    """Build the graph and tell its version and file."""
    from cicte_graph.build import build

    kept = build(open_house(args.data))
    sys.stdout.write(f"{kept.version.digest} {kept.path}\n")
    return 0


def check(args: argparse.Namespace) -> int:
    """Check the data and list findings."""
    from cicte_graph.build import assemble
    from cicte_graph.findings import FINDING_FORMATS
    from cicte_graph.progress import working
    from cicte_graph.validate import Severity, validate

    house = open_house(args.data)
    built = assemble(house)
    with working("checking"):
        findings = validate(built.store, built.places, house.shapes, house.queries / "gaps")
    emit(args, FINDING_FORMATS[args.format](findings, len(built.places)))
    return int(any(finding.severity is Severity.VIOLATION for finding in findings))


def verify(args: argparse.Namespace) -> int:
    """Find every anchor in the reader's copies."""
    from cicte_graph.asking import graph_of
    from cicte_graph.verified_text import as_json, as_text
    from cicte_graph.verify import verify

    results = verify(graph_of(args, last_good=False), args.sources)
    emit(args, as_json(results) if args.format == "json" else as_text(results, rows=args.rows))
    return int(any(result.missing for result in results))


def questions(args: argparse.Namespace) -> int:
    """List the questions of the library, or those of a topic or with some words."""
    from cicte_graph.query_library import find_queries, listing, matching

    found = list(find_queries(open_house(args.data).queries))
    if args.format == "turtle":
        from cicte_graph.query_catalog import as_turtle

        emit(args, as_turtle(found))
        return 0
    if args.topic and args.topic not in {query.topic for query in found}:
        topics = ", ".join(sorted({query.topic for query in found}))
        raise NotFoundError(f"no topic named {args.topic}. Topics: {topics}.")
    if args.search is not None:
        found = matching(found, " ".join(args.search))
    table = listing(query for query in found if args.topic in (None, query.topic))
    if not len(table):
        raise NotFoundError(
            "no question has these words. Try fewer or other words, or list all: cicte-graph questions."
        )
    give_table(args, table)
    return 0


def ask(args: argparse.Namespace) -> int:
    """Answer a question of the library, or print it ready to run."""
    from cicte_graph.answers import answer, assigned, bind
    from cicte_graph.asking import graph_of
    from cicte_graph.query_library import pick_query, runnable

    house = open_house(args.data)
    query = pick_query(house.queries, args.question)
    values = assigned(query, args.parameters)
    graph = graph_of(args)
    if args.sparql:
        emit(args, runnable(query, bind(graph, query, values)))
    else:
        give_table(args, answer(graph, query.name, values, limit=args.time_limit))
    return 0


def query(args: argparse.Namespace) -> int:
    """Run the reader's own query; rows in CSV and TSV are written as they come."""
    from cicte_graph.answers import run, stream
    from cicte_graph.asking import graph_of
    from cicte_graph.own_query import taken
    from cicte_graph.printing import SEPARATED, separated

    text, form = taken(_given_text(args.sparql)), form_of(args)
    graph = graph_of(args)
    if form in SEPARATED:
        emit(args, separated(*stream(graph, text, limit=args.time_limit), form))
    else:
        give_table(args, run(graph, text, limit=args.time_limit))
    return 0


def _given_text(given: str) -> str:
    if given == "-":
        try:
            return sys.stdin.buffer.read().decode()
        except UnicodeDecodeError as error:
            raise UsageError("standard input is not UTF-8 text. Give a SPARQL query.") from error
    if not given.endswith(".rq"):
        return given
    try:
        return Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFileError(f"{given}: cannot be read as text ({error}). Name a SPARQL file in UTF-8.") from error


def trace(args: argparse.Namespace) -> int:
    """Trace an element up, or a mandate or topic down."""
    from cicte_graph.asking import graph_of
    from cicte_graph.find import find_traced
    from cicte_graph.trace import Cut, cut, explain
    from cicte_graph.trace import trace as found_by

    graph = graph_of(args)
    iri = find_traced(graph, " ".join(args.what), mandates=args.invert)
    cuts = [_of_list(graph, scheme, getattr(args, scheme)) for scheme in ("basis", "status", "confidence")]
    found = cut(found_by(graph, iri), Cut(*cuts))
    if args.explain:
        found = explain(graph, found)
    read = {}
    if args.sources:
        from cicte_graph.around import around

        read = around(graph, args.sources, found.cited())
    emit(args, _traced(graph, found, args, read))
    return 0


def _traced(graph: "Graph", found: "Trace", args: argparse.Namespace, read: "dict[Passage, str]") -> str | bytes:
    match args.format:
        case "json":
            from cicte_graph.printing import as_json

            around = [{**asdict(passage), "around": text} for passage, text in read.items()]
            return as_json(found.as_json() | ({"read": around} if read else {}))
        case "turtle":
            from cicte_graph.exports import records_as_turtle

            return records_as_turtle(graph, found.records())
        case "mermaid":
            from cicte_graph.trace_mermaid import as_mermaid

            return as_mermaid(found)
        case "text":
            from cicte_graph.trace_text import as_text

            return as_text(found, read)
        case _:
            from cicte_graph.trace_page import trace_page

            return written_page(trace_page(found, read), args.format)


def _of_list(graph: "Graph", scheme: str, wanted: list[str] | None) -> list[str]:
    """Check values of a closed list; a comma parts several."""
    if not wanted:
        return []
    from cicte_graph.answers import concept
    from cicte_graph.graph import local

    return [local(concept(graph, scheme, value).value) for text in wanted for value in text.split(",")]


def brief(args: argparse.Namespace) -> int:
    """Write the briefing on one thing."""
    from cicte_graph.asking import graph_of
    from cicte_graph.brief import brief as brief_on
    from cicte_graph.brief import find_briefed

    graph = graph_of(args)
    emit(args, written_page(brief_on(graph, find_briefed(graph, " ".join(args.what))), args.format))
    return 0


def report(args: argparse.Namespace) -> int:
    """Write a report, or list them."""
    from cicte_graph.asking import graph_of
    from cicte_graph.reports import REPORTS, make_report
    from cicte_graph.table import Table

    if args.name is None:
        if args.format == "html":
            raise UsageError("name a report to write as HTML. List them: cicte-graph report.")
        rows: list[list[Value]] = [[name, tells()] for name, (tells, _) in REPORTS.items()]
        give_table(args, Table(["report", "tells"], rows))
        return 0
    give_report(args, make_report(graph_of(args), args.name))
    return 0


def diff(args: argparse.Namespace) -> int:
    """Compare two plans."""
    from cicte_graph.asking import graph_of
    from cicte_graph.find import find_one
    from cicte_graph.reports.diff import diff as compare
    from cicte_graph.terms import shorten

    graph = graph_of(args)
    earlier, later = (shorten(find_one(graph, plan, "WorkPlan")) for plan in (args.earlier, args.later))
    give_report(args, compare(graph, earlier, later))
    return 0


def show(args: argparse.Namespace) -> int:
    """Show one record."""
    from cicte_graph.asking import graph_of
    from cicte_graph.find import find_one
    from cicte_graph.show import as_text
    from cicte_graph.show import show as record_of

    graph = graph_of(args)
    iri = find_one(graph, " ".join(args.what))
    if args.format == "turtle":
        from cicte_graph.exports import records_as_turtle

        emit(args, records_as_turtle(graph, [iri]))
        return 0
    record = record_of(graph, iri)
    if args.format == "json":
        from cicte_graph.printing import as_json

        emit(args, as_json(record.as_json()))
    else:
        emit(args, as_text(record))
    return 0


def search(args: argparse.Namespace) -> int:
    """List the records that words find."""
    from cicte_graph.asking import graph_of
    from cicte_graph.find import found

    words = " ".join(args.words)
    hits = found(graph_of(args), words)
    if not len(hits):
        raise NotFoundError(f"nothing is called anything like {words!r}. Try fewer or other words.")
    give_table(args, hits)
    return 0


def map_(args: argparse.Namespace) -> int:
    """Draw the partner map."""
    from cicte_graph.asking import graph_of
    from cicte_graph.maps import draw
    from cicte_graph.maps.opening import opening

    graph = graph_of(args)
    given = {name: getattr(args, name) for name in ("view", "plan", "kind", "area", "role", "country", "select")}
    emit(args, draw(graph, opening(graph, **{name: value for name, value in given.items() if value})))
    return 0


def plot(args: argparse.Namespace) -> int:
    """Draw a plot, or list them."""
    from cicte_graph.asking import graph_of
    from cicte_graph.plots import PLOTS
    from cicte_graph.plots import plot as drawn
    from cicte_graph.table import Table

    if args.plot is None:
        if args.format:
            raise UsageError("name a plot to draw. List them: cicte-graph plot.")
        rows: list[list[Value]] = [[name, shows()] for name, (shows, _) in PLOTS.items()]
        give_table(args, Table(["plot", "shows"], rows))
        return 0
    made = drawn(graph_of(args), args.plot)
    if args.format == "html":
        from cicte_graph.plots.written import as_html

        emit(args, as_html(made))
    else:
        emit(args, made.svg)
    return 0


def export(args: argparse.Namespace) -> int:
    """Write the whole graph."""
    from cicte_graph.asking import graph_of
    from cicte_graph.exports import export

    emit(args, export(graph_of(args, last_good=False).store, args.format))
    return 0
