"""Which objects of a series may form one stack, and in what they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from medmm.core.errors import IncompleteSeries
from medmm.core.words import Words, in_a_row
from medmm.imaging.facts import InstanceFacts

Key = tuple[tuple[str, str], ...]
DIGITS_ORIENTATION = 3
DIGITS_SPACING = 4


def stack_key(facts: InstanceFacts) -> Key:
    """Give everything that must be equal within one stack, as (name, value) pairs that a user can read."""
    first, layout = facts.frames[0], facts.layout
    return (
        (Words("patient"), f"{facts.identity.patient_id!r} {facts.identity.name!r} {facts.identity.birth_date!r}"),
        (Words("series"), facts.header.series_uid),
        (Words("kind"), Words("localizer") if facts.is_localizer else Words("image")),
        (Words("matrix"), f"{layout.rows} x {layout.cols}"),
        (Words("pixel spacing"), _numbers((first.spacing.rows_mm, first.spacing.cols_mm), DIGITS_SPACING)),
        (Words("orientation"), _numbers(first.orientation, DIGITS_ORIENTATION)),
        (Words("position"), Words("known") if facts.is_placed else Words("not stated")),
        (Words("frame of reference"), facts.frame_of_reference_uid),
        (
            Words("pixels"),
            Words(
                "{photometric} {bits} bit, {sign}",
                photometric=layout.photometric_interpretation,
                bits=layout.bits_allocated,
                sign=Words("signed") if layout.is_signed else Words("unsigned"),
            ),
        ),
    )


def same_stack(one: InstanceFacts, other: InstanceFacts) -> bool:
    """Tell whether two objects may lie in one stack; rounding by the writer is no difference."""
    if _exact(one) != _exact(other):
        return False
    first, second = one.frames[0], other.frames[0]
    # Angles below 0.1 degrees and spacings below 0.1 % come from decimal strings of 16 characters.
    is_parallel = first.orientation == second.orientation or np.allclose(
        first.orientation, second.orientation, rtol=0, atol=2e-3
    )
    spacings = (first.spacing.rows_mm, first.spacing.cols_mm), (second.spacing.rows_mm, second.spacing.cols_mm)
    return is_parallel and (spacings[0] == spacings[1] or np.allclose(*spacings, rtol=1e-3, atol=0, equal_nan=True))


def _exact(facts: InstanceFacts) -> tuple[object, ...]:
    # What `stack_key` states in words, but for orientation and spacing.
    identity, layout = facts.identity, facts.layout
    return (
        identity.patient_id, identity.name, identity.birth_date, facts.header.series_uid, facts.is_localizer,
        layout.rows, layout.cols, facts.is_placed, facts.frame_of_reference_uid,
        layout.photometric_interpretation, layout.bits_allocated, layout.is_signed,
    )  # fmt: skip


def differences(keys: Iterable[Key]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the names and values in which keys differ."""
    columns = zip(*keys, strict=True)
    varied = ((column[0][0], tuple(dict.fromkeys(value for _, value in column))) for column in columns)
    return tuple((name, values) for name, values in varied if len(values) > 1)


def describe(found: Sequence[tuple[str, tuple[str, ...]]]) -> Words:
    """Write differences for a sentence: "pixel spacing 1\\1 / 0.5\\0.5"."""
    listed = ((name, in_a_row(values[:3], separator=" / ")) for name, values in found)
    return in_a_row((Words("{name} {values}", name=name, values=values) for name, values in listed), separator="; ")


def require_one_stack(series: Sequence[InstanceFacts]) -> None:
    """Refuse objects that cannot lie in one stack.

    Raises IncompleteSeries naming what differs, both values and both files.
    """
    odd = next((facts for facts in series if not same_stack(series[0], facts)), None)
    if odd is None:
        return
    found = differences((stack_key(series[0]), stack_key(odd)))
    raise IncompleteSeries(
        Words(
            "the {n_series} files are no single stack: they differ in {differences} ({name!r} and {other!r})",
            n_series=len(series),
            differences=describe(found),
            name=series[0].path.name,
            other=odd.path.name,
        ),
        Words("Open the parts of the series one by one."),
        odd.path,
    )


def _numbers(values: Iterable[float], digits: int) -> str:
    # + 0.0 turns the -0.0 of rounding into 0.0.
    return "\\".join(f"{round(value, digits) + 0.0:g}" for value in values) or Words("not stated")
