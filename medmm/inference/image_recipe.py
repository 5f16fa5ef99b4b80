"""The steps from a stored image to the network's pixels, with the numbers of this image."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from medmm.core.image import MedicalImage, Window
from medmm.core.run_record import Parameter, Step
from medmm.core.words import Words
from medmm.imaging.windowing import default_voi
from medmm.inference.model_input import PreparedImage
from medmm.inference.plane_steps import window_of
from medmm.models.spec import ImageSpec


def image_steps(image: MedicalImage, prepared: PreparedImage, spec: ImageSpec) -> Iterator[Step]:
    """Give them in order: values, window, polarity, crop, resampling, padding, intensity."""
    if image.is_color:
        yield Step("gray", Words("Colour averaged to grey"), {"photometric": image.photometric_interpretation})
    else:
        yield from _value_steps(image, prepared.slice_index, spec)
    if spec.slices:
        yield Step(
            "axial",
            Words("Turned to axial: slices to the head, rows to the back, columns to the left"),
            {"axial": True},
        )
    yield _crop_step(image, prepared, spec)
    yield from _place_steps(prepared, spec)
    yield _intensity_step(prepared, spec)


def _value_steps(image: MedicalImage, slice_index: int, spec: ImageSpec) -> Iterator[Step]:
    instance = image.instances[slice_index]
    slope, intercept = instance.rescale_slope, instance.rescale_intercept
    if image.modality_lut is not None:
        n_entries = len(image.modality_lut.values)
        words = Words("Modality table of {n} entries looked up", n=n_entries)
        yield Step("modality_lut", words, {"entries": n_entries})
    else:
        words = Words("Stored values × {slope} + {intercept}", slope=f"{slope:g}", intercept=f"{intercept:g}")
        yield Step("rescale", words, {"slope": slope, "intercept": intercept})
    yield _window_step(image, slice_index, spec)
    is_inverted = image.is_inverted
    words = (
        Words("Black and white swapped ({photometric})", photometric=image.photometric_interpretation)
        if is_inverted
        else Words("Polarity kept ({photometric})", photometric=image.photometric_interpretation)
    )
    yield Step("polarity", words, {"photometric": image.photometric_interpretation, "inverted": is_inverted})


def _window_step(image: MedicalImage, slice_index: int, spec: ImageSpec) -> Step:
    own = window_of(spec)
    voi = own or default_voi(image, image.n_slices // 2 if spec.slices else slice_index)
    if not isinstance(voi, Window):
        words = Words("VOI table of {n} entries of the file", n=len(voi.values))
        return Step("voi_lut", words, {"entries": len(voi.values), "bits": voi.bits})
    numbers: dict[str, Parameter] = {"center": float(voi.center), "width": float(voi.width), "function": voi.function}
    center, width = f"{voi.center:g}", f"{voi.width:g}"
    if own is not None:
        words = Words("Window {width} / {center} of the model, to 0 to 1", width=width, center=center)
        return Step("window", words, {**numbers, "source": "model"})
    if voi.explanation == "auto":
        words = Words("Window {width} / {center}, the 0.5 to 99.5 percentile, to 0 to 1", width=width, center=center)
        return Step("window", words, {**numbers, "source": "percentile"})
    words = Words("Window {width} / {center} of the file, to 0 to 1", width=width, center=center)
    return Step("window", words, {**numbers, "source": "file"})


def _crop_step(image: MedicalImage, prepared: PreparedImage, spec: ImageSpec) -> Step:
    rows, cols = image.size
    row0, col0, row1, col1 = prepared.seen_box
    box = {"row0": row0, "row1": row1, "col0": col0, "col1": col1}
    numbers: dict[str, Parameter] = {"method": spec.crop, **box, "rows": rows, "cols": cols}
    if (row0, col0, row1, col1) == (0, 0, rows, cols):
        return Step("crop", Words("Nothing cropped: all {rows} rows and {cols} columns", rows=rows, cols=cols), numbers)
    words = Words(
        "Cropped to rows {row0} to {row1} of {rows} and columns {col0} to {col1} of {cols}",
        rows=rows,
        cols=cols,
        **{name: f"{value:g}" for name, value in box.items()},
    )
    return Step("crop", words, numbers)


def _place_steps(prepared: PreparedImage, spec: ImageSpec) -> Iterator[Step]:
    stretches = prepared.seen_stretches()
    lengths = tuple(min(high, size) - max(0, low) for (low, high), size in zip(stretches, spec.size, strict=True))
    factors = tuple(float(np.linalg.norm(column)) for column in prepared.to_stored[:-1, :-1].T)
    words = Words(
        "Resampled to {shape} (bilinear, antialiased), {factor} stored pixels each",
        shape=_shape(lengths),
        factor=f"{factors[-1]:.3g}",
    )
    yield Step("resample", words, {"size": lengths, "factors": factors, "method": "bilinear antialiased"})
    is_padded = lengths != spec.size
    size = _shape(spec.size)
    words = Words("Padded to {shape}", shape=size) if is_padded else Words("No padding: {shape}", shape=size)
    yield Step("pad", words, {"size": spec.size, "before": tuple(max(0, low) for low, _ in stretches)})


def _shape(lengths: tuple[int, ...]) -> str:
    return " × ".join(str(length) for length in lengths)


def _intensity_step(prepared: PreparedImage, spec: ImageSpec) -> Step:
    limit = f"{spec.limit:g}"
    if spec.intensity == "window":
        words = Words("Black to −1 and white to 1, within ±{limit}", limit=limit)
        return Step("window_intensity", words, {"limit": spec.limit})
    mean, deviation = prepared.display_mean, prepared.display_deviation
    words = Words(
        "Standardised: less the mean {mean}, divided by the deviation {deviation}, within ±{limit}",
        mean=f"{mean:.4f}",
        deviation=f"{deviation:.4f}",
        limit=limit,
    )
    return Step("standardise", words, {"mean": mean, "deviation": deviation, "limit": spec.limit})
