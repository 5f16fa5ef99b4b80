"""From a case and its result to the report as a plain value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from medmm.core.case import Case
from medmm.core.image import StudyHeader
from medmm.core.prediction import CaseResult
from medmm.core.review import NO_LOG, ReviewLog
from medmm.report.finding_rows import finding_rows, summarize, used_kinds
from medmm.report.heading import patient_facts, patient_name, running_head, study_facts, study_header
from medmm.report.key_images import key_images, map_refusal
from medmm.report.note_part import note_excerpts
from medmm.report.printable import font_check
from medmm.report.remarks import check_rows, file_rows, input_lines, limit_lines, model_facts, skipped_lines
from medmm.report.review_part import review_part
from medmm.report.similar_part import similar_sentences
from medmm.report.value import KeyImage, Report
from medmm.report.vitals_part import vitals_part
from medmm.report.what_if_part import what_if_parts

__all__ = ["Report", "compose_report"]


def compose_report(
    case: Case,
    result: CaseResult,
    *,
    negated: Mapping[int, Sequence[tuple[int, int]]] | None = None,
    images: Sequence[KeyImage] | None = None,
    study: StudyHeader | None = None,
    log: ReviewLog = NO_LOG,
) -> Report:
    """Compose the report of a case.

    negated: character spans of each note, by its index, that are under a negation; they are marked as such.
    images: ready key images; without them they are rendered from the case. study: the header of a case that comes
    from a stored result and has no images. log: what the reader said of the findings.
    A check is added when a character of the patient's data has no font on this machine.
    """
    header = study or study_header(case, result)
    pictures = tuple(images) if images is not None else key_images(case, result)
    notes = note_excerpts(case, result, negated=negated or {})
    vitals = vitals_part(case, result)
    report = Report(
        dated=case.index_time.isoformat() if case.index_time else result.index_time,
        running_head=running_head(case, result),
        patient_name=patient_name(case.patient),
        patient=patient_facts(case, result, header=header),
        study=study_facts(case, result, header=header),
        summary=summarize(result),
        score_word=result.score_word,
        kinds=tuple(kind.value for kind in used_kinds(result)),
        findings=finding_rows(result),
        inputs=input_lines(result),
        images=pictures,
        image_sentence=map_refusal(result) if pictures else "No image in this report.",
        notes=notes,
        note_sentence="" if notes else "No note in this case.",
        vitals=vitals,
        vitals_sentence="" if vitals.rows else "No vital signs in this case.",
        what_if=what_if_parts(result),
        similar=similar_sentences(result),
        checks=check_rows(case, result),
        limits=limit_lines(result),
        model=model_facts(result),
        model_line=f"{result.model.name} {result.model.version}  ·  {result.model.sha256[:12]}",
        files=file_rows(case),
        skipped=skipped_lines(case),
        review=review_part(result, log),
    )
    return replace(report, checks=(*font_check(report), *report.checks))
