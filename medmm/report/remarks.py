"""Checks, limits, inputs, model and files: what the reader must know beside the numbers."""

from __future__ import annotations

from medmm.core.case import Case
from medmm.core.prediction import MAX_GAP, CaseResult
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.report.value import Check, Fact, FileRow, InputLine

SEVERITY_ORDER = {Severity.STOP: 0, Severity.WARNING: 1, Severity.INFO: 2}
ALWAYS_TRUE = (
    "For research use only. Not for diagnostic use. No CE mark, not cleared by the FDA.",
    "Shares and weights say what moved the model's score, not what is true of the patient.",
    "A map shows areas that changed the score at the map's own coarse resolution; no size may be taken from it.",
)
SHOWN_SKIPPED = 12


def check_rows(case: Case, result: CaseResult) -> tuple[Check, ...]:
    """Collect every remark about the data once, the gravest first."""
    gates = (note for use in result.inputs_used.values() for note in use.gate)
    of_inputs = (
        *(note for image in case.images for note in image.notes),
        *(note for text in case.notes for note in text.notes),
        *(note for table in case.vitals for note in table.notes),
    )
    found: dict[str, QualityNote] = {}
    for note in (*case.checks, *result.checks, *gates, *of_inputs):
        found.setdefault(note.message, note)
    ordered = sorted(found.values(), key=lambda note: SEVERITY_ORDER[note.severity])
    return tuple(_check(note) for note in ordered)


def input_lines(result: CaseResult) -> tuple[InputLine, ...]:
    """Say of each input whether it was used, and why not."""
    return tuple(
        InputLine(kind.value, use.used, "used" if use.used else _why_not(use.gate))
        for kind, use in ((kind, result.inputs_used.get(kind)) for kind in InputKind)
        if use is not None
    )


def limit_lines(result: CaseResult) -> tuple[str, ...]:
    """List what holds for every report, then the limits from the model's card."""
    uncalibrated = ("The scores are not calibrated: they rank cases and are no probabilities.",)
    return (*ALWAYS_TRUE, *(() if result.is_calibrated else uncalibrated), *result.model.limits)


def model_facts(result: CaseResult) -> tuple[Fact, ...]:
    """Identify the model, where it ran, and how long it took."""
    model = result.model
    total = result.timing_ms.get("total")
    gaps = [why.completeness_gap for why in result.explanations.values() if why.completeness_gap is not None]
    facts = (
        Fact("Model", f"{model.name} {model.version}"),
        Fact("Bundle SHA-256", model.sha256),
        Fact("Ran on", f"{model.device}, {model.runtime}, {model.precision}"),
        Fact("Numbers", "calibrated probabilities" if result.is_calibrated else "uncalibrated scores"),
        Fact("Interval", _interval_words(result)),
        Fact("Time", f"{total / 1000:.1f} s" if total is not None else ""),
        Fact("Attribution gap", _gap_words(max(gaps)) if gaps else ""),
    )
    return tuple(fact for fact in facts if fact.value)


def _gap_words(gap: float) -> str:
    """Say how far the weights of words, values and film miss the change that they divide; a rough one is told."""
    rough = f"; over {MAX_GAP}: the weights are rough" if gap > MAX_GAP else ""
    return f"{gap:.4f} of the change (largest){rough}"


def _interval_words(result: CaseResult) -> str:
    if result.model.n_members > 1:
        return f"lowest and highest answer of {result.model.n_members} members"
    if any(finding.interval for finding in result.findings):
        return ""
    return "none: one network answers (a soup of several is one), so there are no members to differ"


def file_rows(case: Case) -> tuple[FileRow, ...]:
    """List the files that were read with their hashes."""
    return tuple(FileRow(file.kind.value, file.path, file.sha256) for file in case.inputs)


def skipped_lines(case: Case) -> tuple[str, ...]:
    """List the files that were found but not read, the first dozen by name."""
    lines = [f"{item.path.name}: {item.reason}" for item in case.skipped[:SHOWN_SKIPPED]]
    more = len(case.skipped) - SHOWN_SKIPPED
    return (*lines, f"and {more} more") if more > 0 else tuple(lines)


def _check(note: QualityNote) -> Check:
    return Check(note.severity.value, note.code, note.message)


def _why_not(gate: tuple[QualityNote, ...]) -> str:
    return " ".join(note.message for note in gate) or "not used"
