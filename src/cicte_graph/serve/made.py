"""What a worker gives for an address: bytes as they are sent, with all that their headers must say.

Knows files and what a browser may do with each kind; knows nothing of requests.
"""

import gzip
import re
from dataclasses import dataclass
from hashlib import blake2b
from html import unescape

from cicte_graph.explorer.sheet import File

__all__ = ["Made", "made"]

SQUEEZED = re.compile(r"text/|image/svg\+xml|application/(wasm|n-triples|n-quads|trig|(.+\+)?(json|xml))\b")
SMALL = 500  # bytes that are sent sooner than unpacked
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
HEAD = 4096  # bytes of a page in which its policy stands, before anything from the data
SCRIPT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"  # one may run as a worker
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"  # a figure opened by itself


@dataclass(frozen=True, slots=True)
class Made:
    """Bytes to send, once squeezed where that saves any, and their digest before that."""

    media_type: str
    content: bytes
    squeezed: bool
    digest: str
    policy: str

    @property
    def spoken(self) -> bool:
        """Tell whether it is a page for people, and not data for programs."""
        return self.media_type.startswith("text/html")

    def plain(self) -> bytes:
        """Give the bytes before they were squeezed."""
        return gzip.decompress(self.content) if self.squeezed else self.content


def made(file: File) -> Made:
    """Make a file ready to be sent."""
    squeezed = len(file.content) > SMALL and SQUEEZED.match(file.media_type) is not None
    content = gzip.compress(file.content, mtime=0) if squeezed else file.content
    digest = blake2b(file.media_type.encode() + b"\n" + file.content, digest_size=12).hexdigest()
    return Made(file.media_type, content, squeezed, digest, _policy(file))


def _policy(file: File) -> str:
    """Say as a header what a page says of itself, so that the two never differ."""
    said = POLICY.search(file.content[:HEAD])
    if file.media_type.startswith("text/html") and said:
        return f"{unescape(said[1].decode())}; frame-ancestors 'self'"
    return SCRIPT if "javascript" in file.media_type else PICTURE
