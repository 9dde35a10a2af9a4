"""Take the pictures of the README: the trace of a program and the partner map, as the explorer shows them.

Run by `make pictures`, with the Chromium of the tests.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.conftest import BROWSERS
from tests.exploring import visit

from cicte_graph.explorer import Explorer
from cicte_graph.graph import Graph
from cicte_graph.house import open_house

PICTURES = Path(__file__).parent / "pictures"
SHAPE = {"width": 1280, "height": 860}
SHOWN = {"trace": "trace/program/2012/maritime-security.html", "map": "map.html"}


def main() -> int:
    """Open each page and keep what one sees of it first."""
    explorer = Explorer(Graph.open(open_house()))
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, address in SHOWN.items():
            with visit(browser, explorer, address, viewport=SHAPE) as opened:
                opened.page.wait_for_timeout(1000)
                opened.page.screenshot(path=PICTURES / f"{name}.jpg", quality=75)
    return 0


if __name__ == "__main__":
    sys.exit(main())
