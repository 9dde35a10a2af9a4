"""Every error this package raises on purpose. Anything else that escapes is a bug.

CicteGraphError            exit 2   catch this one to catch them all
├── UsageError             exit 2   the request cannot be understood
│   ├── NotFoundError               nothing has this name; offers what comes nearest
│   └── RefusedError                it is understood, and is not done here
├── SourceFileError        exit 3   a file cannot be used
│   ├── DataFaultsError             under data/: every fault of every file at once
│   └── QueryHeaderError            under queries/: what its header lacks
├── ConformanceError       exit 1   the files were read; the shapes object
├── EngineError            exit 4   the engine refused a query or could not finish
└── RequestError           exit 2   an HTTP request gets no answer; carries its status
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "CicteGraphError",
    "ConformanceError",
    "DataFaultsError",
    "EngineError",
    "Fault",
    "NotFoundError",
    "QueryHeaderError",
    "RefusedError",
    "RequestError",
    "SourceFileError",
    "UsageError",
]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one file: where, what, how to mend it."""

    path: str
    line: int  # counted from 1
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}. {self.remedy}"


class CicteGraphError(Exception):
    """Base of all: carries the exit code of the command line."""

    exit_code = 2


class UsageError(CicteGraphError):
    """The request cannot be understood."""


class NotFoundError(UsageError):
    """Nothing has this name; says what comes nearest."""


class RefusedError(UsageError):
    """What is asked is understood, and is not done here."""


class SourceFileError(CicteGraphError):
    """A file cannot be used."""

    exit_code = 3


class DataFaultsError(SourceFileError):
    """Data files have faults; the message has one line for each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


class QueryHeaderError(SourceFileError):
    """A query file's header cannot be used."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}. {remedy}")


class ConformanceError(CicteGraphError):
    """The files were read and the shapes object."""

    exit_code = 1


class EngineError(CicteGraphError):
    """The engine refused a query or could not finish it."""

    exit_code = 4


class RequestError(CicteGraphError):
    """An HTTP request that gets no answer.

    Args:
        status: Of HTTP.
        message: One line of text.
        fields: Header fields that go with the status, as `Allow` with 405.
    """

    def __init__(self, status: int, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.fields = dict(fields or {})
