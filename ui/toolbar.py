"""The toolbar: icons with words, and icons alone for the tools where the window is too narrow for all words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget
from typing_extensions import override

from ui.action_table import TOOLBAR
from ui.actions import Actions
from ui.language import tr

# These keep their words in every width: they begin and end the work on a patient.
ALWAYS_NAMED = ("open_folder", "score", "export_pdf")


class ToolBar(QToolBar):
    """Made from its table: an empty name is a separator. Every button has a tooltip that names its key."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(tr("Toolbar"), parent)
        self._tools: list[QToolButton] = []
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in TOOLBAR:
            if name:
                self._add(name, actions)
            else:
                self.addSeparator()
        more = self.findChild(QToolButton, "qt_toolbar_ext_button")
        if more is not None:
            more.setAccessibleName(tr("More tools"))
            more.setToolTip(tr("Tools that do not fit"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())
        super().resizeEvent(event)

    def _add(self, name: str, actions: Actions) -> None:
        self.addAction(actions[name])
        button = self.widgetForAction(actions[name])
        assert isinstance(button, QToolButton), "an action without a widget of its own gets a button"
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(actions[name].iconText())
        if name not in ALWAYS_NAMED and not actions[name].icon().isNull():
            self._tools.append(button)

    def _fit(self, width: int) -> None:
        # Words that do not fit would be cut in their middle: rather none at all.
        self._style_tools(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if self.sizeHint().width() > width:
            self._style_tools(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _style_tools(self, style: Qt.ToolButtonStyle) -> None:
        for button in self._tools:
            button.setToolButtonStyle(style)
