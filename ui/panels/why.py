"""The Why tab: the selected finding in sentences, and how strongly its map is drawn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSlider, QVBoxLayout, QWidget

from ui import theme
from ui.language import mark, told, tr
from ui.panels.plain_label import plain_label, tint
from ui.panels.what_if_table import WhatIfTable
from ui.state.case_state import CaseState
from ui.state.map_words import map_line, map_warning, shown_map
from ui.state.similar_words import MEANING, similar_lines
from ui.state.sound_words import sound_lines
from ui.state.view_state import ViewState
from ui.state.what_if_words import what_if_rows
from ui.state.why_words import headline, note_lines, sum_lines, vital_lines

NOTHING = mark("Select a finding to see why it got its number.")
WHAT_IF = mark("What would change the answer")
SECTIONS = SUM, IMAGE, NOTE, VITALS, SOUND, SIMILAR, CHECKS = (
    mark("Sum of the inputs"),
    mark("Image"),
    mark("Note"),
    mark("Vitals"),
    mark("Sound"),
    mark("Similar training cases"),
    mark("Checks of this case"),
)


class WhyPanel(QScrollArea):
    """Follows the selected finding."""

    def __init__(self, cases: CaseState, view: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._view = view
        self._head = plain_label(self, wraps=True)
        self._texts = {title: plain_label(self, wraps=True, pixels=theme.SIZE_SECOND) for title in SECTIONS}
        self._sections: dict[str, QWidget] = {}
        self._what_if = WhatIfTable(self)
        self._opacity = QSlider(Qt.Orientation.Horizontal, self)
        self._opacity_line = QWidget(self)
        self._map_warning = plain_label(self, wraps=True, pixels=theme.SIZE_SECOND, token=theme.WARNING)
        self._build()
        for signal in (cases.current_changed, cases.case_changed, cases.result_changed, cases.finding_changed):
            signal.connect(self._refresh)
        view.overlay_changed.connect(self._refresh_opacity)
        self._opacity.valueChanged.connect(lambda value: view.set_overlay_opacity(value / 100))
        self._refresh()
        self._refresh_opacity()

    def _build(self) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(self._head)
        for title, text in self._texts.items():
            if title is IMAGE:
                self._sections[WHAT_IF] = _section(WHAT_IF, self._what_if, page)
                column.addWidget(self._sections[WHAT_IF])
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._sections[title] = _section(title, text, page)
            column.addWidget(self._sections[title])
        self._sections[SIMILAR].setToolTip(tr(MEANING))
        column.addStretch(1)
        self._build_opacity()
        section = self._sections[IMAGE].layout()
        if section is not None:
            section.addWidget(self._map_warning)
            section.addWidget(self._opacity_line)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setProperty("role", "panel")
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _build_opacity(self) -> None:
        line = QHBoxLayout(self._opacity_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(plain_label(self, tr("Strength of the overlay"), pixels=theme.SIZE_SECOND, token=theme.TEXT_2))
        self._opacity.setRange(10, 90)
        self._opacity.setAccessibleName(tr("Strength of the overlay"))
        self._opacity.setToolTip(tr("How strongly the map covers the image. Hold Space to see the map."))
        line.addWidget(self._opacity, 1)

    def _refresh(self) -> None:
        finding, result, case = self._cases.finding, self._cases.result, self._cases.case
        self._head.setText(headline(finding, result) if finding and result else tr(NOTHING))
        explanation = self._cases.explanation
        texts = dict.fromkeys(SECTIONS, "")
        if finding is not None and result is not None:
            shares = result.shares.get(finding.name)
            texts[SUM] = "\n".join(sum_lines(shares, explanation.joint if explanation else None))
            texts[IMAGE] = map_line(explanation, finding)
            texts[NOTE] = "\n".join(note_lines(explanation)) if explanation else ""
            texts[VITALS] = "\n".join(vital_lines(explanation.vitals)) if explanation else ""
            texts[SOUND] = "\n".join(sound_lines(result, finding))
            texts[SIMILAR] = "\n".join(similar_lines(result.similar, finding))
        warning = map_warning(explanation, finding) if finding else ""
        self._map_warning.setText(warning)
        self._map_warning.setVisible(bool(warning))
        checks = (result.checks if result else ()) or (case.checks if case else ())
        texts[CHECKS] = "\n".join(f"{tr(check.severity.value)}: {told(check.message)}" for check in checks)
        for title, text in texts.items():
            self._texts[title].setText(text)
            self._sections[title].setVisible(bool(text))
        rows = what_if_rows(finding, explanation.what_if) if finding and explanation else ()
        self._what_if.show_rows(rows)
        self._sections[WHAT_IF].setVisible(bool(rows))
        self._opacity_line.setVisible(shown_map(finding, explanation, None) is not None)

    def _refresh_opacity(self) -> None:
        value = round(self._view.overlay_opacity * 100)
        if value != self._opacity.value():
            self._opacity.setValue(value)


def _section(title: str, content: QWidget, parent: QWidget) -> QWidget:
    section = QWidget(parent)
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    heading = plain_label(section, tr(title))
    tint(heading, theme.TEXT_2, pixels=theme.SIZE_SECOND, is_bold=True)
    column.addWidget(heading)
    column.addWidget(content)
    return section
