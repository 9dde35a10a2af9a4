"""Write a file whole or not at all."""

import os
import stat
import tempfile
from pathlib import Path

from cicte_graph.errors import EngineError, UsageError

__all__ = ["write_whole"]


def write_whole(target: Path, content: bytes) -> None:
    """Write a file whole or not at all; what was there stays until the new one is complete.

    A link is followed; a device or pipe is written to as it is.

    Raises:
        UsageError: The target is a folder or cannot be written.
        EngineError: There is no room.
    """
    target = target.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except IsADirectoryError as error:
        raise UsageError(f"{target}: is a folder. Name a file in it.") from error
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}). Name another file.") from error
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError as error:
        raise EngineError(f"{target}: cannot be written ({error.strerror}). Free some space.") from error
    finally:
        Path(name).unlink(missing_ok=True)
