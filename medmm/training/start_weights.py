"""Start an image encoder from weights on disk, and say of every tensor what became of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from medmm.core.errors import BundleRefused, WeightsMissing
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.image_encoder import build_image_encoder
from medmm.models.multimodal import MultimodalNet
from medmm.training.config import ImageConfig
from medmm.training.weight_names import common_name, image_names
from medmm.training.weights_file import read_weights

REPORT = "image-start.json"
SUFFIXES = (".safetensors", ".pth", ".pt", ".bin")
# Fewer than half of the tensors: another architecture, or other names than any we know.
LEAST_SHARE = 0.5
# Counters of batch norm, which files of before 2018 lack; they change nothing at the usual momentum.
COUNTERS = "num_batches_tracked"


@dataclass(frozen=True)
class LoadReport:
    """What became of every tensor; names are ours, those of left_over the file's.

    adapted: name -> how (channels summed, slices repeated); shape_differs: name -> (shape in the file, shape needed).
    """

    file: str
    sha256: str
    encoder: str
    loaded: tuple[str, ...]
    adapted: Mapping[str, str]
    shape_differs: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]
    missing: tuple[str, ...]
    left_over: tuple[str, ...]

    @property
    def n_fitting(self) -> int:
        """Count the tensors that the file gave."""
        return len(self.loaded) + len(self.adapted)

    @property
    def n_needed(self) -> int:
        """Count the tensors of the encoder."""
        return self.n_fitting + len(self.shape_differs) + len(self.missing)

    @property
    def sentence(self) -> str:
        """The report in a line."""
        return (
            f"{self.encoder} starts from {self.file}: {len(self.loaded)} tensors loaded, {len(self.adapted)} adapted, "
            f"{len(self.shape_differs)} of another shape, {len(self.missing)} missing, {len(self.left_over)} left over"
        )

    def to_json(self) -> str:
        """Write every name down."""
        return json.dumps(asdict(self), indent=1) + "\n"


@dataclass(frozen=True)
class Started:
    """An encoder that holds its first weights, and what became of each of them."""

    encoder: nn.Module
    report: LoadReport

    def put_into(self, net: MultimodalNet) -> None:
        """Give the weights to the image encoder of a network."""
        net.encoders[InputKind.IMAGE.value].load_state_dict(self.encoder.state_dict())


def start_encoder(config: ImageConfig | None, out: Path | None) -> Started | None:
    """Build the configured encoder with the weights that it starts from, and write the report into `out`, if any.

    None where the configuration names no weights. Raises WeightsMissing, or BundleRefused where they do not fit.
    """
    if config is None or not config.start_from:
        return None
    encoder = build_image_encoder(config.to_spec())
    report = start_from(encoder, Path(config.start_from), name=config.encoder)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / REPORT).write_text(report.to_json(), encoding="utf-8")
    return Started(encoder, report)


def start_from(encoder: nn.Module, place: Path, *, name: str) -> LoadReport:
    """Put the weights of a file, or of the one weights file of a folder, into an image encoder.

    name: what the encoder is called in the report.
    Raises WeightsMissing where there is no such file, BundleRefused where fewer than half of the tensors fit; the
    encoder is changed only when they do.
    """
    path = find_weights(place)
    found = read_weights(path)
    given = {common_name(key): key for key in image_names(list(found))}
    needed = {key: tensor for key, tensor in encoder.state_dict().items() if not key.endswith(COUNTERS)}
    source = {key: given[common_name(key)] for key in needed if common_name(key) in given}
    brought = {key: adapt(found[theirs], needed[key].shape) for key, theirs in source.items()}
    fitting = {key: values for key, (values, _) in brought.items() if values is not None}
    differs = {key: (tuple(found[source[key]].shape), tuple(needed[key].shape)) for key in source if key not in fitting}
    used = set(source.values())
    report = LoadReport(
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        encoder=name,
        loaded=tuple(key for key in fitting if not brought[key][1]),
        adapted={key: brought[key][1] for key in fitting if brought[key][1]},
        shape_differs=differs,
        missing=tuple(key for key in needed if key not in source),
        left_over=tuple(key for key in found if key not in used and not key.endswith(COUNTERS)),
    )
    _require_enough(report, path)
    encoder.load_state_dict(fitting, strict=False)
    return report


def find_weights(place: Path) -> Path:
    """Give a weights file: the file itself, a bundle's, or the only one in a folder. Raises WeightsMissing."""
    if place.is_file():
        return place
    if not place.is_dir():
        raise WeightsMissing(
            Words("weights {name!r} are not there", name=place.name),
            Words("Name a file or folder on this machine; nothing is downloaded."),
            place,
        )
    first = next(
        (path for path in (place / "models/model.safetensors", place / "model.safetensors") if path.is_file()), None
    )
    found = [path for path in sorted(place.iterdir()) if path.suffix in SUFFIXES and path.is_file()]
    if first is None and len(found) != 1:
        names = ", ".join(path.name for path in found) or "-"
        raise WeightsMissing(
            Words(
                "folder {name!r} has {n} weights files ({names}); one is needed",
                name=place.name,
                n=len(found),
                names=names,
            ),
            Words("Name the file itself."),
            place,
        )
    return first or found[0]


def adapt(values: Tensor, shape: torch.Size) -> tuple[Tensor | None, str]:
    """Bring a tensor to a shape, and say how; None where it cannot be done.

    A first convolution over three colours is summed, which equals a grey image in all three; a kernel of a plane is
    repeated over the slices and divided by their number (Carreira and Zisserman 2017, 3.1).
    """
    values = values.float()
    steps = []
    if values.dim() in (4, 5) and len(shape) in (4, 5) and values.shape[1] == 3 and shape[1] == 1:
        values = values.sum(dim=1, keepdim=True)
        steps.append("3 channels summed to 1")
    if values.dim() == 4 and len(shape) == 5 and values.shape[2:] == shape[3:]:
        values = values.unsqueeze(2).expand(-1, -1, shape[2], -1, -1) / shape[2]
        steps.append(f"repeated over {shape[2]} slices" if shape[2] > 1 else "one slice added")
    return (values, ", ".join(steps)) if values.shape == shape else (None, "")


def _require_enough(report: LoadReport, path: Path) -> None:
    if report.n_fitting >= LEAST_SHARE * report.n_needed:
        return
    raise BundleRefused(
        Words(
            "{file} fits {n} of the {n_needed} tensors of {encoder} only",
            file=report.file,
            n=report.n_fitting,
            n_needed=report.n_needed,
            encoder=report.encoder,
        ),
        Words(
            "It is of another network. It holds, among others: {names}.",
            names=", ".join(report.left_over[:3]) or "-",
        ),
        path,
    )
