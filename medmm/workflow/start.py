"""What every process does first: no calls home, and a log without patient data."""

from __future__ import annotations

import os
from pathlib import Path

from medmm.storage.logs import start_logging
from medmm.storage.paths import home

# Libraries of the field call home by default; nothing here may, unless a command names a peer.
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    "TOKENIZERS_PARALLELISM": "false",
}
CACHES = {"MPLCONFIGDIR": "matplotlib", "TORCHINDUCTOR_CACHE_DIR": "torchinductor"}


def go_offline() -> None:
    """Tell the libraries to stay off the network, unless the user has set them otherwise."""
    for name, value in OFFLINE.items():
        os.environ.setdefault(name, value)


def keep_caches_at_home() -> None:
    """Tell the libraries to keep their caches in MEDMM_HOME instead of the user's home and temporary folders."""
    for name, folder in CACHES.items():
        os.environ.setdefault(name, str(home() / "cache" / folder))


def start_process(*, is_verbose: bool = False) -> Path:
    """Go offline, keep the caches at home and start logging; gives the log file's path."""
    go_offline()
    keep_caches_at_home()
    return start_logging(is_verbose=is_verbose)
