"""The actions of a window, made from the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui.action_table import TABLE, ActionRow
from ui.icons import icon, icon_names


class Actions(QObject):
    """The actions by name, made from the table."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {row.name: self._make(row) for row in TABLE}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def bind(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Say what each action does; a name that is not in the table is a KeyError."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def in_menu(self, menu: str) -> list[QAction]:
        """Give a menu's actions in the order of the table."""
        return [self._actions[row.name] for row in TABLE if row.menu == menu]

    def _make(self, row: ActionRow) -> QAction:
        action = QAction(row.text, self)
        action.setIconText(row.short or row.text.replace("&", "").rstrip("."))
        action.setShortcut(QKeySequence(row.keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(f"{row.tip} ({row.keys})" if row.keys else row.tip)
        if row.name in icon_names():
            action.setIcon(icon(row.name))
        action.setCheckable(row.is_checkable)
        if row.group:
            group = self._groups.setdefault(row.group, QActionGroup(self))
            group.addAction(action)
        return action


def menus() -> list[str]:
    """Give the menus in the order of the table."""
    return list(dict.fromkeys(row.menu for row in TABLE))
