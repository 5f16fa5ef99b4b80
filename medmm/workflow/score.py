"""Score one case: gate, prepare, predict, divide, explain."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from medmm.core.case import Case
from medmm.core.errors import IdentityMismatch, NothingUsable
from medmm.core.image import MedicalImage
from medmm.core.prediction import CaseResult, Explanation, SeenImage, Shares
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words, as_title, in_a_row
from medmm.workflow.hashing import relative_name
from medmm.workflow.unread import UNREAD

if TYPE_CHECKING:
    from medmm.inference.gated_input import GatedInput
    from medmm.inference.model_input import PreparedNote
    from medmm.inference.prediction import Prediction
    from medmm.inference.trace import Trace
    from medmm.workflow.engine import LocalEngine

STAGES = ("loading the model", "checks", "prediction", "explanation", "done")


class Stopwatch:
    """Milliseconds of each stage, in the order in which they ran."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Book the time since the last lap under a name."""
        now = time.perf_counter()
        self.laps[name] = round(1000 * (now - self._last), 1)
        self._last = now

    def total(self) -> dict[str, float]:
        """Give all laps and their total."""
        return {**self.laps, "total": round(1000 * (time.perf_counter() - self._began), 1)}


def score_case(
    case: Case,
    engine: LocalEngine,
    *,
    explain: bool = True,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> CaseResult:
    """Score one case and explain it.

    Raises IdentityMismatch when its inputs name different patients, NothingUsable with the reason of each input,
    ModelError when the model cannot answer, Cancelled between stages.
    """
    cancel = cancel or CancelToken()
    refuse_stopped(case)
    watch = Stopwatch()

    def enter(stage: int) -> None:
        cancel.raise_if_set()
        progress(stage, len(STAGES) - 1, STAGES[stage])

    enter(0)
    predictor = engine.predictor
    watch.lap("load")
    enter(1)
    gated = prepare_scoring(case, predictor.prepare)
    watch.lap("prepare")
    enter(2)
    prediction = predictor.predict(gated.model_input)
    watch.lap("predict")
    enter(3)
    result = conclude(case, engine, gated, prediction, explain=explain, cancel=cancel)
    watch.lap("explain")
    enter(4)
    return replace(result, timing_ms=watch.total())


def refuse_stopped(case: Case) -> None:
    """Raise IdentityMismatch where a check forbids scoring."""
    if case.stop is not None:
        raise IdentityMismatch(
            case.stop.message, Words("Nothing was scored. Take the wrong file out of the folder."), case.folder
        )


def prepare_scoring(case: Case, prepare: Callable[[Case], GatedInput]) -> GatedInput:
    """Prepare a case for the network.

    Raises IdentityMismatch, and NothingUsable with the reason of each input.
    """
    refuse_stopped(case)
    gated = prepare(case)
    _require_an_input(case, gated)
    return gated


def conclude(
    case: Case,
    engine: LocalEngine,
    gated: GatedInput,
    prediction: Prediction,
    *,
    explain: bool,
    cancel: CancelToken,
    trace: Trace | None = None,
) -> CaseResult:
    """Put together all that is told of a prediction; the times are the caller's to add.

    trace: of a case that was read elsewhere and comes without its pixels.
    """
    from medmm.inference.distance_gate import strangers, with_remarks
    from medmm.inference.similar import similar_cases
    from medmm.inference.uncalibrated import withhold_probabilities

    told = with_remarks(gated, strangers(engine.predictor, prediction))
    prediction = withhold_probabilities(engine.predictor, prediction, told.uses)
    shares, explanations = _explain(engine, case, told, prediction, is_wanted=explain, cancel=cancel)
    result = _result(case, engine, told, prediction, shares, explanations)
    result = replace(result, similar=similar_cases(engine.predictor, prediction))
    return _recorded(result, case, engine, told, trace)


def _recorded(
    result: CaseResult, case: Case, engine: LocalEngine, gated: GatedInput, trace: Trace | None
) -> CaseResult:
    from medmm.inference.run_record import make_record
    from medmm.inference.trace import trace_of

    predictor = engine.predictor
    trace = trace or trace_of(predictor.spec, predictor.tokenizer, case, gated.model_input)
    record = make_record(predictor, case, trace, settings={"device": engine.asked_device})
    return replace(result, record=record, seen=trace.seen)


def _require_an_input(case: Case, gated: GatedInput) -> None:
    if any(use.used for use in gated.uses.values()):
        return
    remarks = [note for use in gated.uses.values() for note in use.gate if note.code != "not_in_model"]
    remarks += [check for check in case.checks if check.code == UNREAD]
    reasons = in_a_row(dict.fromkeys(note.message for note in remarks), separator=" ")
    raise NothingUsable(
        Words("The model can use nothing of this case. {reasons}", reasons=reasons),
        Words("Nothing was scored."),
        case.folder,
    )


def _explain(
    engine: LocalEngine,
    case: Case,
    gated: GatedInput,
    prediction: Prediction,
    *,
    is_wanted: bool,
    cancel: CancelToken,
) -> tuple[dict[str, Shares], dict[str, Explanation]]:
    from medmm.inference.explain import explain, explained_findings
    from medmm.inference.shares import shapley_shares, with_own_heads

    predictor = engine.predictor
    exact = shapley_shares(predictor.head(prediction), prediction.kinds, findings=predictor.spec.findings)
    shares = with_own_heads(exact, prediction.single)
    if not is_wanted:
        return shares, {}
    findings = explained_findings(prediction.findings)
    return shares, explain(predictor, case, gated.model_input, prediction, findings=findings, cancel=cancel)


def _result(
    case: Case,
    engine: LocalEngine,
    gated: GatedInput,
    prediction: Prediction,
    shares: dict[str, Shares],
    explanations: dict[str, Explanation],
) -> CaseResult:
    from medmm.inference.distance_gate import cannot_tell

    note = gated.model_input.note
    remarks = (*case.checks, *(r for use in gated.uses.values() for r in use.gate), *prediction.notes)
    remarks += cannot_tell(engine.predictor, prediction.kinds)
    image = gated.model_input.image
    shown = case.images[image.image_index if image else 0] if case.images else None
    return CaseResult(
        patient_id=case.patient.patient_id,
        study_uid=shown.header.study_uid if shown else "",
        index_time=case.index_time.isoformat() if case.index_time else "",
        model=engine.predictor.identity,
        findings=prediction.findings,
        inputs_used=gated.uses,
        shares=shares,
        explanations=explanations,
        checks=(*remarks, *_coverage(note), *_one_source(shares, prediction)),
        note_coverage=note.coverage if note else None,
        image_index=image.image_index if image else None,
        images=tuple(_seen(one, case) for one in case.images),
        inputs=case.inputs,
    )


def _seen(image: MedicalImage, case: Case) -> SeenImage:
    first = image.instances[0]
    return SeenImage(first.sop_instance_uid, relative_name(first.path, case.root))


def _coverage(note: PreparedNote | None) -> tuple[QualityNote, ...]:
    if note is None or note.coverage >= 1.0:
        return ()
    # Counted: no percent sign may stand beside scores that are no probabilities.
    message = Words(
        "Only {n_read:,} of {n_tokens:,} tokens of the note were read; the rest is beyond the model's limit.",
        n_read=note.n_read,
        n_tokens=note.n_tokens,
    )
    return (QualityNote("note_not_fully_read", message, Severity.WARNING, InputKind.NOTE),)


def _one_source(shares: dict[str, Shares], prediction: Prediction) -> tuple[QualityNote, ...]:
    positive = [shares[f.name] for f in prediction.findings if f.is_positive and f.name in shares]
    return tuple(
        QualityNote(
            "rests_on_one_source",
            Words(
                "{finding} rests on the {kind} alone (over nine tenths).",
                finding=as_title(share.finding),
                kind=share.rests_on,
            ),
            Severity.WARNING,
        )
        for share in positive
        if share.rests_on is not None
    )
