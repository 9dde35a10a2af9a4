"""Say in a sentence what a trace found: how many paragraphs, the strongest basis, what is read and what derived.

Knows links, not graphs. The words stated, curated and derived are those of the closed list and never vary.
"""

from collections import Counter
from collections.abc import Iterable

from cicte_graph.link import Link

__all__ = ["verdict_down", "verdict_up"]

LESS_CLOSE = {"area": "{} by work area", "general": "{} in general", "listed": "{} only listed by the plan"}


def verdict_up(name: str, above: str, links: list[Link]) -> str:
    """Say on what an element rests.

    Args:
        name: What the element is called, with its kind.
        above: What it is part of.
        links: All its links, strongest first.
    """
    if not links:
        return f"{name} rests on no mandate in this graph, and neither does anything above it, from {above} up."
    specific = [link for link in links if link.specific]
    if not specific:
        nearest = min(links, key=lambda link: len(link.steps))
        if not nearest.steps:
            bases = ", ".join(_bases(links))
            return f"{name} rests on {_sum(links)}, none of which names one subject of its own ({bases})."
        return (
            f"{name}: no paragraph speaks of its subject. The nearest is at {nearest.element.label} "
            f"({nearest.basis}): {_sum(links)} that {'speaks' if _mandates(links) == 1 else 'speak'} more widely."
        )
    direct = [link for link in specific if not link.carried_from]
    best = (direct or specific)[0]
    if not direct:
        origin = best.carried_from.label if best.carried_from else ""
        return (
            f"{name}: no paragraph names its subject itself. {best.element.label} carries on {origin} "
            f"({best.confidence} confidence), and with it {_sum(specific)} presumed in effect. "
            f"{_readings(specific)}{_wider(links)}"
        )
    where = f" at {best.element.label}" if best.steps else ""
    return (
        f"{name} rests on {_sum(direct)} that {'names' if _mandates(direct) == 1 else 'name'} its subject; "
        f"the strongest basis is {best.basis}{where}, {best.confidence} confidence. "
        f"{_readings(specific)}{_wider(links)}"
    )


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
        return f"No element answers {name} by its subject; it is only {', '.join(_bases(links))}."
    direct = {link.element.id for link in specific if not link.carried_from}
    carried = {link.element.id for link in specific} - direct
    one = len(direct) == 1
    said = f"{_count(len(direct), 'element')} of the plans {'rests' if one else 'rest'} on {name} by name or subject"
    more = f", {len(carried)} more only through what {'it carries' if len(carried) == 1 else 'they carry'} on"
    return f"{said}{more if carried else ''}. {_readings(specific)}"


def _count(number: int, noun: str) -> str:
    """Write a number with its noun: 1 paragraph, 2 paragraphs."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _bases(links: Iterable[Link]) -> list[str]:
    return list(dict.fromkeys(link.basis for link in links))


def _mandates(links: Iterable[Link]) -> int:
    return len({link.mandate.id for link in links})


def _sum(links: list[Link]) -> str:
    paragraphs = {link.mandate.id for link in links if link.mandate.id.startswith("id:provision/")}
    whole = _mandates(links) - len(paragraphs)
    said = []
    if paragraphs:
        holders = {paragraph.split("/")[1] for paragraph in paragraphs}
        said.append(f"{_count(len(paragraphs), 'paragraph')} of {_count(len(holders), 'instrument')}")
    if whole:
        said.append(f"{_count(whole, 'instrument')} as a whole")
    return " and ".join(said)


def _readings(links: list[Link]) -> str:
    curated = sum(link.status == "curated" for link in links)
    derived = sum(link.status == "derived" for link in links)
    stated = len(links) - curated - derived
    counted = {"stated": stated, "curated": curated, "derived": derived}
    parts = [f"{number} {status}" for status, number in counted.items() if number]
    return f"Of {_count(len(links), 'such link')}, {', '.join(parts)}."


def _wider(links: list[Link]) -> str:
    """Count the mandates that speak to it less closely, each by its closest link."""
    named = {link.mandate.id for link in links if link.specific}
    closest: dict[str, str] = {}
    for link in links:
        if link.mandate.id not in named:
            closest.setdefault(link.mandate.id, link.carried_basis or link.basis)
    counted = Counter(closest.values())
    said = [words.format(counted[basis]) for basis, words in LESS_CLOSE.items() if counted[basis]]
    return f" Besides, {_listed(said)}." if said else ""


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
