"""The header of a case's file, also of one that lies in an archive."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from medmm.core.case import CaseSources
from medmm.core.errors import UnreadableFile
from medmm.workflow.header import read_header
from medmm.workflow.open_case import open_case
from tests.imaging.builders import write_image

RAMP = np.arange(24, dtype=np.int16).reshape(4, 6)


def test_a_file_of_an_archive_is_read_again_and_nothing_stays(tmp_path: Path, medmm_home: Path) -> None:
    place, packed = write_image(tmp_path / "x", RAMP), tmp_path / "case.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(place, "study/series/x")
    case = open_case(CaseSources(packed))

    table = read_header(packed, case.images[0].instances[0].path)

    assert "TEST^ANNA" in [row.value for row in table.rows]
    assert list((medmm_home / "work").iterdir()) == []


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="'x' is no longer there"):
        read_header(tmp_path, tmp_path / "x")
