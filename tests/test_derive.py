"""Rules reach a fixed point, keep to their graph, and say from what they concluded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from cicte_graph.build import Built
from cicte_graph.derive import DERIVED, derive
from cicte_graph.errors import UsageError
from cicte_graph.house import House
from cicte_graph.load import load
from cicte_graph.store import Store, n_quads
from cicte_graph.terms import CICTE, CONCEPT, ID
from tests.test_generate import made

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RANKS = ("high", "medium", "low")  # the surest first
Triple = tuple[str, str, str]


class ByHand:
    """Concludes what the headers of the rules say in words, without an engine."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.said: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.kinds: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            subject, name, value = (term.value for term in (quad.subject, quad.predicate, quad.object))  # type: ignore[union-attr]
            self.said[subject, name.removeprefix(CICTE)].append(value)
            if name == TYPE:
                self.kinds[value.removeprefix(CICTE)].add(subject)
        self.links: dict[str, list[str]] = defaultdict(list)  # justifications by their element
        for link in self.kinds["Justification"]:
            for element in self.said[link, "element"]:
                self.links[element].append(link)
        self.in_effect: dict[str, list[str]] = defaultdict(list)  # clauses by their plan
        for clause in self.kinds["Clause"]:
            if f"{CONCEPT}clause-kind/mandates-in-effect" in self.said[clause, "clauseKind"]:
                for plan in self.said[clause, "partOf"]:
                    self.in_effect[plan].append(clause)

    def above(self, record: str, step: str) -> set[str]:
        """Give all that a record is below, step by step."""
        found, ahead = set[str](), self.said[record, step][:]
        while ahead:
            if (one := ahead.pop()) not in found:
                found.add(one)
                ahead += self.said[one, step]
        return found

    def pairs(self, kind: str, one: str, other: str) -> Iterator[tuple[str, str]]:
        """Join the values of two properties of each record of a class."""
        for record in self.kinds[kind]:
            yield from product(self.said[record, one], self.said[record, other])

    def conclusions(self) -> set[Triple]:
        """Give all that follows and is not said."""
        made = {(one, "partner", who) for one, who in self.pairs("Participation", "element", "organization")}
        made |= {(one, "mandatedBy", mandate) for one, mandate in self.pairs("Justification", "element", "mandate")}
        for one in {subject for subject, _ in self.said}:
            made |= {(one, "inPlan", plan) for plan in self.above(one, "partOf") & self.kinds["WorkPlan"]}
            chapeaus = self.above(one, "subparagraphOf")
            made |= {(one, "provisionOf", of) for chapeau in chapeaus for of in self.said[chapeau, "provisionOf"]}
        for bridge in self.kinds["Continuity"]:
            made |= set(self.carried(bridge))
        said = self.said
        return {triple for triple in made if triple[2] not in said[triple[0], triple[1].removeprefix(CICTE)]}

    def carried(self, bridge: str) -> Iterator[Triple]:
        """Carry mandates over one continuity."""
        ends = ("later", "earlier", "continuityKind", "confidence")
        [later], [earlier], [kind], [sure] = (self.said[bridge, name] for name in ends)
        lowest = {"continues": 0, "renamed": 0, "split": 2}.get(kind.rpartition("/")[2], 1)
        areas = [one for one in self.said[earlier, "partOf"] if one in self.kinds["WorkArea"]]
        clauses = [clause for plan in self.above(later, "partOf") | {later} for clause in self.in_effect[plan]]
        links = [link for holder in (earlier, *areas) for link in self.links[holder]] if clauses else []
        for link in links:
            [basis], [mandate], [confidence] = (self.said[link, name] for name in ("basis", "mandate", "confidence"))
            if basis == f"{CONCEPT}basis/carried-over":
                continue
            names = (bridge.partition("/continuity/")[2], link.partition("/justification/")[2])
            carried = f"{ID}justification/carried-over/{names[0]}/from/{names[1]}"
            rank = max(lowest, *(RANKS.index(one.rpartition("/")[2]) for one in (sure, confidence)))
            yield carried, TYPE, f"{CICTE}Justification"
            yield carried, "element", later
            yield carried, "mandate", mandate
            yield carried, "basis", f"{CONCEPT}basis/carried-over"
            yield carried, "status", f"{CONCEPT}status/derived"
            yield carried, "confidence", f"{CONCEPT}confidence/{RANKS[rank]}"
            yield carried, "carriedFrom", link
            yield carried, "carriedThrough", bridge
            yield carried, "rule", "carried-over"
            yield later, "mandatedBy", mandate
            yield from ((carried, "carriedUnder", clause) for clause in clauses)
            yield from (
                (carried, "evidence", one) for by in (link, bridge, *clauses) for one in self.said[by, "evidence"]
            )


def derived(store: Store, rules: Path) -> set[Triple]:
    before = set(store)
    derive(store, rules)
    return {
        (quad.subject.value, quad.predicate.value.removeprefix(CICTE), quad.object.value)  # type: ignore[union-attr]
        for quad in set(store) - before
    }


@pytest.mark.parametrize("data", ["real", "sample", "made"])
def test_rules_conclude_what_their_headers_say(data: str, real_house: House, sample_house: House) -> None:
    rules = real_house.ontology / "rules"
    if data == "made":
        store = Store.read(made("--triples", "20000"))
    else:
        store = Store(load(real_house if data == "real" else sample_house).quads)
    expected = ByHand(store).conclusions()
    assert len(expected) > 40
    assert derived(store, rules) == expected


def test_another_engine_concludes_the_same_from_the_same_rules(sample_house: House) -> None:
    store = Store(load(sample_house).quads)
    other = rdflib.Graph()
    for context in rdflib.Dataset().parse(data=n_quads(store), format="nquads").graphs():
        other += context
    before, size = set(other), -1
    while size != len(other):
        size = len(other)
        for rule in (sample_house.ontology / "rules").glob("*.rq"):
            other += other.query(rule.read_text(encoding="utf-8")).graph or ()
    expected = {(str(one), str(name).removeprefix(CICTE), str(value)) for one, name, value in set(other) - before}
    assert derived(store, sample_house.ontology / "rules") == expected


def test_a_second_run_adds_nothing(sample_house: House) -> None:
    store = Store(load(sample_house).quads)
    assert derive(store, sample_house.ontology / "rules") > 0
    assert derive(store, sample_house.ontology / "rules") == 0


def test_what_rules_add_is_in_its_own_graph(sample_house: House) -> None:
    loaded = load(sample_house)
    store = Store(loaded.quads)
    derive(store, sample_house.ontology / "rules")
    added = set(store) - set(loaded.quads)
    assert {quad.graph_name for quad in added} == {DERIVED}


def test_a_mandate_is_carried_over_through_a_continuity_and_names_its_premises(sample: Built) -> None:
    carried = f"{ID}justification/carried-over/2003/harbor-protection/port-safety/from/2001/port-safety/res-7-4a"
    said = {
        (row["property"].value.removeprefix(CICTE), row["value"].value.rpartition("/")[2])
        for row in sample.store.rows(f"SELECT ?property ?value WHERE {{ <{carried}> ?property ?value }}")
    }
    assert {
        ("element", "harbor-protection"),
        ("mandate", "a"),
        ("basis", "carried-over"),
        ("status", "derived"),
        ("confidence", "medium"),  # the continuity's, the lower of the two
        ("carriedFrom", "res-7-4a"),
        ("carriedThrough", "port-safety"),
        ("carriedUnder", "mandates-in-effect"),
        ("rule", "carried-over"),
    } <= said


def test_nothing_is_carried_to_an_element_that_carries_on_nothing(sample: Built) -> None:
    rows = sample.store.rows('SELECT ?element WHERE { ?j cicte:element ?element ; cicte:rule "carried-over" }')
    assert {row["element"].value for row in rows} == {f"{ID}program/2003/harbor-protection"}


def test_a_subparagraph_is_a_provision_of_its_chapeaus_instrument(sample: Built) -> None:
    rows = sample.store.rows(f"SELECT ?of WHERE {{ <{ID}provision/sample-res-7/4/a> cicte:provisionOf ?of }}")
    assert [row["of"].value for row in rows] == [f"{ID}instrument/sample-res-7"]


def test_every_element_knows_its_plan(sample: Built) -> None:
    rows = sample.store.rows(
        "SELECT ?element WHERE { ?class rdfs:subClassOf cicte:PlanElement . ?element a ?class "
        "FILTER NOT EXISTS { ?element cicte:inPlan ?plan } }"
    )
    assert rows == []


def test_every_convenience_link_has_its_record(real: Built) -> None:
    without = real.store.rows(
        "SELECT ?element ?who WHERE { ?element cicte:partner ?who FILTER NOT EXISTS "
        "{ ?p a cicte:Participation ; cicte:element ?element ; cicte:organization ?who } }"
    ) + real.store.rows(
        "SELECT ?element ?m WHERE { ?element cicte:mandatedBy ?m FILTER NOT EXISTS "
        "{ ?j a cicte:Justification ; cicte:element ?element ; cicte:mandate ?m } }"
    )
    assert without == []


def test_a_rule_that_constructs_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wrong.rq").write_text("SELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(UsageError, match="no CONSTRUCT query"):
        derive(Store(), tmp_path)
