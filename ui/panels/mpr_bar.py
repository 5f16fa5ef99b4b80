"""The bar under the linked planes: how thick they are, what of the thickness is seen, straighten, leave."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QWidget

from medmm.imaging.slabs import Projection, Slab
from ui import theme
from ui.language import tr
from ui.panels.push_button import follow
from ui.state.layout_state import Pane
from ui.state.mpr_state import MprState
from ui.state.plane_words import projection_name

MAX_THICKNESS_MM = 500.0


class MprBar(QWidget):
    """Reads the state of the planes; seen only under the pane that shows them."""

    def __init__(
        self, mpr: MprState, pane: Pane, *, straighten: QAction, leave: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mpr, self._pane = mpr, pane
        self.thickness, self.projection = QDoubleSpinBox(self), QComboBox(self)
        self._dress_thickness()
        self._dress_projection()
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.CARD_GAP, theme.GRID, theme.CARD_GAP, theme.GRID)
        line.setSpacing(theme.CARD_GAP)
        line.addWidget(self._label(tr("Slab"), self.thickness))
        line.addWidget(self.thickness)
        line.addWidget(self.projection)
        line.addStretch(1)
        for action, text in ((straighten, tr("Straighten")), (leave, tr("Back to the series"))):
            button = QPushButton(self)
            follow(button, action)
            button.setText(text)
            button.setAccessibleName(text)
            line.addWidget(button)
        mpr.changed.connect(self._refresh)
        self._refresh()

    def _dress_thickness(self) -> None:
        box = self.thickness
        box.setRange(0.0, MAX_THICKNESS_MM)
        box.setDecimals(1)
        box.setSingleStep(1.0)
        box.setSuffix(tr(" mm"))
        box.setSpecialValueText(tr("single plane"))
        box.setKeyboardTracking(False)
        box.setToolTip(tr("Thickness of the planes in millimetres; 0 shows a single plane"))
        box.setAccessibleName(tr("Slab thickness in millimetres"))
        box.valueChanged.connect(self._on_chosen)

    def _dress_projection(self) -> None:
        box = self.projection
        for projection in (Projection.MAXIMUM, Projection.MINIMUM, Projection.MEAN):
            box.addItem(projection_name(projection), projection)
        box.setToolTip(tr("What a pixel shows of the slab: its largest, smallest or average value"))
        box.setAccessibleName(tr("Projection of the slab"))
        box.currentIndexChanged.connect(self._on_chosen)

    def _label(self, text: str, control: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(control)
        return label

    def _on_chosen(self) -> None:
        self._mpr.set_slab(Slab(self.thickness.value(), Projection(self.projection.currentData())))

    def _refresh(self) -> None:
        self.setVisible(self._mpr.pane is self._pane)
        slab = self._mpr.slab
        with QSignalBlocker(self.thickness), QSignalBlocker(self.projection):
            self.thickness.setValue(slab.thickness_mm)
            self.projection.setCurrentIndex(self.projection.findData(slab.projection))
        self.projection.setEnabled(slab.thickness_mm > 0)
