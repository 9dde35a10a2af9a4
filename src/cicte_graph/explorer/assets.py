"""The files every page leans on: style, script and pictures of our own, as they stand beside the templates."""

from functools import partial
from mimetypes import guess_type
from pathlib import Path

from cicte_graph.explorer.here import ASSETS, Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Writer
from cicte_graph.graph import Graph

__all__ = ["assets"]

FOLDER = Path(__file__).parent.parent / "templates" / "explorer" / ASSETS


def assets(_: Graph) -> Pages:
    """Give our own files."""
    pages: dict[str, Writer] = {}
    for path in sorted(FOLDER.iterdir()):
        pages[f"{ASSETS}/{path.name}"] = partial(_read, path)
    return pages


def _read(path: Path, _here: Here, _: Asked) -> File:
    media_type = guess_type(path.name)[0] or "application/octet-stream"
    return File(path.read_bytes(), f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type)
