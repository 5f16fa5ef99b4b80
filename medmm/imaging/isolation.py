"""Decode in a child process that can be killed: native codecs must not take the caller down or hang it."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any

from numpy.typing import NDArray

from medmm.core.errors import Cancelled, MedMMError, UnreadableFile, UnsupportedImage
from medmm.core.progress import CancelToken
from medmm.imaging.dicom import read_instance
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.limits import DECODER_MEMORY_BYTES, START_LIMIT_S, TIME_LIMIT_S

Instance = tuple[InstanceFacts, NDArray[Any]]
POLL_S = 0.1


class DecoderProcess:
    """One child for the files of one series; started at the first file, restarted after it had to be killed.

    work: what the child does with a request, a function of a module; by default it reads an instance.
    """

    def __init__(
        self,
        *,
        time_limit_s: float = TIME_LIMIT_S,
        cancel: CancelToken | None = None,
        work: Callable[[Any], Any] = read_instance,
    ) -> None:
        self._time_limit_s = time_limit_s
        self._work = work
        self._cancel = cancel or CancelToken()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

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

        Raises what the work raises, and UnreadableFile when the child dies or takes too long.
        """
        if multiprocessing.current_process().daemon:
            # Daemons may have no children; they are themselves children that can be killed.
            return self._work(request)
        connection = self._connection or self._start(path)
        connection.send((request, path.name))
        answer = self._wait(connection, path, self._time_limit_s)
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

    def _start(self, path: Path) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._time_limit_s, self._work), daemon=True)
        self._connection = ours
        self._process.start()
        theirs.close()
        try:
            self._wait(ours, path, START_LIMIT_S)
        except UnreadableFile as error:
            raise UnreadableFile(
                f"{path.name!r} was not decoded: the decoder's own process did not start",
                "Nothing is known to be wrong with the file. Start MedMM again; `medmm doctor` names what is missing.",
                path,
            ) from error
        return ours

    def _wait(self, connection: Connection, path: Path, limit_s: float) -> Any:
        deadline = time.monotonic() + limit_s
        try:
            while not connection.poll(POLL_S):
                self._cancel.raise_if_set()
                if time.monotonic() > deadline:
                    raise UnreadableFile(
                        f"{path.name!r} could not be decoded within {limit_s:g} s",
                        "It is damaged or far too large; copy it again or export it uncompressed.",
                        path,
                    )
            return connection.recv()
        except (EOFError, OSError) as error:
            words = self._last_words()
            self.close()
            self._cancel.raise_if_set()  # whoever stops the work may also have stopped the child: no file's fault
            raise UnreadableFile(
                f"{path.name!r} stopped the decoder ({words})", "It is damaged; copy it again from its source.", path
            ) from error
        except (UnreadableFile, Cancelled):
            self.close()
            raise

    def _last_words(self) -> str:
        if self._process is None:
            return "no process"
        self._process.join(1)
        code = self._process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _serve(connection: Connection, time_limit_s: float, work: Callable[[Any], Any]) -> None:
    # Ctrl+C reaches every process of the terminal; only the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    connection.send("ready")
    with contextlib.suppress(EOFError, OSError):
        while True:
            request, name = connection.recv()
            _limit_cpu(time_limit_s)
            connection.send(_attempt(work, request, name))


def _attempt(work: Callable[[Any], Any], request: object, name: str) -> Any:
    try:
        return work(request)
    except MedMMError as error:
        return error
    except MemoryError:
        return UnsupportedImage(
            f"{name!r} needs more memory than a decoder may take", "Export fewer frames or a smaller matrix."
        )


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: only the time limit holds
        return
    for kind, limit in ((resource.RLIMIT_AS, DECODER_MEMORY_BYTES), (resource.RLIMIT_CORE, 0)):
        # macOS refuses RLIMIT_AS.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


def _limit_cpu(time_limit_s: float) -> None:
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(ValueError, OSError):
        spent = int(used.ru_utime + used.ru_stime + 2 * time_limit_s) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent, resource.getrlimit(resource.RLIMIT_CPU)[1]))
