"""Part the frames of one multi-frame object into volumes: by geometry, by stack, by time, echo or b-value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from medmm.core.words import Words, in_a_row
from medmm.imaging.dimensions import name_value
from medmm.imaging.facts import FrameFacts, InstanceFacts
from medmm.imaging.parting import Part, part_stacks

# More parts than this are no list that anyone reads: the object is then shown frame by frame, as it is stored.
MAX_PARTS = 300
DIGITS_MM = 2
# Of direction cosines, and of spacings as a share: rounding by the writer is no difference.
TOLERANCE = 2e-3


def part_frames(facts: InstanceFacts) -> tuple[Part[int], ...]:
    """Give the volumes of a multi-frame object as frame numbers from 0; () where it is one volume, or none at all."""
    frames = facts.frames
    if len(frames) < 4 or not all(frame.position and frame.orientation for frame in frames):
        return ()
    found = [
        Part(in_a_row(filter(None, (name, part.name))), part.items)
        for name, group in _stacks(frames)
        for part in _one_stack(frames, group)
    ]
    return tuple(found) if 1 < len(found) <= MAX_PARTS else ()


def _one_stack(frames: Sequence[FrameFacts], group: Sequence[int]) -> tuple[Part[int], ...]:
    places = [_place(frames[index]) for index in group]
    whole = (Part("", tuple(group)),)
    if len(set(places)) == len(places):
        return whole
    parts = part_stacks(
        group, place_of=lambda index: _place(frames[index]), values_of=lambda index: frames[index].values
    )
    return parts or whole


def _stacks(frames: Sequence[FrameFacts]) -> Iterator[tuple[str, list[int]]]:
    turns = _by(list(range(len(frames))), lambda one, other: _same_plane(frames[one], frames[other]))
    for number, turned in enumerate(turns, start=1):
        stacks = _by(turned, lambda one, other: frames[one].stack_id == frames[other].stack_id)
        for stack in stacks:
            named = name_value("StackID", frames[stack[0]].stack_id) if len(stacks) > 1 else ""
            yield named or (Words("orientation {number}", number=number) if len(turns) > 1 else ""), stack


def _by(indices: list[int], is_same: Callable[[int, int], bool]) -> list[list[int]]:
    groups: list[list[int]] = []
    for index in indices:
        fitting = next((group for group in groups if is_same(group[0], index)), None)
        if fitting is None:
            groups.append([index])
        else:
            fitting.append(index)
    # A group of one frame is no volume: three views of a localizer stay together.
    return groups if min(map(len, groups)) > 1 else [indices]


def _same_plane(one: FrameFacts, other: FrameFacts) -> bool:
    one_size, other_size = (one.spacing.rows_mm, one.spacing.cols_mm), (other.spacing.rows_mm, other.spacing.cols_mm)
    same_size = np.allclose(one_size, other_size, rtol=TOLERANCE, atol=0, equal_nan=True)
    return same_size and np.allclose(one.orientation, other.orientation, rtol=0, atol=TOLERANCE)


def _place(frame: FrameFacts) -> tuple[float, ...]:
    return tuple(round(number, DIGITS_MM) for number in frame.position)
