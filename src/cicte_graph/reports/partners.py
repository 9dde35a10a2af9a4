"""Partners gained, kept and lost between two plans; a body may stay under its parent's or successor's name."""

from collections import Counter
from functools import partial

from cicte_graph.errors import UsageError
from cicte_graph.graph import Graph
from cicte_graph.reports.report import Report, Said, asked, in_language, make, plan_name
from cicte_graph.targets import term
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number

__all__ = ["GAINED", "KEPT", "LOST", "change_told", "changes", "partners"]

GAINED, KEPT, LOST = "gained", "kept", "lost"


def partners(graph: Graph) -> Report:
    """List who came, stayed and went between the earliest and the latest plan."""
    plans = graph.plans()
    if len(plans) < 2:  # noqa: PLR2004 - one is compared with another
        raise UsageError("there is one plan only. Partners are compared between two.")
    earlier, later = plans[0], plans[-1]
    rows = changes(graph, earlier, later)
    number = Counter((str(said["change"]), bool(said["through"])) for said, _ in rows)
    both, related = number[KEPT, False], number[KEPT, True]
    kept = say("no bodies are in both plans under a name of their own")
    if both:
        kept = say_number(
            "{number} body is in both plans under a name of their own",
            "{number} bodies are in both plans under a name of their own",
            both,
        )
    finding = say_number(
        "From {earlier} to {later}: {kept}, {number} more is in one and, through a body they belong to or that "
        "belongs to them, in the other. Gained: {gained}. Lost: {lost}.",
        "From {earlier} to {later}: {kept}, {number} more are in one and, through a body they belong to or that "
        "belongs to them, in the other. Gained: {gained}. Lost: {lost}.",
        related,
        earlier=plan_name(graph, earlier),
        later=plan_name(graph, later),
        kept=kept,
        gained=number[GAINED, False],
        lost=number[LOST, False],
    )
    return make(
        graph,
        "partners",
        say("Partners gained, kept and lost"),
        [finding],
        ["change", "organization", "label", "kind", "through", "through name", "before", "now"],
        rows,
        names={"through": "through name", "organization": "label"},
        group="change",
        coded={"change": change_told, "kind": partial(_kind_told, graph)},
    )


def change_told(change: str) -> str:
    """Tell in the language spoken what became of a partner."""
    return {GAINED: say("gained"), KEPT: say("kept"), LOST: say("lost")}[change]


def _kind_told(graph: Graph, key: str) -> str:
    """Name a kind of organization: in English by its key, as it stands in rows."""
    return key if graph.language == "en" else term(graph, expand(f"concept:organization-kind/{key}"))


def changes(graph: Graph, earlier: str, later: str) -> list[tuple[Said, list[str]]]:
    """Compare who takes part in two plans: for each body, the change and at how many elements before and now."""
    found: dict[str, Said] = {}
    taking: dict[str, dict[str, list[str]]] = {earlier: {}, later: {}}
    kin: dict[str, set[str]] = {}
    for row in in_language(graph, asked(graph, "partners/partner-changes"), label="organization"):
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
