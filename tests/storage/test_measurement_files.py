"""Measurements on disk: back as they were, never lost, no name in a file name."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.errors import Cancelled, StorageError
from medmm.core.measurement import Measurement, MeasurementKind, SlicePlace
from medmm.core.plane_cut import PlaneCut
from medmm.core.progress import CancelToken
from medmm.storage.measurement_files import read_measurements, write_measurements

STUDY = "1.2.826.0.1.3680043.10.1.2"
PLACE = SlicePlace("1.2.826.0.1.3680043.10.1.9", 3, STUDY, "1.2.3")
LENGTH = Measurement("a", MeasurementKind.LENGTH, PLACE, ((1.25, 2.5), (30.0, 40.1)), "Knoten 结节", 4)
OUTLINE = Measurement("b", MeasurementKind.FREEHAND, PLACE, ((0.0, 0.0), (5.0, 0.0), (5.0, 5.5), (2.0, 9.0)), "b")
BOTH = frozenset({"a", "b"})


def files(home: Path) -> list[Path]:
    return sorted(path for path in (home / "measurements").iterdir() if path.suffix != ".lock")


def test_measurements_come_back_as_they_were() -> None:
    write_measurements(STUDY, [LENGTH, OUTLINE], known=BOTH)

    assert read_measurements(STUDY).measurements == (LENGTH, OUTLINE)
    assert read_measurements("1.2.3").measurements == ()


def test_a_computed_plane_comes_back_to_the_last_bit() -> None:
    cut = PlaneCut("coronal", (0.1 + 0.2, 0.0, -1.0), (1 / 3, 0.0, 0.0), (-0.5, 41.5, 1e-17), 6.0, "mean", 23.4, 39)
    oblique = replace(LENGTH, place=replace(PLACE, cut=cut))

    write_measurements(STUDY, [oblique, OUTLINE], known=BOTH)

    assert read_measurements(STUDY).measurements == (oblique, OUTLINE)


def test_a_cut_of_no_known_plane_is_damage(medmm_home: Path) -> None:
    cut = PlaneCut("coronal", (0.0, 0.0, -1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    write_measurements(STUDY, [replace(LENGTH, place=replace(PLACE, cut=cut)), OUTLINE], known=BOTH)
    (path,) = files(medmm_home)
    path.write_text(path.read_text(encoding="utf-8").replace("coronal", "curved"), encoding="utf-8")

    found = read_measurements(STUDY)

    assert found.measurements == (OUTLINE,)
    assert found.trouble is not None


def test_the_file_is_named_by_a_hash_and_goes_with_the_last_measurement(medmm_home: Path) -> None:
    write_measurements(STUDY, [LENGTH], known=BOTH)
    (path,) = files(medmm_home)

    write_measurements(STUDY, [], known=BOTH)

    assert len(path.stem) == 40
    assert int(path.stem, 16) > 0
    assert files(medmm_home) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"schema": "medmm.measurements/2", "measurements": []}',
                b'{"schema": "medmm.measurements/1", "measurements": 5}', b"[1, 2]"]
)  # fmt: skip
def test_a_damaged_file_is_kept_aside_and_told_in_one_sentence(content: bytes, medmm_home: Path) -> None:
    write_measurements(STUDY, [LENGTH], known=BOTH)
    (path,) = files(medmm_home)
    path.write_bytes(content)

    found = read_measurements(STUDY)
    write_measurements(STUDY, [OUTLINE], known=BOTH)

    assert found.measurements == ()
    assert found.trouble is not None
    assert "\n" not in found.trouble.message
    aside = path.with_suffix(".damaged1")
    assert aside.read_bytes() == content
    assert aside.name in found.trouble.hint
    assert read_measurements(STUDY) == type(found)((OUTLINE,))


DAMAGE = {
    "id": 5,
    "kind": "circle",
    "points": [[1, 2]],
    "name": None,
    "color_index": "red",
    "place": {"sop_instance_uid": "", "frame": 0, "study_uid": "", "series_uid": ""},
}


@pytest.mark.parametrize("field", DAMAGE)
def test_the_sound_entries_of_a_damaged_file_are_read_and_kept(field: str, medmm_home: Path) -> None:
    write_measurements(STUDY, [LENGTH, OUTLINE], known=BOTH)
    (path,) = files(medmm_home)
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["measurements"][0][field] = DAMAGE[field]
    path.write_text(json.dumps(whole), encoding="utf-8")

    first, second = read_measurements(STUDY), read_measurements(STUDY)

    assert first.measurements == second.measurements == (OUTLINE,)
    assert first.trouble is not None
    assert "1 of 2" in first.trouble.message
    assert second.trouble is None
    assert path.with_suffix(".damaged1").exists()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "true", '"1"', "1e999"])
def test_a_coordinate_that_is_no_number_is_damage(number: str, medmm_home: Path) -> None:
    write_measurements(STUDY, [LENGTH], known=BOTH)
    (path,) = files(medmm_home)
    path.write_text(path.read_text(encoding="utf-8").replace("1.25", number), encoding="utf-8")

    assert read_measurements(STUDY).trouble is not None


def test_what_another_window_wrote_is_kept_and_what_was_deleted_here_is_not() -> None:
    write_measurements(STUDY, [OUTLINE], known=frozenset({"b"}))

    write_measurements(STUDY, [LENGTH], known=frozenset({"a"}))
    both = read_measurements(STUDY).measurements
    write_measurements(STUDY, [LENGTH], known=BOTH)

    assert both == (OUTLINE, LENGTH)
    assert read_measurements(STUDY).measurements == (LENGTH,)


def test_windows_that_write_at_once_lose_nothing() -> None:
    def write(number: int) -> None:
        own = Measurement(str(number), MeasurementKind.POINT, PLACE, ((1.0, 2.0),))
        write_measurements(STUDY, [own], known=frozenset({own.id}))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert {entry.id for entry in read_measurements(STUDY).measurements} == {"0", "1", "2", "3", "4", "5"}


def test_a_cancelled_write_changes_nothing() -> None:
    write_measurements(STUDY, [LENGTH], known=BOTH)
    cancel = CancelToken()
    cancel.set()

    with pytest.raises(Cancelled):
        write_measurements(STUDY, [], known=BOTH, cancel=cancel)

    assert read_measurements(STUDY).measurements == (LENGTH,)


def test_a_file_that_cannot_be_read_now_is_never_written_over(
    medmm_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_measurements(STUDY, [LENGTH], known=BOTH)
    (path,) = files(medmm_home)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda self: (_ for _ in ()).throw(OSError(5, "Input/output error")))
        with pytest.raises(StorageError, match="Input/output error"):
            write_measurements(STUDY, [OUTLINE], known=frozenset({"b"}))

    assert read_measurements(STUDY).measurements == (LENGTH,)
    assert files(medmm_home) == [path]
