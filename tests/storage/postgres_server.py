"""A PostgreSQL server of the tests' own: a new cluster in a temporary folder, reached through a socket in it."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USER = "medmm"


def find_program(name: str) -> str | None:
    """Find a program of PostgreSQL; Debian keeps them out of PATH."""
    found = shutil.which(name)
    return found or next(iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None)


def can_serve() -> bool:
    return os.name == "posix" and all(find_program(name) for name in ("initdb", "pg_ctl"))


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server and give the address of its database; names sort by an English dictionary there."""
    # Not in pytest's folder, which no other user may enter; a socket's path is short besides.
    folder = Path(tempfile.mkdtemp(prefix="medmm-pg-"))
    owner = _unprivileged(folder)
    data = str(folder / "data")
    sort = ("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en")
    _run("initdb", "-D", data, "-U", USER, "-A", "trust", "--no-sync", *sort, **owner)
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    _run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start", **owner)
    try:
        yield f"postgresql://{USER}@/postgres?host={folder}"
    finally:
        _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop", **owner)
        shutil.rmtree(folder)


def _unprivileged(folder: Path) -> dict[str, Any]:
    # The server refuses to run as root.
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": folder}


def _run(name: str, *words: str, **owner: Any) -> None:
    program = find_program(name)
    assert program is not None
    done = subprocess.run([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **owner)
    assert done.returncode == 0, done.stderr.decode()
