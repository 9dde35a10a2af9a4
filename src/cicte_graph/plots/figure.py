"""The common frame of the figures: title, finding and source line, and what screen readers say of the image."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from math import ceil

from cicte_graph.graph import Graph
from cicte_graph.plots.colors import QUIET
from cicte_graph.plots.lettering import LEAD, TINY, TITLE, plain
from cicte_graph.plots.sheet import MARGIN, Sheet
from cicte_graph.reports.report import Coded
from cicte_graph.table import Table
from cicte_graph.terms import expand
from cicte_graph.wording import say

__all__ = ["Figure", "Plot"]

WIDTH = 680.0


@dataclass(frozen=True)
class Plot:
    """A finished figure, and the rows it is drawn from."""

    name: str
    title: str
    finding: str  # one sentence, computed from the rows
    source: str
    table: Table
    svg: bytes
    drawing: tuple[float, float, float]  # the width of the figure, and where what is between title and source stands
    names: Mapping[str, str] = field(default_factory=dict)  # column of identifiers -> column of what they are called
    coded: Coded = field(default_factory=dict)
    language: str = "en"

    def __str__(self) -> str:
        return f"{self.title}\n\n{self.finding}\n\n{self.source}\n"

    def _repr_svg_(self) -> str:
        return self.svg.decode()

    def _repr_html_(self) -> str:
        from cicte_graph.plots.written import figure_html

        return figure_html(self)


class Figure(Sheet):
    """A sheet headed by a title and a finding."""

    def __init__(self, title: str, finding: str, width: float = WIDTH) -> None:
        super().__init__(max(width, WIDTH))
        self.title, self.finding = title, finding
        self.y = self.paragraph(MARGIN, self.y + 2, title, self.room, TITLE) + 4
        self.y = self.paragraph(MARGIN, self.y, finding, self.room, LEAD) + 14
        self._top = self.y - 8

    def plot(
        self,
        graph: Graph,
        name: str,
        table: Table,
        records: Iterable[str],
        names: Mapping[str, str],
        coded: Coded | None = None,
    ) -> Plot:
        """Write the source line and finish the figure.

        Args:
            graph: The graph the rows come from.
            name: The plot's.
            table: The rows the figure is drawn from.
            records: Identifiers of the records whose passages the rows rest on.
            names: For each column of identifiers, the column of what these are called.
            coded: By column, how pages say a value that is the same in every language.
        """
        symbols = {passage.symbol for record in set(records) for passage in graph.passages(expand(record))}
        version = graph.version.digest
        documents = "; ".join(sorted(symbols))
        source = say(
            "Source: {documents}. cicte-graph, graph {version}. CC BY 4.0.", documents=documents, version=version
        )
        end = self.y + 10
        height = self.paragraph(MARGIN, end + 4, source, self.room, TINY.of(QUIET))
        metadata = {
            "Title": plain(self.title),
            "Description": plain(self.finding),
            "Source": plain(source),
            "Rights": "CC BY 4.0",
            "Language": graph.language,
            "Creator": "cicte-graph",
            "Date": None,
        }
        svg = _told(self.svg(ceil(height + MARGIN - 6), metadata), name, self.finding).encode()
        drawing = self.width, self._top, end
        return Plot(
            name, self.title, self.finding, source, table, svg, drawing, names, coded or {}, language=graph.language
        )


def _told(svg: str, name: str, finding: str) -> str:
    """Let screen readers say what the image shows; matplotlib's comments, which repeat every label, are left out."""
    title, description = f"plot-{name}-title", f"plot-{name}-description"
    svg = re.sub(r"\n\s+", "\n", re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL))
    svg = svg.replace("<svg ", f'<svg role="img" aria-labelledby="{title}" aria-describedby="{description}" ', 1)
    head, end, rest = svg.replace("<title>", f'<title id="{title}">', 1).partition("</title>")
    return f'{head}{end}\n <desc id="{description}">{escape(plain(finding), quote=False)}</desc>{rest}'
