"""Small cases, notes and networks for the tests of inference."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader
from medmm.core.quality import InputKind
from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals

NOON = datetime(2024, 3, 5, 12, 0)
NOTE = "HISTORY: fever and productive cough for 3 days. No chest pain. Temperature 38.6, saturation 91 percent."
FINDINGS = ("pneumonia", "pleural_effusion", "cardiomegaly")


def chest_pixels(rows: int = 300, cols: int = 260, *, seed: int = 0) -> np.ndarray:
    """A smooth bright trunk with two dark fields and some noise, 12 bits."""
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : cols * 1j]
    lungs = sum(np.exp(-(((x - c) / 0.14) ** 2) - ((y - 0.45) / 0.28) ** 2) for c in (0.3, 0.7))
    noise = np.random.default_rng(seed).normal(0, 25, (rows, cols))
    return np.clip(2600 - 1900 * lungs - 500 * np.abs(x - 0.5) + noise, 0, 4095).astype(np.uint16)


def make_image(pixels: np.ndarray | None = None, **header: Any) -> MedicalImage:
    """One frontal chest film; pixels [rows, cols] or [slices, rows, cols]."""
    stored = chest_pixels() if pixels is None else pixels
    stored = stored[None] if stored.ndim == 2 else stored
    facts: dict[str, Any] = {"modality": "DX", "body_part": "CHEST", "view_position": "PA", "study_date": "20240305"}
    return MedicalImage(
        stored=stored,
        identity=PatientIdentity(),
        header=StudyHeader(**{**facts, "study_time": "110000", **header}),
        geometry=ImageGeometry(),
        instances=tuple(ImageInstance(f"1.2.{i}", Path("film.dcm")) for i in range(stored.shape[0])),
        bits_stored=12,
    )


def make_note(text: str = NOTE, *, written_at: datetime | None = None) -> ClinicalNote:
    """A note."""
    return ClinicalNote(text=text, path=Path("note.txt"), written_at=written_at)


def make_vitals(*values: tuple[str, float, float], implausible: frozenset[str] = frozenset()) -> Vitals:
    """A table from (name, value, hours before noon)."""
    rows = values or (("temperature_c", 38.6, 2.0), ("heart_rate", 110.0, 2.0), ("heart_rate", 104.0, 1.0))
    measured = [
        VitalMeasurement(name, NOON - timedelta(hours=hours), value, name not in implausible)
        for name, value, hours in rows
    ]
    return Vitals(tuple(sorted(measured, key=lambda m: m.time)), Path("vitals.csv"))


def make_case(
    *,
    images: tuple[MedicalImage, ...] | None = None,
    notes: tuple[ClinicalNote, ...] | None = None,
    vitals: tuple[Vitals, ...] | None = None,
    without: frozenset[InputKind] = frozenset(),
) -> Case:
    """A case with everything unless something else is given."""
    return Case(
        folder=Path("patient"),
        patient=PatientIdentity(),
        images=(make_image(),) if images is None else images,
        notes=(make_note(),) if notes is None else notes,
        vitals=(make_vitals(),) if vitals is None else vitals,
        index_time=NOON,
        without=without,
    )


def make_spec(size: int = 96) -> Any:
    """A model of three inputs, small."""
    from medmm.models.spec import VITAL_STATISTICS, ImageSpec, ModelSpec, TextSpec, VitalsSpec

    names = ("temperature_c", "heart_rate", "spo2")
    n = len(names) * len(VITAL_STATISTICS)
    return ModelSpec(
        name="tiny",
        version="0",
        findings=FINDINGS,
        input_kinds=(InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS),
        image=ImageSpec(rows=size, cols=size),
        text=TextSpec(max_tokens=24, stride=6),
        vitals=VitalsSpec(names=names, centre=(50.0,) * n, scale=(25.0,) * n),
        embedding=16,
        hidden=16,
    )


def make_tokenizer(*texts: str) -> Any:
    """A WordPiece tokenizer that knows the pieces of the given texts."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    from medmm.models.note_tokenizer import CANARY

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    raw = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    raw.normalizer = normalizers.BertNormalizer(lowercase=False)
    raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    raw.train_from_iterator(texts or (NOTE, CANARY), trainers.WordPieceTrainer(vocab_size=200, special_tokens=special))
    raw.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    return PreTrainedTokenizerFast(tokenizer_object=raw, mask_token="[MASK]", **names)


def make_predictor(*, seed: int = 0, size: int = 96, spec: Any = None, words: Any = None, tokenizer: Any = None) -> Any:
    """A predictor with random weights on the CPU, one thread."""
    import torch
    from transformers import BertConfig, BertModel

    from medmm.core.prediction import ModelIdentity
    from medmm.inference.confidence import OperatingPoint
    from medmm.inference.predictor import Predictor
    from medmm.inference.runtime import choose_device, set_threads
    from medmm.models.multimodal import MultimodalNet

    set_threads(1)
    torch.manual_seed(seed)
    tokenizer = tokenizer or make_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=48
    )
    net = MultimodalNet(spec or make_spec(size), bert=words or BertModel(config, add_pooling_layer=False))
    return Predictor(
        net,
        words or tokenizer,
        tuple(OperatingPoint(finding) for finding in FINDINGS),
        identity=ModelIdentity("tiny", "0", "0" * 64),
        runtime=choose_device("cpu"),
    )


def make_ensemble_predictor(rule: str = "mean", *, spec: Any = None, words: Any = None) -> Any:
    """A predictor of three members with fusions of their own; two of them share the encoder of the notes.

    Under the rule "weighted" they weigh 0.5, 0.3 and 0.2.
    """
    from medmm.inference.predictor import Predictor
    from medmm.models.ensemble import join_members

    fusions, tokenizer = ("concat", "mean", "gated"), make_tokenizer()
    single = [
        make_predictor(seed=seed, spec=replace(spec or make_spec(), fusion=name), words=words, tokenizer=tokenizer)
        for seed, name in enumerate(fusions)
    ]
    nets = [one.net for one in single]
    nets[1].encoders["note"].load_state_dict(nets[0].encoders["note"].state_dict())
    weights = (0.5, 0.3, 0.2) if rule == "weighted" else (1 / 3,) * 3
    net = join_members(nets, rule, weights=weights, names=fusions)
    first = single[0]
    return Predictor(net, first.tokenizer, first.points, identity=first.identity, runtime=first.runtime)


def forgetful(predictor: Any) -> Any:
    """The same predictor, which keeps no embedding: every prediction runs every encoder."""
    from medmm.inference.embedding_cache import EmbeddingCache

    own = copy.copy(predictor)
    own._embeddings = EmbeddingCache(most_bytes=0)
    return own


def without_kind(model_input: Any, kind: InputKind, spec: Any) -> Any:
    """The same prepared case with one input taken away."""
    present = tuple(p and k is not kind for p, k in zip(model_input.present, spec.input_kinds, strict=True))
    return replace(model_input, present=present, **{kind.value: None})
