"""Ray: reached at an address, or started on this machine alone and for this batch alone."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from medmm.core.cores import n_cores
from medmm.core.errors import ExchangeError
from medmm.core.words import Words
from medmm.storage.work_folder import work_folder

log = logging.getLogger(__name__)
# Names of cases and of parts are all that lies in the object store.
OBJECT_STORE_BYTES = 256 << 20
ANSWERS_WITHIN_S = 10.0
# "session_", date, time and process, then its longest socket; Linux takes 107 bytes in all, macOS 103.
SESSION_LENGTH, LONGEST_SOCKET = 72, 103
LINK = "medmm-"
# Read when ray is imported. A local Ray answers on the loopback alone, and only to whoever knows the token; its workers
# are no less in a hurry than those of a batch without it.
LOCAL = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token", "RAY_worker_niceness": "0"}
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}


@dataclass(frozen=True)
class Machines:
    """What the machines have together. n_cpus_at_most: of the largest one."""

    n_nodes: int
    n_cpus: int
    n_gpus: int
    n_cpus_at_most: int


@contextmanager
def ray_session(address: str, *, n_cpus: int = 0) -> Iterator[None]:
    """Use Ray for as long as the block lasts.

    address: of a cluster's head as HOST:PORT, "" to start Ray on this machine; n_cpus: that it is told to have then.
    What Ray says on the way goes to its log. Raises ExchangeError when Ray is not installed or cannot be reached.
    """
    if find_spec("ray") is None or find_spec("pandas") is None:
        raise ExchangeError(
            Words("--engine ray needs Ray, which is not installed here"),
            Words("pip install 'medmm[cluster]', on every machine."),
        )
    if address:
        _require_head(address)
    _set(QUIET)
    with contextlib.ExitStack() as stack:
        options: dict[str, Any] = {"address": address} if address else stack.enter_context(_local_options(n_cpus))
        stack.enter_context(contextlib.redirect_stdout(_Unheard()))
        _connect(options)
        try:
            _hush()
            yield
        finally:
            _disconnect()


def _require_head(address: str) -> None:
    # Ray itself would try for minutes.
    host, _, port = address.rpartition(":")
    try:
        if not host or not port.isdecimal():
            raise OSError("it is not of the form HOST:PORT")
        socket.create_connection((host, int(port)), timeout=ANSWERS_WITHIN_S).close()
    except OSError as error:
        raise _unreachable(address, error.strerror or str(error)) from error


def machines() -> Machines:
    """Count what the machines of the session have now."""
    import ray

    alive = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    cpus = [int(node.get("CPU", 0)) for node in alive]
    return Machines(len(alive), sum(cpus), int(sum(node.get("GPU", 0) for node in alive)), max(cpus, default=0))


def _connect(options: dict[str, Any]) -> None:
    import ray

    try:
        with _silent():
            ray.init(log_to_driver=False, logging_level=logging.ERROR, **options)
    except (ray.exceptions.RayError, ConnectionError, OSError, RuntimeError, ValueError) as error:
        # Ray's own words go into the log only as far as they name no more than kinds: see QuietFormatter.
        log.warning("Ray cannot be used", exc_info=error)
        raise _unreachable(options.get("address") or socket.gethostname(), _first_line(error)) from error


def _unreachable(address: str, reason: str) -> ExchangeError:
    return ExchangeError(
        Words("Ray cannot be used on {address}: {reason}", address=address, reason=reason),
        Words("Run this on a machine of the cluster; `ray status` there tells whether its head answers."),
    )


def _disconnect() -> None:
    import ray

    ray.shutdown()


@contextmanager
def _local_options(n_cpus: int) -> Iterator[dict[str, Any]]:
    _set(LOCAL)
    # Ray would keep a token of its own in the user's home.
    _set({"RAY_AUTH_TOKEN": secrets.token_hex(32)})
    with work_folder("ray-") as place, _short(place) as folder:
        yield {
            "num_cpus": n_cpus or n_cores(),
            "include_dashboard": False,
            "object_store_memory": OBJECT_STORE_BYTES,
            "_temp_dir": str(folder),
            "_node_ip_address": "127.0.0.1",
        }


@contextmanager
def _short(place: Path) -> Iterator[Path]:
    # The path of a socket is short by law: where MEDMM_HOME lies deep, Ray gets there by a link.
    if len(os.fsencode(place)) + SESSION_LENGTH <= LONGEST_SOCKET:
        yield place
        return
    temporary = Path(tempfile.gettempdir())
    for left in temporary.glob(f"{LINK}*"):  # of a killed process, to a folder that was swept
        if left.is_symlink() and not left.exists() and left.readlink().parent == place.parent:
            left.unlink(missing_ok=True)
    link = temporary / f"{LINK}{secrets.token_hex(4)}"
    link.symlink_to(place, target_is_directory=True)
    try:
        yield link
    finally:
        link.unlink(missing_ok=True)


@contextmanager
def _silent() -> Iterator[None]:
    # Ray's core writes past Python, one line to say that it was told to be quiet.
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _set(variables: dict[str, str]) -> None:
    for name, value in variables.items():
        os.environ.setdefault(name, value)


def _hush() -> None:
    """Leave the terminal to MedMM: what Ray Data has to say stays in the file of its session."""
    import ray.data

    told = logging.getLogger("ray.data")
    for handler in [handler for handler in told.handlers if type(handler).__name__ == "PlainRayHandler"]:
        told.removeHandler(handler)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    # A group whose workers died too often is left out, and tried again case by case.
    context.max_errored_blocks = -1
    # A machine may be lost while it loads the model.
    context.max_consecutive_actor_init_deaths = 3
    # What an actor holds is known; asking each second costs it more than a case.
    context.memory_usage_poll_interval_s = None
    # Machines may be away for hours; the batch waits for them, and Ctrl+C ends it.
    context.execution_no_progress_timeout_s = -1


def _first_line(error: BaseException) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)[:200]


class _Unheard:
    """Takes what Ray prints of dying workers; the batch says in its own words what became of their cases."""

    def write(self, text: str) -> int:
        """Keep a line for the log."""
        if text.strip():
            log.debug("ray: %s", text.strip())
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """No terminal."""
        return False
