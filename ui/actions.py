"""The actions of a window, made from the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui.action_table import TABLE, ActionRow
from ui.icons import icon, icon_names
from ui.key_table import PORTABLE, Changes, native, shown_keys
from ui.language import tr


class Actions(QObject):
    """The actions by name, made from the table."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {row.name: self._make(row) for row in TABLE}
        self.set_keys({})

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def bind(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Say what each action does; a name that is not in the table is a KeyError."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def set_keys(self, changes: Changes) -> None:
        """Take other keys than the usual ones; each tip names the key in force."""
        shown = shown_keys(changes)
        for row in TABLE:
            action, keys = self._actions[row.name], shown[row.name]
            action.setShortcut(QKeySequence.fromString(keys, PORTABLE))
            action.setToolTip(f"{tr(row.tip)} ({native(keys)})" if keys else tr(row.tip))

    def in_menu(self, menu: str) -> list[QAction]:
        """Give a menu's actions in the order of the table."""
        return [self._actions[row.name] for row in TABLE if row.menu == menu]

    def _make(self, row: ActionRow) -> QAction:
        action = QAction(tr(row.text), self)
        action.setIconText(tr(row.short) if row.short else action.text().replace("&", "").rstrip("."))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
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
