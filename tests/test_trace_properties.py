"""What a trace says holds of any small graph: both ways agree, nothing is dropped, invented or weakened.

Graphs are made up here, together with what follows from them, in plain Python and without SPARQL: what an element is
part of, what is within a mandate, and what is carried over.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from cicte_graph.build import Built
from cicte_graph.graph import Graph
from cicte_graph.house import House
from cicte_graph.lines import visible
from cicte_graph.link import Link
from cicte_graph.terms import ID
from cicte_graph.trace import Cut, Trace, cut, trace, trace_down, trace_up
from cicte_graph.trace_mermaid import as_mermaid
from cicte_graph.trace_text import as_text
from tests.test_trace_hard import FORMATS, Draft, backbone, drawn_labels, packed, read_back

# no database and always the same examples: a run says of the code, not of its luck
examples = settings(
    deadline=None, max_examples=100, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)

BASES = ("stated", "subject", "area", "general", "listed", "carried-over")  # strongest first
SURE = ("high", "medium", "low")  # surest first
KINDS = {"continues": 1, "renamed": 1, "split": 3, "absorbed": 2, "narrowed": 2, "widened": 2, "replaced": 2}
PLANS = ("work-plan/1", "work-plan/2")

Told = tuple[str, str, str]  # justification, element, mandate


@dataclass(frozen=True)
class Tie:
    """A justification, written or carried over."""

    key: str
    element: str
    mandate: str
    basis: str
    status: str
    confidence: str
    stands: bool
    carried_basis: str = ""
    sound: bool = True  # whether all it is carried from and through stands somewhere

    @property
    def told(self) -> Told:
        """The link as a trace tells it."""
        return f"id:justification/{self.key}", f"id:{self.element}", f"id:{self.mandate}"

    @property
    def specific(self) -> bool:
        """Whether the paragraph speaks of the subject."""
        return (self.carried_basis or self.basis) in {"stated", "subject"}


@dataclass(frozen=True)
class Carrying:
    """A continuity."""

    key: str
    later: str
    earlier: str
    kind: str
    confidence: str
    stands: bool


@dataclass(frozen=True)
class World:
    """A small graph, as it was made up."""

    above: Mapping[str, frozenset[str]]  # what each element and plan is part of
    mandates: tuple[str, ...]
    clauses: Mapping[str, bool]  # plans with a clause that mandates stay in effect, and whether it stands anywhere
    ties: tuple[Tie, ...]
    carryings: tuple[Carrying, ...]
    nowhere: frozenset[str]  # elements and mandates without evidence
    labels: Mapping[str, str]

    def up(self, element: str) -> set[str]:
        """List an element and all it is part of."""
        reached, ahead = {element}, [element]
        while ahead:
            fresh = self.above[ahead.pop()] - reached
            reached |= fresh
            ahead += fresh
        return reached

    def within(self, mandate: str) -> set[str]:
        """List a mandate and all that is within it; identifiers say so."""
        path = mandate.partition("/")[2]
        return {one for one in self.mandates if f"{one.partition('/')[2]}/".startswith(f"{path}/")}

    def carried(self) -> set[Tie]:
        """List what the rule carries over."""
        found = set()
        for one in self.carryings:
            areas = {area for area in self.above[one.earlier] if area.startswith("work-area/")}
            clauses = [stands for plan, stands in self.clauses.items() if plan in self.up(one.later)]
            for tie in self.ties:
                if tie.element in {one.earlier} | areas and tie.basis != "carried-over" and clauses:
                    stands = tie.stands or one.stands or any(clauses)
                    worst = max(KINDS[one.kind], SURE.index(one.confidence) + 1, SURE.index(tie.confidence) + 1)
                    key = f"carried-over/{one.key}/from/{tie.key}"
                    sound = tie.stands and one.stands and self.stands(tie.element)
                    said = ("carried-over", "derived", SURE[worst - 1])
                    made = Tie(key, one.later, tie.mandate, *said, stands, tie.basis, sound)
                    found |= {made} if stands else set()  # the rule says nothing of what stands nowhere at all
        return found

    def all_ties(self) -> set[Tie]:
        """List what is written and what is carried over."""
        return self.carried() | set(self.ties)

    def shown(self, ties: Iterable[Tie]) -> set[Tie]:
        """List those that have evidence at both ends."""
        return {tie for tie in ties if tie.stands and not {tie.element, tie.mandate} & self.nowhere}

    def graph(self, house: House, ontology: list[ox.Quad]) -> Graph:
        """Write it down as quads."""
        draft = Draft(ontology)
        for element, parents in self.above.items():
            draft.element(element, *sorted(parents), label=self.labels.get(element, ""), stands=self.stands(element))
        for mandate in self.mandates:
            draft.mandate(mandate, label=self.labels.get(mandate, ""), stands=self.stands(mandate))
        for plan, stands in self.clauses.items():
            draft.keeps_mandates(plan, stands=stands)
        for tie in self.ties:
            said = {"basis": tie.basis, "status": tie.status, "confidence": tie.confidence}
            draft.justify(tie.key, tie.element, tie.mandate, stands=tie.stands, **said)
        for one in self.carryings:
            said = {"kind": one.kind, "confidence": one.confidence}
            draft.continues(one.key, one.later, one.earlier, stands=one.stands, **said)
        return draft.graph(house)

    def stands(self, identifier: str) -> bool:
        """Tell whether a record has evidence of its own."""
        return identifier not in self.nowhere


MOSTLY = st.sampled_from((True, True, True, True, False))
NAMES = st.one_of(
    st.text("abc éñ -().,:'", max_size=12).map(lambda text: f"é{text}"),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(lambda text: f"x{text}"),
    st.sampled_from(("<b>x</b>", "a | b", "# x", "1. x", "[x](y)", "*x*", "`x`", "x" * 300, "x " * 100, "&lt;", "\\")),
)


@st.composite
def worlds(draw: st.DrawFn, least_ties: int = 0) -> World:
    """Make up a small graph: a forest with an odd tie across, continuities any way round, things without evidence."""
    above: dict[str, frozenset[str]] = dict.fromkeys(PLANS, frozenset())
    for number in range(draw(st.sampled_from(range(1, 8)))):
        kind = draw(st.sampled_from(("work-area", "program", "project", "activity")))
        parents = draw(st.lists(st.sampled_from(sorted(above)), min_size=int(draw(MOSTLY)), max_size=2))
        above[f"{kind}/{draw(st.sampled_from((1, 2)))}/e{number}"] = frozenset(parents)
    for _ in range(draw(st.sampled_from((0, 0, 0, 1)))):  # a cycle, perhaps
        low, high = (draw(st.sampled_from(sorted(set(above) - set(PLANS)))) for _ in range(2))
        above[low] |= {high}
    elements, below = sorted(above), sorted(set(above) - set(PLANS))
    mandates = []
    for instrument in range(draw(st.integers(1, 2))):
        mandates.append(f"instrument/i{instrument}")
        for path in draw(st.sets(st.sampled_from(("1", "1/a", "1/a/i", "2")))):
            mandates += [f"provision/i{instrument}/{path[: end + 1]}" for end in range(0, len(path), 2)]
    mandates = sorted(set(mandates))
    ties = [
        Tie(
            f"t{number}",
            draw(st.sampled_from(elements)),
            draw(st.sampled_from(mandates)),
            draw(st.sampled_from(BASES)),
            draw(st.sampled_from(("stated", "curated", "derived"))),
            draw(st.sampled_from(SURE)),
            draw(MOSTLY),
        )
        for number in range(draw(st.sampled_from(range(least_ties, 8))))
    ]
    resting = [tie.element for tie in ties if tie.element in below] or below  # so that there is something to carry
    carryings = [
        Carrying(
            f"c{number}",
            draw(st.sampled_from(below)),
            draw(st.sampled_from(draw(st.sampled_from((below, resting, resting))))),
            draw(st.sampled_from(sorted(KINDS))),
            draw(st.sampled_from(SURE)),
            draw(MOSTLY),
        )
        for number in range(draw(st.sampled_from((0, 1, 2, 3, 4))))
    ]
    return World(
        above,
        tuple(mandates),
        {plan: draw(MOSTLY) for plan in PLANS if draw(MOSTLY)},
        tuple(ties),
        tuple(carryings),
        frozenset(one for one in [*elements, *mandates] if not draw(MOSTLY)),
        {one: draw(NAMES) for one in [*elements, *mandates] if draw(MOSTLY)},
    )


@pytest.fixture(scope="session")
def ontology(sample: Built) -> list[ox.Quad]:
    """What a trace needs of the ontology."""
    return backbone(sample)


def told(link: Link) -> Told:
    return link.justification, link.element.id, link.mandate.id


def ups(world: World, graph: Graph) -> dict[str, Trace]:
    return {element: trace_up(graph, ID + element) for element in world.above}


def downs(world: World, graph: Graph) -> dict[str, Trace]:
    return {mandate: trace_down(graph, ID + mandate) for mandate in world.mandates}


def both(world: World, graph: Graph) -> list[Trace]:
    return [trace(graph, ID + one) for one in (*world.above, *world.mandates)]


@examples
@given(world=worlds())
def test_a_trace_up_and_its_inverse_tell_the_same_links(
    sample_house: House, ontology: list[ox.Quad], world: World
) -> None:
    graph = world.graph(sample_house, ontology)
    ties = world.shown(world.all_ties())
    unsound = {tie.told for tie in ties if not tie.sound}  # carried from what stands nowhere: not settled here
    event(f"{len(world.carried())} carried over")
    down = {mandate: {told(link) for link in found.links} for mandate, found in downs(world, graph).items()}
    for element, found in ups(world, graph).items():
        upward = {told(link) for link in found.links}
        assert len(upward) == len(found.links)
        holders = {f"id:{holder}" for holder in world.up(element)}
        for mandate in world.mandates:
            ours = {one for one in upward if one[2] == f"id:{mandate}"}
            assert ours == {one for one in down[mandate] if one[2] == f"id:{mandate}" and one[1] in holders}
        assert upward - unsound == {tie.told for tie in ties if tie.element in world.up(element)} - unsound
    for mandate, said in down.items():
        assert said - unsound == {tie.told for tie in ties if tie.mandate in world.within(mandate)} - unsound


@examples
@given(world=worlds())
def test_the_steps_of_a_link_lead_from_the_element_to_the_one_that_holds_it(
    sample_house: House, ontology: list[ox.Quad], world: World
) -> None:
    for element, found in ups(world, world.graph(sample_house, ontology)).items():
        for link in found.links:
            path = [element, *(step.id.removeprefix("id:") for step in link.steps)]
            assert f"id:{path[-1]}" == link.element.id
            assert len(set(path)) == len(path)
            assert all(upper in world.above[lower] for lower, upper in pairwise(path))
        assert {above.id.removeprefix("id:") for above in found.place} == world.up(element) - {element}


@examples
@given(world=worlds())
def test_no_link_is_shown_without_evidence_and_none_is_dropped_without_being_counted(
    sample_house: House, ontology: list[ox.Quad], world: World
) -> None:
    graph = world.graph(sample_house, ontology)
    ties = world.all_ties()
    for element, found in ups(world, graph).items():
        assert len(found.links) + found.without_evidence == sum(tie.element in world.up(element) for tie in ties)
    for mandate, found in downs(world, graph).items():
        assert len(found.links) + found.without_evidence == sum(tie.mandate in world.within(mandate) for tie in ties)
    for found in both(world, graph):
        for link in found.links:
            assert link.passages
            assert link.mandate_passages
            assert graph.passages(ID + link.element.id.removeprefix("id:"))
        if found.without_evidence:
            assert f"Not shown: {found.without_evidence} without evidence" in as_text(found)


def best(found: Trace) -> tuple[bool, bool, int]:
    """Measure the strongest link: whether it is specific, whether its own, and its basis; more is better."""
    return max(
        ((link.specific, link.carried_from is None, -link.rank) for link in found.links), default=(False, False, -99)
    )


@examples
@given(world=worlds(least_ties=1))
def test_one_more_justification_never_weakens_what_a_trace_finds(
    sample_house: House, ontology: list[ox.Quad], world: World
) -> None:
    fewer = replace(world, ties=world.ties[:-1])
    before = both(fewer, fewer.graph(sample_house, ontology))
    after = both(world, world.graph(sample_house, ontology))
    for less, more in zip(before, after, strict=True):
        assert best(more) >= best(less)
        assert {link.mandate.id for link in less.links} <= {link.mandate.id for link in more.links}
        assert {link.element.id for link in less.links} <= {link.element.id for link in more.links}
        kept = {told(link) for link in less.links}
        assert [link for link in more.links if told(link) in kept] == less.links


@examples
@given(
    world=worlds(least_ties=2),
    basis=st.sets(st.sampled_from(BASES)),
    status=st.sets(st.sampled_from(("stated", "curated", "derived"))),
    confidence=st.sets(st.sampled_from(SURE)),
)
def test_cutting_leaves_out_what_is_not_wanted_and_invents_nothing(
    sample_house: House,
    ontology: list[ox.Quad],
    world: World,
    basis: set[str],
    status: set[str],
    confidence: set[str],
) -> None:
    for whole in both(world, world.graph(sample_house, ontology)):
        less = cut(whole, Cut(sorted(basis), sorted(status), sorted(confidence)))
        wanted = [
            link
            for link in whole.links
            if (not basis or link.basis in basis)
            and (not status or link.status in status)
            and (not confidence or link.confidence in confidence)
        ]
        assert less.links == wanted
        assert len(less.links) + less.cut == len(whole.links)
        assert less.verdict == whole.verdict
        assert less.without_evidence == whole.without_evidence
        if less.cut:
            assert f"Shown: {len(wanted) or 'none'} of {len(whole.links)} links" in " ".join(as_text(less).split())


@examples
@given(world=worlds(least_ties=2))
def test_links_come_strongest_first_and_the_verdict_names_the_strongest(
    sample_house: House, ontology: list[ox.Quad], world: World
) -> None:
    ties = {tie.told: tie for tie in world.all_ties()}
    for found in both(world, world.graph(sample_house, ontology)):
        strength = []
        for link in found.links:
            tie = ties[told(link)]
            assert (link.basis, link.status, link.confidence) == (tie.basis, tie.status, tie.confidence)
            assert (link.carried_basis, link.specific) == (tie.carried_basis, tie.specific)
            strength.append((not tie.specific, bool(tie.carried_basis), BASES.index(tie.basis)))
        assert strength == sorted(strength)
        for (one, this), (two, after) in pairwise(zip(strength, found.links, strict=True)):
            farther = (len(this.steps), SURE.index(this.confidence)), (len(after.steps), SURE.index(after.confidence))
            if one == two:  # none follows one that it beats both in nearness and in sureness
                assert not all(theirs < ours for ours, theirs in zip(*farther, strict=True))
        if strength and not found.downward and strength[0][:2] == (False, False):
            assert f"the strongest basis is {BASES[strength[0][2]]}" in found.verdict


@examples
@given(world=worlds(least_ties=2))
def test_every_format_names_every_mandate_of_a_specific_link(
    sample_house: House, ontology: list[ox.Quad], world: World
) -> None:
    for found in both(world, world.graph(sample_house, ontology)):
        names = {link.mandate.label for link in found.links if link.specific}
        shown = {form: write(found) for form, write in FORMATS.items()}
        again = json.loads(shown["json"])
        assert [link["justification"] for link in again["links"]] == [link.justification for link in found.links]
        assert names == {
            link["mandate"]["label"]
            for link in again["links"]
            if {link["carried_basis"] or link["basis"]} <= {"stated", "subject"}
        }
        for form in ("text", "markdown", "html"):
            said = packed(read_back(form, shown[form]))
            assert [name for name in names if packed(visible(name)) not in said] == [], form
        labels = set(drawn_labels(as_mermaid(found)))
        assert [name for name in names if visible(name if len(name) <= 120 else f"{name[:119]}…") not in labels] == []
