"""Write made-up plans in our own model as N-Quads: `python benchmarks/generate --triples 100000 > made.nq`.

Ontology, closed lists and places are the house's own; all else is made up, the same for the same seed. Rules have not
been run. Our shapes object to nothing but the faults that are asked for, each of which a manifest names by record and
rule. Plans are written one by one, so memory does not grow with their number.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox
from faults import FAULTS
from plans import bodies, plans
from records import RDF_TYPE, Record

from cicte_graph.build import assemble
from cicte_graph.graph import local
from cicte_graph.house import House, open_house
from cicte_graph.terms import CICTE, GRAPH, ID, shorten

FEWEST, EACH = 20, 2000  # partners: at least so many, and one for so many triples
CHUNK = 500  # bodies handled at once
COUNTRY = ox.NamedNode(f"{CICTE}Country")
KEPT = {f"{GRAPH}ontology", f"{GRAPH}places"}
ELSEWHERE = {f"{CICTE}evidence", f"{CICTE}institution"}  # properties of places that lead out of what is kept


def main(arguments: list[str] | None = None) -> int:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(prog="generate", description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, required=True, help="about how many; whole plans are written")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn; default 1")
    parser.add_argument("--faults", type=int, default=0, help="how many to plant; needs --manifest")
    parser.add_argument("--manifest", type=Path, help="where to list them, a line of JSON each")
    args = parser.parse_args(arguments)
    if args.faults and not args.manifest:
        parser.error("--faults needs --manifest FILE")
    planted = list(write(sys.stdout.buffer, args.triples, args.seed, args.faults))
    if len(planted) < args.faults:
        parser.error(f"only {len(planted)} faults have room in {args.triples} triples. Ask for more triples.")
    if args.manifest:
        args.manifest.write_text("".join(f"{json.dumps(one)}\n" for one in planted), encoding="utf-8")
    return 0


def write(out: BinaryIO, triples: int, seed: int, faults: int) -> Iterator[dict[str, str]]:
    """Write plans until there are so many triples; give each fault that is planted."""
    house = open_house()
    known = list(_known(house))
    _serialize(known, out)
    written = len(known)
    lists = _lists(known)
    partners = max(FEWEST, triples // EACH)
    pending = [(kind, rule, spoil) for kind, each in FAULTS.items() for rule, spoil in each]
    made = chain(_chunks(bodies(partners, seed, lists, lists["country"])), plans(seed, lists, partners))
    planted = 0
    for some in made:
        spoiled: set[str] = set()
        for kind, rule, spoil in pending:
            fits = (one for one in some if one.kind == kind and one.key not in spoiled)
            if planted < faults and (one := next(fits, None)):
                spoil(one)
                spoiled.add(one.key)
                planted += 1
                yield {"record": shorten(one.iri.value), "rule": rule}
        quads = [quad for one in some for quad in one.quads()]
        _serialize(quads, out)
        written += len(quads)
        if written >= triples:
            return


def _known(house: House) -> Iterator[ox.Quad]:
    """Give ontology, closed lists and places."""
    for quad in assemble(house).store:
        if str(quad.graph_name.value) in KEPT and quad.predicate.value not in ELSEWHERE:  # type: ignore[union-attr]
            yield quad


def _lists(known: Iterable[ox.Quad]) -> dict[str, list[str]]:
    """Gather the values of each closed list, and the countries, by key."""
    lists: dict[str, list[str]] = {"country": []}
    for quad in known:
        if quad.predicate.value.endswith("#inScheme"):
            scheme, value = (local(term.value) for term in (quad.object, quad.subject))  # type: ignore[union-attr]
            lists.setdefault(scheme, []).append(value)
        if quad.predicate == RDF_TYPE and quad.object == COUNTRY:
            lists["country"].append(quad.subject.value.removeprefix(ID))  # type: ignore[union-attr]
    return {name: sorted(set(values)) for name, values in lists.items()}


def _chunks(records: Iterator[Record]) -> Iterator[list[Record]]:
    while some := list(islice(records, CHUNK)):
        yield some


def _serialize(quads: Iterable[ox.Quad], out: BinaryIO) -> None:
    ox.serialize(quads, out, format=ox.RdfFormat.N_QUADS)


if __name__ == "__main__":
    sys.exit(main())
