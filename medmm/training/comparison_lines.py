"""The lines of a comparison, kept on disk as they are found: a run that was killed does not compute them again."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from medmm.core.quality import InputKind
from medmm.training.bootstrap import NAN, Estimate
from medmm.training.metadata import finite

Group = Literal["encoder alone", "fusion", "classifier"]


@dataclass(frozen=True)
class ComparisonRow:
    """One line of the table; encoders by input; method: its own head, a fusion or a classifier.

    auroc: mean over findings on the test cases; by_finding: in their order, NaN where a class is missing;
    seconds: of a processor, to fit and to score, the encoders not counted.
    """

    encoders: Mapping[InputKind, str]
    group: Group
    method: str
    auroc: Estimate
    by_finding: tuple[float, ...]
    seconds: float

    @property
    def key(self) -> str:
        """Name the line among those of one comparison."""
        return line_key(self.encoders, self.method)


def line_key(encoders: Mapping[InputKind, str], method: str) -> str:
    """Name a line before it is computed."""
    return f"{method}: " + ", ".join(encoders[kind] for kind in sorted(encoders))


class KeptLines:
    """Lines in a file of JSON lines; one that a kill has torn is cut off and computed again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, ComparisonRow] = {}
        if not path.is_file():
            return
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            os.truncate(path, len(whole))
        self._found = {row.key: row for row in map(_read, whole.decode("utf-8").splitlines())}

    def __contains__(self, key: str) -> bool:
        return key in self._found

    def add(self, row: ComparisonRow) -> None:
        """Keep a line."""
        content = {
            "encoders": {kind.value: name for kind, name in row.encoders.items()},
            "group": row.group,
            "method": row.method,
            "auroc": asdict(row.auroc),
            "by_finding": row.by_finding,
            "seconds": round(row.seconds, 3),
        }
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(finite(content)) + "\n")
        self._found[row.key] = row

    def ranked(self, keys: Iterable[str]) -> tuple[ComparisonRow, ...]:
        """Give the lines with these keys, the best first; one without a figure last."""
        lines = [self._found[key] for key in keys]
        return tuple(sorted(lines, key=lambda row: math.inf if math.isnan(row.auroc.value) else -row.auroc.value))


def _read(line: str) -> ComparisonRow:
    content: dict[str, Any] = json.loads(line)
    area = {name: _number(value) for name, value in content["auroc"].items()}
    return ComparisonRow(
        {InputKind(kind): name for kind, name in content["encoders"].items()},
        content["group"],
        content["method"],
        Estimate(**area),
        tuple(_number(value) for value in content["by_finding"]),
        content["seconds"],
    )


def _number(value: float | None) -> float:
    return NAN if value is None else value
