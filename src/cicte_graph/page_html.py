"""Write a page or a table as HTML: one file, no script, everything escaped.

jinja2 is imported where a page is written.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cicte_graph.graph import Passage
from cicte_graph.lines import visible
from cicte_graph.page import Cite, Code, Facts, Grid, Items, Line, Mark, Name, Page, notes, runs
from cicte_graph.printing import text_of
from cicte_graph.table import Table
from cicte_graph.wording import say, speaking

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["as_html", "body_html", "environment", "table_html", "text_html"]

KINDS = {Line: "line", Items: "items", Facts: "facts", Grid: "grid", Code: "code"}


def as_html(page: Page) -> str:
    """Write a page as one self-contained HTML file that prints well."""
    return _filled("page.html", page, 1)


def body_html(page: Page) -> str:
    """Write a page as an HTML fragment, as a notebook shows it."""
    return _filled("body.html", page, 4)


def _filled(template: str, page: Page, top: int) -> str:
    with speaking(page.language):
        filled = environment().get_template(template).render(page=page, notes=notes(page), top=top, record=_nowhere)
    return filled + "\n"


def _nowhere(_: str) -> str:
    """Give no address: a file that is mailed has no pages beside it."""
    return ""


def table_html(table: Table) -> str:
    """Write a table as an HTML fragment, as a notebook shows it."""
    rows = [[text_of(value) for value in row] for row in table.rows]
    return environment().get_template("table.html").render(table=table, rows=rows) + "\n"


def _runs(passages: Iterable[Passage], numbered: Mapping[Passage, int]) -> list[tuple[int, int]]:
    return runs(numbered[passage] for passage in passages)


def text_html(text: str) -> str:
    """Write text as an HTML fragment that keeps its lines."""
    return f"<pre>{escape(text, quote=False)}</pre>\n"


@cache
def environment() -> "Environment":
    """Give what fills our templates: everything escaped, control characters made visible, nothing undefined."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    made.globals["say"] = say
    made.tests["mark"] = lambda part: isinstance(part, Mark)
    made.tests["name"] = lambda part: isinstance(part, Name)
    made.tests["cite"] = lambda part: isinstance(part, Cite)
    made.tests["address"] = lambda text: re.fullmatch(r"https?://[^\s<>\"]+", text) is not None
    made.tests["number"] = lambda text: re.fullmatch(r"-?[\d.,]+", text) is not None
    made.filters["numbers"] = _runs
    made.filters["kind"] = lambda block: KINDS[type(block)]
    return made
