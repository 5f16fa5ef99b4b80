"""What this program is, which model is loaded, and what neither may be used for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

import medmm
from medmm.core.prediction import ModelIdentity
from ui import theme
from ui.dialogs.close_box import close_box
from ui.language import mark, tr
from ui.panels.plain_label import plain_label, tint

PURPOSE = mark(
    "MedMM reads a patient's image, clinical note and vital signs together, scores findings with a multimodal model "
    "and shows what each score rests on."
)
# Items of EU MDR GSPR 23.2 that apply to software without a conformity mark.
LIMITS = mark(
    "For research use only. Not for diagnostic use. No CE mark, not FDA cleared. The map over the image shows areas "
    "that changed the score; it does not show disease. Outlines and sizes must not be taken from it."
)
LICENCE = mark("Apache License 2.0. Provided without warranty.")


class AboutDialog(QDialog):
    """All words can be selected and copied."""

    def __init__(self, identity: ModelIdentity | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About MedMM"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        title = plain_label(self, f"MedMM {medmm.__version__}")
        tint(title, theme.TEXT, pixels=theme.SIZE_NUMBER)
        column.addWidget(title)
        for text, token in ((tr(PURPOSE), theme.TEXT), (tr(LIMITS), theme.WARNING),
                            (model_words(identity), theme.TEXT_2), (tr(LICENCE), theme.TEXT_2)):  # fmt: skip
            label = plain_label(self, text, token=token, wraps=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addWidget(close_box(self))


def model_words(identity: ModelIdentity | None) -> str:
    """Describe the loaded model with its hash and its stated limits."""
    if identity is None:
        return tr("No model is loaded.")
    lines = [
        tr("Model {name} {version}, {runtime} on {device}, {precision}").format(
            name=identity.name,
            version=identity.version,
            runtime=identity.runtime,
            device=identity.device,
            precision=identity.precision,
        ),
        f"SHA-256 {identity.sha256}",
        tr("Numbers are calibrated probabilities.")
        if identity.is_calibrated
        else tr("Numbers are uncalibrated scores."),
        *identity.limits,
    ]
    return "\n".join(lines)
