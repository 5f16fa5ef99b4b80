"""Which spacing counts and what its unit is called."""

import math

import pytest
from pydicom.dataset import Dataset

from medmm.imaging.spacing import read_spacing
from medmm.imaging.tags import Tags


def _spacing(modality, **values):
    ds = Dataset()
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    return read_spacing(Tags(ds), modality)


@pytest.mark.parametrize(
    ("modality", "values", "rows_mm", "cols_mm", "label"),
    [
        ("CT", {"PixelSpacing": ["0.5954", "0.5454"]}, 0.5954, 0.5454, "mm"),
        ("DX", {"ImagerPixelSpacing": [0.2, 0.1]}, 0.2, 0.1, "mm (at detector)"),
        ("DX", {"ImagerPixelSpacing": [0.2, 0.1], "PixelSpacing": [0.2, 0.1]}, 0.2, 0.1, "mm (at detector)"),
        ("DX", {"PixelSpacing": [0.2, 0.1]}, 0.2, 0.1, "mm (calibration unknown)"),
        (
            "MG",
            {"ImagerPixelSpacing": [0.112, 0.224], "EstimatedRadiographicMagnificationFactor": 1.12},
            0.1,
            0.2,
            "mm (magnification corrected 1.12)",
        ),
        (
            "CR",
            {"PixelSpacing": [0.3, 0.3], "ImagerPixelSpacing": [0.4, 0.4], "PixelSpacingCalibrationType": "FIDUCIAL"},
            0.3,
            0.3,
            "mm (calibrated: FIDUCIAL)",
        ),
        ("OT", {"NominalScannedPixelSpacing": [0.1, 0.1]}, 0.1, 0.1, "mm (at scanner)"),
    ],
)
def test_spacing_carries_where_it_comes_from(modality, values, rows_mm, cols_mm, label):
    found = _spacing(modality, **values)

    assert (found.rows_mm, found.cols_mm) == (pytest.approx(rows_mm), pytest.approx(cols_mm))
    assert found.label == label


@pytest.mark.parametrize("values", [{}, {"PixelSpacing": [0, 1]}, {"PixelSpacing": [1]}])
def test_without_a_sound_spacing_the_unit_is_pixels(values):
    found = _spacing("CT", **values)

    assert math.isnan(found.rows_mm)
    assert found.label == "px"


def test_ultrasound_spacing_needs_one_region_in_centimetres():
    region = Dataset()
    region.PhysicalDeltaX = region.PhysicalDeltaY = 0.02
    region.PhysicalUnitsXDirection = region.PhysicalUnitsYDirection = 3

    assert _spacing("US", SequenceOfUltrasoundRegions=[region]).cols_mm == pytest.approx(0.2)
    assert _spacing("US", SequenceOfUltrasoundRegions=[region, region]).label == "px"
