"""What a part of the explorer gives for an address: a sheet to be framed, or a file as it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cicte_graph.explorer.here import Here

__all__ = ["Asked", "File", "Pages", "Sheet", "Writer"]

Asked = Mapping[str, str]  # what a reader filled in, by the name of the field


@dataclass(frozen=True, slots=True)
class File:
    """Bytes with what they are."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page before it is framed: its title, the template below templates/explorer/, and what that shows."""

    title: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()  # below assets/, beside those of every page
    styles: tuple[str, ...] = ()


Writer = Callable[[Here, Asked], Sheet | File]
Pages = Mapping[str, Writer]  # by address without its language
