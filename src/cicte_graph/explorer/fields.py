"""The fields in which a reader fills in a question's parameters, and the records and values offered for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from cicte_graph.find import kinds_of
from cicte_graph.graph import Graph, local
from cicte_graph.query_library import Parameter, Said
from cicte_graph.terms import ID

__all__ = ["Field", "Offer", "example", "field_of", "offered"]

FEW = 50  # records that one picks from rather than types


@dataclass(frozen=True, slots=True)
class Offer:
    """A record or value of a closed list that a field takes: what it is filled in as, and its name."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter as a form shows it."""

    name: str
    means: str
    type: str
    of: str  # class or scheme
    value: str
    offers: list[Offer]  # to pick from
    list: str = ""  # id of the list that what is typed may come from


def example(graph: Graph, param: Parameter) -> str:
    """Give a parameter's example, or where this graph does not hold it the first there is, or nothing."""
    keys = [offer.key for offer in _offers(graph, param)]
    return param.example if param.type == "string" or param.example in keys else next(iter(keys), "")


def field_of(graph: Graph, param: Parameter, said: Said, value: str) -> Field:
    """Make the field of a parameter, filled in."""
    offers = _offers(graph, param)
    picked = offers if len(offers) <= FEW or param.type == "concept" else []
    typed = _list_of(param) if offers and not picked else ""
    means = said.params[param.name]
    return Field(param.name, means, param.type, param.of, _key(value), picked, typed)


def offered(graph: Graph, params: Iterable[Parameter]) -> dict[str, list[Offer]]:
    """Give the lists that fields are typed from, by their id."""
    lists = {_list_of(param): _offers(graph, param) for param in params if param.type == "record"}
    return {name: offers for name, offers in lists.items() if len(offers) > FEW}


def _list_of(param: Parameter) -> str:
    return "-".join(["records", *param.of.split()])


def _key(value: str) -> str:
    """Write what was filled in as the offers are, so that the same one is chosen again."""
    return value.strip().removeprefix("id:")


def _offers(graph: Graph, param: Parameter) -> list[Offer]:
    match param.type:
        case "concept":
            return [Offer(local(iri), graph.label(iri)) for iri in graph.concepts(param.of)]
        case "record":
            return graph.once(f"offers {param.of}", lambda: _records(graph, param.of))
        case _:
            return []


def _records(graph: Graph, of: str) -> list[Offer]:
    """List the records of some classes by name; without a class, all that have a name."""
    kinds = kinds_of(graph, *of.split())
    iris = [row["record"].value for row in graph.rows("records/every-record") if row["class"].value in kinds]
    offers = [Offer(iri.removeprefix(ID), graph.label(iri)) for iri in iris if graph.labels(iri)]
    return sorted(offers, key=lambda offer: (offer.label.casefold(), offer.key))
