"""A run under way in a dialog: its stage, a bar and the button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.panels.elided_label import ElidedLabel
from ui.state.patient import Step


class RunRow(QWidget):
    """stopped: the user wants the run to end."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._stage = ElidedLabel(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress of the run"))
        self._bar.setToolTip(tr("Progress of the run"))
        stop = QPushButton(tr("Cancel"), self)
        stop.setToolTip(tr("Stop this run; the result shown stays"))
        stop.setAutoDefault(False)
        stop.clicked.connect(self.stopped)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._stage)
        words.addWidget(self._bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(stop)

    def show_step(self, step: Step) -> None:
        """Show how far the run is."""
        words = tr(step.text) if step.text else tr("waiting for the engine")
        self._stage.set_text(words[0].upper() + words[1:])
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
