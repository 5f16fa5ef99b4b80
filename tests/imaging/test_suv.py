"""SUV by body weight only where everything that it needs is stated; numbers by hand after QIBA's pseudo-code."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset

from medmm.imaging.reader import read_image
from medmm.imaging.suv import SuvScale, read_suv
from medmm.imaging.tags import Tags
from tests.imaging.builders import write_image

HALF_LIFE_S = 6586.2
# 70 kg, 350 MBq, one half life from injection to scan: 70,000 g over 175 MBq.
BY_HAND = 70_000 / 175e6


def pet(**values: object) -> Dataset:
    """Give the attributes of a PET slice scanned 6586.2 s after the injection; None deletes one."""
    drug = Dataset()
    drug.RadionuclideTotalDose, drug.RadionuclideHalfLife = 350e6, HALF_LIFE_S
    drug.RadiopharmaceuticalStartTime = "100000"
    ds = Dataset()
    ds.Modality, ds.Units, ds.DecayCorrection = "PT", "BQML", "START"
    ds.CorrectedImage = ["DECY", "ATTN", "SCAT"]
    ds.PatientWeight = 70
    ds.SeriesDate = ds.AcquisitionDate = "20260304"
    ds.SeriesTime, ds.AcquisitionTime = "114946.200000", "115500"
    ds.RadiopharmaceuticalInformationSequence = [drug]
    for keyword, value in values.items():
        owner = drug if keyword in DRUG else ds
        if value is None:
            delattr(owner, keyword)
        else:
            setattr(owner, keyword, value)
    return ds


DRUG = (
    "RadionuclideTotalDose",
    "RadionuclideHalfLife",
    "RadiopharmaceuticalStartTime",
    "RadiopharmaceuticalStartDateTime",
)


def scale(**values: object) -> SuvScale:
    return read_suv(Tags(pet(**values)))


def test_the_dose_decays_from_injection_to_the_start_of_the_series() -> None:
    assert scale().factor == pytest.approx(BY_HAND)
    assert scale().missing == ""


@pytest.mark.parametrize(
    ("keyword", "word"),
    [
        ("PatientWeight", "PatientWeight"),
        ("RadionuclideTotalDose", "RadionuclideTotalDose"),
        ("RadionuclideHalfLife", "RadionuclideHalfLife"),
        ("RadiopharmaceuticalStartTime", "injection"),
        ("DecayCorrection", "decay"),
        ("CorrectedImage", "decay"),
        ("Units", "Units"),
        ("RadiopharmaceuticalInformationSequence", "RadionuclideTotalDose"),
    ],
)
def test_one_missing_attribute_is_enough_to_have_none(keyword: str, word: str) -> None:
    found = scale(**{keyword: None})

    assert found.factor is None
    assert word in found.missing


@pytest.mark.parametrize(
    "values",
    [{"PatientWeight": 0}, {"RadionuclideTotalDose": 0}, {"DecayCorrection": "NONE"}, {"CorrectedImage": ["DECY"]},
     {"Units": "CNTS"}, {"Units": "PROPCNTS"}],
)  # fmt: skip
def test_a_zero_or_another_unit_gives_none(values: dict[str, object]) -> None:
    assert scale(**values).factor is None


def test_corrected_to_the_injection_the_dose_has_not_decayed() -> None:
    assert scale(DecayCorrection="ADMIN").factor == pytest.approx(70_000 / 350e6)


def test_values_that_are_suv_already_stay_as_they_are() -> None:
    assert scale(Units="GML").factor == 1.0
    assert scale(Units="GML", SUVType="BW").factor == 1.0
    assert scale(Units="GML", SUVType="LBM").factor is None


@pytest.mark.parametrize(
    "values",
    [
        # Half an hour ahead of the injection's clock or behind: the same moment, written in another zone.
        {"RadiopharmaceuticalStartDateTime": "20260304100000-0500", "TimezoneOffsetFromUTC": "-0500"},
        {"RadiopharmaceuticalStartDateTime": "20260304150000+0000", "TimezoneOffsetFromUTC": "-0500"},
        {"RadiopharmaceuticalStartDateTime": "20260304113000-0330", "TimezoneOffsetFromUTC": "-0500"},
        {"RadiopharmaceuticalStartDateTime": "20260304100000.000000-0500"},
        {"RadiopharmaceuticalStartDateTime": "20260304100000", "TimezoneOffsetFromUTC": "-0500"},
        {"RadiopharmaceuticalStartDateTime": "202603041000"},
    ],
)
def test_time_zones_behind_utc_count(values: dict[str, object]) -> None:
    assert scale(**values).factor == pytest.approx(BY_HAND)


def test_an_injection_before_midnight_belongs_to_the_day_before() -> None:
    found = scale(SeriesTime="003000", AcquisitionTime="003500", RadiopharmaceuticalStartTime="224013.8")

    assert found.factor == pytest.approx(BY_HAND)


def test_a_dose_of_another_year_gives_none() -> None:
    for moment in ("20260305100000", "20240304100000"):
        found = scale(RadiopharmaceuticalStartDateTime=moment)
        assert found.factor is None
        assert "hours before the scan" in found.missing


def test_a_series_time_after_the_acquisition_is_not_trusted() -> None:
    # A frame of 120 s: decay makes its average count rate fall before its middle, by T * T * ln 2 / half life / 24.
    average_s = 60 - 120**2 * math.log(2) / HALF_LIFE_S / 24
    values: dict[str, object] = {
        "SeriesTime": "180000",
        "FrameReferenceTime": (300 + average_s) * 1000,
        "ActualFrameDuration": 120_000,
        "AcquisitionTime": "115446.2",
    }

    assert scale(**values).factor == pytest.approx(BY_HAND)
    assert scale(SeriesTime="180000").factor is None


def test_malformed_times_and_zones_give_none_or_are_left_out() -> None:
    assert scale(SeriesDate="20260230", AcquisitionDate="20260230").factor is None
    assert read_suv(Tags(pet(TimezoneOffsetFromUTC="+9999"))).factor == pytest.approx(BY_HAND)


def test_the_reader_hands_the_factor_to_each_slice(tmp_path: Path) -> None:
    ds = pet()
    values = {element.keyword: element.value for element in ds}
    with_weight = write_image(tmp_path / "a", np.ones((4, 4), np.int16), **{**values, "modality": "PT"})
    without = write_image(tmp_path / "b", np.ones((4, 4), np.int16), **{**values, "modality": "PT", "PatientWeight": 0})

    image, bare = read_image([with_weight]), read_image([without])

    assert image.instances[0].suv_factor == pytest.approx(BY_HAND)
    assert bare.instances[0].suv_factor is None
    assert bare.header.units == "BQML"
    assert [note.code for note in bare.notes if note.code == "suv_missing"] == ["suv_missing"]


def test_real_pet_slices_have_the_factor_of_the_formula(shared_data: Path) -> None:
    found = read_image([shared_data / "dicom" / "pet" / "GH184.dcm"])

    # 90 kg, 474.592928 MBq at 09:32:00, half life 6588 s, series at 11:00:36: 5316 s later.
    assert found.instances[0].suv_factor == pytest.approx(90_000 / (474_592_928 * 2 ** (-5316 / 6588)))
