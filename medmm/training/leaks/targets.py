"""Rows in a part where they have no business: another model's scores as truth, unknown parts, doubled rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from medmm.training.leaks.values import PARTS, Leak, Material, leak, place


def check_targets(material: Material) -> Iterator[Leak]:
    """Find soft targets outside the training part, labels between 0 and 1 that are not called soft, and odd parts."""
    soft = [place(row) for row in material.rows if row.is_soft and row.part != "train"]
    if soft:
        yield leak("soft_target_evaluated", f"{len(soft)} rows outside training have another model's scores", soft)
    unnamed = [place(row) for row in material.rows if not row.is_soft and any(0 < value < 1 for value in row.labels)]
    if unnamed:
        yield leak(
            "soft_target_unnamed", f"{len(unnamed)} rows have labels between 0 and 1 as if they were truth", unnamed
        )
    unknown = [place(row) for row in material.rows if row.part not in PARTS]
    if unknown:
        yield leak("unknown_part", f"{len(unknown)} rows belong to no known part of the split", unknown)
    times = Counter((row.domain, row.path) for row in material.rows)
    doubled = [f"{domain}/{path.name}: {n} times" for (domain, path), n in times.items() if n > 1]
    if doubled:
        yield leak("row_doubled", f"{len(doubled)} rows are there more than once", doubled)
