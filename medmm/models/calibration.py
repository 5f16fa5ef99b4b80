"""What turns logits into probabilities and decisions: temperatures and thresholds, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from medmm.core.errors import BundleRefused
from medmm.core.words import Words


@dataclass(frozen=True)
class Calibration:
    """One temperature and one threshold per finding; probability = sigmoid(logit / temperature).

    A softmax head has the same temperature T at every finding: probabilities = softmax(log p / T), "none" included.
    is_calibrated False: temperatures mean nothing, thresholds are on sigmoid(logit) and no probability is shown.
    threshold_rule and n_cases say in words where the numbers come from.
    positive_quantiles, negative_quantiles: per finding the class-conditional conformal quantiles of 1 - p(class) among
    calibration cases with and without the finding, at most 1, at level alpha; both empty: no "uncertain" is ever said.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    temperatures: dict[str, float]
    thresholds: dict[str, float]
    threshold_rule: str
    n_cases: int
    is_calibrated: bool = True
    positive_quantiles: dict[str, float] = field(default_factory=dict)
    negative_quantiles: dict[str, float] = field(default_factory=dict)
    alpha: float = 0.1


_ADAPTER = TypeAdapter(Calibration)


def calibration_to_json(calibration: Calibration) -> str:
    """Write a calibration as JSON."""
    return _ADAPTER.dump_json(calibration, indent=2).decode()


def calibration_from_json(text: str | bytes, *, findings: tuple[str, ...], head: str = "sigmoid") -> Calibration:
    """Read a calibration. Raises BundleRefused unless it fits the findings and the head, with positive temperatures."""
    try:
        calibration = _ADAPTER.validate_json(text, strict=True)
    except ValidationError as error:
        raise BundleRefused(
            Words("calibration.json: {error}", error=error.errors()[0]["msg"]), Words("Import the bundle again.")
        ) from error
    if set(calibration.temperatures) != set(findings) or set(calibration.thresholds) != set(findings):
        raise BundleRefused(
            Words("calibration.json does not name the findings of the model"), Words("Import the bundle again.")
        )
    quantiles = (calibration.positive_quantiles, calibration.negative_quantiles)
    if any(quantiles) and any(set(found) != set(findings) for found in quantiles):
        raise BundleRefused(
            Words("calibration.json does not name the findings of the model"), Words("Import the bundle again.")
        )
    bad = [name for found in quantiles for name, value in found.items() if not 0 <= value <= 1]
    bad += [name for name, value in calibration.temperatures.items() if not 0.01 <= value <= 100]
    bad += [name for name, value in calibration.thresholds.items() if not 0 < value < 1]
    if bad:
        raise BundleRefused(
            Words("calibration.json: value out of range for {bad!r}", bad=bad[0]), Words("Import the bundle again.")
        )
    if head == "softmax" and len(set(calibration.temperatures.values())) > 1:
        raise BundleRefused(
            Words("calibration.json: findings that exclude each other have one temperature, not several"),
            Words("Import the bundle again."),
        )
    return calibration
