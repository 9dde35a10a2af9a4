"""What the page of a map holds, as JSON: who takes part in what, on which mandates, where it stands, and places.

Texts are pairs of English and Spanish, or one text where both are the same; records go by their identifiers without
the prefix. Knows the graph and the network; knows nothing of the page.
"""

import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from itertools import chain
from typing import Any

import pyoxigraph as ox

from cicte_graph.graph import Graph, Passage, local
from cicte_graph.network.choice import Choice
from cicte_graph.network.layout import CELL, layout
from cicte_graph.network.measures import betweenness
from cicte_graph.network.networks import by_organizations, layers
from cicte_graph.network.shares import Share, shares
from cicte_graph.reports.partners import changes
from cicte_graph.reports.report import asked
from cicte_graph.terms import CICTE, expand, shorten

__all__ = ["LANGUAGES", "content"]

LANGUAGES = ("en", "es")
LINE = 19  # characters of a program's name on one line of the drawing, as in views.js
LINES = 3  # a name is cut after so many
COLUMNS = 9  # at least, of the rows of those with no program

Json = dict[str, Any]
Text = str | list[str]


def content(graph: Graph) -> Json:
    """Gather what the page holds.

    Args:
        graph: The graph to draw; its language is the one the page opens in.
    """
    return _Content(graph).page()


class _Content:
    """The graph in every language of the page, and what takes part in what."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.spoken = [Graph(graph.house, graph.store, graph.version, language) for language in LANGUAGES]
        self.programs = shares(graph, Choice())
        taking = {share.participation for share in self.programs.shares}
        plans = shares(graph, Choice(level="plan"))
        # a body named for a plan as a whole takes part in the plan; all others in their programs
        self.whole = [share for share in plans.shares if share.participation not in taking]
        self.plans = [expand(plan) for plan in graph.plans()]
        self.sources: dict[str, int] = {}
        self._where(passage for plan in self.plans for passage in graph.passages(plan))

    def page(self) -> Json:
        taking_part = {share.organization for share in (*self.programs.shares, *self.whole)}
        bodies = sorted(taking_part, key=lambda one: (self.graph.label(one), one))
        said: Json = {
            "language": self.graph.language if self.graph.language in LANGUAGES else LANGUAGES[0],
            "version": asdict(self.graph.version),
            "plans": {_key(plan): self._plan(plan) for plan in self.plans},
            "kinds": self._concepts("organization-kind"),
            "roles": self._concepts("role"),
            "bases": self._concepts("basis"),
            "confidences": self._concepts("confidence"),
            "statuses": self._concepts("status"),
            "organizations": {_key(one): self._organization(one) for one in bodies},
            "programs": self._programs(),
            "parts": [self._part(share) for share in (*self.programs.shares, *self.whole)],
            "served": list(self._served()),
            "places": self._of_each(self._places),
            "between": self._of_each(self._between),
        }
        said |= self._mandates()
        said["areas"] = self._areas(said["programs"].values())
        said["countries"] = self._countries(said)
        said["sources"] = list(self.sources)
        return said

    def _of_each(self, make: Callable[..., Json]) -> dict[str, Json]:
        """Make something for every plan, and for all together where there are several."""
        return {_key(plan): make(plan) for plan in self.plans} | ({"all": make()} if len(self.plans) > 1 else {})

    def _text(self, of: Callable[[Graph], str]) -> Text:
        texts = [of(graph) for graph in self.spoken]
        return texts[0] if len(set(texts)) == 1 else texts

    def _label(self, iri: str) -> Text:
        return self._text(lambda graph: graph.label(iri))

    def _concepts(self, scheme: str) -> dict[str, Text]:
        return {local(one): self._label(one) for one in self.graph.concepts(scheme)}

    def _where(self, passages: Iterable[Passage]) -> list[list[Any]]:
        return [
            [self.sources.setdefault(one.symbol, len(self.sources)), one.locator, one.anchor]
            for one in dict.fromkeys(passages)
        ]

    def _plan(self, iri: str) -> Json:
        [status] = self.graph.values(iri, "status")
        return {"key": local(iri), "label": self._label(iri), "status": self._label(status)}

    def _organization(self, iri: str) -> Json:
        graph = self.graph
        printed = " ".join(
            text
            for share in (*self.programs.shares, *self.whole)
            if share.organization == iri
            for text in graph.values(share.participation, "writtenAs")
        )
        acronyms = graph.values(iri, "acronym")
        label, short = self._label(iri), self._text(lambda graph: _acronym(graph, iri, printed))
        shown = {*([label] if isinstance(label, str) else label), *([short] if isinstance(short, str) else short)}
        said: Json = {
            "label": label,
            "short": short,
            "kind": "".join(map(local, graph.values(iri, "kind"))),
            "country": "".join(map(_key, graph.values(iri, "country"))),
            "parents": [_key(parent) for parent in graph.values(iri, "parent")],
            "names": sorted({*graph.labels(iri), *acronyms} - shown),
        }
        said = {name: value for name, value in said.items() if value}
        return said | ({"change": change} if (change := self._changes.get(shorten(iri))) else {})

    @property
    def _changes(self) -> dict[str, Json]:
        return self.graph.once("map changes", self._changed)

    def _changed(self) -> dict[str, Json]:
        """Tell for each body whether it came, stayed or went between the first plan and the last."""
        if len(self.plans) < 2:  # noqa: PLR2004 - one is compared with another
            return {}
        found: dict[str, Json] = {}
        for row, _ in changes(self.graph, shorten(self.plans[0]), shorten(self.plans[-1])):
            through = str(row["through"] or "").split(", ") if row["through"] else []
            told: Json = {"to": row["change"]} | ({"through": [_key(one) for one in through]} if through else {})
            found[str(row["organization"])] = told
            for one in through:  # the body told of stays through it, and it through the body
                found.setdefault(one, told | {"through": [_key(str(row["organization"]))], "told": True})
        return found

    def _programs(self) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for plan in self.plans:
            for row in asked(self.graph, "programs/programs", plan=plan):
                iri = expand(str(row["program"]))
                areas, above = [], self.graph.values(iri, "partOf")
                while above and above[0] not in self.plans:
                    areas.append(_key(above[0]))
                    above = self.graph.values(above[0], "partOf")
                found[_key(iri)] = {"label": self._label(iri), "plan": _key(plan), "areas": areas}
        return found

    def _areas(self, programs: Iterable[Json]) -> dict[str, Text]:
        keys = dict.fromkeys(chain.from_iterable(reversed(program["areas"]) for program in programs))
        return {key: self._label(expand(f"id:{key}")) for key in keys}

    def _part(self, share: Share) -> Json:
        graph = self.graph
        return {
            "who": _key(share.organization),
            "in": _key(share.element),
            "role": local(share.role),
            "as": graph.values(share.participation, "writtenAs"),
            "where": self._where(graph.passages(share.participation)),
        } | ({"at": self._label(share.at)} if share.at != share.element else {})

    def _mandates(self) -> Json:
        """Give what `cicte_graph.network.networks.layers` joins: the mandates, and the programs that rest on them."""
        network = layers(self.programs)
        mandates, rests = {}, []
        for one, other, data in network.edges(data=True):
            if "justification" not in data:
                continue
            mandate, program = (one, other) if network.nodes[one]["type"] == "mandate" else (other, one)
            iri, justification = expand(mandate), expand(data["justification"])
            mandates[_key(mandate)] = {
                "label": self._label(iri),
                "short": self._short(iri),
                "gist": self._text(partial(_own, "gist", iri)),
            }
            rests.append(
                {
                    "on": _key(mandate),
                    "program": _key(program),
                    **{name: data[name] for name in ("basis", "carried", "status", "confidence") if data[name]},
                    "why": self._text(partial(_own, "rationale", justification)),
                    "where": self._where(self.graph.passages(justification)),
                }
            )
        return {"mandates": mandates, "rests": sorted(rests, key=lambda rest: (rest["program"], rest["on"]))}

    def _short(self, mandate: str) -> Text:
        """Write a mandate as it fits a drawing: the symbol without its session, and the paragraph."""
        graph = self.graph
        instrument = next(iter(graph.values(mandate, "provisionOf")), mandate)
        symbol = next(iter(graph.values(instrument, "symbol")), "").partition(" (")[0]
        paragraph = next(iter(graph.values(mandate, "paragraph")), "")
        return ", ".join(part for part in (symbol, paragraph) if part) if symbol else self._label(instrument)

    def _served(self) -> Iterable[Json]:
        """List the programs that name a country or region as one they serve, themselves or within."""
        for plan in self.plans:
            for row in asked(self.graph, "countries/countries-served", plan=plan):
                element = expand(str(row["element"]))
                program = element
                while program not in self.plans and "/program/" not in program:
                    [program] = self.graph.values(program, "partOf")
                yield {
                    "who": _key(str(row["place"])),
                    "in": _key(program),
                    "where": self._where(self.graph.passages(element)),
                } | ({"at": self._label(element)} if element != program else {})

    def _countries(self, said: Json) -> dict[str, Json]:
        keys = {body.get("country", "") for body in said["organizations"].values()} | {
            one["who"] for one in said["served"]
        }
        found = {}
        for key in sorted(keys - {""}):
            members = [self._label(one) for one in sorted(self.graph.values(expand(f"id:{key}"), "member"))]
            found[key] = {"label": self._label(expand(f"id:{key}"))} | ({"members": members} if members else {})
        return found

    def _between(self, *plans: str) -> Json:
        """Give the betweenness of those who stand between others, in one plan or all."""
        network = by_organizations(shares(self.graph, Choice(plans=frozenset(plans))))
        return {_key(one): round(value, 4) for one, value in betweenness(network).items() if value}

    def _places(self, *plans: str) -> dict[str, Json]:
        """Place programs with their partners, and below them, plan by plan, rows of those with no program there.

        Args:
            plans: IRIs of the plans that are seen at once; none means all.
        """
        seen = plans or tuple(self.plans)
        members = self._members(share for share in self.programs.shares if share.plan in seen)
        placed = layout(members, {disc: self._lines(disc) for disc in members})
        found: dict[str, Json] = {}
        for iri, (x, y) in sorted(placed.places.items()):
            radius = {"radius": round(placed.discs[iri], 1)} if iri in placed.discs else {}
            found[_key(iri)] = {"x": round(x, 1), "y": round(y, 1)} | radius
        reach = [(x, y, placed.discs.get(iri, 0.0)) for iri, (x, y) in placed.places.items()]
        wide = max((abs(x) + radius for x, _, radius in reach), default=0.0) * 2
        top = max((y + radius for _, y, radius in reach), default=0.0) + CELL[1]
        columns = max(COLUMNS, int(wide / CELL[0]) - 1)
        untied = [share for share in self.whole if share.plan in seen and share.organization not in placed.places]
        for plan, bodies in sorted(self._members(untied).items()):
            rows = -(-len(bodies) // columns)
            high = (rows + 1.3) * CELL[1]
            band = [-(columns + 0.4) * CELL[0] / 2, top, (columns + 0.4) * CELL[0], high]
            found[_key(plan)] = {"x": 0, "y": round(top + CELL[1] / 2, 1), "band": [round(one, 1) for one in band]}
            for n, iri in enumerate(bodies):
                row, column = divmod(n, columns)
                x, y = (column - (columns - 1) / 2) * CELL[0], top + (row + 1.3) * CELL[1]
                found[_key(iri)] = {"x": round(x, 1), "y": round(y, 1)}
            top += high + CELL[1] / 2
        return found

    def _members(self, found: Iterable[Share]) -> dict[str, list[str]]:
        """List who takes part in what, bodies of one kind together."""
        kinds = {concept: n for n, concept in enumerate(self.graph.concepts("organization-kind"))}
        members: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for share in sorted(
            found, key=lambda one: (kinds[one.kind], self.graph.label(one.organization), one.organization)
        ):
            members[share.element][share.organization] = None
        return {element: list(bodies) for element, bodies in members.items()}

    def _lines(self, iri: str) -> int:
        return max(min(LINES, len(textwrap.wrap(graph.label(iri), LINE))) for graph in self.spoken)


def _acronym(graph: Graph, iri: str, printed: str) -> str:
    """Give the acronym of the graph's language that the plans print, or any of that language, or any."""
    spoken = [
        one.value
        for one in graph.said(iri).get(f"{CICTE}acronym", [])
        if isinstance(one, ox.Literal) and one.language == graph.language
    ]
    return next((one for one in spoken if one in printed), spoken[0] if spoken else graph.text(iri, "acronym"))


def _own(name: str, iri: str, graph: Graph) -> str:
    return graph.text(iri, name)


def _key(iri: str) -> str:
    return shorten(iri).removeprefix("id:")
