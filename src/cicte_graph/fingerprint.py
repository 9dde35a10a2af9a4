"""Digest all that a graph is made from: ontology, data, shapes, gaps, and this package's own code.

A graph in one file is not read again while the system says that it is as it was when it was last read.
"""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b, file_digest
from pathlib import Path

from cicte_graph.cache import cache
from cicte_graph.errors import CicteGraphError, SourceFileError
from cicte_graph.house import House
from cicte_graph.whole_file import write_whole

__all__ = ["fingerprint_of"]

SETTLED = 2.0  # seconds after which a change shows in the time of a file


def fingerprint_of(house: House) -> str:
    """Digest everything the graph of a house is made from, as 32 hexadecimal digits.

    Raises:
        SourceFileError: A file cannot be read.
    """
    digest = blake2b(digest_size=16)
    for folder, path in _made_from(house):
        try:
            content = _digest_of(path).encode() if path == house.data else path.read_bytes()
        except OSError as error:
            raise SourceFileError(f"{path}: cannot be read ({error.strerror}). Make it readable.") from error
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _made_from(house: House) -> Iterator[tuple[Path, Path]]:
    """Yield (the folder a file is named in, the file); a file moved below it makes another graph."""
    if house.in_one_file:
        yield house.data.parent, house.data
    for folder, pattern in (
        (Path(__file__).parent, "*.py"),
        (house.ontology, "**/*.*"),
        (house.data, "**/*.yaml"),
        (house.shapes, "*.ttl"),
        (house.queries / "gaps", "*.rq"),
    ):
        yield from ((folder, path) for path in sorted(folder.glob(pattern)))


def _digest_of(path: Path) -> str:
    """Digest a file, or recall its digest if it has not changed since."""
    there = path.stat()
    state = [there.st_size, there.st_mtime_ns, there.st_ctime_ns, there.st_ino]
    name = blake2b(str(path.resolve()).encode(), digest_size=16).hexdigest()
    recalled = cache() / f"seen-{name}"
    with suppress(OSError, ValueError):
        before, digest = json.loads(recalled.read_bytes())
        if before == state:
            return str(digest)
    with path.open("rb") as file:
        digest = file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
    if time.time() - max(there.st_mtime, there.st_ctime) > SETTLED:
        with suppress(CicteGraphError):  # where nothing can be kept, it is read each time
            write_whole(recalled, json.dumps([state, digest]).encode())
    return digest
