"""The Sound tab: drawn behind the window, read off by pointer and keys, weights only while they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from medmm.core.case import Case
from medmm.core.heat_map import SoundMap
from medmm.core.prediction import CaseResult, Explanation, InputUse
from medmm.core.quality import InputFile, InputKind
from medmm.core.recording import Recording
from tests.ui.builders import make_case, make_result, move_mouse
from ui.panels.sound import SoundPanel
from ui.panels.sound_chart import SoundChart
from ui.panels.sound_frame import SoundFrame
from ui.panels.sound_paint import tick_seconds
from ui.state.case_state import CaseState
from ui.state.view_state import ViewState
from ui.tasks import Tasks

pytestmark = pytest.mark.gui
RATE = 8000
Spin = Callable[[Callable[[], bool]], bool]


def make_recording(name: str = "lungs.wav", *, hz: float = 500.0, seconds: float = 6.0) -> Recording:
    time = np.arange(round(seconds * RATE)) / RATE
    tone = np.sin(2 * np.pi * hz * time) * ((time >= 2) & (time < 3))
    return Recording((0.3 * tone).astype(np.float32), RATE, Path("/patients/a") / name, sha256=f"sha of {name}")


def heard_case(*names: str) -> Case:
    return replace(make_case(), audio=tuple(make_recording(name) for name in names or ("lungs.wav",)))


def heard_result(*names: str, n_bands: int = 4) -> CaseResult:
    """Pneumonia is positive and rests on the third second of the first file; edema is uncertain."""
    weights = np.zeros((n_bands, 12), np.float32)
    weights[1, 4:6] = 0.1
    bands = tuple((40.0 + 490 * k, 530.0 + 490 * k) for k in range(n_bands))
    sounds = (SoundMap(weights, 0.5, bands, 0), SoundMap(weights * 0, 0.5, bands, 1))[: len(names or ("lungs.wav",))]
    result = make_result()
    return replace(
        result,
        inputs_used={**result.inputs_used, InputKind.AUDIO: InputUse(True)},
        inputs=tuple(InputFile(InputKind.AUDIO, name, f"sha of {name}") for name in names or ("lungs.wav",)),
        explanations={"pneumonia": Explanation("pneumonia", sounds=sounds)},
    )


class Desk:
    """The panel with what it follows."""

    def __init__(self) -> None:
        self.tasks, self.cases, self.view = Tasks(), CaseState(), ViewState()
        self.cases.select(self.cases.add(Path("/patients/a")))
        self.panel = SoundPanel(self.cases, self.tasks, self.view)
        self.panel.resize(380, 300)
        self.panel.show()

    @property
    def chart(self) -> SoundChart:
        return self.panel.findChildren(SoundChart)[0]

    @property
    def frame(self) -> SoundFrame:
        frame = self.chart.frame
        assert frame is not None
        return frame

    def open(self, case: Case, spin: Spin) -> None:
        self.cases.set_case(self.cases.key, case)
        assert spin(lambda: self.panel.state.spectrogram is not None)

    def said(self) -> str:
        return "\n".join(label.text() for label in self.panel.findChildren(QLabel) if label.isVisible())

    def picture(self) -> QImage:
        return self.chart.grab().toImage()


@pytest.fixture
def desk(application: QApplication) -> Iterator[Desk]:
    made = Desk()
    application.processEvents()
    yield made
    made.tasks.close(timeout_s=2)
    made.panel.close()
    made.panel.deleteLater()


def test_the_tone_is_bright_at_its_time_and_pitch(desk: Desk, spin: Spin) -> None:
    desk.open(heard_case(), spin)

    image, frame = desk.picture(), desk.frame
    y = round(frame.y_of(500))
    sounding, silent = (image.pixelColor(round(frame.x_of(at)), y).lightness() for at in (2.5, 4.5))

    assert sounding > 200
    assert silent < 20


def test_pointing_reads_off_seconds_hertz_and_decibels(desk: Desk, spin: Spin) -> None:
    desk.open(heard_case(), spin)

    move_mouse(desk.chart, QPoint(round(desk.frame.x_of(2.5)), round(desk.frame.y_of(500))))

    seconds, hertz, level = desk.chart.readout().split("   ")
    assert float(seconds.removesuffix(" s")) == pytest.approx(2.5, abs=0.05)
    assert float(hertz.removesuffix(" Hz")) == pytest.approx(500, abs=60)
    assert float(level.removesuffix(" dB").replace("−", "-")) > -3


def test_arrows_read_off_and_bring_what_is_out_of_sight(desk: Desk, spin: Spin) -> None:
    desk.open(heard_case(), spin)
    desk.chart.setFocus()

    QTest.keyClick(desk.chart, Qt.Key.Key_Right)
    QTest.keyClick(desk.chart, Qt.Key.Key_Up)
    first = desk.panel.state.cursor
    QTest.keyClick(desk.chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    later = desk.panel.state.cursor
    for _ in range(12):
        QTest.keyClick(desk.chart, Qt.Key.Key_Plus)
    seen = desk.panel.state.axis
    for _ in range(30):
        QTest.keyClick(desk.chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)

    assert first is not None
    assert later is not None
    assert first.band == later.band == 25
    assert later.seconds - first.seconds == pytest.approx(10 * 0.016, abs=0.016)
    assert seen.span < 1
    axis, cursor = desk.panel.state.axis, desk.panel.state.cursor
    assert cursor.seconds < 0.02
    assert axis.start == pytest.approx(0, abs=0.02)
    assert axis.span == pytest.approx(seen.span)
    assert "s" in desk.chart.accessibleDescription()


def test_wheel_zooms_about_the_pointer_and_zero_shows_all(desk: Desk, spin: Spin) -> None:
    desk.open(heard_case(), spin)
    at = QPointF(desk.frame.x_of(1.5), desk.frame.body.center().y())
    event = QWheelEvent(at, desk.chart.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip

    QApplication.sendEvent(desk.chart, event)

    assert desk.frame.axis.span == pytest.approx(6 / 1.25**2)
    assert desk.frame.x_of(1.5) == pytest.approx(at.x(), abs=0.5)
    QTest.keyClick(desk.chart, Qt.Key.Key_0)
    assert (desk.frame.axis.start, desk.frame.axis.end) == (0, 6)


def test_weights_are_off_at_first_and_seen_while_the_overlay_is_held(desk: Desk, spin: Spin) -> None:
    desk.open(heard_case(), spin)
    desk.cases.set_result(desk.cases.key, heard_result())
    before = desk.picture()
    heavy = QPoint(round(desk.frame.x_of(2.5)), round(desk.frame.y_of(900)))

    desk.view.hold_overlay(True)
    held = desk.picture()
    move_mouse(desk.chart, heavy)
    words = desk.chart.readout()
    desk.view.hold_overlay(False)
    move_mouse(desk.chart, QPoint(2, 2))

    assert before.pixelColor(heavy).saturation() == 0
    assert held.pixelColor(heavy).saturation() > 60
    # Two halves of a second with 0.1 logits in one band of four: 0.1 * 4 / 0.5 a second.
    assert words.endswith("+0.800 logit/s")
    assert desk.picture() == before


def test_what_the_overlay_is_or_why_there_is_none_is_said(desk: Desk, spin: Spin) -> None:
    desk.open(heard_case(), spin)
    desk.cases.set_result(desk.cases.key, heard_result())

    said = desk.said()
    desk.cases.select_finding("pulmonary_edema")
    uncertain = desk.said()
    desk.view.hold_overlay(True)

    assert "Moments of the recording that raised the score" in said
    assert "map resolution 4×12" in said
    assert "stability not tested" in said
    assert "Hold Space" in said
    assert "No map is shown for a finding that is uncertain." in uncertain
    assert desk.chart.weights_shown is None


def test_the_map_belongs_to_its_recording_however_the_window_counts(desk: Desk, spin: Spin) -> None:
    # The engine read b.wav first.
    desk.open(heard_case("a.wav", "b.wav"), spin)
    desk.cases.set_result(desk.cases.key, heard_result("b.wav", "a.wav"))
    choice = desk.panel.findChildren(QComboBox)[0]

    first = desk.panel.state.weights
    choice.setCurrentIndex(1)
    choice.activated.emit(1)

    assert [choice.itemText(row) for row in range(2)] == ["a.wav: 6.0 s, 8000 Hz", "b.wav: 6.0 s, 8000 Hz"]
    assert choice.isVisible()
    assert first is not None
    assert first.values.max() == 0
    assert desk.panel.state.weights.values.max() > 0
    assert spin(lambda: desk.panel.state.spectrogram is not None)


def test_without_a_recording_the_tab_says_so(desk: Desk) -> None:
    desk.cases.set_case(desk.cases.key, make_case())

    assert "There is no recording among this patient's files." in desk.said()
    assert not desk.chart.isVisible()


def test_a_cancelled_drawing_is_told_and_tried_again_by_a_click(desk: Desk, spin: Spin) -> None:
    desk.cases.set_case(desk.cases.key, heard_case())
    desk.tasks.cancel_all()

    assert "cancelled" in desk.panel.state.trouble
    QTest.mouseClick(desk.chart, Qt.MouseButton.LeftButton)
    assert spin(lambda: desk.panel.state.spectrogram is not None)


def test_a_patient_seen_before_is_drawn_at_once(desk: Desk, spin: Spin) -> None:
    desk.open(heard_case(), spin)
    key = desk.cases.key
    other = desk.cases.add(Path("/patients/b"))
    desk.cases.set_case(other, make_case(Path("/patients/b")))

    desk.cases.select(other)
    without = desk.panel.state.spectrogram
    desk.cases.select(key)

    assert without is None
    assert desk.panel.state.spectrogram is not None
    assert not desk.tasks.running


@pytest.mark.parametrize(("width", "span"), [(380, 6.0), (900, 6.0), (380, 0.25), (380, 600.0)])
def test_ticks_are_round_and_leave_room_for_their_numbers(desk: Desk, spin: Spin, width: int, span: float) -> None:
    desk.open(heard_case(), spin)
    frame = replace(desk.frame, width=float(width), axis=replace(desk.frame.axis, start=0, end=span))

    places = [frame.x_of(seconds) for seconds in tick_seconds(frame)]

    assert 2 <= len(places) <= frame.body.width() / 38
    assert min(np.diff(places)) >= 39


def test_leaving_takes_the_cursor_away(desk: Desk, spin: Spin) -> None:
    desk.open(heard_case(), spin)
    move_mouse(desk.chart, QPoint(round(desk.frame.x_of(2.5)), round(desk.frame.y_of(500))))
    assert desk.panel.state.cursor is not None

    QApplication.sendEvent(desk.chart, QEvent(QEvent.Type.Leave))

    assert desk.panel.state.cursor is None
