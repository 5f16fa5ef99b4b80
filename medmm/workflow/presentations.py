"""Presentation states of a case, read when they are asked for."""

from __future__ import annotations

from medmm.core.document import Document
from medmm.core.presentation import PresentationState


def read_state(document: Document) -> PresentationState:
    """Read the presentation state behind a document.

    Raises UnreadableFile or UnsupportedImage with one sentence and what to do.
    """
    from medmm.imaging.presentation_reader import read_presentation

    return read_presentation(document.path)
