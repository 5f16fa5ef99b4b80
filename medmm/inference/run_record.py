"""What has to be the same for a result to come about again: software, machine, settings and steps."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import torch

from medmm import __version__
from medmm.core.case import Case
from medmm.core.run_record import RunRecord
from medmm.inference.seen import tensors_of
from medmm.inference.trace import Trace

if TYPE_CHECKING:
    from medmm.inference.predictor import Predictor

# What computes or reads on the way from the files to the number.
LIBRARIES = (
    "torch", "openvino", "monai", "transformers", "tokenizers", "safetensors", "captum", "numpy", "scipy", "pydicom",
    "pillow", "pylibjpeg-libjpeg", "pylibjpeg-openjpeg", "pyjpegls", "SimpleITK",
)  # fmt: skip


def make_record(predictor: Predictor, case: Case, trace: Trace, *, settings: Mapping[str, str]) -> RunRecord:
    """Write down how the prediction of a case came about, now."""
    identity = predictor.identity
    machine = {
        "system": f"{platform.system()} {platform.machine()}",
        "device": identity.device,
        "runtime": identity.runtime,
        "precision": identity.precision,
        "threads": str(torch.get_num_threads()),
    }
    return RunRecord(
        scored_at=datetime.now(UTC).isoformat(timespec="seconds"),
        software=dict(_software()),
        machine=machine,
        settings={**_choices(case), **settings},
        steps=trace.steps,
        tensors=tensors_of(trace.seen),
    )


def _choices(case: Case) -> dict[str, str]:
    # Never the typed reason itself: it may name somebody, and stands in the checks already.
    return {
        "without": ", ".join(sorted(kind.value for kind in case.without)),
        "identity_override": "yes" if case.identity_override else "no",
    }


@cache
def _software() -> Mapping[str, str]:
    found = {"medmm": __version__, "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # whoever runs without it decodes or computes without it
            continue
    return found
