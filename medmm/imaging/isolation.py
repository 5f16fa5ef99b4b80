"""Decode in a child process that can be killed: native codecs must not take the caller down or hang it."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from medmm.core.errors import Cancelled, MedMMError, UnreadableFile, UnsupportedImage
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.imaging.child_limits import be_silent, keep_freed_memory, limit_cpu, limit_memory
from medmm.imaging.dicom import read_instance
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.limits import START_LIMIT_S, TIME_LIMIT_S

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

Instance = tuple[InstanceFacts, NDArray[Any]]
POLL_S = 0.1
# A fork server imports pydicom once and gives children in milliseconds; where there is none, each child imports it.
HAS_FORK_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
PRELOADED = ["medmm.imaging.pixel_request", "pydicom.pixels.decoders", "PIL.Image"]


class ChildDied(UnreadableFile):
    """The child ended while it worked: by the file that it read, or by whoever kills processes when memory is short."""


class ChildNotStarted(UnreadableFile):
    """The child did not come up; nothing is known of the file."""


def warm_up(preload: Sequence[str] = ()) -> None:
    """Have children start quickly from now on, where the system can; takes milliseconds itself.

    preload: modules that children will want beside the decoders'; they count until the fork server ends.
    """
    if HAS_FORK_SERVER and not is_daemon():
        from multiprocessing import forkserver, resource_tracker

        resource_tracker.ensure_running()  # the server would start it, and it unblocks the signal
        forkserver.set_forkserver_preload([*PRELOADED, *preload])
        # Ctrl+C reaches every process of the terminal, also while the server still imports: it inherits the mask.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context(preload: Sequence[str]) -> ForkServerContext | SpawnContext:
    if not HAS_FORK_SERVER:
        return multiprocessing.get_context("spawn")
    warm_up(preload)
    return multiprocessing.get_context("forkserver")


def is_daemon() -> bool:
    """Tell whether this process may have no children; it is then itself one that can be killed."""
    return multiprocessing.current_process().daemon


class DecoderProcess:
    """One child for the files of one series; started at the first file, restarted after it had to be killed.

    work: what the child does with a request, a function of a module; by default it reads an instance; preload: modules
    that it wants, see `warm_up`.
    """

    def __init__(
        self,
        *,
        time_limit_s: float = TIME_LIMIT_S,
        start_limit_s: float = START_LIMIT_S,
        cancel: CancelToken | None = None,
        work: Callable[[Any], Any] = read_instance,
        preload: Sequence[str] = (),
    ) -> None:
        self._time_limit_s = time_limit_s
        self._start_limit_s = start_limit_s
        self._preload = preload
        self._work = work
        self._cancel = cancel or CancelToken()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._is_ready = False
        self._deadline = 0.0
        self._path = Path()

    def __enter__(self) -> DecoderProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path) -> Instance:
        """Read one file in the child.

        Raises what `read_instance` raises, and UnreadableFile when the child dies or takes too long.
        """
        instance: Instance = self.ask(path, path)
        return instance

    def ask(self, request: object, path: Path) -> Any:
        """Have the child work on a request about a file.

        Raises what the work raises, UnreadableFile when the child takes too long, ChildDied and ChildNotStarted.
        """
        if is_daemon():
            return self._work(request)
        self.send(request, path)
        return self.receive()

    def launch(self) -> None:
        """Begin to start the child, without waiting for it."""
        context = _context(self._preload)
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._time_limit_s, self._work), daemon=True)
        self._connection = ours
        self._is_ready = False
        self._process.start()
        theirs.close()

    def send(self, request: object, path: Path) -> None:
        """Give the child a request about a file; the answer to the one before must have been received.

        Raises UnreadableFile when the child cannot be started or has died.
        """
        if self._connection is None:
            self.launch()
        if not self._is_ready:
            self._await_start(path)
        assert self._connection is not None, "launched above"
        self._path = path
        self._deadline = time.monotonic() + self._time_limit_s
        try:
            self._connection.send((request, path.name))
        except OSError as error:
            raise self._death(path) from error

    @property
    def connection(self) -> Connection | None:
        """Give what becomes readable when there is an answer, None while there is no child."""
        return self._connection

    @property
    def is_late(self) -> bool:
        """Tell whether the time for the answer is over."""
        return time.monotonic() > self._deadline

    def receive(self) -> Any:
        """Wait for the answer to what was sent.

        Raises what the work raised, and UnreadableFile when the child dies or takes too long.
        """
        assert self._connection is not None, "something was sent"
        answer = self._wait(self._connection, self._path, self._deadline - time.monotonic())
        if isinstance(answer, MedMMError):
            raise answer
        return answer

    def close(self) -> None:
        """End the child at once."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _await_start(self, path: Path) -> None:
        assert self._connection is not None, "launched before"
        try:
            self._wait(self._connection, path, self._start_limit_s)
        except UnreadableFile as error:
            raise ChildNotStarted(
                Words("{name!r} was not decoded: the decoder's own process did not start", name=path.name),
                Words(
                    "Nothing is known to be wrong with the file. Start MedMM again; "
                    "`medmm doctor` names what is missing."
                ),
                path,
            ) from error
        self._is_ready = True

    def _wait(self, connection: Connection, path: Path, limit_s: float) -> Any:
        deadline = time.monotonic() + limit_s
        try:
            while not connection.poll(POLL_S):
                self._cancel.raise_if_set()
                if time.monotonic() > deadline:
                    raise UnreadableFile(
                        Words(
                            "{name!r} could not be decoded within {limit_s:g} s",
                            name=path.name,
                            limit_s=self._time_limit_s,
                        ),
                        Words("It is damaged or far too large; copy it again or export it uncompressed."),
                        path,
                    )
            return connection.recv()
        except (EOFError, OSError) as error:
            raise self._death(path) from error
        except (UnreadableFile, Cancelled):
            self.close()
            raise

    def _death(self, path: Path) -> ChildDied:
        words = self._last_words()
        self.close()
        self._cancel.raise_if_set()  # whoever stops the work may also have stopped the child: no file's fault
        return ChildDied(
            Words("{name!r} stopped the decoder ({words})", name=path.name, words=words),
            Words("It is damaged; copy it again from its source."),
            path,
        )

    def _last_words(self) -> Words:
        if self._process is None:
            return Words("no process")
        self._process.join(1)
        code = self._process.exitcode
        if code is not None and code < 0:
            return Words("signal {number}", number=-code)
        return Words("exit code {code}", code=code)


def _serve(connection: Connection, time_limit_s: float, work: Callable[[Any], Any]) -> None:
    # Ctrl+C reaches every process of the terminal; only the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    be_silent()
    keep_freed_memory()
    limit_memory()
    connection.send("ready")
    with contextlib.suppress(EOFError, OSError):
        while True:
            request, name = connection.recv()
            limit_cpu(time_limit_s)
            connection.send(_attempt(work, request, name))


def _attempt(work: Callable[[Any], Any], request: object, name: str) -> Any:
    try:
        return work(request)
    except MedMMError as error:
        return error
    except MemoryError:
        return UnsupportedImage(
            Words("{name!r} needs more memory than a decoder may take", name=name),
            Words("Export fewer frames or a smaller matrix."),
        )
