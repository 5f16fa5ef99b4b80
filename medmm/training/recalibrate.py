"""Recalibrate a bundle on labelled cases: read, score, fit, measure, write another bundle; the first one stays."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import InvalidRecord
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.bundle import load_bundle
from medmm.models.bundle_facts import Bundle, load_bundle_tokenizer
from medmm.models.calibration import Calibration
from medmm.models.case_net import CaseNet
from medmm.models.spread import Spread
from medmm.training.bundle_copy import refuse_existing
from medmm.training.config import SplitConfig, TrainingConfig
from medmm.training.examples import Example, make_examples
from medmm.training.gather import gather
from medmm.training.measuring import labelled_logits
from medmm.training.patients import SIMULATED, PatientRow, find_patients
from medmm.training.pattern_scores import LabelledLogits
from medmm.training.publish import data_hash
from medmm.training.recalibrated_bundle import Changes, write_recalibrated
from medmm.training.recalibration import (
    HeldOutCases,
    HeldOutFinding,
    Part,
    fit_calibration,
    measure_parts,
    parts_of,
    require_enough,
)
from medmm.training.spread import measure_spread

_ANY_SPLIT = SplitConfig(train=0.25, validation=0.25, calibration=0.25, test=0.25)


@dataclass(frozen=True)
class Request:
    """What is asked for.

    cohort: a folder with truth.csv; name, version: of the new bundle, empty for the usual ones;
    config: the training configuration of the bundle where the cohort is the one that it was trained on: then only its
    calibration part is fitted, its test part measured; left_out: findings that keep what they had.
    """

    cohort: Path
    out: Path
    name: str = ""
    version: str = ""
    config: TrainingConfig | None = None
    left_out: tuple[str, ...] = ()
    samples: int = 2000
    seed: int = 0


@dataclass(frozen=True)
class Recalibrated:
    """A new bundle. figures: on held-out cases, the mean over findings first."""

    folder: Path
    name: str
    version: str
    calibration: Calibration
    figures: tuple[HeldOutFinding, ...]


def recalibrate(
    bundle_folder: Path,
    request: Request,
    *,
    workers: int = 1,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Recalibrated:
    """Fit temperatures, thresholds and conformal scores on labelled cases and write them into a copy of the bundle.

    Raises InvalidRecord where there are too few cases, with the number needed, StorageError where `out` exists. The
    caller sees to it that the model was not trained on these cases.
    """
    refuse_existing(request.out)
    bundle, net = load_bundle(bundle_folder)
    _require_findings(bundle, request.left_out)
    rows = _rows(bundle, request)
    # Labels first: nobody should wait for a thousand films to be told that they are too few.
    _require_labels(bundle, [row for row in rows if row.part == "calibration"], request)
    # Pixels of patients stay on disk only as long as they are scored.
    with tempfile.TemporaryDirectory(prefix="medmm-recalibrate-", ignore_cleanup_errors=True) as cache:
        scored = _score(bundle, net, rows, Path(cache), workers, progress, cancel or CancelToken())
    calibration, figures = _fit(bundle, scored, request)
    name, version = _name(bundle, request), _version(bundle, request, scored)
    is_own = request.config is not None
    changes = Changes(name, version, calibration, figures, scored.facts, request.left_out, is_own, scored.spreads)
    write_recalibrated(bundle, changes, request.out)
    return Recalibrated(request.out, name, version, calibration, figures)


def _require_findings(bundle: Bundle, left_out: Sequence[str]) -> None:
    if set(left_out) == set(bundle.spec.findings):
        raise InvalidRecord(Words("every finding is left out, so there is nothing to recalibrate"))
    unknown = [name for name in left_out if name not in bundle.spec.findings]
    if unknown:
        raise InvalidRecord(
            Words("the bundle has no finding {name!r}", name=unknown[0]),
            Words("It has {findings}.", findings=", ".join(bundle.spec.findings)),
        )


def _rows(bundle: Bundle, request: Request) -> list[PatientRow]:
    """List the cases; of a department's own all are fitted."""
    if request.config is None:
        found = find_patients(request.cohort, bundle.spec.findings, _ANY_SPLIT, domain=request.cohort.name)
        return [replace(row, part="calibration") for row in found]
    split = request.config.split
    found = find_patients(request.cohort, bundle.spec.findings, split, domain=SIMULATED)
    return [row for row in found if row.part in ("calibration", "test")]


def _require_labels(bundle: Bundle, rows: Sequence[PatientRow], request: Request) -> None:
    labels = np.array([row.labels for row in rows], dtype=np.float64).reshape(-1, len(bundle.spec.findings))
    require_enough(bundle.spec.findings, labels, request.left_out)


@dataclass(frozen=True)
class _Scored:
    """What is kept of the cases: no pixels. is_fitted: [N] the others are only measured; facts, spreads: of the fitted
    ones."""

    cases: LabelledLogits
    patients: tuple[str, ...]
    is_fitted: NDArray[np.bool_]
    facts: Mapping[str, object]
    spreads: Mapping[InputKind, Spread]


def _score(
    bundle: Bundle,
    net: CaseNet,
    rows: Sequence[PatientRow],
    cache: Path,
    workers: int,
    progress: Progress,
    cancel: CancelToken,
) -> _Scored:
    spec = bundle.spec
    readings = gather(rows, spec.image, cache, audio=spec.audio, workers=workers, progress=progress, cancel=cancel)
    examples = make_examples(rows, readings, spec, load_bundle_tokenizer(bundle), folder=cache)
    fitted = [example for example in examples if example.row.part == "calibration"]
    is_fitted = np.array([example.row.part == "calibration" for example in examples], dtype=bool)
    patients = tuple(_patient(example) for example in examples)
    n_patients = len({_patient(example) for example in fitted})
    facts = {"cases": len(fitted), "patients": n_patients, **data_hash(fitted)}
    return _Scored(labelled_logits(net, examples), patients, is_fitted, facts, measure_spread(net, fitted))


def _fit(bundle: Bundle, scored: _Scored, request: Request) -> tuple[Calibration, tuple[HeldOutFinding, ...]]:
    findings, head, former = bundle.spec.findings, bundle.spec.head, bundle.calibration
    cases, is_fitted = scored.cases, scored.is_fitted
    chosen = cases.of(np.flatnonzero(is_fitted))
    if request.config is not None:
        _require_same_part(bundle, len(chosen.labels))
    require_enough(findings, chosen.labels, request.left_out)

    def fit(own: LabelledLogits) -> Calibration:
        return fit_calibration(findings, own, former, request.left_out, head=head)

    calibration = fit(chosen)
    if request.config is not None:
        parts = [Part(calibration, np.flatnonzero(~is_fitted))]
    else:
        divided = parts_of(scored.patients, seed=request.seed)
        parts = [Part(fit(cases.of(outside)), inside) for outside, inside in divided]
    labels = cases.labels.copy()
    labels[:, [findings.index(name) for name in request.left_out]] = np.nan
    measured = HeldOutCases(findings, replace(cases, labels=labels), scored.patients, head)
    figures = measure_parts(measured, former, parts, samples=request.samples, seed=request.seed)
    return calibration, tuple(one for one in figures if one.name not in request.left_out)


def _require_same_part(bundle: Bundle, n_found: int) -> None:
    """Refuse a cohort or configuration that is not the bundle's own: cases that taught it calibrate nothing."""
    block = bundle.metadata.get("medmm")
    training = block.get("training", {}) if isinstance(block, dict) else {}
    n_known = training.get("cases", {}).get(f"{SIMULATED} calibration")
    if n_known != n_found:
        raise InvalidRecord(
            Words(
                "the calibration part of this cohort has {n_found} cases, that of the bundle had {n_known}",
                n_found=n_found,
                n_known=n_known,
            ),
            Words("Name the cohort and the configuration that the bundle was trained with."),
        )


def _patient(example: Example) -> str:
    """Name whose case it is: by the patient number of its files where they have one, else by its folder."""
    return (example.reading.facts.ids or (example.row.patient,))[0]


def _name(bundle: Bundle, request: Request) -> str:
    return request.name or (bundle.spec.name if request.config else f"{bundle.spec.name}-recalibrated")


def _version(bundle: Bundle, request: Request, scored: _Scored) -> str:
    n = scored.facts["cases"]
    usual = bundle.spec.version if request.config else f"{bundle.spec.version}+recalibrated.{n}"
    return request.version or usual
