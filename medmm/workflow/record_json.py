"""The record of a run and the comparison of two, as JSON types inside `medmm.result/1`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from medmm.core.comparison import Comparison, FindingDelta
from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.quality import InputKind
from medmm.core.run_record import Parameter, RunRecord, Step, TensorFacts
from medmm.core.words import Words

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]
# What json gives; every field is taken by name.
Parsed = dict[str, Any]


def record_to_json(record: RunRecord) -> JsonValue:
    """Write a record: every step with its parameters, every tensor with its hash."""
    return {
        "scored_at": record.scored_at,
        "software": dict(record.software),
        "machine": dict(record.machine),
        "settings": dict(record.settings),
        "random": record.random,
        "steps": {kind.value: [_step(step) for step in steps] for kind, steps in record.steps.items()},
        "tensors": {kind.value: _tensor(facts) for kind, facts in record.tensors.items()},
    }


def record_from_json(item: Parsed) -> RunRecord:
    """Read a record back; the words of its steps are not kept.

    Raises KeyError, TypeError or ValueError when it is malformed.
    """
    return RunRecord(
        scored_at=str(item["scored_at"]),
        software=_texts(item["software"]),
        machine=_texts(item["machine"]),
        settings=_texts(item["settings"]),
        steps={InputKind(kind): tuple(_read_step(step) for step in steps) for kind, steps in item["steps"].items()},
        tensors={InputKind(kind): _read_tensor(facts) for kind, facts in item["tensors"].items()},
        random=str(item["random"]),
    )


def comparison_to_json(comparison: Comparison) -> JsonValue:
    """Write what another scoring gave, beside the result that it is compared with; differences are second minus first.

    second_sha256 is that of the second bundle, which may be the same.
    """
    second = comparison.second
    return {
        "verdict": comparison.verdict,
        "tolerance_logits": comparison.tolerance,
        "largest_logits": comparison.largest_logit,
        "largest_shown": comparison.largest_shown,
        "first": _about(comparison.first),
        "second": _about(second),
        "findings": [_delta(delta) for delta in comparison.deltas],
        "differences": [asdict(difference) for difference in comparison.differences],
    }


def _about(result: CaseResult) -> JsonValue:
    model = result.model
    return {
        "name": model.name,
        "version": model.version,
        "sha256": model.sha256,
        "is_calibrated": model.is_calibrated,
        "scored_at": result.record.scored_at if result.record is not None else None,
        "inputs_used": [kind.value for kind, use in result.inputs_used.items() if use.used],
    }


def _delta(delta: FindingDelta) -> JsonValue:
    return {
        "name": delta.name,
        "first": _answer(delta.first),
        "second": _answer(delta.second),
        "logit_change": delta.logit,
        "shown_change": delta.shown,
        "decision_changed": delta.is_flipped,
        "is_large": delta.is_large,
    }


def _answer(finding: FindingScore | None) -> JsonValue:
    if finding is None:
        return None
    return {
        "logit": finding.logit,
        "score": finding.score,
        "probability": finding.probability,
        "decision": finding.decision,
    }


def _step(step: Step) -> JsonValue:
    return {"step": step.code, "parameters": {name: _plain(value) for name, value in step.parameters.items()}}


def _plain(value: Parameter) -> JsonValue:
    return list(value) if isinstance(value, tuple) else value


def _tensor(facts: TensorFacts) -> JsonValue:
    return {**asdict(facts), "shape": list(facts.shape)}


def _texts(item: Parsed) -> dict[str, str]:
    return {str(name): str(value) for name, value in item.items()}


def _read_step(item: Parsed) -> Step:
    parameters = {
        str(name): tuple(value) if isinstance(value, list) else value for name, value in item["parameters"].items()
    }
    return Step(str(item["step"]), Words("{step}", step=item["step"]), parameters)


def _read_tensor(item: Parsed) -> TensorFacts:
    return TensorFacts(
        shape=tuple(int(length) for length in item["shape"]),
        dtype=str(item["dtype"]),
        low=float(item["low"]),
        high=float(item["high"]),
        mean=float(item["mean"]),
        sha256=str(item["sha256"]),
    )
