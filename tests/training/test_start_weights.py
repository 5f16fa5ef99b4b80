"""Weights in the names of torchvision and others: every tensor lands, the numbers agree, strangers are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medmm.core.errors import BundleRefused, WeightsMissing

if TYPE_CHECKING:
    import torch

    from medmm.models.image_encoder import ImageEncoder

pytest.importorskip("torch")
pytestmark = pytest.mark.slow
Weights = dict[str, "torch.Tensor"]


def encoder_of(name: str, *, slices: int = 0) -> ImageEncoder:
    import torch

    from medmm.models.image_encoder import build_image_encoder
    from medmm.models.spec import ImageSpec

    torch.manual_seed(0)
    return build_image_encoder(ImageSpec(64, 64, encoder=name, slices=slices)).eval()


class Draw:
    """Tensors as torchvision's files name and shape them."""

    def __init__(self) -> None:
        import torch

        self.rng = torch.Generator().manual_seed(1)
        self.weights: Weights = {}

    def conv(self, name: str, *shape: int) -> None:
        import torch

        scale = (2 / (shape[1] * shape[2] * shape[3])) ** 0.5
        self.weights[f"{name}.weight"] = torch.randn(shape, generator=self.rng) * scale

    def norm(self, name: str, width: int) -> None:
        import torch

        self.weights[f"{name}.weight"] = torch.rand(width, generator=self.rng) + 0.5
        self.weights[f"{name}.bias"] = torch.randn(width, generator=self.rng) * 0.1
        self.weights[f"{name}.running_mean"] = torch.randn(width, generator=self.rng) * 0.1
        self.weights[f"{name}.running_var"] = torch.rand(width, generator=self.rng) + 0.5


def torchvision_densenet121(*, is_old: bool = False) -> Weights:
    draw, dot = Draw(), "." if is_old else ""
    draw.conv("features.conv0", 64, 3, 7, 7)
    draw.norm("features.norm0", 64)
    width = 64
    for block, n_layers in enumerate((6, 12, 24, 16), start=1):
        for layer in range(1, n_layers + 1):
            place = f"features.denseblock{block}.denselayer{layer}"
            draw.norm(f"{place}.norm{dot}1", width)
            draw.conv(f"{place}.conv{dot}1", 128, width, 1, 1)
            draw.norm(f"{place}.norm{dot}2", 128)
            draw.conv(f"{place}.conv{dot}2", 32, 128, 3, 3)
            width += 32
        if block < 4:
            draw.norm(f"features.transition{block}.norm", width)
            draw.conv(f"features.transition{block}.conv", width // 2, width, 1, 1)
            width //= 2
    draw.norm("features.norm5", width)
    draw.conv("classifier", 1000, width, 1, 1)
    return draw.weights


def torchvision_resnet18() -> Weights:
    draw = Draw()
    draw.conv("conv1", 64, 3, 7, 7)
    draw.norm("bn1", 64)
    before = 64
    for stage, width in enumerate((64, 128, 256, 512), start=1):
        for block in (0, 1):
            place = f"layer{stage}.{block}"
            draw.conv(f"{place}.conv1", width, before, 3, 3)
            draw.norm(f"{place}.bn1", width)
            draw.conv(f"{place}.conv2", width, width, 3, 3)
            draw.norm(f"{place}.bn2", width)
            if before != width:
                draw.conv(f"{place}.downsample.0", width, before, 1, 1)
                draw.norm(f"{place}.downsample.1", width)
            before = width
    draw.conv("fc", 1000, 512, 1, 1)
    return draw.weights


def norm(weights: Weights, name: str, x: torch.Tensor) -> torch.Tensor:
    from torch.nn import functional

    parts = [weights[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")]
    return functional.batch_norm(x, *parts)


def run_resnet18(weights: Weights, x: torch.Tensor) -> torch.Tensor:
    """torchvision's forward written out (He et al. 2016; stem 7 x 7 with stride 2, projection shortcuts)."""
    from torch.nn.functional import conv2d, max_pool2d

    x = max_pool2d(norm(weights, "bn1", conv2d(x, weights["conv1.weight"], stride=2, padding=3)).relu(), 3, 2, 1)
    for stage in (1, 2, 3, 4):
        for block in (0, 1):
            place, stride = f"layer{stage}.{block}", 2 if stage > 1 and block == 0 else 1
            out = norm(weights, f"{place}.bn1", conv2d(x, weights[f"{place}.conv1.weight"], stride=stride, padding=1))
            out = norm(weights, f"{place}.bn2", conv2d(out.relu(), weights[f"{place}.conv2.weight"], padding=1))
            if f"{place}.downsample.0.weight" in weights:
                shortcut = conv2d(x, weights[f"{place}.downsample.0.weight"], stride=stride)
                x = norm(weights, f"{place}.downsample.1", shortcut)
            x = (out + x).relu()
    return x


def run_densenet121(weights: Weights, x: torch.Tensor) -> torch.Tensor:
    """torchvision's forward written out (Huang et al. 2017), with the new names."""
    import torch
    from torch.nn.functional import avg_pool2d, conv2d, max_pool2d

    x = conv2d(x, weights["features.conv0.weight"], stride=2, padding=3)
    x = max_pool2d(norm(weights, "features.norm0", x).relu(), 3, 2, 1)
    for block, n_layers in enumerate((6, 12, 24, 16), start=1):
        for layer in range(1, n_layers + 1):
            place = f"features.denseblock{block}.denselayer{layer}"
            new = conv2d(norm(weights, f"{place}.norm1", x).relu(), weights[f"{place}.conv1.weight"])
            new = conv2d(norm(weights, f"{place}.norm2", new).relu(), weights[f"{place}.conv2.weight"], padding=1)
            x = torch.cat([x, new], dim=1)
        if block < 4:
            place = f"features.transition{block}"
            x = avg_pool2d(conv2d(norm(weights, f"{place}.norm", x).relu(), weights[f"{place}.conv.weight"]), 2)
    return norm(weights, "features.norm5", x).relu()


@pytest.mark.parametrize("name", ["densenet121", "resnet18"])
def test_torchvision_weights_give_torchvisions_numbers_for_a_grey_image(name: str, tmp_path: Path) -> None:
    import torch

    from medmm.training.start_weights import start_from

    weights, run = {
        "densenet121": (torchvision_densenet121(), run_densenet121),
        "resnet18": (torchvision_resnet18(), run_resnet18),
    }[name]
    torch.save(weights, tmp_path / "weights.pth")
    encoder = encoder_of(f"monai.{name}")
    grey = torch.randn(2, 1, 64, 64, generator=torch.Generator().manual_seed(4))

    report = start_from(encoder, tmp_path / "weights.pth", name=name)

    with torch.inference_mode():
        maps = encoder(grey).maps
        expected = run(weights, grey.expand(-1, 3, -1, -1))
    assert maps is not None
    torch.testing.assert_close(maps, expected, rtol=1e-3, atol=1e-4 * float(expected.abs().max()))
    assert (report.missing, dict(report.shape_differs)) == ((), {})
    assert list(report.adapted.values()) == ["3 channels summed to 1"]
    assert report.left_over == (("classifier.weight",) if name == "densenet121" else ("fc.weight",))


@pytest.mark.parametrize("prefix", ["", "module.", "model.backbone.", "module.densenet121."])
def test_old_dotted_names_and_wrappers_are_understood(prefix: str, tmp_path: Path) -> None:
    import torch

    from medmm.training.start_weights import start_from

    old = {f"{prefix}{key}": value for key, value in torchvision_densenet121(is_old=True).items()}
    torch.save({"state_dict": old, "epoch": 3}, tmp_path / "old.pth.tar")
    encoder = encoder_of("monai.densenet121")

    report = start_from(encoder, tmp_path / "old.pth.tar", name="densenet121")

    assert report.n_fitting == report.n_needed == 604
    own = encoder.state_dict()["features.denseblock3.denselayer7.layers.norm2.running_var"]
    assert torch.equal(own, old[f"{prefix}features.denseblock3.denselayer7.norm.2.running_var"])


@pytest.mark.parametrize("name", ["monai.densenet169", "monai.resnet50", "monai.efficientnet-b0", "monai.vit"])
def test_an_encoder_starts_from_its_own_weights(name: str, tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    from medmm.training.start_weights import start_from

    other = encoder_of(name)
    torch.nn.init.normal_(next(other.parameters()))
    # As they lie in one of our bundles, beside those of another input.
    (tmp_path / "models").mkdir()
    own = {f"encoders.image.{key}": value.contiguous() for key, value in other.state_dict().items()}
    save_file({**own, "encoders.note.bert.weight": torch.ones(3)}, tmp_path / "models/model.safetensors")
    encoder = encoder_of(name)

    report = start_from(encoder, tmp_path, name=name)

    assert report.n_fitting == report.n_needed
    assert all(torch.equal(value, encoder.state_dict()[key]) for key, value in other.state_dict().items())
    assert report.left_over == ("encoders.note.bert.weight",)


def test_efficientnet_in_monais_own_names(tmp_path: Path) -> None:
    import torch
    from monai.networks.nets import EfficientNetBN

    from medmm.training.start_weights import start_from

    net = EfficientNetBN("efficientnet-b0", pretrained=False, in_channels=3)
    torch.save(net.state_dict(), tmp_path / "b0.pt")

    report = start_from(encoder_of("monai.efficientnet-b0"), tmp_path / "b0.pt", name="efficientnet-b0")

    assert report.n_fitting == report.n_needed
    assert report.left_over == ("_fc.weight", "_fc.bias")


def test_planes_become_volumes_and_a_volume_of_equal_slices_answers_as_its_slice(tmp_path: Path) -> None:
    import torch

    from medmm.training.start_weights import start_from

    torch.save(torchvision_resnet18(), tmp_path / "weights.pth")
    flat, deep = encoder_of("monai.resnet18"), encoder_of("monai.resnet18", slices=32)

    start_from(flat, tmp_path / "weights.pth", name="resnet18")
    report = start_from(deep, tmp_path / "weights.pth", name="resnet18")

    assert report.n_fitting == report.n_needed
    assert report.adapted["features.conv1.weight"] == "3 channels summed to 1, repeated over 7 slices"
    # The border in the third axis is padded with zeros, so only the middle of the stem is compared.
    image = torch.randn(1, 1, 64, 64)
    with torch.inference_mode():
        stem = flat.features.conv1(image)
        stack = deep.features.conv1(image.unsqueeze(2).expand(-1, -1, 32, -1, -1))
    torch.testing.assert_close(stack[:, :, 8], stem, atol=1e-4, rtol=1e-4)


def test_other_networks_are_refused_in_a_sentence_and_change_nothing(tmp_path: Path) -> None:
    import torch

    from medmm.training.start_weights import start_from

    torch.save(torchvision_resnet18(), tmp_path / "resnet.pth")
    encoder = encoder_of("monai.densenet121")
    before = {key: value.clone() for key, value in encoder.state_dict().items()}

    with pytest.raises(BundleRefused, match=r"of the 604 tensors of monai\.densenet121 only") as refusal:
        start_from(encoder, tmp_path / "resnet.pth", name="monai.densenet121")

    assert "conv1.weight" in refusal.value.hint
    assert all(torch.equal(value, before[key]) for key, value in encoder.state_dict().items())


def test_places_without_one_weights_file_are_refused(tmp_path: Path) -> None:
    from medmm.training.start_weights import find_weights

    with pytest.raises(WeightsMissing, match="not there"):
        find_weights(tmp_path / "nowhere.pth")
    (tmp_path / "a.pth").touch()
    (tmp_path / "b.pt").touch()
    with pytest.raises(WeightsMissing, match=r"2 weights files \(a\.pth, b\.pt\)"):
        find_weights(tmp_path)
    (tmp_path / "b.pt").unlink()
    assert find_weights(tmp_path) == tmp_path / "a.pth"


def test_report_is_written_beside_the_run_and_a_tensor_of_another_shape_is_named(tmp_path: Path) -> None:
    import torch

    from medmm.training.config import ImageConfig
    from medmm.training.start_weights import REPORT, start_encoder

    weights = torchvision_resnet18()
    weights["layer1.0.conv1.weight"] = torch.zeros(64, 64, 5, 5)
    del weights["layer4.1.bn2.bias"]
    torch.save(weights, tmp_path / "weights.pt")
    config = ImageConfig(rows=64, cols=64, encoder="monai.resnet18", start_from=str(tmp_path / "weights.pt"))

    started = start_encoder(config, tmp_path / "run")

    assert started is not None
    assert "1 adapted, 1 of another shape, 1 missing, 1 left over" in started.report.sentence
    written = json.loads((tmp_path / "run" / REPORT).read_text())
    assert written["shape_differs"] == {"features.layer1.0.conv1.weight": [[64, 64, 5, 5], [64, 64, 3, 3]]}
    assert written["missing"] == ["features.layer4.1.bn2.bias"]
    assert len(written["sha256"]) == 64
