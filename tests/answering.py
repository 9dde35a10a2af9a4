"""Pages in a browser with a server behind them that takes what readers fill in, as small as can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from playwright.sync_api import Browser, Route

from cicte_graph.explorer import Explorer
from tests.exploring import WIDE, Visit

ORIGIN = "http://localhost/"  # where browsers trust a page to copy


@contextmanager
def answering(browser: Browser, explorer: Explorer, address: str, **settings: Any) -> Iterator[Visit]:
    """Open a page; a server answers what is asked, files are as they are, and all that goes wrong is trouble."""
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
    assert opened.trouble == []
