"""The training screen: a configuration and a folder go in, curves and figures come out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from medmm.core.resources import resource
from medmm.core.words import as_title
from medmm.workflow.training_log import FindingResult
from ui import theme
from ui.dialogs.close_box import close_box
from ui.language import told, tr
from ui.panels.plain_label import plain_label, tint
from ui.panels.push_button import PRIMARY
from ui.panels.training_curves import TrainingCurves
from ui.state.training_state import TrainingState

STEPS = 1000


class TrainingDialog(QDialog):
    """Not modal; closing it lets the run go on."""

    def __init__(self, state: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setWindowTitle(tr("Train a model"))
        room = self.screen().availableSize()
        self.resize(min(theme.scaled(820), room.width() - 64), min(theme.scaled(720), room.height() - 64))
        self.config = _path_field(self, tr("Training configuration"), tr("A YAML file that says what is trained"))
        self.folder = _path_field(self, tr("Output folder"), tr("Where patients, checkpoints and the bundle are put"))
        self.begin = _button(self, tr("Start"), tr("Start, or go on where the run in this folder stopped"))
        self.stop = _button(self, tr("Stop"), tr("Stop the run; its finished epochs stay"))
        self.sentence = plain_label(self, wraps=True)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the training"))
        self.bar.setToolTip(tr("Finished part of all epochs"))
        self.curves = TrainingCurves(self)
        self.table = _figures_table(self)
        self._lay_out()
        for field in (self.config, self.folder):
            field.textChanged.connect(self._refresh)
        self.begin.clicked.connect(self._on_begin)
        self.stop.clicked.connect(state.stop)
        state.changed.connect(self._refresh)
        self.config.setText(str(state.config or resource("training") / "chest-multimodal.yaml"))
        self.folder.setText(str(state.folder or ""))
        self._refresh()
        self.folder.setFocus()

    def _lay_out(self) -> None:
        fields, stops = self._fields()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.begin)
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        box = close_box(self)
        # Return in a field means Start; closed by it, the screen would be gone after the folder was typed.
        box.button(QDialogButtonBox.StandardButton.Close).setDefault(False)
        box.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.begin.setDefault(True)
        theme.dress(self.begin, PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(fields)
        column.addLayout(buttons)
        for part in (self.sentence, self.bar):
            column.addWidget(part)
        column.addWidget(self.curves, 1)
        column.addWidget(self.table, 1)
        column.addWidget(box)
        for before, after in pairwise([*stops, self.begin, self.stop, self.table, box]):
            self.setTabOrder(before, after)

    def _fields(self) -> tuple[QGridLayout, list[QWidget]]:
        """Lay out the two paths, and give what Tab stops at among them."""
        grid, stops = QGridLayout(), []
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for row, (field, choose) in enumerate(((self.config, self._choose_config), (self.folder, self._choose_folder))):
            label = plain_label(self, field.accessibleName())
            label.setBuddy(field)
            button = _button(self, tr("Choose..."), field.toolTip())
            button.setAccessibleName(f"{tr('Choose...')} {field.accessibleName()}")
            button.clicked.connect(choose)
            for place, part in enumerate((label, field, button)):
                grid.addWidget(part, row, place)
            stops += [field, button]
        return grid, stops

    def _choose_config(self) -> None:
        folder = str(Path(self.config.text()).parent)
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Training configuration"), folder, tr("Configurations (*.yaml *.yml)")
        )
        if name:
            self.config.setText(name)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Output folder"), self.folder.text())
        if name:
            self.folder.setText(name)

    def _on_begin(self) -> None:
        self._state.start(Path(self.config.text().strip()), Path(self.folder.text().strip()))

    def _refresh(self) -> None:
        state = self._state
        is_ready = bool(self.config.text().strip() and self.folder.text().strip())
        self.begin.setEnabled(is_ready and not state.is_running)
        self.stop.setEnabled(state.is_running)
        for field in (self.config, self.folder):
            field.setReadOnly(state.is_running)
        self.begin.setText(tr("Go on") if state.was_stopped else tr("Start"))
        self.begin.setAccessibleName(self.begin.text())
        self.sentence.setText(state.sentence)
        tint(self.sentence, theme.TEXT if state.problem is None else theme.STOP)
        is_preparing = state.is_running and not state.progress.n_epochs
        self.bar.setRange(0, 0 if is_preparing else STEPS)
        self.bar.setValue(STEPS if state.progress.bundle else round(STEPS * state.progress.done))
        self.curves.show_points(state.progress.points)
        _fill(self.table, state.progress.figures)


def _path_field(parent: QWidget, name: str, tip: str) -> QLineEdit:
    field = QLineEdit(parent)
    field.setAccessibleName(name)
    field.setToolTip(tip)
    return field


def _button(parent: QWidget, text: str, tip: str) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button


def _figures_table(parent: QWidget) -> QTableWidget:
    titles = [tr("Data"), tr("Finding"), tr("Cases"), tr("Positive"), tr("AUROC"), tr("95 % interval")]
    table = QTableWidget(0, len(titles), parent)
    table.setHorizontalHeaderLabels(titles)
    for column in range(len(titles)):
        side = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
        table.horizontalHeaderItem(column).setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    table.setAccessibleName(tr("Figures of the new model"))
    table.setToolTip(tr("Measured on patients that were not trained on"))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    table.hide()
    return table


def _fill(table: QTableWidget, figures: tuple[FindingResult, ...]) -> None:
    table.setVisible(bool(figures))
    table.setRowCount(len(figures))
    for row, one in enumerate(figures):
        interval = "–" if one.low is None or one.high is None else f"{one.low:.3f}–{one.high:.3f}"
        auroc = "–" if one.auroc is None else f"{one.auroc:.3f}"
        texts = (one.domain, told(as_title(one.name)), str(one.n), str(one.positives), auroc, interval)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column > 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, item)
