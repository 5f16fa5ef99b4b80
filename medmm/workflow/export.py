"""Write what a scored case leaves behind: result.json, overlays, the PDF; whole files or none."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from medmm.core.case import Case, CaseSources
from medmm.core.comparison import Comparison
from medmm.core.errors import ReportError, StorageError
from medmm.core.heat_map import HeatMap
from medmm.core.prediction import CaseResult
from medmm.core.progress import CancelToken
from medmm.core.quality import InputKind
from medmm.core.review import NO_LOG, ReviewLog
from medmm.core.settings import Settings
from medmm.core.words import Words
from medmm.report.content import compose_report
from medmm.report.figures import overlay_png
from medmm.report.key_images import mapped_findings, ready_images
from medmm.report.pdf import render_pdf
from medmm.report.seen_picture import tensor_png
from medmm.report.value import Report
from medmm.storage.atomic import write_bytes, write_text
from medmm.workflow.result_json import result_to_json
from medmm.workflow.stored_result import StoredResult, read_stored

RESULT_NAME, PDF_NAME, SEEN_NAME = "result.json", "report.pdf", "seen_image.png"


def write_result(
    case: Case,
    result: CaseResult,
    out_dir: Path,
    *,
    pdf: bool = False,
    log: ReviewLog = NO_LOG,
    compared: Mapping[str, Comparison] | None = None,
) -> tuple[Path, ...]:
    """Write result.json, an overlay for each positive finding that has a map, what the network saw of the image, and
    on request report.pdf.

    log: what the reader said of the findings; compared: other scorings, by what they are.

    Overlays and a report of an earlier result in the same folder are removed: they may be another patient's.
    Raises StorageError when a file cannot be written (older files stay as they were), ReportError from the PDF.
    """
    written = []
    overlays: dict[str, str] = {}
    for name, title, heatmap in _drawable(case, result):
        overlays[name] = f"overlay_{_slug(name)}.png"
        path = out_dir / overlays[name]
        write_bytes(path, overlay_png(case.images[heatmap.image_index], heatmap, title=title))
        written.append(path)
    if result.seen is not None and result.seen.image is not None:
        write_bytes(out_dir / SEEN_NAME, tensor_png(result.seen.image.pixels))
        written.append(out_dir / SEEN_NAME)
    document = result_to_json(case, result, overlay_files=overlays, log=log, compared=compared)
    write_text(out_dir / RESULT_NAME, json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n")
    written.insert(0, out_dir / RESULT_NAME)
    _remove_older(out_dir, kept={path.name for path in written})
    if pdf:
        written.append(write_report(case, result, out_dir / PDF_NAME, log=log))
    return tuple(written)


def _remove_older(out_dir: Path, *, kept: set[str]) -> None:
    for path in (*out_dir.glob("overlay_*.png"), out_dir / SEEN_NAME, out_dir / PDF_NAME):
        try:
            if path.name not in kept:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                Words("{name} of an earlier result cannot be removed: {reason}", name=path.name, reason=error.strerror),
                Words("Close it, or choose another --out folder."),
                path,
            ) from error


def write_report(case: Case, result: CaseResult, path: Path, *, log: ReviewLog = NO_LOG) -> Path:
    """Write the PDF of a case that is open."""
    return _write_pdf(_composed(case, result, log), path)


def write_report_of(
    sources: CaseSources,
    result: CaseResult,
    path: Path,
    *,
    log: ReviewLog = NO_LOG,
    settings: Settings | None = None,
    cancel: CancelToken,
) -> Path:
    """Write the PDF of a case whose pixels are on the disk: it is read once more, and must be what was scored.

    Raises ReportError when a file has changed, is gone or has come since then.
    """
    from medmm.workflow.open_case import open_case

    case = open_case(sources, settings=settings, cancel=cancel)
    scored, found = ({file.path: file.sha256 for file in files} for files in (result.inputs, case.inputs))
    changed = sorted(name for name in scored.keys() | found.keys() if scored.get(name) != found.get(name))
    if changed:
        raise ReportError(
            Words(
                "{n_changed} files of this patient have changed since it was scored, first: {changed}",
                n_changed=len(changed),
                changed=changed[0],
            ),
            Words("Read the patient again and score it once more; the report then shows what was scored."),
        )
    cancel.raise_if_set()
    return write_report(case, result, path, log=log)


def write_report_again(result_path: Path, out_file: Path, *, patient: Path | None = None) -> Path:
    """Write the PDF from a stored result; with the patient folder it shows image, note and vitals as well.

    Raises ReportError when the document cannot be read or the folder's files are not those that were scored.
    """
    stored = read_stored(result_path)
    if patient is None:
        return _write_pdf(_composed_from_store(stored, result_path.parent), out_file)
    from medmm.workflow.open_case import open_case

    used = frozenset(file.kind for file in stored.case.inputs)
    case = open_case(CaseSources(patient, without=frozenset(InputKind) - used))
    _refuse_other_files(stored.case, case)
    # The checks of the day it was scored count, an overridden conflict among them.
    return _write_pdf(_composed(replace(case, checks=stored.case.checks), stored.result, stored.log), out_file)


def _composed(case: Case, result: CaseResult, log: ReviewLog) -> Report:
    from medmm.records.negation import find_negated

    negated = {index: find_negated(note.text) for index, note in enumerate(case.notes)}
    return compose_report(case, result, negated=negated, log=log)


def _composed_from_store(stored: StoredResult, folder: Path) -> Report:
    pictures = {}
    for name, file in stored.overlay_files.items():
        path = folder / Path(file).name
        if path.is_file():
            pictures[name] = path.read_bytes()
    ready = ready_images(stored.result, pictures)
    return compose_report(stored.case, stored.result, images=ready, study=stored.study, log=stored.log)


def _write_pdf(report: Report, path: Path) -> Path:
    write_bytes(path, render_pdf(report))
    return path


def _drawable(case: Case, result: CaseResult) -> list[tuple[str, str, HeatMap]]:
    return [
        (finding.name, finding.title, heatmap)
        for finding, heatmap in mapped_findings(result)
        if heatmap.image_index < len(case.images)
    ]


def _refuse_other_files(scored: Case, found: Case) -> None:
    there = {file.sha256 for file in found.inputs}
    missing = [file.path for file in scored.inputs if file.sha256 not in there]
    if missing:
        raise ReportError(
            Words(
                "{n_missing} of {n_inputs} scored files are not in the patient folder or have changed, "
                "first: {missing}",
                n_missing=len(missing),
                n_inputs=len(scored.inputs),
                missing=missing[0],
            ),
            Words("Name the folder that was scored, or leave --patient away."),
        )
    if [file.sha256 for file in found.inputs] != [file.sha256 for file in scored.inputs]:
        # Maps and words are told by the number of their image and note: one file more would shift them to another.
        raise ReportError(
            Words(
                "the patient folder holds {n_found} inputs, {n_scored} were scored, or another order",
                n_found=len(found.inputs),
                n_scored=len(scored.inputs),
            ),
            Words("Take away what came later, or score the case again."),
        )


def _slug(name: str) -> str:
    # A finding's name comes from a bundle: only harmless letters may reach the file system.
    kept = re.sub(r"[^A-Za-z0-9_-]", "_", name)[:40]
    return kept if kept == name else f"{kept}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
