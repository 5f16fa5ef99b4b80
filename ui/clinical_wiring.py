"""Join the clinical side, the note, the vital signs and the timeline, to the actions and tabs of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from medmm.core.quality import InputKind
from medmm.workflow.timeline import TimelineItem
from ui.commands import Session
from ui.panels.inputs_line import is_spoken_of

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class ClinicalWiring(QObject):
    """Brings a tab to the front before its panel is asked for something."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._cases = window, session.cases
        window.actions_table.bind(
            {
                "find_note": self._find,
                "find_next": lambda: self._step(1),
                "find_previous": lambda: self._step(-1),
            }
        )
        for signal in (self._cases.current_changed, self._cases.case_changed, self._cases.result_changed):
            signal.connect(self._refresh)
        window.timeline.state.opened.connect(self._on_item_opened)
        self._refresh()

    def _find(self) -> None:
        self._raise(self._window.note)
        self._window.note.find()

    def _step(self, by: int) -> None:
        self._raise(self._window.note)
        self._window.note.step(by)

    def _on_item_opened(self, item: TimelineItem) -> None:
        panels = {InputKind.NOTE: self._window.note, InputKind.VITALS: self._window.vitals}
        if item.kind in panels:
            self._raise(panels[item.kind])

    def _raise(self, panel: QWidget) -> None:
        tabs = self._window.tabs
        tabs.setCurrentWidget(panel)
        dock = tabs.parentWidget()
        if dock is not None:
            dock.show()
            dock.raise_()

    def _refresh(self) -> None:
        for name in ("find_note", "find_next", "find_previous"):
            self._window.actions_table[name].setEnabled(self._cases.note is not None)
        # Few departments record sound: the others need no tab for it.
        tabs, case = self._window.tabs, self._cases.case
        is_heard = case is not None and is_spoken_of(InputKind.AUDIO, case, self._cases.result)
        tabs.setTabVisible(tabs.indexOf(self._window.sound), is_heard)
