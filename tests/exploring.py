"""What tests of the explorer's pages share: pages in a browser, what is wrong with them, and the links on a page."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from cicte_graph.explorer import Explorer

ORIGIN = "http://localhost/"  # where browsers trust a page to copy
WIDE, NARROW = (1280, 900), (390, 844)
DRAWN = """Promise.all([...document.images].map(async (one) => {
  one.loading = "eager";
  await one.decode();
  return one.naturalWidth > 0 && one.naturalHeight > 0;
}))"""


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
    """Open a page; every request is answered from the explorer, and one for anything else is trouble.

    An explorer that is served takes what is filled in, as a server does; files are as they are.
    """
    context = browser.new_context(**({"viewport": {"width": WIDE[0], "height": WIDE[1]}} | settings))
    there = set(explorer.addresses())
    opened = Visit(context.new_page())

    def answer(route: Route) -> None:
        asked_for = urlsplit(route.request.url)
        path = unquote(asked_for.path).lstrip("/")
        if route.request.url.startswith(ORIGIN) and path in there:
            asked = dict(parse_qsl(asked_for.query, keep_blank_values=True)) if explorer.served else {}
            made = explorer.file(path, asked)
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


@contextmanager
def untroubled(browser: Browser, explorer: Explorer, address: str, **settings: Any) -> Iterator[Visit]:
    """Open a page on which nothing may go wrong."""
    with visit(browser, explorer, address, **settings) as opened:
        yield opened
    assert opened.trouble == []


def trouble_at(browser: Browser, explorer: Explorer, address: str, size: tuple[int, int], shade: str) -> list[str]:
    """Open a page and list what is wrong with it."""
    viewport = {"width": size[0], "height": size[1]}
    with visit(browser, explorer, address, viewport=viewport, color_scheme=shade) as opened:
        drawn = opened.page.evaluate(DRAWN)
        wrong = [f"{address} breaks {rule}" for rule in opened.violations] + opened.trouble
        wrong += [f"{address} is {opened.overflow} too wide"] if opened.overflow > 0 else []
        return wrong + ["a picture is not drawn"] * drawn.count(False)


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
