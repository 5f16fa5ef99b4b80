"""Mouse and keys on the canvas do what a radiologist expects."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from medmm.core.image import Window
from tests.ui.viewer.builders import make_image
from ui.state.view_habits import ViewHabits
from ui.state.view_state import CornerText, Tool, ViewState
from ui.viewer.canvas import ImageCanvas

pytestmark = pytest.mark.gui
Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier
STACK = np.tile(np.arange(200, dtype=np.int16) * 10, (30, 150, 1))


@pytest.fixture
def canvas(application: QApplication) -> Iterator[ImageCanvas]:
    made = ImageCanvas(ViewState())
    made.resize(600, 450)
    made.set_image(make_image(STACK, modality="CT", windows=(Window(1000, 300, "A"), Window(500, 600, "B & C"))))
    made.show()
    application.processEvents()
    yield made
    made.deleteLater()
    application.processEvents()


def drag(canvas: ImageCanvas, button: Qt.MouseButton, way: QPoint, *, keys: Qt.KeyboardModifier = Modifier.NoModifier) -> None:  # fmt: skip # noqa: E501
    start = QPoint(200, 200)
    QTest.mousePress(canvas, button, keys, start)
    for part in (way / 2, way):
        QTest.mouseMove(canvas, start + part)
    QTest.mouseRelease(canvas, button, keys, start + way)


def wheel(canvas: ImageCanvas, delta: int, *, keys: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    place = QPointF(100, 100)
    event = QWheelEvent(place, place, QPoint(), QPoint(0, delta), Button.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip # noqa: E501
    QApplication.sendEvent(canvas, event)


def shown_window(canvas: ImageCanvas) -> Window:
    voi = canvas.view_state.voi
    assert isinstance(voi, Window)
    return voi


def test_a_left_drag_to_the_right_widens_the_window(canvas: ImageCanvas) -> None:
    drag(canvas, Button.LeftButton, QPoint(100, 0))

    # The first window is 300 wide and a drag of 300 pixels doubles it.
    assert shown_window(canvas).width == pytest.approx(400)
    assert shown_window(canvas).center == pytest.approx(1000)


def test_with_the_other_habit_a_drag_down_widens_the_window(canvas: ImageCanvas) -> None:
    canvas.view_state.set_habits(ViewHabits(horizontal_drag_is_width=False))

    drag(canvas, Button.LeftButton, QPoint(0, 100))

    assert shown_window(canvas).width == pytest.approx(400)


def test_a_left_drag_down_raises_the_level(canvas: ImageCanvas) -> None:
    drag(canvas, Button.LeftButton, QPoint(0, 100))

    assert shown_window(canvas).center == pytest.approx(1100)
    assert shown_window(canvas).width == pytest.approx(300)


def test_the_width_never_falls_below_one(canvas: ImageCanvas) -> None:
    drag(canvas, Button.LeftButton, QPoint(-500, 0))

    assert shown_window(canvas).width == 1.0


def test_a_burst_of_moves_is_one_step(canvas: ImageCanvas) -> None:
    steps: list[int] = []
    canvas.view_state.window_changed.connect(lambda: steps.append(1))
    QTest.mousePress(canvas, Button.LeftButton, pos=QPoint(200, 200))
    QApplication.processEvents()

    for right in range(1, 51):
        QApplication.sendEvent(canvas, _move_event(QPointF(200 + right, 200)))
    assert steps == []
    QApplication.processEvents()

    assert steps == [1]
    assert shown_window(canvas).width == pytest.approx(350)
    QTest.mouseRelease(canvas, Button.LeftButton, pos=QPoint(250, 200))


@pytest.mark.parametrize(("key", "width"), [(Modifier.ControlModifier, 500), (Modifier.ShiftModifier, 312.5)])
def test_ctrl_is_faster_and_shift_finer(canvas: ImageCanvas, key: Qt.KeyboardModifier, width: float) -> None:
    QTest.mousePress(canvas, Button.LeftButton, key, QPoint(200, 200))
    QApplication.sendEvent(canvas, _move_event(QPointF(250, 200), keys=key))
    QTest.mouseRelease(canvas, Button.LeftButton, key, QPoint(250, 200))

    assert shown_window(canvas).width == pytest.approx(width)


def test_a_middle_drag_moves_the_image_with_the_pointer(canvas: ImageCanvas) -> None:
    before = canvas.placement().to_image(QPointF(200, 200))

    drag(canvas, Button.MiddleButton, QPoint(60, -30))

    after = canvas.placement().to_image(QPointF(260, 170))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_a_right_drag_up_magnifies_and_opens_no_menu(canvas: ImageCanvas) -> None:
    drag(canvas, Button.RightButton, QPoint(0, -150))

    assert canvas.view_state.zoom == pytest.approx(2.0)
    assert canvas.findChildren(QMenu) == []


def test_a_right_click_offers_the_windows_with_their_names(canvas: ImageCanvas) -> None:
    QTest.mouseClick(canvas, Button.RightButton, pos=QPoint(200, 200))

    (menu,) = canvas.findChildren(QMenu)
    titles = [action.text() for action in menu.actions()]
    checked = [action.text() for action in menu.actions() if action.isChecked()]
    menu.close()
    assert checked == ["A   W 300  L 1000\t1"]
    assert titles[:6] == [
        "A   W 300  L 1000\t1",
        "B && C   W 600  L 500\t2",
        "",
        "Auto: full range\t3",
        "Auto: 0.5 to 99.5 percentile\t4",
        "",
    ]
    assert canvas.view_state.zoom == 1.0


def test_the_wheel_goes_through_slices_and_ctrl_wheel_zooms_at_the_pointer(canvas: ImageCanvas) -> None:
    first = canvas.view_state.slice_index
    wheel(canvas, -120)
    wheel(canvas, -60)
    wheel(canvas, -60)
    before = canvas.placement().to_image(QPointF(100, 100))

    wheel(canvas, 120, keys=Modifier.ControlModifier)

    assert canvas.view_state.slice_index == first + 2
    assert canvas.view_state.zoom == pytest.approx(1.15)
    after = canvas.placement().to_image(QPointF(100, 100))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_space_shows_the_overlay_only_while_held(canvas: ImageCanvas) -> None:
    QTest.keyPress(canvas, Key.Key_Space)
    held = canvas.view_state.is_overlay_shown
    QTest.keyRelease(canvas, Key.Key_Space)

    assert held
    assert not canvas.view_state.is_overlay_shown


def test_keys_turn_invert_scroll_and_choose(canvas: ImageCanvas) -> None:
    view = canvas.view_state
    for key in (Key.Key_I, Key.Key_R, Key.Key_H, Key.Key_O, Key.Key_P, Key.Key_Home, Key.Key_Down, Key.Key_2):
        QTest.keyClick(canvas, key)
    QTest.keyClick(canvas, Key.Key_Down, Modifier.ShiftModifier)

    assert view.is_inverted
    assert (view.orientation.turns, view.orientation.is_mirrored) == (3, True)
    assert view.corner_text is CornerText.MINIMAL
    assert view.tool is Tool.PAN
    assert view.slice_index == 11
    assert shown_window(canvas).explanation == "B & C"


def test_the_same_image_again_leaves_the_view_as_it_is(canvas: ImageCanvas) -> None:
    canvas.view_state.set_zoom(3)

    canvas.set_image(canvas.view_state.image)

    assert canvas.view_state.zoom == 3


def test_a_window_that_cannot_be_shown_is_said_on_the_canvas(canvas: ImageCanvas) -> None:
    canvas.view_state.set_voi(Window(0, 0.2))

    shown = canvas.grab().toImage()

    # The sentence is painted in the colour of trouble in the middle of the view.
    reds = [shown.pixelColor(x, y) for x in range(120, 480) for y in range(190, 240)]
    assert any(color.red() > 200 and color.blue() < 140 for color in reds)


def test_empty_loading_and_trouble_take_no_gesture(canvas: ImageCanvas) -> None:
    for show in (canvas.show_loading, canvas.show_problem):
        show("A sentence")
        drag(canvas, Button.LeftButton, QPoint(50, 50))
        wheel(canvas, 120)
        QTest.keyClick(canvas, Key.Key_2)
        canvas.grab()

    assert canvas.view_state.voi is None


def test_a_double_click_is_told(canvas: ImageCanvas) -> None:
    told: list[bool] = []
    canvas.double_clicked.connect(lambda: told.append(True))

    QTest.mouseDClick(canvas, Button.LeftButton, pos=QPoint(200, 200))

    assert told == [True]


def _move_event(place: QPointF, *, keys: Qt.KeyboardModifier = Modifier.NoModifier) -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    return QMouseEvent(QEvent.Type.MouseMove, place, place, Button.NoButton, Button.LeftButton, keys)
