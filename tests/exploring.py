"""What tests of the explorer's pages share: pages in a browser with no server behind, and the links on a page."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from cicte_graph.explorer import Explorer

ORIGIN = "http://explorer.test/"
WIDE, NARROW = (1280, 900), (390, 844)


@dataclass
class Visit:
    """A page that stands open, and what went wrong on it."""

    page: Page
    trouble: list[str] = field(default_factory=list)

    @property
    def violations(self) -> list[str]:
        """What axe finds against the page."""
        return [one["id"] for one in Axe().run(self.page).response["violations"]]

    @property
    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        wide: int = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return wide


@contextmanager
def visit(browser: Browser, explorer: Explorer, address: str, **settings: Any) -> Iterator[Visit]:
    """Open a page; every request is answered from the explorer, and one for anything else is trouble."""
    context = browser.new_context(**({"viewport": {"width": WIDE[0], "height": WIDE[1]}} | settings))
    there = set(explorer.addresses())
    opened = Visit(context.new_page())

    def answer(route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).lstrip("/")
        if route.request.url.startswith(ORIGIN) and path in there:
            made = explorer.file(path)
            route.fulfill(body=made.content, content_type=made.media_type)
        else:
            opened.trouble.append(f"asked for {route.request.url}")
            route.abort()

    context.route("**/*", answer)
    opened.page.on("console", lambda message: opened.trouble.append(f"{message.type}: {message.text}"))
    opened.page.on("pageerror", lambda error: opened.trouble.append(str(error)))
    opened.page.goto(ORIGIN + address)
    yield opened
    context.close()


class Markup(HTMLParser):
    """The tags of a page with their attributes, in order."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, name: str) -> list[str]:
        """List the values of an attribute."""
        return [said[name] for _, said in self.tags if name in said]


def dead_links(explorer: Explorer, address: str) -> list[str]:
    """List the links of a page that lead to no address, or to no place on the page they lead to."""
    there = set(explorer.addresses())
    places: dict[str, set[str]] = {}

    def leads(link: str) -> bool:
        path, _, fragment = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(path))) if path else address
        if target not in there or not fragment:
            return target in there
        if target not in places:
            places[target] = set(Markup(explorer.file(target).content).values("id"))
        return unquote(fragment) in places[target]

    markup = Markup(explorer.file(address).content)
    links = markup.values("href") + markup.values("src")
    return [link for link in links if not urlsplit(link).scheme and not leads(link)]
