"""Where the folders of the house lie: beside the source in a checkout, inside the package in a wheel.

Knows paths only; reads no file.
"""

from dataclasses import dataclass
from pathlib import Path

from cicte_graph.errors import UsageError

__all__ = ["House", "open_house"]

GRAPH_FILE = ".nq"  # the ending of a graph in one file


@dataclass(frozen=True, slots=True)
class House:
    """The four folders a graph is made from; in place of the data's there can be a file that holds a whole graph."""

    ontology: Path
    data: Path
    shapes: Path
    queries: Path

    @property
    def context(self) -> Path:
        """The file that says how YAML keys read as RDF."""
        return self.ontology / "context.jsonld"

    @property
    def in_one_file(self) -> bool:
        """Whether the data is a file of N-Quads."""
        return self.data.is_file()

    def data_files(self) -> list[Path]:
        """List the YAML files under data, in a fixed order."""
        return sorted(self.data.rglob("*.yaml"))

    def name(self, path: Path) -> str:
        """Name a data file as its editor knows it, e.g. `data/places/BRB.yaml`."""
        return f"{self.data.name}/{path.relative_to(self.data).as_posix()}"


def open_house(data: Path | None = None) -> House:
    """Find the house, with other data in place of its own if some is named.

    Args:
        data: A folder of YAML files, or a file of N-Quads.

    Raises:
        UsageError: There is none.
    """
    package = Path(__file__).parent
    packed = package / "_house"
    # hatchling's force-include is not applied in an editable install, so look beside src/ then
    root = packed if packed.is_dir() else package.parent.parent
    if data is not None and not data.is_dir() and not (data.is_file() and data.suffix == GRAPH_FILE):
        what = f"ends in no {GRAPH_FILE}" if data.is_file() else "no such folder"
        raise UsageError(
            f"{data}: {what}. Name a folder of YAML files, laid out like data/, or a file of N-Quads, ending in .nq."
        )
    return House(root / "ontology", data or root / "data", root / "shapes", root / "queries")
