"""What the viewports of a session work with; it outlives the window, which is made anew for another language."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.state.cine import Cine
from ui.state.layout_state import LayoutState
from ui.state.linking import Linking


@dataclass(frozen=True)
class ViewDesk:
    """The viewports, how they scroll together, and the film of the active one."""

    viewports: LayoutState = field(default_factory=LayoutState)
    linking: Linking = field(init=False)
    cine: Cine = field(init=False)

    def __post_init__(self) -> None:
        # The class is frozen for everybody else.
        object.__setattr__(self, "linking", Linking(self.viewports))
        object.__setattr__(self, "cine", Cine(self.viewports))
