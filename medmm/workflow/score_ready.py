"""Answer cases that were read and prepared elsewhere, several at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from medmm.core.errors import Cancelled, MedMMError
from medmm.core.prediction import CaseResult
from medmm.core.progress import CancelToken
from medmm.workflow.ready_case import Defect, ReadyCase, defect_of
from medmm.workflow.score import conclude

if TYPE_CHECKING:
    from medmm.inference.prediction import Prediction
    from medmm.workflow.engine import LocalEngine

log = logging.getLogger(__name__)
# What a GPU is given at once; on a CPU nothing is gained by it, and a case alone gives the same bits every time.
ON_A_GPU = 16


def score_ready(
    cases: Sequence[ReadyCase], engine: LocalEngine, *, explain: bool, cancel: CancelToken
) -> list[CaseResult | MedMMError | Defect]:
    """Give each case's result, or why it has none; one that fails fails alone.

    Raises Cancelled between cases that are explained.
    """
    began = time.perf_counter()
    predictions = _predict(cases, engine)
    each_ms = 1000 * (time.perf_counter() - began) / max(1, len(cases))
    answers: list[CaseResult | MedMMError | Defect] = []
    for ready, prediction in zip(cases, predictions, strict=True):
        if isinstance(prediction, MedMMError | Defect):
            answers.append(prediction)
        else:
            answers.append(_conclude(ready, engine, prediction, each_ms, explain=explain, cancel=cancel))
    return answers


def _predict(cases: Sequence[ReadyCase], engine: LocalEngine) -> list[Prediction | MedMMError | Defect]:
    predictor = engine.predictor
    at_once = 1 if predictor.runtime.device.type == "cpu" else ON_A_GPU
    try:
        return list(predictor.predict_batch([ready.gated.model_input for ready in cases], batch_size=at_once))
    except MedMMError as error:
        if len(cases) == 1:
            return [error]
    except Exception as error:  # a defect in one case must not end the night
        log.exception("a case could not be predicted")
        if len(cases) == 1:
            return [defect_of(error)]
    return [answer for ready in cases for answer in _predict([ready], engine)]


def _conclude(
    ready: ReadyCase,
    engine: LocalEngine,
    prediction: Prediction,
    predict_ms: float,
    *,
    explain: bool,
    cancel: CancelToken,
) -> CaseResult | MedMMError | Defect:
    began = time.perf_counter()
    try:
        result = conclude(
            ready.case, engine, ready.gated, prediction, explain=explain, cancel=cancel, trace=ready.trace
        )
    except Cancelled:
        raise
    except MedMMError as error:
        return error
    except Exception as error:
        log.exception("a case could not be concluded")
        return defect_of(error)
    explain_ms = 1000 * (time.perf_counter() - began)
    # The model was there before the first case: no case waited for it.
    laps = {"load": 0.0, "prepare": ready.prepare_ms, "predict": predict_ms, "explain": explain_ms}
    laps["total"] = sum(laps.values())
    return replace(result, timing_ms={name: round(lap, 1) for name, lap in laps.items()})
