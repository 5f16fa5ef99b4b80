"""Hang the actions into menus and the toolbar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMenuBar, QToolBar, QToolButton, QVBoxLayout, QWidget

from ui.action_table import TOOLBAR
from ui.actions import Actions, menus
from ui.language import tr


def place_top(window: QMainWindow, actions: Actions, *rows: QWidget) -> None:
    """Put menus, toolbar and the rows that go over the full width, such as the banner, above everything.

    One widget instead of toolbar areas: a toolbar hides what does not fit, and identity must never be hidden.
    """
    top = QWidget(window)
    column = QVBoxLayout(top)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.setMenuBar(make_menu_bar(window, actions))
    column.addWidget(make_toolbar(actions, top))
    for row in rows:
        column.addWidget(row)
    window.setMenuWidget(top)


def make_menu_bar(window: QMainWindow, actions: Actions) -> QMenuBar:
    """Make the menu bar; every action also works by its key while the menu is closed."""
    bar = QMenuBar(window)
    for title in menus():
        menu = bar.addMenu(tr(title))
        menu.setToolTipsVisible(True)
        for action in actions.in_menu(title):
            menu.addAction(action)
            window.addAction(action)
    return bar


def make_toolbar(actions: Actions, parent: QWidget) -> QToolBar:
    """Make the toolbar: an empty name in its table is a separator."""
    bar = QToolBar(tr("Toolbar"), parent)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    for name in TOOLBAR:
        if name:
            bar.addAction(actions[name])
            button = bar.widgetForAction(actions[name])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(actions[name].iconText())
        else:
            bar.addSeparator()
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    if more is not None:
        more.setAccessibleName(tr("More tools"))
        more.setToolTip(tr("Tools that do not fit"))
    return bar
