"""Read one DICOM object: its facts, and its pixels when they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from medmm.core.errors import UnreadableFile, UnsupportedImage
from medmm.imaging.facts import InstanceFacts, PixelLayout
from medmm.imaging.frames import read_frames
from medmm.imaging.header_facts import charset_notes, read_header, read_identity
from medmm.imaging.header_notes import header_notes
from medmm.imaging.limits import MAX_FRAMES
from medmm.imaging.luts import read_tables
from medmm.imaging.overlays import overlay_groups
from medmm.imaging.pixels import decode_pixels
from medmm.imaging.prescan import NATIVE, PreScan, prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.shutters import read_shutter
from medmm.imaging.sop_classes import not_an_image
from medmm.imaging.suv import SuvScale, read_suv, suv_notes
from medmm.imaging.tags import TAG_TROUBLE, Tags

SPLITTERS = (
    "TemporalPositionIdentifier", "EchoNumbers", "EchoTime", "DiffusionBValue", "InversionTime", "AcquisitionNumber",
    "TriggerTime", "ImageType", "AcquisitionTime", "ConvolutionKernel", "SeriesTime",
)  # fmt: skip


def read_facts(path: Path) -> InstanceFacts:
    """Read the header of a DICOM image.

    Raises UnreadableFile for damaged files, UnsupportedImage for objects that are no image.
    """
    scanned = prescan(path)
    with quiet():
        return _facts(path, _data_set(path, with_pixels=False), scanned)


def read_instance(path: Path) -> tuple[InstanceFacts, NDArray[Any]]:
    """Read header and pixels: [frames, rows, cols] as stored, or [frames, rows, cols, 3] uint8 RGB.

    Raises as `read_facts`, and when the pixels are short, too large or cannot be decoded.
    """
    scanned = prescan(path)
    with quiet():
        data_set = _data_set(path, with_pixels=True)
        facts = _facts(path, data_set, scanned)
        stored = decode_pixels(data_set, facts, scanned.transfer_syntax)
    return facts, stored


def needs_own_process(facts: InstanceFacts) -> bool:
    """Tell whether decoding runs native code on untrusted bytes, or pydicom on odd ones."""
    is_native = facts.header.transfer_syntax_uid in NATIVE
    return not (is_native and facts.is_clean) or facts.layout.photometric_interpretation == "PALETTE COLOR"


def _data_set(path: Path, *, with_pixels: bool) -> Any:
    import pydicom
    from pydicom.errors import InvalidDicomError

    try:
        # force: files without preamble or file meta were recognised by `sniff`.
        data_set = pydicom.dcmread(path, force=True, stop_before_pixels=not with_pixels)
    except (*TAG_TROUBLE, InvalidDicomError, MemoryError, OSError) as error:
        raise UnreadableFile(
            f"{path.name!r} is a damaged DICOM file: {error or type(error).__name__}",
            "Copy it again from its source.",
            path,
        ) from error
    if with_pixels and not len(data_set):
        # pydicom gives an empty data set when the last element breaks off (here: encapsulated pixels without an end).
        raise UnreadableFile(
            f"{path.name!r} is cut off: its pixel data breaks off", "Copy it again from its source.", path
        )
    return data_set


def _facts(path: Path, data_set: Any, scanned: PreScan) -> InstanceFacts:
    tags = Tags(data_set)
    header = read_header(tags, scanned.transfer_syntax)
    # A DICOMDIR states its class in the file meta alone (PS3.10 8.6).
    meta = Tags(getattr(data_set, "file_meta", None) or {})
    _require_image(path, tags, header.sop_class_uid or meta.text("MediaStorageSOPClassUID"), is_clean=scanned.is_clean)
    layout = _layout(path, tags)
    identity = read_identity(tags)
    frames = read_frames(tags, layout.n_frames, header.modality)
    tables = read_tables(tags, "ModalityLUTSequence", is_signed=layout.is_signed)
    orientation = (*tags.text("PatientOrientation").split("\\"), "", "")
    suv = read_suv(tags) if header.modality == "PT" else SuvScale()
    return InstanceFacts(
        path=path,
        identity=identity,
        header=header,
        layout=layout,
        frames=frames,
        sop_instance_uid=tags.text("SOPInstanceUID"),
        instance_number=tags.integer("InstanceNumber"),
        image_type=tags.text("ImageType"),
        frame_of_reference_uid=tags.text("FrameOfReferenceUID"),
        patient_orientation=(orientation[0], orientation[1]),
        voi_luts=read_tables(tags, "VOILUTSequence", is_signed=layout.is_signed),
        modality_lut=tables[0] if tables else None,
        padding_value=_padding(tags, "PixelPaddingValue", layout),
        padding_limit=_padding(tags, "PixelPaddingRangeLimit", layout),
        slice_thickness_mm=tags.number("SliceThickness"),
        suv_factor=suv.factor,
        split_values=tuple((keyword, tags.text(keyword)) for keyword in SPLITTERS),
        overlay_groups=overlay_groups(data_set),
        shutter=read_shutter(tags),
        is_clean=scanned.is_clean,
        notes=(*header_notes(tags, scanned), *charset_notes(tags, identity), *suv_notes(suv)),
    )


def _require_image(path: Path, tags: Tags, sop_class_uid: str, *, is_clean: bool) -> None:
    kind = not_an_image(sop_class_uid)
    if kind:
        raise UnsupportedImage(f"{path.name!r} is {kind}, not an image", "It is left aside; nothing is to do.", path)
    if tags.value("Rows") is not None or tags.value("Columns") is not None:
        return
    if not is_clean:
        raise UnreadableFile(
            f"{path.name!r} is cut off or damaged: its header breaks off before Rows and Columns",
            "Copy it again from its source.",
            path,
        )
    modality = tags.text("Modality")
    raise UnsupportedImage(
        f"{path.name!r} is a DICOM object{f' of modality {modality}' if modality else ''} without an image "
        "(Rows and Columns are absent)",
        "It is left aside; nothing is to do.",
        path,
    )


def _layout(path: Path, tags: Tags) -> PixelLayout:
    needed = {name: tags.integer(name) for name in ("Rows", "Columns", "BitsAllocated")}
    for name, value in needed.items():
        if value is None or value <= 0:
            found = tags.text(name) or "nothing"
            raise UnreadableFile(
                f"{path.name!r} has no usable {name}: {found} found", "Export the image again from its source.", path
            )
    frames = tags.integer("NumberOfFrames") if tags.text("NumberOfFrames") else 1
    if "NumberOfFrames" in tags.unreadable or frames is None or not 0 < frames <= MAX_FRAMES:
        raise UnreadableFile(
            f"{path.name!r} has no usable NumberOfFrames: {frames if frames is not None else 'no number'} found",
            "Export the image again from its source.",
            path,
        )
    bits = needed["BitsAllocated"] or 0
    return PixelLayout(
        rows=needed["Rows"] or 0,
        cols=needed["Columns"] or 0,
        n_frames=frames,
        samples=tags.integer("SamplesPerPixel") or 1,
        bits_allocated=bits,
        bits_stored=tags.integer("BitsStored") or bits,
        is_signed=tags.integer("PixelRepresentation") == 1,
        photometric_interpretation=tags.text("PhotometricInterpretation").upper(),
    )


def _padding(tags: Tags, keyword: str, layout: PixelLayout) -> int | None:
    # The value's VR is US or SS; a writer that took the wrong one wraps (PS3.3 C.7.5.1.1.2).
    value = tags.integer(keyword)
    if value is None:
        return None
    span = 1 << layout.bits_allocated
    value %= span
    return value - span if layout.is_signed and value >= span // 2 else value
