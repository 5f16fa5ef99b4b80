"""Measurements in the window: drawn, moved, renamed, deleted, and all of it undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medmm.core.measurement import Measurement, MeasurementKind, SlicePlace
from ui.state.measurement_state import MeasurementState

PLACE = SlicePlace("1.1", 0, "study A")
NEXT = SlicePlace("1.2", 0, "study A")
OTHER = SlicePlace("1.9", 0, "study B")
LENGTH = MeasurementKind.LENGTH
ENDS = ((0.0, 0.0), (3.0, 4.0))


@pytest.fixture
def state(application: object) -> MeasurementState:
    return MeasurementState()


def add(state: MeasurementState, place: SlicePlace = PLACE) -> Measurement:
    made = state.make(LENGTH, place, ENDS)
    state.add(made)
    return made


def test_a_new_measurement_is_numbered_selected_and_on_its_slice_only(state: MeasurementState) -> None:
    first, second = add(state), add(state, NEXT)

    assert [first.name, second.name] == ["Length 1", "Length 2"]
    assert first.color_index != second.color_index
    assert state.selected == second
    assert state.on_slice(PLACE) == (first,)
    assert state.on_slice(OTHER) == ()


def test_every_change_can_be_undone_and_done_again(state: MeasurementState) -> None:
    drawn = add(state)
    moved = replace(drawn, points=((1.0, 1.0), (4.0, 5.0)))
    renamed = replace(moved, name="Nodule")
    seen = [(drawn,)]
    state.move(moved)
    seen.append(state.on_slice(PLACE))
    state.rename(moved, " Nodule ")
    seen.append(state.on_slice(PLACE))
    state.remove(renamed)
    assert state.on_slice(PLACE) == ()
    assert seen == [(drawn,), (moved,), (renamed,)]

    back = []
    while state.undo_group.canUndo():
        state.undo_group.undo()
        back.append(state.on_slice(PLACE))
    while state.undo_group.canRedo():
        state.undo_group.redo()

    assert back == [(renamed,), (moved,), (drawn,), ()]
    assert state.on_slice(PLACE) == ()


def test_an_undone_deletion_comes_back_at_its_old_place_in_the_list(state: MeasurementState) -> None:
    first, second = add(state), add(state)
    state.remove(first)

    state.undo_group.undo()

    assert state.in_studies(["study A"]) == (first, second)
    assert state.selected == first


def test_undo_acts_on_the_study_that_is_looked_at(state: MeasurementState) -> None:
    here, there = add(state), add(state, OTHER)
    state.activate("study A")

    state.undo_group.undo()

    assert state.on_slice(PLACE) == ()
    assert state.on_slice(OTHER) == (there,)
    assert here not in state.in_studies(["study A", "study B"])


def test_a_drag_shows_the_new_points_and_keeps_nothing_until_it_ends(state: MeasurementState) -> None:
    kept = add(state)
    edits: list[str] = []
    state.edited.connect(edits.append)
    dragged = replace(kept, points=((9.0, 9.0), (3.0, 4.0)))

    state.set_draft(dragged)
    assert state.on_slice(PLACE) == (dragged,)
    assert state.in_studies(["study A"]) == (kept,)
    state.set_draft(None)

    assert state.on_slice(PLACE) == (kept,)
    assert edits == []


def test_a_move_that_moves_nothing_and_an_empty_name_are_no_changes(state: MeasurementState) -> None:
    kept = add(state)
    n_before = state.undo_group.activeStack().count()

    state.move(kept)
    state.rename(kept, "   ")

    assert state.undo_group.activeStack().count() == n_before


def test_names_are_one_short_line(state: MeasurementState) -> None:
    kept = add(state)

    state.rename(kept, "a\nb" + "x" * 100)

    assert state.selected is not None
    assert state.selected.name == "a b" + "x" * 57


def test_what_an_earlier_session_kept_is_taken_in_once(state: MeasurementState) -> None:
    old = Measurement("old", LENGTH, PLACE, ENDS, "Length 1")
    state.load([old])
    state.remove(old)

    state.load([old])

    assert state.on_slice(PLACE) == ()
    assert state.known_ids("study A") == {"old"}
    state.undo_group.undo()
    assert state.on_slice(PLACE) == (old,)


def test_delete_takes_the_selected_one_only(state: MeasurementState) -> None:
    first, second = add(state), add(state)
    state.select(first)

    state.remove_selected()
    state.remove_selected()

    assert state.on_slice(PLACE) == (second,)
    assert state.selected is None


def test_a_jump_selects_and_asks_for_the_slice(state: MeasurementState) -> None:
    first, _ = add(state), add(state)
    asked: list[Measurement] = []
    state.jump_wanted.connect(asked.append)

    state.jump_to(first)

    assert asked == [first]
    assert state.selected == first


def test_every_change_names_its_study_to_be_saved(state: MeasurementState) -> None:
    edits: list[str] = []
    state.edited.connect(edits.append)

    kept = add(state)
    state.rename(kept, "Nodule")
    state.undo_group.undo()
    add(state, OTHER)

    assert edits == ["study A", "study A", "study A", "study B"]
