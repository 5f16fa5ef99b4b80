"""The shipped sample patients are what the generator writes."""

from pathlib import Path

import pytest

from medmm.simulate.samples import SAMPLES, write_samples

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "samples"


@pytest.mark.slow
def test_shipped_samples_are_small_and_made_by_this_generator(tmp_path: Path) -> None:
    folders = write_samples(tmp_path)

    assert [folder.name for folder in folders] == [sample.folder for sample in SAMPLES]
    for folder in folders:
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        shipped = {path.name: path.read_bytes() for path in (SHIPPED / folder.name).iterdir()}
        assert sum(map(len, shipped.values())) < 1_500_000
        assert set(files) == set(shipped)
        # The texts to the byte; the film's noise may differ in a last bit with another mathematics library.
        assert all(files[name] == shipped[name] for name in files if name != "chest.dcm")


def test_one_sample_has_no_vitals_and_one_is_chinese() -> None:
    assert not (SHIPPED / "chest_no_vitals" / "vitals.csv").exists()
    assert "现病史" in (SHIPPED / "chest_chinese" / "note.txt").read_text(encoding="utf-8")
