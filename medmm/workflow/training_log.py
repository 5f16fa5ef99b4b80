"""What a training run writes about itself, read while it goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

LOG = "log.jsonl"
METADATA = "configs/metadata.json"


@dataclass(frozen=True)
class EpochPoint:
    """One finished epoch.

    member: -1 for the base that all members begin with;
    auroc: validation, mean over findings; None where it could not be computed.
    """

    member: int
    loss: float
    auroc: float | None


@dataclass(frozen=True)
class FindingResult:
    """A row of the figures' table; low and high: the 95 % interval, None where there is none."""

    domain: str
    name: str
    n: int
    positives: int
    auroc: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class TrainingProgress:
    """How far a run is.

    part: of the epoch under way, 0..1; n_epochs: of all members, at most; bundle: its folder, once it is written.
    """

    name: str = ""
    device: str = ""
    n_epochs: int = 0
    points: tuple[EpochPoint, ...] = ()
    part: float = 0.0
    loss: float | None = None
    left_s: float | None = None
    bundle: str = ""
    figures: tuple[FindingResult, ...] = ()

    @property
    def done(self) -> float:
        """Give the finished share of all epochs, 0..1."""
        return min(1.0, (len(self.points) + self.part) / self.n_epochs) if self.n_epochs else 0.0


class LogReader:
    """Reads what was appended since the last look; a log that was begun anew is read anew."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / LOG
        self._offset = 0
        self._stale = _stamp(self._path)
        self.progress = TrainingProgress()

    def read(self) -> TrainingProgress:
        """Give the state of the run; a log of an earlier call does not count until it is begun anew."""
        stamp = _stamp(self._path)
        if stamp is None or stamp == self._stale:
            return self.progress
        if self._stale is not None or stamp[1] < self._offset:
            self._stale, self._offset, self.progress = None, 0, TrainingProgress()
        with self._path.open("rb") as stream:
            stream.seek(self._offset)
            # The last line may be half written; it is read again at the next look.
            whole, _, _ = stream.read().rpartition(b"\n")
        self._offset += len(whole) + 1 if whole else 0
        for line in whole.splitlines():
            self.progress = _after(self.progress, json.loads(line), self._folder)
        return self.progress


def _stamp(path: Path) -> tuple[int, int] | None:
    if not path.is_file():
        return None
    facts = path.stat()
    return facts.st_mtime_ns, facts.st_size


def _after(progress: TrainingProgress, line: Mapping[str, Any], folder: Path) -> TrainingProgress:
    event = line["event"]
    if event == "start":
        n_epochs = sum(line.get("base_epochs", ())) + sum(line["epochs"]) * line["members"]
        return TrainingProgress(name=line["name"], device=line["device"], n_epochs=n_epochs)
    if event == "epoch":
        point = EpochPoint(line["member"], line["loss"], line["auroc"])
        return replace(progress, points=(*progress.points, point), part=0.0, loss=line["loss"])
    if event == "step":
        part = line["done"] / line["total"]
        return replace(progress, part=part, loss=line["loss"], left_s=line["left_s"])
    if event == "end":
        figures = read_figures(folder / line["bundle"])
        return replace(progress, bundle=str(folder / line["bundle"]), figures=figures, part=0.0, left_s=0.0)
    return progress


def read_figures(bundle: Path) -> tuple[FindingResult, ...]:
    """Read the figures per finding of every domain that a bundle was measured on."""
    metadata = json.loads((bundle / METADATA).read_text(encoding="utf-8"))
    return tuple(
        FindingResult(
            domain["domain"],
            finding["name"],
            finding["n"],
            finding["positives"],
            finding["auroc"]["value"],
            finding["auroc"]["low"],
            finding["auroc"]["high"],
        )
        for domain in metadata["medmm"]["metrics"]
        for finding in domain["findings"]
    )
