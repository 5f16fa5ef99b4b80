"""The bar above an open document: back, its title, pages and magnification."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QToolButton, QWidget

from ui import theme
from ui.language import tr
from ui.panels.elided_label import ElidedLabel
from ui.panels.plain_label import plain_label
from ui.state.document_state import ZOOM_STEP, DocumentState
from ui.state.document_words import document_title


class DocumentBar(QWidget):
    """Pages and magnification are seen only where a document has them."""

    back_wanted = Signal()
    header_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._back = QPushButton(tr("Back to the images"), self)
        self._title = ElidedLabel(self, pixels=theme.SIZE_SECTION)
        self._page = QSpinBox(self)
        self._of = plain_label(self, token=theme.TEXT_2)
        self._percent = plain_label(self, token=theme.TEXT_2)
        self._save = QPushButton(tr("Save PDF..."), self)
        self._header = QPushButton(tr("Header"), self)
        self._build()
        self._page.valueChanged.connect(lambda number: state.turn_to(number - 1))
        self._back.clicked.connect(self.back_wanted)
        self._save.clicked.connect(self.save_wanted)
        self._header.clicked.connect(self.header_wanted)
        for signal in (state.opened, state.changed, state.view_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _build(self) -> None:
        self._back.setToolTip(tr("Show the images again (Esc)"))
        self._save.setToolTip(tr("Write the PDF to a file of your choice"))
        self._header.setToolTip(tr("Every DICOM element of this document"))
        self._page.setAccessibleName(tr("Page"))
        self._page.setToolTip(tr("The page shown (Page Up, Page Down)"))
        smaller = self._button("−", tr("Shrink (-)"), 1 / ZOOM_STEP)
        larger = self._button("+", tr("Magnify (+)"), ZOOM_STEP)
        self._pdf_parts = (self._page, self._of, smaller, self._percent, larger, self._save)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._back)
        row.addWidget(self._title, 1)
        for part in (*self._pdf_parts, self._header):
            row.addWidget(part)

    def _button(self, text: str, tip: str, factor: float) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self._state.set_zoom(self._state.zoom * factor))
        return button

    def _refresh(self) -> None:
        state = self._state
        self._title.set_text(document_title(state.document) if state.document else "")
        for part in self._pdf_parts:
            part.setVisible(state.n_pages > 0)
        self._page.blockSignals(True)
        self._page.setRange(1, max(state.n_pages, 1))
        self._page.setValue(state.page_number + 1)
        self._page.blockSignals(False)
        self._of.setText(tr("of {n}").format(n=state.n_pages))
        self._percent.setText(f"{state.zoom:.0%}")
