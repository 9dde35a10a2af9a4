"""Who is named where, read from the YAML files of the plans alone: a second opinion on what the graph says."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

PLANS = Path(__file__).parent.parent / "data" / "plans"
BELOW = {"projects": "project", "activities": "activity"}


def named() -> dict[str, set[str]]:
    """Give for each element that names anybody, or has something within it that does, the bodies; ids as printed."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(PLANS.glob("*/*.yaml")):
        top = yaml.safe_load(path.read_text(encoding="utf-8"))
        _walk(top, f"id:{top['id']}", [], found)
    return dict(found)


def _walk(node: dict[str, Any], identifier: str, above: list[str], found: defaultdict[str, set[str]]) -> None:
    line = [*above, identifier]
    for element in line if node.get("partners") else ():
        found[element] |= {f"id:organization/{key}" for key in node["partners"]}
    for name, kind in BELOW.items():
        for key, inner in node.get(name, {}).items():
            _walk(inner, f"id:{kind}/{identifier.partition('/')[2]}/{key}", line, found)


def reached(named_at: dict[str, set[str]], start: str) -> dict[str, tuple[int, int]]:
    """Give for each body the least number of elements on a way to it from another, and how many such ways there are."""
    best = {start: (0, 1)}
    edge, steps = {start}, 0
    while edge:
        steps += 1
        ways: defaultdict[str, int] = defaultdict(int)
        for one in edge:
            for members in named_at.values():
                for other in members if one in members else ():
                    if other not in best:
                        ways[other] += best[one][1]
        best |= {other: (steps, number) for other, number in ways.items()}
        edge = set(ways)
    return best
