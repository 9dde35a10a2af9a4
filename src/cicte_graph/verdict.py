"""Say in a sentence what a trace found: how many paragraphs, the strongest basis, what is read and what derived.

Knows links, not graphs. The words stated, curated and derived are those of the closed list and never vary.
"""

from collections import Counter
from collections.abc import Iterable

from cicte_graph.link import Link, basis_told, confidence_told, kind_told, this_kind
from cicte_graph.wording import say, say_number
from cicte_graph.words import how_many, listed

__all__ = ["verdict_down", "verdict_up"]

ALOUD = 3  # mandates that are named in a sentence
# by what the basis is and whether it was carried over, the closest first
LESS_CLOSE = [(basis, carried) for basis in ("area", "general", "listed") for carried in (False, True)]


def verdict_up(name: str, kind: str, above: str, links: list[Link], within: list[Link]) -> str:
    """Say on what an element rests, how firmly, and what is missing.

    Args:
        name: What the element is called.
        kind: What it is, as in `program`.
        above: What it is part of.
        links: All its links, strongest first.
        within: Those of its parts, by name or subject.
    """
    name = f"{name} ({kind_told(kind)})"
    specific = [link for link in links if link.specific]
    parts = _within(links, within)
    if not links:
        nothing = say(
            "{name} rests on no mandate in this graph, and neither does anything above it, from {above} up.",
            name=name,
            above=above,
        )
        return _said(nothing, parts)
    if not specific:
        missing = "" if within else say("Missing: a paragraph that speaks of its subject.")
        return _said(_in_general(name, links), missing, parts)
    direct = [link for link in specific if not link.carried_from]
    if not direct:
        missing = say("Missing: a mandate its own plan lists or names.")
        return _said(_carried(name, specific), _readings(specific), missing, parts, _wider(links))
    return _said(_direct(name, direct), _readings(specific), _missing(kind, specific), parts, _wider(links))


def _said(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _direct(name: str, direct: list[Link]) -> str:
    best = direct[0]
    named = list(dict.fromkeys(link.mandate.label for link in direct))
    up = say_number("at {at}, {number} step up", "at {at}, {number} steps up", len(best.steps), at=best.element.label)
    return say_number(
        "{name} rests on {sum} that names its subject{cited}; the strongest basis is {basis}{where}, {confidence}.",
        "{name} rests on {sum} that name its subject{cited}; the strongest basis is {basis}{where}, {confidence}.",
        _mandates(direct),
        name=name,
        sum=_sum(direct),
        cited=f": {listed(named)}" if len(named) <= ALOUD else "",  # few enough to be read aloud
        basis=basis_told(best.basis),
        where=f" {up}" if best.steps else "",
        confidence=confidence_told(best.confidence),
    )


def _carried(name: str, specific: list[Link]) -> str:
    best = specific[0]
    return say_number(
        "{name}: no paragraph names its subject itself. {later} carries on {earlier} ({confidence}), "
        "and with it {sum} presumed in effect.",
        "{name}: no paragraph names its subject itself. {later} carries on {earlier} ({confidence}), "
        "and with it {sum} presumed in effect.",
        _mandates(specific),
        name=name,
        later=best.element.label,
        earlier=best.carried_from.label if best.carried_from else "",
        confidence=confidence_told(best.confidence),
        sum=_sum(specific),
    )


def _in_general(name: str, links: list[Link]) -> str:
    nearest = min(links, key=lambda link: len(link.steps))
    if not nearest.steps:
        bases = ", ".join(dict.fromkeys(basis_told(link.basis) for link in links))
        return say(
            "{name} rests on {sum}, none of which names one subject of its own ({bases}).",
            name=name,
            sum=_sum(links),
            bases=bases,
        )
    return say_number(
        "{name}: no paragraph speaks of its subject. The nearest is at {at} ({basis}): {sum} that speaks more widely.",
        "{name}: no paragraph speaks of its subject. The nearest is at {at} ({basis}): {sum} that speak more widely.",
        _mandates(links),
        name=name,
        at=nearest.element.label,
        basis=basis_told(nearest.basis),
        sum=_sum(links),
    )


def _within(links: list[Link], within: list[Link]) -> str:
    """Say which further mandates name or serve parts of the element."""
    known = {link.mandate.id for link in links if link.specific}
    further = [link for link in within if link.mandate.id not in known]
    stated = len({link.mandate.id for link in further if link.status == "stated"})
    if not further:
        return ""
    if not stated:
        return say_number(
            "{number} further mandate is tied to parts of it, none stated by a text.",
            "{number} further mandates are tied to parts of it, none stated by a text.",
            _mandates(further),
        )
    return say_number(
        "{number} further mandate is tied to parts of it, {stated} stated by a text.",
        "{number} further mandates are tied to parts of it, {stated} stated by a text.",
        _mandates(further),
        stated=stated,
    )


def _missing(kind: str, specific: list[Link]) -> str:
    """Say what a delegation could still ask for."""
    missing = []
    if not any(link.status == "stated" for link in specific):
        missing.append(say("a text that states the link at {this_element}", this_element=this_kind(kind)))
    if all(link.steps for link in specific):
        missing.append(say("a paragraph tied to {this_element} itself", this_element=this_kind(kind)))
    return say("Missing: {missing}.", missing=listed(missing)) if missing else ""


def verdict_down(name: str, links: list[Link], *, concerns: bool) -> str:
    """Say what rests on a mandate.

    Args:
        name: How the mandate is cited.
        links: All links to it or to what is within it, strongest first.
        concerns: Whether the plan that lists it holds that it concerns the Secretariat.
    """
    if not concerns:
        return say(
            "{name} does not concern the Secretariat: the plan that lists its instrument leaves it out.", name=name
        )
    if not links:
        return say("No element of either plan rests on {name}.", name=name)
    specific = [link for link in links if link.specific]
    if not specific:
        return say(
            "No element answers {name} by its subject; it is reached only as {bases}.",
            name=name,
            bases=listed(_bases(links)),
        )
    return f"{_answers(name, specific)}. {_readings(specific)}"


def _answers(name: str, specific: list[Link]) -> str:
    direct = {link.element.id for link in specific if not link.carried_from}
    carried = {link.element.id for link in specific} - direct
    if not direct:
        return say_number(
            "no elements of the plans rest on {name} by name or subject, {number} more only through what it carries on",
            "no elements of the plans rest on {name} by name or subject, {number} more only through what they carry on",
            len(carried),
            name=name,
        )
    rest = say_number(
        "{number} element of the plans rests on {name} by name or subject",
        "{number} elements of the plans rest on {name} by name or subject",
        len(direct),
        name=name,
    )
    more = say_number(
        "{number} more only through what it carries on",
        "{number} more only through what they carry on",
        len(carried),
    )
    return f"{rest}, {more}" if carried else rest


def _bases(links: Iterable[Link]) -> list[str]:
    """Tell bases as in a sentence: listed, listed under an earlier plan."""
    told = (
        say("{basis} under an earlier plan", basis=basis_told(link.carried_basis))
        if link.carried_from
        else basis_told(link.basis)
        for link in links
    )
    return list(dict.fromkeys(told))


def _mandates(links: Iterable[Link]) -> int:
    return len({link.mandate.id for link in links})


def _sum(links: list[Link]) -> str:
    paragraphs = {link.mandate.id for link in links if link.mandate.id.startswith("id:provision/")}
    whole = _mandates(links) - len(paragraphs)
    holders = {paragraph.split("/")[1] for paragraph in paragraphs}
    said = []
    if paragraphs:
        counted = how_many("paragraph", len(paragraphs))
        said.append(
            say("{paragraphs} of {instruments}", paragraphs=counted, instruments=how_many("instrument", len(holders)))
        )
    if whole:
        said.append(say("{instruments} as a whole", instruments=how_many("instrument", whole)))
    return listed(said)


def _readings(links: list[Link]) -> str:
    curated = sum(link.status == "curated" for link in links)
    derived = sum(link.status == "derived" for link in links)
    stated = len(links) - curated - derived
    parts = [
        (stated, say_number("{number} stated", "{number} stated", stated)),
        (curated, say_number("{number} curated", "{number} curated", curated)),
        (derived, say_number("{number} derived", "{number} derived", derived)),
    ]
    hops = len(set().union(*(link.readings for link in links)))
    read = say_number("{number} hop is a reading of ours", "{number} hops are readings of ours", hops)
    counted = ", ".join(said for number, said in parts if number)
    return say_number(
        "Of {number} such link, {counted}.",
        "Of {number} such links, {counted}.",
        len(links),
        counted=f"{counted}; {read}" if hops else counted,
    )


def _wider(links: list[Link]) -> str:
    """Count the mandates that speak to it less closely, each by its closest link, the closest first."""
    named = {link.mandate.id for link in links if link.specific}
    closest: dict[str, tuple[str, bool]] = {}
    for link in links:
        if link.mandate.id not in named:
            closest.setdefault(link.mandate.id, (link.carried_basis or link.basis, bool(link.carried_from)))
    counted = Counter(closest.values())
    said = [_less_close(*how, counted[how]) for how in LESS_CLOSE if counted[how]]
    return say("Besides, {counted}.", counted=listed(said)) if said else ""


def _less_close(basis: str, carried: bool, number: int) -> str:
    return {
        ("area", False): say_number("{number} by work area", "{number} by work area", number),
        ("area", True): say_number(
            "{number} by a work area of an earlier plan", "{number} by a work area of an earlier plan", number
        ),
        ("general", False): say_number("{number} in general", "{number} in general", number),
        ("general", True): say_number(
            "{number} in general under an earlier plan", "{number} in general under an earlier plan", number
        ),
        ("listed", False): say_number("{number} only listed by the plan", "{number} only listed by the plan", number),
        ("listed", True): say_number(
            "{number} only listed by an earlier plan", "{number} only listed by an earlier plan", number
        ),
    }[basis, carried]
