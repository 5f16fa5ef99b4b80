"""The leakage linter: every planted leak is caught, an honest set passes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from medmm.core.errors import InputError
from medmm.core.identity import PatientIdentity
from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals
from medmm.training.leakage import (
    CHECKS,
    CODES,
    LeakageFound,
    LeakageReport,
    check_leakage,
    require_honest,
    write_leakage,
)
from medmm.training.leaks.answers import check_answers, check_words
from medmm.training.leaks.images import check_images
from medmm.training.leaks.notes import check_notes
from medmm.training.leaks.patients import check_identities, check_patient_ids
from medmm.training.leaks.shortcuts import probe_shortcuts
from medmm.training.leaks.targets import check_targets
from medmm.training.leaks.times import check_times
from medmm.training.leaks.values import Check, Leak, Material
from medmm.training.leaks.variables import check_variables
from medmm.training.patients import PatientRow, part_of
from medmm.training.reading import CaseFacts, HeldRecords, Reading, normal_id, normal_persons

FINDINGS = ("pneumonia", "nodule")
NOW = datetime(2025, 5, 1, 12)
N = 200
WORDS = tuple(
    f"{a}{b}" for a in ("lor", "ips", "dol", "sit", "am", "con", "sec", "tet", "ur", "ad") for b in "aeioumnx"
)
Plant = Callable[[Material], Material]


def make_case(index: int) -> tuple[PatientRow, Reading]:
    rng = np.random.default_rng(index)
    labels = (float(rng.random() < 0.3), float(rng.random() < 0.3))
    # Something of the truth is in every input, as in life.
    smooth = np.kron(rng.normal(size=(16, 16)), np.ones((8, 8))) + 0.3 * labels[0]
    image = np.clip(128 + 30 * smooth, 0, 255).astype(np.uint8)
    said = list(rng.choice(WORDS, 70)) + (["feverish"] if rng.random() < 0.2 + 0.5 * labels[0] else [])
    note = ClinicalNote("HISTORY: " + " ".join(said) + ". r/o pneumonia.", Path("note.txt"))
    hours = [NOW - timedelta(hours=h) for h in (5, 3, 1)]
    vitals = Vitals(
        tuple(VitalMeasurement("temperature_c", t, 36.8 + labels[0] + rng.normal(0, 0.7)) for t in hours), Path("v.csv")
    )
    facts = CaseFacts((f"id{index}",), (f"person{index}",), NOW, (NOW,), 60, "F", "PA", f"maker {index % 2}")
    part = part_of(f"case{index}", train=0.5, validation=0.1, calibration=0.2)
    row = PatientRow("here", Path(f"/cohort/case{index}"), f"case{index}", labels, part)
    return row, Reading(image, (0, 128, 0, 128), HeldRecords((note,), (vitals,), facts))


@pytest.fixture(scope="module")
def honest() -> Material:
    rows, readings = zip(*(make_case(index) for index in range(N)), strict=True)
    return Material(rows, readings, FINDINGS)


def across(material: Material) -> tuple[int, int]:
    parts = material.parts.tolist()
    return parts.index("train"), parts.index("evaluated")


def with_row(material: Material, index: int, **changes: object) -> Material:
    rows = list(material.rows)
    rows[index] = replace(rows[index], **changes)
    return replace(material, rows=tuple(rows))


def rewritten(reading: Reading, **changes: object) -> Reading:
    return replace(reading, records=replace(reading.records, **changes))


def with_readings(material: Material, change: Callable[[PatientRow, Reading], Reading]) -> Material:
    return replace(material, readings=tuple(map(change, material.rows, material.readings)))


def with_reading(material: Material, index: int, **changes: object) -> Material:
    chosen = material.rows[index]
    return with_readings(material, lambda row, reading: rewritten(reading, **changes) if row is chosen else reading)


def plant_patient(material: Material) -> Material:
    train, test = across(material)
    return with_row(material, test, patient=material.rows[train].patient)


def plant_identity(material: Material) -> Material:
    train, test = across(material)
    facts = replace(material.readings[test].facts, ids=material.readings[train].facts.ids)
    return with_reading(material, test, facts=facts)


def plant_name(material: Material) -> Material:
    train, test = across(material)
    facts = replace(material.readings[test].facts, ids=(), persons=material.readings[train].facts.persons)
    return with_reading(material, test, facts=facts)


def plant_image(material: Material) -> Material:
    train, test = across(material)
    copy = material.readings[train].image
    assert copy is not None
    noisy = np.clip(1.1 * copy + np.random.default_rng(1).normal(0, 6, copy.shape), 0, 255).astype(np.uint8)
    chosen = material.rows[test]
    return with_readings(material, lambda row, reading: replace(reading, image=noisy) if row is chosen else reading)


def plant_note(material: Material) -> Material:
    train, test = across(material)
    words = material.readings[train].notes[0].text.split()
    words[20] = "changed"
    return with_reading(material, test, notes=(ClinicalNote("Copied. " + " ".join(words), Path("note.txt")),))


def plant_late_vitals(material: Material) -> Material:
    late = Vitals((VitalMeasurement("spo2", NOW + timedelta(hours=3), 97.0),), Path("v.csv"))
    return with_reading(material, 5, vitals=(late,))


def plant_late_note(material: Material) -> Material:
    facts = replace(material.readings[5].facts, note_times=(NOW + timedelta(days=2),))
    return with_reading(material, 5, facts=facts)


def say(text: str, *, in_ill: float, in_well: float) -> Plant:
    def plant(material: Material) -> Material:
        rng = np.random.default_rng(4)

        def change(row: PatientRow, reading: Reading) -> Reading:
            is_said = rng.random() < (in_ill if row.labels[0] else in_well)
            note = ClinicalNote(reading.notes[0].text + (f"\n{text}" if is_said else ""), Path("note.txt"))
            return rewritten(reading, notes=(note,))

        return with_readings(material, change)

    return plant


def plant_variable(material: Material) -> Material:
    def change(row: PatientRow, reading: Reading) -> Reading:
        extra = Vitals((VitalMeasurement("heart_rate", NOW, 80 + 50 * row.labels[1]),), Path("v.csv"))
        return rewritten(reading, vitals=(*reading.vitals, extra))

    return with_readings(material, change)


def plant_missing(material: Material) -> Material:
    return with_readings(material, lambda row, reading: reading if row.labels[1] else rewritten(reading, notes=()))


def mark_by(attribute: str, *, in_ill: float, in_well: float) -> Plant:
    """Give every case one of two domains, scanners or views, with a corner of the image that shows which."""

    def plant(material: Material) -> Material:
        rng = np.random.default_rng(2)
        rows, readings = [], []
        for row, reading in zip(material.rows, material.readings, strict=True):
            which = int(rng.random() < (in_ill if row.labels[0] else in_well))
            assert reading.image is not None
            image = reading.image.copy()
            image[:20, :20] = 255 if which else 0
            facts = reading.facts
            match attribute:
                case "domain":
                    row = replace(row, domain=f"place {which}")
                case "scanner":
                    facts = replace(facts, source=f"maker {which}")
                case _:
                    facts = replace(facts, view=("PA", "AP")[which])
            rows.append(row)
            readings.append(replace(rewritten(reading, facts=facts), image=image))
        return replace(material, rows=tuple(rows), readings=tuple(readings))

    return plant


def plant_soft_target(material: Material) -> Material:
    return with_row(material, across(material)[1], labels=(0.7, 0.1), is_soft=True)


def plant_unnamed_soft_target(material: Material) -> Material:
    return with_row(material, across(material)[0], labels=(0.7, 0.0))


def plant_doubled_row(material: Material) -> Material:
    train, _ = across(material)
    return replace(
        material,
        rows=(*material.rows, material.rows[train]),
        readings=(*material.readings, material.readings[train]),
    )


PLANTED: dict[str, tuple[Plant, str]] = {
    "patient": (plant_patient, "patient_in_two_splits"),
    "identity": (plant_identity, "identity_in_two_splits"),
    "name": (plant_name, "identity_in_two_splits"),
    "image": (plant_image, "image_in_two_splits"),
    "note": (plant_note, "note_in_two_splits"),
    "late vitals": (plant_late_vitals, "vitals_after_index_time"),
    "late note": (plant_late_note, "note_after_index_time"),
    "report": (
        say("IMPRESSION: Pneumonia of the left lower lobe.", in_ill=0.5, in_well=0.05),
        "answer_in_report_section",
    ),
    "answer": (say("He has pneumonia.", in_ill=0.3, in_well=0.01), "answer_in_note"),
    "word": (say("Ward seven.", in_ill=1.0, in_well=0.0), "word_is_answer"),
    "variable": (plant_variable, "variable_is_answer"),
    "missing": (plant_missing, "variable_is_answer"),
    "domain": (mark_by("domain", in_ill=0.9, in_well=0.1), "domain_shortcut"),
    "scanner": (mark_by("scanner", in_ill=0.9, in_well=0.1), "scanner_shortcut"),
    "view": (mark_by("view", in_ill=0.9, in_well=0.1), "view_shortcut"),
    "soft target": (plant_soft_target, "soft_target_evaluated"),
    "unnamed soft target": (plant_unnamed_soft_target, "soft_target_unnamed"),
    "doubled row": (plant_doubled_row, "row_doubled"),
    "unknown part": (lambda material: with_row(material, 3, part="fold 7"), "unknown_part"),
}

CHECK_OF: dict[str, Callable[[Material], Iterable[Leak]]] = {
    "patient_in_two_splits": check_patient_ids,
    "identity_in_two_splits": check_identities,
    "image_in_two_splits": check_images,
    "note_in_two_splits": check_notes,
    "vitals_after_index_time": check_times,
    "note_after_index_time": check_times,
    "answer_in_report_section": check_answers,
    "answer_in_note": check_answers,
    "word_is_answer": check_words,
    "variable_is_answer": check_variables,
    "domain_shortcut": lambda material: probe_shortcuts(material)[1],
    "scanner_shortcut": lambda material: probe_shortcuts(material)[1],
    "view_shortcut": lambda material: probe_shortcuts(material)[1],
    "soft_target_evaluated": check_targets,
    "soft_target_unnamed": check_targets,
    "row_doubled": check_targets,
    "unknown_part": check_targets,
}


def test_no_check_is_left_out() -> None:
    assert {check for check in CHECK_OF.values() if check.__name__ != "<lambda>"} == set(CHECKS)


@pytest.mark.slow
def test_honest_set_passes(honest: Material) -> None:
    report = check_leakage(honest)

    assert report.leaks == ()
    # That the two makers cannot be told apart is said, too.
    told = next(probe for probe in report.probes if probe.what == "scanner" and probe.by.startswith("image"))
    assert told.low < 0.5 < told.high


@pytest.mark.parametrize("name", PLANTED)
def test_planted_leak_is_caught(honest: Material, name: str) -> None:
    plant, code = PLANTED[name]

    found = [*CHECK_OF[code](plant(honest))]

    assert [one.code for one in found if one.code == code] == [code]
    assert all(one.evidence for one in found)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_honest_set_passes_each_check(honest: Material, check: Check) -> None:
    assert [*check(honest)] == []


@pytest.mark.parametrize("attribute", ["domain", "scanner", "view"])
def test_attribute_that_is_seen_but_tells_no_finding_is_no_shortcut(honest: Material, attribute: str) -> None:
    probes, leaks = probe_shortcuts(mark_by(attribute, in_ill=0.5, in_well=0.5)(honest))

    assert leaks == ()
    told = next(probe for probe in probes if probe.what == attribute and probe.by.startswith("image"))
    assert told.low > 0.95


def test_shortcut_names_the_finding_that_it_tells(honest: Material) -> None:
    marked = mark_by("domain", in_ill=0.9, in_well=0.1)(honest)

    (found,) = probe_shortcuts(marked)[1]

    assert [text.split()[0] for text in found.evidence] == ["pneumonia"]
    # A score of two values has AUROC (sensitivity + specificity) / 2, a little less when it was learnt out of fold.
    is_ill, is_marked = (
        np.array(v) for v in zip(*((r.labels[0] == 1, r.domain == "place 1") for r in marked.rows), strict=True)
    )
    expected = (is_marked[is_ill].mean() + (~is_marked[~is_ill]).mean()) / 2
    assert float(found.evidence[0].split("AUROC ")[1][:5]) == pytest.approx(expected, abs=0.06)


def test_places_of_bad_targets_are_named(honest: Material) -> None:
    soft, doubled = plant_unnamed_soft_target(honest), plant_doubled_row(honest)
    name = honest.rows[across(honest)[0]].path.name

    assert [one.evidence for one in check_targets(soft)] == [(f"here/{name} (train)",)]
    assert [one.evidence for one in check_targets(doubled)] == [(f"here/{name}: 2 times",)]


def test_soft_targets_that_are_named_may_be_trained_on(honest: Material) -> None:
    train, _ = across(honest)

    assert [*check_targets(with_row(honest, train, labels=(0.7, 0.1), is_soft=True))] == []


def test_word_that_is_denied_or_asked_is_no_answer(honest: Material) -> None:
    said = say("No pneumonia, please exclude pneumonia.", in_ill=0.4, in_well=0.0)(honest)

    assert [*check_answers(said)] == []


def report_of_leak(honest: Material, allowed: dict[str, str]) -> LeakageReport:
    return LeakageReport(N, tuple(check_patient_ids(plant_patient(honest))), (), allowed)


def test_training_is_refused_with_evidence_beside_the_run(honest: Material, tmp_path: Path) -> None:
    report = report_of_leak(honest, {})

    write_leakage(report, tmp_path / "leakage.json")
    with pytest.raises(LeakageFound, match=r"(?s)patient_in_two_splits.*case") as caught:
        require_honest(report)

    assert "--allow-leak patient_in_two_splits" in caught.value.hint
    stored = json.loads((tmp_path / "leakage.json").read_text(encoding="utf-8"))
    assert stored["refused"] == ["patient_in_two_splits"]
    assert stored["leaks"][0]["evidence"]


def test_allowed_leak_goes_on_and_is_recorded(honest: Material, tmp_path: Path) -> None:
    report = report_of_leak(honest, {"patient_in_two_splits": "a rehearsal"})

    write_leakage(report, tmp_path / "leakage.json")
    require_honest(report)

    stored = json.loads((tmp_path / "leakage.json").read_text(encoding="utf-8"))
    assert stored["refused"] == []
    assert stored["allowed"] == {"patient_in_two_splits": "a rehearsal"}


def test_unknown_code_is_answered_with_the_nearest(honest: Material) -> None:
    with pytest.raises(InputError, match="Did you mean 'patient_in_two_splits'"):
        check_leakage(honest, allowed={"patients_in_two_splits": "typing"})


def test_every_code_is_explained_and_caught() -> None:
    caught = {code for _, code in PLANTED.values()}

    assert caught == set(CODES)


@pytest.mark.parametrize(
    ("one", "other"), [("MRN-4211", "mrn 4211"), ("004211", "4211"), ("００４２", "42"), ("A/7", "a7")]
)
def test_numbers_are_compared_without_looks(one: str, other: str) -> None:
    assert normal_id(one) == normal_id(other)


def test_persons_are_compared_by_name_and_birth_date() -> None:
    one = PatientIdentity(name="SMITH^Anna", birth_date="19500102")
    other = PatientIdentity(name="Anna Smith", birth_date="19500102")

    assert normal_persons(one) == normal_persons(other) != ()
    assert normal_persons(PatientIdentity(name="SMITH^Anna")) == ()


@pytest.mark.slow
def test_honest_simulated_patients_pass(tmp_path: Path) -> None:
    from medmm.core.progress import CancelToken, no_progress
    from medmm.core.quality import InputKind
    from medmm.models.spec import ImageSpec
    from medmm.simulate.cohort import simulate_cohort
    from medmm.training.config import SplitConfig
    from medmm.training.gather import gather
    from medmm.training.patients import find_patients

    kinds = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})
    cohort = tmp_path / "patients"
    simulate_cohort(cohort, n_patients=40, seed=5, inputs=kinds, progress=no_progress, cancel=CancelToken())
    split = SplitConfig(train=0.4, validation=0.2, calibration=0.2, test=0.2)
    rows = find_patients(cohort, FINDINGS, split, domain="simulated")

    for _ in range(2):
        # The second time from the cache: the facts travel in it.
        readings = gather(
            rows, ImageSpec(64, 64), tmp_path / "cache", workers=1, progress=no_progress, cancel=CancelToken()
        )
        assert check_leakage(Material(rows, readings, FINDINGS)).leaks == ()
        assert all(r.facts.index_time and r.facts.persons and r.facts.sex and r.facts.age_years for r in readings)
