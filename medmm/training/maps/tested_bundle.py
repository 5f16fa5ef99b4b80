"""Test the maps of a bundle on labelled cases and write a copy that holds what was found; the weights stay."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from medmm.core.errors import InvalidRecord
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.words import Words
from medmm.inference.compiled import compile_net
from medmm.models.bundle import load_bundle
from medmm.models.bundle_facts import Bundle, load_bundle_tokenizer
from medmm.models.case_net import CaseNet
from medmm.models.golden import read_golden
from medmm.models.map_tests import MIN_MAPS, MapTests, write_map_tests
from medmm.training.bundle_copy import copied_bundle, name_version, refuse_existing, write_metadata, write_section
from medmm.training.config import SplitConfig
from medmm.training.examples import Example, make_examples
from medmm.training.gather import gather
from medmm.training.maps.measure import Plan, measure_maps
from medmm.training.maps.words import maps_section
from medmm.training.patients import TRUTH, find_patients

_ANY_SPLIT = SplitConfig(train=0.25, validation=0.25, calibration=0.25, test=0.25)


@dataclass(frozen=True)
class Request:
    """cohort: a folder with truth.csv and boxes; out: must not exist; version: of the copy, empty for the same one."""

    cohort: Path
    out: Path
    plan: Plan
    version: str = ""


def add_map_tests(
    folder: Path,
    request: Request,
    *,
    workers: int = 1,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> MapTests:
    """Test and write; the caller sees to it that the model was not trained on these cases.

    Raises StorageError where `out` exists, InvalidRecord where too few findings with a box were called positive.
    """
    refuse_existing(request.out)
    cancel = cancel or CancelToken()
    with tempfile.TemporaryDirectory(prefix="medmm-maps-", ignore_cleanup_errors=True) as cache:
        bundle, net, examples = read_examples(
            folder, request.cohort, Path(cache), workers=workers, progress=progress, cancel=cancel
        )
        fast = compile_net(net, read_golden(folder), cache=Path(cache), name=bundle.sha256[:24])
        tests = measure_maps(
            net, bundle.calibration, examples, request.plan, fast=fast, progress=progress, cancel=cancel
        )
    if tests is None:
        raise InvalidRecord(
            Words("fewer than {n} findings with a box on the film were called positive", n=MIN_MAPS),
            Words("`medmm simulate` makes cases with boxes."),
            request.cohort,
        )
    _write(bundle, request, tests)
    return tests


def read_examples(
    folder: Path,
    cohort: Path,
    cache: Path,
    *,
    workers: int = 1,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Bundle, CaseNet, list[Example]]:
    """Load a bundle and read a cohort as it takes it; cache: a folder for its pixels."""
    bundle, net = load_bundle(folder)
    spec = bundle.spec
    rows = [replace(row, part="test") for row in find_patients(cohort, spec.findings, _ANY_SPLIT, domain=cohort.name)]
    readings = gather(
        rows,
        spec.image,
        cache,
        audio=spec.audio,
        workers=workers,
        progress=progress,
        cancel=cancel or CancelToken(),
    )
    return bundle, net, make_examples(rows, readings, spec, load_bundle_tokenizer(bundle), folder=cache)


def _write(bundle: Bundle, request: Request, tests: MapTests) -> None:
    version = request.version or bundle.spec.version
    with copied_bundle(bundle, request.out) as copy:
        write_map_tests(copy, tests)
        write_metadata(copy, _metadata(bundle, request, version))
        write_section(copy, bundle, version, section=maps_section(tests))


def _metadata(bundle: Bundle, request: Request, version: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(bundle.metadata))
    name_version(document, bundle, version, change=f"The weights of {bundle.spec.version} with tests of its heat maps.")
    document["medmm"]["map_tests"] = {
        "from": {"version": bundle.spec.version, "sha256": bundle.sha256},
        "truth_sha256": hashlib.sha256((request.cohort / TRUTH).read_bytes()).hexdigest(),
        "seed": request.plan.seed,
    }
    return document
