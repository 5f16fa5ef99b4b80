"""The log of a run: JSON lines that the training screen, TensorBoard and MLflow are fed from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from medmm.training.metadata import finite

LOG = "log.jsonl"


@dataclass(frozen=True)
class EpochRecord:
    """What one epoch came to. auroc: validation, mean over findings, all inputs of the stage, NaN where unknown."""

    stage: int
    epoch: int
    loss: float
    auroc: float
    by_input: Mapping[str, float]
    rate: float
    seconds: float


class RunLog:
    """Lines {"event": "start" | "step" | "epoch" | "member" | "end", ...}; no patient is named in them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def restart(self, start: Mapping[str, Any], records: Sequence[tuple[int, EpochRecord]]) -> None:
        """Begin the log anew with what is known: the finished epochs of every member, as (member, record)."""
        lines = [_line("start", start), *(_line("epoch", {"member": m, **asdict(r)}) for m, r in records)]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_suffix(".new")
        unfinished.write_text("".join(lines), encoding="utf-8")
        os.replace(unfinished, self.path)

    def write(self, event: str, fields: Mapping[str, Any]) -> None:
        """Append one line."""
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(_line(event, fields))


class NoLog(RunLog):
    """The log of a process that does not write."""

    def restart(self, start: Mapping[str, Any], records: Sequence[tuple[int, EpochRecord]]) -> None:
        """Begin nothing."""

    def write(self, event: str, fields: Mapping[str, Any]) -> None:
        """Leave the line out."""


def _line(event: str, fields: Mapping[str, Any]) -> str:
    return json.dumps({"event": event, **finite(dict(fields))}, ensure_ascii=False) + "\n"
