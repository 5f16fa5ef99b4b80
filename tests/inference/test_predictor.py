"""The predictor: same answer alone, in a batch, in threads and on any rung of the memory ladder."""

from __future__ import annotations

import copy
import gc
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from medmm.core.errors import DeviceOutOfMemory, InputError, ModelError
from medmm.core.image import Window
from medmm.core.quality import InputKind
from medmm.inference import predictor as predictor_module
from medmm.inference.attribution import attribute_inputs
from medmm.inference.explain import explain, explained_findings, scores_without
from medmm.inference.shares import shapley_shares
from tests.inference.builders import (
    FINDINGS,
    NOTE,
    chest_pixels,
    forgetful,
    make_case,
    make_image,
    make_note,
    make_predictor,
    make_vitals,
    without_kind,
)

if TYPE_CHECKING:
    from medmm.core.prediction import Explanation
    from medmm.inference.encoding import EncodedCase
    from medmm.inference.model_input import ModelInput
    from medmm.inference.prediction import Prediction
    from medmm.inference.predictor import Predictor
    from medmm.models.multimodal import MultimodalNet

pytestmark = pytest.mark.slow
# Kernels add in another order for another batch size; logits here are of size 0.1 to 1.
BATCH_TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return forgetful(make_predictor())


@pytest.fixture(scope="module")
def inputs(predictor: Predictor) -> list[ModelInput]:
    full = [
        make_case(
            images=(make_image(chest_pixels(seed=seed)),),
            notes=(make_note(" ".join([NOTE] * (1 + seed % 3))),),
            vitals=(make_vitals(("heart_rate", 80.0 + seed, 1.0)),),
        )
        for seed in range(6)
    ]
    prepared = [predictor.prepare(case).model_input for case in full]
    return [
        prepared[0],
        *(without_kind(prepared[i + 1], kind, predictor.spec) for i, kind in enumerate(predictor.spec.input_kinds)),
        *prepared[4:],
    ]


def logits(prediction: Prediction) -> list[float]:
    return [score.logit for score in prediction.findings]


def test_case_alone_equals_case_in_a_batch_with_other_inputs_missing(
    predictor: Predictor, inputs: list[ModelInput]
) -> None:
    together = predictor.predict_batch(inputs, batch_size=len(inputs))
    alone = [predictor.predict(case) for case in inputs]
    for one, other in zip(alone, together, strict=True):
        assert logits(one) == pytest.approx(logits(other), abs=BATCH_TOLERANCE)
        assert one.kinds == other.kinds


def test_eight_threads_give_identical_answers(predictor: Predictor, inputs: list[ModelInput]) -> None:
    expected = logits(predictor.predict(inputs[0]))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: logits(predictor.predict(inputs[0])), range(16)))
    assert all(answer == expected for answer in found)


def test_eight_concurrent_explanations_are_identical(predictor: Predictor) -> None:
    case = make_case(notes=(make_note(" ".join([NOTE] * 2)),))
    own = forgetful(predictor)
    # The blank ends are computed by whoever comes first.
    own.__dict__.pop("blank", None)

    def answer(_: int) -> dict[str, Explanation]:
        model_input = own.prepare(case).model_input
        return explain(own, case, model_input, own.predict(model_input), findings=FINDINGS, maps_for=())

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(answer, range(8)))

    assert all(one == found[0] for one in found)
    assert found[0][FINDINGS[0]].what_if


def test_a_case_explained_after_a_batch_is_explained_as_alone(predictor: Predictor, inputs: list[ModelInput]) -> None:
    together = predictor.predict_batch([inputs[0], *inputs[4:]], batch_size=4)

    for model_input, prediction in zip([inputs[0], *inputs[4:]], together, strict=True):
        alone = attribute_inputs(predictor, model_input, predictor.predict(model_input), finding=0)
        among = attribute_inputs(predictor, model_input, prediction, finding=0)
        assert list(among.joint.by_kind.values()) == pytest.approx(list(alone.joint.by_kind.values()), abs=1e-5)
        assert among.tokens == pytest.approx(alone.tokens, abs=1e-5)


def test_absent_input_reaches_no_encoder(
    predictor: Predictor, inputs: list[ModelInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    for kind in predictor.spec.input_kinds:
        encoder = predictor.net.encoders[kind.value]
        monkeypatch.setattr(
            encoder,
            "forward",
            lambda *a, _kind=kind.value, _forward=encoder.forward: seen.append(_kind) or _forward(*a),
        )
    predictor.predict(without_kind(inputs[0], InputKind.IMAGE, predictor.spec))
    assert sorted(seen) == ["note", "vitals"]


def test_answer_without_an_input_equals_the_table_from_cached_embeddings(
    predictor: Predictor, inputs: list[ModelInput]
) -> None:
    table = scores_without(predictor, predictor.predict(inputs[0]))
    for kind in predictor.spec.input_kinds:
        fresh = predictor.predict(without_kind(inputs[0], kind, predictor.spec))
        assert list(table[kind].values()) == pytest.approx(logits(fresh), abs=BATCH_TOLERANCE)


def test_shares_sum_and_total_is_the_answer(predictor: Predictor, inputs: list[ModelInput]) -> None:
    prediction = predictor.predict(inputs[0])
    shares = shapley_shares(predictor.head(prediction), prediction.kinds, findings=FINDINGS)
    for score in prediction.findings:
        share = shares[score.name]
        assert share.total == pytest.approx(score.logit, abs=1e-6)
        assert sum(share.by_kind.values()) == pytest.approx(share.total - share.baseline, abs=1e-5)


def test_no_input_at_all_gives_no_score(predictor: Predictor, inputs: list[ModelInput]) -> None:
    empty = replace(inputs[0], present=(False, False, False), image=None, note=None, vitals=None)
    with pytest.raises(InputError, match="none of the inputs"):
        predictor.predict(empty)


@pytest.mark.parametrize("part", ["encoders.image.features", "encoders.note.token_value", "head"])
def test_weight_that_is_no_number_is_an_error_and_never_a_score(
    predictor: Predictor, inputs: list[ModelInput], part: str
) -> None:
    broken = copy.copy(predictor)
    broken.net = broken._on_device = copy.deepcopy(predictor.net)
    with torch.no_grad():
        next(broken.net.get_submodule(part).parameters()).fill_(float("nan"))
    with pytest.raises(ModelError, match=r"not (a number|numbers)"):
        broken.predict(inputs[0])


def test_image_out_of_range_is_an_error(predictor: Predictor, inputs: list[ModelInput]) -> None:
    wrong = replace(inputs[0].image, pixels=inputs[0].image.pixels * 1000)
    with pytest.raises(ValueError, match="out of range"):
        predictor.predict(replace(inputs[0], image=wrong))


def test_full_memory_halves_the_batch_and_keeps_the_answers(
    predictor: Predictor, inputs: list[ModelInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [logits(predictor.predict(case)) for case in inputs]
    real = predictor_module.encode_cases

    def encode(net: MultimodalNet, chunk: Sequence[ModelInput], **where: Any) -> list[EncodedCase]:
        if len(chunk) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(net, chunk, **where)

    monkeypatch.setattr(predictor_module, "encode_cases", encode)
    found = predictor.predict_batch(inputs, batch_size=8)
    for one, other in zip(found, expected, strict=True):
        assert logits(one) == pytest.approx(other, abs=BATCH_TOLERANCE)
    assert "memory_step_down" in {note.code for note in found[0].notes}


def test_memory_too_small_for_one_case_is_a_clear_error(
    predictor: Predictor, inputs: list[ModelInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    def encode(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(predictor_module, "encode_cases", encode)
    with pytest.raises(DeviceOutOfMemory):
        predictor.predict(inputs[0])


def test_chinese_note_is_gated_and_the_rest_is_scored(predictor: Predictor) -> None:
    gated = predictor.prepare(make_case(notes=(make_note("患者发热、咳嗽三天,无胸痛。"),)))
    assert gated.model_input.present == (True, False, True)
    assert [note.code for note in gated.uses[InputKind.NOTE].gate] == ["note_language"]
    assert predictor.predict(gated.model_input).kinds == (InputKind.IMAGE, InputKind.VITALS)


def test_note_of_unknown_words_is_not_read(predictor: Predictor) -> None:
    gated = predictor.prepare(make_case(notes=(make_note("ΩΩ λλ µµ žž fever ßß ĄĄ ČČ"),)))
    assert gated.model_input.present == (True, False, True)
    assert [note.code for note in gated.uses[InputKind.NOTE].gate] == ["note_unknown_words"]


def test_uniform_display_is_no_image(predictor: Predictor) -> None:
    # Structure lies outside the declared window: the gate sees it, the model would not.
    film = replace(make_image(), windows=(Window(60000.0, 100.0),))
    gated = predictor.prepare(make_case(images=(film,)))
    assert gated.model_input.present == (False, True, True)
    assert [note.code for note in gated.uses[InputKind.IMAGE].gate] == ["unsupported_image"]


def test_refused_note_leaves_the_places_of_the_others(predictor: Predictor) -> None:
    gated = predictor.prepare(make_case(notes=(make_note("发热咳嗽发热咳嗽"), make_note())))
    assert set(gated.model_input.note.note_index.ravel()) == {-1, 1}


def test_explanation_has_map_words_and_vitals(predictor: Predictor) -> None:
    case = make_case()
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)

    found = explain(predictor, case, model_input, prediction, findings=FINDINGS, maps_for=FINDINGS[:2])

    assert [name for name, one in found.items() if one.heatmap] == list(FINDINGS[:2])
    heatmap = found[FINDINGS[0]].heatmap
    assert heatmap.values.shape == (3, 3)
    assert heatmap.values.min() >= 0
    assert -1 <= heatmap.stability <= 1
    tokens = found[FINDINGS[2]].tokens
    assert all(NOTE[t.start : t.end] == t.text for t in tokens)
    assert {"fever", "cough", "38.6"} <= {t.text for t in tokens}
    assert found[FINDINGS[2]].completeness_gap <= 0.01
    assert [v.imputed for v in found[FINDINGS[2]].vitals] == [False, False, True]


def test_negative_finding_gets_no_map_unless_asked(predictor: Predictor) -> None:
    case = make_case()
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)
    decisions = {score.name: score.decision for score in prediction.findings}
    found = explain(predictor, case, model_input, prediction, findings=FINDINGS)
    assert {name: one.heatmap is not None for name, one in found.items()} == {
        name: decision == "positive" for name, decision in decisions.items()
    }
    assert explained_findings(prediction.findings)


def test_map_of_an_image_only_case_lies_on_the_seen_box(predictor: Predictor) -> None:
    case = make_case(notes=(), vitals=())
    model_input = predictor.prepare(case).model_input
    found = explain(
        predictor, case, model_input, predictor.predict(model_input), findings=FINDINGS[:1], maps_for=FINDINGS[:1]
    )[FINDINGS[0]]
    corners = found.heatmap.to_stored @ np.array([[0, 3], [0, 3], [1, 1]])
    row0, col0, row1, col1 = found.heatmap.seen_box
    # The square input holds the whole seen box: the grid reaches at least to its corners.
    assert corners[0, 0] <= row0 + 1e-6
    assert corners[0, 1] >= row1 - 1e-6
    assert corners[1, 0] <= col0 + 1e-6
    assert corners[1, 1] >= col1 - 1e-6
    assert found.tokens == ()
    assert set(found.joint.by_kind) == {InputKind.IMAGE}
    assert found.completeness_gap <= 0.01


def test_many_predictions_leave_no_tensor_behind(predictor: Predictor, inputs: list[ModelInput]) -> None:
    def count() -> int:
        gc.collect()
        return sum(type(thing) is torch.Tensor for thing in gc.get_objects())

    predictor.predict(inputs[0])
    before = count()
    for _ in range(60):
        predictor.predict(inputs[0])
    assert count() <= before
