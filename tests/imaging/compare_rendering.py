"""Show every DICOM image below a folder and compare it, after VOI, with a rendering by another program.

python tests/imaging/compare_rendering.py FOLDER [--csv OUT.csv]

Others: dcmtk's dcmj2pnm and dcml2pnm (own decoders, own display pipeline), and where they read nothing SimpleITK
(GDCM's decoders, ITK's intensity windowing). Same window on both sides, 8 bits, first, middle and last frame.
"equal" = no grey differs by more than one: dcmtk cuts the fraction off where we round. "explained" = the difference
is within the bound of a reason named in `explain`; anything else is "different" and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import csv
import math
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import MedMMError, UnsupportedImage
from medmm.core.image import LookupTable, MedicalImage, Window
from medmm.imaging.reader import read_image
from medmm.imaging.sniff import FileKind, file_kind
from medmm.imaging.windowing import auto_window, to_display

Grey8 = NDArray[np.uint8]
DCMTK = ("dcmj2pnm", "dcml2pnm")
LIMIT_S = 60
# Modality values rounded to whole numbers move a grey by less than one from this window width on.
WIDE = 256
LOSSY_JPEG = ("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51")
# Runs in a process of its own: GDCM ends the whole process on some files.
SITK = """
import sys, numpy as np, SimpleITK as sitk
path, frame, (low, high, mirror), out = sys.argv[1], int(sys.argv[2]), map(float, sys.argv[3:6]), sys.argv[6]
read = sitk.ReadImage(path)
shown = read if read.GetDimension() == 2 else read[:, :, frame]
if shown.GetNumberOfComponentsPerPixel() == 1:
    # GDCM's reader hands MONOCHROME1 out with its values mirrored; `mirror` is the sum of a value and its image.
    wide = sitk.Cast(shown, sitk.sitkFloat64)
    wide = mirror - wide if mirror else wide
    array = sitk.GetArrayFromImage(sitk.IntensityWindowing(wide, low, high, 0.0, 255.0))
else:
    array = sitk.GetArrayFromImage(shown)
    array = array / (np.iinfo(array.dtype).max / 255)
np.save(out, array)
"""


@dataclass(frozen=True)
class Comparison:
    """One file against another program's rendering; share = of the pixels that differ by more than one grey."""

    path: str
    kind: str
    other: str
    n_frames: int
    max_difference: int
    share: float
    verdict: str
    reason: str


def compare(path: Path, work: Path) -> Comparison | None:
    """Compare one file; None where it is no DICOM image."""
    try:
        if file_kind(path) is not FileKind.DICOM:
            return None
        image = read_image(path)
    except MedMMError as error:
        verdict = "no image" if isinstance(error, UnsupportedImage) else "not shown"
        return Comparison(str(path), "", "", 0, 0, 0.0, verdict, error.message)
    kind = f"{image.header.modality} {image.photometric_interpretation} {image.header.transfer_syntax_uid}"
    frames = sorted({0, image.n_slices // 2, image.n_slices - 1})
    for other in others(image):
        pairs = [(ours(image, frame), render(other, image, frame, work)) for frame in frames]
        if all(theirs is not None and theirs.shape == shown.shape for shown, theirs in pairs):
            found = judge(path, kind, other, [(shown, theirs) for shown, theirs in pairs if theirs is not None])
            return found if found.verdict == "equal" else explain(found, image)
    return Comparison(str(path), kind, "", len(frames), 0, 0.0, "no other", "no other program here shows it")


def others(image: MedicalImage) -> tuple[str, ...]:
    """List the programs to try; dcmtk keeps modality values as whole numbers, too coarse for a narrow window."""
    is_whole = all(float(part.rescale_slope).is_integer() for part in image.instances)
    is_fit = image.is_color or is_whole or getattr(voi_of(image, 0), "width", WIDE) >= WIDE
    return (*DCMTK, "SimpleITK") if is_fit else ("SimpleITK",)


def explain(found: Comparison, image: MedicalImage) -> Comparison:
    """Name the reason of a difference where there is one and the difference is within its bound."""
    for reason, bound in _reasons(image):
        if found.max_difference <= bound:
            return replace(found, verdict="explained", reason=f"{reason} (at most {bound})")
    return found


def _reasons(image: MedicalImage) -> Iterator[tuple[str, int]]:
    import pydicom

    photometric = pydicom.dcmread(image.instances[0].path, force=True, stop_before_pixels=True)
    is_jpeg = image.header.transfer_syntax_uid in LOSSY_JPEG
    if image.is_color and photometric.PhotometricInterpretation.startswith("YBR"):
        yield "YBR to RGB in whole numbers there, rounded here", 2
    if image.is_color and is_jpeg:
        yield "lossy JPEG: the enlargement of subsampled chroma is each decoder's own", 12
    if not image.is_color and is_jpeg:
        voi = voi_of(image, 0)
        width = voi.width if isinstance(voi, Window) else 256
        step = 255 * abs(image.instances[0].rescale_slope) / width
        yield "lossy JPEG: decoders may differ by one stored value", math.ceil(step) + 1


def judge(path: Path, kind: str, other: str, pairs: list[tuple[Grey8, Grey8]]) -> Comparison:
    """Sum the differences of some frames up."""
    apart = [np.abs(shown.astype(int) - theirs.astype(int)) for shown, theirs in pairs]
    share = max(float(np.mean(part > 1)) for part in apart)
    most = max(int(part.max()) for part in apart)
    return Comparison(str(path), kind, other, len(pairs), most, share, "equal" if most <= 1 else "different", "")


def voi_of(image: MedicalImage, frame: int) -> Window | LookupTable:
    """Give what both sides show with: the file's first window, else its VOI LUT, else the automatic window."""
    if image.windows:
        return image.windows[0]
    if image.voi_luts:
        return image.voi_luts[0]
    return auto_window(image, frame)


def ours(image: MedicalImage, frame: int) -> Grey8:
    """Give our own 8-bit rendering."""
    voi = None if image.is_color else voi_of(image, frame)
    return np.rint(to_display(image, frame, voi) * 255).astype(np.uint8)


def render(other: str, image: MedicalImage, frame: int, work: Path) -> Grey8 | None:
    """Give another program's rendering of one frame, None where it cannot."""
    run = _with_sitk if other == "SimpleITK" else _with_dcmtk
    return run(other, image, frame, work)


def _with_dcmtk(other: str, image: MedicalImage, frame: int, work: Path) -> Grey8 | None:
    out = work / "shown.pnm"
    instance = image.instances[frame]
    command = [other, "-q", "-O", "+Ma", "+F", str(instance.frame + 1), *_voi_options(image, frame)]
    if _succeeds([*command, str(instance.path), str(out)]):
        return _read_pnm(out)
    return None


def _voi_options(image: MedicalImage, frame: int) -> list[str]:
    if image.is_color:
        return []
    voi = voi_of(image, frame)
    if isinstance(voi, LookupTable):
        return ["+Wl", "1"]
    # LINEAR_EXACT(c, w) is LINEAR(c + 0.5, w + 1) (PS3.3 C.11.2.1.2 and C.11.2.1.3.2).
    more = (0.5, 1.0) if voi.function == "LINEAR_EXACT" else (0.0, 0.0)
    shape = "+Wfs" if voi.function == "SIGMOID" else "+Wfl"
    return ["+Ww", repr(voi.center + more[0]), repr(voi.width + more[1]), shape]


def _with_sitk(other: str, image: MedicalImage, frame: int, work: Path) -> Grey8 | None:
    out, instance = work / "shown.npy", image.instances[frame]
    low, high = 0.0, 255.0
    if not image.is_color:
        voi = voi_of(image, frame)
        if isinstance(voi, LookupTable) or voi.function == "SIGMOID":
            return None
        # PS3.3 C.11.2.1.2: the ramp of LINEAR runs from c - 0.5 - (w - 1) / 2 over w - 1.
        middle, width = (voi.center - 0.5, voi.width - 1) if voi.function == "LINEAR" else (voi.center, voi.width)
        low, high = middle - width / 2, middle + width / 2
    top = (1 << image.bits_stored) - 1
    mirror = instance.rescale_slope * top + 2 * instance.rescale_intercept if image.is_inverted else 0.0
    arguments = [str(instance.path), str(instance.frame), repr(low), repr(high), repr(mirror), str(out)]
    if not _succeeds([sys.executable, "-c", SITK, *arguments]):
        return None
    shown = np.rint(np.clip(np.load(out), 0, 255)).astype(np.uint8)
    return 255 - shown if image.is_inverted else shown


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=LIMIT_S, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _read_pnm(path: Path) -> Grey8:
    raw: Any = path.read_bytes()
    magic, cols, rows, most = raw.split(maxsplit=4)[:4]
    if most != b"255":
        raise ValueError(f"{path} has {most!r} as its largest value")
    samples = 3 if magic == b"P6" else 1
    n_bytes = int(rows) * int(cols) * samples
    values = np.frombuffer(raw[-n_bytes:], np.uint8)
    return values.reshape((int(rows), int(cols), samples)[: 2 + (samples == 3)])


def main() -> int:
    """Compare a folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--csv", type=Path)
    asked = parser.parse_args()
    files = sorted(path for path in asked.folder.rglob("*") if path.is_file() and not path.is_symlink())
    with tempfile.TemporaryDirectory() as work:
        found = [row for row in (compare(path, Path(work)) for path in files) if row is not None]
    for row in found:
        if row.verdict not in ("equal", "no image"):
            sys.stdout.write(
                f"{row.verdict:10} {row.max_difference:4d} {row.share:8.4%} {row.other:9} {row.kind} "
                f"{row.path} {row.reason}\n"
            )
    for (verdict, other), count in sorted(Counter((row.verdict, row.other) for row in found).items()):
        sys.stdout.write(f"{count:5d} {verdict} {other}\n")
    if asked.csv:
        with asked.csv.open("w", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(field.name for field in fields(Comparison))
            writer.writerows(astuple(row) for row in found)
    return int(any(row.verdict == "different" for row in found))


if __name__ == "__main__":
    sys.exit(main())
