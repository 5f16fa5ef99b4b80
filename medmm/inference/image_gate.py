"""Which image of a case a chest model may read, and why not the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING

from medmm.core.case import Case
from medmm.core.image import MedicalImage
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.body_part import may_be_chest
from medmm.inference.image_pixels import Look, check_look, refuse_stored
from medmm.inference.volume_gate import refuse_volume

if TYPE_CHECKING:
    from medmm.models.spec import ImageSpec

PROJECTION_MODALITIES = frozenset({"", "CR", "DX", "RG"})  # "" = PNG or JPEG, which names none
FRONTAL_VIEWS = frozenset({"PA", "AP"})
LATERAL_WORDS = re.compile(r"\b(lat|lateral|ll|rl|seitlich|profil)\b", re.IGNORECASE)
# As far as vital signs are looked back on.
MAX_DAYS = 2


def choose_image(case: Case, spec: ImageSpec | None = None) -> int | None:
    """Give the index of the image to score: the first in reading order that is sound, else the first that may be read.

    spec: None stands for a model of films.
    """
    return _choose([_look_at(image, case.index_time, spec) for image in case.images])


def _choose(looks: Sequence[Look]) -> int | None:
    usable = [index for index, look in enumerate(looks) if look.refusal is None]
    return next((index for index in usable if looks[index].is_sound), next(iter(usable), None))


def check_image(case: Case, spec: ImageSpec | None = None) -> tuple[int | None, tuple[QualityNote, ...]]:
    """Choose an image and give the remarks on it, or None and the reason why none can be used."""
    if not case.images:
        return None, (_note("no_image", Words("There is no image in this folder."), Severity.INFO),)
    looks = [_look_at(image, case.index_time, spec) for image in case.images]
    chosen = _choose(looks)
    if chosen is None:
        return None, tuple(dict.fromkeys(look.refusal for look in looks if look.refusal is not None))
    remarks = _remarks(case, chosen)
    if spec is not None and spec.slices:
        return chosen, remarks
    return chosen, (*remarks, *_film_remarks(case.images[chosen]), *looks[chosen].remarks)


def refuse_image(
    image: MedicalImage, index_time: datetime | None = None, spec: ImageSpec | None = None
) -> QualityNote | None:
    """Give the first reason why the model must not read this image; None when it may."""
    return _look_at(image, index_time, spec).refusal


def _look_at(image: MedicalImage, index_time: datetime | None, spec: ImageSpec | None) -> Look:
    if spec is not None and spec.slices:
        return Look(refuse_volume(image, spec) or _refuse_time(image, index_time))
    refusal = _refuse_header(image) or _refuse_time(image, index_time) or refuse_stored(image)
    return Look(refusal) if refusal else check_look(image)


def _refuse_header(image: MedicalImage) -> QualityNote | None:
    header = image.header
    view = header.view_position.strip().upper()
    if image.n_slices > 1:
        return _note(
            "image_is_volume",
            Words(
                "The {modality} series has {n_slices} slices or frames; the model reads one frontal chest radiograph.",
                modality=header.modality or InputKind.IMAGE,
                n_slices=image.n_slices,
            ),
        )
    if header.modality.upper() not in PROJECTION_MODALITIES:
        return _note(
            "image_wrong_modality",
            Words(
                "The image is of modality {modality}; the model reads chest radiographs (CR, DX).",
                modality=header.modality,
            ),
        )
    if not may_be_chest(header.body_part):
        return _note(
            "image_wrong_body_part",
            Words("The body part examined is {body_part}; the model reads the chest.", body_part=header.body_part),
        )
    if (view and view not in FRONTAL_VIEWS) or (not view and LATERAL_WORDS.search(header.series_description)):
        found = view or header.series_description
        return _note(
            "image_not_frontal", Words("The view is {found}; the model reads frontal films (PA or AP).", found=found)
        )
    if not image.photometric_interpretation:
        return _note(
            "image_polarity_missing",
            Words(
                "The image does not say whether small values are black or white "
                "(Photometric Interpretation is missing); an inverted film would be scored wrongly."
            ),
        )
    return None


def _refuse_time(image: MedicalImage, index_time: datetime | None) -> QualityNote | None:
    if _is_after(image, index_time):
        return _note(
            "image_after_index_time",
            Words(
                "The image was taken after the index time {index_time:%Y-%m-%d %H:%M}; it may not be used.",
                index_time=index_time,
            ),
        )
    return None


def _is_after(image: MedicalImage, index_time: datetime | None) -> bool:
    # Digits compare like times (PS3.5 6.2 DA, TM, DT); what one of them leaves out is not compared.
    stamp = _stamp(image)
    if index_time is None or len(stamp) < 8:
        return False
    return stamp > _digits(re.sub("[-:T]", "", index_time.isoformat()))[: len(stamp)]


def _stamp(image: MedicalImage) -> str:
    header = image.header
    day_and_clock = _digits(header.study_date.replace(".", "")) + _digits(header.study_time.replace(":", ""))
    return (_digits(header.acquisition_datetime) or day_and_clock)[:14]


def _days_before(image: MedicalImage, index_time: datetime | None) -> int:
    try:
        taken = datetime.strptime(_stamp(image)[:8], "%Y%m%d")
    except ValueError:
        return 0  # no date, or none that can be: nothing is said about its age
    return (index_time.replace(tzinfo=None) - taken).days if index_time else 0


def _digits(text: str) -> str:
    # Up to the fraction, the zone or any other mark: "202403051200+0100" says 12:00.
    return "".join(takewhile("0123456789".__contains__, text.strip()))


def _remarks(case: Case, chosen: int) -> tuple[QualityNote, ...]:
    image, remarks = case.images[chosen], []
    if len(case.images) > 1:
        view = image.header.view_position or Words("view not stated")
        remarks.append(
            _note(
                "image_chosen",
                Words(
                    "Image {chosen} of {n_images} was scored ({view}).",
                    chosen=chosen + 1,
                    n_images=len(case.images),
                    view=view,
                ),
                Severity.INFO,
            )
        )
    if (days := _days_before(image, case.index_time)) > MAX_DAYS:
        remarks.append(
            _note("image_not_current", Words("The image was taken {days} days before the index time.", days=days))
        )
    return tuple(remarks)


def _film_remarks(image: MedicalImage) -> tuple[QualityNote, ...]:
    remarks = []
    if not image.header.view_position:
        remarks.append(
            _note("image_view_not_stated", Words("The image does not state its view; it was taken as a frontal film."))
        )
    if not image.header.modality:
        remarks.append(
            _note(
                "image_without_header",
                Words(
                    "A picture file carries no patient, view or polarity; "
                    "it was taken as a frontal chest film with bright bones."
                ),
                Severity.INFO,
            )
        )
    return tuple(remarks)


def _note(code: str, message: Words, severity: Severity = Severity.WARNING) -> QualityNote:
    return QualityNote(code, message, severity, InputKind.IMAGE)
