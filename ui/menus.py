"""Hang the actions into menus and the toolbar."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow, QMenuBar, QVBoxLayout, QWidget

from ui.actions import Actions, menus
from ui.language import tr
from ui.toolbar import ToolBar


def place_top(window: QMainWindow, actions: Actions) -> QWidget:
    """Put menus and toolbar above everything; rows that go over the full width can be added to what comes back.

    One widget instead of toolbar areas: a toolbar hides what does not fit, and identity must never be hidden.
    """
    top = QWidget(window)
    column = QVBoxLayout(top)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.setMenuBar(make_menu_bar(window, actions))
    column.addWidget(ToolBar(actions, top))
    window.setMenuWidget(top)
    return top


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
