"""The image view: paints the open image and hands gestures and keys to the view state."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from medmm.core.image import MedicalImage
from medmm.core.prediction import HeatMap
from ui import theme
from ui.state.view_state import ViewState


class ImageCanvas(QWidget):
    """Shows one image. Text is painted as plain text; nothing is read from disk here."""

    double_clicked = Signal()

    def __init__(self, view_state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view_state
        self._overlay: HeatMap | None = None
        self._overlay_caption = ""
        self._ai_line = ""
        self._message = ("No image is open.", "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        view_state.changed.connect(self.update)

    @property
    def view_state(self) -> ViewState:
        """The state that this canvas shows and changes."""
        return self._view

    def set_image(self, image: MedicalImage | None) -> None:
        """Show another image, or the empty state; any message goes away."""
        self._message = ("No image is open.", "")
        self._overlay = None
        self._view.show_image(image)

    def set_overlay(self, heatmap: HeatMap | None, caption: str = "") -> None:
        """Take the heat map of the selected finding; caption: the finding, or why there is no map."""
        self._overlay, self._overlay_caption = heatmap, caption
        self.update()

    def set_ai_line(self, text: str) -> None:
        """Say which model speaks and in what state it is; painted bottom right."""
        self._ai_line = text
        self.update()

    def show_loading(self, text: str) -> None:
        """Say on the canvas that an image is being read."""
        self._message = (text, "")
        self._view.show_image(None)

    def show_problem(self, sentence: str, hint: str = "") -> None:
        """Say on the canvas why there is no image."""
        self._message = (sentence, hint)
        self._view.show_image(None)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("#000000"))
        painter.setPen(theme.color(theme.TEXT_2))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._message[0])
