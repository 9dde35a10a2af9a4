"""Pack a site into one HTML file that opens from disk: every page, script, picture and the graph, behind one frame.

Pages are packed by folder and unpacked when one of them is looked at. The file's own policy names each script and style
it may run by digest, so nothing in data can add another. Knows files of a site, not what is on its pages.
"""

import gzip
import json
import re
from base64 import b64encode
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from cicte_graph.errors import UsageError
from cicte_graph.page_html import environment

__all__ = ["pack"]

ORIGIN = "https://cicte-graph.invalid/"  # where packed pages believe they stand; the name can never be found
TEMPLATES = Path(__file__).parent / "templates" / "single"
BINARY = {".wasm", ".zip"}
MODULES = {"worker.js", "web.js"}  # run beside the page, as they are
LEFT_OUT = {"cicte-graph.trig", "cicte-graph.ttl", "cicte-graph.jsonld"}  # the same graph once more
INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
# a script takes from the frame's owner what a page from disk does not have
WRAPPED = """globalThis.cicteLoad = parent.cicteSingle.load;
((location, history, fetch, Worker) => {{
{}
}})(...parent.cicteSingle.given());
"""


def pack(site: Path) -> bytes:
    """Pack a site, as `cicte_graph.site.write_site` writes it, into one file.

    Raises:
        UsageError: There is no site.
    """
    if not (site / "index.html").is_file():
        raise UsageError(f"{site}: is no site. Write one there first: cicte-graph site {site}")
    chunks: defaultdict[str, dict[str, str]] = defaultdict(dict)
    digests: dict[str, list[str]] = {"script": [], "style": []}
    for path in sorted(site.rglob("*.*")):
        if path.is_file() and path.name not in LEFT_OUT and not path.name.startswith("."):
            address = path.relative_to(site).as_posix()
            chunks[_chunk(address)][address] = _content(path, digests)
    script, style = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("single.js", "single.css"))
    html = (
        environment()
        .get_template("single/single.html")
        .render(
            chunks=[(name, _packed(held)) for name, held in sorted(chunks.items())],
            origin=ORIGIN,
            script=_plain(script),
            style=_plain(style),
            scripts=sorted({_digest(script), *digests["script"]}),
            styles=sorted({_digest(style), *digests["style"]}),
        )
    )
    return (html + "\n").encode()


def _chunk(address: str) -> str:
    """Name the chunk of an address: its first folders, as single.js looks for them."""
    folders = address.split("/")[:-1]
    return f"in/{'/'.join(folders[: 3 if folders[:1] == ['es'] else 2])}"


def _content(path: Path, digests: dict[str, list[str]]) -> str:
    """Give a file's content as it is packed, and note the digests of what it may run."""
    if path.suffix in BINARY:
        return b64encode(path.read_bytes()).decode()
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js" and path.name not in MODULES:
        text = WRAPPED.format(text)
        digests["script"].append(_digest(text))
    elif path.suffix == ".css":
        digests["style"].append(_digest(text))
    elif path.suffix == ".html" and INLINE.search(text):
        text = INLINE.sub(lambda match: _inline(match, digests), text)
    return text


def _inline(match: re.Match[str], digests: dict[str, list[str]]) -> str:
    """Wrap a script that stands in a page; a style stays as it is."""
    sort, text = match[1], match[2]
    held = WRAPPED.format(text) if sort == "script" else text
    digests[sort].append(_digest(held))
    return f"<{sort}>{held}</{sort}>"


def _packed(held: dict[str, str]) -> str:
    content = json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return b64encode(gzip.compress(content.encode(), 9, mtime=0)).decode()


def _plain(text: str) -> object:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - our own script and style, from beside this module


def _digest(text: str) -> str:
    from markupsafe import Markup

    digest = b64encode(sha256(text.encode()).digest()).decode()
    return Markup(f"'sha256-{digest}'")  # noqa: S704 - letters of base64 only
