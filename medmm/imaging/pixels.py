"""Decode pixel data to stored values, after checking that sizes can be true. GDCM is never used."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnreadableFile, UnsupportedImage
from medmm.core.words import Words
from medmm.imaging.colour import to_rgb8
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.jpeg_scans import mend_scans
from medmm.imaging.limits import MAX_PIXEL_BYTES, megabytes
from medmm.imaging.prescan import NATIVE
from medmm.imaging.tags import TAG_TROUBLE

# In the order of trust; GDCM aborts the whole process on some valid files (RELIABILITY, finding 1).
PLUGINS = ("pyjpegls", "pylibjpeg", "pydicom", "pillow")
CODEC_TROUBLE = (*TAG_TROUBLE, RuntimeError, MemoryError, ImportError, OSError, struct.error)
GREY = ("MONOCHROME1", "MONOCHROME2", "")


def decode_pixels(data_set: Any, facts: InstanceFacts, transfer_syntax: str) -> NDArray[Any]:
    """Give [frames, rows, cols] stored values, or [frames, rows, cols, 3] uint8 RGB.

    Raises UnreadableFile when pixel data is absent, short or damaged, UnsupportedImage when it is of no known kind.
    """
    _check_size(data_set, facts, transfer_syntax)
    decoded, photometric = _decode(data_set, facts, transfer_syntax)
    layout = facts.layout
    shape = (layout.n_frames, layout.rows, layout.cols)
    if layout.samples == 1 and photometric in GREY:
        return _as_16_bits(facts, np.reshape(decoded, shape))
    try:
        return to_rgb8(data_set, np.reshape(decoded, (*shape, -1)), photometric, bits=layout.bits_stored)
    except CODEC_TROUBLE as error:
        raise UnsupportedImage(
            Words(
                "{name!r} has colours that cannot be shown ({photometric}, {samples} samples): {error}",
                name=facts.path.name,
                photometric=photometric,
                samples=layout.samples,
                error=error,
            ),
            Words("Export the image as RGB or as MONOCHROME2."),
            facts.path,
        ) from error


def _check_size(data_set: Any, facts: InstanceFacts, transfer_syntax: str) -> None:
    layout, name = facts.layout, repr(facts.path.name)
    if layout.n_bytes > MAX_PIXEL_BYTES:
        raise UnsupportedImage(
            Words(
                "{name} claims {n_frames} x {rows} x {cols} pixels, {size}; at most {limit} are opened",
                name=name,
                n_frames=layout.n_frames,
                rows=layout.rows,
                cols=layout.cols,
                size=megabytes(layout.n_bytes),
                limit=megabytes(MAX_PIXEL_BYTES),
            ),
            Words("Export fewer frames or a smaller matrix."),
            facts.path,
        )
    if layout.samples not in (1, 3) or layout.bits_allocated not in (1, 8, 16, 32):
        raise UnsupportedImage(
            Words(
                "{name} has {samples} samples of {bits_allocated} bits per pixel",
                name=name,
                samples=layout.samples,
                bits_allocated=layout.bits_allocated,
            ),
            Words("One or three samples of 1, 8, 16 or 32 bits can be shown."),
            facts.path,
        )
    found = len(data_set.get("PixelData") or b"") if "PixelData" in data_set else 0
    if not found:
        raise UnreadableFile(
            Words("{name} has no pixel data", name=name), Words("Export the image again from its source."), facts.path
        )
    needed = layout.n_bytes
    if layout.photometric_interpretation == "YBR_FULL_422":
        needed = needed * 2 // 3
    if transfer_syntax in NATIVE and found < needed:
        raise UnreadableFile(
            Words(
                "{name} is cut off: its pixel data has {found:,} bytes, {needed:,} are needed "
                "({n_frames} x {rows} x {cols})",
                name=name,
                found=found,
                needed=needed,
                n_frames=layout.n_frames,
                rows=layout.rows,
                cols=layout.cols,
            ),
            Words("Copy the file again from its source."),
            facts.path,
        )


def _decode(data_set: Any, facts: InstanceFacts, transfer_syntax: str) -> tuple[NDArray[Any], str]:
    from pydicom.pixels import get_decoder
    from pydicom.uid import UID

    _complete(data_set, facts, transfer_syntax)
    data_set["PixelData"].value = mend_scans(data_set.PixelData, transfer_syntax)
    try:
        decoder = get_decoder(UID(transfer_syntax))
    except (NotImplementedError, ValueError) as error:
        known = UID(transfer_syntax).name
        raise UnsupportedImage(
            Words("{name!r} is stored in {known!r}, for which there is no decoder", name=facts.path.name, known=known),
            Words("Export it uncompressed or as JPEG 2000."),
            facts.path,
        ) from error
    reasons = []
    plugins = [name for name in PLUGINS if name in decoder.available_plugins] or [""]
    for plugin in plugins:
        try:
            decoded, properties = decoder.as_array(data_set, decoding_plugin=plugin)
            return decoded, str(properties["photometric_interpretation"])
        except CODEC_TROUBLE as error:
            reasons.append(f"{plugin + ': ' if plugin else ''}{_last_line(error)}")
    raise UnreadableFile(
        Words(
            "{name!r} cannot be decoded ({syntax}): {reasons}",
            name=facts.path.name,
            syntax=UID(transfer_syntax).name,
            reasons="; ".join(reasons),
        ),
        Words("Copy it again from its source, or export it uncompressed."),
        facts.path,
    )


def _complete(data_set: Any, facts: InstanceFacts, transfer_syntax: str) -> None:
    """State what old files leave out, as `facts` already understood it (ACR-NEMA has one sample, black = 0)."""
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import UID

    meta = getattr(data_set, "file_meta", None) or FileMetaDataset()
    meta.TransferSyntaxUID = UID(transfer_syntax)
    data_set.file_meta = meta
    data_set.SamplesPerPixel = facts.layout.samples
    data_set.BitsStored = facts.layout.bits_stored
    data_set.PixelRepresentation = int(facts.layout.is_signed)
    if not facts.layout.photometric_interpretation:
        data_set.PhotometricInterpretation = "MONOCHROME2" if facts.layout.samples == 1 else "RGB"


def _last_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__)[:200]


def _as_16_bits(facts: InstanceFacts, stored: NDArray[Any]) -> NDArray[Any]:
    if stored.dtype.itemsize <= 2:
        # Big-endian files decode to foreign byte order, which torch and Qt do not take.
        return stored.astype(stored.dtype.newbyteorder("="), copy=False)
    low, high = int(stored.min()), int(stored.max())
    for kind in (np.int16, np.uint16):
        limits = np.iinfo(kind)
        if limits.min <= low and high <= limits.max:
            return stored.astype(kind)
    raise UnsupportedImage(
        Words(
            "{name!r} has 32-bit values from {low:,} to {high:,}; images of up to 16 bits are shown",
            name=facts.path.name,
            low=low,
            high=high,
        ),
        Words("Export it with 16 bits."),
        facts.path,
    )
