"""The audio encoder and the recurrent one: invariances that a result must have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from medmm.core.quality import InputKind
from medmm.models.spec import AudioSpec, ModelSpec

if TYPE_CHECKING:
    from torch import Tensor

    from medmm.models.audio_encoder import SoundCNN
    from medmm.models.series_encoder import VitalsGRU

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def hears() -> SoundCNN:
    import torch

    from medmm.models.audio_encoder import SoundCNN

    torch.manual_seed(0)
    return SoundCNN().eval()


@pytest.fixture(scope="module")
def recurrent() -> VitalsGRU:
    import torch

    from medmm.models.series_encoder import VitalsGRU

    torch.manual_seed(0)
    return VitalsGRU(3).eval()


def draw(*shape: int, seed: int = 0) -> Tensor:
    import torch

    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def test_sound_depends_neither_on_the_order_of_windows_nor_on_batch_mates(hears: SoundCNN) -> None:
    import torch

    windows, case = draw(5, 20, 60), torch.tensor([0, 0, 0, 1, 1])

    both = hears(windows, case, 2).z
    turned = hears(windows[[2, 4, 0, 3, 1]], case[[2, 4, 0, 3, 1]], 2).z
    alone = hears(windows[3:], case[3:] - 1, 1).z

    torch.testing.assert_close(both, turned, atol=1e-6, rtol=0)
    torch.testing.assert_close(both[1:], alone, atol=1e-6, rtol=0)


def test_one_case_heard_twice_is_heard_the_same(hears: SoundCNN) -> None:
    import torch

    windows = draw(3, 20, 60)

    once = hears(windows, torch.zeros(3, dtype=torch.long), 1).z
    twice = hears(windows.repeat(2, 1, 1), torch.zeros(6, dtype=torch.long), 1).z

    torch.testing.assert_close(once, twice, atol=1e-6, rtol=0)


def make_series(n: int = 6, *, seed: int = 0) -> Tensor:
    import torch

    rng = np.random.default_rng(seed)
    mask = (rng.random((n, 3)) < 0.6).astype(float)
    mask[0] = 1
    gaps = rng.uniform(0.2, 3.0, (n, 3)) * (np.arange(n)[:, None] > 0)
    return torch.tensor(np.stack([rng.normal(size=(n, 3)) * mask, mask, gaps], axis=-1), dtype=torch.float32)


def test_padding_and_batch_mates_change_nothing(recurrent: VitalsGRU) -> None:
    import torch

    series = make_series()
    padded = torch.full((2, 9, 3, 3), 7.0)
    padded[0, :6] = series
    padded[1, :9] = make_series(9, seed=1)

    alone = recurrent(series[None], torch.tensor([6])).z
    among = recurrent(padded, torch.tensor([6, 9])).z

    torch.testing.assert_close(among[:1], alone, atol=1e-6, rtol=0)


def test_a_value_that_was_not_measured_is_not_read(recurrent: VitalsGRU) -> None:
    import torch

    series = make_series()
    noisy = series.clone()
    noisy[..., 0] += 5.0 * (series[..., 1] == 0)

    assert torch.equal(recurrent(series[None], torch.tensor([6])).z, recurrent(noisy[None], torch.tensor([6])).z)


def test_a_longer_gap_and_another_order_are_told_apart(recurrent: VitalsGRU) -> None:
    import torch

    series = make_series()
    longer, turned = series.clone(), series.clone()
    longer[3, :, 2] += 10.0
    turned[[2, 3], :, 0] = series[[3, 2]][:, :, 0]
    plain = recurrent(series[None], torch.tensor([6])).z

    assert not torch.allclose(recurrent(longer[None], torch.tensor([6])).z, plain, atol=1e-4)
    assert not torch.allclose(recurrent(turned[None], torch.tensor([6])).z, plain, atol=1e-4)


def test_an_old_value_decays_to_the_mean_as_the_paper_says(recurrent: VitalsGRU) -> None:
    import torch

    seen: list[Tensor] = []
    handle = recurrent.cell.register_forward_pre_hook(lambda _, arguments: seen.append(arguments[0]))
    with torch.no_grad():
        recurrent.value_decay.fill_(0.5)
        recurrent.value_offset.fill_(0.0)
        series = torch.tensor([[[2.0, 1, 0], [1, 1, 0], [0, 0, 0]], [[0, 0, 4.0], [3, 1, 4], [0, 0, 4]]])
        recurrent(series[None], torch.tensor([2]))
    handle.remove()

    # Second time: 2 exp(-0.5 * 4) = 0.2707, measured 3, never measured 0; then the mask.
    assert seen[1][0].tolist() == pytest.approx([0.270671, 3, 0, 0, 1, 0], abs=1e-5)


def test_a_model_may_hear_alone_and_its_spec_says_so() -> None:
    spec = ModelSpec("hears", "0", ("pneumonia",), (InputKind.AUDIO,), audio=AudioSpec())

    assert spec.parts[InputKind.AUDIO] == AudioSpec()
    with pytest.raises(ValueError, match="do not match"):
        replace(spec, audio=None)
    with pytest.raises(ValueError, match="do not fit"):
        AudioSpec(overlap=1.0)


def test_a_net_with_sound_takes_cases_with_and_without_it() -> None:
    import torch

    from medmm.models.batch import ModelBatch
    from medmm.models.multimodal import MultimodalNet

    torch.manual_seed(0)
    net = MultimodalNet(ModelSpec("hears", "0", ("pneumonia",), (InputKind.AUDIO,), audio=AudioSpec())).eval()
    batch = ModelBatch(
        torch.tensor([[False], [True], [True]]), sound=draw(3, 20, 60), window_case=torch.tensor([1, 1, 2])
    )
    with torch.inference_mode():
        logits = net(batch)
        alone = net(ModelBatch(torch.tensor([[True]]), sound=batch.sound[2:], window_case=torch.tensor([0])))
        nothing = net(ModelBatch(torch.tensor([[False]])))

    torch.testing.assert_close(logits[2:], alone, atol=1e-6, rtol=0)
    torch.testing.assert_close(logits[:1], nothing, atol=1e-6, rtol=0)
