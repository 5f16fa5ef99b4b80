"""The leakage linter: looks for the usual ways to fool oneself before training, and refuses with evidence."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

from medmm.core.errors import InputError
from medmm.core.lookup import find_entry
from medmm.core.words import Words
from medmm.training.leaks.answers import check_answers, check_words
from medmm.training.leaks.images import check_images
from medmm.training.leaks.notes import check_notes
from medmm.training.leaks.patients import check_identities, check_patient_ids
from medmm.training.leaks.shortcuts import probe_shortcuts
from medmm.training.leaks.targets import check_targets
from medmm.training.leaks.times import check_times
from medmm.training.leaks.values import Check, Leak, Material, Probe
from medmm.training.leaks.variables import check_variables

log = logging.getLogger(__name__)
# What each code means and what to do about it; the codes are stable.
CODES: Mapping[str, str] = MappingProxyType(
    {
        "patient_in_two_splits": "Split by patient: give every image of a patient the same patient number.",
        "identity_in_two_splits": "Give the cases of one person one name in the tables.",
        "image_in_two_splits": "Remove the copies, or give them to one patient.",
        "note_in_two_splits": "Remove the copies, or give them to one patient.",
        "vitals_after_index_time": "Leave out what was measured after the image was taken.",
        "note_after_index_time": "Use the notes that were there when the image was taken.",
        "answer_in_report_section": "Cut findings, impression and diagnosis out of the notes.",
        "answer_in_note": "Use notes written before the finding was known.",
        "word_is_answer": "Look at the notes that hold the word: it may be a template or the answer itself.",
        "variable_is_answer": "Look where the variable comes from: it may be a consequence of the finding.",
        "domain_shortcut": "Take cases with and without the finding from every domain, or report each apart.",
        "scanner_shortcut": "Take cases with and without the finding from every scanner, or report each apart.",
        "view_shortcut": "Take cases with and without the finding in every view, or report each apart.",
        "soft_target_evaluated": "Another model's scores may be trained on, never tested against.",
        "soft_target_unnamed": "Mark scores of another model as soft labels.",
        "unknown_part": "Parts are train, validation, calibration, test and held_out.",
        "row_doubled": "List every case once.",
    }
)
CHECKS: tuple[Check, ...] = (
    check_patient_ids,
    check_identities,
    check_targets,
    check_images,
    check_notes,
    check_times,
    check_answers,
    check_words,
    check_variables,
)


class LeakageFound(InputError):
    """The patients as they are would give figures that flatter the model."""

    code = "leakage"


@dataclass(frozen=True)
class LeakageReport:
    """What the linter found. allowed: code -> reason of leaks that the user goes on with deliberately."""

    n_cases: int
    leaks: tuple[Leak, ...]
    probes: tuple[Probe, ...]
    allowed: Mapping[str, str]

    @property
    def refused(self) -> tuple[Leak, ...]:
        """Give the leaks that nobody allowed."""
        return tuple(one for one in self.leaks if one.code not in self.allowed)


def lint(material: Material, *, allowed: Mapping[str, str], out: Path) -> LeakageReport:
    """Look for leakage, write leakage.json into `out`, and raise LeakageFound for what is not allowed."""
    report = check_leakage(material, allowed=allowed)
    write_leakage(report, out / "leakage.json")
    for line in leakage_lines(report) if not report.refused else ():
        log.info(line)
    require_honest(report)
    return report


def check_leakage(material: Material, *, allowed: Mapping[str, str] = MappingProxyType({})) -> LeakageReport:
    """Run every check. Raises InputError for an allowed code that does not exist."""
    try:
        for code in allowed:
            find_entry(CODES, code, what="leakage code")
    except ValueError as error:
        raise InputError(Words("{error}", error=error)) from error
    found = [one for check in CHECKS for one in check(material)]
    probes, shortcuts = probe_shortcuts(material)
    return LeakageReport(len(material.rows), (*found, *shortcuts), probes, allowed)


def require_honest(report: LeakageReport) -> None:
    """Raise LeakageFound with every leak that was not allowed."""
    if not report.refused:
        return
    raise LeakageFound(
        Words(
            "the patients leak what is to be learnt ({codes}):\n{details}",
            codes=", ".join(one.code for one in report.refused),
            details="\n".join(line for one in report.refused for line in _leak_lines(one)),
        ),
        Words("Mend the patients, or go on deliberately with --allow-leak {code}.", code=report.refused[0].code),
    )


def leakage_lines(report: LeakageReport) -> Iterator[str]:
    """Write the report for the terminal."""
    kinds = f"{len(report.leaks)} kinds of leak" if report.leaks else "none of the known leaks"
    yield f"leakage: {report.n_cases} cases looked at, {kinds}"
    for one in report.leaks:
        reason = report.allowed.get(one.code)
        if reason is not None:
            yield f"  allowed ({reason}):"
        yield from _leak_lines(one)
    for probe in report.probes:
        interval = f" ({probe.low:.3f}-{probe.high:.3f})" if math.isfinite(probe.low) else ""
        yield f"  {probe.what} told by {probe.by}: AUROC {probe.auroc:.3f}{interval}, n {probe.n}"


def write_leakage(report: LeakageReport, path: Path) -> None:
    """Write the report as JSON."""
    content = {
        "schema": "medmm.leakage/1",
        "cases": report.n_cases,
        "refused": [one.code for one in report.refused],
        "allowed": dict(report.allowed),
        "leaks": [asdict(one) for one in report.leaks],
        "probes": [_finite(asdict(probe)) for probe in report.probes],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _leak_lines(one: Leak) -> Iterator[str]:
    yield f"  {one.code}: {one.message}"
    yield from (f"    {text}" for text in one.evidence)
    if one.n > len(one.evidence):
        yield f"    and {one.n - len(one.evidence)} more"
    yield f"    {CODES[one.code]}"


def _finite(values: Mapping[str, object]) -> dict[str, object]:
    return {key: None if isinstance(v, float) and not math.isfinite(v) else v for key, v in values.items()}
