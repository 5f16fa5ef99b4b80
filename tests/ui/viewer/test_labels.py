"""Labels stay in the view, beside what they are about, and off each other."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF

from ui.viewer.measuring.labels import LabelPlaces

VIEW, SIZE = QRectF(0, 0, 400, 300), QSizeF(80, 20)


def test_the_first_choice_is_to_the_right() -> None:
    box = LabelPlaces(VIEW).take(QRectF(100, 100, 50, 40), SIZE)

    assert (box.left(), box.center().y()) == (160, 120)


def test_at_the_right_edge_it_goes_to_the_left() -> None:
    assert LabelPlaces(VIEW).take(QRectF(330, 100, 50, 40), SIZE).right() == 320


def test_two_labels_of_one_place_do_not_cover_each_other() -> None:
    places, beside = LabelPlaces(VIEW), QRectF(150, 100, 50, 40)

    boxes = [places.take(beside, SIZE) for _ in range(4)]

    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert all(VIEW.contains(box) and not box.intersects(beside) for box in boxes)


def test_another_outline_is_kept_clear_while_there_is_room() -> None:
    places = LabelPlaces(VIEW)
    places.avoid(QRectF(155, 90, 100, 60))

    assert places.take(QRectF(100, 100, 50, 40), SIZE).right() == 90


def test_where_nothing_is_free_it_still_lies_in_the_view() -> None:
    box = LabelPlaces(VIEW).take(VIEW, SIZE)

    assert VIEW.contains(box)
