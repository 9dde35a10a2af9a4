"""Write a plot as HTML: the figure, its rows as a table and its source line; one file, no script, all escaped."""

import re
from typing import TYPE_CHECKING

from cicte_graph.page_html import environment, table_html
from cicte_graph.printing import text_of
from cicte_graph.wording import say, speaking

if TYPE_CHECKING:
    from cicte_graph.plots.figure import Plot

__all__ = ["as_html", "drawing_svg", "figure_html"]


def as_html(plot: "Plot") -> str:
    """Write a plot as one self-contained page, with title and source line in words of the page."""
    from markupsafe import Markup

    width, top, end = plot.drawing
    svg = _shown(_inline(plot), f'viewBox="0 {top:g} {width:g} {end - top:g}"')
    drawing = Markup(svg)  # noqa: S704 - matplotlib's own, which escapes title and description; all else is outlines
    rows = [[text_of(value) for value in row] for row in plot.table.rows]
    with speaking(plot.language):
        return environment().get_template("plot.html").render(plot=plot, rows=rows, drawing=drawing) + "\n"


def drawing_svg(plot: "Plot") -> bytes:
    """Give what is between title and source line as SVG, for a page that has these in words."""
    width, top, end = plot.drawing
    box = f'width="{width:g}" height="{end - top:g}" viewBox="0 {top:g} {width:g} {end - top:g}"'
    return _shown(plot.svg.decode(), box).encode()


def figure_html(plot: "Plot") -> str:
    """Write a plot as an HTML fragment, as a notebook shows it: the whole figure, and its rows to unfold."""
    with speaking(plot.language):
        rows = f"<details><summary>{say('The rows it is drawn from')}</summary>\n{table_html(plot.table)}</details>"
    return f"{_inline(plot)}{rows}\n"


def _shown(svg: str, box: str) -> str:
    return re.sub(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"', box, svg, count=1)


def _inline(plot: "Plot") -> str:
    """Leave out what only a file of its own begins with."""
    svg = plot.svg.decode()
    return svg[svg.index("<svg") :]
