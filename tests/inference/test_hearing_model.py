"""A model with sound and vital signs over time: gate, shares, attributions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from medmm.core.quality import InputKind
from medmm.inference.attribution import attribute_inputs
from medmm.inference.explain import explain
from medmm.inference.gate import check_inputs
from medmm.inference.shares import shapley_shares
from tests.inference.builders import (
    FINDINGS,
    make_case,
    make_ensemble_predictor,
    make_predictor,
    make_spec,
    make_vitals,
)
from tests.inference.sounds import make_recording, with_audio

if TYPE_CHECKING:
    from medmm.core.case import Case
    from medmm.inference.predictor import Predictor

pytestmark = pytest.mark.slow
VITALS = make_vitals(
    ("heart_rate", 110.0, 6.0), ("temperature_c", 38.6, 6.0), ("heart_rate", 90.0, 3.0), ("spo2", 91.0, 1.0)
)


def hearing_spec(encoder: str = "audio.mfcc") -> Any:
    spec = with_audio(make_spec(), encoder=encoder)
    return replace(spec, vitals=replace(spec.vitals, encoder="tab.gru"))


@pytest.fixture(scope="module", params=[make_predictor, make_ensemble_predictor])
def predictor(request: pytest.FixtureRequest) -> Predictor:
    return request.param(spec=hearing_spec())


def hearing_case(**parts: Any) -> Case:
    return replace(make_case(vitals=(VITALS,), **parts), audio=(make_recording(5.0), make_recording(1.0, seed=4)))


def test_sound_is_used_where_it_is_there_and_told_where_it_is_not() -> None:
    spec = hearing_spec()
    heard = check_inputs(hearing_case(), spec)[InputKind.AUDIO]
    missing = check_inputs(make_case(), spec)[InputKind.AUDIO]
    left_out = check_inputs(replace(make_case(without=frozenset({InputKind.AUDIO}))), spec)[InputKind.AUDIO]
    slow = check_inputs(replace(make_case(), audio=(make_recording(rate_hz=2000),)), spec)[InputKind.AUDIO]

    assert (heard.used, heard.gate) == (True, ())
    assert (missing.used, [note.code for note in missing.gate]) == (False, ["no_audio"])
    assert (left_out.used, [note.code for note in left_out.gate]) == (False, ["left_out_by_choice"])
    assert (slow.used, [note.code for note in slow.gate]) == (True, ["audio_low_rate"])


def test_shares_of_four_inputs_add_up(predictor: Predictor) -> None:
    prediction = predictor.predict(predictor.prepare(hearing_case()).model_input)

    shares = shapley_shares(predictor.head(prediction), prediction.kinds, findings=FINDINGS)

    for share in shares.values():
        assert set(share.by_kind) == set(InputKind)
        assert sum(share.by_kind.values()) == pytest.approx(share.total - share.baseline, abs=1e-6)


def test_a_case_without_sound_is_scored_like_one_whose_sound_is_left_out(predictor: Predictor) -> None:
    silent = replace(hearing_case(), audio=())
    left_out = replace(silent, without=frozenset({InputKind.AUDIO}))

    one, other = (predictor.predict(predictor.prepare(case).model_input) for case in (silent, left_out))

    assert [f.logit for f in one.findings] == [f.logit for f in other.findings]
    assert one.window_maps is None


def test_batch_mates_change_no_answer(predictor: Predictor) -> None:
    cases = (hearing_case(), replace(hearing_case(), audio=()), replace(hearing_case(), audio=(make_recording(3.0),)))
    inputs = [predictor.prepare(case).model_input for case in cases]

    together = predictor.predict_batch(inputs)

    for own, among in zip((predictor.predict(one) for one in inputs), together, strict=True):
        assert [f.logit for f in own.findings] == pytest.approx([f.logit for f in among.findings], abs=1e-5)
    assert [len(one.window_maps) if one.window_maps is not None else 0 for one in together] == [5, 0, 2]


def test_parts_of_all_four_inputs_sum_to_the_change(predictor: Predictor) -> None:
    model_input = predictor.prepare(hearing_case()).model_input

    found = attribute_inputs(predictor, model_input, predictor.predict(model_input), finding=0)

    assert found.gap <= 0.01
    assert found.vitals is None
    parts = (found.cells, found.tokens, found.series, found.windows)
    assert sum(part.sum() for part in parts) == pytest.approx(found.change, abs=0.01 * max(abs(found.change), 0.05))
    assert [part.sum() for part in parts] == pytest.approx(list(found.joint.by_kind.values()))
    assert found.windows.shape == (5,)
    assert np.abs(found.series[model_input.vitals.series[..., 1] == 0]).max() == 0


def test_each_vital_sign_says_when_it_weighed(predictor: Predictor) -> None:
    case = hearing_case()
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)

    why = explain(predictor, case, model_input, prediction, findings=("pneumonia",))["pneumonia"]

    heart = next(vital for vital in why.vitals if vital.name == "heart_rate")
    assert [moment.time for moment in heart.moments] == ["2024-03-05T06:00:00", "2024-03-05T09:00:00"]
    assert sum(moment.weight for moment in heart.moments) == pytest.approx(heart.weight)


def test_the_sound_map_is_the_gradient_of_the_whole_head(predictor: Predictor) -> None:
    from medmm.inference.sound_cam import sound_gradcam

    prediction = predictor.predict(predictor.prepare(hearing_case()).model_input)
    maps, net = prediction.window_maps, predictor.net
    found = sound_gradcam(net, prediction.z, prediction.present, maps, findings=[1])[0]

    # A small step along the map of one channel of one window changes the logit as its weight says.
    def logit(varied: torch.Tensor) -> float:
        pooled = net.encoders["audio"].pool(varied.double().float(), torch.zeros(5, dtype=torch.long), 1)
        return float(net.fuse({**prediction.z, InputKind.AUDIO: pooled}, prediction.present)[0, 1])

    weights = []
    for channel in range(maps.shape[1]):
        moved = [maps.clone(), maps.clone()]
        moved[0][2, channel] += 0.05
        moved[1][2, channel] -= 0.05
        weights.append((logit(moved[0]) - logit(moved[1])) / 0.1 / maps[2, channel].numel())
    expected = torch.einsum("c,chw->hw", torch.tensor(weights), maps[2]).relu()
    assert found.shape == (5, *maps.shape[2:])
    torch.testing.assert_close(found[2], expected, atol=2e-3 * float(expected.max()), rtol=0)


@pytest.mark.parametrize(("encoder", "n_bands"), [("audio.mfcc", 1), ("audio.log_mel", 10)])
def test_maps_lie_on_the_time_of_their_recording(encoder: str, n_bands: int) -> None:
    predictor = make_predictor(spec=hearing_spec(encoder))
    case = hearing_case()
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)

    why = explain(predictor, case, model_input, prediction, findings=("pneumonia",), maps_for=("pneumonia",))

    long, short = why["pneumonia"].sounds
    assert (long.recording_index, short.recording_index) == (0, 1)
    assert (len(long.bands_hz), long.values.shape[0]) == (n_bands, n_bands)
    assert (long.bands_hz[0][0], long.bands_hz[-1][1]) == pytest.approx((40.0, 2000.0))
    assert long.values.shape[1] * long.seconds_per_moment == pytest.approx(5.0, abs=long.seconds_per_moment)
    assert short.values.shape[1] * short.seconds_per_moment == pytest.approx(1.0, abs=short.seconds_per_moment)
    assert long.values.min() >= 0


def test_what_a_window_adds_stands_at_its_second() -> None:
    from medmm.inference.sound_cam import to_sound_maps
    from tests.inference.sounds import SPEC
    from tests.inference.test_prepare_audio import prepare

    audio = prepare(make_recording(5.0), make_recording(1.0))
    values = np.zeros((5, 4, 10), dtype=np.float32)  # moments of 0.2 s
    values[1, 0, 2] = 1.0  # the window from 1 s: 1.4 s
    values[2, 3, 0] = 2.0  # the window from 2 s: 2.0 s
    values[4, 0, 7] = 3.0  # the short one, repeated: 1.4 s is 0.4 s

    long, short = to_sound_maps(values, audio, replace(SPEC, encoder="audio.log_mel"))

    assert sorted((int(b), int(m), float(long.values[b, m])) for b, m in np.argwhere(long.values)) == [
        (0, 7, 1.0),
        (3, 10, 2.0),
    ]
    assert [(int(b), int(m)) for b, m in np.argwhere(short.values)] == [(0, 2)]
