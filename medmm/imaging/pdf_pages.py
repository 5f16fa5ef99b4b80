"""Draw the pages of an encapsulated PDF; PDFium is native code, so this runs in a child process that can be killed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnreadableFile
from medmm.core.words import Words
from medmm.imaging.encapsulated_pdf import read_pdf

# A page is drawn smaller rather than larger than this: a poster at full zoom must not take all memory.
MAX_PAGE_PIXELS = 36_000_000
POINTS_PER_INCH = 72.0


@dataclass(frozen=True)
class PageRequest:
    """Which page of which file (from 0), and how many pixels an inch takes."""

    path: Path
    page: int = 0
    dots_per_inch: float = POINTS_PER_INCH


@dataclass(frozen=True)
class PdfPage:
    """A drawn page: pixels [rows, cols, 3] uint8 RGB; size_inches: width and height as the page says."""

    title: str
    page: int
    n_pages: int
    size_inches: tuple[float, float]
    pixels: NDArray[np.uint8]


def draw_page(request: PageRequest) -> PdfPage:
    """Draw one page with its notes and filled-in fields; scripts of the document are never run.

    Raises UnreadableFile when the document is damaged or protected, or has no such page.
    """
    import pypdfium2

    title, document = _opened(request.path)
    if not 0 <= request.page < len(document):
        raise UnreadableFile(
            Words(
                "{name!r} has {n_document} pages, not a page {page}",
                name=request.path.name,
                n_document=len(document),
                page=request.page + 1,
            ),
            Words("Choose another page."),
            request.path,
        )
    try:
        page = document[request.page]
        width, height = page.get_size()
        scale = min(request.dots_per_inch / POINTS_PER_INCH, math.sqrt(MAX_PAGE_PIXELS / max(width * height, 1.0)))
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        pixels = np.array(bitmap.to_numpy()[..., :3])
        page.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise _damaged(request.path, error) from error
    return PdfPage(title, request.page, len(document), (width / POINTS_PER_INCH, height / POINTS_PER_INCH), pixels)


@lru_cache(maxsize=1)
def _opened(path: Path) -> tuple[str, Any]:
    # One document at a time: turning its pages must not read it again.
    import pypdfium2

    pdf = read_pdf(path)
    try:
        document = pypdfium2.PdfDocument(pdf.content)
        if len(document) == 0:
            raise UnreadableFile(
                Words("{name!r} holds a PDF without pages", name=path.name),
                Words("Ask its sender to export it again."),
                path,
            )
        # Without its form a filled-in form would be drawn with empty fields. This PDFium has no script engine.
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        raise _damaged(path, error) from error
    return pdf.title, document


def _damaged(path: Path, error: Exception) -> UnreadableFile:
    if "password" in str(error).lower():
        return UnreadableFile(
            Words("{name!r} holds a PDF that is protected by a password", name=path.name),
            Words("Save it to a file and open it with a program that asks for the password."),
            path,
        )
    return UnreadableFile(
        Words("{name!r} holds a damaged PDF: {error}", name=path.name, error=error),
        Words("Ask its sender to export it again."),
        path,
    )
