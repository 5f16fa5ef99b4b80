"""Readings on disk: nothing is lost, pixels stay in their file, a reading that was cut short leaves no cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals
from medmm.models.spec import ImageSpec
from medmm.training.reading import CaseFacts, HeldRecords, Reading, Records
from medmm.training.reading_cache import CacheWriter, load_readings

SPEC = ImageSpec(64, 96)


def make_readings() -> list[Reading]:
    rng = np.random.default_rng(0)
    taken = datetime(2026, 3, 1, 8, 30)
    vitals = Vitals((VitalMeasurement("heart_rate", taken, 88.0),), Path("vitals.csv"))
    note = ClinicalNote("Fever. 发热", Path("note.txt"))
    seen = rng.integers(0, 255, (64, 96), dtype=np.uint8)
    return [
        Reading(seen, (0, 64, 8, 88), HeldRecords((note,), (vitals,), CaseFacts(ids=("x",), index_time=taken))),
        Reading(None, (0, 0, 0, 0)),
    ]


def write(folder: Path, readings: Iterable[Reading], spec: ImageSpec | None = SPEC) -> None:
    with CacheWriter(folder, 3, spec) as writer:
        for reading in readings:
            writer.add(reading)


def written_of(records: Records) -> HeldRecords:
    return HeldRecords(records.notes, records.vitals, records.facts)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    first, second = make_readings()
    write(tmp_path, [first, second])

    one, other = load_readings(tmp_path)

    assert one.image is not None
    assert first.image is not None
    assert np.array_equal(one.image, first.image)
    assert (one.box, written_of(one.records)) == (first.box, first.records)
    assert (other.image, other.box, other.audio) == (None, second.box, None)
    assert written_of(other.records) == second.records


def test_records_are_read_line_by_line_in_any_order(tmp_path: Path) -> None:
    first, second = make_readings()
    write(tmp_path, [first, second, first])
    readings = list(load_readings(tmp_path))

    found = [written_of(readings[place].records) for place in (2, 0, 1, 2)]

    assert found == [first.records, first.records, second.records, first.records]


def test_pixels_are_mapped_and_not_copied(tmp_path: Path) -> None:
    write(tmp_path, make_readings())

    one, _ = load_readings(tmp_path)

    assert one.image is not None
    base = one.image
    while isinstance(base, np.ndarray) and base.base is not None and not isinstance(base, np.memmap):
        base = base.base
    assert isinstance(base, np.memmap)
    assert not one.image.flags.writeable


def test_a_model_without_images_has_an_empty_file_of_them(tmp_path: Path) -> None:
    write(tmp_path, [make_readings()[1]] * 3, None)

    assert [reading.image for reading in load_readings(tmp_path)] == [None] * 3


def test_a_reading_that_is_cut_short_touches_no_file_that_is_mapped(tmp_path: Path) -> None:
    write(tmp_path, make_readings())
    one, _ = load_readings(tmp_path)
    assert one.image is not None
    before = one.image.copy()

    def interrupted() -> Iterator[Reading]:
        yield make_readings()[1]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, interrupted())

    assert np.array_equal(one.image, before)
    assert not list(tmp_path.glob("*.new"))
    assert one.notes[0].text == "Fever. 发热"
    assert len(list(load_readings(tmp_path))) == 2


@pytest.mark.slow
def test_image_encoders_share_a_cache_and_a_killed_reading_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from medmm.core.errors import Cancelled
    from medmm.core.progress import CancelToken, no_progress
    from medmm.training import gather as module
    from medmm.training.patients import PatientRow

    calls: list[str] = []

    def read(row: PatientRow, spec: ImageSpec | None, audio: object = None) -> Reading:
        calls.append(row.patient)
        return make_readings()[0]

    monkeypatch.setattr(module, "read_patient", read)
    rows = [PatientRow("simulated", tmp_path / name, name, (), "train") for name in ("a", "b")]

    def gather(spec: ImageSpec, cancel: CancelToken) -> int:
        return len(module.gather(rows, spec, tmp_path / "cache", workers=1, progress=no_progress, cancel=cancel))

    assert gather(SPEC, CancelToken()) == 2
    assert gather(ImageSpec(64, 96, encoder="monai.resnet18"), CancelToken()) == 2
    assert calls == ["a", "b"]
    cancelled = CancelToken()
    cancelled.set()
    with pytest.raises(Cancelled):
        gather(ImageSpec(96, 96), cancelled)
    # The old files may be there still, but nothing says that they are whole.
    assert not (tmp_path / "cache" / "key.json").exists()
