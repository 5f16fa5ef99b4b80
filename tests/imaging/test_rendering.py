"""What is shown equals what dcmtk shows, kind by kind; the whole folder: tests/imaging/compare_rendering.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.imaging.compare_rendering import compare

NATIVE_KINDS = {
    "CT with rescale and window": "media_small/77654033/CT2/17106",
    "CR in MONOCHROME1": "cr_dx/gdcm-CR-MONO1-10-chest.dcm",
    "MR in big endian": "big_endian/MR_small_bigendian.dcm",
    "RGB by planes": "us/color-pl.dcm",
}
CODED_KINDS = {
    "palette": "us/OBXXXX1A.dcm",
    "run length": "enhanced_mf/emri_small_RLE.dcm",
    "JPEG lossless with VOI LUTs": "mg/GH133.dcm",
    "JPEG-LS": "wg04/MR3_JLSL",
    "JPEG of 12 bits with wrong scan headers": "wg04/MR1_JPLY",
    "JPEG 2000": "wg04/MR3_J2KR",
}


@pytest.fixture(scope="session")
def dicom(shared_data: Path) -> Path:
    """The real files, where dcmtk is installed to show them as well."""
    if not all(map(shutil.which, ("dcmj2pnm", "dcml2pnm"))):
        pytest.skip("dcmtk's dcmj2pnm and dcml2pnm are not installed")
    return shared_data / "dicom"


@pytest.mark.parametrize("kind", NATIVE_KINDS)
def test_a_native_file_is_shown_as_dcmtk_shows_it(dicom: Path, tmp_path: Path, kind: str) -> None:
    found = compare(dicom / NATIVE_KINDS[kind], tmp_path)

    assert found is not None
    assert (found.verdict, found.other) == ("equal", "dcmj2pnm")


@pytest.mark.slow
@pytest.mark.parametrize("kind", CODED_KINDS)
def test_a_coded_file_is_shown_as_dcmtk_shows_it(dicom: Path, tmp_path: Path, kind: str) -> None:
    found = compare(dicom / CODED_KINDS[kind], tmp_path)

    assert found is not None
    assert found.verdict == "equal", found
