"""What the commands of the explorer do: thin over the library. Every function takes the parsed arguments.

Knows how the explorer is asked for, not how it is served or written; the parser is in `cicte_graph.cli`.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from cicte_graph.house import open_house


def serve(args: argparse.Namespace) -> int:
    """Serve the explorer until told to stop."""
    from cicte_graph.asking import named
    from cicte_graph.serve import extra

    with extra():
        from cicte_graph.serve.running import run
    run(open_house(args.data), named(args.data, args.endpoint), (args.host, args.port), args.time_limit)
    return 0


def site(args: argparse.Namespace) -> int:
    """Write the explorer as files, or as one."""
    from cicte_graph.asking import named, whole
    from cicte_graph.site import write_site

    graph = whole(open_house(args.data), named(args.data, args.endpoint))
    if args.single is None:
        count = write_site(graph, args.folder)
        sys.stderr.write(f"cicte-graph: {count:,} files written, graph {graph.version}\n")
        sys.stdout.write(f"{args.folder}\n")
        return 0
    from cicte_graph.single import pack
    from cicte_graph.whole_file import write_whole

    with TemporaryDirectory() as folder:
        count = write_site(graph, Path(folder) / "site")
        content = pack(Path(folder) / "site")
    write_whole(args.single, content)
    sys.stderr.write(f"cicte-graph: {count:,} files in one of {len(content) / 1e6:.1f} MB, graph {graph.version}\n")
    sys.stdout.write(f"{args.single}\n")
    return 0


def publish(args: argparse.Namespace) -> int:
    """Put the graph on a server, or what it replaced there back."""
    from cicte_graph.graph import Graph
    from cicte_graph.remote.address import checked
    from cicte_graph.remote.client import Client
    from cicte_graph.remote.publish import publish as put
    from cicte_graph.remote.publish import put_back
    from cicte_graph.remote.service import Service

    house = open_house(args.data)
    to = Client(checked(args.to), args.time_limit)
    service = Service(Client(checked(args.endpoint or args.to), args.time_limit), house.queries)
    if args.back:
        version = put_back(service, to)
    else:
        graph = Graph.open(house, last_good=False)
        version = graph.version
        if replaced := put(graph.store, version, service, to):
            sys.stderr.write(f"cicte-graph: replaced graph {replaced.digest}, which --back puts in its place again\n")
    sys.stdout.write(f"{version.digest} {args.to}\n")
    return 0
