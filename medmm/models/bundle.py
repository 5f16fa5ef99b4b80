"""Open and write model bundles: built from our own tables, weights from safetensors, nothing evaluated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.bundle_facts import Bundle, verify_bundle
from medmm.models.bundle_files import CALIBRATION, METADATA, WEIGHTS, write_sums
from medmm.models.calibration import Calibration, calibration_to_json
from medmm.models.case_net import CaseNet
from medmm.models.ensemble import build_net
from medmm.models.golden import check_golden
from medmm.models.multimodal import TextParts
from medmm.models.spec import SPEC_SCHEMA, TextSpec
from medmm.models.spec_json import spec_to_json
from medmm.models.text_encoder import BertNotes
from medmm.models.text_folder import load_text_model
from medmm.models.vocabulary import Vocabulary, read_vocabulary, write_vocabulary


def load_bundle(folder: Path) -> tuple[Bundle, CaseNet]:
    """Verify, build, load and test: the golden case must give the logits that it gave when the bundle was made."""
    bundle = verify_bundle(folder)
    net = build_net(bundle.spec, _text_parts(bundle))
    _load_weights(net, folder)
    net.eval().requires_grad_(False)
    check_golden(folder, net)
    return bundle, net


def _text_parts(bundle: Bundle) -> list[TextParts]:
    text = bundle.spec.text
    if text is None:
        return [None]
    n_encoders = bundle.spec.n_encoders(InputKind.NOTE)
    if text.is_words:
        return [read_vocabulary(bundle.folder / text.folder)] * n_encoders
    return [load_text_model(bundle.folder / text_folder(text, number)) for number in range(n_encoders)]


def text_folder(spec: TextSpec, number: int) -> str:
    """Name the folder of a text encoder inside a bundle: the first lies with the tokenizer, the others below it."""
    return f"{spec.folder}/encoder{number + 1}" if number else spec.folder


def write_bundle(
    folder: Path,
    net: CaseNet,
    *,
    tokenizer: PreTrainedTokenizerBase | Vocabulary | None,
    calibration: Calibration | None,
    metadata: Mapping[str, object],
) -> None:
    """Write network, tokenizer, calibration and metadata (16-bit weights); card, licence and golden case are added
    by the caller, who then seals the folder with `seal_bundle`."""
    for part in ("configs", "models", "docs"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    save_file(_half(_without(net, _berts(net))), folder / WEIGHTS)
    _write_text_folders(folder, net, tokenizer)
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


def _berts(net: CaseNet) -> dict[str, PreTrainedModel]:
    """Give the text models by the beginning of their weights' names: they have folders of their own."""
    return {f"{name}.bert.": module.bert for name, module in net.named_modules() if isinstance(module, BertNotes)}


def _without(net: CaseNet, prefixes: Iterable[str]) -> dict[str, torch.Tensor]:
    return {name: tensor for name, tensor in net.state_dict().items() if not name.startswith(tuple(prefixes))}


def _half(state: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {
        name: (tensor.half() if tensor.is_floating_point() else tensor).contiguous().clone()
        for name, tensor in state.items()
    }


def _write_text_folders(folder: Path, net: CaseNet, tokenizer: PreTrainedTokenizerBase | Vocabulary | None) -> None:
    text = net.spec.text
    if text is None or tokenizer is None:
        return
    if isinstance(tokenizer, Vocabulary):
        write_vocabulary(folder / text.folder, tokenizer)
        return
    tokenizer.save_pretrained(folder / text.folder)
    for number, bert in enumerate(_berts(net).values()):
        place = folder / text_folder(text, number)
        place.mkdir(exist_ok=True)
        bert.config.save_pretrained(place)
        save_file(_half(bert.state_dict()), place / "model.safetensors", metadata={"format": "pt"})


def _load_weights(net: CaseNet, folder: Path) -> None:
    try:
        found = load_file(folder / WEIGHTS)
    except (SafetensorError, OSError) as error:
        raise BundleRefused(
            Words("bundle {name!r}: the weights cannot be read: {error}", name=folder.name, error=error), source=folder
        ) from error
    expected = _without(net, _berts(net))
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
