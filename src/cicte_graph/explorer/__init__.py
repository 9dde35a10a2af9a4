"""The explorer: web pages on everything in the graph, the same in a folder of files and on a server.

Knows which address shows what and how a page is framed; knows nothing of HTTP or of folders. Every part adds the pages
of one subject, each as a function that makes it when it is asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from cicte_graph.errors import NotFoundError
from cicte_graph.explorer.about import about
from cicte_graph.explorer.assets import assets
from cicte_graph.explorer.downloads import downloads
from cicte_graph.explorer.figures import figures
from cicte_graph.explorer.here import LANGUAGES, Here
from cicte_graph.explorer.home import home
from cicte_graph.explorer.lists import lists
from cicte_graph.explorer.missing import lost_at, missing
from cicte_graph.explorer.ontology import ontology
from cicte_graph.explorer.parts import parts
from cicte_graph.explorer.query_page import query_page
from cicte_graph.explorer.questions import questions
from cicte_graph.explorer.records import records
from cicte_graph.explorer.reports import reports
from cicte_graph.explorer.searching import searching
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.explorer.traces import traces
from cicte_graph.graph import Graph
from cicte_graph.page_html import environment
from cicte_graph.wording import speaking

__all__ = ["Explorer"]

PARTS: list[Callable[[Graph], Pages]] = [
    assets,
    home,
    records,
    ontology,
    traces,
    downloads,
    lists,
    parts,
    questions,
    query_page,
    about,
    searching,
    reports,
    figures,
]


class Explorer:
    """All pages of one graph, in every language.

    Args:
        graph: What the pages are on.
        served: Whether a server answers questions; else the reader's browser does.
    """

    def __init__(self, graph: Graph, *, served: bool = False) -> None:
        self.served = served
        self.graphs = {one: Graph(graph.house, graph.store, graph.version, one) for one in LANGUAGES}
        self._pages: dict[str, Pages] = {}

    def addresses(self) -> Iterator[str]:
        """List every address there is, in every language; a file of data has one only."""
        for language in LANGUAGES:
            for name in self._pages_in(language):
                here = Here(language, name)
                if here.spoken or language == LANGUAGES[0]:
                    yield here.address

    def file(self, address: str, asked: Asked | None = None) -> File:
        """Make what stands at an address.

        Args:
            address: As `addresses` lists it.
            asked: What the reader filled in, by the name of the field.

        Raises:
            NotFoundError: Nothing stands there.
        """
        here = Here.at(address)
        pages = self._pages_in(here.language)
        here = replace(here, served=self.served, names=pages.keys())
        make = pages.get(here.name)
        if make is None:
            raise NotFoundError(f"there is no page {address}. Begin at index.html.")
        with speaking(here.language):
            made = make(here, asked or {})
            return made if isinstance(made, File) else self._framed(here, made)

    def missing(self, path: str) -> File:
        """Make the page that is shown at a path where nothing stands."""
        language, name = lost_at(path)
        pages = self._pages_in(language)
        with speaking(language):
            sheet = missing(self.graphs[language], pages, path)
            return self._framed(Here(language, name, self.served, pages.keys()), sheet)

    def _pages_in(self, language: str) -> Pages:
        if language not in self._pages:
            with speaking(language):
                made: dict[str, Writer] = {}
                for part in PARTS:
                    made |= part(self.graphs[language])
                self._pages[language] = made
        return self._pages[language]

    def _framed(self, here: Here, sheet: Sheet) -> File:
        template = environment().get_template(f"explorer/{sheet.template}")
        values: Mapping[str, object] = sheet.values
        html = template.render(here=here, sheet=sheet, version=self.graphs[here.language].version, **values)
        return File((html + "\n").encode(), "text/html; charset=utf-8")
