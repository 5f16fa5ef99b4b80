"""What the viewports of a session work with; it outlives the window, which is made anew for another language."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.state.cine import Cine
from ui.state.layout_state import LayoutState
from ui.state.linking import Linking
from ui.state.mpr_state import MprState


@dataclass(frozen=True)
class ViewDesk:
    """The viewports, how they scroll together, the film of the active one, and the linked planes of a volume."""

    viewports: LayoutState = field(default_factory=LayoutState)
    linking: Linking = field(init=False)
    cine: Cine = field(init=False)
    mpr: MprState = field(init=False)

    def __post_init__(self) -> None:
        # The class is frozen for everybody else.
        object.__setattr__(self, "linking", Linking(self.viewports))
        object.__setattr__(self, "cine", Cine(self.viewports))
        object.__setattr__(self, "mpr", MprState(self.viewports))
