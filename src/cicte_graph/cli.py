"""The command line: thin over the library, every error one line at the edge.

Data goes to standard output, everything else to standard error. Exit 0 done, 1 findings, 2 usage,
3 bad input file, 4 engine or time limit.
"""

import argparse
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cicte_graph import __version__
from cicte_graph.errors import CicteGraphError, NotFoundError, SourceFileError, UsageError
from cicte_graph.house import House, open_house

__all__ = ["main"]

Command = Callable[[argparse.Namespace], int]

SHOWN = 20  # hits of a search
TRACED = ("PlanElement", "WorkPlan", "Mandate")
DEEPEST = 2_000  # brackets; the engine's parser recurses
EXPORTS = ("nquads", "trig", "turtle", "jsonld")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an ASCII terminal shows `?`, it does not crash
    args = _parser().parse_args(argv)
    try:
        code = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CicteGraphError as error:
        for row in str(error).splitlines():
            sys.stderr.write(row + "\n" if isinstance(error, SourceFileError) else f"cicte-graph: {row}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # only the standard streams are left: files name themselves in their errors
        with contextlib.suppress(OSError):
            sys.stderr.write(f"cicte-graph: cannot write ({error.strerror}). Give the output room.\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 4
    return int(code)


def _emit(args: argparse.Namespace, text: str | bytes) -> None:
    """Write a result to standard output or, whole or not at all, to the file named by -o."""
    content = text if isinstance(text, bytes) else text.encode()
    if args.output is None or str(args.output) == "-":
        if isinstance(text, str):
            sys.stdout.write(text)
        else:
            sys.stdout.buffer.write(content)
        return
    from cicte_graph.build import write_whole

    write_whole(args.output, content)


def _build(args: argparse.Namespace) -> int:
    from cicte_graph.build import build

    kept = build(_house(args))
    sys.stdout.write(f"{kept.version} {kept.path}\n")
    return 0


def _check(args: argparse.Namespace) -> int:
    from cicte_graph.build import assemble
    from cicte_graph.findings import FINDING_FORMATS
    from cicte_graph.validate import Severity, validate

    house = _house(args)
    built = assemble(house)
    findings = validate(built.store, built.places, house.shapes, house.queries / "gaps")
    _emit(args, FINDING_FORMATS[args.format](findings, len(built.places)))
    return int(any(finding.severity is Severity.VIOLATION for finding in findings))


def _verify(args: argparse.Namespace) -> int:
    from cicte_graph.graph import Graph
    from cicte_graph.verified_text import as_json, as_text
    from cicte_graph.verify import verify

    results = verify(Graph.open(_house(args), last_good=False), args.sources)
    _emit(args, as_json(results) if args.format == "json" else as_text(results, rows=args.rows))
    return int(any(result.missing for result in results))


def _questions(args: argparse.Namespace) -> int:
    from cicte_graph.answers import Answer
    from cicte_graph.printing import render
    from cicte_graph.query_library import find_queries

    found = list(find_queries(_house(args).queries))
    if args.topic and args.topic not in {query.topic for query in found}:
        topics = ", ".join(sorted({query.topic for query in found}))
        raise NotFoundError(f"no topic named {args.topic}. Topics: {topics}.")
    rows = [
        [query.topic, query.name, query.question, " ".join(f"{p.name}={p.example}" for p in query.params.values())]
        for query in found
        if args.topic in (None, query.topic)
    ]
    _emit(args, render(Answer(["topic", "name", "question", "parameters"], rows), _form(args)))
    return 0


def _ask(args: argparse.Namespace) -> int:
    from cicte_graph.answers import answer
    from cicte_graph.graph import Graph
    from cicte_graph.printing import render

    _emit(args, render(answer(Graph.open(_house(args)), args.question, args.parameters), _form(args)))
    return 0


def _query(args: argparse.Namespace) -> int:
    from cicte_graph.answers import tabulate
    from cicte_graph.graph import Graph
    from cicte_graph.printing import render

    text = _query_text(args.sparql)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine does not look up from its work to be interrupted
    result = Graph.open(_house(args)).store.query(text)
    _emit(args, render(tabulate(result), _form(args)))
    return 0


def _query_text(given: str) -> str:
    text = _given_text(given)
    if max(map(text.count, "{([")) > DEEPEST:
        raise UsageError(f"the query has more than {DEEPEST:,} brackets of a kind. Give a smaller one.")
    return text


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


def _trace(args: argparse.Namespace) -> int:
    from cicte_graph.find import find_one, kinds_of
    from cicte_graph.graph import Graph
    from cicte_graph.trace import trace_down, trace_up
    from cicte_graph.trace_text import as_text

    graph = Graph.open(_house(args), args.lang)
    words = " ".join(args.what)
    iri = find_one(graph, words, "Mandate") if args.invert else find_one(graph, words, *TRACED)
    result = (
        trace_down(graph, iri) if kinds_of(graph, "Mandate").intersection(graph.types(iri)) else trace_up(graph, iri)
    )
    _emit(args, _json(result.as_json()) if args.format == "json" else as_text(result))
    return 0


def _show(args: argparse.Namespace) -> int:
    from cicte_graph.find import find_one
    from cicte_graph.graph import Graph
    from cicte_graph.show import as_text, as_turtle, show

    graph = Graph.open(_house(args), args.lang)
    iri = find_one(graph, " ".join(args.what))
    if args.format == "turtle":
        _emit(args, as_turtle(graph, iri))
        return 0
    record = show(graph, iri)
    _emit(args, _json(record.as_json()) if args.format == "json" else as_text(record))
    return 0


def _search(args: argparse.Namespace) -> int:
    from cicte_graph.answers import Answer
    from cicte_graph.find import search
    from cicte_graph.graph import Graph
    from cicte_graph.printing import render
    from cicte_graph.terms import shorten

    graph = Graph.open(_house(args), args.lang)
    words = " ".join(args.words)
    found = search(graph, words, most=10_000)
    hits = found[:SHOWN]
    if len(found) > SHOWN:
        sys.stderr.write(f"cicte-graph: the first {SHOWN} of {len(found)}; more words find fewer\n")
    if not hits:
        raise NotFoundError(f"nothing is called anything like {words!r}. Try fewer or other words.")
    rows = [[shorten(hit.iri), hit.kind, graph.label(hit.iri), hit.name] for hit in hits]
    _emit(args, render(Answer(["record", "class", "label", "found by"], rows), _form(args)))
    return 0


def _map(args: argparse.Namespace) -> int:
    from cicte_graph.graph import Graph
    from cicte_graph.maps import draw

    _emit(args, draw(Graph.open(_house(args), args.lang)))
    return 0


def _export(args: argparse.Namespace) -> int:
    from cicte_graph.exports import export
    from cicte_graph.graph import Graph

    _emit(args, export(Graph.open(_house(args), last_good=False).store, args.format))
    return 0


def _house(args: argparse.Namespace) -> House:
    return open_house(args.data)


def _form(args: argparse.Namespace) -> str:
    """Choose the format asked for; else a table for a person and CSV for a program."""
    on_terminal = sys.stdout.isatty() and args.output is None
    return args.format or ("table" if on_terminal else "csv")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cicte-graph",
        description="Which mandate justifies this activity? Ask the CICTE work plans as one graph.",
        epilog="example: cicte-graph trace maritime security 2012",
    )
    parser.add_argument("--version", action="version", version=f"cicte-graph {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    tables = ("table", "csv", "tsv", "json", "markdown")

    def add(name: str, run: Command, summary: str, example: str) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", epilog=f"example: {example}"
        )
        command.add_argument("--data", type=Path, metavar="DIR", help="read this data folder instead of our own")
        if name != "build":
            command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE, whole or not at all")
        command.set_defaults(run=run)
        return command

    def form(command: argparse.ArgumentParser, choices: Sequence[str], default: str | None) -> None:
        text = f"default {default}" if default else "default table on a terminal, else csv"
        command.add_argument("--format", choices=choices, default=default, help=text)

    def language(command: argparse.ArgumentParser) -> None:
        command.add_argument("--lang", choices=("en", "es", "fr", "pt"), default="en", help="language of names")

    add("build", _build, "build the graph, check it and keep it", "cicte-graph build")
    check = add("check", _check, "check the data and list findings by file and line", "cicte-graph check --data data")
    form(check, ("text", "json", "turtle", "github"), "text")
    verify = add(
        "verify", _verify, "find every anchor in your copy of the documents", "cicte-graph verify --sources documents/"
    )
    verify.add_argument("--sources", type=Path, required=True, metavar="DIR", help="folder with one .txt a document")
    verify.add_argument("--rows", action="store_true", help="also list the table rows no anchor stands in")
    form(verify, ("text", "json"), "text")
    questions = add("questions", _questions, "list the questions of the library", "cicte-graph questions partners")
    questions.add_argument("topic", nargs="?", help="only this topic")
    form(questions, tables, None)
    ask = add(
        "ask",
        _ask,
        "answer a question of the library",
        "cicte-graph ask partners-of element=program/2018-2019/tourism-security",
    )
    ask.add_argument("question", help="a name listed by `cicte-graph questions`")
    ask.add_argument("parameters", nargs="*", metavar="NAME=VALUE", help="what its header asks for")
    form(ask, tables, None)
    query = add(
        "query",
        _query,
        "run SPARQL; the standard prefixes are known",
        "cicte-graph query 'SELECT ?plan WHERE { ?plan a cicte:WorkPlan }'",
    )
    query.add_argument("sparql", help="the query, a file that ends in .rq, or - for standard input")
    form(query, tables, None)
    trace = add(
        "trace",
        _trace,
        "trace an element to the mandates it rests on",
        "cicte-graph trace program/2018-2019/tourism-security",
    )
    trace.add_argument("what", nargs="+", help="an identifier, name or words; a mandate is traced down")
    trace.add_argument("--invert", action="store_true", help="look among provisions and instruments only")
    form(trace, ("text", "json"), "text")
    language(trace)
    show = add("show", _show, "show a record with its evidence", "cicte-graph show INTERPOL")
    show.add_argument("what", nargs="+", help="an identifier, name, acronym or symbol")
    form(show, ("text", "json", "turtle"), "text")
    language(show)
    search = add("search", _search, "find records by words, acronym or symbol", "cicte-graph search AG/RES 2619")
    search.add_argument("words", nargs="+", help="words, an acronym, a symbol; slips are forgiven")
    form(search, tables, None)
    language(search)
    map_ = add("map", _map, "draw the partner map as one HTML file", "cicte-graph map -o partners.html")
    language(map_)
    export = add("export", _export, "write the whole graph", "cicte-graph export --format nquads -o cicte.nq")
    form(export, EXPORTS, "nquads")
    return parser
