"""Measure a bundle on a folder of patients with truth.csv."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from medmm.core.errors import InvalidRecord
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.words import Words
from medmm.models.bundle import load_bundle
from medmm.models.bundle_facts import load_bundle_tokenizer
from medmm.models.calibration import Calibration
from medmm.training.calibrate import THRESHOLD_RULE
from medmm.training.classifier_run import classifier_section
from medmm.training.config import SplitConfig
from medmm.training.examples import make_examples
from medmm.training.figures import DomainFigures, measure
from medmm.training.gather import gather
from medmm.training.measuring import score_domains
from medmm.training.metadata import finite
from medmm.training.pages.content import evaluation_page
from medmm.training.pages.write import write_page
from medmm.training.patients import find_patients

METRICS = "metrics.json"
_ANY_SPLIT = SplitConfig(train=0.25, validation=0.25, calibration=0.25, test=0.25)


def evaluate(
    bundle_folder: Path,
    cohort: Path,
    *,
    out: Path,
    samples: int = 2000,
    seed: int = 0,
    workers: int = 1,
    with_classifiers: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> DomainFigures:
    """Score every patient of the cohort with every subset of inputs; write figures and report below `out`.

    with_classifiers: add the table of classical classifiers on the embeddings, which takes minutes.
    The caller sees to it that the model was not trained on these patients.
    """
    bundle, net = load_bundle(bundle_folder)
    tokenizer = load_bundle_tokenizer(bundle)
    found = find_patients(cohort, bundle.spec.findings, _ANY_SPLIT, domain=cohort.name)
    rows = [replace(row, part="test") for row in found]
    readings = gather(
        rows,
        bundle.spec.image,
        out / "cache",
        audio=bundle.spec.audio,
        workers=workers,
        progress=progress,
        cancel=cancel or CancelToken(),
    )
    examples = make_examples(rows, readings, bundle.spec, tokenizer, folder=out / "cache")
    calibration = bundle.calibration or _uncalibrated(bundle.spec.findings)
    if not examples:
        raise InvalidRecord(
            Words("no patient of {name} has an input that {spec!r} takes", name=cohort.name, spec=bundle.spec.name),
            source=cohort,
        )
    (scores,) = score_domains(net, examples, calibration)
    figures = measure(scores, samples=samples, seed=seed)
    content = {"bundle_sha256": bundle.sha256, "figures": finite(asdict(figures))}
    (out / METRICS).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    model = f"{bundle.spec.name} {bundle.spec.version} ({bundle.sha256[:12]})"
    page = evaluation_page(scores, figures, model=model, samples=samples, is_calibrated=bundle.calibration is not None)
    write_page(page, out)
    if with_classifiers:
        # Minutes later: the report without them is there meanwhile.
        section = classifier_section(net, examples, scores, samples=samples, seed=seed)
        write_page(replace(page, sections=(*page.sections, section)), out)
    return figures


def _uncalibrated(findings: tuple[str, ...]) -> Calibration:
    ones, halves = dict.fromkeys(findings, 1.0), dict.fromkeys(findings, 0.5)
    return Calibration(ones, halves, THRESHOLD_RULE, 0, is_calibrated=False)
