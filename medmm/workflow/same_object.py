"""Two files that state one SOP Instance UID: copies of one object, or one of them was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from medmm.core.image import MedicalImage
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words

MOST_TOLD = 4


def copies_among(images: Sequence[MedicalImage]) -> Iterator[QualityNote]:
    """Tell of images of one object each that state the same UID: a WARNING where their pixels differ.

    A UID names one object for ever (PS3.5 9.1); within a series the reader has already looked.
    """
    by_uid: dict[str, list[MedicalImage]] = {}
    for image in images:
        uids = {instance.sop_instance_uid for instance in image.instances}
        if len(uids) == 1 and (uid := uids.pop()):
            by_uid.setdefault(uid, []).append(image)
    pairs = (pair for same in by_uid.values() for pair in combinations(same[:MOST_TOLD], 2))
    for one, other in pairs:
        first, second = one.instances[0].path, other.instances[0].path
        if first == second:
            continue  # parts of one multi-frame object
        names = {"name": first.name, "other": second.name}
        if np.array_equal(one.stored, other.stored):
            text = Words("{name} and {other} are copies of one image.", **names)
            yield QualityNote("image_twice", text, Severity.INFO, InputKind.IMAGE)
        else:
            text = Words(
                "{name} and {other} state the same SOP Instance UID, but their pixels differ: one of them was changed.",
                **names,
            )
            yield QualityNote("uid_of_another", text, Severity.WARNING, InputKind.IMAGE)
