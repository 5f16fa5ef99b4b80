"""One training run: patients in, bundle out; the same configuration and patients give the same run."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase
from transformers.models.bert import BertModel

from medmm.core.errors import InputError, InvalidRecord
from medmm.core.lookup import find_entry
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.quality import InputKind
from medmm.core.record import VITAL_SIGNS
from medmm.core.words import Words
from medmm.models.fusion import FUSIONS
from medmm.models.multimodal import ENCODERS
from medmm.models.note_tokenizer import load_tokenizer
from medmm.models.spec import TEXT_STEPS, WORD_ENCODERS, ImageSpec, ModelSpec, TextSpec, VitalsSpec
from medmm.models.text_folder import load_text_model
from medmm.models.vocabulary import Vocabulary
from medmm.training.config import TrainingConfig
from medmm.training.domains import find_domain
from medmm.training.examples import make_examples, vitals_statistics
from medmm.training.exclusive import require_exclusive
from medmm.training.gather import gather
from medmm.training.leakage import LeakageReport, lint
from medmm.training.leaks import values as leaks
from medmm.training.members import list_members, train_members
from medmm.training.patients import SIMULATED, PatientRow, find_patients
from medmm.training.publish import publish
from medmm.training.ranks import ALONE, Ranks
from medmm.training.reading import NoteTexts, Reading
from medmm.training.session import open_session, start_log
from medmm.training.start_text import describe_text_start
from medmm.training.start_weights import LoadReport, Started, start_encoder
from medmm.training.tokenizer import compact_bert, train_tokenizer
from medmm.training.words import learn_words

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Material:
    """Patients, what was read of them, and the tokenizer and spec that were made from the training part.

    tokenizer, bert: None for a model that reads no notes; both the vocabulary of one that reads whole words.
    """

    rows: Sequence[PatientRow]
    readings: Sequence[Reading]
    spec: ModelSpec
    tokenizer: PreTrainedTokenizerBase | Vocabulary | None
    bert: PreTrainedModel | Vocabulary | None


def fit(
    config: TrainingConfig,
    *,
    cohort: Path,
    out: Path,
    root: Path | None = None,
    allow_leaks: Sequence[str] = (),
    tell: Callable[[str], None] = log.info,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    ranks: Ranks = ALONE,
) -> Path:
    """Train on a folder of patients with truth.csv and return the bundle's folder, out / config.name.

    root: what the domains' folders are relative to (the working directory unless given).
    allow_leaks: codes of leakage to go on with; what the linter found is in out / leakage.json.
    tell: where a sentence for the user goes; ranks: the processes that train together.
    out also keeps the cache of readings and the checkpoint, so that the same call goes on where it stopped.
    """
    cancel = cancel or CancelToken()
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    check_names(config)
    with ranks.first_alone():
        start = start_encoder(config.image, out if ranks.is_first else None)
        rows = list_patients(config, cohort, root or Path())
        material = prepare_material(config, rows, out / "cache", progress, cancel)
        leakage = _lint(config, material, out, allow_leaks) if ranks.is_first else None
    if start is not None and ranks.is_first:
        tell(start.report.sentence)
    starts = _starts(config, start, material)
    examples = make_examples(material.rows, material.readings, material.spec, material.tokenizer, folder=out / "cache")
    session = open_session(config, out, examples, progress, cancel, ranks=ranks)
    members = list_members(config)
    start_log(session, members, examples)
    trained = train_members(session, members, material.spec, material.bert, examples)
    folder = out / config.name
    if trained is not None:
        publish(trained, material.tokenizer, config, examples, folder, root=root, leakage=leakage, starts=starts)
        session.log.write("end", {"bundle": folder.name})
        session.tracker.end()
    return folder


def _starts(config: TrainingConfig, start: Started | None, material: Material) -> dict[InputKind, LoadReport]:
    """Say what encoders begin with; before the training, for a file may be another one by its end."""
    found = {
        InputKind.IMAGE: start.report if start else None,
        InputKind.NOTE: describe_text_start(config.text, material.bert),
    }
    return {kind: report for kind, report in found.items() if report is not None}


def _lint(config: TrainingConfig, material: Material, out: Path, allow_leaks: Sequence[str]) -> LeakageReport:
    seen = leaks.Material(material.rows, material.readings, config.findings, config.seed)
    allowed = config.leakage.reasons | dict.fromkeys(allow_leaks, "allowed on the command line")
    return lint(seen, allowed=allowed, out=out)


def list_patients(config: TrainingConfig, cohort: Path, root: Path) -> list[PatientRow]:
    """List the simulated patients and the images of every domain that is there."""
    rows = find_patients(cohort, config.findings, config.split, domain=SIMULATED)
    for domain in config.domains:
        found = find_domain(domain, config.findings, root=root)
        log.info("domain %s: %d images", domain.name, len(found))
        rows += found
    if config.head == "softmax":
        require_exclusive([row.labels for row in rows], config.findings)
    if not any(row.part == "train" for row in rows):
        raise InvalidRecord(
            Words("{n_rows} patients leave none to train on", n_rows=len(rows)), Words("Use more patients."), cohort
        )
    return rows


def prepare_material(
    config: TrainingConfig, rows: Sequence[PatientRow], cache: Path, progress: Progress, cancel: CancelToken
) -> Material:
    """Read the patients and make tokenizer, text encoder and spec from the training part."""
    audio = config.audio.to_spec() if InputKind.AUDIO in config.inputs else None
    image = _image_spec(config)
    readings = gather(rows, image, cache, audio=audio, workers=config.readers, progress=progress, cancel=cancel)
    return make_material(config, rows, readings, cache)


def make_material(
    config: TrainingConfig, rows: Sequence[PatientRow], readings: Sequence[Reading], cache: Path
) -> Material:
    """Make tokenizer, text encoder and spec from the training part of what was read."""
    image, text = _image_spec(config), _text_spec(config)
    audio = config.audio.to_spec() if InputKind.AUDIO in config.inputs else None
    train = [reading for row, reading in zip(rows, readings, strict=True) if row.part == "train"]
    tokenizer, bert = _text_parts(config, text, NoteTexts(train), cache / f"tokenizer-{config.start_id[:16]}")
    spec = ModelSpec(
        name=config.name,
        version=config.version,
        findings=config.findings,
        input_kinds=config.inputs,
        image=image,
        text=text,
        vitals=_vitals_spec(config, train),
        embedding=config.embedding,
        hidden=config.hidden,
        fusion=config.fusion,
        dropout=config.dropout,
        modality_dropout=config.modality_dropout,
        intended_use=config.intended_use,
        limits=config.limits,
        audio=audio,
        head=config.head,
    )
    return Material(rows, readings, spec, tokenizer, bert)


def check_names(config: TrainingConfig) -> None:
    """Refuse an encoder or a fusion that nobody knows before a single patient is read. Raises InputError."""
    encoders = {
        InputKind.IMAGE: config.image.encoder if config.image else "",
        InputKind.NOTE: config.text.encoder,
        InputKind.VITALS: config.vitals.encoder,
        InputKind.AUDIO: config.audio.encoder,
    }
    try:
        for kind in config.inputs:
            find_entry(ENCODERS, encoders.get(kind, ""), what=f"encoder of {kind}")
        for fusion in (config.fusion, *config.fusions):
            find_entry(FUSIONS, fusion, what="fusion")
    except ValueError as error:
        raise InputError(
            Words("training configuration {name}: {error}", name=config.name, error=error),
            Words("Change the name in the configuration."),
        ) from error


def _image_spec(config: TrainingConfig) -> ImageSpec | None:
    if InputKind.IMAGE not in config.inputs or config.image is None:
        return None
    return config.image.to_spec()


def _text_spec(config: TrainingConfig) -> TextSpec | None:
    if InputKind.NOTE not in config.inputs:
        return None
    text = config.text
    return TextSpec(
        encoder=text.encoder,
        max_tokens=text.max_tokens,
        stride=text.stride,
        languages=text.languages,
        steps=TEXT_STEPS if text.encoder in WORD_ENCODERS else TEXT_STEPS[:1],
        skip_sections=text.skip_sections,
    )


def _vitals_spec(config: TrainingConfig, train: Sequence[Reading]) -> VitalsSpec | None:
    if InputKind.VITALS not in config.inputs:
        return None
    measured = vitals_statistics(train, tuple(sign.name for sign in VITAL_SIGNS))
    return replace(measured, encoder=config.vitals.encoder)


def _text_parts(
    config: TrainingConfig, spec: TextSpec | None, texts: Iterable[str], kept: Path
) -> tuple[PreTrainedTokenizerBase | Vocabulary | None, PreTrainedModel | Vocabulary | None]:
    text = config.text
    if spec is None:
        return None, None
    if spec.is_words:
        words = learn_words(texts, spec, size=text.vocabulary)
        return words, words
    if text.pretrained:
        place = Path(text.pretrained) if Path(text.pretrained).is_dir() else text.pretrained
        return load_tokenizer(place), load_text_model(place)
    # Kept beside the checkpoint: of equally frequent pieces at the edge the trainer takes some by chance,
    # and a resumed run must number its words as before.
    if not (kept / "tokenizer.json").is_file():
        unfinished = kept.with_name(f"{kept.name}.new")
        train_tokenizer(texts, vocabulary=text.vocabulary).save_pretrained(unfinished)
        # Renamed when it is whole: a run that is killed here must not find half a vocabulary later.
        shutil.rmtree(kept, ignore_errors=True)
        unfinished.rename(kept)
    tokenizer = load_tokenizer(kept)
    bert = compact_bert(len(tokenizer), hidden=text.hidden, layers=text.layers, heads=text.heads)
    return tokenizer, BertModel(bert)
