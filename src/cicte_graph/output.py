"""How a command gives its result: in which format, and to standard output or whole to a file."""

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cicte_graph.page import Page
    from cicte_graph.reports.report import Report
    from cicte_graph.table import Table

__all__ = ["emit", "form_of", "give_report", "give_table", "written_page"]


def emit(args: argparse.Namespace, text: str | bytes | Iterable[str]) -> None:
    """Write a result to standard output, as it comes, or whole or not at all to the file named by -o."""
    if args.output is None or str(args.output) == "-":
        if isinstance(text, bytes):
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.writelines([text] if isinstance(text, str) else text)
        return
    from cicte_graph.whole_file import write_whole

    write_whole(args.output, text if isinstance(text, bytes) else "".join(text).encode())


def form_of(args: argparse.Namespace) -> str:
    """Choose the format asked for; else a table for a person and CSV for a program."""
    on_terminal = sys.stdout.isatty() and args.output is None
    return args.format or ("table" if on_terminal else "csv")


def give_table(args: argparse.Namespace, table: "Table") -> None:
    """Give a table."""
    from cicte_graph.printing import render

    emit(args, render(table, form_of(args)))


def give_report(args: argparse.Namespace, made: "Report") -> None:
    """Give a report."""
    from cicte_graph.reports.written import write_report

    emit(args, write_report(made, form_of(args)))


def written_page(page: "Page", form: str) -> str:
    """Write a page as html or markdown."""
    if form == "html":
        from cicte_graph.page_html import as_html

        return as_html(page)
    from cicte_graph.page_markdown import as_markdown

    return as_markdown(page)
