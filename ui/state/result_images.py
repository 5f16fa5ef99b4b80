"""Which of the open images a number in a result means: matched by SOP instance UID, or by file where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.prediction import CaseResult, SeenImage


def index_in_result(result: CaseResult, image: MedicalImage, root: Path) -> int | None:
    """Give the number that a result has for an image, None where it did not see it."""
    first = image.instances[0]
    for index, seen in enumerate(result.images):
        if seen.sop_instance_uid:
            is_this = seen.sop_instance_uid == first.sop_instance_uid
        else:
            is_this = is_file(first.path, seen, root)
        if is_this:
            return index
    return None


def series_in_result(
    result: CaseResult, index: int, series: Sequence[SeriesSummary], root: Path
) -> SeriesSummary | None:
    """Give the series that a number of a result means, read or not."""
    if not 0 <= index < len(result.images):
        return None
    seen = result.images[index]
    return next((one for one in series if any(is_file(path, seen, root) for path in one.paths)), None)


def is_file(path: Path, seen: SeenImage, root: Path) -> bool:
    """Tell whether a file is the one that a result names relative to the patient folder."""
    return path == root / seen.path or (path == root and path.name == seen.path)
