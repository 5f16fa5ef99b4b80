"""What the panels show for a state, seen through their public text and the widgets they hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from medmm.core.prediction import InputUse, Shares, TokenWeight
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.recording import Recording
from medmm.core.words import Words
from tests.ui.builders import make_case, make_finding, make_note, make_result
from ui import theme
from ui.actions import Actions
from ui.messages import Problem
from ui.panels.banner import RESEARCH_USE, Banner
from ui.panels.elided_label import ElidedLabel
from ui.panels.finding_row import Density, FindingRow, fitting_shares
from ui.panels.findings import FindingsPanel, finding_actions
from ui.panels.inputs_line import InputsLine, absence_lines, gate_reasons
from ui.panels.note import NotePanel
from ui.panels.note_look import mixed
from ui.panels.score_bar import ScoreBar
from ui.panels.stop_bar import StopBar
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.measurement_state import MeasurementState
from ui.state.note_offsets import NoteOffsets
from ui.state.patient import Stage
from ui.state.review_state import ReviewState

pytestmark = pytest.mark.gui


@pytest.fixture
def cases(application: QApplication) -> CaseState:
    made = CaseState()
    key = made.add(Path("/patients/a"))
    made.select(key)
    return made


def words(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]
    return "\n".join((*labels, *(label.text for label in widget.findChildren(ElidedLabel) if not label.isHidden())))


def scored(cases: CaseState) -> CaseState:
    cases.set_case(cases.key, make_case())
    cases.set_result(cases.key, make_result())
    return cases


def findings_panel(cases: CaseState, engine: EngineState | None = None) -> FindingsPanel:
    host = QWidget()
    actions = Actions(host)
    reviews = ReviewState(cases, MeasurementState(cases).stack_of, cases)
    panel = FindingsPanel(cases, engine or EngineState(cases), reviews, finding_actions(actions))
    host.setParent(panel)
    return panel


def test_the_banner_always_says_research_use_only(cases: CaseState) -> None:
    assert RESEARCH_USE in words(Banner(cases, EngineState(cases)))
    assert RESEARCH_USE in words(Banner(scored(cases), EngineState(cases)))


def test_the_banner_leaves_out_what_stands_elsewhere_before_it_cuts_the_name(cases: CaseState) -> None:
    banner = Banner(scored(cases), EngineState(cases))
    banner.show()
    name, patient, study, model = banner.findChildren(ElidedLabel)

    banner.resize(2000, 64)
    QApplication.processEvents()
    assert study.isVisible()
    assert model.isVisible()
    banner.resize(banner.layout().sizeHint().width() - model.sizeHint().width() - study.sizeHint().width(), 64)
    QApplication.processEvents()
    assert not model.isVisible()
    assert name.width() >= name.sizeHint().width()
    banner.resize(banner.layout().sizeHint().width() + 150, 64)
    QApplication.processEvents()
    assert study.isVisible()
    assert study.width() < study.sizeHint().width()
    assert patient.width() >= patient.sizeHint().width()
    banner.close()


def test_negative_findings_fold_into_one_line(cases: CaseState) -> None:
    panel = findings_panel(scored(cases))
    rows = {row.name: row for row in panel.findChildren(FindingRow)}

    assert rows["nodule"].isHidden()
    assert not rows["pneumonia"].isHidden()
    assert not rows["pulmonary_edema"].isHidden()


def test_choosing_a_row_selects_the_finding(cases: CaseState) -> None:
    panel = findings_panel(scored(cases))
    rows = {row.name: row for row in panel.findChildren(FindingRow)}

    rows["pulmonary_edema"].click()

    assert cases.finding is not None
    assert cases.finding.name == "pulmonary_edema"
    assert rows["pulmonary_edema"].sizeHint().height() > rows["pneumonia"].sizeHint().height()


@pytest.mark.parametrize("height", [420, 560, 900])
def test_four_findings_are_in_sight_however_low_the_panel(cases: CaseState, height: int) -> None:
    names = ("pneumonia", "nodule", "pulmonary_edema", "pleural_effusion", "cardiomegaly")
    result = make_result()
    shares = dict.fromkeys(names, result.shares["nodule"])
    findings = tuple(make_finding(name, 0.9 - place / 10, "positive") for place, name in enumerate(names))
    panel = findings_panel(cases)
    panel.resize(356, height)
    panel.show()

    cases.set_case(cases.key, make_case())
    cases.set_result(cases.key, replace(result, findings=findings, shares=shares))
    for _ in range(4):
        QApplication.processEvents()

    (scroll,) = panel.findChildren(QScrollArea)
    rows = sorted(panel.findChildren(FindingRow), key=lambda row: row.y())
    seen = [row for row in rows if row.geometry().bottom() <= scroll.viewport().height()]
    assert len(seen) >= 4
    panel.close()


def test_a_low_panel_gives_the_room_of_the_score_button_to_the_findings(cases: CaseState) -> None:
    panel = findings_panel(cases)
    panel.resize(356, 420)
    panel.show()
    (bar,) = panel.findChildren(ScoreBar)
    cases.set_case(cases.key, make_case())
    assert bar.isVisible()

    cases.set_result(cases.key, make_result())
    assert not bar.isVisible()
    cases.set_stage(cases.key, Stage.SCORING)
    assert bar.isVisible(), "how far the run is must be seen"
    cases.set_result(cases.key, make_result())
    panel.resize(356, 700)
    QApplication.processEvents()

    assert bar.isVisible()
    panel.close()


def test_a_short_row_still_says_what_the_reader_said(cases: CaseState) -> None:
    panel = findings_panel(scored(cases))
    row = next(row for row in panel.findChildren(FindingRow) if row.name == "pulmonary_edema")

    row.set_density(Density.CLOSE)

    assert row.sizeHint().height() < row.height_at(Density.FULL)
    assert "Reader:" in row.accessibleName()


def test_what_is_simply_not_there_is_no_warning(cases: CaseState) -> None:
    result = make_result()
    absent = QualityNote("no_vitals", Words("No vital signs were found."), kind=InputKind.VITALS)
    wrong = QualityNote("image_inverted", Words("The film is inverted."), Severity.WARNING, InputKind.IMAGE)
    uses = {InputKind.VITALS: InputUse(False, (absent,)), InputKind.IMAGE: InputUse(False, (wrong,))}
    result = replace(result, inputs_used={**result.inputs_used, **uses})

    assert gate_reasons(result, make_case()) == ["The film is inverted. (image_inverted)"]
    assert absence_lines(result, make_case()) == ["No vital signs were found."]


def test_what_is_warned_of_in_an_input_that_was_read_stands_beside_the_numbers() -> None:
    warned = QualityNote("image_burnt_in_text", Words("Text is burnt in."), Severity.WARNING, InputKind.IMAGE)
    told_only = QualityNote("image_chosen", Words("Image 1 of 2 was scored."), Severity.INFO, InputKind.IMAGE)
    result = replace(make_result(), inputs_used={InputKind.IMAGE: InputUse(True, (warned, told_only))})

    assert gate_reasons(result, make_case()) == ["Text is burnt in. (image_burnt_in_text)"]
    assert absence_lines(result, make_case()) == []


def test_a_row_tells_a_screen_reader_everything_it_paints(cases: CaseState) -> None:
    panel = findings_panel(scored(cases))
    row = next(row for row in panel.findChildren(FindingRow) if row.name == "pneumonia")

    for part in ("Pneumonia", "positive", "probability 0.83", "threshold 0.50", "image +1.4", "note −0.9"):
        assert part in row.accessibleName()


def test_an_uncertain_finding_says_why_when_it_is_chosen(cases: CaseState) -> None:
    reason = Words("Cannot tell at {level} %: both answers are possible.", level="90")
    result = make_result()
    doubtful = replace(result.findings[2], reason=reason)
    cases.set_case(cases.key, make_case())
    cases.set_result(cases.key, replace(result, findings=(*result.findings[:2], doubtful)))
    panel = findings_panel(cases)

    assert "Cannot tell" not in words(panel)
    cases.select_finding("pulmonary_edema")

    assert "Pulmonary edema: Cannot tell at 90 %: both answers are possible." in words(panel)


@pytest.mark.parametrize("is_calibrated", [False, True], ids=["uncalibrated model", "input outside the calibration"])
def test_no_percent_sign_without_calibration(cases: CaseState, *, is_calibrated: bool) -> None:
    cases.set_case(cases.key, make_case())
    plain = make_result(is_calibrated=is_calibrated)
    cases.set_result(
        cases.key, replace(plain, findings=tuple(replace(finding, probability=None) for finding in plain.findings))
    )

    shown = words(findings_panel(cases))

    assert "Uncalibrated score" in shown
    assert "%" not in shown
    assert "probability" not in shown


def test_an_input_that_the_gate_left_out_is_named_with_reason_and_code(cases: CaseState) -> None:
    result = make_result()
    message = Words("Vitals not used: temperature 101.3 has no unit.")
    gate = QualityNote("no_unit", message, Severity.WARNING, InputKind.VITALS)
    use = replace(result.inputs_used[InputKind.VITALS], used=False, gate=(gate,))
    cases.set_case(cases.key, make_case())
    cases.set_result(cases.key, replace(result, inputs_used={**result.inputs_used, InputKind.VITALS: use}))

    shown = words(findings_panel(cases))

    assert "Vitals not used: temperature 101.3 has no unit. (no_unit)" in shown
    assert "without vitals" in shown


def test_a_former_result_is_marked_while_a_new_one_is_made(cases: CaseState) -> None:
    scored(cases)
    cases.set_stage(cases.key, Stage.SCORING)

    assert "Previous result" in words(findings_panel(cases))


def test_without_an_engine_the_reason_stands_where_findings_would_be(cases: CaseState) -> None:
    cases.set_case(cases.key, make_case())
    engine = EngineState(cases)
    engine.set_failed(Problem("File model.safetensors does not match its checksum.", "Install the bundle again."))

    assert "File model.safetensors does not match its checksum. Install the bundle again." in words(
        findings_panel(cases, engine)
    )


def test_the_identity_stop_shows_both_values(cases: CaseState) -> None:
    case = make_case(stop=True)
    other = replace(case.notes[0], identity=replace(case.notes[0].identity, patient_id="004217"))
    cases.set_case(cases.key, replace(case, notes=(other,)))
    bar = StopBar(cases)

    assert not bar.isHidden()
    assert "image:  ID 004211  ·  WANG XIAOHONG · 王 小红  ·  12 Mar 1961" in words(bar)
    assert "note note.txt:  ID 004217" in words(bar)


def test_no_stop_bar_without_a_conflict(cases: CaseState) -> None:
    cases.set_case(cases.key, make_case())

    assert StopBar(cases).isHidden()


def test_the_note_is_shown_as_it_was_written(cases: CaseState) -> None:
    text = "<b>bold?</b> &amp; no markup\n\nsecond line"
    cases.set_case(cases.key, replace(make_case(), notes=(make_note(text),)))

    assert note_edit(NotePanel(cases)).toPlainText() == text


def test_weighted_words_are_tinted_at_their_place(cases: CaseState) -> None:
    panel = NotePanel(scored(cases))
    selections = tints(panel)

    assert [selection.cursor.selectedText() for selection in selections] == ["Cough", "No effusion"]
    raising, lowering = (selection.format.background().color() for selection in selections)
    assert raising.red() > raising.blue()
    assert lowering.green() > lowering.red()


def test_tints_stay_in_place_after_a_character_beyond_the_basic_plane(cases: CaseState) -> None:
    # U+20BB7 takes two of Qt's UTF-16 units and one of Python's characters.
    text = "𠮷田 Cough"
    cases.set_case(cases.key, replace(make_case(), notes=(make_note(text),)))
    result = make_result()
    explanation = replace(result.explanations["pneumonia"], tokens=(TokenWeight(3, 8, "Cough", 0.6),))
    cases.set_result(cases.key, replace(result, explanations={"pneumonia": explanation}))

    assert NoteOffsets(text).to_qt(3) == 4
    panel = NotePanel(cases)
    assert tints(panel)[0].cursor.selectedText() == "Cough"


@pytest.mark.parametrize("strength", [0.05, 0.3, 0.5, 0.6, 0.75])
@pytest.mark.parametrize("token", [theme.POSITIVE, theme.NEGATIVE])
def test_tinted_words_stay_readable(strength: float, token: str) -> None:
    # WCAG 2.2, 1.4.3: 4.5:1 for body text, with the better of the two inks; 4.2 is reached in the very middle.
    background = mixed(token, strength)

    assert max(theme.contrast(ink, background) for ink in (theme.TEXT, "#000000")) >= 4.0


def test_the_note_follows_the_selected_finding(cases: CaseState) -> None:
    panel = NotePanel(scored(cases))

    cases.select_finding("pulmonary_edema")

    assert tints(panel) == []


def note_edit(panel: NotePanel) -> QPlainTextEdit:
    return panel.findChildren(QPlainTextEdit)[0]


def tints(panel: NotePanel) -> list[QTextEdit.ExtraSelection]:
    marks = note_edit(panel).extraSelections()
    return [mark for mark in marks if mark.format.hasProperty(QTextFormat.Property.BackgroundBrush)]


def test_a_recording_is_spoken_of_where_there_is_one_or_one_was_missed(cases: CaseState) -> None:
    sound = Recording(np.zeros(24_000, np.float32), 8000, Path("<b>base.wav"))
    no_sound = QualityNote("no_audio", Words("There is no recording in this folder."), kind=InputKind.AUDIO)
    case, result = make_case(), make_result()
    used = {**result.inputs_used, InputKind.AUDIO: InputUse(True)}
    missed = {**result.inputs_used, InputKind.AUDIO: InputUse(False, (no_sound,))}
    line = InputsLine(cases)

    cases.set_case(cases.key, case)
    cases.set_result(cases.key, result)
    assert "audio" not in words(line)

    cases.set_result(cases.key, replace(result, inputs_used=missed))
    assert "no audio" in words(line)
    assert "There is no recording in this folder." in words(line)
    assert "(no_audio)" not in words(line)

    cases.set_case(cases.key, replace(case, audio=(sound,)))
    cases.set_result(cases.key, replace(result, inputs_used=used))
    assert "audio used" in words(line)
    (label,) = (label for label in line.findChildren(QLabel) if "audio" in label.text())
    assert "&lt;b&gt;base.wav: 3.0 s, 8000 Hz" in label.toolTip()


@pytest.mark.parametrize("width", [300, 356, 700])
def test_no_input_is_cut_off_however_narrow_the_panel(cases: CaseState, width: int) -> None:
    sound = Recording(np.zeros(24_000, np.float32), 8000, Path("base.wav"))
    result = make_result()
    line = InputsLine(cases)
    line.resize(width, 60)
    line.show()

    cases.set_case(cases.key, replace(make_case(), audio=(sound,)))
    cases.set_result(cases.key, replace(result, inputs_used=dict.fromkeys(InputKind, InputUse(True))))
    QApplication.processEvents()

    labels = [label for label in line.findChildren(QLabel) if "used" in label.text()]
    assert len(labels) == 4
    assert all(label.width() >= label.sizeHint().width() for label in labels)
    assert len({label.y() for label in labels}) == (1 if width == 700 else 2)
    line.close()


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (190, ["image", "note", "vitals", "audio"]),  # four of 40 and three gaps of 10
        (189, ["image", "note", "audio"]),
        (100, ["image", "note"]),
        (39, []),
    ],
)
def test_the_smallest_shares_give_way_where_the_row_is_narrow(room: float, expected: list[str]) -> None:
    by_kind = dict(zip(InputKind, (1.4, -0.9, 0.0, 0.8), strict=True))

    shown = fitting_shares(Shares("pneumonia", by_kind, 0.0, 1.3), dict.fromkeys(InputKind, 40.0), room)

    assert [kind.value for kind in shown] == expected


def test_tab_goes_from_the_score_button_to_the_selected_row_and_the_fold(cases: CaseState) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    panel = findings_panel(cases)
    after = QLineEdit(window)
    column.addWidget(panel)
    column.addWidget(after)
    window.show()
    window.activateWindow()
    for _ in range(2):
        cases.set_case(cases.key, make_case())
        cases.set_result(cases.key, make_result())
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    window.findChildren(QPushButton)[0].setFocus()

    stops: list[QWidget | None] = []
    while window.focusWidget() is not after and len(stops) < 10:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        stops.append(window.focusWidget())

    # Of the rows the selected one is a stop of Tab; the arrow keys go on from there.
    assert [stop.name for stop in stops if isinstance(stop, FindingRow)] == ["pneumonia"]
    assert isinstance(stops[-3], FindingRow)
    assert isinstance(stops[-2], QToolButton)
    assert stops[-1] is after


def test_a_low_panel_of_findings_keeps_the_room_of_its_button_and_of_words_that_wrap(cases: CaseState) -> None:
    cases.set_case(cases.key, make_case())
    window = QMainWindow()
    panel = findings_panel(cases)
    dock = QDockWidget(window)
    dock.setWidget(panel)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.setCentralWidget(QWidget(window))
    window.resize(280, 60)
    window.show()
    QApplication.processEvents()

    parts = [*panel.findChildren(QPushButton), *panel.findChildren(QLabel)]
    for part in parts:
        if part.isVisible():
            least = part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.minimumSizeHint().height()
            assert part.height() >= least, part
