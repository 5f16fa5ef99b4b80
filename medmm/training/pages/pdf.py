"""The evaluation as PDF/A, set by Typst from the same page; words go in as data and never as markup."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from medmm.core.errors import ReportError
from medmm.core.resources import resource
from medmm.core.words import Words
from medmm.training.pages.page import Page, Section


def to_pdf(page: Page) -> bytes:
    """Set the page. Raises ReportError when it cannot be set."""
    import typst

    template = resource("report", "evaluation.typ")
    if not template.is_file():
        raise ReportError(Words("the template of the evaluation is missing"), Words("Install MedMM again."), template)
    fonts = typst.Fonts(True, False, [str(resource("report", "fonts"))])
    content = {"title": page.title, "facts": page.facts, "sections": [_section(one) for one in page.sections]}
    compiler = typst.Compiler(
        str(template), root=str(template.parent), font_paths=fonts, sys_inputs={"page": json.dumps(content)}
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards="a-2b", timestamp=datetime(1970, 1, 1, tzinfo=UTC))
    except typst.TypstError as error:
        raise ReportError(
            Words("the PDF could not be set: {message}", message=error.message.splitlines()[0]),
            Words("The figures are in metrics.json and report.html."),
        ) from error
    assert isinstance(made, bytes)
    return made


def _section(section: Section) -> dict[str, object]:
    return {
        "title": section.title,
        "sentences": section.sentences,
        "tables": [{"head": table.head, "rows": table.rows, "words": table.n_words} for table in section.tables],
        "pictures": [{"png": list(picture.png), "alt": picture.alt} for picture in section.pictures],
    }
