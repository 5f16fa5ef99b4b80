"""Read a result that was written before: the values of `medmm.result/1` back from its JSON."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from medmm.core.case import Case
from medmm.core.errors import ReportError
from medmm.core.heat_map import HeatMap, SoundMap
from medmm.core.identity import PatientIdentity
from medmm.core.image import StudyHeader
from medmm.core.prediction import (
    CaseResult,
    Explanation,
    FindingScore,
    InputUse,
    JointSum,
    ModelIdentity,
    MomentWeight,
    Shares,
    TokenWeight,
    VitalWeight,
)
from medmm.core.quality import InputFile, InputKind, QualityNote, Severity
from medmm.core.review import NO_LOG, ReviewLog
from medmm.core.what_if import WhatIf
from medmm.core.words import Words
from medmm.storage.review_files import review_from_json, signature_from_json
from medmm.workflow.record_json import record_from_json
from medmm.workflow.similar_json import similar_from_json

SCHEMA = "medmm.result/1"
STUDY_FIELDS = (
    "modality",
    "study_description",
    "series_description",
    "body_part",
    "view_position",
    "laterality",
    "study_date",
    "study_time",
    "accession_number",
    "institution",
)
# What json gives; every field is taken by name below, so a wrong shape ends in one ReportError.
Parsed = dict[str, Any]


@dataclass(frozen=True)
class StoredResult:
    """A result with as much of its case as the document holds: identity, inputs and checks, no pixels, no text.

    overlay_files: name of the overlay picture beside the document, for each finding that has one;
    log: what the reader had said when it was written, nothing in a document from before reviews were kept.
    """

    case: Case
    study: StudyHeader
    result: CaseResult
    overlay_files: dict[str, str]
    log: ReviewLog = NO_LOG


def read_stored(path: Path) -> StoredResult:
    """Read a result.json from the disk.

    Raises ReportError when it cannot be read or is no medmm.result/1.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = Words("it is no UTF-8 text") if isinstance(error, UnicodeDecodeError) else error.strerror
        raise ReportError(
            Words("{name} cannot be read: {what}", name=path.name, what=what),
            Words("Name a result.json of `medmm score`."),
            path,
        ) from error
    return result_from_json(text)


def result_from_json(text: str) -> StoredResult:
    """Read a document.

    Raises ReportError when it is no medmm.result/1, naming what is missing or wrong.
    """
    try:
        document = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
        schema = document["schema"]
        if schema != SCHEMA:
            raise ReportError(
                Words("the document's schema is {found!r}, not {schema!r}", found=str(schema)[:40], schema=SCHEMA),
                Words("Score the case again."),
            )
        return _stored(document)
    except KeyError as error:
        raise ReportError(
            Words("the document is no {schema}: {key!r} is missing", schema=SCHEMA, key=str(error.args[0])[:60]),
            Words("Score the case again."),
        ) from error
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ReportError(
            Words("the document is no {schema}: {error} while reading it", schema=SCHEMA, error=type(error).__name__),
            Words("Score the case again."),
        ) from error


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no finite number")  # 1e999 is sound JSON and infinite
    return number


def _stored(document: Parsed) -> StoredResult:
    about = document["case"]
    patient = about.get("patient", {})
    checks = tuple(_check(item) for item in document["checks"])
    explained = document["explanation"]["finding"]
    case = Case(
        folder=Path(),
        patient=PatientIdentity(
            patient_id=str(about["patient_id"]),
            name=str(patient.get("name", "")),
            birth_date=str(patient.get("birth_date", "")),
            sex=str(patient.get("sex", "")),
        ),
        index_time=datetime.fromisoformat(about["index_time"]) if about["index_time"] else None,
        inputs=tuple(_input(item) for item in about["inputs"]),
        checks=checks,
    )
    header: dict[str, Any] = {name: str(about.get("study", {}).get(name, "")) for name in STUDY_FIELDS}
    return StoredResult(
        case=case,
        study=StudyHeader(study_uid=str(about["study_uid"]), **header),
        result=_result(document, checks),
        overlay_files={
            name: str(why["heatmap"]["file"])
            for name, why in explained.items()
            if why["heatmap"] and why["heatmap"]["file"]
        },
        log=_log(document.get("review")),
    )


def _log(item: Parsed | None) -> ReviewLog:
    if item is None:
        return NO_LOG
    reviews = [review_from_json(entry) for entry in item["log"]]
    signed = [signature_from_json(entry) for entry in (item["signature"],) if entry is not None]
    sound, signatures = (tuple(one for one in reviews if one), tuple(one for one in signed if one))
    if len(sound) < len(reviews) or len(signatures) < len(signed):
        raise ValueError("a review is malformed")
    return ReviewLog(sound, signatures)


def _result(document: Parsed, checks: tuple[QualityNote, ...]) -> CaseResult:
    about, shares = document["case"], document["shares"]
    return CaseResult(
        patient_id=str(about["patient_id"]),
        study_uid=str(about["study_uid"]),
        index_time=str(about["index_time"]),
        model=_model(document["model"]),
        findings=tuple(_finding(item) for item in document["findings"]),
        inputs_used={InputKind(kind): _use(use) for kind, use in document["inputs_used"].items()},
        shares={name: _shares(name, item, shares.get("alone", {})) for name, item in shares["finding"].items()},
        explanations={name: _explanation(name, item) for name, item in document["explanation"]["finding"].items()},
        checks=checks,
        timing_ms={name: float(value) for name, value in document["timing_ms"].items()},
        note_coverage=document.get("note_coverage"),
        image_index=document.get("image_index"),
        inputs=tuple(_input(item) for item in about["inputs"]),
        record=record_from_json(document["record"]) if "record" in document else None,
        similar=similar_from_json(document["similar"]) if "similar" in document else None,
    )


def _model(item: Parsed) -> ModelIdentity:
    known = ("name", "version", "sha256", "device", "runtime", "precision")
    return ModelIdentity(
        **{name: str(item[name]) for name in known},
        is_calibrated=bool(item.get("is_calibrated", False)),
        limits=tuple(str(limit) for limit in item.get("limits", ())),
        n_members=int(item.get("n_members", 1)),
    )


def _input(item: Parsed) -> InputFile:
    return InputFile(
        InputKind(item["kind"]), str(item["path"]), str(item["sha256"]), str(item.get("sop_instance_uid", ""))
    )


def _check(item: Parsed) -> QualityNote:
    kind = item.get("kind")
    return QualityNote(
        str(item["code"]),
        Words("{message}", message=item["message"]),
        Severity(item["severity"]),
        InputKind(kind) if kind else None,
    )


def _use(item: Parsed) -> InputUse:
    return InputUse(bool(item["used"]), tuple(_check(note) for note in item["gate"]))


def _finding(item: Parsed) -> FindingScore:
    if item["decision"] not in ("positive", "negative", "uncertain"):
        raise ValueError(f"unknown decision {item['decision']!r}")
    interval, probability = item["interval"], item["probability"]
    return FindingScore(
        name=str(item["name"]),
        logit=float(item["logit"]),
        score=float(item["score"]),
        probability=None if probability is None else float(probability),
        threshold=float(item["threshold"]),
        decision=item["decision"],
        interval=(float(interval[0]), float(interval[1])) if interval else None,
        reason=Words("{message}", message=str(item.get("reason", ""))),
    )


def _shares(name: str, item: Parsed, alone: Parsed) -> Shares:
    by_kind = {kind: float(item[kind.value]) for kind in InputKind if kind.value in item}
    heads = {InputKind(kind): float(logit) for kind, logit in alone.get(name, {}).items()}
    return Shares(name, by_kind, baseline=float(item["baseline"]), total=float(item["total"]), alone=heads)


def _explanation(name: str, item: Parsed) -> Explanation:
    return Explanation(
        finding=name,
        heatmap=_heatmap(item["heatmap"]) if item["heatmap"] else None,
        tokens=tuple(TokenWeight(**token) for token in item["tokens"]),
        vitals=tuple(_vital(vital) for vital in item["vitals"]),
        completeness_gap=item.get("completeness_gap"),
        sounds=tuple(_sound(sound) for sound in item.get("audio", ())),
        map_refusal=Words("{message}", message=str(item.get("map_refusal", ""))),
        joint=_joint(item["joint"]) if item.get("joint") else None,
        sentences=tuple(TokenWeight(**sentence) for sentence in item.get("sentences", ())),
        what_if=tuple(WhatIf(**{**one, "score": _finding(one["score"])}) for one in item.get("what_if", ())),
    )


def _joint(item: Parsed) -> JointSum:
    return JointSum(
        by_kind={InputKind(kind): float(part) for kind, part in item["by_kind"].items()},
        change=float(item["change"]),
        baseline=float(item["baseline"]),
        gap=float(item["gap"]),
        n_steps=int(item["n_steps"]),
        method=str(item["method"]),
    )


def _sound(item: Parsed) -> SoundMap:
    return SoundMap(
        values=np.array(item["values"], dtype=np.float32).reshape(item["grid"]),
        seconds_per_moment=float(item["seconds_per_moment"]),
        bands_hz=tuple((float(low), float(high)) for low, high in item["bands_hz"]),
        recording_index=int(item["recording_index"]),
        method=str(item["method"]),
    )


def _vital(item: Parsed) -> VitalWeight:
    moments = tuple(MomentWeight(str(one["time"]), float(one["weight"])) for one in item.get("moments", ()))
    low_high = item.get("reference")
    reference = (float(low_high[0]), float(low_high[1])) if low_high else None
    return VitalWeight(**{**item, "moments": moments, "reference": reference})


def _heatmap(item: Parsed) -> HeatMap:
    row0, col0, row1, col1 = (float(edge) for edge in item["seen_box"])
    return HeatMap(
        values=np.array(item["values"], dtype=np.float32).reshape(item["grid"]),
        to_stored=np.array(item["to_stored"], dtype=np.float64).reshape(3, 3),
        seen_box=(row0, col0, row1, col1),
        method=str(item["method"]),
        image_index=int(item["image_index"]),
        slice_index=int(item["slice_index"]),
        stability=item["stability"],
        scale_logits=float(item["scale_logits"]),
        is_tested=bool(item.get("is_tested", False)),
        hits=item.get("hits"),
        outside=item.get("outside"),
    )
