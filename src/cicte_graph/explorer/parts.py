"""The parts of others that a build packed (hatch_build.py): the query editor, and the engine for the reader's browser.

A build without network has none; the pages ask `here.has(EDITOR)` and `here.has(ENGINE)` and say what they lack.
"""

from functools import partial
from mimetypes import guess_type
from pathlib import Path

from cicte_graph.explorer.here import ASSETS, Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Writer
from cicte_graph.graph import Graph

__all__ = ["EDITOR", "ENGINE", "parts"]

FOLDER = Path(__file__).parent.parent / "_parts"
EDITOR = f"{ASSETS}/parts/yasgui/yasgui.min.js"
ENGINE = f"{ASSETS}/parts/oxigraph/web.js"
TYPES = {".wasm": "application/wasm"}  # some systems do not know it, and browsers insist


def parts(_: Graph) -> Pages:
    """Give the files of others, their licenses among them, where a build packed them."""
    pages: dict[str, Writer] = {}
    for path in sorted(FOLDER.rglob("*.*")):
        if path.is_file() and path.name != "made-from.txt":
            pages[f"{ASSETS}/parts/{path.relative_to(FOLDER).as_posix()}"] = partial(_read, path)
    return pages


def _read(path: Path, _here: Here, _: Asked) -> File:
    media_type = TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    return File(path.read_bytes(), f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type)
