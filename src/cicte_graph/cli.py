"""The command line: what may be asked for, and every error one line at the edge.

Data goes to standard output, everything else to standard error. Exit 0 done, 1 findings, 2 usage,
3 bad input file, 4 engine or time limit.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cicte_graph import __version__, commands, network_commands, web_commands
from cicte_graph.arguments import folder, port, seconds
from cicte_graph.errors import CicteGraphError, SourceFileError
from cicte_graph.lines import visible
from cicte_graph.time_limit import LIMIT

__all__ = ["main"]

Command = Callable[[argparse.Namespace], int]
GIVE_NO_TEXT = {commands.build, web_commands.serve, web_commands.site, web_commands.publish}
READ_FILES = {commands.build, commands.check, commands.questions, web_commands.publish}

TABLES = ("table", "csv", "tsv", "json", "markdown")
PAGES = ("markdown", "html")
NETWORKS = ("partners", "organizations", "elements", "layers")
VIEWS = ("organizations", "programs", "layers", "countries")
STRANGERS = 10.0  # seconds that anyone may take of a server
LEVELS = ("plan", "program", "project", "activity")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    if sys.stdout is None or sys.stderr is None:  # closed by who called
        return 4
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an ASCII terminal shows `?`, it does not crash
    commands_known = parser()
    if "_ARGCOMPLETE" in os.environ:
        from cicte_graph.completion import complete

        complete(commands_known)
    args = commands_known.parse_args(argv)
    try:
        code = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CicteGraphError as error:
        for row in map(visible, str(error).splitlines()):
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


def parser() -> argparse.ArgumentParser:
    """Make the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="cicte-graph",
        description="Which mandate justifies this activity? Ask the CICTE work plans as one graph.",
        epilog="example: cicte-graph trace maritime security 2012",
    )
    top.add_argument("--version", action="version", version=f"cicte-graph {__version__}")
    added = top.add_subparsers(metavar="COMMAND", required=True)

    add = _adder(added.add_parser, "cicte-graph")
    _add_data(add)
    _add_questions(add)
    _add_staff(add)
    _add_records(add)
    network = added.add_parser(
        "network",
        help="ask the partner network: its measures, what a withdrawal leaves, how two bodies are connected",
        description="Ask the partner network: who takes part in what, and how that joins them.",
        epilog="example: cicte-graph network withdraw INTERPOL",
    )
    _add_network(_adder(network.add_subparsers(metavar="SUBCOMMAND", required=True).add_parser, "cicte-graph network"))
    _add_web(add)
    return top


Add = Callable[[Command, str, str], argparse.ArgumentParser]


def _adder(add_parser: Callable[..., argparse.ArgumentParser], before: str) -> Add:
    """Make what adds commands to a parser, each with a worked example that begins with the words before it."""

    def add(run: Command, summary: str, example: str) -> argparse.ArgumentParser:
        name = run.__name__.rstrip("_")
        command = add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=f"example: {before} {name} {example}".rstrip(),
        )
        source = command.add_mutually_exclusive_group()
        source.add_argument(
            "--data", type=folder, metavar="DATA", help="read this folder of YAML, or file of N-Quads, instead of ours"
        )
        if run not in READ_FILES:
            source.add_argument(
                "--endpoint",
                metavar="URL",
                help="ask a SPARQL service that holds the graph; or set CICTE_GRAPH_ENDPOINT",
            )
        if run not in GIVE_NO_TEXT:
            command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE, whole or not at all")
        command.set_defaults(run=run)
        return command

    return add


def _form(command: argparse.ArgumentParser, choices: Sequence[str], default: str | None) -> None:
    text = f"default {default}" if default else "default table on a terminal, else csv"
    command.add_argument("--format", choices=choices, default=default, help=text)


def _language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lang",
        choices=("en", "es", "fr", "pt"),
        default="en",
        help="the language: sentences in en and es, names in all",
    )


def _limit(command: argparse.ArgumentParser, default: float = LIMIT) -> None:
    command.add_argument(
        "--time-limit", type=seconds, default=default, metavar="SECONDS", help=f"wait so long, default {default:g}"
    )


def _add_data(add: Add) -> None:
    add(commands.build, "build the graph, check it and keep it", "")
    check = add(commands.check, "check the data and list findings by file and line", "--data data")
    _form(check, ("text", "json", "turtle", "github"), "text")
    verify = add(commands.verify, "find every anchor in your copy of the documents", "--sources documents/")
    verify.add_argument("--sources", type=folder, required=True, metavar="DIR", help="folder with one .txt a document")
    verify.add_argument("--rows", action="store_true", help="also list the table rows no anchor stands in")
    _form(verify, ("text", "json"), "text")
    export = add(commands.export, "write the whole graph", "--format nquads -o cicte.nq")
    _form(export, ("nquads", "trig", "turtle", "jsonld"), "nquads")


def _add_questions(add: Add) -> None:
    questions = add(commands.questions, "list the questions of the library", "--search partners")
    questions.add_argument("topic", nargs="?", help="only this topic")
    questions.add_argument("--search", nargs="+", metavar="WORD", help="only those that speak of these words")
    _form(questions, (*TABLES, "turtle"), None)
    ask = add(
        commands.ask, "answer a question of the library", "partners-of element=program/2018-2019/tourism-security"
    )
    ask.add_argument("question", help="a name listed by `cicte-graph questions`")
    ask.add_argument("parameters", nargs="*", metavar="NAME=VALUE", help="what its header asks for")
    ask.add_argument("--sparql", action="store_true", help="print the query, ready for any endpoint, and do not run it")
    _limit(ask)
    _form(ask, TABLES, None)
    query = add(
        commands.query, "run SPARQL; the standard prefixes are known", "'SELECT ?plan WHERE { ?plan a cicte:WorkPlan }'"
    )
    query.add_argument("sparql", help="the query, a file that ends in .rq, or - for standard input")
    _limit(query)
    _form(query, TABLES, None)


def _add_staff(add: Add) -> None:
    trace = add(
        commands.trace,
        "trace an element to the mandates it rests on, or a mandate or topic to what rests on it",
        "program/2018-2019/tourism-security",
    )
    trace.add_argument("what", nargs="+", help="an identifier, name or words; a mandate or `topic NAME` is traced down")
    trace.add_argument("--invert", action="store_true", help="look among provisions and instruments only")
    for scheme in ("basis", "status", "confidence"):
        trace.add_argument(f"--{scheme}", action="append", metavar="VALUE", help=f"show links of this {scheme} only")
    trace.add_argument("--sources", type=folder, metavar="DIR", help="show passages from your copies of the documents")
    trace.add_argument("--explain", action="store_true", help="show the queries and rules that made the chain")
    _form(trace, ("text", "json", *PAGES, "turtle", "mermaid"), "text")
    _language(trace)
    brief = add(
        commands.brief, "write one page on a record, to take into the room", "tourism security 2018 -o brief.html"
    )
    brief.add_argument(
        "what", nargs="+", help="a program, project, provision, instrument, organization, country or plan"
    )
    _form(brief, PAGES, "markdown")
    _language(brief)
    report = add(commands.report, "write a report on both plans, or list the reports", "unfunded --format markdown")
    report.add_argument("name", nargs="?", help="a name listed by `cicte-graph report`")
    _form(report, (*TABLES, "html"), None)
    _language(report)
    plot = add(commands.plot, "draw a figure with its finding and source, or list the plots", "overlap -o overlap.svg")
    plot.add_argument("plot", nargs="?", metavar="name", help="a name listed by `cicte-graph plot`")
    plot.add_argument("--format", choices=("svg", "html"), help="default svg; html holds the rows too")
    _language(plot)
    diff = add(commands.diff, "compare two plans", "2012 2018-2019")
    diff.add_argument("earlier", help="the earlier plan")
    diff.add_argument("later", help="the later plan")
    _form(diff, (*TABLES, "html"), None)
    _language(diff)


def _add_records(add: Add) -> None:
    show = add(commands.show, "show a record with its evidence", "INTERPOL")
    show.add_argument("what", nargs="+", help="an identifier, name, acronym or symbol")
    _form(show, ("text", "json", "turtle"), "text")
    _language(show)
    search = add(commands.search, "find records by words, acronym or symbol", "AG/RES 2619")
    search.add_argument("words", nargs="+", help="words, an acronym, a symbol; slips are forgiven")
    _form(search, TABLES, None)
    _language(search)
    map_ = add(
        commands.map_, "draw the partner map as one HTML file", "--view programs --select INTERPOL -o partners.html"
    )
    map_.add_argument("--view", choices=VIEWS, default=VIEWS[0], help="the view it opens on, default organizations")
    map_.add_argument("--plan", help="the plan it opens on, or `all` to compare; default the latest")
    map_.add_argument("--kind", action="append", help="a kind of organization it opens on; may be repeated")
    map_.add_argument("--area", help="the work area, section or group it opens on")
    map_.add_argument("--role", help="the role it opens on")
    map_.add_argument("--country", help="the country whose organizations it opens on")
    map_.add_argument("--select", metavar="WHAT", help="the organization, program, mandate or country that stands out")
    map_.add_argument("--lang", choices=("en", "es"), default="en", help="the language it opens in; it has both")


def _add_network(add: Add) -> None:
    nodes = add(network_commands.nodes, "list the nodes of a network with their measures", "--of organizations")
    edges = add(network_commands.edges, "list what joins the nodes of a network, and why", "--of elements --plan 2018")
    export = add(network_commands.export, "write a network for another program", "--format gexf -o partners.gexf")
    for command, forms, default in (
        (nodes, TABLES, None),
        (edges, TABLES, None),
        (export, ("graphml", "gexf", "cytoscape"), "graphml"),
    ):
        command.add_argument(
            "--of",
            choices=NETWORKS,
            default="partners",
            help="bodies with what they take part in (partners, the default); bodies that share elements; elements "
            "that share bodies; or mandates, programs and partners (layers)",
        )
        _choices(command)
        command.add_argument("--roll-up", action="store_true", help="count a body as the topmost it is part of")
        _form(command, forms, default)
    withdraw = add(
        network_commands.withdraw,
        "tell what is lost if partners withdraw",
        "INTERPOL 'World Customs Organization'",
    )
    withdraw.add_argument(
        "organizations", nargs="+", metavar="ORG", help="who withdraws, together; quote a name in words"
    )
    withdraw.add_argument("--with-parts", action="store_true", help="the bodies that are part of them withdraw too")
    path = add(network_commands.path, "tell how two organizations are connected", "FRONTEX Microsoft")
    path.add_argument("one", metavar="ORG", help="an organization; quote a name in words")
    path.add_argument("other", metavar="ORG", help="another")
    for command in (withdraw, path):
        _choices(command)
        _form(command, (*TABLES, "html"), None)


def _choices(command: argparse.ArgumentParser) -> None:
    """Add the options that say what part of the network is looked at."""
    command.add_argument(
        "--level", choices=LEVELS, default="program", help="what bodies are joined by, default program"
    )
    for name, what in (
        ("plan", "in this plan"),
        ("area", "in this work area, section or group"),
        ("kind", "of bodies of this kind"),
        ("country", "of bodies of this country"),
        ("role", "in this role"),
    ):
        command.add_argument(
            f"--{name}", action="append", metavar=name.upper(), help=f"only participations {what}; may be repeated"
        )


def _add_web(add: Add) -> None:
    serve = add(
        web_commands.serve,
        "serve the explorer and the SPARQL endpoint over HTTP; SIGHUP reads the data again",
        "--port 8080",
    )
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at, default 127.0.0.1")
    serve.add_argument("--port", type=port, default=7878, help="the port, default 7878; 0 takes one that is free")
    _limit(serve, STRANGERS)
    site = add(web_commands.site, "write the explorer as files for any file server, or as one file", "public/")
    target = site.add_mutually_exclusive_group(required=True)
    target.add_argument("folder", nargs="?", type=folder, metavar="DIR", help="a folder; a site there is replaced")
    target.add_argument("--single", type=Path, metavar="FILE", help="one file that opens from disk, questions included")
    publish = add(
        web_commands.publish,
        "put the graph on a SPARQL server and switch over when all of it has arrived",
        "--to http://localhost:7878/update --endpoint http://localhost:7878/query",
    )
    publish.add_argument("--to", required=True, metavar="URL", help="where the server takes SPARQL Update")
    publish.add_argument("--endpoint", metavar="URL", help="where it takes queries, if that is elsewhere")
    publish.add_argument("--back", action="store_true", help="put what was replaced last in its place again")
    _limit(publish)
