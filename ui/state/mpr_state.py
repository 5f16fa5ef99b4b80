"""The three linked planes of one volume: which viewports show them, through which point, how turned, how thick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from medmm.core.image import MedicalImage
from medmm.core.plane_cut import PlaneCut
from medmm.imaging.crosshair import Crosshair, index_at, make_crosshair, move, turn
from medmm.imaging.reformat import Plane
from medmm.imaging.slabs import SINGLE_PLANE, Projection, Slab
from ui.state.layout_state import PER_PANE, LayoutState, Pane, Shape
from ui.state.mpr_cuts import Cuts, Reformation, crosshair_of, cut_all, index_in
from ui.state.shown import Shown, Voi
from ui.state.view_state import ViewState

SHAPE: Shape = (2, 2)
# The viewports of a pane in reading order; the fourth one shows the overview.
PLACES = (Plane.AXIAL, Plane.CORONAL, Plane.SAGITTAL)
# How many times larger pixels are while something moves that takes long to compute.
COARSE = 3.0
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class _Before:
    """What the pane showed before, to be brought back."""

    pane: Pane
    shape: Shape
    active_index: int
    views: tuple[ViewState, ...]
    shown: tuple[Shown, ...]


class MprState(QObject):
    """Off until `start`; then the viewports follow the crosshair and the crosshair follows the viewports.

    changed: point, turn, slab, or on and off; fine_wanted: coarse planes stand in for ones that take long.
    """

    changed = Signal()
    fine_wanted = Signal()

    def __init__(self, layout_state: LayoutState) -> None:
        super().__init__(layout_state)
        self._layout = layout_state
        self._before: _Before | None = None
        self._cuts: Cuts | None = None
        self._slab = SINGLE_PLANE
        self._views: dict[Plane, ViewState] = {}
        self._is_coarse = self._is_turning = self._is_following = False
        for view in layout_state.views:
            view.slice_changed.connect(lambda index, view=view: self._on_scrolled(view, index))
            view.image_changed.connect(lambda view=view: self._on_image_changed(view))
            view.window_changed.connect(lambda view=view: self._on_window_changed(view))

    @property
    def is_on(self) -> bool:
        """Tell whether planes are shown."""
        return self._cuts is not None

    @property
    def pane(self) -> Pane | None:
        """The pane that shows them."""
        return self._before.pane if self._before else None

    @property
    def cuts(self) -> Cuts | None:
        """The volume, the crosshair and the slab in force."""
        return self._cuts

    @property
    def slab(self) -> Slab:
        """How thick the planes are, and what a pixel shows of the thickness."""
        return self._slab

    @property
    def views(self) -> Mapping[Plane, ViewState]:
        """The viewport of each plane."""
        return MappingProxyType(self._views)

    def start(self, made: Reformation, source: Shown, voi: Voi, point_mm: Vector) -> None:
        """Show the planes of a volume in the pane that is acted on, seen as the source is, through a point of it."""
        self.stop()
        pane = Pane(self._layout.active_index // PER_PANE)
        own = self._layout.views[pane * PER_PANE : pane * PER_PANE + SHAPE[0] * SHAPE[1]]
        shown = tuple(view.shown for view in own)
        self._before = _Before(pane, self._layout.shape_of(pane), self._layout.active_index, own, shown)
        self._cuts = Cuts(made.volume, make_crosshair(made.volume, point_mm), self._slab)
        self._views = dict(zip(PLACES, own, strict=False))
        self._is_following = True
        self._layout.set_shape(SHAPE, pane)
        for plane, image in cut_all(self._cuts).items():
            extent = (image.size[0] * image.geometry.spacing_mm[1], image.size[1] * image.geometry.spacing_mm[2])
            first = Shown(image, index_in(image, self._cuts.crosshair), voi, is_inverted=source.is_inverted)
            self._views[plane].show(replace(first, extent_mm=extent))
        own[-1].show_image(made.overview)
        self._is_following = False
        self._layout.activate(pane * PER_PANE)
        self.changed.emit()

    def stop(self) -> None:
        """Bring back what was shown before."""
        if self._before is not None:
            active_index = self._before.active_index
            self._leave(())
            self._layout.activate(active_index)

    def move_to(self, point_mm: Vector) -> None:
        """Let all planes go through another point."""
        if self._cuts is not None:
            self._cuts = replace(self._cuts, crosshair=move(self._cuts.crosshair, self._cuts.volume, point_mm))
            if self._cuts.is_slow:
                self._recut(is_coarse=True)
            else:
                self._follow(self._cuts)

    def turn(self, plane: Plane, degrees: float, *, start: Crosshair | None = None) -> None:
        """Turn the two other planes about this one's normal, clockwise as seen; from `start`, else from now."""
        if self._cuts is not None:
            turned = turn(start or self._cuts.crosshair, plane, degrees)
            self._cuts = replace(self._cuts, crosshair=replace(turned, point_mm=self._cuts.crosshair.point_mm))
            self._recut(is_coarse=self._is_turning or self._cuts.is_slow)

    def straighten(self) -> None:
        """Bring the planes back to the body's own; the point stays."""
        if self._cuts is not None:
            straight = make_crosshair(self._cuts.volume, self._cuts.crosshair.point_mm)
            self._cuts = replace(self._cuts, crosshair=straight)
            self._recut(is_coarse=False)

    def return_to(self, cut: PlaneCut) -> None:
        """Compute a plane again as it was cut before, and act on its viewport."""
        if self._cuts is None:
            return
        self._slab = Slab(cut.thickness_mm, Projection(cut.projection))
        self._cuts = replace(self._cuts, crosshair=crosshair_of(cut, self._cuts.volume), slab=self._slab)
        self._recut(is_coarse=False)
        view = self._views[Plane(cut.plane)]
        view.set_slice(cut.index)
        self._layout.activate(self._layout.views.index(view))

    def set_slab(self, slab: Slab) -> None:
        """Show another thickness, or something else of it."""
        if slab == self._slab:
            return
        self._slab = slab
        if self._cuts is not None:
            self._cuts = replace(self._cuts, slab=slab)
            self._recut(is_coarse=self._cuts.is_slow)
        else:
            self.changed.emit()

    def set_turning(self, is_turning: bool) -> None:
        """Say that a turn by hand begins or has ended; meanwhile turned planes are coarse."""
        self._is_turning = is_turning
        if not is_turning and self._is_coarse:
            self.fine_wanted.emit()

    def take_fine(self, cuts: Cuts, images: Mapping[Plane, MedicalImage]) -> None:
        """Show planes at full resolution, unless something has moved since they were asked for."""
        if cuts is self._cuts and not self._is_turning:
            self._is_coarse = False
            self._show(images)

    def _recut(self, *, is_coarse: bool) -> None:
        assert self._cuts is not None, "nothing to cut"
        self._is_coarse = is_coarse and self._cuts.is_turned
        self._show(cut_all(self._cuts, coarseness=COARSE if self._is_coarse else 1.0))
        if self._is_coarse and not self._is_turning:
            self.fine_wanted.emit()

    def _show(self, images: Mapping[Plane, MedicalImage]) -> None:
        assert self._cuts is not None, "nothing to show"
        self._is_following = True
        for plane, view in self._views.items():
            image, before = images[plane], view.image
            assert before is not None, "each plane has its image"
            # The way of the centre is counted in pixels, and theirs may differ.
            ratio = before.geometry.spacing_mm[2] / image.geometry.spacing_mm[2]
            pan = (view.pan[0] * ratio, view.pan[1] * ratio)
            view.show(replace(view.shown, image=image, slice_index=index_in(image, self._cuts.crosshair), pan=pan))
        self._is_following = False
        self.changed.emit()

    def _follow(self, cuts: Cuts) -> None:
        self._is_following = True
        for view in self._views.values():
            assert view.image is not None, "each plane has its image"
            view.set_slice(index_in(view.image, cuts.crosshair))
        self._is_following = False
        self.changed.emit()

    def _on_scrolled(self, view: ViewState, index: int) -> None:
        plane = next((plane for plane, own in self._views.items() if own is view), None)
        if plane is None or self._is_following or self._cuts is None or view.image is None:
            return
        crosshair, affine = self._cuts.crosshair, view.image.geometry.affine
        assert affine is not None, "planes have an affine"
        normal = crosshair.planes[plane].normal
        away = (index - index_at(view.image, crosshair.point_mm)[0]) * float(affine[:3, 0] @ normal)
        self.move_to(crosshair.point_mm + away * normal)

    def _on_window_changed(self, view: ViewState) -> None:
        if self._is_following or view not in self._views.values():
            return
        self._is_following = True
        for other in self._views.values():
            if other is not view:
                other.set_voi(view.voi)
                if other.is_inverted != view.is_inverted:
                    other.invert()
        self._is_following = False

    def _on_image_changed(self, view: ViewState) -> None:
        if not self._is_following and view in self._views.values():
            # Another image was chosen for this viewport: it stays, its neighbours become what they were.
            self._leave((view,))

    def _leave(self, kept: tuple[ViewState, ...]) -> None:
        before = self._before
        assert before is not None, "planes are shown"
        self._before = self._cuts = None
        self._views, self._is_coarse, self._is_turning = {}, False, False
        for view, shown in zip(before.views, before.shown, strict=True):
            if view not in kept:
                view.show(shown)
        self._layout.set_shape(before.shape, before.pane)
        self.changed.emit()
