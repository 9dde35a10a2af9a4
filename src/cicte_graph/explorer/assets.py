"""The files every page leans on: style, script and pictures of our own, as they stand beside the templates.

One is made: it tells scripts whether a server gives the pages, so that the pages are the same wherever they stand.
"""

from functools import partial
from mimetypes import guess_type
from pathlib import Path

from cicte_graph.explorer.here import ASSETS, Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Writer
from cicte_graph.graph import Graph

__all__ = ["PLACE", "assets"]

PLACE = "place.js"  # comes before the scripts that ask
SERVED = b'"use strict";\n// A server gives these pages.\ndocument.documentElement.dataset.served = "yes";\n'
FILES = b'"use strict";\n// These pages are plain files; the reader\'s browser does what a server would.\n'

FOLDER = Path(__file__).parent.parent / "templates" / "explorer" / ASSETS


def assets(_: Graph) -> Pages:
    """Give our own files."""
    pages: dict[str, Writer] = {f"{ASSETS}/{PLACE}": _place}
    for path in sorted(FOLDER.iterdir()):
        pages[f"{ASSETS}/{path.name}"] = partial(_read, path)
    return pages


def _read(path: Path, _here: Here, _: Asked) -> File:
    media_type = guess_type(path.name)[0] or "application/octet-stream"
    return File(path.read_bytes(), f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type)


def _place(here: Here, _: Asked) -> File:
    return File(SERVED if here.served else FILES, "text/javascript; charset=utf-8")
