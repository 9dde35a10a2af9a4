"""What the server counts, in the text format of Prometheus; never who asked, nor for what.

Source: Prometheus exposition formats, text-based format 0.0.4.
"""

from bisect import bisect_left
from collections import Counter

from cicte_graph import __version__
from cicte_graph.serve.edition import Edition

__all__ = ["TEXT", "Metrics"]

TEXT = "text/plain; version=0.0.4; charset=utf-8"
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}  # any other is counted as one, since a client may invent them
SECONDS = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counts since the server started."""

    def __init__(self) -> None:
        self.running = 0
        self.swaps: Counter[str] = Counter(swapped=0, refused=0)
        self._requests: Counter[tuple[str, int]] = Counter()
        self._took: Counter[int] = Counter()  # by place among the upper bounds
        self._seconds = 0.0

    def count(self, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests[method if method in METHODS else "other", status] += 1
        self._took[bisect_left(SECONDS, seconds)] += 1
        self._seconds += seconds

    def text(self, edition: Edition) -> str:
        """Write everything that is counted."""
        version = edition.version
        lines = [
            *_head("cicte_graph_info", "gauge", "The graph that is served."),
            f'cicte_graph_info{{digest="{version.digest}",built="{version.built}",package="{__version__}"}} 1',
            *_head("cicte_requests_total", "counter", "Requests answered, by method and status."),
            *(
                f'cicte_requests_total{{method="{method}",status="{status}"}} {number}'
                for (method, status), number in sorted(self._requests.items())
            ),
            *self._histogram(),
            *_head("cicte_swaps_total", "counter", "New graphs that were asked for, by what became of them."),
            *(f'cicte_swaps_total{{result="{result}"}} {number}' for result, number in sorted(self.swaps.items())),
        ]
        for name, what, value in (
            ("cicte_requests_running", "Requests being answered.", self.running),
            ("cicte_pages_waiting", "Requests that wait for a worker.", edition.waiting),
            ("cicte_workers_ended", "Workers of this graph that took too long or failed.", edition.workers.ended),
            ("cicte_pages_unprepared", "Pages that are still to be made beforehand.", edition.unprepared),
            ("cicte_pages_kept_bytes", "Bytes of pages kept.", edition.kept_bytes),
        ):
            lines += [*_head(name, "gauge", what), f"{name} {value}"]
        return "\n".join(lines) + "\n"

    def _histogram(self) -> list[str]:
        name, below = "cicte_request_seconds", 0
        lines = _head(name, "histogram", "How long requests took.")
        for place, bound in enumerate((*map(str, SECONDS), "+Inf")):
            below += self._took[place]
            lines.append(f'{name}_bucket{{le="{bound}"}} {below}')
        return [*lines, f"{name}_sum {self._seconds:.6f}", f"{name}_count {below}"]


def _head(name: str, kind: str, what: str) -> list[str]:
    return [f"# HELP {name} {what}", f"# TYPE {name} {kind}"]
