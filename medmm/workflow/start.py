"""What every process does first: no calls home, and a log without patient data."""

from __future__ import annotations

import os
from pathlib import Path

from medmm.storage.logs import start_logging

# Libraries of the field call home by default; nothing here may, unless a command names a peer.
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    "TOKENIZERS_PARALLELISM": "false",
}


def go_offline() -> None:
    """Tell the libraries to stay off the network, unless the user has set them otherwise."""
    for name, value in OFFLINE.items():
        os.environ.setdefault(name, value)


def start_process(*, is_verbose: bool = False) -> Path:
    """Go offline and start logging; gives the log file's path."""
    go_offline()
    return start_logging(is_verbose=is_verbose)
