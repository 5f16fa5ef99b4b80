"""A batch over patients of which one file is broken: each outcome is the one that the mutation tools expect.

All 179 mutators among nine sound patients each: tests/benchmarks/bench_broken.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from medmm.workflow.batch import BatchJob, score_batch
from medmm.workflow.engine import LocalEngine
from medmm.workflow.simulation import simulate_patients
from tests.conftest import ROOT
from tests.models.builders import make_bundle
from tests.workflow.broken_outcomes import judge, read_outcomes
from tests.workflow.broken_patients import Workshop, link_patient, make_patients

TOOLS = ROOT.parent / "shared" / "tools"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TOOLS / "mutate_dicom.py").is_file(), reason="the optional ../shared/tools are not here"),
]
INPUTS = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})
CHOSEN = (
    *("truncate_pixels", "preamble_only", "not_dicom", "deflated_valid", "same_uid_other_pixels", "nested_sequences"),
    *("other_patient_same_series", "meta_faults", "one_slice_truncated", "mixed_patients_same_series", "fifo"),
    *("good_shuffled_columns", "some_missing", "fahrenheit", "ragged_rows", "wrong_patient", "dbp_above_sbp"),
    *("note_utf8_bom", "note_empty", "note_wrong_patient", "note_fhir_bad", "note_html", "note_lone_surrogate"),
)


def test_broken_patients_come_out_as_the_tools_expect(tmp_path: Path) -> None:
    cohort = tmp_path / "cohort"
    simulate_patients(cohort, n_patients=3, seed=5, inputs=INPUTS, progress=no_progress, cancel=CancelToken())
    shop = Workshop(TOOLS, cohort, tmp_path / "sound", tmp_path / "root", tmp_path / "work", 7)
    for folder in (shop.sound, shop.broken, shop.work):
        folder.mkdir()
    patients = make_patients(shop, only=CHOSEN)
    for path in shop.sound.iterdir():
        link_patient(path, shop.broken / path.name)

    score_batch(BatchJob(shop.broken, tmp_path / "out"), LocalEngine(make_bundle(tmp_path / "bundle")))

    verdicts = judge(patients, read_outcomes(tmp_path / "out"), shop.broken)
    assert {patient.mutator for patient in patients} == set(CHOSEN)
    assert [f"{one.patient.folder}: {one.found}: {one.why}" for one in verdicts if not one.is_right] == []
    assert {one.patient.expect for one in verdicts} == {"any", "ok", "reject", "warn"}
