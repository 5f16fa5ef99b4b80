"""The evaluation on disk: report.html, report.pdf and every plot as PNG."""

from __future__ import annotations

from pathlib import Path

from medmm.training.pages.html import to_html
from medmm.training.pages.page import Page
from medmm.training.pages.pdf import to_pdf

HTML, PDF = "report.html", "report.pdf"


def write_page(page: Page, folder: Path) -> None:
    """Write the page into a folder. Raises ReportError when the PDF cannot be set."""
    folder.mkdir(parents=True, exist_ok=True)
    for section in page.sections:
        for picture in section.pictures:
            (folder / picture.name).write_bytes(picture.png)
    (folder / HTML).write_text(to_html(page), encoding="utf-8")
    (folder / PDF).write_bytes(to_pdf(page))
