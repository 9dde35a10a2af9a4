"""A sheet to draw on: words, boxes, dots and lines at places given in points from the upper left, as on paper.

Words are measured before they are placed, so that nothing overlaps and nothing is cut off by chance. What is drawn
is kept until the sheet is written, since only then its height is known. matplotlib draws.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from math import ceil, cos, radians, sin
from typing import TYPE_CHECKING, Any

from cicte_graph.plots.colors import PAPER, QUIET
from cicte_graph.plots.lettering import BODY, NOTE, SMALL, Type, balanced, fit, plain, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

__all__ = ["MARGIN", "Sheet"]

MARGIN = 18.0
SLANT = 61.0  # degrees, of the heads of columns
CLOSE = 0.88  # lines beside a row stand closer than in a paragraph
# Words are written as outlines: they look the same in a browser, a paper and on a slide, whatever type is there. As
# text they would be set in another type, wider or narrower than measured here. To be selected, searched or read
# aloud they stand in the description of the image and in the table of rows.
STYLE: Any = {"svg.fonttype": "path", "svg.hashsalt": "cicte-graph", "text.parse_math": False, "path.simplify": False}


class Sheet:
    """What is drawn so far, and how far down: `y`."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.y = MARGIN
        self._ink: list[Callable[[Axes], object]] = []

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN

    def text(
        self,
        x: float,
        y: float,
        words: str,
        look: Type = BODY,
        *,
        align: str = "left",
        angle: float = 0,
        room: float = 0,
    ) -> None:
        """Write words on one line, their foot at y; where there is little room, cut them to it."""
        shown = fit(plain(words), room, look) if room else plain(words)
        more: dict[str, Any] = {"color": look.color, "ha": align, "va": "baseline", "rotation": angle}
        self._ink.append(lambda axes: axes.text(x, y, shown, font=look.face, rotation_mode="anchor", **more))

    def paragraph(self, x: float, y: float, words: str, room: float, look: Type = BODY, *, most: int = 99) -> float:
        """Write words on as many lines as they take, from y down.

        Returns:
            Where a next line would begin.
        """
        for line in wrap(words, room, look, most=most):
            self.text(x, y + look.size, line, look)
            y += look.step
        return y

    def note(self, words: str) -> None:
        """Write a note across the sheet below what is there."""
        self.y = self.paragraph(MARGIN, self.y, words, self.room, NOTE)

    def beside(self, x: float, y: float, words: str, room: float, look: Type = BODY, *, align: str = "left") -> None:
        """Write words on two lines at most, with their middle at y, beside a row."""
        lines = wrap(words, room, look, most=2)
        foot = y + 0.36 * look.size - (len(lines) - 1) / 2 * look.step * CLOSE
        for n, line in enumerate(lines):
            self.text(x, foot + n * look.step * CLOSE, line, look, align=align)

    def heads(self, columns: Sequence[tuple[float, str]], y: float, room: float, look: Type = SMALL) -> float:
        """Write the names of columns aslant.

        Args:
            columns: The middle of each column, and its name.
            y: Where there is room from.
            room: How long a line may be.
            look: The type.

        Returns:
            Where the columns begin.
        """
        lines = [(x, balanced(name, room, look)) for x, name in columns]
        longest = max(look.width(line) for _, name in lines for line in name)
        along, up = cos(radians(SLANT)), sin(radians(SLANT))
        foot = ceil(y + longest * up + look.step)
        for x, name in lines:
            for n, line in enumerate(name):
                apart = (n - (len(name) - 1) / 2) * look.size * 1.07 + 0.36 * look.size
                self.text(x + apart * up, foot + apart * along, line, look, angle=SLANT)
        return foot + 6

    def spans(self, blocks: Iterable[tuple[float, float, str]], y: float) -> float:
        """Name blocks of columns below them, on a further line where a name would meet the one before.

        Args:
            blocks: Where each begins and ends, and its name; from left to right.
            y: Where the line below the columns is drawn.

        Returns:
            Where what comes below may begin.
        """
        ends: list[float] = []
        for first, last, name in blocks:
            self.line([(first, y), (last, y)], QUIET)
            wide = NOTE.width(plain(name))
            left = max(MARGIN, min((first + last - wide) / 2, self.width - MARGIN - wide))
            row = next((n for n, end in enumerate(ends) if end + NOTE.size < left), len(ends))
            ends[row : row + 1] = [left + wide]
            self.text(left, y + 10 + row * NOTE.step, name, NOTE)
        return y + 6 + len(ends) * NOTE.step

    def box(self, x: float, y: float, width: float, height: float, fill: str | None, edge: str | None = None) -> None:
        """Draw a rectangle from its upper left corner."""
        from matplotlib.patches import Rectangle

        self._add(lambda look: Rectangle((x, y), width, height, **look), fill, edge, 0.8)

    def dot(self, x: float, y: float, radius: float, fill: str | None, edge: str | None = None) -> None:
        """Draw a circle about a point."""
        from matplotlib.patches import Circle

        self._add(lambda look: Circle((x, y), radius, **look), fill, edge, 1.3)

    def line(self, points: Sequence[tuple[float, float]], color: str, *, width: float = 0.8) -> None:
        """Draw a line through points."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        self._add(lambda look: PathPatch(Path(list(points)), **look), None, color, width)

    def ribbon(self, start: tuple[float, float], end: tuple[float, float], height: float, fill: str) -> None:
        """Draw a ribbon between the upper ends of its left and its right edge."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        (x, y), (to_x, to_y) = start, end
        half = (x + to_x) / 2
        upper = [(x, y), (half, y), (half, to_y), (to_x, to_y)]
        lower = [(to_x, to_y + height), (half, to_y + height), (half, y + height), (x, y + height)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3]
        self._add(lambda look: PathPatch(Path([*upper, *lower], codes), **look), fill, PAPER, 0.7)

    def _add(self, shape: "Callable[[dict[str, Any]], Patch]", fill: str | None, edge: str | None, line: float) -> None:
        look = {"facecolor": fill or "none", "edgecolor": edge or "none", "linewidth": line if edge else 0}
        self._ink.append(lambda axes: axes.add_patch(shape(look)))

    def svg(self, height: float, metadata: dict[str, str | None]) -> str:
        """Write the sheet as SVG: the same bytes for the same sheet, whatever the reader's settings are."""
        import matplotlib as mpl
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure

        out = io.BytesIO()
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(STYLE)
            figure = Figure(figsize=(self.width / 72, height / 72), facecolor=PAPER)
            FigureCanvasSVG(figure)
            axes = figure.add_axes((0, 0, 1, 1), xlim=(0, self.width), ylim=(height, 0))
            axes.set_axis_off()
            for draw in self._ink:
                draw(axes)
            for artist in (*axes.patches, *axes.texts):
                artist.set_clip_on(False)
            figure.savefig(out, format="svg", metadata=metadata)
        return out.getvalue().decode()
