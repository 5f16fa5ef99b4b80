"""Key images as a state: own marks with undo, selections of the patient shown, and their rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QUndoStack

from medmm.core.document import Document, DocumentKind, ObjectReference
from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary, StudyHeader
from medmm.core.image_places import find_places
from medmm.core.measurement import SlicePlace
from ui.state.key_images import KeyImages
from ui.state.key_rows import key_rows, mark_words, star_counts

STUDY = "1.2"
PLACE = SlicePlace("1.2.5", 0, STUDY, "1.3")
REFERENCES = (ObjectReference("", "1.2.6", (3,)), ObjectReference("", "1.2.7"))
SELECTION = Document(
    DocumentKind.KEY_OBJECTS, Path("ko"), "For Teaching", PatientIdentity(), StudyHeader(), references=REFERENCES
)


@pytest.fixture
def marks(application: object) -> KeyImages:
    return KeyImages()


def test_a_mark_can_be_undone_and_done_again(marks: KeyImages) -> None:
    stack, edited = QUndoStack(), []
    marks.edited.connect(edited.append)

    marks.toggle(PLACE, stack)
    assert marks.titles(PLACE) == ("",)
    stack.undo()
    assert marks.titles(PLACE) == ()
    stack.redo()
    marks.toggle(PLACE, stack)

    assert not marks.is_own(PLACE)
    assert edited == [STUDY] * 4
    assert stack.undoText() == "unmark a key image"


def test_what_an_earlier_session_kept_comes_in_but_not_over_what_was_taken_back(marks: KeyImages) -> None:
    other = SlicePlace("1.2.9", 0, STUDY)
    stack = QUndoStack()
    marks.toggle(PLACE, stack)
    marks.toggle(PLACE, stack)

    marks.load([PLACE, other])

    assert marks.own_in([STUDY]) == (other,)
    assert marks.known_keys(STUDY) == {PLACE.key, other.key}


def test_a_selection_marks_one_frame_or_the_whole_object(marks: KeyImages) -> None:
    marks.show_selections([SELECTION])

    assert marks.titles(SlicePlace("1.2.6", 2)) == ("For Teaching",)
    assert marks.titles(SlicePlace("1.2.6", 3)) == ()
    assert marks.titles(SlicePlace("1.2.7", 5)) == ("For Teaching",)
    assert not marks.is_own(SlicePlace("1.2.6", 2))


def test_rows_stand_by_series_and_number_and_say_who_marked(marks: KeyImages) -> None:
    marks.toggle(PLACE, QUndoStack())
    marks.toggle(SlicePlace("9.9", 0, STUDY), QUndoStack())
    marks.show_selections([SELECTION])
    late, early = (
        SeriesSummary(StudyHeader(modality="CT", series_number=number, series_description="THORAX"), PatientIdentity(),
                      (Path(number),), n_frames, 9, 9, uids=(uid,), numbers=(4,))
        for number, uid, n_frames in (("10", "1.2.5", 1), ("9", "1.2.6", 8))
    )  # fmt: skip

    rows = key_rows(marks.listed([STUDY]), find_places([late, early]), [late, early])

    assert [(row.title, row.line) for row in rows] == [
        ("frame 3 of series 9", "CT THORAX · For Teaching"),
        ("image 4 of series 10", "CT THORAX · marked here"),
        ("an image that is not open", "marked here"),
        ("an image that is not open", "For Teaching"),
    ]
    assert star_counts(rows) == {early.key: 1, late.key: 1}


def test_the_star_says_what_it_is() -> None:
    assert mark_words(()) == ""
    assert mark_words(("", "For Teaching")) == "★ key image, For Teaching"
