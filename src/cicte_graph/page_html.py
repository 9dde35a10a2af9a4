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
from cicte_graph.page import Cite, Code, Facts, Grid, Items, Line, Mark, Page, notes, runs
from cicte_graph.printing import text_of
from cicte_graph.table import Table

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["as_html", "body_html", "table_html", "text_html"]

KINDS = {Line: "line", Items: "items", Facts: "facts", Grid: "grid", Code: "code"}


def as_html(page: Page) -> str:
    """Write a page as one self-contained HTML file that prints well."""
    template = _environment().get_template("page.html")
    return template.render(page=page, notes=notes(page), top=1) + "\n"


def body_html(page: Page) -> str:
    """Write a page as an HTML fragment, as a notebook shows it."""
    return _environment().get_template("body.html").render(page=page, notes=notes(page), top=4) + "\n"


def table_html(table: Table) -> str:
    """Write a table as an HTML fragment, as a notebook shows it."""
    rows = [[text_of(value) for value in row] for row in table.rows]
    return _environment().get_template("table.html").render(table=table, rows=rows) + "\n"


def _runs(passages: Iterable[Passage], numbered: Mapping[Passage, int]) -> list[tuple[int, int]]:
    return runs(numbered[passage] for passage in passages)


def text_html(text: str) -> str:
    """Write text as an HTML fragment that keeps its lines."""
    return f"<pre>{escape(text, quote=False)}</pre>\n"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.tests["mark"] = lambda part: isinstance(part, Mark)
    environment.tests["cite"] = lambda part: isinstance(part, Cite)
    environment.tests["address"] = lambda text: re.fullmatch(r"https?://[^\s<>\"]+", text) is not None
    environment.tests["number"] = lambda text: re.fullmatch(r"-?[\d.,]+", text) is not None
    environment.filters["numbers"] = _runs
    environment.filters["kind"] = lambda block: KINDS[type(block)]
    return environment
