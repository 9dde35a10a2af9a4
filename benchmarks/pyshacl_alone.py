"""Checking by pySHACL and nothing else: read graph and shapes, validate, print. Usage: GRAPH SHAPES."""

import sys
from pathlib import Path

import rdflib
from pyshacl import validate

graph = rdflib.Graph().parse(sys.argv[1], format="nt")
shapes = rdflib.Graph()
for path in sorted(Path(sys.argv[2]).glob("*.ttl")):
    shapes.parse(path, format="turtle")
print(validate(graph, shacl_graph=shapes, inference="none")[0])
