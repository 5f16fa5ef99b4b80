"""One name for the same tensor of an image encoder, whoever wrote it: torchvision, MONAI, EfficientNet-PyTorch, we."""

from __future__ import annotations

import re

# What programs put before the network's own names: DataParallel, Lightning, a classifier around it, our bundle.
WRAPPERS = re.compile(
    r"^(?:(?:module|model|backbone|encoder|net|features|image_encoder|encoders\.image|_orig_mod"
    r"|densenet121|densenet169|resnet18|resnet50|efficientnet)\.)+"
)
# torchvision "norm1", its files of before 2018 "norm.1", MONAI "layers.norm1".
DENSE_LAYER = re.compile(r"(denselayer\d+)\.(?:layers\.)?(norm|conv)\.?([12])\.")
# MONAI nests the blocks of EfficientNet by stack, but numbers them through as its predecessor does.
STACKED_BLOCK = re.compile(r"^_?blocks\.\d+\.(\d+)\._")
OWN_IMAGE = "encoders.image."


def common_name(name: str) -> str:
    """Reduce a tensor's name to what all writers have in common."""
    bare = WRAPPERS.sub("", name)
    dense = DENSE_LAYER.sub(r"\1.\2\3.", bare)
    return STACKED_BLOCK.sub(r"blocks.\1._", dense).removeprefix("_")


def image_names(names: list[str]) -> list[str]:
    """Leave out what belongs to the other inputs of one of our bundles."""
    own = [name for name in names if name.startswith(OWN_IMAGE)]
    return own or names
