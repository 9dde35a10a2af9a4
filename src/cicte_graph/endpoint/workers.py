"""The server's side of its workers: have them made, ask them, slow them down, end them.

Knows one worker at a time; who is asked what and when is decided in `cicte_graph.endpoint.pool`.
"""

import asyncio
import contextlib
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import asdict

from cicte_graph.endpoint.lane import busy
from cicte_graph.endpoint.messages import Limits, Message, Question, receive_soon, send_soon
from cicte_graph.endpoint.nursery import NUMBER
from cicte_graph.errors import EngineError, RequestError

__all__ = ["CrashedError", "LostError", "Nursery", "Worker"]

LOWEST = 19  # priority: takes what time is left over
ENDING = 5.0  # seconds for a nursery to end its workers and itself


class LostError(Exception):
    """A process has ended."""


class CrashedError(Exception):
    """A question has ended the process that worked on it."""

    def __init__(self, by: int) -> None:
        super().__init__(signal.strsignal(by))
        self.by = by  # the signal


class Nursery:
    """A graph in a process of its own, from which workers are made."""

    def __init__(self, content: bytes, version: str, limits: Limits) -> None:
        self.content = content
        self.version = version
        self.graphs: list[str] = []
        self.unused = asyncio.Event()
        self.unused.set()
        self._limits = limits
        self._workers = 0
        self._turn = asyncio.Lock()
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        command = [sys.executable, "-P", "-m", "cicte_graph.endpoint.nursery", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # what is typed at the server's terminal is the server's
            )

    @classmethod
    async def start(cls, content: bytes, version: str, limits: Limits) -> "Nursery":
        """Start the process, and wait until it has read the graph.

        Raises:
            EngineError: It cannot be read.
        """
        nursery = cls(content, version, limits)
        try:
            await send_soon(nursery._control, Message(asdict(limits), content))
            nursery.graphs = list((await receive_soon(nursery._control)).said["graphs"])
        except BaseException as error:
            await nursery.close()
            if isinstance(error, EOFError | OSError):
                raise EngineError(
                    "the endpoint cannot read the graph. Its process says why on standard error."
                ) from error
            raise
        return nursery

    async def worker(self) -> "Worker":
        """Have a worker made; not to be cancelled.

        Raises:
            LostError: The process is gone.
            RequestError: 503, the system has no place for one more process.
        """
        try:
            ours, theirs = socket.socketpair()
        except OSError:
            raise busy(1) from None
        with theirs:
            ours.setblocking(False)
            number = await self._say(NUMBER.pack(0), theirs)
        if number <= 0:
            ours.close()
            raise busy(1)
        self._workers += 1
        self.unused.clear()
        return Worker(self, number, ours)

    async def end(self, worker: "Worker", *, by_itself: bool) -> int:
        """End a worker, or tell the signal by which it ended; not to be cancelled.

        Raises:
            LostError: The process is gone, and its workers with it.
        """
        worker.channel.close()
        self._workers -= 1
        if not self._workers:
            self.unused.set()
        return await self._say(NUMBER.pack(-worker.number if by_itself else worker.number))

    async def close(self) -> None:
        """End the process and its workers."""
        await asyncio.sleep(0)  # who was waiting for the socket lets go of it
        async with self._turn:
            self._control.close()
        try:
            await asyncio.to_thread(self._process.wait, ENDING)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    async def _say(self, said: bytes, passed: socket.socket | None = None) -> int:
        async with self._turn:
            try:
                socket.send_fds(self._control, [said], [passed.fileno()] if passed else [])
                answer = await asyncio.get_running_loop().sock_recv(self._control, NUMBER.size)
                [number] = NUMBER.unpack(answer)
            except (OSError, struct.error) as error:
                raise LostError from error
        return int(number)


class Worker:
    """A process that answers one question at a time."""

    def __init__(self, nursery: Nursery, number: int, channel: socket.socket) -> None:
        self.nursery = nursery
        self.number = number
        self.channel = channel
        self.fresh = True  # it has not stepped back
        self.ending: asyncio.Task[int] | None = None
        self._roomy = False
        self._thread = 0
        self._before = 0.0  # seconds of a processor, used to begin and for earlier questions

    async def ask(self, question: Question) -> Message:
        """Ask it and wait.

        Raises:
            RequestError: The question has no answer.
            LostError: The process has ended.
        """
        try:
            if not self._thread:
                self._thread = int((await receive_soon(self.channel)).said["thread"])
                self._set()
            self._before += self.used()
            await send_soon(self.channel, Message(asdict(question)))
            answer = await receive_soon(self.channel)
        except (EOFError, OSError) as error:
            raise LostError from error
        if bug := answer.said.get("bug"):
            sys.stderr.write(bug)
        if status := answer.said.get("status"):
            raise RequestError(status, answer.said["message"])
        return answer

    def lives(self) -> bool:
        """Tell whether it waits for a question; one that waits has nothing to say."""
        try:
            return bool(self.channel.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def used(self) -> float:
        """Tell how many seconds of a processor the question has used."""
        with contextlib.suppress(OSError):  # it has ended
            return time.clock_gettime(~self.number << 3 | 2) - self._before  # man 3 clock_getcpuclockid
        return 0.0

    def step_back(self) -> None:
        """Let others go before it from now on; it cannot be undone."""
        self.fresh = False
        self._set()

    def give_room(self) -> None:
        """Let it have all the memory that a question may take."""
        self._roomy = True
        self._set()

    def _set(self) -> None:
        """Set what the process is allowed, once it has set its own limits and said so."""
        with contextlib.suppress(ProcessLookupError):
            if self._thread and not self.fresh:
                os.setpriority(os.PRIO_PROCESS, self._thread, LOWEST)
            if self._thread and self._roomy:
                _, most = resource.prlimit(self.number, resource.RLIMIT_AS)
                resource.prlimit(self.number, resource.RLIMIT_AS, (most, most))
