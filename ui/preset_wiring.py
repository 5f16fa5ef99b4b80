"""Join the window presets to the viewports, the file and their editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from medmm.core.window_preset import WindowPreset
from medmm.workflow.window_presets import load_presets, store_presets
from ui.commands import Session
from ui.dialogs.window_presets import WindowPresetsDialog
from ui.language import told, tr
from ui.main_window import MainWindow
from ui.state.preset_state import PresetState
from ui.tasks import Handlers, Job

TOPIC = "presets"


class PresetWiring(QObject):
    """Every viewport offers the presets in force; a change is stored in the background."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        loaded = load_presets()
        self._state = PresetState(loaded.shipped, loaded.own, self)
        self._state.changed.connect(self._on_changed)
        self._obey()
        if loaded.troubles:
            session.notices.tell(
                tr("Window presets of yours were left out."), hint=" ".join(told(each) for each in loaded.troubles)
            )

    @property
    def state(self) -> PresetState:
        """The presets."""
        return self._state

    def edit(self) -> None:
        """Open the editor at the modality of the image shown."""
        image = self._window.view.image
        WindowPresetsDialog(self._state, image.header.modality if image else "CT", self._window).exec()

    def extend(self, menu: QMenu) -> None:
        """Add the way to the editor to a menu of the image."""
        menu.addAction(tr("Edit window presets...")).triggered.connect(lambda _checked=False: self.edit())

    def _on_changed(self) -> None:
        self._obey()
        own = self._state.own
        job = Job("settings", TOPIC, tr("Storing the window presets"), Handlers(failed=self._session.notices.complain))
        self._session.tasks.run(job, lambda progress, cancel: _store(own))

    def _obey(self) -> None:
        viewports = self._window.viewports
        viewports.set_habits(replace(viewports.active.habits, presets=self._state.in_force))


def _store(own: Mapping[str, tuple[WindowPreset, ...]]) -> None:
    store_presets(own)
