"""Hang the actions into menus and the toolbar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QToolBar

from ui.actions import TOOLBAR, Actions, menus


def fill_menus(window: QMainWindow, actions: Actions) -> None:
    """Make the menu bar; every action also works by its key while the menu is closed."""
    for title in menus():
        menu = window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        for action in actions.in_menu(title):
            menu.addAction(action)
            window.addAction(action)


def make_toolbar(window: QMainWindow, actions: Actions) -> QToolBar:
    """Make the toolbar: an empty name in its table is a separator."""
    bar = QToolBar("Toolbar", window)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(QSize(18, 18))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    for name in TOOLBAR:
        if name:
            bar.addAction(actions[name])
            button = bar.widgetForAction(actions[name])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(actions[name].iconText())
        else:
            bar.addSeparator()
    return bar
