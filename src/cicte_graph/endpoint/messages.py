"""What the server and its workers say to each other over a socket: questions, answers, and some JSON about them.

Nothing that is read is ever run.
"""

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from cicte_graph.endpoint.formats import Accepted

__all__ = ["Limits", "Message", "Question", "receive", "receive_soon", "send", "send_soon"]

SIZES = struct.Struct(">QQ")  # bytes of JSON, bytes of content
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may take.

    Args:
        seconds: To be answered in, once it has its turn; and to wait for its turn.
        rows: Of the answer, or triples.
        size: Of the answer, in bytes.
        memory: While it is worked on, in bytes beyond what the graph takes.
    """

    seconds: float = 10.0
    rows: int = 1_000_000
    size: int = 64 * MIB
    memory: int = 512 * MIB


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs it is asked of, and what the answer may be written in."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    accepted: Accepted

    def key(self, version: str) -> str:
        """Name the answer to this question from this version of the graph."""
        return blake2b(repr((version, self)).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Message:
    """JSON, and bytes that it is about."""

    said: Mapping[str, Any]
    content: bytes | bytearray = b""

    def parts(self) -> tuple[bytes, bytes | bytearray]:
        """Write it out, without a copy of the content."""
        head = json.dumps(self.said).encode()
        return SIZES.pack(len(head), len(self.content)) + head, self.content


def send(channel: socket.socket, message: Message) -> None:
    """Send a message and wait."""
    for part in message.parts():
        channel.sendall(part)


def receive(channel: socket.socket) -> Message | None:
    """Wait for a message; nothing at the end."""

    def exactly(size: int) -> bytearray:
        content = bytearray(size)
        view = memoryview(content)
        while view:
            if not (count := channel.recv_into(view)):
                raise EOFError
            view = view[count:]
        return content

    try:
        head, content = SIZES.unpack(exactly(SIZES.size))
        return Message(json.loads(exactly(head)), exactly(content))
    except EOFError:
        return None


async def send_soon(channel: socket.socket, message: Message) -> None:
    """Send a message while others go on."""
    for part in message.parts():
        await asyncio.get_running_loop().sock_sendall(channel, part)


async def receive_soon(channel: socket.socket) -> Message:
    """Wait for a message while others go on.

    Raises:
        EOFError: There will be none.
    """
    loop = asyncio.get_running_loop()

    async def exactly(size: int) -> bytearray:
        content = bytearray(size)
        view = memoryview(content)
        while view:
            if not (count := await loop.sock_recv_into(channel, view)):
                raise EOFError
            view = view[count:]
        return content

    head, content = SIZES.unpack(await exactly(SIZES.size))
    return Message(json.loads(await exactly(head)), await exactly(content))
