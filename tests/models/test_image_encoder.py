"""Every image encoder: one call, maps whose mean is the vector, any size, no network."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from medmm.core.quality import InputKind
from medmm.models.spec import IMAGE_ENCODERS, ImageSpec, ModelSpec

if TYPE_CHECKING:
    import torch

    from medmm.models.image_encoder import ImageEncoder

pytestmark = pytest.mark.slow
# Where MONAI's hooks find the maps after the last activation; a ViT has none but its norm.
LAST_MAPS = {
    "monai.densenet121": "activation",
    "monai.densenet169": "activation",
    "monai.resnet18": "features.layer4",
    "monai.resnet50": "features.layer4",
    "monai.efficientnet-b0": "activation",
    "monai.vit": "features",
}
FILM, SMALL = (64, 64), (32, 32, 64)
PLACES = [(name, slices) for name in IMAGE_ENCODERS for slices in (0, 32)]


def build(name: str, *, slices: int = 0, seed: int = 0) -> ImageEncoder:
    import torch

    from medmm.models.image_encoder import build_image_encoder

    torch.manual_seed(seed)
    return settled(build_image_encoder(ImageSpec(*(SMALL[1:] if slices else FILM), encoder=name, slices=slices)))


def settled(encoder: ImageEncoder) -> ImageEncoder:
    """Give batch norms the statistics of some images; with their initial ones the signal dies in deep networks.

    In double precision, because a norm over few values magnifies every rounding.
    """
    import torch

    encoder.double()
    for module in encoder.modules():
        if isinstance(module, torch.nn.BatchNorm2d | torch.nn.BatchNorm3d):
            module.momentum = 1.0
    is_volume = any(weights.dim() == 5 for weights in encoder.parameters())
    with torch.no_grad():
        encoder.train()(draw(*(SMALL if is_volume else FILM), n=4))
    return encoder.eval()


def draw(*size: int, n: int = 2) -> torch.Tensor:
    import torch

    return torch.randn(n, 1, *size, generator=torch.Generator().manual_seed(5), dtype=torch.float64)


def test_names_are_those_that_can_be_built() -> None:
    from medmm.models.image_encoder import BUILDERS

    assert tuple(BUILDERS) == IMAGE_ENCODERS


@pytest.mark.parametrize(("name", "slices"), PLACES)
def test_vector_is_the_mean_of_the_maps_in_a_batch_and_alone(name: str, slices: int) -> None:
    import torch

    encoder = build(name, slices=slices)
    images = draw(*SMALL) if slices else draw(*FILM)

    with torch.inference_mode():
        both, alone = encoder(images), encoder(images[1:])

    stride = 16 if name == "monai.vit" else 32
    assert both.maps is not None
    assert both.maps.shape == (2, encoder.dim, *(length // stride for length in images.shape[2:]))
    torch.testing.assert_close(both.z, both.maps.flatten(2).mean(dim=2))
    torch.testing.assert_close(both.z[1:], alone.z, atol=1e-7, rtol=1e-5)
    assert (both.z[0] - both.z[1]).abs().max() > 1e-4


@pytest.mark.parametrize(("name", "slices"), PLACES)
def test_sizes_other_than_the_specs_are_taken(name: str, slices: int) -> None:
    import torch

    images = draw(32, 64, 96, n=1) if slices else draw(96, 128, n=1)

    with torch.inference_mode():
        encoded = build(name, slices=slices)(images)

    stride = 16 if name == "monai.vit" else 32
    assert encoded.maps is not None
    assert tuple(encoded.maps.shape[2:]) == tuple(length // stride for length in images.shape[2:])
    assert torch.isfinite(encoded.z).all()


@pytest.mark.parametrize("name", [name for name in IMAGE_ENCODERS if name != "monai.vit"])
def test_maps_are_taken_after_the_last_activation(name: str) -> None:
    import torch

    with torch.inference_mode():
        maps = build(name)(draw(64, 64)).maps

    # ReLU gives nothing below 0, SiLU nothing below -0.2785 (its minimum).
    assert maps is not None
    assert float(maps.min()) >= (-0.27848 if "efficientnet" in name else 0.0)


@pytest.mark.parametrize("name", IMAGE_ENCODERS)
def test_every_weight_gets_a_gradient(name: str) -> None:
    import torch

    encoder = build(name).train()
    # Several and larger, because batch norm over a 2 x 2 map of a few cases may cancel a gradient.
    z = encoder(draw(96, 96, n=4)).z

    torch.autograd.backward([(z * torch.linspace(0.5, 1.5, z.shape[1])).pow(2).sum()])

    still = [key for key, weight in encoder.named_parameters() if weight.grad is None or not weight.grad.abs().sum()]
    assert still == []


@pytest.mark.parametrize(("name", "slices"), [*((name, 0) for name in IMAGE_ENCODERS), ("monai.resnet18", 32)])
def test_grad_cam_of_the_head_equals_grad_cam_with_hooks(name: str, slices: int) -> None:
    import torch
    from monai.visualize import GradCAM

    from medmm.inference.gradcam import head_gradcam
    from medmm.models.multimodal import MultimodalNet

    torch.manual_seed(3)
    image = ImageSpec(*(SMALL[1:] if slices else FILM), encoder=name, slices=slices)
    kinds = (InputKind.IMAGE,)
    net = MultimodalNet(ModelSpec("m", "0", ("a", "b"), kinds, image=image, embedding=16, hidden=16)).eval()
    settled(net.double().encoders["image"])
    present = torch.ones(2, 1, dtype=torch.bool)
    images = draw(*image.size)
    with torch.inference_mode():
        encoded = net.encoders["image"](images)

    own = head_gradcam(net, {InputKind.IMAGE: encoded.z.clone()}, present, encoded.maps.clone(), findings=(0, 1))

    class ImageOnly(torch.nn.Module):
        """The net as MONAI's class can call it."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = net.encoders["image"]

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return net.fuse({InputKind.IMAGE: self.encoder(image).z}, present[:1])

    plain = {"upsampler": lambda size: lambda x: x, "postprocessing": lambda x: x}
    cam = GradCAM(ImageOnly(), f"encoder.{LAST_MAPS[name]}", **plain)
    assert own.max() > 0
    for case in (0, 1):
        for finding in (0, 1):
            hooked = torch.as_tensor(cam(images[case : case + 1], class_idx=finding))[0, 0]
            torch.testing.assert_close(own[case, finding], hooked, atol=1e-6, rtol=0)


def test_nothing_is_fetched_when_an_encoder_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an encoder asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)

    for name in IMAGE_ENCODERS:
        build(name)


def test_unknown_encoder_names_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"monai\.resnet18"):
        build("monai.resnet-18")
