"""Write a plot as HTML: the figure, its rows as a table and its source line; one file, no script, all escaped."""

import re
from typing import TYPE_CHECKING

from cicte_graph.page_html import environment, table_html
from cicte_graph.printing import text_of

if TYPE_CHECKING:
    from cicte_graph.plots.figure import Plot

__all__ = ["as_html", "figure_html"]


def as_html(plot: "Plot") -> str:
    """Write a plot as one self-contained page, with title and source line in words of the page."""
    from markupsafe import Markup

    width, top, end = plot.drawing
    shown = f'viewBox="0 {top:g} {width:g} {end - top:g}"'
    svg = re.sub(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"', shown, _inline(plot), count=1)
    drawing = Markup(svg)  # noqa: S704 - matplotlib's own, which escapes title and description; all else is outlines
    rows = [[text_of(value) for value in row] for row in plot.table.rows]
    return environment().get_template("plot.html").render(plot=plot, rows=rows, drawing=drawing) + "\n"


def figure_html(plot: "Plot") -> str:
    """Write a plot as an HTML fragment, as a notebook shows it: the whole figure, and its rows to unfold."""
    rows = f"<details><summary>The rows it is drawn from</summary>\n{table_html(plot.table)}</details>"
    return f"{_inline(plot)}{rows}\n"


def _inline(plot: "Plot") -> str:
    """Leave out what only a file of its own begins with."""
    svg = plot.svg.decode()
    return svg[svg.index("<svg") :]
