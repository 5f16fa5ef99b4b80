"""`medmm.result/1`: a case's result as JSON types, valid against resources/schema/medmm.result-1.schema.json."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict

from medmm.core.case import Case
from medmm.core.comparison import Comparison
from medmm.core.errors import ReportError
from medmm.core.heat_map import HeatMap, SoundMap
from medmm.core.prediction import CaseResult, Explanation, FindingScore, InputUse, JointSum, Shares, VitalWeight
from medmm.core.quality import InputFile, InputKind, QualityNote
from medmm.core.review import NO_LOG, ReviewLog, about, count_reviews, reviews_of, signature_of
from medmm.core.words import Words
from medmm.report.heading import study_header
from medmm.storage.review_files import review_to_json
from medmm.workflow.record_json import JsonValue, comparison_to_json, record_to_json
from medmm.workflow.similar_json import similar_to_json
from medmm.workflow.stored_result import SCHEMA, STUDY_FIELDS, result_from_json

__all__ = ["result_from_json", "result_to_json"]


def result_to_json(
    case: Case,
    result: CaseResult,
    *,
    overlay_files: Mapping[str, str] | None = None,
    log: ReviewLog = NO_LOG,
    compared: Mapping[str, Comparison] | None = None,
) -> dict[str, JsonValue]:
    """Give the document of a result; overlay_files: file name of the overlay of each finding that was written.

    log: what the reader said; it stands apart, the model's values are as they were;
    compared: other scorings of the case beside this one, by what they are ("rerun", "against").

    Raises ReportError when a number is not finite: such a result must not be passed on.
    """
    files = overlay_files or {}
    document: dict[str, JsonValue] = {
        "schema": SCHEMA,
        "case": _case(case, result),
        "model": {**asdict(result.model), "limits": list(result.model.limits)},
        "findings": [_finding(finding) for finding in result.findings],
        "inputs_used": {kind.value: _use(result.inputs_used.get(kind, InputUse(False))) for kind in InputKind},
        "shares": _all_shares(result),
        "explanation": {
            "finding": {name: _explanation(why, files.get(name)) for name, why in result.explanations.items()}
        },
        "checks": [_check(note) for note in dict.fromkeys((*case.checks, *result.checks))],
        "timing_ms": dict(result.timing_ms),
        "note_coverage": result.note_coverage,
        "image_index": result.image_index,
        "review": _review(result, log),
        "research_use_only": True,
    }
    if result.similar is not None:
        document["similar"] = similar_to_json(result.similar, result.findings)
    if result.record is not None:
        document["record"] = record_to_json(result.record)
    for name, comparison in (compared or {}).items():
        document[name] = comparison_to_json(comparison)
    _refuse_not_finite(document, "the result")
    return document


def _case(case: Case, result: CaseResult) -> JsonValue:
    patient, header = case.patient, study_header(case, result)
    return {
        "patient_id": result.patient_id,
        "study_uid": result.study_uid,
        "index_time": result.index_time,
        "inputs": [_input(file) for file in case.inputs],
        "patient": {"name": patient.name, "birth_date": patient.birth_date, "sex": patient.sex},
        "study": {name: getattr(header, name) for name in STUDY_FIELDS},
    }


def _review(result: CaseResult, log: ReviewLog) -> JsonValue:
    signature = signature_of(result, log)
    counts: dict[str, JsonValue] = asdict(count_reviews(result, log.reviews))
    signed: dict[str, JsonValue] = {**asdict(signature), "review_ids": list(signature.review_ids)} if signature else {}
    return {
        **counts,
        "is_signed": signature is not None,
        "signature": signed or None,
        "in_force": {name: review.id for name, review in reviews_of(result, log.reviews).items()},
        "log": [review_to_json(review) for review in about(result, log.reviews)],
    }


def _input(file: InputFile) -> JsonValue:
    described: dict[str, JsonValue] = {"kind": file.kind.value, "path": file.path, "sha256": file.sha256}
    if file.sop_instance_uid:
        described["sop_instance_uid"] = file.sop_instance_uid
    return described


def _finding(finding: FindingScore) -> JsonValue:
    return {
        "name": finding.name,
        "score": finding.score,
        "probability": finding.probability,
        "threshold": finding.threshold,
        "positive": finding.is_positive,
        "decision": finding.decision,
        "interval": list(finding.interval) if finding.interval else None,
        "logit": finding.logit,
        "reason": finding.reason,
    }


def _use(use: InputUse) -> JsonValue:
    return {"used": use.used, "gate": [_check(note) for note in use.gate]}


def _check(note: QualityNote) -> JsonValue:
    kind = note.kind.value if note.kind else None
    return {"code": note.code, "severity": note.severity.value, "message": note.message, "kind": kind}


def _shares(shares: Shares) -> JsonValue:
    by_kind: dict[str, JsonValue] = {kind.value: share for kind, share in shares.by_kind.items()}
    return {**by_kind, "baseline": shares.baseline, "total": shares.total}


def _all_shares(result: CaseResult) -> JsonValue:
    by_finding: dict[str, JsonValue] = {name: _shares(share) for name, share in result.shares.items()}
    alone: dict[str, JsonValue] = {
        name: {kind.value: logit for kind, logit in share.alone.items()}
        for name, share in result.shares.items()
        if share.alone
    }
    described: dict[str, JsonValue] = {"unit": "logit", "finding": by_finding}
    return {**described, "alone": alone} if alone else described


def _explanation(why: Explanation, file: str | None) -> JsonValue:
    sounds = [_sound(one) for one in why.sounds]
    described: dict[str, JsonValue] = {
        "heatmap": _heatmap(why.heatmap, file) if why.heatmap else None,
        "tokens": [asdict(token) for token in why.tokens],
        "vitals": [_vital(vital) for vital in why.vitals],
        "completeness_gap": why.completeness_gap,
    }
    if why.joint:
        described["joint"] = _joint(why.joint)
    if why.sentences:
        described["sentences"] = [asdict(sentence) for sentence in why.sentences]
    if why.map_refusal:
        described["map_refusal"] = why.map_refusal
    if why.what_if:
        described["what_if"] = [{**asdict(one), "score": _finding(one.score)} for one in why.what_if]
    return {**described, "audio": sounds} if sounds else described


def _joint(joint: JointSum) -> JsonValue:
    parts: dict[str, JsonValue] = {kind.value: part for kind, part in joint.by_kind.items()}
    return {**asdict(joint), "by_kind": parts}


def _sound(sound: SoundMap) -> JsonValue:
    rows, cols = sound.values.shape
    return {
        "grid": [rows, cols],
        "values": sound.values.astype(float).tolist(),
        "seconds_per_moment": sound.seconds_per_moment,
        "bands_hz": [list(band) for band in sound.bands_hz],
        "recording_index": sound.recording_index,
        "method": sound.method,
    }


def _vital(vital: VitalWeight) -> JsonValue:
    described: dict[str, JsonValue] = asdict(vital)
    described["reference"] = list(vital.reference) if vital.reference else None
    moments: list[JsonValue] = [asdict(moment) for moment in vital.moments]
    del described["moments"]
    return {**described, "moments": moments} if moments else described


def _heatmap(heatmap: HeatMap, file: str | None) -> JsonValue:
    rows, cols = heatmap.values.shape
    return {
        "file": file,
        "grid": [rows, cols],
        "method": heatmap.method,
        "stability": heatmap.stability,
        "scale_logits": heatmap.scale_logits,
        "values": heatmap.values.astype(float).tolist(),
        "to_stored": heatmap.to_stored.tolist(),
        "seen_box": list(heatmap.seen_box),
        "image_index": heatmap.image_index,
        "slice_index": heatmap.slice_index,
        "is_tested": heatmap.is_tested,
        "hits": heatmap.hits,
        "outside": heatmap.outside,
    }


def _refuse_not_finite(value: JsonValue, place: str) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ReportError(
            Words("{place} is {value}, which is no number to report", place=place, value=value),
            Words("The model gave no usable answer for this case; check its inputs and the bundle."),
        )
    if isinstance(value, dict):
        for name, item in value.items():
            _refuse_not_finite(item, f"{place}: {name}")
    elif isinstance(value, list):
        for item in value:
            _refuse_not_finite(item, place)
