"""Read the objects of one stack into one image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import IncompleteSeries, UnsupportedImage
from medmm.core.image import ImageInstance, MedicalImage, Window
from medmm.core.progress import CancelToken
from medmm.core.quality import QualityNote
from medmm.imaging.dicom import needs_own_process, read_facts, read_instance
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.isolation import DecoderProcess
from medmm.imaging.limits import MAX_PIXEL_BYTES, megabytes
from medmm.imaging.slices import Slice, SliceOrder, order_slices
from medmm.imaging.stacking import require_one_stack
from medmm.imaging.windowing import without_useless_voi


def read_volume(paths: Sequence[Path], *, time_limit_s: float, cancel: CancelToken) -> MedicalImage:
    """Read one DICOM object, or the single-frame objects of one stack, sorted by position.

    Raises UnreadableFile, UnsupportedImage, or IncompleteSeries when the objects do not fit together.
    """
    series = []
    for path in paths:
        cancel.raise_if_set()
        series.append(read_facts(path))
    require_one_stack(series)
    _check_volume(series)
    order = order_slices(series)
    with DecoderProcess(time_limit_s=time_limit_s, cancel=cancel) as decoder:
        stored = _read_stack(order, decoder, cancel) if len(series) > 1 else _read_object(order, decoder)
    return without_useless_voi(_compose(order, stored))


def _check_volume(series: Sequence[InstanceFacts]) -> None:
    if len(series) == 1:  # checked in `pixels`, with its own words
        return
    if any(facts.layout.n_frames > 1 for facts in series):
        raise IncompleteSeries(
            f"{len(series)} multi-frame objects cannot be stacked", "Open them one by one.", series[0].path
        )
    n_bytes = sum(facts.layout.n_bytes for facts in series)
    if n_bytes > MAX_PIXEL_BYTES:
        raise UnsupportedImage(
            f"the series of {len(series)} slices needs {megabytes(n_bytes)}; "
            f"at most {megabytes(MAX_PIXEL_BYTES)} are opened",
            "Open fewer slices.",
            series[0].path,
        )


def _read_pixels(facts: InstanceFacts, decoder: DecoderProcess) -> NDArray[Any]:
    read = decoder.read if needs_own_process(facts) else read_instance
    return read(facts.path)[1]


def _read_object(order: SliceOrder, decoder: DecoderProcess) -> NDArray[Any]:
    stored = _read_pixels(order.slices[0].facts, decoder)
    frames = [part.frame for part in order.slices]
    return stored if frames == list(range(len(stored))) else stored[frames]


def _read_stack(order: SliceOrder, decoder: DecoderProcess, cancel: CancelToken) -> NDArray[Any]:
    # One array from the start: a list of slices joined at the end would need twice the memory.
    stored: NDArray[Any] | None = None
    for index, part in enumerate(order.slices):
        cancel.raise_if_set()
        pixels = _read_pixels(part.facts, decoder)[0]
        if stored is None:
            stored = np.empty((len(order.slices), *pixels.shape), dtype=pixels.dtype)
        if pixels.shape != stored.shape[1:] or pixels.dtype != stored.dtype:
            raise IncompleteSeries(
                f"slice {part.facts.path.name!r} has {pixels.shape} {pixels.dtype}, the first one "
                f"{stored.shape[1:]} {stored.dtype}",
                "Open the parts of the series one by one.",
                part.facts.path,
            )
        stored[index] = pixels
    assert stored is not None, "order_slices gives at least one slice"
    _require_equal_twins(order, stored, decoder)
    return stored


def _require_equal_twins(order: SliceOrder, stored: NDArray[Any], decoder: DecoderProcess) -> None:
    index_of = {part.facts.path: index for index, part in enumerate(order.slices)}
    for kept, twin in order.twins:
        if not np.array_equal(stored[index_of[kept.facts.path]], _read_pixels(twin.facts, decoder)[0]):
            raise IncompleteSeries(
                f"{kept.facts.path.name!r} and {twin.facts.path.name!r} lie at one place "
                f"({kept.distance_mm:.2f} mm) with different pixels",
                "Choose one of the two series or time points and leave the other out.",
                twin.facts.path,
            )


def _compose(order: SliceOrder, stored: NDArray[Any]) -> MedicalImage:
    middle = order.slices[len(order.slices) // 2]
    facts = order.slices[0].facts
    notes: dict[QualityNote, None] = dict.fromkeys(note for part in order.slices for note in part.facts.notes)
    is_color = stored.ndim == 4
    return MedicalImage(
        stored=stored,
        identity=facts.identity,
        header=facts.header,
        geometry=order.geometry,
        instances=tuple(_instance(part) for part in order.slices),
        photometric_interpretation="RGB" if is_color else facts.layout.photometric_interpretation,
        windows=_windows(middle),
        voi_luts=facts.voi_luts,
        modality_lut=facts.modality_lut,
        padding_value=facts.padding_value,
        padding_limit=facts.padding_limit,
        bits_stored=8 if is_color else facts.layout.bits_stored,
        notes=(*notes, *order.notes),
    )


def _windows(middle: Slice) -> tuple[Window, ...]:
    return tuple(dict.fromkeys(replace(window) for window in middle.place.windows))


def _instance(part: Slice) -> ImageInstance:
    return ImageInstance(
        sop_instance_uid=part.facts.sop_instance_uid,
        path=part.facts.path,
        frame=part.frame,
        instance_number=part.facts.instance_number,
        position_mm=part.distance_mm,
        rescale_slope=part.place.rescale_slope,
        rescale_intercept=part.place.rescale_intercept,
    )
