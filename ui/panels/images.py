"""The images of the patient shown, as thumbnails with modality, view and number of slices."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPaintEvent, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from medmm.core.image import MedicalImage
from ui import theme
from ui.panels.empty_hint import paint_empty_hint
from ui.state.case_state import CaseState

THUMBNAIL = 64


class ImagesPanel(QListWidget):
    """Thumbnails are asked for once a case is read and come in from a worker."""

    thumbnails_wanted = Signal(object)

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self.setAccessibleName("Images of this patient")
        self.setToolTip("Images of this patient; click one to see it")
        self.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.currentRowChanged.connect(self._on_row_changed)
        cases.current_changed.connect(self._refresh)
        cases.case_changed.connect(self._refresh)
        cases.image_changed.connect(self._refresh_selection)
        self._refresh()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_empty_hint(self, "No image." if self._cases.case else "The patient's images appear here.")

    def show_thumbnails(self, pictures: tuple[QImage, ...]) -> None:
        """Put the pictures that were asked for on their rows."""
        for row, picture in enumerate(pictures[: self.count()]):
            self.item(row).setIcon(_icon(QPixmap.fromImage(picture)))

    def _refresh(self) -> None:
        images = self._cases.case.images if self._cases.case else ()
        self.blockSignals(True)
        self.clear()
        for image in images:
            item = QListWidgetItem(_blank(), image_words(image))
            item.setToolTip(image_words(image))
            self.addItem(item)
        self.blockSignals(False)
        self._refresh_selection()
        if images:
            self.thumbnails_wanted.emit(images)

    def _refresh_selection(self) -> None:
        if self.count():
            self.setCurrentRow(self._cases.image_index)

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self._cases.select_image(row)


def image_words(image: MedicalImage) -> str:
    """Describe an image in two short lines."""
    header = image.header
    what = " ".join(part for part in (header.modality, header.body_part.lower(), header.view_position) if part)
    rows, cols = image.size
    extent = f"{image.n_slices} slices" if image.n_slices > 1 else f"{rows} × {cols}"
    return f"{what or image.instances[0].path.name}\n{extent}"


def _blank() -> QIcon:
    picture = QPixmap(THUMBNAIL, THUMBNAIL)
    picture.fill(theme.color(theme.RAISED))
    return _icon(picture)


def _icon(picture: QPixmap) -> QIcon:
    icon = QIcon(picture)
    # Without a picture of its own, the selected state is tinted: greys of a radiograph must stay grey.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
