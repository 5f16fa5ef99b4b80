"""Which weights a text encoder of somebody else began with, tensor by tensor."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from safetensors import safe_open
from transformers import PreTrainedModel
from transformers.utils.hub import cached_file

from medmm.core.errors import WeightsMissing
from medmm.core.words import Words
from medmm.training.config import TextConfig
from medmm.training.start_weights import LoadReport

WEIGHTS = "model.safetensors"
# What TensorFlow's BERT called them, and what transformers turns them into when it loads.
OLD_NAMES = {".gamma": ".weight", ".beta": ".bias"}


def describe_text_start(config: TextConfig, model: object) -> LoadReport | None:
    """Compare the text encoder's tensors with those of the files that it was loaded from; reads their headers only.

    None where it began with random weights. Raises WeightsMissing where the files have gone since.
    """
    if not config.pretrained or not isinstance(model, PreTrainedModel):
        return None
    files = _files(config.pretrained)
    given = {_plain(key, model): (key, shape) for file in files for key, shape in _shapes(file).items()}
    needed = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    fitting = [name for name, shape in needed.items() if name in given and given[name][1] == shape]
    return LoadReport(
        file=files[0].name if len(files) == 1 else f"{Path(config.pretrained).name} ({len(files)} files)",
        sha256=_sha256(files),
        encoder=f"{config.encoder} ({Path(config.pretrained).name})",
        loaded=tuple(fitting),
        adapted={},
        shape_differs={n: (given[n][1], needed[n]) for n in needed if n in given and n not in fitting},
        missing=tuple(name for name in needed if name not in given),
        left_over=tuple(key for name, (key, _) in given.items() if name not in needed),
    )


def _files(pretrained: str) -> Sequence[Path]:
    folder = Path(pretrained)
    if not folder.is_dir():
        # A hub name that is on this machine already: nothing is asked of the network.
        folder = Path(cached_file(pretrained, WEIGHTS, local_files_only=True) or pretrained).parent
    whole = folder / WEIGHTS
    files = [whole] if whole.is_file() else sorted(folder.glob("model-*.safetensors"))
    if not files:
        raise WeightsMissing(
            Words("weights {name!r} are not there", name=Path(pretrained).name),
            Words("Name a file or folder on this machine; nothing is downloaded."),
            Path(pretrained),
        )
    return files


def _shapes(file: Path) -> Mapping[str, tuple[int, ...]]:
    with safe_open(file, framework="pt") as stored:
        return {key: tuple(stored.get_slice(key).get_shape()) for key in stored.keys()}  # noqa: SIM118


def _plain(key: str, model: PreTrainedModel) -> str:
    """Give a file's name of a tensor as the bare encoder has it."""
    name = key.removeprefix(f"{model.base_model_prefix}.")
    for old, new in OLD_NAMES.items():
        name = name.removesuffix(old) + new if name.endswith(old) else name
    return name


def _sha256(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
