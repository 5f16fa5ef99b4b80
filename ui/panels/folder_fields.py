"""The two folders of a batch: the patients, and where their results lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QPushButton, QWidget

from ui.language import tr
from ui.panels.choice_row import SPACE, plain_button
from ui.panels.plain_label import plain_label


class FolderFields(QWidget):
    """Paths as they are typed. out_chosen: a folder of results was named for good, as a Path."""

    changed = Signal()
    out_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(SPACE)
        self.root_field, self._root_button = self._row(
            tr("Folder of patients"), tr("Its subfolders and archives are one patient each"), self._choose_root
        )
        self.out_field, self._out_button = self._row(
            tr("Folder for the results"),
            tr("A new folder, or that of an earlier batch to look at it and go on; empty: a new one of MedMM's own"),
            self._choose_out,
        )
        for field in (self.root_field, self.out_field):
            field.textChanged.connect(lambda: self.changed.emit())
        self.out_field.editingFinished.connect(self._on_out_typed)

    @property
    def root(self) -> Path | None:
        """The folder of patients."""
        return _path(self.root_field)

    @property
    def out(self) -> Path | None:
        """The folder of the results."""
        return _path(self.out_field)

    def fill(self, root: Path | None, out: Path | None) -> None:
        """Write folders into the fields; None leaves what stands there."""
        for field, path in ((self.root_field, root), (self.out_field, out)):
            if path is not None:
                field.setText(str(path))

    def set_locked(self, is_locked: bool) -> None:
        """Keep the folders as they are while they are worked in."""
        for field in (self.root_field, self.out_field):
            field.setReadOnly(is_locked)
        for button in (self._root_button, self._out_button):
            button.setEnabled(not is_locked)

    def _row(self, name: str, tip: str, choose: Callable[[], None]) -> tuple[QLineEdit, QPushButton]:
        row = self._grid.rowCount()
        label, field = plain_label(self, name), QLineEdit(self)
        field.setAccessibleName(name)
        field.setToolTip(tip)
        label.setBuddy(field)
        button = plain_button(self, tr("Choose..."), tip)
        button.setAccessibleName(f"{tr('Choose...')} {name}")
        button.clicked.connect(choose)
        for place, part in enumerate((label, field, button)):
            self._grid.addWidget(part, row, place)
        return field, button

    def _choose_root(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder of patients"), self.root_field.text())
        if name:
            self.root_field.setText(name)

    def _choose_out(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder for the results"), self.out_field.text())
        if name:
            self.out_field.setText(name)
            self.out_chosen.emit(Path(name))

    def _on_out_typed(self) -> None:
        out = self.out
        if out is not None and not self.out_field.isReadOnly():
            self.out_chosen.emit(out)


def _path(field: QLineEdit) -> Path | None:
    words = field.text().strip()
    return Path(words).absolute() if words else None
