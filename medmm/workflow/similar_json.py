"""Similar training cases as JSON types and back: the `similar` block of `medmm.result/1`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from medmm.core.prediction import FindingScore
from medmm.core.quality import InputKind
from medmm.core.similar import SimilarCase, SimilarCases
from medmm.core.words import Words
from medmm.workflow.record_json import JsonValue


def similar_to_json(similar: SimilarCases, findings: Sequence[FindingScore]) -> dict[str, JsonValue]:
    """Give the block; `counts` spares other programs the counting and is not read back."""
    counts: dict[str, JsonValue] = {}
    for finding in findings:
        n_with, n_known = similar.count(finding.name)
        counts[finding.name] = {"with": n_with, "known": n_known}
    inputs: list[JsonValue] = [kind.value for kind in similar.inputs]
    return {
        "searched": similar.n_searched,
        "inputs": inputs,
        "doubt": similar.doubt,
        "counts": counts,
        "cases": [_case(case) for case in similar.cases],
    }


def similar_from_json(item: dict[str, Any]) -> SimilarCases:
    """Read the block back. Raises KeyError, TypeError or ValueError where it is another shape."""
    return SimilarCases(
        cases=tuple(_read_case(case) for case in item["cases"]),
        n_searched=int(item["searched"]),
        inputs=tuple(InputKind(kind) for kind in item["inputs"]),
        doubt=Words("{message}", message=str(item["doubt"])),
    )


def _case(case: SimilarCase) -> JsonValue:
    labels: dict[str, JsonValue] = dict(case.labels)
    return {
        "rank": case.rank,
        "number": case.number,
        "similarity": case.similarity,
        "simulated": case.is_simulated,
        "labels": labels,
    }


def _read_case(item: dict[str, Any]) -> SimilarCase:
    labels = {str(name): bool(label) for name, label in item["labels"].items()}
    numbers = (int(item["rank"]), int(item["number"]), float(item["similarity"]))
    return SimilarCase(*numbers, labels=labels, is_simulated=bool(item["simulated"]))
