"""Where a page stands and the ways from it: all relative, so that a folder may be moved and a server put anywhere."""

import posixpath
from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import quote

from cicte_graph.terms import CICTE, CONCEPT, ID, expand

__all__ = ["LANGUAGES", "Here", "page_of"]

LANGUAGES = ("en", "es")  # the first has no folder of its own
ASSETS = "assets"


def page_of(iri: str) -> str:
    """Name the page of a record, a value of a closed list or a term of ours, or nothing for any other.

    Args:
        iri: Short or written out.
    """
    whole = expand(iri)
    if whole.startswith(ID):
        return f"id/{whole.removeprefix(ID)}.html"
    if whole.startswith(CONCEPT):
        return f"ontology.html#concept/{whole.removeprefix(CONCEPT)}"
    return f"ontology.html#{whole.removeprefix(CICTE)}" if whole.startswith(CICTE) else ""


@dataclass(frozen=True, slots=True)
class Here:
    """A page's own address: its language, and its name, which is the same in every language."""

    language: str
    name: str
    served: bool = False
    names: Container[str] = ()  # of all pages there are

    @classmethod
    def at(cls, address: str) -> "Here":
        """Read an address."""
        folder, _, rest = address.partition("/")
        return cls(folder, rest) if folder in LANGUAGES[1:] and rest else cls(LANGUAGES[0], address)

    @property
    def spoken(self) -> bool:
        """Tell whether it has names of records or words of ours, and so is there in every language."""
        return self.name.endswith(".html") or self.name.startswith(("figure/", "list/", "question/"))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are pages in."""
        return LANGUAGES

    def has(self, name: str) -> bool:
        """Tell whether there is such a page."""
        return name in self.names

    @property
    def address(self) -> str:
        """The address from the root."""
        return self.name if self.language == LANGUAGES[0] or not self.spoken else f"{self.language}/{self.name}"

    @property
    def root(self) -> str:
        """The way to the root: `../` for each folder."""
        return "../" * self.address.count("/")

    def to(self, name: str, language: str = "") -> str:
        """Give the way to another page, in this page's language if none is named."""
        target, hash_, fragment = name.partition("#")
        there = Here(language or self.language, target).address
        folder = posixpath.dirname(self.address)
        way = posixpath.relpath(f"/{there}", f"/{folder}")
        return quote(way) + hash_ + quote(fragment, safe="/()")

    def record(self, iri: str) -> str:
        """Give the way to the page of a record, or nothing if it has none."""
        page = page_of(iri)
        return self.to(page) if page else ""

    def asset(self, name: str) -> str:
        """Give the way to a style, script or picture."""
        return f"{self.root}{ASSETS}/{name}"
