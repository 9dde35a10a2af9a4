"""Order things so that a pattern shows: those that share much together, and two sides with few lines crossing."""

from collections import defaultdict
from collections.abc import Callable, Sequence

__all__ = ["side_by_side", "untangled"]

SWEEPS = 10

Ends = tuple[str, str]  # of a tie between two sides


def side_by_side(items: Sequence[str], weight: Callable[[str, str], int]) -> list[str]:
    """Put things in a row so that those that weigh much for each other are near.

    Each in turn, the most tied first, is put where the sum of weights times distances stays least: a successive
    augmentation for the minimum linear arrangement (J. Petit, ACM Journal of Experimental Algorithmics 8, 2003).

    Args:
        items: What to order.
        weight: How much two of them have to do with each other.
    """
    ties = {one: sum(weight(one, other) for other in items if other != one) for one in items}
    row: list[str] = []
    for one in sorted(items, key=lambda item: (-ties[item], item)):
        row = min(
            ([*row[:n], one, *row[n:]] for n in range(len(row), -1, -1)), key=lambda tried: _length(tried, weight)
        )
    return row


def _length(row: Sequence[str], weight: Callable[[str, str], int]) -> int:
    return sum(weight(one, other) * (n - m) for n, other in enumerate(row) for m, one in enumerate(row[:n]))


def untangled(left: Sequence[str], right: Sequence[str], ties: Sequence[Ends]) -> tuple[list[str], list[str]]:
    """Order both sides so that few ties cross, by putting each at the mean place of those it is tied to, in turns.

    The barycenter method of K. Sugiyama, S. Tagawa and M. Toda, IEEE Transactions on Systems, Man and Cybernetics
    11 (1981), 109-125. What has no tie goes last.
    """
    one, other = list(left), list(right)
    best: tuple[int, list[str], list[str]] | None = None
    for _ in range(SWEEPS):
        other = _by_mean(other, one, [(end, start) for start, end in ties])
        one = _by_mean(one, other, ties)
        crossed = _crossings(one, other, ties)
        if best is None or crossed < best[0]:
            best = crossed, one, other
    return (best[1], best[2]) if best else (one, other)


def _by_mean(side: list[str], other: list[str], ties: Sequence[Ends]) -> list[str]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for start, end in ties:
        places[start].append(other.index(end))
    return sorted(side, key=lambda one: sum(places[one]) / len(places[one]) if places[one] else len(other))


def _crossings(left: list[str], right: list[str], ties: Sequence[Ends]) -> int:
    ends = [(left.index(start), right.index(end)) for start, end in ties]
    return sum((a - c) * (b - d) < 0 for n, (a, b) in enumerate(ends) for c, d in ends[:n])
