"""Cohorts: same seed, same bytes; truth.csv; refusals; cancelling."""

import csv
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import pytest

from medmm.core.case import InputKind
from medmm.core.errors import Cancelled, InputError, StorageError
from medmm.core.progress import CancelToken, no_progress
from medmm.simulate.cohort import FINDINGS, simulate_cohort

ALL = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})

# Written down before recordings could be simulated.
OF_SEED_5 = {
    "note.txt": "37eed9c4112fdced83e46b4eacc6c95eb162c70d5243b9b6dbcc9315166e1374",
    "vitals.csv": "fae5c05183c06d233ea132f6aca9cf2084547f43c9dd4ec47fc527843c8ef939",
}


def make_cohort(
    out_dir: Path, *, n: int = 2, seed: int = 5, inputs: frozenset[InputKind] = ALL, workers: int = 1
) -> Path:
    return simulate_cohort(
        out_dir, n_patients=n, seed=seed, inputs=inputs, progress=no_progress, cancel=CancelToken(), workers=workers
    )


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.slow
def test_same_seed_gives_same_bytes_whatever_the_workers(tmp_path: Path) -> None:
    make_cohort(tmp_path / "alone", n=3)
    make_cohort(tmp_path / "pool", n=3, workers=2)

    assert digest(tmp_path / "alone") == digest(tmp_path / "pool")


def test_another_seed_gives_other_patients(tmp_path: Path) -> None:
    make_cohort(tmp_path / "five", n=1, seed=5)
    make_cohort(tmp_path / "six", n=1, seed=6)

    five, six = digest(tmp_path / "five"), digest(tmp_path / "six")
    assert set(five) == set(six)
    assert five["case_00001/chest.dcm"] != six["case_00001/chest.dcm"]
    assert five["case_00001/note.txt"] != six["case_00001/note.txt"]


def test_truth_has_one_row_a_case_and_finding(tmp_path: Path) -> None:
    truth = make_cohort(tmp_path / "cohort", n=2)

    rows = list(csv.DictReader(truth.open()))
    columns = ["case", "finding", "present", "carried_by", "row0", "col0", "row1", "col1", "fault"]
    assert list(rows[0]) == columns
    assert [row["finding"] for row in rows] == list(FINDINGS) * 2
    assert {row["case"] for row in rows} == {"case_00001", "case_00002"}
    for row in rows:
        assert row["present"] in ("0", "1")
        assert set(row["carried_by"].split("+")) <= {"", "image", "note", "vitals"}
        if row["present"] == "0":
            assert (row["carried_by"], row["row0"]) == ("", "")


def test_only_the_wished_inputs_are_written_and_named(tmp_path: Path) -> None:
    truth = make_cohort(tmp_path / "cohort", n=2, inputs=frozenset({InputKind.NOTE}))

    assert [path.name for path in (tmp_path / "cohort" / "case_00001").iterdir()] == ["note.txt"]
    rows = list(csv.DictReader(truth.open()))
    assert {row["carried_by"] for row in rows} <= {"", "note"}
    assert {row["row0"] for row in rows} == {""}


def test_no_input_at_all_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no input chosen"):
        make_cohort(tmp_path / "cohort", inputs=frozenset())


@pytest.mark.slow
def test_a_recording_more_leaves_every_other_file_as_it_was(tmp_path: Path) -> None:
    make_cohort(tmp_path / "three", n=3)
    make_cohort(tmp_path / "four", n=3, inputs=frozenset(InputKind))

    three, four = digest(tmp_path / "three"), digest(tmp_path / "four")
    added = set(four) - set(three)
    assert added == {f"case_0000{k}/lungs.wav" for k in (1, 2, 3)}
    assert all(four[name] == three[name] for name in three if name != "truth.csv")
    rows = zip(*(csv.DictReader((tmp_path / name / "truth.csv").open()) for name in ("three", "four")), strict=True)
    for old, new in rows:
        assert {**new, "carried_by": new["carried_by"].removesuffix("audio").removesuffix("+")} == old


def test_the_cohort_of_a_seed_is_the_one_that_it_always_was(tmp_path: Path) -> None:
    make_cohort(tmp_path / "cohort", n=1, seed=5)

    found = digest(tmp_path / "cohort")
    assert {name: found[f"case_00001/{name}"] for name in OF_SEED_5} == OF_SEED_5


@pytest.mark.slow
def test_each_subset_of_inputs_has_the_bytes_of_all_of_them(tmp_path: Path) -> None:
    name_of = {InputKind.IMAGE: "chest.dcm", InputKind.NOTE: "note.txt", InputKind.VITALS: "vitals.csv"}
    name_of[InputKind.AUDIO] = "lungs.wav"
    make_cohort(tmp_path / "all", n=1, inputs=frozenset(InputKind))
    everything = digest(tmp_path / "all" / "case_00001")

    for number in range(1, 2 ** len(InputKind) - 1):
        kinds = frozenset(kind for place, kind in enumerate(InputKind) if number >> place & 1)
        make_cohort(tmp_path / f"{number}", n=1, inputs=kinds)
        expected = {name_of[kind]: everything[name_of[kind]] for kind in kinds}
        assert digest(tmp_path / f"{number}" / "case_00001") == expected


def test_truth_without_films_is_what_it_was_when_they_were_rendered(tmp_path: Path) -> None:
    truth = make_cohort(tmp_path / "cohort", n=3, inputs=frozenset({InputKind.NOTE, InputKind.VITALS}))

    # Written down when every cohort rendered its films.
    assert sha256(truth.read_bytes()).hexdigest() == "e2ebcae22c2dd7d3c89a40c75b98cfe7c93602cc65108a9511371fd4de13368e"


def test_a_film_that_nobody_asked_for_costs_nothing(tmp_path: Path) -> None:
    started = perf_counter()
    make_cohort(tmp_path / "film", n=1, inputs=frozenset({InputKind.IMAGE}))
    of_one_film = perf_counter() - started

    started = perf_counter()
    make_cohort(tmp_path / "words", n=5, inputs=frozenset({InputKind.NOTE, InputKind.VITALS}))

    # Five patients took five films' time before; they take a tenth of one now.
    assert perf_counter() - started < of_one_film


def test_a_folder_with_files_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(StorageError, match="not an empty folder"):
        make_cohort(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.txt"]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.slow
def test_cancel_stops_without_a_truth_file(tmp_path: Path, workers: int) -> None:
    cancel = CancelToken()

    with pytest.raises(Cancelled):
        simulate_cohort(
            tmp_path / "cohort",
            n_patients=12,
            seed=1,
            inputs=frozenset({InputKind.NOTE}),
            progress=lambda done, total, text: cancel.set(),
            cancel=cancel,
            workers=workers,
        )
    assert not (tmp_path / "cohort" / "truth.csv").exists()
