"""Image encoders from MONAI behind one call: pixels in, Encoded(z, maps) out, films and volumes alike."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import cast

import torch
from monai.networks.nets import DenseNet121, DenseNet169, EfficientNetBN, ResNet
from torch import Tensor, nn

from medmm.core.lookup import find_entry
from medmm.core.quality import InputKind
from medmm.models.encoded import Encoded
from medmm.models.patch_features import PatchFeatures
from medmm.models.spec import ImageSpec

LAST_DENSE = {DenseNet121: 1024, DenseNet169: 1664}
STAGES = ("conv1", "bn1", "act", "maxpool", "layer1", "layer2", "layer3", "layer4")
PLANES = [64, 128, 256, 512]
EFFICIENT_PARTS = (
    "_conv_stem_padding", "_conv_stem", "_bn0", "_swish", "_blocks", "_conv_head_padding", "_conv_head", "_bn1",
)  # fmt: skip


class ImageEncoder(nn.Module):
    """A network up to its last activation; any input size works.

    z is the plain average of the maps, which makes Grad-CAM from the head alone exact (no hooks, no CNN backward).
    """

    input_kind = InputKind.IMAGE

    def __init__(self, features: nn.Module, *, activation: nn.Module, dim: int) -> None:
        super().__init__()
        self.features = features
        # Out of place, because z and maps share it.
        self.activation = activation
        self.dim = dim
        # Channels last: a quarter faster on CPUs, the same numbers up to rounding.
        for weights in self.parameters():
            if weights.dim() == 4:
                weights.data = weights.data.contiguous(memory_format=torch.channels_last)

    def forward(self, image: Tensor) -> Encoded:
        """Encode films [B, 1, rows, cols] or volumes [B, 1, slices, rows, cols]."""
        if image.dim() == 4:
            image = image.contiguous(memory_format=torch.channels_last)
        maps = self.activation(self.features(image))  # [B, dim, (slices,) rows, cols], 16 or 32 times smaller
        return Encoded(z=maps.mean(dim=tuple(range(2, maps.dim()))), maps=maps)


def build_image_encoder(spec: ImageSpec) -> ImageEncoder:
    """Build the encoder that a spec names, with random weights; nothing is fetched."""
    return find_entry(BUILDERS, spec.encoder, what="image encoder")(spec)


def _dense(net_type: type[DenseNet121] | type[DenseNet169]) -> Callable[[ImageSpec], ImageEncoder]:
    def build(spec: ImageSpec) -> ImageEncoder:
        net = net_type(spatial_dims=spec.n_axes, in_channels=1, out_channels=1)
        # The last activation is MONAI's `class_layers.relu`; its features are signed.
        return ImageEncoder(cast(nn.Module, net.features), activation=nn.ReLU(), dim=LAST_DENSE[net_type])

    return build


def _residual(block: str, layers: list[int], dim: int) -> Callable[[ImageSpec], ImageEncoder]:
    def build(spec: ImageSpec) -> ImageEncoder:
        # As in torchvision: stride 2 in the stem (MONAI's 1 is three times slower) and shortcuts with a projection.
        # MONAI's own resnet18 has shortcuts of type A, which cut the gradient off (`out.data`).
        net = ResNet(
            block,
            layers,
            PLANES,
            spatial_dims=spec.n_axes,
            n_input_channels=1,
            conv1_t_stride=2,
            shortcut_type="B",
            bias_downsample=False,
            feed_forward=False,
        )
        stages = OrderedDict((name, cast(nn.Module, getattr(net, name))) for name in STAGES)
        # layer4 ends with its ReLU.
        return ImageEncoder(nn.Sequential(stages), activation=nn.Identity(), dim=dim)

    return build


def _efficient(spec: ImageSpec) -> ImageEncoder:
    # MONAI's momentum is 0.01, for ImageNet's many steps: after a few hundred of ours the running variance would still
    # be the initial one, and the network's answers in evaluation mode noise.
    norm = ("batch", {"eps": 1e-3, "momentum": 0.1})
    net = EfficientNetBN(
        "efficientnet-b0", pretrained=False, spatial_dims=spec.n_axes, in_channels=1, num_classes=1, norm=norm
    )
    for name in [name for name, _ in net.named_modules()]:
        if name.endswith("_swish"):
            # torch's own: as sparing in training as MONAI's autograd function, faster, and it exports.
            net.set_submodule(name, nn.SiLU())
    parts = OrderedDict((name.lstrip("_"), cast(nn.Module, getattr(net, name))) for name in EFFICIENT_PARTS)
    return ImageEncoder(nn.Sequential(parts), activation=nn.SiLU(), dim=1280)


def _vit(spec: ImageSpec) -> ImageEncoder:
    features = PatchFeatures(spec.size)
    return ImageEncoder(features, activation=nn.Identity(), dim=features.dim)


BUILDERS: dict[str, Callable[[ImageSpec], ImageEncoder]] = {
    "monai.densenet121": _dense(DenseNet121),
    "monai.densenet169": _dense(DenseNet169),
    "monai.resnet18": _residual("basic", [2, 2, 2, 2], 512),
    "monai.resnet50": _residual("bottleneck", [3, 4, 6, 3], 2048),
    "monai.efficientnet-b0": _efficient,
    "monai.vit": _vit,
}
