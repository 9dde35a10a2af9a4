"""Say in a sentence what a trace found: how many paragraphs, the strongest basis, what is read and what derived.

Knows links, not graphs. The words stated, curated and derived are those of the closed list and never vary.
"""

from collections import Counter
from collections.abc import Iterable

from cicte_graph.link import Link
from cicte_graph.words import count, listed

__all__ = ["verdict_down", "verdict_up"]

ALOUD = 3  # mandates that are named in a sentence
# by what the basis is and whether it was carried over, the closest first
LESS_CLOSE = {
    ("area", False): "{} by work area",
    ("area", True): "{} by a work area of an earlier plan",
    ("general", False): "{} in general",
    ("general", True): "{} in general under an earlier plan",
    ("listed", False): "{} only listed by the plan",
    ("listed", True): "{} only listed by an earlier plan",
}


def verdict_up(name: str, kind: str, above: str, links: list[Link], within: list[Link]) -> str:
    """Say on what an element rests, how firmly, and what is missing.

    Args:
        name: What the element is called.
        kind: What it is, as in `program`.
        above: What it is part of.
        links: All its links, strongest first.
        within: Those of its parts, by name or subject.
    """
    name = f"{name} ({kind})"
    if not links:
        nothing = f"{name} rests on no mandate in this graph, and neither does anything above it, from {above} up."
        return f"{nothing}{_within(links, within)}"
    specific = [link for link in links if link.specific]
    if not specific:
        missing = "" if within else " Missing: a paragraph that speaks of its subject."
        return f"{_in_general(name, links)}{missing}{_within(links, within)}"
    direct = [link for link in specific if not link.carried_from]
    best = (direct or specific)[0]
    if not direct:
        origin = best.carried_from.label if best.carried_from else ""
        return (
            f"{name}: no paragraph names its subject itself. {best.element.label} carries on {origin} "
            f"({best.confidence} confidence), and with it {_sum(specific)} presumed in effect. "
            f"{_readings(specific)} Missing: a mandate its own plan lists or names."
            f"{_within(links, within)}{_wider(links)}"
        )
    where = f" at {best.element.label}, {count(len(best.steps), 'step')} up" if best.steps else ""
    return (
        f"{name} rests on {_sum(direct)} that {'names' if _mandates(direct) == 1 else 'name'} its subject"
        f"{_cited(direct)}; the strongest basis is {best.basis}{where}, {best.confidence} confidence. "
        f"{_readings(specific)}{_missing(kind, specific)}{_within(links, within)}{_wider(links)}"
    )


def _in_general(name: str, links: list[Link]) -> str:
    nearest = min(links, key=lambda link: len(link.steps))
    if not nearest.steps:
        bases = ", ".join(_bases(links))
        return f"{name} rests on {_sum(links)}, none of which names one subject of its own ({bases})."
    return (
        f"{name}: no paragraph speaks of its subject. The nearest is at {nearest.element.label} "
        f"({nearest.basis}): {_sum(links)} that {'speaks' if _mandates(links) == 1 else 'speak'} more widely."
    )


def _cited(direct: list[Link]) -> str:
    """Name the mandates, where they are few enough to be read aloud."""
    named = list(dict.fromkeys(link.mandate.label for link in direct))
    return f": {listed(named)}" if len(named) <= ALOUD else ""


def _within(links: list[Link], within: list[Link]) -> str:
    """Say which further mandates name or serve parts of the element."""
    known = {link.mandate.id for link in links if link.specific}
    further = [link for link in within if link.mandate.id not in known]
    if not further:
        return ""
    stated = len({link.mandate.id for link in further if link.status == "stated"})
    number = _mandates(further)
    told = f"{count(number, 'further mandate')} {'is' if number == 1 else 'are'} tied to parts of it"
    return f" {told[0].upper()}{told[1:]}, {stated or 'none'} stated by a text."


def _missing(kind: str, specific: list[Link]) -> str:
    """Say what a delegation could still ask for."""
    missing = []
    if not any(link.status == "stated" for link in specific):
        missing.append(f"a text that states the link at this {kind}")
    if all(link.steps for link in specific):
        missing.append(f"a paragraph tied to this {kind} itself")
    return f" Missing: {' and '.join(missing)}." if missing else ""


def verdict_down(name: str, links: list[Link], *, concerns: bool) -> str:
    """Say what rests on a mandate.

    Args:
        name: How the mandate is cited.
        links: All links to it or to what is within it, strongest first.
        concerns: Whether the plan that lists it holds that it concerns the Secretariat.
    """
    if not concerns:
        return f"{name} does not concern the Secretariat: the plan that lists its instrument leaves it out."
    if not links:
        return f"No element of either plan rests on {name}."
    specific = [link for link in links if link.specific]
    if not specific:
        return f"No element answers {name} by its subject; it is reached only as {listed(_told(links))}."
    direct = {link.element.id for link in specific if not link.carried_from}
    carried = {link.element.id for link in specific} - direct
    one = len(direct) == 1
    said = f"{count(len(direct), 'element')} of the plans {'rests' if one else 'rest'} on {name} by name or subject"
    more = f", {len(carried)} more only through what {'it carries' if len(carried) == 1 else 'they carry'} on"
    return f"{said}{more if carried else ''}. {_readings(specific)}"


def _bases(links: Iterable[Link]) -> list[str]:
    return list(dict.fromkeys(link.basis for link in links))


def _told(links: Iterable[Link]) -> list[str]:
    """Tell bases as in a sentence: listed, listed under an earlier plan."""
    told = (f"{link.carried_basis} under an earlier plan" if link.carried_from else link.basis for link in links)
    return list(dict.fromkeys(told))


def _mandates(links: Iterable[Link]) -> int:
    return len({link.mandate.id for link in links})


def _sum(links: list[Link]) -> str:
    paragraphs = {link.mandate.id for link in links if link.mandate.id.startswith("id:provision/")}
    whole = _mandates(links) - len(paragraphs)
    said = []
    if paragraphs:
        holders = {paragraph.split("/")[1] for paragraph in paragraphs}
        said.append(f"{count(len(paragraphs), 'paragraph')} of {count(len(holders), 'instrument')}")
    if whole:
        said.append(f"{count(whole, 'instrument')} as a whole")
    return " and ".join(said)


def _readings(links: list[Link]) -> str:
    curated = sum(link.status == "curated" for link in links)
    derived = sum(link.status == "derived" for link in links)
    stated = len(links) - curated - derived
    counted = {"stated": stated, "curated": curated, "derived": derived}
    parts = [f"{number} {status}" for status, number in counted.items() if number]
    hops = len(set().union(*(link.readings for link in links)))
    read = f"; {hops} {'hop is a reading' if hops == 1 else 'hops are readings'} of ours" if hops else ""
    return f"Of {count(len(links), 'such link')}, {', '.join(parts)}{read}."


def _wider(links: list[Link]) -> str:
    """Count the mandates that speak to it less closely, each by its closest link."""
    named = {link.mandate.id for link in links if link.specific}
    closest: dict[str, tuple[str, bool]] = {}
    for link in links:
        if link.mandate.id not in named:
            closest.setdefault(link.mandate.id, (link.carried_basis or link.basis, bool(link.carried_from)))
    counted = Counter(closest.values())
    said = [words.format(counted[how]) for how, words in LESS_CLOSE.items() if counted[how]]
    return f" Besides, {listed(said)}." if said else ""
