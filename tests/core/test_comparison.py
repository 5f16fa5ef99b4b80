"""Two results side by side: what counts as the same answer, and what is told as different."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medmm.core.comparison import compare
from medmm.core.prediction import CaseResult
from medmm.core.quality import InputFile, InputKind
from medmm.core.run_record import RunRecord, Step, TensorFacts
from medmm.core.words import Words
from tests.report.builders import make_finding, make_result

RECORD = RunRecord("2026-11-30T18:00:00+00:00", {"medmm": "0.1.0"}, {"threads": "2"})
FILES = (InputFile(InputKind.IMAGE, "a.dcm", "a" * 64), InputFile(InputKind.NOTE, "note.txt", "b" * 64))


def a_result(*shown: float, **changes: object) -> CaseResult:
    """A result of findings f0, f1, ... whose logit is ten times the number shown."""
    findings = tuple(
        replace(make_finding(f"f{place}", value, decision="positive" if value >= 0.5 else "negative"), logit=10 * value)
        for place, value in enumerate(shown)
    )
    return replace(make_result(findings=findings), inputs=FILES, record=RECORD, **changes)


def test_the_same_numbers_are_identical_and_nothing_differs() -> None:
    comparison = compare(a_result(0.2, 0.9), a_result(0.2, 0.9))

    assert comparison.verdict == "identical"
    assert comparison.differences == ()
    assert comparison.largest_logit == 0


@pytest.mark.parametrize(("gap", "device", "verdict"), [
    (5e-6, "cpu (1 threads)", "within"), (5e-5, "cpu (1 threads)", "beyond"),
    (5e-5, "cuda (H200)", "within"), (2e-4, "cuda (H200)", "beyond"),
])  # fmt: skip
def test_another_device_may_differ_by_ten_times_as_much(gap: float, device: str, verdict: str) -> None:
    # gap is in the number shown, of which the logit is ten times: 5e-5 logits, 5e-4, 5e-4, 2e-3.
    first = a_result(0.2)
    second = a_result(0.2 + gap, model=replace(first.model, device=device))
    first = replace(first, model=replace(first.model, device="cpu (4 threads)"))

    assert compare(first, second).verdict == verdict


def test_the_largest_disagreement_stands_first_and_changes_above_a_tenth_are_marked() -> None:
    comparison = compare(a_result(0.1, 0.3, 0.45, 0.8), a_result(0.1, 0.45, 0.55, 0.75))

    assert [delta.name for delta in comparison.deltas] == ["f1", "f2", "f3", "f0"]
    assert [delta.is_large for delta in comparison.deltas] == [True, True, False, False]
    assert [delta.is_flipped for delta in comparison.deltas] == [False, True, False, False]


def test_a_probability_is_not_subtracted_from_a_score() -> None:
    calibrated = a_result(0.9)
    raw = replace(calibrated, findings=tuple(replace(one, probability=None, score=0.6) for one in calibrated.findings))
    calibrated = replace(calibrated, findings=tuple(replace(one, score=0.7) for one in calibrated.findings))

    (delta,) = compare(calibrated, raw).deltas

    assert delta.shown == pytest.approx(-0.1)


def test_a_finding_of_one_bundle_only_is_told_and_never_the_same_answer() -> None:
    comparison = compare(a_result(0.1, 0.2), a_result(0.1))

    assert comparison.verdict == "beyond"
    assert [(delta.name, delta.second is None) for delta in comparison.deltas] == [("f0", False), ("f1", True)]


def test_what_changed_is_named() -> None:
    changed = (FILES[0], replace(FILES[1], sha256="c" * 64), InputFile(InputKind.VITALS, "new.csv", "d" * 64))
    crop = Step("crop", Words("Cropped"), {"row0": 1.0})
    first = a_result(0.1)
    first = replace(first, record=replace(RECORD, steps={InputKind.IMAGE: (crop,)}))
    facts = TensorFacts((2,), "float32", 0.0, 1.0, 0.5, "e" * 64)
    record = replace(
        RECORD,
        scored_at="2026-12-01T00:00:00+00:00",
        software={"medmm": "0.2.0"},
        machine={"threads": "8"},
        steps={InputKind.IMAGE: (replace(crop, parameters={"row0": 2.0}),)},
        tensors={InputKind.IMAGE: facts},
    )
    second = a_result(0.1, model=replace(first.model, version="9"))

    found = compare(first, replace(second, inputs=changed, record=record)).differences

    assert {(one.place, one.name) for one in found} == {
        ("file", "note.txt"), ("file", "new.csv"), ("model", "version"), ("software", "medmm"), ("machine", "threads"),
        ("step", "image.crop.row0"), ("input", "image tensor"),
    }  # fmt: skip


def test_an_earlier_result_without_a_record_is_compared_by_what_it_has() -> None:
    comparison = compare(replace(a_result(0.1), record=None), a_result(0.1))

    assert comparison.verdict == "identical"
    assert comparison.differences == ()
