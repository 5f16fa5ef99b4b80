"""Every encoder as ONNX computes what torch computes, for other numbers of cases than it was written with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.models.builders import make_spec

if TYPE_CHECKING:
    from torch import Tensor, nn

    from medmm.models.batch import ModelBatch

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
SIZES = (1, 3, 5)
TOLERANCE = 1e-4
IMAGES = [
    ("monai.densenet121", 0),
    ("monai.resnet18", 0),
    ("monai.efficientnet-b0", 0),
    ("monai.vit", 0),
    ("monai.resnet18", 32),
    ("monai.vit", 32),
]


def draw(*shape: int, seed: int = 0) -> Tensor:
    import torch

    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def present(n: int) -> Tensor:
    import torch

    return torch.ones(n, 1, dtype=torch.bool)


def make_images(n: int, *, slices: int = 0) -> ModelBatch:
    from medmm.models.batch import ModelBatch

    return ModelBatch(present(n), image=draw(n, 1, *((slices,) if slices else ()), 64, 64, seed=n))


def make_notes(n: int) -> ModelBatch:
    """Every second case has two chunks, of which the last one is shorter."""
    import torch

    from medmm.models.batch import ModelBatch

    owner = torch.tensor([case for case in range(n) for _ in range(1 + case % 2)])
    ids = torch.randint(1, 41, (len(owner), 9), generator=torch.Generator().manual_seed(n))
    mask = torch.ones_like(ids)
    mask[-1, 5:] = 0
    return ModelBatch(present(n), token_ids=ids, token_mask=mask, chunk_case=owner)


def make_series(n: int) -> ModelBatch:
    import torch

    from medmm.models.batch import ModelBatch

    spec = make_spec().vitals
    assert spec is not None
    series = draw(n, 6 + n, len(spec.names), 3, seed=n).abs()
    series[..., 1] = (series[..., 1] > 0.7).float()
    return ModelBatch(present(n), series=series, series_steps=torch.tensor([1 + case % 7 for case in range(n)]))


def make_sounds(n: int) -> ModelBatch:
    import torch

    from medmm.models.batch import ModelBatch

    owner = torch.tensor([case for case in range(n) for _ in range(1 + case % 3)])
    return ModelBatch(present(n), sound=draw(len(owner), 20, 78, seed=n), window_case=owner)


def run(file: Path, inputs: dict[str, Tensor]) -> list[Tensor]:
    import torch

    onnxruntime = pytest.importorskip("onnxruntime", reason="comes with medmm[onnx]")
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    return [torch.from_numpy(found) for found in session.run(None, {k: v.numpy() for k, v in inputs.items()})]


def written(encoder: nn.Module, batch: ModelBatch, file: Path) -> Path:
    from medmm.models.encoder_graphs import graph_of
    from medmm.training.onnx_export import write_graph

    pytest.importorskip("onnxscript", reason="comes with medmm[onnx]")
    gap = write_graph(graph_of(encoder.eval(), batch, make_spec()), file)
    assert gap <= TOLERANCE
    return file


def pooled(parts: Tensor, scores: Tensor, owner: Tensor) -> Tensor:
    """What the manifest says of chunks and windows: a mean weighted by softmax of the scores, case by case."""
    import torch

    cases = range(int(owner.max()) + 1)
    return torch.stack([scores[owner == case].softmax(0) @ parts[owner == case] for case in cases])


@pytest.mark.parametrize(("name", "slices"), IMAGES, ids=lambda value: str(value))
def test_image_encoders(name: str, slices: int, tmp_path: Path) -> None:
    import torch

    from medmm.models.image_encoder import build_image_encoder
    from medmm.models.spec import ImageSpec

    torch.manual_seed(0)
    encoder = build_image_encoder(ImageSpec(64, 64, slices=slices, encoder=name)).eval()
    file = written(encoder, make_images(2, slices=slices), tmp_path / "image.onnx")

    for n in SIZES:
        image = make_images(n, slices=slices).image
        with torch.inference_mode():
            expected = encoder(image)
        z, maps = run(file, {"image": image})
        torch.testing.assert_close(z, expected.z, atol=TOLERANCE, rtol=0)
        torch.testing.assert_close(maps, expected.maps, atol=TOLERANCE, rtol=0)


@pytest.mark.parametrize("name", ["tfidf", "words"])
def test_word_encoders(name: str, tmp_path: Path) -> None:
    import torch

    from medmm.models.encoder_graphs import graph_of
    from medmm.models.vocabulary import Vocabulary
    from medmm.models.word_encoders import TfidfNotes, WordNotes

    torch.manual_seed(0)
    vocabulary = Vocabulary(tuple(f"w{k}" for k in range(40)), tuple(1 + k / 40 for k in range(40)))
    encoder = {"tfidf": TfidfNotes, "words": WordNotes}[name](vocabulary).eval()
    file = written(encoder, make_notes(3), tmp_path / "note.onnx")

    for n in SIZES:
        batch = make_notes(n)
        with torch.inference_mode():
            expected = encoder(batch.token_ids, batch.token_mask, batch.chunk_case, n).z
        (z,) = run(file, dict(graph_of(encoder, batch, make_spec()).inputs))
        torch.testing.assert_close(z, expected, atol=TOLERANCE, rtol=0)


def test_the_recurrent_encoder_of_vital_signs(tmp_path: Path) -> None:
    import torch

    from medmm.models.encoder_graphs import graph_of
    from medmm.models.series_encoder import VitalsGRU

    torch.manual_seed(0)
    encoder = VitalsGRU(len(make_spec().vitals.names)).eval()
    file = written(encoder, make_series(2), tmp_path / "vitals.onnx")

    for n in SIZES:
        batch = make_series(n)
        with torch.inference_mode():
            expected = encoder(batch.series, batch.series_steps).z
        (z,) = run(file, dict(graph_of(encoder, batch, make_spec()).inputs))
        torch.testing.assert_close(z, expected, atol=TOLERANCE, rtol=0)


def test_the_encoder_of_recordings(tmp_path: Path) -> None:
    import torch

    from medmm.models.audio_encoder import SoundCNN

    torch.manual_seed(0)
    encoder = SoundCNN().eval()
    file = written(encoder, make_sounds(2), tmp_path / "audio.onnx")

    for n in SIZES:
        batch = make_sounds(n)
        with torch.inference_mode():
            expected = encoder(batch.sound, batch.window_case, n)
        windows, scores, maps = run(file, {"sound": batch.sound})
        torch.testing.assert_close(pooled(windows, scores, batch.window_case), expected.z, atol=TOLERANCE, rtol=0)
        torch.testing.assert_close(maps, expected.window_maps, atol=TOLERANCE, rtol=0)


def test_every_encoder_that_can_be_trained_has_a_graph() -> None:
    from medmm.models.audio_encoder import SoundCNN
    from medmm.models.encoder_graphs import _MAKERS
    from medmm.models.image_encoder import ImageEncoder
    from medmm.models.multimodal import ENCODERS
    from medmm.models.series_encoder import VitalsGRU
    from medmm.models.spec import IMAGE_ENCODERS
    from medmm.models.tabular_encoder import VitalsMLP
    from medmm.models.text_encoder import BertNotes
    from medmm.models.word_encoders import TfidfNotes, WordNotes

    others = {"hf.bert": BertNotes, "text.tfidf": TfidfNotes, "text.words": WordNotes, "tab.mlp": VitalsMLP,
              "tab.gru": VitalsGRU, "audio.mfcc": SoundCNN, "audio.log_mel": SoundCNN}  # fmt: skip
    classes = {**dict.fromkeys(IMAGE_ENCODERS, ImageEncoder), **others}

    assert set(classes) == set(ENCODERS)
    assert set(classes.values()) == set(_MAKERS)


def test_an_encoder_without_a_graph_is_refused_in_words() -> None:
    from torch import nn

    from medmm.core.errors import ExchangeError
    from medmm.models.encoder_graphs import graph_of

    with pytest.raises(ExchangeError, match="Bilinear"):
        graph_of(nn.Bilinear(1, 1, 1), make_images(1), make_spec())
