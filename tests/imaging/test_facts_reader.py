"""Headers read quickly say what pydicom says, and every doubt is left to pydicom."""

from __future__ import annotations

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from medmm.core.errors import MedMMError, UnsupportedImage
from medmm.imaging.dicom import read_facts
from medmm.imaging.facts_reader import FactsReader
from medmm.imaging.sniff import FileKind, read_head
from tests.imaging.builders import make_data_set, write_data_set, write_image, write_slice

RAMP = np.arange(24, dtype=np.int16).reshape(4, 6)


def outcome(read, path):
    try:
        return read(path)
    except MedMMError as error:
        return type(error), error.message, error.hint


def require_equal(reader, paths):
    for path in paths:
        quick = outcome(lambda path: reader.read(read_head(path)), path)
        assert said(quick) == said(outcome(read_facts, path))


def said(found):
    # Arrays have no plain equality; only the quick way knows the place of the pixels.
    return repr(found).split(", pixel_place=")[0]


@pytest.mark.slow
def test_real_headers_say_the_same_read_either_way(shared_data):
    files = [path for folder in ("dicom", "dicom_broken") for path in sorted((shared_data / folder).rglob("*"))]
    files = [path for path in files if path.is_file() and read_head(path).kind is FileKind.DICOM]
    reader = FactsReader()

    differing = []
    for path in files:
        quick, slow = outcome(lambda path: reader.read(read_head(path)), path), outcome(read_facts, path)
        if said(quick) != said(slow):
            differing.append(path.name)

    assert differing == []
    # Implicit VR, big endian, deflated, sequences that matter, and damaged ones: pydicom's.
    assert reader.n_slow < 0.25 * len(files)


def test_a_series_is_read_quickly_and_each_slice_has_its_own_values(tmp_path):
    paths = [write_slice(tmp_path, number, 2.5 * number, AcquisitionTime=f"10{number:02d}00") for number in range(12)]
    reader = FactsReader()

    found = [reader.read(read_head(path)) for path in paths]

    assert (reader.n_quick, reader.n_slow) == (12, 0)
    assert [facts.frames[0].position[2] for facts in found] == [2.5 * number for number in range(12)]
    assert [facts.instance_number for facts in found] == list(range(12))
    assert found == [read_facts(path) for path in paths]


def test_values_that_change_late_in_a_series_are_seen(tmp_path):
    places = {"WindowCenter": 40, "WindowWidth": 400, "RescaleSlope": 1, "PatientName": "DOE^ANNA"}
    odd = {"WindowCenter": 50, "WindowWidth": 350, "RescaleSlope": 2, "PatientName": "ROE^BERTA^^^"}
    paths = [write_slice(tmp_path, number, number, **(odd if number in (3, 7) else places)) for number in range(9)]
    reader = FactsReader()

    require_equal(reader, paths)
    assert reader.n_slow == 0


def test_another_character_set_in_one_series_changes_the_names(tmp_path):
    latin = write_slice(tmp_path, 1, 0.0, SpecificCharacterSet="ISO_IR 100", PatientName="MÜLLER^A")
    cyrillic = write_slice(tmp_path, 2, 1.0, SpecificCharacterSet="ISO_IR 144", PatientName="Люк^A")
    reader = FactsReader()

    names = [reader.read(read_head(path)).identity.name for path in (latin, cyrillic, latin)]

    assert names == ["MÜLLER^A", "Люк^A", "MÜLLER^A"]


def test_elements_that_come_and_go_are_seen(tmp_path):
    paths = [
        write_slice(tmp_path, number, number, SliceThickness=2 if number % 2 else None, PatientComments="x" * number)
        for number in range(6)
    ]

    require_equal(FactsReader(), paths)


def test_malformed_values_are_named_in_every_slice(tmp_path):
    paths = [write_slice(tmp_path, number, number, PixelSpacing=["0.5", "0.5"]) for number in range(3)]
    for path in paths:
        path.write_bytes(path.read_bytes().replace(b"0.5\\0.5 ", b"0.5\\abc "))
    reader = FactsReader()

    require_equal(reader, paths)
    codes = {note.code for note in reader.read(read_head(paths[2])).notes}
    assert "tag_unreadable" in codes


def write_encoded(path, syntax, **values):
    is_little, is_implicit = syntax != ExplicitVRBigEndian, syntax == ImplicitVRLittleEndian
    ds = make_data_set(RAMP if is_little else RAMP.byteswap(), **values)
    ds.file_meta.TransferSyntaxUID = syntax
    ds.file_meta.MediaStorageSOPInstanceUID, ds.file_meta.MediaStorageSOPClassUID = ds.SOPInstanceUID, ds.SOPClassUID
    ds.save_as(path, implicit_vr=is_implicit, little_endian=is_little, enforce_file_format=True)
    return path


def test_big_endian_is_left_to_pydicom(tmp_path):
    reader = FactsReader()

    require_equal(reader, [write_encoded(tmp_path / "film", ExplicitVRBigEndian)])
    assert (reader.n_quick, reader.n_slow) == (0, 1)


def test_implicit_vr_is_read_quickly_by_the_dictionary(tmp_path):
    item = Dataset()
    item.ReferencedSOPInstanceUID, item.PurposeOfReferenceCodeSequence = "1.2.3.4", Sequence([Dataset()])
    values = {
        "PixelPaddingValue": -2000,  # US or SS: PixelRepresentation decides (PS3.5 6.2)
        "PatientName": "DOE^JÜRGEN",
        "ReferencedImageSequence": Sequence([item]),
        "WindowCenter": [40, 300],
        "WindowWidth": [400, 1500],
    }
    paths = [
        write_encoded(tmp_path / f"{number}", ImplicitVRLittleEndian, InstanceNumber=number, **values)
        for number in range(4)
    ]
    reader = FactsReader()

    require_equal(reader, paths)
    facts = reader.read(read_head(paths[3]))
    assert reader.n_slow == 0
    assert (facts.padding_value, facts.instance_number, facts.identity.name) == (-2000, 3, "DOE^JÜRGEN")


def test_private_elements_and_sequences_in_implicit_vr_are_passed_over(tmp_path):
    path = tmp_path / "film"
    ds = make_data_set(RAMP)
    block = ds.private_block(0x0029, "WORKS", create=True)
    block.add_new(1, "OB", bytes(100))
    block.add_new(2, "SQ", Sequence([Dataset()]))
    ds.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    ds[0x00291002].is_undefined_length = True
    ds.file_meta.MediaStorageSOPInstanceUID, ds.file_meta.MediaStorageSOPClassUID = ds.SOPInstanceUID, ds.SOPClassUID
    ds.save_as(path, implicit_vr=True, little_endian=True, enforce_file_format=True)
    reader = FactsReader()

    require_equal(reader, [path])
    assert reader.n_quick == 1


def test_one_series_in_two_encodings_is_read_in_both(tmp_path):
    paths = [
        write_encoded(tmp_path / f"{number}", syntax, InstanceNumber=number)
        for number, syntax in enumerate([ExplicitVRLittleEndian, ImplicitVRLittleEndian] * 3)
    ]

    require_equal(FactsReader(), paths)


def test_a_header_longer_than_the_first_bytes_is_read_quickly(tmp_path):
    path = write_image(tmp_path / "film", RAMP)
    ds = dcmread(path)
    ds.private_block(0x0029, "WORKS", create=True).add_new(1, "OB", bytes(100_000))
    ds.save_as(path)
    reader = FactsReader()

    require_equal(reader, [path])
    assert reader.n_quick == 1


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
def test_sequences_that_carry_facts_are_read_by_pydicom_alone(tmp_path, syntax):
    table = Dataset()
    table.add_new(0x00283002, "SS", [4, -4, 16])
    table.add_new(0x00283006, "US", [0, 10, 20, 30])
    path = write_encoded(tmp_path / "film", syntax, VOILUTSequence=Sequence([table]))
    reader = FactsReader()

    facts = reader.read(read_head(path))

    assert reader.n_quick == 1
    assert facts.voi_luts[0].first == -4
    assert list(facts.voi_luts[0].values) == [0, 10, 20, 30]
    require_equal(reader, [path])


def test_the_dose_of_a_pet_series_is_read_in_every_slice(tmp_path):
    paths = []
    for number, dose_bq in enumerate([3e8, 3e8, 4e8]):
        dose = Dataset()
        dose.RadionuclideTotalDose, dose.RadionuclideHalfLife = dose_bq, 6586
        dose.RadiopharmaceuticalStartTime = "100000"
        values = {
            "modality": "PT", "Units": "BQML", "CorrectedImage": ["DECY", "ATTN"], "DecayCorrection": "START",
            "PatientWeight": 70, "SeriesTime": "110000", "SeriesDate": "20260102", "AcquisitionTime": "110000",
            "AcquisitionDate": "20260102", "RadiopharmaceuticalInformationSequence": Sequence([dose]),
        }  # fmt: skip
        paths.append(write_slice(tmp_path, number, number, **values))
    reader = FactsReader()

    factors = [reader.read(read_head(path)).suv_factor for path in paths]

    assert reader.n_quick == 3
    assert factors[0] == factors[1] == pytest.approx(factors[2] * 4 / 3)
    require_equal(reader, paths)


def test_nested_sequences_that_overrun_their_item_are_left_to_pydicom(tmp_path):
    item = Dataset()
    item.ReferencedSOPInstanceUID = "1.2.3.4"
    path = write_image(tmp_path / "film", RAMP, ReferencedImageSequence=Sequence([item]))
    raw = path.read_bytes()
    at = raw.index(b"1.2.3.4") - 2
    path.write_bytes(raw[:at] + b"\x40\x00" + raw[at + 2 :])
    reader = FactsReader()

    require_equal(reader, [path])
    assert reader.n_slow == 1


@pytest.mark.parametrize("cut", [140, 200, 300, 500])
def test_cut_off_headers_end_as_pydicom_ends(tmp_path, cut):
    whole = write_slice(tmp_path, 1, 0.0)
    reader = FactsReader()
    reader.read(read_head(whole))
    short = tmp_path / "short"
    short.write_bytes(whole.read_bytes()[:cut])

    require_equal(reader, [short])


def test_objects_that_are_no_images_are_refused_with_the_same_words(tmp_path):
    report = make_data_set(RAMP, SOPClassUID="1.2.840.10008.5.1.4.1.1.88.22", PixelData=None, Rows=None, Columns=None)
    path = write_data_set(tmp_path / "sr", report)
    reader = FactsReader()

    with pytest.raises(UnsupportedImage, match="a structured report"):
        reader.read(read_head(path))
    require_equal(reader, [path])


def test_the_place_of_native_pixels_is_known(tmp_path):
    path = write_image(tmp_path / "film", RAMP)

    start, n_bytes = FactsReader().read(read_head(path)).pixel_place

    assert path.read_bytes()[start : start + n_bytes] == RAMP.tobytes()
