"""Partners gained, kept and lost between two plans; a body may stay under its parent's or successor's name."""

from collections import Counter

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, make, plan_name
from cicte_graph.words import count

__all__ = ["changes", "partners"]

GAINED, KEPT, LOST = "gained", "kept", "lost"


def partners(graph: Graph) -> Report:
    """List who came, stayed and went between the earliest and the latest plan."""
    plans = graph.plans()
    if len(plans) < 2:  # noqa: PLR2004 - one is compared with another
        raise UsageError("there is one plan only. Partners are compared between two.")
    earlier, later = plans[0], plans[-1]
    rows = changes(graph, earlier, later)
    number = Counter((str(said["change"]), bool(said["through"])) for said, _ in rows)
    kept = f"{count(number[KEPT, False], 'body', 'bodies')} {'is' if number[KEPT, False] == 1 else 'are'} in both plans"
    more = f"{number[KEPT, True]} more {'is' if number[KEPT, True] == 1 else 'are'} in one and"
    finding = (
        f"From {plan_name(graph, earlier)} to {plan_name(graph, later)}: {kept} under a name of their own, {more}, "
        f"through a body they belong to or that belongs to them, in the other. Gained: {number[GAINED, False]}. "
        f"Lost: {number[LOST, False]}."
    )
    return make(
        graph,
        "partners",
        "Partners gained, kept and lost",
        [finding],
        ["change", "organization", "label", "kind", "through", "through name", "before", "now"],
        rows,
        names={"through": "through name", "organization": "label"},
        group="change",
    )


def changes(graph: Graph, earlier: str, later: str) -> list[tuple[Said, list[str]]]:
    """Compare who takes part in two plans: for each body, the change and at how many elements before and now."""
    found: dict[str, Said] = {}
    taking: dict[str, dict[str, list[str]]] = {earlier: {}, later: {}}
    kin: dict[str, set[str]] = {}
    for row in asked(graph, "partners/partner-changes"):
        body, plan = str(row["organization"]), str(row["plan"])
        if plan not in taking:
            continue
        found[body] = row
        shares = taking[plan].setdefault(body, [])
        if row["participation"] not in shares:
            shares.append(str(row["participation"]))
        for other in {str(row[name]) for name in ("parent", "successor") if name in row}:
            kin.setdefault(body, set()).add(other)
            kin.setdefault(other, set()).add(body)
    rows: list[tuple[Said, list[str]]] = []
    told: set[str] = set()
    for body, row in sorted(found.items(), key=lambda one: one[0] in taking[earlier]):  # those of the later plan first
        before, now = taking[earlier].get(body, []), taking[later].get(body, [])
        there = taking[later if before else earlier]
        through = [] if before and now else [one for one in sorted(kin.get(body, set())) if one in there]
        if body in told:
            continue
        # one row for two names of one body: the forerunner of a body that is new under its own name is not lost
        pair = [one for one in through if one not in taking[later] or one not in taking[earlier]]
        told.update(pair)
        through = [*pair, *(one for one in through if one not in pair)]
        before = [*before, *(share for one in pair if not before for share in taking[earlier].get(one, []))]
        change = KEPT if (before and now) or through else GAINED if now else LOST
        said: Said = {
            "change": change,
            "organization": body,
            "label": row["label"],
            "kind": str(row["kind"]).rpartition("/")[2],
            "through": ", ".join(through) or None,
            "through name": ", ".join(graph.label_of(one) for one in through) or None,
            "before": len(before),
            "now": len(now),
        }
        rows.append((said, [*before, *now]))
    order = {KEPT: 0, GAINED: 1, LOST: 2}
    return sorted(rows, key=lambda one: (order[str(one[0]["change"])], str(one[0]["label"])))
