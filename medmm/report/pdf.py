"""The report as PDF/A, set by Typst; patient text goes in as data and never as markup."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

from medmm.core.errors import ReportError
from medmm.core.resources import resource
from medmm.core.words import Words
from medmm.report.fonts import FAMILIES, report_fonts
from medmm.report.heat import hex_color
from medmm.report.printable import Plain, printable, unprintable
from medmm.report.value import Report

COLOR_BAR_STEPS = 16


def render_pdf(report: Report) -> bytes:
    """Set the report as PDF/A-2b; the same report gives the same bytes on the same machine.

    Raises ReportError when it cannot be set.
    """
    import typst

    template = resource("report", "report.typ")
    if not template.is_file():
        raise ReportError(
            Words("the report template is missing from the installation"), Words("Install MedMM again."), template
        )
    inputs = {
        "report": json.dumps(_payload(report, unprintable(report)), ensure_ascii=True),
        "look": json.dumps(_look()),
    }
    compiler = typst.Compiler(str(template), root=str(template.parent), font_paths=report_fonts(), sys_inputs=inputs)
    try:
        content = compiler.compile(format="pdf", pdf_standards="a-2b", timestamp=_document_date(report.dated))
    except typst.TypstError as error:
        raise ReportError(
            Words("the PDF could not be set: {message}", message=error.message.splitlines()[0]),
            Words("The result itself is stored; please report this with the text under Details."),
        ) from error
    if not isinstance(content, bytes):
        raise ReportError(Words("the PDF could not be set: Typst returned no document"), Words("Please report this."))
    return content


def _document_date(dated: str) -> datetime:
    """Date the file by its case, not by the clock: writing it again gives the same bytes."""
    try:
        moment = datetime.fromisoformat(dated)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return moment.replace(microsecond=0) if moment.tzinfo else moment.replace(microsecond=0, tzinfo=UTC)


def _look() -> Plain:
    bar: list[Plain] = [hex_color(step / (COLOR_BAR_STEPS - 1)) for step in range(COLOR_BAR_STEPS)]
    return {"fonts": list(FAMILIES), "color_bar": bar}


def _payload(value: object, missing: frozenset[str]) -> Plain:
    """Turn the report into JSON types, every string printable, pictures as lists of bytes."""
    if isinstance(value, str):
        return printable(value, missing)
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, tuple):
        return [_payload(item, missing) for item in value]
    if is_dataclass(value):
        return {spec.name: _payload(getattr(value, spec.name), missing) for spec in fields(value)}
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a report")
