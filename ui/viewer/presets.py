"""The windows on offer for an image: what the file says, the automatic one, and for CT the usual ones."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.image import MedicalImage, Window
from medmm.imaging.value_unit import is_in_hu
from ui.state.view_state import Voi


@dataclass(frozen=True)
class Preset:
    """One entry of the window menu; voi None stands for the automatic window of the slice shown."""

    title: str
    voi: Voi | None


# Width and level in HU, near the median of seven viewers; printed on the image because viewers disagree.
CT_WINDOWS = (
    Window(40, 400, "Soft tissue"),
    Window(-600, 1500, "Lung"),
    Window(50, 350, "Mediastinum"),
    Window(400, 2000, "Bone"),
    Window(40, 80, "Brain"),
    Window(90, 150, "Liver"),
    Window(200, 600, "Vessel"),
)


def presets_of(image: MedicalImage) -> tuple[Preset, ...]:
    """List the windows for an image in the order of their digits: file, automatic, then CT in HU only."""
    if image.is_color:
        return ()
    windows = [Preset(_title(window, n), window) for n, window in enumerate(image.windows, start=1)]
    tables = [Preset(lut.explanation or f"VOI LUT {n}", lut) for n, lut in enumerate(image.voi_luts, start=1)]
    usual = [Preset(_title(window, 0), window) for window in CT_WINDOWS if is_in_hu(image)]
    return (*windows, *tables, Preset("Automatic (0.5 to 99.5 percentile)", None), *usual)


def _title(window: Window, number: int) -> str:
    name = window.explanation or f"File window {number}"
    return f"{name}   W {window.width:g}  L {window.center:g}"
