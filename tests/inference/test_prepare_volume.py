"""Volumes on their way into the network, and back to slice and pixel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from medmm.core.errors import UnsupportedImage
from medmm.core.image import MedicalImage
from tests.imaging.phantoms import all_orientations, make_volume
from tests.inference.builders import make_case

if TYPE_CHECKING:
    from medmm.models.spec import ImageSpec

pytest.importorskip("torch")
pytestmark = pytest.mark.slow
# Between slices, rows, columns, as the phantom has them.
SPACING = (2.5, 0.8, 0.6)
MARKER = (7, 21, 13)


def spec_of(**fields: Any) -> ImageSpec:
    from medmm.models.spec import ImageSpec

    values: dict[str, Any] = {"slices": 32, "rows": 32, "cols": 32, "crop": "none", "window": (0.0, 2000.0)}
    return ImageSpec(**{**values, **fields})


def phantom(*, marker: tuple[int, int, int] = MARKER) -> MedicalImage:
    """12 slices of 30 x 36 in HU: soft tissue with some texture, and one bright voxel."""
    values = np.random.default_rng(2).integers(-20, 60, (12, 30, 36)).astype(np.int16)
    values[marker] = 3000
    return make_volume(values)


def hottest(pixels: np.ndarray) -> np.ndarray:
    return np.array(np.unravel_index(int(pixels.argmax()), pixels.shape))


def test_every_storage_order_of_a_volume_gives_the_same_pixels_and_leads_back_to_the_marker() -> None:
    from medmm.inference.prepare_image import fit_image

    volumes = all_orientations(phantom())
    fitted = [fit_image(volume, spec_of()) for volume in volumes]

    assert len(volumes) == 48
    for volume, image in zip(volumes, fitted, strict=True):
        np.testing.assert_allclose(image.pixels, fitted[0].pixels, atol=1e-6)
        stored = image.to_stored @ (*(hottest(image.pixels) + 0.5), 1.0)
        truth = hottest(volume.stored)
        assert np.all(np.abs(stored[:3] - (truth + 0.5)) <= 0.75 * np.abs(image.to_stored[:3, :3]).max(axis=1))


def test_slices_go_towards_the_head_rows_to_the_back_and_columns_to_the_left() -> None:
    from medmm.inference.prepare_image import fit_image

    # The bright voxel lies near the head, the back and the patient's left.
    image = fit_image(phantom(marker=(10, 27, 33)), spec_of())

    assert np.all(hottest(image.pixels)[[0]] > 24)
    assert np.all(hottest(image.pixels)[1:] > 20)


def test_resampling_by_spacing_keeps_lengths_in_millimetres() -> None:
    from medmm.inference.prepare_image import fit_image

    wanted = (3.0, 1.2, 1.2)
    image = fit_image(phantom(), spec_of(spacing_mm=wanted))

    # 12 x 2.5 mm, 30 x 0.8 mm, 36 x 0.6 mm at 3.0, 1.2 and 1.2 mm: 10, 20 and 18 voxels in the middle of 32.
    assert [last - first for first, last in image.seen_stretches()] == [10, 20, 18]
    assert [first for first, _ in image.seen_stretches()] == [11, 6, 7]
    voxel_mm = np.diag(image.to_stored)[:3] * SPACING
    assert voxel_mm == pytest.approx(wanted, rel=1e-9)
    assert image.seen_box == pytest.approx((0, 0, 30, 36))
    assert image.seen_slices == pytest.approx((0, 12))
    assert not image.pixels[~image.seen_mask()].any()


def test_what_does_not_fit_is_cut_about_the_middle() -> None:
    from medmm.inference.prepare_image import fit_image

    image = fit_image(phantom(), spec_of(spacing_mm=(0.5, 0.4, 0.3)))

    # 60 x 60 x 72 voxels, of which the middle 32 of each axis are seen: slices 2.8 to 9.2.
    assert image.seen_mask().all()
    assert image.seen_slices == pytest.approx((2.8, 9.2))
    assert image.seen_box == pytest.approx((7, 10, 23, 26))
    stored = image.to_stored @ (*(hottest(image.pixels) + 0.5), 1.0)
    assert stored[:3] == pytest.approx(np.array(MARKER) + 0.5, abs=0.3)


def test_resampled_values_equal_simpleitk() -> None:
    import SimpleITK as sitk

    from medmm.inference.prepare_image import fit_image

    # Twice as fine: without a smaller grid there is no antialiasing, so that both interpolate linearly.
    volume = phantom()
    volume.stored[MARKER] = 0  # the window cuts it before it is resampled, SimpleITK sees it whole
    fine = tuple(mm / 2 for mm in SPACING)
    image = fit_image(volume, spec_of(slices=24, rows=60, cols=72, spacing_mm=fine))

    reference = sitk.GetImageFromArray(volume.stored.astype(np.float32))
    reference.SetSpacing(SPACING[::-1])
    grid = sitk.ResampleImageFilter()
    grid.SetSize((72, 60, 24))
    grid.SetOutputSpacing(fine[::-1])
    # Centres of the first fine voxel: a quarter of a coarse one before the first coarse centre.
    grid.SetOutputOrigin([-mm / 4 for mm in SPACING[::-1]])
    grid.SetInterpolator(sitk.sitkLinear)
    values = sitk.GetArrayFromImage(grid.Execute(reference))
    # Window 0 +- 1000 of PS3.3 C.11.2.1.2.1; at the border SimpleITK has no neighbour, torch repeats the last voxel.
    expected = (values + 0.5) / 1999 + 0.5
    inner = (slice(1, -1),) * 3
    np.testing.assert_allclose(image.pixels[inner], expected[inner], atol=1e-5)


def test_window_scaling_keeps_the_same_value_for_the_same_hounsfield_unit() -> None:
    from medmm.inference.prepare_image import prepare_image

    thin, wide = phantom(), phantom()
    wide.stored[:6] = -1000

    spec = spec_of(intensity="window", window=(20.0, 200.0))
    found = [prepare_image(image, spec).pixels for image in (thin, wide)]

    # The upper half is untouched by what happened to the lower one, and air at the floor of the window is -1.
    np.testing.assert_allclose(found[0][20:], found[1][20:], atol=1e-6)
    assert found[1][:12].min() == found[1][:12].max() == -1.0


def test_stored_integers_are_not_copied_as_float(monkeypatch: pytest.MonkeyPatch) -> None:
    import tracemalloc

    from medmm.inference.prepare_image import fit_image

    values = np.random.default_rng(0).integers(-100, 900, (120, 256, 256)).astype(np.int16)
    volume = make_volume(values)

    tracemalloc.start()
    fit_image(volume, spec_of())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # As float32 the volume would need twice its 15.7 MB; one slice at a time needs a tenth.
    assert peak < 0.2 * values.nbytes


def test_films_are_no_volume() -> None:
    from medmm.inference.prepare_image import fit_image

    film = replace(phantom(), stored=phantom().stored[:1], instances=phantom().instances[:1])

    with pytest.raises(UnsupportedImage, match="1 slice"):
        fit_image(film, spec_of())


def test_gate_of_a_volume_model_chooses_the_series_and_names_the_reason_for_the_others() -> None:
    from medmm.inference.image_gate import check_image
    from tests.inference.builders import make_image

    volume = phantom()
    scan = replace(volume, header=replace(volume.header, modality="CT"))
    spec = spec_of(modalities=("CT",))

    assert check_image(make_case(images=(make_image(), scan)), spec)[0] == 1
    assert check_image(make_case(images=(make_image(), scan)))[0] == 0
    refused, notes = check_image(make_case(images=(make_image(),)), spec)
    assert refused is None
    assert "DX" in notes[0].message
    assert "volumes of CT" in notes[0].message


@pytest.mark.parametrize("is_placed", [True, False])
def test_gate_says_why_a_series_is_no_volume_in_one_sentence(is_placed: bool) -> None:
    from medmm.inference.volume_gate import refuse_volume

    volume = phantom()
    if is_placed:
        series = replace(volume, stored=volume.stored[:2], instances=volume.instances[:2])
    else:
        series = replace(volume, geometry=replace(volume.geometry, affine=None))

    refusal = refuse_volume(series, spec_of())

    assert refusal is not None
    assert ("2 slices" if is_placed else "no volume") in refusal.message
    assert refusal.message.endswith(".")
    assert not refusal.message.endswith("..")


def test_heat_map_of_a_volume_is_that_of_the_slice_with_the_maximum() -> None:
    from medmm.inference.gradcam import slice_heatmap, to_heatmap
    from medmm.inference.prepare_image import fit_image

    for volume in all_orientations(phantom()):
        image = fit_image(volume, spec_of())
        cells = image.pixels.reshape(4, 8, 4, 8, 4, 8).max(axis=(1, 3, 5))
        truth = hottest(volume.stored)

        heatmap = to_heatmap(cells, image)
        shown = slice_heatmap(cells, image, slice_index=int(truth[0]))

        np.testing.assert_array_equal(shown.values, heatmap.values)
        assert shown.slice_index == truth[0]
        row, col = np.unravel_index(int(heatmap.values.argmax()), heatmap.values.shape)
        corners = heatmap.to_stored @ np.array([[row, row + 1], [col, col + 1], [1, 1]])
        (row0, row1), (col0, col1) = np.sort(corners[:2], axis=1)
        assert row0 <= truth[1] + 0.5 <= row1
        assert col0 <= truth[2] + 0.5 <= col1
        # A cell is 3 stored slices deep at most 9 pixels along the other axes.
        assert abs(heatmap.slice_index - truth[0]) <= np.abs(image.to_stored[0, :3]).max() * 8 / 2 + 0.5


def test_model_of_volumes_scores_and_explains_a_case() -> None:
    import torch

    from medmm.core.prediction import ModelIdentity
    from medmm.core.quality import InputKind
    from medmm.inference.confidence import OperatingPoint
    from medmm.inference.explain import explain
    from medmm.inference.predictor import Predictor
    from medmm.inference.runtime import choose_device
    from medmm.models.multimodal import MultimodalNet
    from medmm.models.spec import ModelSpec

    torch.manual_seed(1)
    image = spec_of(rows=64, cols=64, encoder="monai.resnet18", window=(20.0, 200.0))
    net = MultimodalNet(ModelSpec("ct", "0", ("nodule",), (InputKind.IMAGE,), image=image, embedding=8, hidden=8))
    identity, points = ModelIdentity("ct", "0", "0" * 64), (OperatingPoint("nodule"),)
    predictor = Predictor(net, None, points, identity=identity, runtime=choose_device("cpu"))
    case = make_case(images=(phantom(),), notes=(), vitals=())

    gated = predictor.prepare(case)
    prediction = predictor.predict(gated.model_input)
    found = explain(predictor, case, gated.model_input, prediction, maps_for=("nodule",))["nodule"].heatmap

    assert gated.uses[InputKind.IMAGE].used
    assert prediction.maps is not None
    assert prediction.maps.shape == (1, 512, 1, 2, 2)
    assert found is not None
    assert found.values.shape == (2, 2)
    assert 0 <= found.slice_index < 12
    assert found.to_stored @ (2, 2, 1) == pytest.approx((30, 36, 1), abs=4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"crop": "exposed_feild"},
        {"intensity": "standardize"},
        {"encoder": "monai.resnet-50"},
        {"spacing_mm": (1.0, 1.0)},
        {"spacing_mm": (0.0, 1.0, 1.0)},
        {"window": (40.0, 0.0)},
    ],
)
def test_steps_that_nobody_knows_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"Did you mean|spacing_mm needs 3|at least 1"):
        spec_of(**wrong)


def test_every_named_step_can_be_done() -> None:
    from medmm.inference import image_steps
    from medmm.models import spec

    assert tuple(image_steps.CROPS) == spec.CROPS
    assert tuple(image_steps.INTENSITIES) == spec.INTENSITIES
