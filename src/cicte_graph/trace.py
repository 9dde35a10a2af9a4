"""Trace an element up to the mandates it rests on, or a mandate or topic down to what rests on it.

Knows bases by their rank in the ontology only; every link comes from queries/trace/. A link whose element,
mandate or justification stands nowhere is not shown, and is counted.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field, replace

from cicte_graph.cache import Version
from cicte_graph.find import kinds_of
from cicte_graph.graph import Graph, Passage, local
from cicte_graph.link import Link, Named, basis_told, kind_of, level_told, named, status_told
from cicte_graph.store import Row
from cicte_graph.terms import CONCEPT, expand, shorten
from cicte_graph.verdict import verdict_down, verdict_up
from cicte_graph.wording import say, speaking

__all__ = ["Cut", "Explained", "Trace", "cut", "explain", "trace", "trace_down", "trace_up"]


@dataclass(frozen=True, slots=True)
class Cut:
    """What a reader wants to see of a trace; an empty list wants all."""

    basis: Collection[str] = ()
    status: Collection[str] = ()
    confidence: Collection[str] = ()

    def takes(self, link: Link) -> bool:
        """Tell whether a link is wanted."""
        return all(
            value in wanted
            for value, wanted in (
                (link.basis, self.basis),
                (link.status, self.status),
                (link.confidence, self.confidence),
            )
            if wanted
        )

    def __str__(self) -> str:
        between = f" {say('or')} "
        basis = between.join(basis_told(one) for one in self.basis)
        status = between.join(status_told(one) for one in self.status)
        confidence = between.join(level_told(one) for one in self.confidence)
        wanted = [
            say("basis {values}", values=basis) if basis else "",
            say("status {values}", values=status) if status else "",
            say("confidence {values}", values=confidence) if confidence else "",
        ]
        return "; ".join(filter(None, wanted))


@dataclass(frozen=True, slots=True)
class Explained:
    """A query or rule that made part of a trace."""

    file: str
    title: str
    sparql: str


@dataclass(frozen=True)
class Trace:
    """What was asked about, the links found, strongest first, and the verdict on all of them."""

    verdict: str
    asked: Named
    kind: str
    place: list[Named]  # what it is part of, up to its plan or instrument
    links: list[Link]
    graph: Version
    language: str = "en"  # of its names and of the verdict
    downward: bool = False
    gist: str = ""  # of a paragraph: what it asks
    passages: list[Passage] = field(default_factory=list)  # where what was asked about stands
    within: list[Link] = field(default_factory=list)  # of its parts, by name or subject; no part of the verdict's count
    without_evidence: int = 0  # links not shown because an end of theirs stands nowhere
    cut: int = 0  # links the reader did not want to see
    cut_to: str = ""  # what the reader wanted to see
    explained: list[Explained] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Give the trace as JSON holds it: names as in the text, passages as their three parts."""
        return {name: value for name, value in asdict(self).items() if name != "language"}

    def records(self) -> list[str]:
        """List the IRIs of every record of the chain, each once."""
        found = [self.asked.id, *(one.id for one in self.place)]
        for link in [*self.links, *self.within]:
            found += [step.id for step in link.steps]
            found += [link.element.id, link.justification, link.mandate.id, link.instrument.id]
            found += [body.id for body in link.adopted_by]
            if link.carried_from:
                found += [link.carried_from.id, link.carried_justification, link.continuity]
        return [expand(one) for one in dict.fromkeys(found)]

    def cited(self) -> list[Passage]:
        """List every passage the trace names, each once."""
        links = [*self.links, *self.within]
        named = (one for link in links for one in (*link.passages, *link.mandate_passages))
        return list(dict.fromkeys([*self.passages, *named]))

    def __str__(self) -> str:
        from cicte_graph.trace_text import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from cicte_graph.page_html import body_html
        from cicte_graph.trace_page import trace_page

        return body_html(trace_page(self))


def trace(graph: Graph, iri: str) -> Trace:
    """Trace a mandate or a topic down, anything else up."""
    downward = iri.startswith(CONCEPT) or kinds_of(graph, "Mandate").intersection(graph.types(iri))
    return trace_down(graph, iri) if downward else trace_up(graph, iri)


def trace_up(graph: Graph, element: str) -> Trace:
    """Trace an element of a plan up to every mandate it rests on.

    Args:
        graph: The graph to look in.
        element: The element's IRI.
    """
    paths = _paths(graph, element)
    rows = graph.rows("trace/rests-on", element=element)
    links, without = _links(graph, [(row, paths[row["holder"].value]) for row in rows])
    within, _ = _links(graph, [(row, []) for row in graph.rows("trace/within", element=element)])
    kind, above = kind_of(element), [iri for iri in paths if iri != element]
    with speaking(graph.language):
        nearest = graph.label(above[0]) if above else say("no plan")
        verdict = verdict_up(graph.label(element), kind, nearest, links, within)
    return Trace(
        verdict,
        named(graph, element),
        kind,
        [named(graph, iri) for iri in above],
        links,
        graph.version,
        graph.language,
        passages=graph.passages(element),
        within=within,
        without_evidence=without,
    )


def trace_down(graph: Graph, asked: str) -> Trace:
    """Trace a provision with its subparagraphs, an instrument or a topic down to every element resting on it."""
    rows = graph.rows("trace/answered-by", asked=asked)
    links, without = _links(graph, [(row, []) for row in rows])
    name = next(iter(graph.values(asked, "symbol")), graph.label(asked))
    concerns = "false" not in graph.values(asked, "concernsSecretariat")
    with speaking(graph.language):
        cited = say("mandates on {name}", name=name) if asked.startswith(CONCEPT) else name
        verdict = verdict_down(cited, links, concerns=concerns)
    return Trace(
        verdict,
        named(graph, asked),
        kind_of(asked),
        [named(graph, iri) for iri in graph.values(asked, "provisionOf")],
        links,
        graph.version,
        graph.language,
        downward=True,
        gist=graph.text(asked, "gist"),
        passages=graph.passages(asked),
        without_evidence=without,
    )


def cut(found: Trace, wanted: Cut) -> Trace:
    """Leave out what the reader does not want to see, and count it; the verdict stays that on everything."""
    with speaking(found.language):
        told = str(wanted)
    if not told:
        return found
    kept = [link for link in found.links if wanted.takes(link)]
    within = [link for link in found.within if wanted.takes(link)]
    wanted_before = [found.cut_to] if found.cut_to else []
    left = found.cut + len(found.links) - len(kept)
    return replace(found, links=kept, within=within, cut=left, cut_to="; ".join([*wanted_before, told]))


def explain(graph: Graph, found: Trace) -> Trace:
    """Add the queries that found the links and the rules that concluded some of them."""
    from cicte_graph.query_library import read_query

    asked = ["answered-by"] if found.downward else ["steps-up", "rests-on", "within"]
    queries = [graph.house.queries / "trace" / f"{name}.rq" for name in asked]
    titles = {path: read_query(path).said(graph.language).title for path in queries}
    for rule in sorted({link.rule for link in found.links if link.rule}):
        path = graph.house.ontology / "rules" / f"{rule}.rq"
        titles[path] = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# title:").strip()
    explained = [
        Explained(f"{path.parent.name}/{path.name}", title, path.read_text(encoding="utf-8"))
        for path, title in titles.items()
    ]
    return replace(found, explained=explained)


def _paths(graph: Graph, element: str) -> dict[str, list[str]]:
    """Give the shortest way up to everything an element is part of, itself first and the nearest next."""
    above: dict[str, list[str]] = {}
    for row in graph.rows("trace/steps-up", element=element):
        above.setdefault(row["step"].value, []).append(row["above"].value)
    paths: dict[str, list[str]] = {element: []}
    reached = [element]
    for step in reached:
        for parent in above.get(step, []):
            if parent not in paths:
                paths[parent] = [*paths[step], parent]
                reached.append(parent)
    return paths


def _links(graph: Graph, rows: Iterable[tuple[Row, list[str]]]) -> tuple[list[Link], int]:
    """Make links of rows, strongest first, and count those with an end that stands nowhere.

    Strongest are those that name the subject, then those not carried over, by basis, the nearest first, then the
    surest.
    """
    shown, without = [], 0
    for row, steps in rows:
        element = (row.get("holder") or row["element"]).value
        ends = (element, row["mandate"].value, row["justification"].value)
        if all(graph.stands(iri) for iri in (*ends, *_behind(graph, row["justification"].value))):
            surety = int(row["confidenceRank"].value)
            shown.append((_link(graph, row, element, steps), surety))
        else:
            without += 1
    shown.sort(key=lambda one: (not one[0].specific, bool(one[0].carried_from), one[0].rank, len(one[0].steps), one[1]))
    return [link for link, _ in shown], without


def _link(graph: Graph, row: Row, element: str, steps: list[str]) -> Link:
    iri, mandate = row["justification"].value, row["mandate"].value
    instrument = next(iter(graph.values(mandate, "provisionOf")), mandate)
    link = Link(
        element=named(graph, element),
        steps=[named(graph, step) for step in steps],
        mandate=named(graph, mandate),
        instrument=named(graph, instrument),
        symbol=next(iter(graph.values(instrument, "symbol")), ""),
        adopted_by=[named(graph, body) for body in graph.values(instrument, "adoptedBy")],
        adopted_on=next(iter(graph.values(instrument, "adoptedOn")), ""),
        session=graph.text(instrument, "session"),
        gist=graph.text(mandate, "gist"),
        opening="".join(graph.text(above, "gist") for above in graph.values(mandate, "subparagraphOf")),
        text_at=graph.values(instrument, "textAt"),
        mandate_passages=graph.passages(mandate),
        justification=shorten(iri),
        basis=local(row["basis"].value),
        rank=int(row["basisRank"].value),
        status=local(row["status"].value),
        confidence=local(row["confidence"].value),
        rationale=graph.text(iri, "rationale"),
        passages=graph.passages(iri),
        rule=next(iter(graph.values(iri, "rule")), ""),
    )
    carried = graph.values(iri, "carriedFrom")
    return _carried(graph, link, iri, carried[0]) if carried else link


def _carried(graph: Graph, link: Link, iri: str, earlier: str) -> Link:
    """Add from what a rule carried a link over, and through what."""
    through = graph.values(iri, "carriedThrough")
    return replace(
        link,
        rationale=graph.text(earlier, "rationale"),
        carried_from=named(graph, graph.values(earlier, "element")[0]),
        carried_justification=shorten(earlier),
        carried_basis=local(graph.values(earlier, "basis")[0]),
        carried_status=local(graph.values(earlier, "status")[0]),
        carried_because=graph.text(through[0], "rationale") if through else "",
        continuity=shorten(through[0]) if through else "",
    )


def _behind(graph: Graph, justification: str) -> list[str]:
    """List what a link is carried over from and through; none for a link that is not."""
    earlier = graph.values(justification, "carriedFrom")
    holders = [holder for iri in earlier for holder in graph.values(iri, "element")]
    return [*earlier, *holders, *graph.values(justification, "carriedThrough")]
