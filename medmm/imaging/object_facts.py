"""What one object says, as facts; the tags may come from pydicom or from the quick walk."""

from __future__ import annotations

from pathlib import Path

from medmm.core.errors import UnreadableFile, UnsupportedImage
from medmm.core.words import Words
from medmm.imaging.facts import InstanceFacts, PixelLayout
from medmm.imaging.frames import read_frames
from medmm.imaging.header_facts import charset_notes, read_header, read_identity
from medmm.imaging.header_notes import header_notes, object_notes
from medmm.imaging.limits import MAX_FRAMES
from medmm.imaging.luts import read_tables
from medmm.imaging.overlays import GROUPS
from medmm.imaging.prescan import PreScan
from medmm.imaging.shutters import read_shutter
from medmm.imaging.sides import stated_side
from medmm.imaging.sop_classes import IMAGES, not_an_image
from medmm.imaging.suv import SuvScale, read_suv, suv_notes
from medmm.imaging.tags import Tags

SPLITTERS = (
    "TemporalPositionIdentifier", "EchoNumbers", "EchoTime", "DiffusionBValue", "InversionTime", "AcquisitionNumber",
    "TriggerTime", "ImageType", "AcquisitionTime", "ConvolutionKernel", "SeriesTime",
)  # fmt: skip


def build_facts(path: Path, tags: Tags, meta: Tags, scanned: PreScan) -> InstanceFacts:
    """Make the facts of an object from its header and its file meta information.

    Raises UnreadableFile where Rows, Columns or what they need is missing, UnsupportedImage for what is no image.
    """
    header = read_header(tags, scanned.transfer_syntax)
    # A DICOMDIR states its class in the file meta alone (PS3.10 8.6).
    _require_image(path, tags, header.sop_class_uid or meta.text("MediaStorageSOPClassUID"), is_clean=scanned.is_clean)
    layout = tags.once(_layout)
    if isinstance(layout, Words):
        raise UnreadableFile(
            Words("{name!r} has no usable {layout} found", name=path.name, layout=layout),
            Words("Export the image again from its source."),
            path,
        )
    identity = tags.once(read_identity)
    frames = read_frames(tags, layout.n_frames, header.modality)
    tables = read_tables(tags, "ModalityLUTSequence", is_signed=layout.is_signed)
    orientation = (*tags.text("PatientOrientation").split("\\"), "", "")
    is_animal = tags.text("AnatomicalOrientationType").upper() == "QUADRUPED"
    sop_instance_uid = tags.text("SOPInstanceUID")
    suv = read_suv(tags) if header.modality == "PT" else SuvScale()
    return InstanceFacts(
        path=path,
        identity=identity,
        header=header,
        layout=layout,
        frames=frames,
        sop_instance_uid=sop_instance_uid,
        instance_number=tags.integer("InstanceNumber"),
        image_type=tags.text("ImageType"),
        frame_of_reference_uid=tags.text("FrameOfReferenceUID"),
        patient_orientation=(
            stated_side(orientation[0], is_animal=is_animal),
            stated_side(orientation[1], is_animal=is_animal),
        ),
        is_animal=is_animal,
        voi_luts=read_tables(tags, "VOILUTSequence", is_signed=layout.is_signed),
        modality_lut=tables[0] if tables else None,
        padding_value=_padding(tags, "PixelPaddingValue", layout),
        padding_limit=_padding(tags, "PixelPaddingRangeLimit", layout),
        slice_thickness_mm=tags.number("SliceThickness"),
        suv_factor=suv.factor,
        split_values=tuple((keyword, tags.text(keyword)) for keyword in SPLITTERS),
        overlay_groups=tuple(sorted(tags.groups().intersection(GROUPS))),
        shutter=tags.once(read_shutter),
        is_clean=scanned.is_clean,
        notes=(
            *header_notes(tags, scanned),
            *object_notes(meta, sop_instance_uid, scanned, layout.n_bytes),
            *tags.once(charset_notes, identity),
            *suv_notes(suv),
        ),
        pixel_place=scanned.pixel_place,
    )


def _require_image(path: Path, tags: Tags, sop_class_uid: str, *, is_clean: bool) -> None:
    kind = not_an_image(sop_class_uid)
    if kind:
        raise UnsupportedImage(
            Words("{name!r} is {kind}, not an image", name=path.name, kind=kind),
            Words("It is left aside; nothing is to do."),
            path,
        )
    if tags.value("Rows") is not None or tags.value("Columns") is not None:
        return
    if not is_clean:
        raise UnreadableFile(
            Words("{name!r} is cut off or damaged: its header breaks off before Rows and Columns", name=path.name),
            Words("Copy it again from its source."),
            path,
        )
    if not sop_class_uid or sop_class_uid in IMAGES:
        raise UnreadableFile(
            Words(
                "{name!r} states neither Rows nor Columns: it is damaged or was exported without them", name=path.name
            ),
            Words("Export the image again from its source."),
            path,
        )
    modality = tags.text("Modality")
    raise UnsupportedImage(
        Words(
            "{name!r} is a DICOM object{modality} without an image (Rows and Columns are absent)",
            name=path.name,
            modality=Words(" of modality {modality}", modality=modality) if modality else "",
        ),
        Words("It is left aside; nothing is to do."),
        path,
    )


def _layout(tags: Tags) -> PixelLayout | Words:
    # Or what is not usable, and the value found.
    needed = {name: tags.integer(name) for name in ("Rows", "Columns", "BitsAllocated")}
    for name, value in needed.items():
        if value is None or value <= 0:
            return Words("{name}: {found}", name=name, found=tags.text(name) or Words("nothing"))
    frames = tags.integer("NumberOfFrames") if tags.text("NumberOfFrames") else 1
    if "NumberOfFrames" in tags.unreadable or frames is None or not 0 < frames <= MAX_FRAMES:
        found = Words("no number") if frames is None else frames
        return Words("{name}: {found}", name="NumberOfFrames", found=found)
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
