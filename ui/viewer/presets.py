"""The windows on offer for an image: what the file says, automatic ones, and the presets of the modality."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from medmm.core.image import MedicalImage, Window
from medmm.core.window_preset import WITHOUT_PRESETS, Presets, WindowPreset
from medmm.imaging.value_unit import is_in_hu
from ui.language import told, tr
from ui.state.view_state import Voi
from ui.viewer.slice_pixels import SlicePixels

N_DIGITS = 9


@dataclass(frozen=True)
class Preset:
    """One entry of the window menu; voi_of: what a slice is shown through; digit: the key, None for none."""

    title: str
    voi_of: Callable[[SlicePixels], Voi]
    digit: int | None = None


@dataclass(frozen=True)
class Offer:
    """The entries in the order of the menu: the file's own, automatic ones, presets of the modality."""

    own: tuple[Preset, ...] = ()
    automatic: tuple[Preset, ...] = ()
    usual: tuple[Preset, ...] = ()

    @property
    def entries(self) -> tuple[Preset, ...]:
        """All of them."""
        return (*self.own, *self.automatic, *self.usual)


def offer_of(image: MedicalImage, slice_index: int, presets: Presets) -> Offer:
    """List the windows for a slice.

    The digits are those of the modality's presets, so that they mean the same on every image of it; where there are
    none, as on radiographs, they are the file's own and the automatic windows.
    """
    if image.is_color:
        return Offer()
    own = list(_presented(image, slice_index))
    own += [Preset(_title(window, n), partial(_given, window)) for n, window in enumerate(image.windows, start=1)]
    own += [
        Preset(_table_title(table.explanation, n), partial(_given, table))
        for n, table in enumerate(image.voi_luts, start=1)
    ]
    automatic = (
        Preset(tr("Auto: full range"), lambda pixels: pixels.full_range),
        automatic_preset(),
    )
    usual = _numbered(list(_usual(image, slice_index, presets)))
    if usual:
        return Offer(tuple(own), automatic, usual)
    numbered = _numbered([*own, *automatic])
    return Offer(numbered[: len(own)], numbered[len(own) :])


def automatic_preset() -> Preset:
    """Give the entry for the automatic window that has a key."""
    return Preset(tr("Auto: 0.5 to 99.5 percentile"), lambda pixels: pixels.auto_window)


def _presented(image: MedicalImage, slice_index: int) -> Iterator[Preset]:
    # The way back to what a presentation state says of the slice.
    voi = image.instances[slice_index].voi
    if voi is None:
        return
    name = told(voi.explanation) or tr("Presentation state")
    numbers = f"W {voi.width:g}  L {voi.center:g}" if isinstance(voi, Window) else "VOI LUT"
    yield Preset(f"{name}   {numbers}", partial(_given, voi))


def _usual(image: MedicalImage, slice_index: int, presets: Presets) -> Iterator[Preset]:
    modality = image.header.modality
    if modality in WITHOUT_PRESETS:
        return
    per_unit = _values_per_unit(image, slice_index)
    if per_unit is None:
        return
    for preset in presets.get(modality, ()):
        window = _window(preset, per_unit)
        title = f"{preset.name}   W {preset.width:g}  L {preset.level:g}"
        yield Preset(title, partial(_given, window))


def _values_per_unit(image: MedicalImage, slice_index: int) -> float | None:
    """Give how many modality values one unit of a preset is; None where the unit cannot be had from the file."""
    modality = image.header.modality
    if modality == "CT":
        return 1.0 if is_in_hu(image) else None
    if modality == "PT":
        factor = image.instances[slice_index].suv_factor
        return 1 / factor if factor else None
    return 1.0


def _window(preset: WindowPreset, per_unit: float) -> Window:
    # LINEAR starts at a width of 1 and is half a value off the numbers named; SUV is far below that.
    function = "LINEAR" if per_unit == 1.0 and preset.width >= 1 else "LINEAR_EXACT"
    return Window(preset.level * per_unit, preset.width * per_unit, preset.name, function)


def _given(voi: Voi, pixels: SlicePixels) -> Voi:
    return voi


def _numbered(presets: Sequence[Preset]) -> tuple[Preset, ...]:
    return tuple(
        Preset(preset.title, preset.voi_of, number if number <= N_DIGITS else None)
        for number, preset in enumerate(presets, start=1)
    )


def _title(window: Window, number: int) -> str:
    name = told(window.explanation) or tr("File window {number}").format(number=number)
    return f"{name}   W {window.width:g}  L {window.center:g}"


def _table_title(explanation: str, number: int) -> str:
    # The explanation alone may be that of a window as well: mammography units offer NORMAL as both.
    return f"{explanation}   VOI LUT" if explanation else tr("VOI LUT {number}").format(number=number)
