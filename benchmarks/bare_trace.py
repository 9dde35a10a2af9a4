"""The least a trace can cost: open the graph, run the trace's own query, print. Usage: GRAPH QUERY ELEMENT."""

import sys
from pathlib import Path

import pyoxigraph as ox

graph, query, element = sys.argv[1:]
store = ox.Store()
store.bulk_load(path=graph, format=ox.RdfFormat.N_QUADS)
solutions = store.query(
    Path(query).read_text(encoding="utf-8"),
    use_default_graph_as_union=True,
    substitutions={ox.Variable("element"): ox.NamedNode(element)},
)
assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - tells the type
for solution in solutions:
    print(solution["mandate"], solution["basis"], solution["holder"])
