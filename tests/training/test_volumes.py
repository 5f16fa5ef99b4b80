"""Training on CT volumes: read from DICOM, kept in the cache, batched, taken by the network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from medmm.models.spec import ImageSpec, ModelSpec
from tests.imaging.builders import UID_ROOT, write_image

pytest.importorskip("torch")
pytestmark = pytest.mark.slow
N_SLICES = 10


def write_scan(folder: Path) -> Path:
    """A localiser, and ten slices of 5 mm with a bright block in the three that lie highest."""
    folder.mkdir()
    place = {"modality": "CT", "RescaleSlope": 1, "RescaleIntercept": -1024, "PixelSpacing": [2, 2]}
    axes = {"ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "FrameOfReferenceUID": f"{UID_ROOT}.4"}
    texture = np.random.default_rng(0).integers(1000, 1100, (40, 48)).astype(np.int16)
    scout = {**place, "SeriesInstanceUID": f"{UID_ROOT}.30", "SOPInstanceUID": f"{UID_ROOT}.31"}
    write_image(folder / "scout", texture, SeriesNumber=1, **scout)
    for index in range(N_SLICES):
        pixels = texture.copy()
        if index >= N_SLICES - 3:
            pixels[10:20, 10:20] = 2000
        uid = {"SOPInstanceUID": f"{UID_ROOT}.9.{index}", "InstanceNumber": N_SLICES - index}
        here = {**place, **axes, **uid, "ImagePositionPatient": [0, 0, 5 * index], "SeriesNumber": 2}
        write_image(folder / f"{index:02d}", pixels, **here)
    return folder


def test_volume_of_a_ct_study_is_read_kept_and_taken_by_the_network(tmp_path: Path) -> None:
    import torch

    from medmm.models.multimodal import MultimodalNet
    from medmm.training.augment import make_augment
    from medmm.training.examples import make_batch, make_examples
    from medmm.training.gather import gather
    from medmm.training.patients import PatientRow
    from medmm.training.reading import Reading

    image = ImageSpec(
        64, 64, slices=32, encoder="monai.resnet18", crop="none", window=(40, 400), spacing_mm=(5.0, 2.0, 2.0),
        modalities=("CT",),
    )  # fmt: skip
    rows = [PatientRow("ct", write_scan(tmp_path / f"p{n}"), f"p{n}", (float(n),), "train") for n in (0, 1)]

    def read() -> list[Reading]:
        return gather(rows, image, tmp_path / "cache", workers=1, progress=no_progress, cancel=CancelToken())

    first, kept = read(), read()
    spec = ModelSpec("ct", "0", ("nodule",), (InputKind.IMAGE,), image=image, embedding=8, hidden=8)
    examples = make_examples(rows, kept, spec, None)
    batch = make_batch(examples, spec, augment=make_augment(1, n_axes=3), size=96)

    # 10 slices, 40 rows and 48 columns of their own spacing, in the middle of 32 x 64 x 64.
    assert kept[0].stretches == first[0].stretches == ((11, 21), (12, 52), (8, 56))
    np.testing.assert_array_equal(kept[0].image, first[0].image)
    bright = np.argwhere(kept[0].image == 255)
    assert (bright.min(axis=0).tolist(), bright.max(axis=0).tolist()) == ([18, 22, 18], [20, 31, 27])
    assert batch.inputs.image is not None
    assert batch.inputs.image.shape == (2, 1, 32, 96, 96)
    with torch.inference_mode():
        assert torch.isfinite(MultimodalNet(spec).eval()(batch.inputs)).all()
