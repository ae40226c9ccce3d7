"""A server for a folder that counts what it sends and, where asked, sends it no faster than a bad line would.

In: a folder, a :class:`Line`. Out: files over HTTP/1.1, text packed with gzip as hosts of static sites do, and a list
of all that was sent. Shaping in the browser would miss what workers ask for.
"""

import asyncio
import contextlib
import gzip
import mimetypes
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

PIECE = 2_000
"""Bytes that go at once, so that answers share a line."""

PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
"""Endings of files that hosts pack; Pagefind's own files are packed already."""


@dataclass
class Line:
    """A line to a reader: bytes a second (None: any number) and the seconds before each answer begins."""

    rate: float | None = None
    delay: float = 0.0
    free: float = 0.0

    def through(self, size: int, now: float) -> float:
        """The moment when a piece that is sent at ``now`` has passed, behind all that was sent before."""
        if self.rate is None:
            return now
        self.free = max(self.free, now) + size / self.rate
        return self.free


def slow() -> Line:
    """The slow line of SEARCH.md's goals: 400 kbit/s, 400 ms."""
    return Line(400_000 / 8, 0.4)


@dataclass
class Answer:
    """What was sent for a request so far: bytes with the head."""

    path: str
    sent: int = 0


@dataclass
class Server:
    """A folder being served; ``line`` may be changed between readers."""

    folder: Path
    line: Line = field(default_factory=Line)
    answers: list[Answer] = field(default_factory=list)
    address: str = ""
    _packed: dict[Path, bytes] = field(default_factory=dict)

    def reset(self, line: Line) -> None:
        """Forget what was sent, and go on with another line."""
        self.answers = []
        self.line = line

    def _body(self, path: str) -> tuple[bytes, str, bool] | None:
        file = (self.folder / unquote(path).lstrip("/")).resolve()
        if not file.is_relative_to(self.folder.resolve()) or not file.is_file():
            return None
        kind = "application/wasm" if file.suffix == ".wasm" else mimetypes.guess_type(file.name)[0]
        packed = file.suffix in PACKED
        if packed and file not in self._packed:
            self._packed[file] = gzip.compress(file.read_bytes(), 6, mtime=0)
        return self._packed[file] if packed else file.read_bytes(), kind or "application/octet-stream", packed

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                begin = time.monotonic()
                await self._answer(urlsplit(head.split(b" ", 2)[1].decode("ascii")).path, begin, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the reader has gone, or we go
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _answer(self, path: str, begin: float, writer: asyncio.StreamWriter) -> None:
        line, answer = self.line, Answer(path)
        self.answers.append(answer)
        found = self._body(path)
        body, kind, packed = found or (b"", "text/plain", False)
        head = [f"HTTP/1.1 {'200 OK' if found else '404 Not Found'}", f"Content-Type: {kind}",
                f"Content-Length: {len(body)}", "Cache-Control: no-store"]
        head += ["Content-Encoding: gzip"] if packed else []
        data = "".join(f"{row}\r\n" for row in [*head, ""]).encode() + body
        await asyncio.sleep(max(0.0, begin + line.delay - time.monotonic()))
        for at in range(0, len(data), PIECE):
            piece = data[at : at + PIECE]
            await asyncio.sleep(max(0.0, line.through(len(piece), time.monotonic()) - time.monotonic()))
            answer.sent += len(piece)  # first, for whoever has read the last byte may ask at once
            writer.write(piece)
            await writer.drain()


@contextlib.contextmanager
def serving(folder: Path, line: Line | None = None) -> Iterator[Server]:
    """Serve a folder on a free port of this machine from a thread of its own."""
    server, loop, ready = Server(folder, line or Line()), asyncio.new_event_loop(), threading.Event()

    async def listen() -> asyncio.Server:
        listening = await asyncio.start_server(server._serve, "127.0.0.1", 0)
        server.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
        ready.set()
        return listening

    async def hang_up() -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def work() -> None:
        listening = loop.run_until_complete(listen())
        loop.run_forever()
        listening.close()
        loop.run_until_complete(hang_up())
        loop.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
