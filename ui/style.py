"""The style sheet of the window, with the tokens of `ui.theme` left open."""

from __future__ import annotations

from string import Template

STYLE = Template("""
* { outline: none; }
QWidget { color: $text; font-size: ${body}px; }
QMainWindow, QDialog, QMessageBox { background: $ground; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }

QToolBar { background: $panel; border: none; border-bottom: 1px solid $line; padding: 4px 8px; spacing: 4px;
  icon-size: ${px18}px; }
QToolBar::separator { background: $line; width: 1px; margin: 4px 4px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 3px 7px;
  min-height: ${height}px; min-width: 20px; }
QToolButton:hover { background: $raised; border-color: $line; }
QToolButton:checked, QToolButton:pressed { background: $raised; border-color: $accent; color: $accent; }
QToolButton:disabled { color: $text_off; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }

QPushButton { background: $raised; border: 1px solid $control_line; border-radius: 4px; padding: 0 12px;
  min-height: ${height}px; }
QPushButton:hover { border-color: $text_2; }
QPushButton:focus, QPushButton:default { border-color: $accent; }
QPushButton:pressed { background: $line; }
QPushButton:checked { border-color: $accent; color: $accent; }
QPushButton:disabled { color: $text_off; border-color: $line; }

QMenuBar { background: $panel; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 3px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:checked { color: $accent; }
QMenu::item:disabled { color: $text_off; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QDockWidget { color: $text_2; font-size: ${second}px; }
QDockWidget::title { background: $panel; padding: 8px 12px; border-bottom: 1px solid $line; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QSplitter::handle { background: $line; }
QStatusBar { background: $panel; border-top: 1px solid $line; color: $text_2; font-size: ${second}px; }
QStatusBar::item { border: none; }

QTabBar::tab { background: transparent; color: $text_2; padding: 6px 12px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover, QTabBar::tab:focus { color: $text; background: $raised; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox { background: $panel;
  border: 1px solid $control_line; border-radius: 4px; padding: 2px 8px; selection-background-color: $accent;
  selection-color: $ground; }
QLineEdit, QComboBox { min-height: ${px22}px; }
QSpinBox, QDoubleSpinBox { min-height: ${px19}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: $accent; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; selection-background-color: $selected; }
QComboBox::drop-down { border: none; width: ${px20}px; }
QComboBox::down-arrow, QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { width: 12px; height: 12px;
  image: url("$style/chevron_down.svg"); }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { width: 12px; height: 12px; image: url("$style/chevron_up.svg"); }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
  border: none; background: transparent; width: ${px20}px; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${px14}px; height: ${px14}px; background: $panel;
  border: 1px solid $control_line; border-radius: 3px; }
QRadioButton::indicator { border-radius: ${px8}px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus, QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$style/$check.svg"); }
QRadioButton::indicator:checked { border: 4px solid $accent; background: $ground; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $text_off; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QAbstractItemView { background: $panel; border: none; alternate-background-color: $raised;
  selection-background-color: $selected; selection-color: $text; }
QAbstractItemView:focus { border: 1px solid $accent; }
QTableView::item { padding: 0 8px; }
QHeaderView::section { background: $panel; color: $text_2; border: none; border-bottom: 1px solid $line;
  padding: 4px 8px; font-size: ${second}px; }
QScrollArea { border: none; background: transparent; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $control_line; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $text_2; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { width: 0; height: 0;
  background: none; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $text; width: 12px; margin: -4px 0; border-radius: 6px; }
QSlider:focus { border: 1px solid $accent; border-radius: 4px; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
  color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QFrame[role="card"] { background: $raised; border: 1px solid $line; border-radius: 6px; }
QFrame[role="panel"] { background: $panel; }
QFrame[role="stop"] { background: $panel; border: 1px solid $stop; border-radius: 4px; }
QFrame[role="warning"] { background: $panel; border: 1px solid $warning; border-radius: 4px; }
QLabel[role="section"] { font-size: ${section}px; font-weight: 600; }
QLabel[role="second"] { color: $text_2; font-size: ${second}px; }
QLabel[role="number"] { font-size: ${number}px; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="stop"] { color: $stop; }
""")
