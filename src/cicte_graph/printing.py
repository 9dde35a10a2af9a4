"""Write tables for people and programs: table, csv, tsv, json, markdown.

Knows values only. rich is imported where a table is drawn, since it costs fifty milliseconds.
"""

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import TextIO

from cicte_graph.lines import visible
from cicte_graph.table import Table, Value

__all__ = ["SEPARATED", "TABLE_FORMATS", "as_json", "render", "separated", "text_of"]

TEXT = 40  # characters a column of text may be narrowed to


def render(table: Table, form: str) -> str:
    """Write a table in one of `TABLE_FORMATS`."""
    return TABLE_FORMATS[form](table)


def text_of(value: Value) -> str:
    """Write a value as text: nothing for an unbound cell, truth as SPARQL writes it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def as_json(value: object) -> str:
    """Write anything we hold as JSON for people to read too; a decimal is a number."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_number) + "\n"


def _number(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _for_people(table: Table) -> tuple[str, list[str], list[list[str]]]:
    """Say once, above the table, what every row repeats of the request, and write list values by their key."""
    asked = [name for name in table.asked if name in table.columns]
    kept = [n for n, column in enumerate(table.columns) if column not in asked]
    rows = [[visible(re.sub(r"^concept:[a-z-]+/", "", text_of(row[n]))) for n in kept] for row in table.rows]
    heading = "".join(f"{name}: {visible(table.asked[name])}\n" for name in asked)
    return heading, [table.columns[n] for n in kept], rows


def _table(table: Table) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    heading, columns, rows = _for_people(table)
    drawn = Drawn(box=box.SIMPLE_HEAD if _draws(sys.stdout) else box.ASCII2, header_style="bold")
    least = 0
    for n, column in enumerate(columns):
        cells = [row[n] for row in rows]
        whole = all(re.match(r"[a-z]+:\S+$|[-\d.]*$", cell) for cell in cells)  # identifiers break nowhere
        widest = max(map(len, [column, *cells]))
        least += 4 + (widest if whole else min(widest, TEXT))
        drawn.add_column(Text(column), no_wrap=whole, overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    on_terminal = sys.stdout.isatty()
    there = shutil.get_terminal_size().columns if on_terminal else least
    console = Console(file=io.StringIO(), force_terminal=on_terminal, width=max(there, least), legacy_windows=False)
    with console.capture() as captured:
        console.print(drawn)
    tail = f"{len(rows)} row" + ("" if len(rows) == 1 else "s") + _of(table)
    return heading + "\n".join(line.rstrip() for line in captured.get().splitlines()).strip("\n") + f"\n\n{tail}\n"


def _of(table: Table) -> str:
    return f"; graph {table.version}" if table.version else ""


def _draws(stream: TextIO) -> bool:
    return "utf" in (stream.encoding or "").lower()


SEPARATED = {"csv": ",", "tsv": "\t"}


def separated(columns: list[str], rows: Iterable[list[Value]], form: str) -> Iterator[str]:
    """Write rows as they come, as CSV or TSV; these formats have no place for a version."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATED[form], lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([text_of(value) for value in row])
        if out.tell() > 1 << 16:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _whole(form: str) -> Callable[[Table], str]:
    return lambda table: "".join(separated(table.columns, table.rows, form))


def _json(table: Table) -> str:
    said: dict[str, object] = {"title": table.title} if table.title else {}
    if table.asked:
        said["asked"] = table.asked
    if table.version:
        said["graph"] = asdict(table.version)
    return as_json(said | {"columns": table.columns, "rows": list(table)})


def _markdown(table: Table) -> str:
    from cicte_graph.page_markdown import escaped

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cells) + " |\n"

    rows = [line([escaped(text_of(value)) for value in row]) for row in table.rows]
    tail = f"\ngraph {table.version}\n" if table.version else ""
    return line(table.columns) + line(["---"] * len(table.columns)) + "".join(rows) + tail


TABLE_FORMATS: dict[str, Callable[[Table], str]] = {
    "table": _table,
    "csv": _whole("csv"),
    "tsv": _whole("tsv"),
    "json": _json,
    "markdown": _markdown,
}
