"""Explain a prediction: heat map, words, vital signs; each in logits of the finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from medmm.core.case import Case
from medmm.core.heat_map import SoundMap
from medmm.core.prediction import Explanation, FindingScore, TokenWeight, VitalWeight
from medmm.core.progress import CancelToken
from medmm.core.quality import InputKind
from medmm.core.words import NOTHING
from medmm.inference.attribution import Attribution, attribute_inputs
from medmm.inference.heat_maps import heat_maps
from medmm.inference.map_gate import refuse_map
from medmm.inference.model_input import ModelInput
from medmm.inference.note_units import join_negated, join_sentences
from medmm.inference.prediction import Prediction
from medmm.inference.predictor import Predictor
from medmm.inference.shares import without_each
from medmm.inference.sound_cam import sound_gradcam, to_sound_maps
from medmm.inference.what_if import what_if
from medmm.inference.word_weights import merge_series, merge_vitals, merge_words


def explain(
    predictor: Predictor,
    case: Case,
    model_input: ModelInput,
    prediction: Prediction,
    *,
    findings: Sequence[str] = (),
    maps_for: Sequence[str] | None = None,
    cancel: CancelToken | None = None,
) -> dict[str, Explanation]:
    """Explain `findings`; none named means the positive ones, else the highest.

    maps_for: findings to draw a heat map for; None = those that are positive (a map for a finding that is not there
    invites belief; FIELD.md 13 rule 5).
    Raises Cancelled between findings, DeviceOutOfMemory.
    """
    cancel = cancel or CancelToken()
    asked = tuple(findings) or explained_findings(prediction.findings)
    positive = {score.name for score in prediction.findings if score.decision == "positive"}
    mapped = [name for name in asked if name in (positive if maps_for is None else maps_for)]
    cancel.raise_if_set()
    heatmaps = heat_maps(predictor, model_input, prediction, findings=mapped)
    sounds = sound_maps(predictor, model_input, prediction, findings=mapped)
    explanations = {}
    for name in asked:
        cancel.raise_if_set()
        column = predictor.spec.findings.index(name)
        attribution = attribute_inputs(predictor, model_input, prediction, finding=column)
        tokens = _tokens(attribution, model_input, case)
        explanations[name] = Explanation(
            finding=name,
            heatmap=heatmaps.get(name),
            tokens=tokens,
            map_refusal=refuse_map(predictor.map_tests, name)
            if name in mapped and prediction.maps is not None
            else NOTHING,
            vitals=_vitals(attribution, model_input, predictor),
            completeness_gap=attribution.gap,
            sounds=sounds.get(name, ()),
            joint=attribution.joint,
            sentences=join_sentences(tokens, case.notes),
        )
    changes = what_if(predictor, case, prediction, sentences={name: e.sentences for name, e in explanations.items()})
    return {name: replace(why, what_if=changes[name]) for name, why in explanations.items()}


def explained_findings(scores: Sequence[FindingScore]) -> tuple[str, ...]:
    """Name the findings that are positive, highest first; when none is, the one nearest to its threshold."""
    ordered = sorted(scores, key=lambda score: score.shown, reverse=True)
    positive = tuple(score.name for score in ordered if score.decision == "positive")
    nearest = max(scores, key=lambda score: score.shown - score.threshold)
    return positive or (nearest.name,)


def sound_maps(
    predictor: Predictor, model_input: ModelInput, prediction: Prediction, *, findings: Sequence[str]
) -> dict[str, tuple[SoundMap, ...]]:
    """Draw for every named finding when each recording speaks for it; empty without a recording."""
    if not findings or prediction.window_maps is None or model_input.audio is None or predictor.spec.audio is None:
        return {}
    columns = [predictor.spec.findings.index(name) for name in findings]
    values = sound_gradcam(predictor.net, prediction.z, prediction.present, prediction.window_maps, findings=columns)
    return {
        name: to_sound_maps(own.numpy(), model_input.audio, predictor.spec.audio)
        for name, own in zip(findings, values, strict=True)
    }


def scores_without(predictor: Predictor, prediction: Prediction) -> dict[InputKind, dict[str, float]]:
    """Give every finding's logit with one input taken away, for each input that took part."""
    return without_each(predictor.head(prediction), prediction.kinds, findings=predictor.spec.findings)


def _tokens(attribution: Attribution, model_input: ModelInput, case: Case) -> tuple[TokenWeight, ...]:
    if attribution.tokens is None or model_input.note is None:
        return ()
    return join_negated(merge_words(attribution.tokens, model_input.note, case.notes), case.notes)


def _vitals(attribution: Attribution, model_input: ModelInput, predictor: Predictor) -> tuple[VitalWeight, ...]:
    spec = predictor.spec.vitals
    if model_input.vitals is None or spec is None:
        return ()
    if attribution.series is not None:
        return merge_series(attribution.series, model_input.vitals, spec)
    if attribution.vitals is None:
        return ()
    return merge_vitals(attribution.vitals, model_input.vitals, spec)
