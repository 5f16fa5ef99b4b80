"""What a bundle says of itself, checked, and its tokenizer: all that there is without building its network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from transformers import PreTrainedTokenizerBase

from medmm.core.errors import BundleRefused
from medmm.core.words import Words
from medmm.models.bundle_files import CALIBRATION, METADATA, read_json, verify_files
from medmm.models.calibration import Calibration, calibration_from_json
from medmm.models.map_tests import MapTests, read_map_tests
from medmm.models.note_tokenizer import load_tokenizer
from medmm.models.spec import SPEC_SCHEMA, ModelSpec
from medmm.models.spec_json import spec_from_json
from medmm.models.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True)
class Bundle:
    """A verified bundle. sha256: of its SHA256SUMS, hence of every file; calibration None: no probabilities;
    map_tests None: its heat maps were not tested."""

    folder: Path
    spec: ModelSpec
    calibration: Calibration | None
    metadata: Mapping[str, object]
    sha256: str
    map_tests: MapTests | None = None

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Operating point per finding, 0.5 where the bundle names none."""
        return self.calibration.thresholds if self.calibration else dict.fromkeys(self.spec.findings, 0.5)


def verify_bundle(folder: Path) -> Bundle:
    """Check every file and read the facts, without building the network.

    Raises WeightsMissing or BundleRefused.
    """
    sha256 = verify_files(folder)
    metadata = read_json(folder, METADATA)
    block = metadata.get("medmm")
    if not isinstance(block, dict) or block.get("schema") != SPEC_SCHEMA:
        raise BundleRefused(
            Words(
                "bundle {name!r}: metadata.json has no medmm block of schema {spec_schema}",
                name=folder.name,
                spec_schema=SPEC_SCHEMA,
            ),
            Words("It is a bundle of another program or version."),
            folder,
        )
    spec = spec_from_json(json.dumps(block.get("spec")))
    calibration = None
    if (folder / CALIBRATION).is_file():
        calibration = calibration_from_json((folder / CALIBRATION).read_bytes(), findings=spec.findings, head=spec.head)
    return Bundle(folder, spec, calibration, metadata, sha256, read_map_tests(folder, spec.findings))


def load_bundle_tokenizer(bundle: Bundle) -> PreTrainedTokenizerBase | Vocabulary | None:
    """Load the bundle's tokenizer, canary included, or its words; None for a model without notes."""
    if bundle.spec.text and bundle.spec.text.is_words:
        return read_vocabulary(bundle.folder / bundle.spec.text.folder)
    return load_tokenizer(bundle.folder / bundle.spec.text.folder) if bundle.spec.text else None
