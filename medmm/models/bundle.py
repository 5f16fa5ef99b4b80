"""Open and write model bundles: built from our own tables, weights from safetensors, nothing evaluated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.bundle_files import CALIBRATION, METADATA, WEIGHTS, read_json, verify_files, write_sums
from medmm.models.calibration import Calibration, calibration_from_json, calibration_to_json
from medmm.models.golden import check_golden
from medmm.models.multimodal import MultimodalNet
from medmm.models.spec import SPEC_SCHEMA, ModelSpec
from medmm.models.spec_json import spec_from_json, spec_to_json
from medmm.models.text_encoder import BertNotes
from medmm.models.text_folder import load_text_model, load_tokenizer
from medmm.models.vocabulary import Vocabulary, read_vocabulary, write_vocabulary

BERT_PREFIX = "encoders.note.bert."


@dataclass(frozen=True)
class Bundle:
    """A verified bundle. sha256: of its SHA256SUMS, hence of every file; calibration None: no probabilities."""

    folder: Path
    spec: ModelSpec
    calibration: Calibration | None
    metadata: Mapping[str, object]
    sha256: str

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
    return Bundle(folder, spec, calibration, metadata, sha256)


def load_bundle(folder: Path) -> tuple[Bundle, MultimodalNet]:
    """Verify, build, load and test: the golden case must give the logits that it gave when the bundle was made."""
    bundle = verify_bundle(folder)
    bert = _text_parts(bundle)
    net = MultimodalNet(bundle.spec, bert=bert)
    _load_weights(net, folder)
    net.eval().requires_grad_(False)
    check_golden(folder, net)
    return bundle, net


def _text_parts(bundle: Bundle) -> PreTrainedModel | Vocabulary | None:
    text = bundle.spec.text
    if text is None:
        return None
    return (
        read_vocabulary(bundle.folder / text.folder) if text.is_words else load_text_model(bundle.folder / text.folder)
    )


def load_bundle_tokenizer(bundle: Bundle) -> PreTrainedTokenizerBase | Vocabulary | None:
    """Load the bundle's tokenizer, canary included, or its words; None for a model without notes."""
    if bundle.spec.text and bundle.spec.text.is_words:
        return read_vocabulary(bundle.folder / bundle.spec.text.folder)
    return load_tokenizer(bundle.folder / bundle.spec.text.folder) if bundle.spec.text else None


def write_bundle(
    folder: Path,
    net: MultimodalNet,
    *,
    tokenizer: PreTrainedTokenizerBase | Vocabulary | None,
    calibration: Calibration | None,
    metadata: Mapping[str, object],
) -> None:
    """Write network, tokenizer, calibration and metadata (16-bit weights); card, licence and golden case are added
    by the caller, who then seals the folder with `seal_bundle`."""
    for part in ("configs", "models", "docs"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    save_file(_half(net, bert=False), folder / WEIGHTS)
    if net.spec.text and isinstance(tokenizer, Vocabulary):
        write_vocabulary(folder / net.spec.text.folder, tokenizer)
    elif net.spec.text and tokenizer is not None:
        _write_text_folder(folder / net.spec.text.folder, net, tokenizer)
    if calibration is not None:
        (folder / CALIBRATION).write_text(calibration_to_json(calibration) + "\n", encoding="utf-8")
    training = metadata.get("medmm")
    extra = training if isinstance(training, Mapping) else {}
    block = {"schema": SPEC_SCHEMA, "spec": json.loads(spec_to_json(net.spec)), **extra}
    text = json.dumps({**metadata, "medmm": block}, indent=2, ensure_ascii=False)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")


def seal_bundle(folder: Path) -> None:
    """Write SHA256SUMS; from here on every change is noticed."""
    write_sums(folder)


def _half(net: MultimodalNet, *, bert: bool) -> dict[str, torch.Tensor]:
    state = {name: tensor for name, tensor in net.state_dict().items() if name.startswith(BERT_PREFIX) == bert}
    return {
        name.removeprefix(BERT_PREFIX): (tensor.half() if tensor.is_floating_point() else tensor).contiguous().clone()
        for name, tensor in state.items()
    }


def _write_text_folder(folder: Path, net: MultimodalNet, tokenizer: PreTrainedTokenizerBase) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    notes = net.encoders[InputKind.NOTE.value]
    assert isinstance(notes, BertNotes)
    notes.bert.config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    save_file(_half(net, bert=True), folder / "model.safetensors", metadata={"format": "pt"})


def _load_weights(net: MultimodalNet, folder: Path) -> None:
    try:
        found = load_file(folder / WEIGHTS)
    except (SafetensorError, OSError) as error:
        raise BundleRefused(
            Words("bundle {name!r}: the weights cannot be read: {error}", name=folder.name, error=error), source=folder
        ) from error
    expected = {name: value for name, value in net.state_dict().items() if not name.startswith(BERT_PREFIX)}
    wrong = sorted(set(found) ^ set(expected)) or [n for n in expected if found[n].shape != expected[n].shape]
    wrong = wrong or [name for name in found if not torch.isfinite(found[name]).all()]
    if wrong:
        raise BundleRefused(
            Words(
                "bundle {name!r}: weights do not fit the network, first at {wrong!r}", name=folder.name, wrong=wrong[0]
            ),
            Words("Import it again."),
            folder,
        )
    net.load_state_dict({name: tensor.to(expected[name].dtype) for name, tensor in found.items()}, strict=False)
