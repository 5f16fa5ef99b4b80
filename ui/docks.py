"""Mend what Qt leaves behind when docks that share a place are restored."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar


def hide_dead_tabs(window: QMainWindow) -> None:
    """Hide rows of tabs that no longer belong to a dock: a restored layout gets new ones and the old stay on top.

    A living row is known by its following the docks as they come to the front.
    """
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    living = {bar for dock in window.findChildren(QDockWidget) for bar in _bars_of(window, dock, bars)}
    for bar in bars:
        if bar not in living:
            bar.hide()


def _bars_of(window: QMainWindow, dock: QDockWidget, bars: list[QTabBar]) -> list[QTabBar]:
    others = window.tabifiedDockWidgets(dock)
    if not others:
        return []
    first = [bar.currentIndex() for bar in bars]
    dock.raise_()
    here = [bar.currentIndex() for bar in bars]
    others[0].raise_()
    there = [bar.currentIndex() for bar in bars]
    found = [place for place in range(len(bars)) if here[place] != there[place]]
    for place in found:
        title = bars[place].tabText(first[place])
        for each in (dock, *others):
            if each.windowTitle() == title:
                each.raise_()
    return [bars[place] for place in found]
