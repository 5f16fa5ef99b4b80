"""What the corners say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from medmm.core.image import LookupTable, StudyHeader, Window
from medmm.core.quality import QualityNote, Severity
from tests.ui.viewer.builders import SITUATION, make_image, make_view
from ui import theme
from ui.state.view_state import CornerText
from ui.viewer.corner_text import (
    ALWAYS,
    DETAIL,
    FIXED,
    RESEARCH_USE,
    USUAL,
    Corners,
    Line,
    Situation,
    is_outside,
    to_date,
    write_corners,
)
from ui.viewer.corners import lowest_rank, paint_corners
from ui.viewer.outlined_text import broken, cut, plain
from ui.viewer.slice_pixels import SlicePixels

RAMP = np.arange(0, 3000, 10, dtype=np.int16).reshape(1, 15, 20)


def corners(*, pointer: tuple[int, int] | None = None, window: Window | None = None, **more: object) -> Corners:
    image = make_image(RAMP, **more)
    view = make_view(image)
    view.set_voi(window)
    return write_corners(view, SlicePixels(image, 0), Situation(1.5, pointer, "chest-multimodal 1.2, ready"))


def texts(lines: object) -> list[str]:
    return [line.text for line in lines]  # type: ignore[attr-defined]


def test_the_patient_stands_top_left_with_both_spellings_and_goes_last() -> None:
    lines = corners().top_left

    assert texts(lines) == ["WANG XIAOHONG · 王 小红", "ID 004211 F", "born 12 Mar 1961"]
    assert [line.rank for line in lines] == [ALWAYS, USUAL, DETAIL]


def test_the_model_and_research_use_stand_bottom_right_always() -> None:
    lines = corners().bottom_right[-2:]

    assert texts(lines) == ["AI: chest-multimodal 1.2, ready", RESEARCH_USE]
    assert {line.rank for line in lines} == {FIXED}


def test_the_pixel_under_the_pointer_has_its_value_unit_and_place() -> None:
    header = StudyHeader(modality="CT", units="HU")

    assert "1230 HU   row 6  col 3" in texts(corners(pointer=(6, 3), header=header).bottom_left)


def test_a_radiograph_has_no_hounsfield_units() -> None:
    assert "1230   row 6  col 3" in texts(corners(pointer=(6, 3)).bottom_left)


def test_a_window_beside_the_data_is_amber_and_says_so() -> None:
    line = corners(window=Window(-5000, 100)).bottom_left[-1]

    assert line.text == "W 100  L -5000   outside the data"
    assert line.color == theme.WARNING
    assert line.rank == ALWAYS


@pytest.mark.parametrize(
    ("photometric", "expected"),
    [
        # Of the 300 values 0, 10 ... 2990 50 lie below 500 and 149 above 1500.
        ("MONOCHROME2", "clipped: 17 % black, 50 % white"),
        ("MONOCHROME1", "clipped: 50 % black, 17 % white"),
    ],
)
def test_what_the_window_does_not_tell_apart_is_counted(photometric: str, expected: str) -> None:
    lines = corners(window=Window(1000, 1000), photometric_interpretation=photometric).bottom_left

    assert expected in texts(lines)


def test_a_sigmoid_says_so_and_clips_only_where_it_is_all_black_or_white() -> None:
    lines = corners(window=Window(1000, 1000, "", "SIGMOID")).bottom_left

    # From -558 to 2558 greys differ: of the values 0, 10 ... 2990 the 44 above are all white.
    assert "W 1000  L 1000  SIGMOID" in texts(lines)
    assert "clipped: 0 % black, 15 % white" in texts(lines)


def test_padding_is_not_counted_as_clipped() -> None:
    lines = corners(window=Window(1000, 1000), padding_value=0, padding_limit=490).bottom_left

    assert "clipped: 0 % black, 60 % white" in texts(lines)


def test_from_six_screen_pixels_on_single_pixels_are_shown() -> None:
    image = make_image(RAMP)

    lines = write_corners(make_view(image), SlicePixels(image, 0), Situation(6.0, None, "")).bottom_left

    assert lines[0].text == "zoom 6.00x  single pixels"


def test_a_window_that_touches_the_data_is_not_outside() -> None:
    assert not is_outside(Window(-50, 100), (0, 2990))
    assert is_outside(Window(-51, 100), (0, 2990))
    assert is_outside(LookupTable(5000, np.zeros(10, np.uint16), 8), (0, 2990))


def test_lossy_compression_and_geometry_trouble_are_named() -> None:
    note = QualityNote("gap", "slice 57 of 212 is missing", Severity.WARNING)

    lines = corners(notes=(note,), header=StudyHeader(lossy="lossy 12:1")).bottom_left

    assert [line.text for line in lines if line.color == theme.WARNING] == ["slice 57 of 212 is missing", "lossy 12:1"]


def test_geometry_comes_first_and_stays_when_the_corner_texts_are_hidden() -> None:
    notes = (
        QualityNote("patient_id_missing", "The image states no Patient ID.", Severity.WARNING),
        QualityNote("window_invalid", "A window is ignored.", Severity.WARNING),
        QualityNote("slices_missing", "2 slices are missing.", Severity.WARNING),
    )

    lines = corners(notes=notes, header=StudyHeader(lossy="lossy 12:1")).bottom_left

    assert [(line.text, line.rank) for line in lines if line.color == theme.WARNING] == [
        ("2 slices are missing.", FIXED),
        ("The image states no Patient ID.", USUAL),
        ("and 1 more remarks", DETAIL),
        ("lossy 12:1", FIXED),
    ]
    assert lowest_rank(CornerText.NONE, 800, 800) == FIXED


def test_the_study_is_named_with_the_time_of_acquisition() -> None:
    header = StudyHeader(
        institution="HOSPITAL", study_description="CHEST", study_id="4711", accession_number="88",
        study_date="20261103", study_time="120000", acquisition_datetime="20261103140205.5",
    )  # fmt: skip

    assert texts(corners(header=header).top_right) == [
        "HOSPITAL", "CHEST", "study 4711", "acc 88", "3 Nov 2026 14:02",
    ]  # fmt: skip


def test_without_a_time_of_acquisition_the_studys_own_stands() -> None:
    header = StudyHeader(study_date="20261103", study_time="120000")

    assert texts(corners(header=header).top_right) == ["3 Nov 2026 12:00"]


def test_a_time_of_acquisition_of_the_old_form_is_read(application: object) -> None:
    header = StudyHeader(acquisition_datetime="1993.02.2417:15:30.00")

    assert texts(corners(header=header).top_right) == ["24 Feb 1993 17:15"]


def test_series_contrast_thickness_location_side_and_view_stand_bottom_right() -> None:
    header = StudyHeader(
        series_number="3", series_description="THORAX", contrast="IODINE", slice_thickness="2.5",
        modality="MG", body_part="BREAST", view_position="MLO", laterality="R",
    )  # fmt: skip
    image = make_image(RAMP, header=header)
    image = replace(image, instances=(replace(image.instances[0], position_mm=-120.25),))

    lines = write_corners(make_view(image), SlicePixels(image, 0), SITUATION).bottom_right

    assert texts(lines)[:5] == [
        "series 3", "THORAX", "contrast IODINE", "thickness 2.5 mm  location -120.2 mm", "MG BREAST MLO right",
    ]  # fmt: skip


def test_a_slice_is_counted_and_has_its_own_number_in_brackets() -> None:
    image = make_image(np.repeat(RAMP, 3, axis=0))
    parts = (replace(part, instance_number=57 - n, path=Path(f"{n}")) for n, part in enumerate(image.instances))
    view = make_view(replace(image, instances=tuple(parts)))
    assert view.image is not None

    lines = write_corners(view, SlicePixels(view.image, 1), SITUATION).bottom_left

    assert "slice [56] 2 / 3" in texts(lines)


def test_header_values_are_cut_at_25_characters_and_stay_one_plain_line() -> None:
    assert cut("A" * 25) == "A" * 25
    assert cut("A" * 26) == "A" * 24 + "…"
    assert plain("<b>x</b>\r\ny\u202e z") == "<b>x</b> y z"


def test_dates_spell_the_month_and_odd_ones_stay() -> None:
    assert to_date("20261103") == "3 Nov 2026"
    assert to_date("20261399") == "20261399"
    assert to_date("2026") == "2026"
    assert to_date("1993.02.24") == "24 Feb 1993"


def test_lines_go_in_steps_as_the_view_shrinks() -> None:
    ranks = [lowest_rank(CornerText.ALL, side, side) for side in (800, 400, 250)]

    assert ranks == [DETAIL, USUAL, ALWAYS]
    assert lowest_rank(CornerText.MINIMAL, 800, 800) == USUAL
    # One of four viewports in a window of 1280 by 800 names the date: a prior must not look like the present.
    assert lowest_rank(CornerText.ALL, 323, 240) == USUAL


def test_turns_and_mirroring_are_written() -> None:
    image = make_image(RAMP)
    view = make_view(image)
    view.rotate()
    view.flip_horizontal()
    view.invert()

    lines = write_corners(view, SlicePixels(image, 0), Situation(1.5, None, "")).bottom_left

    assert lines[0].text == "zoom 1.50x  smoothed  turned 270°  mirrored  inverted"


def test_a_silent_header_leaves_no_empty_lines() -> None:
    image = replace(make_image(RAMP), identity=type(make_image(RAMP).identity)())
    lines = write_corners(make_view(image), SlicePixels(image, 0), Situation(1.0, None, ""))

    assert lines.top_left == ()
    assert lines.top_right == ()


def test_the_images_of_one_film_are_frames_and_not_slices() -> None:
    image = make_image(np.zeros((3, 4, 4), np.uint8), modality="US")
    view = make_view(image)
    view.set_slice(1)

    lines = write_corners(view, SlicePixels(image, 1), SITUATION).bottom_left

    assert "frame 2 / 3" in texts(lines)


def test_a_long_name_in_a_narrow_view_does_not_reach_the_orientation_letter(application: object) -> None:
    canvas = QImage(322, 480, QImage.Format.Format_RGB888)
    painter = QPainter(canvas)
    name, date = Line("Yamada Tarou with a long name", ALWAYS), Line("8 Dec 2022  14:03", USUAL)

    boxes = paint_corners(painter, Corners((name,), (date,), (), ()), QRectF(0, 0, 322, 480), amount=CornerText.ALL)
    painter.end()

    assert boxes[0].right() < 161 - 6
    assert boxes[1].left() > 161 + 10


def test_a_warning_wider_than_its_corner_is_broken_into_lines_and_not_cut(application: object) -> None:
    warning = "The slices are sheared by 14.0 degrees (gantry tilt); the planes across them are resampled."
    line = Line(warning, FIXED, theme.WARNING)
    image = QImage(320, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    whole = Corners((), (), (line,), (Line("RESEARCH USE ONLY", FIXED),))

    boxes = paint_corners(painter, whole, QRectF(image.rect()), amount=CornerText.ALL)
    painter.end()
    parts = broken(warning, theme.font(theme.SIZE_CORNER), 140)

    assert len(boxes) > 2
    assert all(image.rect().contains(box.toAlignedRect()) for box in boxes)
    assert " ".join(parts) == warning


def test_a_text_without_spaces_is_broken_too(application: object) -> None:
    assert len(broken("层" * 60, theme.font(theme.SIZE_CORNER), 140)) > 3


def test_the_date_stays_in_a_view_too_small_for_anything_but_the_patient() -> None:
    # Nine viewports on 1280 by 800 are 246 by 157 each: a prior there may not look like the present.
    header = StudyHeader(study_date="20241208", study_time="140300")
    rank = lowest_rank(CornerText.ALL, 246, 157)

    kept = [line.text for line in corners(header=header).top_right if line.rank <= rank]

    assert kept == ["8 Dec 2024 14:03"]


def test_a_date_in_a_narrow_view_leaves_room_for_both_orientation_letters(application: object) -> None:
    canvas = QImage(246, 157, QImage.Format.Format_RGB888)
    painter = QPainter(canvas)
    date = Line("28 Jun 2016 08:59 and more", ALWAYS)

    boxes = paint_corners(painter, Corners((), (date,), (), ()), QRectF(0, 0, 246, 157), amount=CornerText.ALL)
    painter.end()

    # An oblique image has a small letter beside the large one, which ends 17 px from the middle.
    assert boxes[0].left() >= 123 + 17
