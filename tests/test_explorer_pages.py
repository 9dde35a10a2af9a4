"""Every page of the explorer: its links lead somewhere, it is built as a page should be, and data is never markup."""

import json
import posixpath
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Route

from cicte_graph.build import assemble
from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.house import open_house
from tests.conftest import SAMPLE, TESTED
from tests.exploring import NARROW, ORIGIN, WIDE

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LOOKS = "map.html"  # after its # stands what is looked at, not a place on the page
ENDPOINT = "sparql"  # answered by a server, or by the script of the page
REAL = 12  # one in so many of the pages of the real graph


class Page(HTMLParser):
    """What a page is built of."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.language = ""
        self.title = ""
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.mains = 0
        self.inline: list[str] = []  # what the policy would refuse
        self._open: list[str] = []
        self._kept = 0  # templates that are open: what is in one is no part of the page
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        given = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        self._kept += tag == "template"
        if self._kept:
            return
        if tag == "html":
            self.language = given.get("lang", "")
        if tag in HEADINGS:
            self.headings.append(int(tag[1]))
        self.mains += tag == "main" or given.get("role") == "main"
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src", "action") if name in given]
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.inline.append(tag)

    def handle_data(self, data: str) -> None:
        """Note the title."""
        if self._open[-1:] == ["title"] and not self.headings:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        """Note that a tag ends."""
        self._kept -= tag == "template"
        if tag in self._open:
            while self._open.pop() != tag:
                pass


@dataclass
class Pages:
    """The pages of an explorer, each made and read once."""

    explorer: Explorer
    addresses: list[str] = field(default_factory=list)
    read: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.addresses = list(self.explorer.addresses())
        self.there = set(self.addresses)

    def page(self, address: str) -> Page:
        """Read a page."""
        if address not in self.read:
            self.read[address] = Page(self.explorer.file(address).content)
        return self.read[address]

    def dead(self, address: str) -> Iterator[str]:
        """List the links of a page that lead nowhere, or to no place on the page they lead to."""
        for link in self.page(address).links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            beside = posixpath.join(posixpath.dirname(address), unquote(parts.path)) if parts.path else address
            target = posixpath.normpath(beside)
            if target not in self.there and target != ENDPOINT:
                yield link
            elif parts.fragment and posixpath.basename(target) != LOOKS:
                yield from [] if unquote(parts.fragment) in self.page(target).ids else [link]


def single(address: str) -> bool:
    return address.endswith(".html") and posixpath.basename(address) != LOOKS


@pytest.fixture(scope="module")
def sample_pages(sample_graph: Graph) -> Pages:
    return Pages(Explorer(sample_graph))


@pytest.fixture(scope="module")
def real_pages(real_graph: Graph) -> Pages:
    return Pages(Explorer(real_graph))


def some(pages: Pages) -> list[str]:
    """Take the pages there is one of, and one in so many of the others, of every kind and in both languages."""
    found = [address for address in pages.addresses if single(address)]
    return [one for n, one in enumerate(found) if n % REAL == 0 or one.count("/") < 2]


# links


def test_every_link_on_every_page_leads_to_a_page_and_a_place_there_is(sample_pages: Pages) -> None:
    dead = {address: list(sample_pages.dead(address)) for address in sample_pages.addresses if single(address)}
    assert {address: links for address, links in dead.items() if links} == {}


def test_links_on_the_pages_of_the_real_graph_lead_somewhere(real_pages: Pages) -> None:
    dead = {address: list(real_pages.dead(address)) for address in some(real_pages)}
    assert {address: links for address, links in dead.items() if links} == {}


# structure


def faults(page: Page, address: str) -> Iterator[str]:
    language = "es" if address.startswith("es/") else "en"
    if page.language != language:
        yield f"language {page.language}"
    if not page.title.strip():
        yield "no title"
    if page.headings.count(1) != 1 or page.headings[0] != 1:
        yield f"headings begin {page.headings[:3]}"
    for before, after in zip(page.headings, page.headings[1:], strict=False):
        if after > before + 1:
            yield f"a heading {after} below {before}"
    if len(page.ids) != len(set(page.ids)):
        yield f"a place twice: {sorted({one for one in page.ids if page.ids.count(one) > 1})[:3]}"
    if page.mains != 1:
        yield f"{page.mains} mains"
    if page.inline:
        yield f"inline: {page.inline[:3]}"


def test_every_page_has_a_language_a_title_one_first_heading_and_ordered_ones_below(sample_pages: Pages) -> None:
    found = {one: list(faults(sample_pages.page(one), one)) for one in sample_pages.addresses if single(one)}
    assert {address: said for address, said in found.items() if said} == {}


def test_pages_of_the_real_graph_are_built_as_well(real_pages: Pages) -> None:
    found = {one: list(faults(real_pages.page(one), one)) for one in some(real_pages)}
    assert {address: said for address, said in found.items() if said} == {}


# hostile data

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUOTES = """"onmouseover="alert(3)" ' `${alert(4)}` {{ 7 * 7 }} ]]> --> </svg></title></textarea>"""
TURNED = "\u202etxet denrut\u2066 \u200f\ufdfd"
LONG = "W" * 60_000 + " wide" * 8_000
# where each is written, in place of what
HOSTILE = [
    ("plans/2003/harbor-protection.yaml", "en: Harbor Protection", SCRIPT),
    ("plans/2003/harbor-protection.yaml", "en: Safer harbors.", LONG),
    ("plans/2003/harbor-protection.yaml", "written as: Sampel Police", TURNED),
    ("plans/2003/harbor-protection.yaml", "en: Harbor courses", "Longword" * 400),
    ("plans/2003/harbor-protection.yaml", "anchor: funded until 30 June 2003", "</q><script>alert(5)</script>"),
    ("plans/2001/port-safety.yaml", "en: Port Safety", f"{TURNED} {SCRIPT}"),
    ("plans/2001/port-safety.yaml", "en: Courses at ports", LONG),
    ("organizations/wave-institute.yaml", "en: Wave Institute", QUOTES),
    ("organizations/sample-police.yaml", "en: SAPOL", SCRIPT),
    ("mandates/sample-res-7.yaml", 'en: "Make seaports safer."', f"{SCRIPT}{LONG}"),
    ("mandates/sample-res-7.yaml", 'en: "S/RES. 7, operative paragraph 5"', QUOTES),
    ("mandates/sample-res-7.yaml", "text at: https://example.org/res-7", "https://example.org/?'onmouseover='alert(6)"),
    ("justifications/2001.yaml", 'en: "Seaports are named."', f"{QUOTES}{SCRIPT}"),
]


def hostile_data(folder: Path) -> Path:
    """Copy the sample with names and texts that try to run, to turn the line or to burst the page."""
    shutil.copytree(SAMPLE, folder)
    for name, before, text in HOSTILE:
        path = folder / name
        whole, key = path.read_text(encoding="utf-8"), before.partition(": ")[0]
        assert whole.count(before) == 1, before
        path.write_text(whole.replace(before, f"{key}: {json.dumps(text)}"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    house = open_house(hostile_data(tmp_path_factory.mktemp("hostile") / "data"))
    return Explorer(Graph(house, assemble(house).store, TESTED))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_hostile_names_and_texts_neither_run_nor_burst_a_page(
    browser: Browser, hostile: Explorer, size: tuple[int, int]
) -> None:
    trouble: list[str] = []
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    there = set(hostile.addresses())

    def answer(route: Route) -> None:
        address = unquote(urlsplit(route.request.url).path).lstrip("/")
        if route.request.url.startswith(ORIGIN) and address in there:
            made = hostile.file(address)
            route.fulfill(body=made.content, content_type=made.media_type)
        else:
            trouble.append(f"asked for {route.request.url}")
            route.abort()

    def refuse(dialog: Dialog) -> None:
        trouble.append(f"dialog {dialog.message}")
        dialog.dismiss()

    context.route("**/*", answer)
    page = context.new_page()
    page.on("dialog", refuse)
    page.on("console", lambda message: trouble.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
    wide = {}
    for address in sorted(there):
        if single(address) and address.startswith("es/") == (size == NARROW):  # each language at one width
            page.goto(ORIGIN + address)
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if overflow > 0:
                wide[address] = overflow
    context.close()
    assert trouble == []
    assert wide == {}


def test_what_turns_the_line_is_shown_and_does_not_turn_it(hostile: Explorer) -> None:
    html = hostile.file("trace/program/2001/port-safety.html").content.decode()
    assert "\u202e" not in html
    assert "&lt;U+202E&gt;" in html
