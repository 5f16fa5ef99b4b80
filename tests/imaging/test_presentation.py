"""Presentation states: greys as dcmtk's dcmp2pgm renders them; graphics, areas and scopes by hand."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from medmm.core.errors import UnsupportedImage
from medmm.core.image import MedicalImage
from medmm.core.planes import Area, Graphic, GraphicKind, Planes
from medmm.imaging.colour import cielab_to_hex
from medmm.imaging.present import present
from medmm.imaging.presentation_reader import read_presentation
from medmm.imaging.reader import read_image
from medmm.imaging.windowing import to_display
from tests.imaging.builders import make_data_set, write_data_set
from tests.imaging.presentation_builders import make_item, make_lut, make_presentation, refer_to, write_presentation
from tests.imaging.test_planes import LETTER, add_overlay

RAMP = (np.arange(120).reshape(12, 10) * 30).astype(np.uint16)
WINDOW = [make_item(WindowCenter="1500", WindowWidth="1000")]
SQUARES = make_lut([int((i / 255) ** 2 * 1023) for i in range(256)], first=0, bits=10)
MIRROR = make_lut([4095 - i for i in range(4096)], first=0, bits=12, ModalityLUTType="US")
BENT = make_lut([4095 * i * i // 1999**2 for i in range(2000)], first=500, bits=12)
GREYS: dict[str, tuple[dict[str, object], dict[str, object], int]] = {
    # name: (values of the image, values of the state, most difference: dcmtk cuts fractions off where we round)
    "no VOI": ({}, {}, 1),
    "window": ({}, {"SoftcopyVOILUTSequence": WINDOW}, 1),
    "VOI LUT": ({}, {"SoftcopyVOILUTSequence": [make_item(VOILUTSequence=[BENT])]}, 1),
    "inverse": ({}, {"SoftcopyVOILUTSequence": WINDOW, "PresentationLUTShape": "INVERSE"}, 1),
    "inverse on MONOCHROME1": (
        {"PhotometricInterpretation": "MONOCHROME1"},
        {"SoftcopyVOILUTSequence": WINDOW, "PresentationLUTShape": "INVERSE"},
        1,
    ),
    "identity on MONOCHROME1": (
        {"PhotometricInterpretation": "MONOCHROME1"},
        {"SoftcopyVOILUTSequence": WINDOW},
        1,
    ),
    "the image's rescale is not the state's": (
        {"RescaleSlope": 2, "RescaleIntercept": -1000},
        {"SoftcopyVOILUTSequence": WINDOW},
        1,
    ),
    "rescale": (
        {"RescaleSlope": 2, "RescaleIntercept": -1000},
        {"SoftcopyVOILUTSequence": WINDOW, "RescaleSlope": 3, "RescaleIntercept": -2000, "RescaleType": "US"},
        1,
    ),
    "modality LUT": ({}, {"SoftcopyVOILUTSequence": WINDOW, "ModalityLUTSequence": [MIRROR]}, 1),
    "presentation LUT": (
        {},
        {"SoftcopyVOILUTSequence": WINDOW, "PresentationLUTSequence": [SQUARES], "PresentationLUTShape": None},
        3,
    ),
    "presentation LUT without VOI": ({}, {"PresentationLUTSequence": [SQUARES], "PresentationLUTShape": None}, 3),
}


def presented(folder: Path, image_values: dict[str, object], **values: Any) -> MedicalImage:
    ds = make_data_set(RAMP, BitsStored=12, HighBit=11, **image_values)
    image = write_data_set(folder / "image", ds)
    state = read_presentation(write_presentation(folder / "state", [ds], **values))
    return present(read_image(image), state)


def shown_by_dcmtk(folder: Path) -> NDArray[np.uint8]:
    subprocess.run(
        ["dcmp2pgm", "-q", "-p", str(folder / "state"), str(folder / "image"), str(folder / "pgm")], check=True
    )
    raw = (folder / "pgm").read_bytes()
    cols, rows = (int(part) for part in raw.split(maxsplit=4)[1:3])
    return np.frombuffer(raw[-rows * cols :], np.uint8).reshape(rows, cols)


@pytest.mark.skipif(shutil.which("dcmp2pgm") is None, reason="dcmtk's dcmp2pgm is not installed")
@pytest.mark.parametrize("name", GREYS)
def test_greys_are_those_of_dcmtk(tmp_path: Path, name: str) -> None:
    image_values, values, most = GREYS[name]

    image = presented(tmp_path, image_values, **values)

    greys = np.rint(to_display(image, 0) * 255)
    assert np.abs(greys - shown_by_dcmtk(tmp_path)).max() <= most
    assert len(np.unique(greys)) > 10


def test_who_made_it_and_what_it_is_for_is_read(tmp_path: Path) -> None:
    ds = make_data_set(RAMP)
    state = read_presentation(write_presentation(tmp_path / "state", [ds], ImageRotation=90, ImageHorizontalFlip="Y"))

    assert (state.title, state.label, state.creator, state.created) == (
        "First reading",
        "READ",
        "READER^ONE",
        "20260103",
    )
    assert state.references[0].sop_instance_uid == ds.SOPInstanceUID
    assert (state.quarter_turns, state.is_mirrored) == (1, True)


def test_an_image_that_is_not_named_is_not_meant(tmp_path: Path) -> None:
    ds = make_data_set(RAMP)
    state = read_presentation(write_presentation(tmp_path / "state", [ds]))
    other = read_image(write_data_set(tmp_path / "other", make_data_set(RAMP, SOPInstanceUID="1.2.3")))

    assert state.slices_of(read_image(write_data_set(tmp_path / "image", ds))) == {0}
    assert not state.slices_of(other)


def test_each_frame_has_its_own_window(tmp_path: Path) -> None:
    ds = make_data_set(np.stack([RAMP, RAMP, RAMP]))
    windows = [
        make_item(WindowCenter="100", WindowWidth="50", ReferencedImageSequence=[refer_to(ds, 1, 3)]),
        make_item(WindowCenter="200", WindowWidth="60", ReferencedImageSequence=[refer_to(ds, 2)]),
    ]
    state = read_presentation(write_presentation(tmp_path / "state", [ds], SoftcopyVOILUTSequence=windows))

    image = present(read_image(write_data_set(tmp_path / "image", ds)), state)

    assert [part.voi.center for part in image.instances] == [100, 200, 100]  # type: ignore[union-attr]


def planes_of(folder: Path, *, image_overlays: bool = False, **values: Any) -> Planes:
    ds = make_data_set(RAMP)
    if image_overlays:
        add_overlay(add_overlay(ds, LETTER, label="SEEN"), ~LETTER, group=0x6002, label="NOT SEEN")
    more = values.pop("state", lambda state: None)
    state = make_presentation([ds], **values)
    more(state)
    image = read_image(write_data_set(folder / "image", ds))
    return present(image, read_presentation(write_data_set(folder / "state", state))).instances[0].planes


def test_only_activated_overlays_of_the_image_are_shown(tmp_path: Path) -> None:
    def activate(state: Any) -> None:
        state.add_new((0x6000, 0x1001), "CS", "LAYER1")

    planes = planes_of(tmp_path, image_overlays=True, state=activate)

    assert [overlay.label for overlay in planes.overlays] == ["SEEN"]


def test_without_activation_no_overlay_of_the_image_is_shown(tmp_path: Path) -> None:
    assert planes_of(tmp_path, image_overlays=True).overlays == ()


def test_an_overlay_of_the_state_is_shown_and_a_bitmap_shutter_hides(tmp_path: Path) -> None:
    def add(state: Any) -> None:
        add_overlay(state, LETTER, group=0x6004, label="MINE")
        state.add_new((0x6004, 0x1001), "CS", "LAYER1")
        add_overlay(state, ~LETTER, group=0x6006)
        state.ShutterShape, state.ShutterOverlayGroup, state.ShutterPresentationValue = "BITMAP", 0x6006, 1000

    planes = planes_of(tmp_path, state=add)

    assert [overlay.label for overlay in planes.overlays] == ["MINE"]
    assert planes.shutter is not None
    assert planes.shutter.bitmap is not None
    assert np.array_equal(planes.shutter.bitmap.bits, ~LETTER)
    assert planes.shutter.p_value == 1000


def annotated(**values: Any) -> dict[str, Any]:
    layer = make_item(GraphicLayer="LAYER1", GraphicLayerOrder=1)
    item = make_item(GraphicLayer="LAYER1", **values)
    return {"GraphicLayerSequence": [layer], "GraphicAnnotationSequence": [item]}


def drawing(kind: str, data: list[float], *, units: str = "PIXEL", filled: str = "N") -> Any:
    return make_item(
        GraphicAnnotationUnits=units,
        GraphicDimensions=2,
        NumberOfGraphicPoints=len(data) // 2,
        GraphicData=data,
        GraphicType=kind,
        GraphicFilled=filled,
    )


def test_graphics_in_pixels_are_read_as_they_stand(tmp_path: Path) -> None:
    objects = [
        drawing("POLYLINE", [0, 0, 5, 6.5, 1, 2], filled="Y"),
        drawing("CIRCLE", [5, 5, 8, 5]),
        drawing("ELLIPSE", [1, 5, 9, 5, 5, 3, 5, 7]),
        drawing("POINT", [2.5, 3.5]),
    ]

    planes = planes_of(tmp_path, **annotated(GraphicObjectSequence=objects))

    assert planes.graphics == (
        Graphic(GraphicKind.POLYLINE, ((0, 0), (5, 6.5), (1, 2)), is_filled=True),
        Graphic(GraphicKind.CIRCLE, ((5, 5), (8, 5))),
        Graphic(GraphicKind.ELLIPSE, ((1, 5), (9, 5), (5, 3), (5, 7))),
        Graphic(GraphicKind.POINT, ((2.5, 3.5),)),
    )


def test_a_text_has_its_box_its_anchor_and_its_lines(tmp_path: Path) -> None:
    text = make_item(
        UnformattedTextValue="nodule\r\n8 mm",
        BoundingBoxAnnotationUnits="PIXEL",
        BoundingBoxTopLeftHandCorner=[1, 2],
        BoundingBoxBottomRightHandCorner=[6, 4],
        BoundingBoxTextHorizontalJustification="CENTER",
        AnchorPointAnnotationUnits="PIXEL",
        AnchorPoint=[8, 9],
        AnchorPointVisibility="Y",
    )

    (graphic,) = planes_of(tmp_path, **annotated(TextObjectSequence=[text])).graphics

    assert (graphic.text, graphic.points, graphic.alignment) == ("nodule\n8 mm", ((1, 2), (6, 4)), "CENTER")
    assert (graphic.anchor, graphic.has_leader) == ((8, 9), True)


# The image has 12 rows and 10 columns; a point a quarter from the left and an eighth from the top of what is seen.
@pytest.mark.parametrize(
    ("turn", "flip", "expected"),
    [
        (0, "N", (2.5, 1.5)),
        (0, "Y", (7.5, 1.5)),
        # Turned clockwise the left edge of the view is the last row, its top the first column.
        (90, "N", (1.25, 9.0)),
        (180, "N", (7.5, 10.5)),
        (270, "N", (8.75, 3.0)),
        # Turned and then mirrored, the left edge of the view is the first row.
        (90, "Y", (1.25, 3.0)),
    ],
)
def test_graphics_in_parts_of_the_view_become_pixels(
    tmp_path: Path, turn: int, flip: str, expected: tuple[float, float]
) -> None:
    planes = planes_of(
        tmp_path,
        **annotated(GraphicObjectSequence=[drawing("POINT", [0.25, 0.125], units="DISPLAY")]),
        ImageRotation=turn,
        ImageHorizontalFlip=flip,
    )

    assert planes.graphics[0].points[0] == pytest.approx(expected)


def test_the_displayed_area_is_a_box_in_the_image_however_its_corners_are_named(tmp_path: Path) -> None:
    # After a turn by 180 degrees the upper left corner of the view is the lower right one of the image.
    area = make_item(
        DisplayedAreaTopLeftHandCorner=[8, 10],
        DisplayedAreaBottomRightHandCorner=[3, 2],
        PresentationSizeMode="MAGNIFY",
        PresentationPixelMagnificationRatio=2.0,
        PresentationPixelAspectRatio=[1, 1],
    )

    assert planes_of(tmp_path, DisplayedAreaSelectionSequence=[area]).area == Area(2, 1, 8, 10, 2.0)


def test_a_kind_of_graphic_that_is_not_drawn_is_counted(tmp_path: Path) -> None:
    ds = make_data_set(RAMP)
    values = annotated(CompoundGraphicSequence=[make_item(CompoundGraphicType="ARROW")])

    state = read_presentation(write_presentation(tmp_path / "state", [ds], **values))

    assert state.lost == ("1 graphics that are not drawn: ARROW",)


def compound(kind: str, data: list[float], number: int = 1, **more: Any) -> Any:
    return make_item(
        CompoundGraphicInstanceID=number,
        CompoundGraphicUnits="PIXEL",
        GraphicDimensions=2,
        NumberOfGraphicPoints=len(data) // 2,
        GraphicData=data,
        CompoundGraphicType=kind,
        **more,
    )


def test_what_stands_for_a_compound_graphic_is_drawn_in_its_place_and_nothing_is_lost(tmp_path: Path) -> None:
    line, text = (
        drawing("POLYLINE", [0, 0, 8, 0]),
        make_item(
            UnformattedTextValue="8 mm",
            AnchorPoint=[4, 1],
            AnchorPointAnnotationUnits="PIXEL",
            AnchorPointVisibility="N",
        ),
    )
    line.CompoundGraphicInstanceID, text.CompoundGraphicInstanceID = 1, 2
    values = annotated(
        GraphicObjectSequence=[line],
        TextObjectSequence=[text],
        CompoundGraphicSequence=[compound("RULER", [0, 0, 8, 0]), compound("ELLIPSE", [1, 1, 5, 3], 2)],
    )
    path = write_presentation(tmp_path / "state", [make_data_set(RAMP)], **values)

    state = read_presentation(path)

    assert state.lost == ()
    assert [graphic.kind for graphic in state.annotations[0].graphics] == [GraphicKind.POLYLINE, GraphicKind.TEXT]


def test_a_compound_graphic_that_nothing_stands_for_is_drawn_where_it_is_simple(tmp_path: Path) -> None:
    # Another compound's stand-in is none for these; a quarter turn to the left about the upper left corner.
    line = drawing("POLYLINE", [0, 0, 8, 0])
    line.CompoundGraphicInstanceID = 9
    turned = {"RotationAngle": 90.0, "RotationPoint": [2, 6]}
    parts = [
        compound("RECTANGLE", [1, 2, 5, 4], GraphicFilled="Y"),
        compound("ELLIPSE", [1, 2, 3, 8], 2),
        compound("RECTANGLE", [2, 6, 6, 8], 3, **turned),
        compound("CUTLINE", [0, 0, 8, 8], 4),
        compound("RECTANGLE", [1, 2, 5], 5),
    ]
    values = annotated(GraphicObjectSequence=[line], CompoundGraphicSequence=parts)
    path = write_presentation(tmp_path / "state", [make_data_set(RAMP)], **values)

    state = read_presentation(path)

    _, rectangle, ellipse, quarter = state.annotations[0].graphics
    corners = ((1, 2), (5, 2), (5, 4), (1, 4), (1, 2))
    assert rectangle == Graphic(GraphicKind.POLYLINE, corners, is_filled=True)
    assert ellipse == Graphic(GraphicKind.ELLIPSE, ((2, 2), (2, 8), (1, 5), (3, 5)))
    assert np.allclose(quarter.points, ((2, 6), (2, 2), (4, 2), (4, 6), (2, 6)))
    assert state.lost == ("2 graphics that are not drawn: CUTLINE, RECTANGLE",)


def test_an_image_is_no_presentation_state(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImage, match="no greyscale or colour presentation state"):
        read_presentation(write_data_set(tmp_path / "x", make_data_set(RAMP)))


def test_a_recommended_colour_becomes_one_of_the_screen() -> None:
    # sRGB red is L* 54.29, a* 80.81, b* 69.89 under D50 (CSS Color 4).
    stored = (54.29 / 100 * 65535, (80.81 + 128) / 255 * 65535, (69.89 + 128) / 255 * 65535)

    red, green, blue = bytes.fromhex(cielab_to_hex(stored)[1:])

    assert red >= 253
    assert max(green, blue) <= 3


@pytest.mark.parametrize(
    ("values", "units"),
    [({}, ""), ({"RescaleSlope": 2, "RescaleIntercept": -1000, "RescaleType": "HU"}, "HU")],
    ids=["stored values", "the image's own rescale"],
)
def test_values_are_hu_only_as_far_as_the_state_keeps_the_rescale(
    tmp_path: Path, values: dict[str, object], units: str
) -> None:
    ct = {"Modality": "CT", "RescaleSlope": 2, "RescaleIntercept": -1000, "RescaleType": "HU"}

    shown = presented(tmp_path, ct, **values)

    assert shown.header.units == units


def test_the_files_windows_go_where_the_state_makes_other_values(tmp_path: Path) -> None:
    ct = {"Modality": "CT", "RescaleSlope": 2, "RescaleIntercept": -1000, "WindowCenter": 40, "WindowWidth": 400}

    kept = presented(tmp_path, ct, RescaleSlope=2, RescaleIntercept=-1000, RescaleType="HU")
    assert [(window.center, window.width) for window in kept.windows] == [(40, 400)]
    # 40 HU is a stored value of 520: the same numbers would show it almost black.
    assert presented(tmp_path, ct).windows == ()
