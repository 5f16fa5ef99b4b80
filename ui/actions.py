"""One table of everything a menu, a key or the toolbar can ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui.icons import icon, icon_names


@dataclass(frozen=True)
class ActionRow:
    """One line of the table. short: text on buttons; tip: one sentence; menu: "" for none; group: exclusive choice."""

    name: str
    menu: str
    text: str
    keys: str
    tip: str
    short: str = ""
    group: str = ""
    is_checkable: bool = False


TABLE: tuple[ActionRow, ...] = (
    ActionRow("open_folder", "&File", "&Open patient folder...", "Ctrl+O", "Open a patient folder", "Open a folder"),
    ActionRow("open_files", "&File", "Open &files...", "Ctrl+Shift+O", "Open files or an archive of one patient"),
    ActionRow(
        "open_sample",
        "&File",
        "Open the &sample patient",
        "Ctrl+Shift+E",
        "Open the patient that ships with MedMM",
        "Open the sample patient",
    ),
    ActionRow(
        "score_folder",
        "&File",
        "S&core a folder of patients...",
        "Ctrl+B",
        "Score every patient folder below a folder, one after the other",
        "Score a folder",
    ),
    ActionRow("export_pdf", "&File", "&Export report as PDF...", "Ctrl+E", "Write the report as a PDF", "Report"),
    ActionRow("close_patient", "&File", "&Close patient", "Ctrl+W", "Close the patient shown"),
    ActionRow("quit", "&File", "&Quit", "Ctrl+Q", "Stop all work and quit"),
    ActionRow("score", "&Case", "&Score", "Ctrl+Return", "Score the patient shown", "Score"),
    ActionRow("cancel", "&Case", "C&ancel", "Esc", "Stop the work on the patient shown", "Cancel"),
    ActionRow("cancel_all", "&Case", "Cancel all &work", "Ctrl+Esc", "Stop all background work", "Cancel"),
    ActionRow("read_again", "&Case", "&Read again from disk", "F5", "Read the patient shown once more"),
    ActionRow(
        "import_report", "&Case", "&Import report...", "Ctrl+I", "Which files were read, which were skipped, why"
    ),
    ActionRow("next_patient", "&Case", "&Next patient", "N", "Show the next opened patient"),
    ActionRow("previous_patient", "&Case", "&Previous patient", "Shift+N", "Show the previous opened patient"),
    ActionRow(
        "restart_engine", "&Case", "Start the &engine again", "Ctrl+F5", "Start a fresh engine process", "Start again"
    ),
    ActionRow(
        "window",
        "&View",
        "&Window / level",
        "W",
        "Drag on the image to change window width and level",
        "W/L",
        "tool",
        True,
    ),
    ActionRow("pan", "&View", "&Pan", "P", "Drag to move the image", "Pan", "tool", True),
    ActionRow("zoom", "&View", "&Zoom", "Z", "Drag to magnify the image", "Zoom", "tool", True),
    ActionRow("scroll", "&View", "&Scroll slices", "S", "Drag to go through the slices", "Scroll", "tool", True),
    ActionRow("invert", "&View", "&Invert", "I", "Swap black and white", "Invert"),
    ActionRow("flip_horizontal", "&View", "Flip &horizontally", "H", "Swap left and right; the letters follow"),
    ActionRow("flip_vertical", "&View", "Flip &vertically", "V", "Swap top and bottom; the letters follow"),
    ActionRow("rotate", "&View", "&Rotate by a quarter", "R", "Turn the image clockwise"),
    ActionRow("fit", "&View", "&Fit to the view", "=", "Show the whole image", "Fit"),
    ActionRow("reset", "&View", "Rese&t the view", "Ctrl+0", "Back to how the image was first shown", "Reset"),
    ActionRow("corner_text", "&View", "&Corner text", "O", "All, minimal or no text over the image"),
    ActionRow(
        "overlay",
        "&View",
        "&Overlay of the selected finding",
        "Ctrl+Space",
        "Keep the map of the selected finding on; hold Space to see it for a moment",
        "Overlay",
        "",
        True,
    ),
    ActionRow("full_screen", "&View", "F&ull screen", "F11", "The window on the whole screen", "", "", True),
    ActionRow("shortcuts", "&Help", "&Keys", "F1", "Every key on one page"),
    ActionRow("about", "&Help", "&About MedMM", "", "Version, model, licence and limits"),
)
TOOLBAR = (
    "open_folder",
    "",
    "window",
    "pan",
    "zoom",
    "scroll",
    "",
    "fit",
    "invert",
    "reset",
    "",
    "score",
    "overlay",
    "",
    "export_pdf",
)


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
