"""Read the objects of one stack into one image."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from medmm.core.errors import IncompleteSeries, InputError, UnsupportedImage
from medmm.core.image import ImageInstance, MedicalImage, Window
from medmm.core.planes import Planes
from medmm.core.progress import CancelToken
from medmm.core.quality import QualityNote
from medmm.core.words import Words
from medmm.imaging.arrival import Arrival
from medmm.imaging.decoder_pool import DecoderPool
from medmm.imaging.dicom import needs_own_process
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.facts_reader import FactsReader
from medmm.imaging.formats import require_one_format
from medmm.imaging.isolation import DecoderProcess
from medmm.imaging.limits import MAX_PIXEL_BYTES, megabytes
from medmm.imaging.one_frame import FrameRequest, read_one_frame
from medmm.imaging.pixel_stack import fill_stack, read_pixels, require_equal_twins, take_frames
from medmm.imaging.planes import read_planes
from medmm.imaging.slices import Slice, SliceOrder, order_slices
from medmm.imaging.sniff import FileKind, read_head
from medmm.imaging.stacking import require_one_stack
from medmm.imaging.windowing import without_useless_voi


def read_volume(
    paths: Sequence[Path], *, time_limit_s: float, cancel: CancelToken, frames: Sequence[int] = ()
) -> MedicalImage:
    """Read one DICOM object, or these frames of it, or the single-frame objects of one stack, sorted by position.

    Raises UnreadableFile, UnsupportedImage, or IncompleteSeries when the objects do not fit together.
    """
    with DecoderPool(time_limit_s=time_limit_s, cancel=cancel) as pool:
        order = _read_order(paths, cancel, frames, pool)
        if len(paths) == 1:
            return _read_object(order, pool)
        filled = [*fill_stack(order, range(len(order.slices)), pool=pool, cancel=cancel)]
        stored = filled[-1][0]
        require_equal_twins(order, stored, pool)
    return _compose(order, stored)


def read_frame(path: Path, frame: int, *, most_bytes: int, cancel: CancelToken) -> MedicalImage | None:
    """Read one frame, from 0, of a multi-frame object, without overlays; None where it cannot be had alone.

    Raises UnreadableFile or UnsupportedImage as `read_volume`.
    """
    with DecoderProcess(cancel=cancel, work=read_one_frame) as child:
        found: tuple[InstanceFacts, NDArray[Any]] | None = child.ask(FrameRequest(path, frame, most_bytes), path)
    if found is None:
        return None
    facts, stored = found
    # Overlays may lie in the pixels of all frames.
    return _compose(order_slices([replace(facts, overlay_groups=())], [frame]), stored)


def stream_volume(
    paths: Sequence[Path], *, time_limit_s: float, cancel: CancelToken, frames: Sequence[int] = ()
) -> Iterator[Arrival]:
    """Read as `read_volume` does and tell each slice as it comes: the middle one first, then its neighbours."""
    with DecoderPool(time_limit_s=time_limit_s, cancel=cancel) as pool:
        if len(paths) > 2:
            yield from _preview(paths[len(paths) // 2], pool, cancel)
        order = _read_order(paths, cancel, frames, pool)
        if len(paths) == 1:
            image = _read_object(order, pool)
            yield Arrival(image, tuple(range(image.n_slices)), len(order.slices) // 2, is_whole=True)
        else:
            yield from _stream_stack(order, pool, cancel)


def _stream_stack(order: SliceOrder, pool: DecoderPool, cancel: CancelToken) -> Iterator[Arrival]:
    n_slices, middle = len(order.slices), len(order.slices) // 2
    image: MedicalImage | None = None
    untold: list[int] = []
    for stored, index in fill_stack(order, _outwards(n_slices), pool=pool, cancel=cancel):
        untold.append(index)
        if index == middle:
            # Its values say which windows are of use; a neighbour may have been quicker.
            image = _compose(order, stored)
        if image is not None:
            yield Arrival(image, tuple(untold), middle)
            untold.clear()
    assert image is not None, "the middle slice is one of them"
    require_equal_twins(order, image.stored, pool)
    yield Arrival(image, (), middle, is_whole=True)


def _preview(path: Path, pool: DecoderPool, cancel: CancelToken) -> Iterator[Arrival]:
    # Where a slice lies is known only after all headers; one slice alone can be looked at before that.
    with contextlib.suppress(InputError):
        yield Arrival(_read_object(_read_order([path], cancel, (), pool), pool), (0,), is_preview=True)


def _outwards(n_slices: int) -> list[int]:
    middle = n_slices // 2
    return sorted(range(n_slices), key=lambda index: (abs(index - middle), index))


def _read_order(paths: Sequence[Path], cancel: CancelToken, frames: Sequence[int], pool: DecoderPool) -> SliceOrder:
    series: list[InstanceFacts] = []
    reader = FactsReader()
    for path in paths:
        cancel.raise_if_set()
        head = read_head(path)
        if head.kind is not FileKind.DICOM:
            require_one_format(paths)
        series.append(reader.read(head))
        if len(series) == 1 and needs_own_process(series[0]):
            pool.launch(len(paths))  # they get ready while the other headers are read
    require_one_stack(series)
    _check_volume(series)
    return order_slices(series, frames)


def _check_volume(series: Sequence[InstanceFacts]) -> None:
    if len(series) == 1:  # checked in `pixels`, with its own words
        return
    if any(facts.layout.n_frames > 1 for facts in series):
        raise IncompleteSeries(
            Words("{n_series} multi-frame objects cannot be stacked", n_series=len(series)),
            Words("Open them one by one."),
            series[0].path,
        )
    n_bytes = sum(facts.layout.n_bytes for facts in series)
    if n_bytes > MAX_PIXEL_BYTES:
        raise UnsupportedImage(
            Words(
                "the series of {n_series} slices needs {size}; at most {limit} are opened",
                n_series=len(series),
                size=megabytes(n_bytes),
                limit=megabytes(MAX_PIXEL_BYTES),
            ),
            Words("Open fewer slices."),
            series[0].path,
        )


def _read_object(order: SliceOrder, pool: DecoderPool) -> MedicalImage:
    stored = read_pixels(order.slices[0].facts, pool)
    return _compose(order, take_frames(stored, [part.frame for part in order.slices]))


def _compose(order: SliceOrder, stored: NDArray[Any]) -> MedicalImage:
    middle = order.slices[len(order.slices) // 2]
    facts = order.slices[0].facts
    notes: dict[QualityNote, None] = dict.fromkeys(note for part in order.slices for note in part.facts.notes)
    is_color = stored.ndim == 4
    planes, plane_notes = read_planes(order.slices)
    image = MedicalImage(
        stored=stored,
        identity=facts.identity,
        header=facts.header,
        geometry=order.geometry,
        instances=tuple(map(_instance, order.slices, planes)),
        photometric_interpretation="RGB" if is_color else facts.layout.photometric_interpretation,
        windows=_windows(middle),
        voi_luts=facts.voi_luts,
        modality_lut=facts.modality_lut,
        padding_value=facts.padding_value,
        padding_limit=facts.padding_limit,
        bits_stored=8 if is_color else facts.layout.bits_stored,
        notes=(*notes, *order.notes, *plane_notes),
    )
    return without_useless_voi(image)


def _windows(middle: Slice) -> tuple[Window, ...]:
    return tuple(dict.fromkeys(replace(window) for window in middle.place.windows))


def _instance(part: Slice, planes: Planes) -> ImageInstance:
    return ImageInstance(
        sop_instance_uid=part.facts.sop_instance_uid,
        path=part.facts.path,
        frame=part.frame,
        instance_number=part.facts.instance_number,
        position_mm=part.distance_mm,
        rescale_slope=part.place.rescale_slope,
        rescale_intercept=part.place.rescale_intercept,
        suv_factor=part.facts.suv_factor,
        planes=planes,
    )
