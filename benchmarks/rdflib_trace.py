"""The same lookup by rdflib over Turtle. Usage: GRAPH QUERY ELEMENT."""

import sys
from pathlib import Path

import rdflib

graph, query, element = sys.argv[1:]
loaded = rdflib.Graph().parse(graph, format="turtle")
for row in loaded.query(Path(query).read_text(encoding="utf-8"), initBindings={"element": rdflib.URIRef(element)}):
    print(row)
