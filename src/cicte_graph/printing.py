"""Write tables and findings for people and programs: table, csv, tsv, json, markdown.

Knows text only. rich is imported where a table is drawn, since it costs fifty milliseconds.
"""

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from typing import TextIO

from cicte_graph.answers import Answer

__all__ = ["TABLE_FORMATS", "render"]

TEXT = 40  # characters a column of text may be narrowed to


def render(answer: Answer, form: str) -> str:
    """Write a table of text in one of `TABLE_FORMATS`."""
    return TABLE_FORMATS[form](answer)


def _for_people(answer: Answer) -> tuple[str, Answer]:
    """Say once, above the table, what every row repeats of the request, and write list values by their key."""
    asked = [name for name in answer.asked if name in answer.columns]
    kept = [n for n, column in enumerate(answer.columns) if column not in asked]
    rows = [[re.sub(r"^concept:[a-z-]+/", "", row[n]) for n in kept] for row in answer.rows]
    heading = "".join(f"{name}: {answer.asked[name]}\n" for name in asked)
    return heading, Answer([answer.columns[n] for n in kept], rows)


def _table(answer: Answer) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    heading, answer = _for_people(answer)
    drawn = Table(box=box.SIMPLE_HEAD if _draws(sys.stdout) else box.ASCII2, header_style="bold")
    least = 0
    for n, column in enumerate(answer.columns):
        cells = [row[n] for row in answer.rows]
        whole = all(re.match(r"[a-z]+:\S+$|\d*$", cell) for cell in cells)  # identifiers break nowhere, to be pasted
        widest = max(map(len, [column, *cells]))
        least += 4 + (widest if whole else min(widest, TEXT))
        drawn.add_column(Text(column), no_wrap=whole, overflow="fold")
    for row in answer.rows:
        drawn.add_row(*map(Text, row))
    on_terminal = sys.stdout.isatty()
    there = shutil.get_terminal_size().columns if on_terminal else least
    console = Console(file=io.StringIO(), force_terminal=on_terminal, width=max(there, least), legacy_windows=False)
    with console.capture() as captured:
        console.print(drawn)
    tail = f"{len(answer.rows)} row" + ("" if len(answer.rows) == 1 else "s")
    return heading + "\n".join(line.rstrip() for line in captured.get().splitlines()).strip("\n") + f"\n\n{tail}\n"


def _draws(stream: TextIO) -> bool:
    return "utf" in (stream.encoding or "").lower()


def _separated(delimiter: str) -> Callable[[Answer], str]:
    def write(answer: Answer) -> str:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
        return out.getvalue()

    return write


def _json(answer: Answer) -> str:
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _markdown(answer: Answer) -> str:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"

    return line(answer.columns) + line(["---"] * len(answer.columns)) + "".join(map(line, answer.rows))


TABLE_FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": _table,
    "csv": _separated(","),
    "tsv": _separated("\t"),
    "json": _json,
    "markdown": _markdown,
}
