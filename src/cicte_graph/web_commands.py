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
    from cicte_graph.serve import extra

    with extra():
        from cicte_graph.serve.running import run
    run(open_house(args.data), args.host, args.port, args.time_limit)
    return 0


def site(args: argparse.Namespace) -> int:
    """Write the explorer as files, or as one."""
    from cicte_graph.graph import Graph
    from cicte_graph.site import write_site

    graph = Graph.open(open_house(args.data), last_good=False)
    if args.single is None:
        count = write_site(graph, args.folder)
        sys.stderr.write(f"cicte-graph: {count:,} files written, graph {graph.version}\n")
        sys.stdout.write(f"{args.folder}\n")
        return 0
    from cicte_graph.build import write_whole
    from cicte_graph.single import pack

    with TemporaryDirectory() as folder:
        count = write_site(graph, Path(folder) / "site")
        content = pack(Path(folder) / "site")
    write_whole(args.single, content)
    sys.stderr.write(f"cicte-graph: {count:,} files in one of {len(content) / 1e6:.1f} MB, graph {graph.version}\n")
    sys.stdout.write(f"{args.single}\n")
    return 0
