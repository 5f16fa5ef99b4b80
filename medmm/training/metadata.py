"""metadata.json of a bundle: MONAI's keys, and our own block with training facts and figures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

from medmm.core.quality import InputKind
from medmm.models.case_net import CaseNet
from medmm.models.spec import ImageSpec
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example
from medmm.training.measuring import Measured
from medmm.training.member_words import members_block
from medmm.training.start_weights import LoadReport
from medmm.training.trained import Trained


def bundle_metadata(
    config: TrainingConfig,
    trained: Trained,
    examples: Sequence[Example],
    found: Measured,
    *,
    data_hash: Mapping[str, str],
    starts: Mapping[InputKind, LoadReport] = MappingProxyType({}),
    neighbours: Mapping[str, object] = MappingProxyType({}),
) -> dict[str, object]:
    """Compose metadata.json; it holds no patient data, and floats are finite or null."""
    counts = Counter((example.row.domain, example.row.part) for example in examples)
    training: dict[str, object] = {
        "run_id": config.run_id,
        "seed": config.seed,
        "members": members_block(trained),
        "data": dict(data_hash),
        "cases": {f"{domain} {part}": n for (domain, part), n in sorted(counts.items())},
    }
    for kind, report in starts.items():
        training[f"{kind.value}_start"] = {
            "file": report.file,
            "sha256": report.sha256,
            "loaded": len(report.loaded),
            "adapted": len(report.adapted),
            "shape_differs": len(report.shape_differs),
            "missing": len(report.missing),
        }
    return {
        "version": config.version,
        "changelog": {config.version: config.description},
        "monai_version": version("monai"),
        "pytorch_version": version("torch").split("+")[0],
        "numpy_version": version("numpy"),
        "required_packages_version": {name: version(name) for name in ("transformers", "tokenizers", "safetensors")},
        "name": config.name,
        "task": _task(config),
        "description": config.description,
        "authors": "The MedMM authors",
        "copyright": "Copyright the MedMM authors, Apache-2.0",
        "intended_use": config.intended_use,
        "data_source": ", ".join(["simulated patients", *(domain.source for domain in config.domains)]),
        "network_data_format": _data_format(trained.net),
        "medmm": {
            "training": training,
            "metrics": [finite(asdict(figure)) for figure in found.figures],
            "studies": [finite(asdict(study)) for study in found.studies],
            **({"neighbours": dict(neighbours)} if neighbours else {}),
        },
    }


def _task(config: TrainingConfig) -> str:
    names = {
        InputKind.IMAGE: "radiographs",
        InputKind.NOTE: "clinical notes",
        InputKind.VITALS: "vital signs",
        InputKind.AUDIO: "recordings",
    }
    labels = "findings that exclude each other" if config.head == "softmax" else "multi-label findings"
    return f"{labels} from " + ", ".join(names.get(kind, kind.value) for kind in config.inputs)


def _data_format(net: CaseNet) -> dict[str, object]:
    spec = net.spec
    findings = {str(place): name for place, name in enumerate(spec.findings)}
    logits = {"type": "probabilities", "format": "classes", "num_channels": len(findings), "channel_def": findings}
    inputs: dict[str, object] = {}
    if spec.image:
        inputs["image"] = _image_format(spec.image)
    if spec.text:
        inputs["note"] = {"type": "series", "format": "sequence", "dtype": "int64", "num_channels": 1}
    if spec.audio:
        inputs["audio"] = {
            "type": "series",
            "format": "sequence",
            "dtype": "float32",
            "num_channels": spec.audio.n_rows,
        }
    if spec.vitals:
        width = spec.vitals.n_features
        inputs["vitals"] = {"type": "tuples", "format": "sequence", "dtype": "float32", "num_channels": width}
    return {"inputs": inputs, "outputs": {"pred": logits}}


def _image_format(spec: ImageSpec) -> dict[str, object]:
    return {
        "type": "image",
        "format": "hounsfield" if spec.modalities == ("CT",) else "magnitude",
        "modality": "/".join(spec.modalities) or ("DX" if spec.n_axes == 2 else "n/a"),
        "num_channels": 1,
        "spatial_shape": list(spec.size),
        "dtype": "float32",
        "value_range": [-spec.limit, spec.limit],
        "is_patch_data": False,
        "channel_def": {"0": "image"},
    }


def finite(value: Any) -> Any:
    """Copy nested data with NaN and infinity as null."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    if isinstance(value, float):
        return round(value, 5) if math.isfinite(value) else None
    return value
