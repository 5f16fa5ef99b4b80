"""Which series of a case a model of volumes may read, and why not the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medmm.core.errors import UnsupportedImage
from medmm.core.image import MedicalImage
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.reformat_checks import require_volume

if TYPE_CHECKING:
    from medmm.models.spec import ImageSpec


def refuse_volume(image: MedicalImage, spec: ImageSpec) -> QualityNote | None:
    """Give the first reason why a model of volumes must not read this image; None when it may."""
    modality = image.header.modality.upper()
    if spec.modalities and modality not in spec.modalities:
        return _note(
            "image_wrong_modality",
            Words(
                "The image is of modality {modality}; the model reads volumes of {modalities}.",
                modality=modality or InputKind.IMAGE,
                modalities=", ".join(spec.modalities),
            ),
        )
    try:
        require_volume(image)
    except UnsupportedImage as error:
        is_ended = error.message.endswith(".")
        return _note("image_no_volume", error.message if is_ended else Words("{message}.", message=error.message))
    return None


def _note(code: str, message: Words) -> QualityNote:
    return QualityNote(code, message, Severity.WARNING, InputKind.IMAGE)
