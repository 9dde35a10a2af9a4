"""Where the folders of the house lie: beside the source in a checkout, inside the package in a wheel.

Knows paths only; reads no file but for the fingerprint.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from cicte_graph.errors import SourceFileError, UsageError

__all__ = ["House", "open_house"]


@dataclass(frozen=True, slots=True)
class House:
    """The four folders a graph is made from."""

    ontology: Path
    data: Path
    shapes: Path
    queries: Path

    @property
    def context(self) -> Path:
        """The file that says how YAML keys read as RDF."""
        return self.ontology / "context.jsonld"

    def data_files(self) -> list[Path]:
        """List the YAML files under data, in a fixed order."""
        return sorted(self.data.rglob("*.yaml"))

    def name(self, path: Path) -> str:
        """Name a data file as its editor knows it, e.g. `data/places/BRB.yaml`."""
        return f"{self.data.name}/{path.relative_to(self.data).as_posix()}"

    def fingerprint(self) -> str:
        """Digest everything the graph is made from, this package's own code included, as 32 hexadecimal digits."""
        digest = blake2b(digest_size=16)
        for folder, path in self._made_from():
            try:
                content = path.read_bytes()
            except OSError as error:
                raise SourceFileError(f"{path}: cannot be read ({error.strerror}). Make it readable.") from error
            digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()

    def _made_from(self) -> Iterator[tuple[Path, Path]]:
        """Yield (the folder a file is named in, the file); a file moved below it makes another graph."""
        gaps = self.queries / "gaps"
        for folder, pattern in (
            (Path(__file__).parent, "*.py"),
            (self.ontology, "**/*.*"),
            (self.data, "**/*.yaml"),
            (self.shapes, "*.ttl"),
            (gaps, "*.rq"),
        ):
            yield from ((folder, path) for path in sorted(folder.glob(pattern)))


def open_house(data: Path | None = None) -> House:
    """Find the house, with another data folder in place of its own if one is named.

    Raises:
        UsageError: The data folder does not exist.
    """
    package = Path(__file__).parent
    packed = package / "_house"
    # hatchling's force-include is not applied in an editable install, so look beside src/ then
    root = packed if packed.is_dir() else package.parent.parent
    if data is not None and not data.is_dir():
        raise UsageError(f"{data}: no such folder. Name a folder of YAML files, laid out like data/.")
    return House(root / "ontology", data or root / "data", root / "shapes", root / "queries")
