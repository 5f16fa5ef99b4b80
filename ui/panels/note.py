"""The Note tab: one of the patient's notes with its sections, a search, and marks for weights and negation."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ui import theme
from ui.icons import icon
from ui.language import tr
from ui.panels.note_find import ICON, NoteFindBar
from ui.panels.note_legend import NoteLegend
from ui.panels.note_text import NoteText
from ui.panels.plain_label import plain_label
from ui.state.case_state import CaseState
from ui.state.note_search import NoteSearch, search_note
from ui.state.note_spans import token_scale, weight_spans
from ui.state.note_words import note_line, note_remark, section_title


class NotePanel(QFrame):
    """Plain text only: whatever the note contains is shown as characters, never as markup."""

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._search = NoteSearch()
        # Which sections are folded, by patient and note.
        self._folded: dict[tuple[str, int], frozenset[int]] = {}
        self._choice = QComboBox(self)
        self._sections = QComboBox(self)
        self._fold_all = _fold_button(self)
        self._find = NoteFindBar(self)
        self._text = NoteText(self)
        self._legend = NoteLegend(self)
        self._space = QWidget(self)
        self._remark = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2, wraps=True)
        self._build()
        self._connect()
        self._refresh_notes()

    def find(self) -> None:
        """Begin to look for words in the note."""
        if self._cases.note is not None:
            self._find.begin()

    def step(self, by: int) -> None:
        """Look at the next or previous place."""
        self._show_search(self._search.stepped(by))

    def _build(self) -> None:
        self.setProperty("role", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        strip = QHBoxLayout()
        strip.setSpacing(8)
        strip.addWidget(self._sections, 2)
        strip.addWidget(self._fold_all)
        strip.addWidget(self._find, 3)
        column.addWidget(self._choice)
        column.addLayout(strip)
        for part in (self._text, self._legend, self._remark):
            column.addWidget(part)
        column.addWidget(self._space, 1)
        for box in (self._choice, self._sections):
            # Its longest line must not widen the dock.
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        self._choice.setAccessibleName(tr("Which note"))
        self._choice.setToolTip(tr("Choose one of the notes of this patient"))
        self._sections.setAccessibleName(tr("Section of the note"))
        self._sections.setToolTip(
            tr("The section at the top of the view; choose another to go there. In the text, ← folds it and → opens it")
        )

    def _connect(self) -> None:
        cases = self._cases
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._refresh_notes)
        for signal in (cases.result_changed, cases.finding_changed):
            signal.connect(self._refresh_tints)
        cases.note_changed.connect(self._show_note)
        self._choice.currentIndexChanged.connect(cases.select_note)
        self._sections.activated.connect(self._go_to_section)
        self._text.top_changed.connect(self._refresh_section)
        self._text.fold_asked.connect(self._fold_section)
        self._text.folding.changed.connect(self._on_folded)
        self._fold_all.clicked.connect(self._fold_or_open_all)
        self._find.words_changed.connect(self._look_for)
        self._find.stepped.connect(self.step)
        self._find.left.connect(self._text.setFocus)

    def _refresh_notes(self) -> None:
        notes = self._cases.case.notes if self._cases.case else ()
        self._choice.blockSignals(True)
        self._choice.clear()
        self._choice.addItems([note_line(note) for note in notes])
        self._choice.blockSignals(False)
        self._choice.setVisible(len(notes) > 1)
        self._show_note()

    def _show_note(self) -> None:
        note = self._cases.note
        self._choice.blockSignals(True)
        self._choice.setCurrentIndex(self._cases.note_index if note else -1)
        self._choice.blockSignals(False)
        self._text.show_note(note, self._folded.get(self._place, frozenset()))
        for part in (self._text, self._find):
            part.setVisible(note is not None)
        self._space.setVisible(note is None)
        sections = note.sections if note else ()
        self._sections.clear()
        titles = {name: section_title(name) for name in {section.name for section in sections}}
        self._sections.addItems([titles[section.name] for section in sections])
        self._sections.setVisible(len(sections) > 1)
        self._refresh_fold_button()
        # The words looked for stay, their places are another note's.
        words, self._search = self._search.words, NoteSearch()
        self._look_for(words)
        self._refresh_tints()

    def _go_to_section(self, row: int) -> None:
        note = self._cases.note
        if note is not None and row < len(note.sections):
            self._text.jump_to(note.sections[row].start)
            # The last sections cannot come to the top: the choice stands all the same.
            self._sections.setCurrentIndex(row)
            self._text.setFocus()

    def _fold_section(self, is_folding: bool) -> None:
        row = {self._sections.currentIndex()}
        folding = self._text.folding
        folding.close_only(folding.folded | row if is_folding else folding.folded - row)

    def _fold_or_open_all(self) -> None:
        folding = self._text.folding
        folding.close_only(() if folding.folded else {fold.section for fold in folding.folds})

    def _on_folded(self) -> None:
        self._folded[self._place] = self._text.folding.folded
        self._refresh_fold_button()

    def _refresh_fold_button(self) -> None:
        words = tr("Open all sections") if self._text.folding.folded else tr("Fold all sections to their headings")
        self._fold_all.setAccessibleName(words)
        self._fold_all.setToolTip(words)
        self._fold_all.setVisible(bool(self._text.folding.folds))
        self._fold_all.setEnabled(bool(self._text.folding.folds))

    @property
    def _place(self) -> tuple[str, int]:
        return self._cases.key, self._cases.note_index

    def _refresh_section(self) -> None:
        note = self._cases.note
        if note is not None and note.sections:
            row = bisect_right(note.sections, self._text.top_index(), key=lambda section: section.start) - 1
            self._sections.setCurrentIndex(row)

    def _look_for(self, words: str) -> None:
        note = self._cases.note
        # Typing on stays at the place that is looked at, as long as it still fits.
        near = self._search.place[0] if self._search.place else self._text.top_index()
        self._show_search(search_note(note.text, words, near=near) if note else NoteSearch(words))

    def _show_search(self, search: NoteSearch) -> None:
        self._search = search
        self._text.set_search(search)
        self._find.show_search(search)

    def _refresh_tints(self) -> None:
        explanation, result, note = self._cases.explanation, self._cases.result, self._cases.note
        index = self._cases.note_index
        tokens = [token for token in explanation.tokens if token.note_index == index] if explanation and note else []
        scale = token_scale(result) if result else 0.0
        self._text.set_weights(weight_spans(tokens, scale))
        finding = self._cases.finding
        self._legend.show_scale(finding.title if finding else "", scale if tokens else 0.0)
        self._legend.setVisible(note is not None)
        remark = note_remark(note, result) if self._cases.case is not None else ""
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))


def _fold_button(panel: QWidget) -> QToolButton:
    button = QToolButton(panel)
    button.setIcon(icon("fold_sections"))
    button.setIconSize(QSize(ICON, ICON))
    theme.dress(button, "min-width: 0; min-height: 0; padding: 3px;")
    return button
