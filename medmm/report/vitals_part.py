"""Vital signs in the report: a row and a small chart for each, with reference range and weight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from medmm.core.case import Case
from medmm.core.prediction import CaseResult, VitalWeight
from medmm.core.record import VITAL_SIGNS, VitalMeasurement, VitalSign
from medmm.report.finding_rows import signed
from medmm.report.note_part import finding_title, leading_explanation
from medmm.report.value import ChartPoint, VitalRow, VitalsPart


def vitals_part(case: Case, result: CaseResult) -> VitalsPart:
    """Give the vitals table, a row for each sign that was measured or that the model filled in."""
    leading = leading_explanation(result)
    weights = {weight.name: weight for weight in leading.vitals} if leading else {}
    measured = sorted((m for table in case.vitals for m in table.measurements), key=lambda m: _naive(m.time))
    span = _span(measured, case.index_time)
    rows = []
    for sign in VITAL_SIGNS:
        values = [m for m in measured if m.name == sign.name]
        if values or sign.name in weights:
            rows.append(_row(sign, values, weight=weights.get(sign.name), span=span))
    return VitalsPart(
        rows=tuple(rows),
        finding=finding_title(result, leading.finding) if leading and weights else "",
        start=_offset(span[0], span[1]) if measured else "",
        end="index time" if case.index_time else "last",
    )


def _row(
    sign: VitalSign, values: Sequence[VitalMeasurement], *, weight: VitalWeight | None, span: tuple[datetime, datetime]
) -> VitalRow:
    last = next((m for m in reversed(values) if m.is_plausible), None)
    # A stored result has no series, only the last value that was weighed.
    stored = weight.value if weight and not values and not weight.imputed else None
    value = last.value if last else stored
    low, high = _limits(sign, values)
    return VitalRow(
        title=sign.title,
        unit=sign.unit,
        last=_in_print(value, sign) if value is not None else "–",
        side=_side(value, sign),
        measured=_offset(last.time, span[1]) if last else ("" if value is not None else "not measured"),
        reference=f"{_in_print(sign.reference[0], sign)}–{_in_print(sign.reference[1], sign)}",
        spread=_spread(values, sign),
        weight=weight.weight if weight else None,
        weight_text=signed(weight.weight) if weight else "",
        is_imputed=bool(weight and weight.imputed),
        doubt=_doubt(values),
        points=tuple(_point(m, span, (low, high)) for m in values),
        band=(_fraction(sign.reference[0], low, high), _fraction(sign.reference[1], low, high)),
    )


def _limits(sign: VitalSign, values: Sequence[VitalMeasurement]) -> tuple[float, float]:
    """Give the chart's ends: reference range and plausible values, with a margin."""
    plausible = [m.value for m in values if m.is_plausible]
    # Systolic 111-219 would flatten every curve; the band is shown only as far as the values reach.
    low = min([sign.reference[0], *plausible])
    high = max([min(sign.reference[1], max([*plausible, sign.reference[0]]) * 1.1), *plausible])
    margin = 0.12 * max(high - low, 1e-6)
    return low - margin, high + margin


def _point(measured: VitalMeasurement, span: tuple[datetime, datetime], limits: tuple[float, float]) -> ChartPoint:
    whole = (span[1] - span[0]).total_seconds()
    x = (_naive(measured.time) - span[0]).total_seconds() / whole if whole > 0 else 1.0
    return ChartPoint(round(min(max(x, 0.0), 1.0), 4), _fraction(measured.value, *limits), measured.is_plausible)


def _fraction(value: float, low: float, high: float) -> float:
    return round(min(max((value - low) / (high - low), 0.0), 1.0), 4)


def _span(measured: Sequence[VitalMeasurement], index_time: datetime | None) -> tuple[datetime, datetime]:
    times = [_naive(m.time) for m in measured]
    if index_time is not None:
        times.append(_naive(index_time))
    return (min(times), max(times)) if times else (datetime.min, datetime.min)


def _naive(moment: datetime) -> datetime:
    # All times of a case are local or all aware; the clock's face is what the ward reads.
    return moment.replace(tzinfo=None)


def _offset(moment: datetime, end: datetime) -> str:
    minutes = round((end - _naive(moment)).total_seconds() / 60)
    if minutes < 1:
        return "0 h"
    if minutes < 60:
        return f"−{minutes} min"
    hours = minutes / 60
    return f"−{_number(hours)} h" if hours < 48 else f"−{_number(hours / 24)} d"


def _side(value: float | None, sign: VitalSign) -> str:
    if value is None:
        return ""
    return "above" if value > sign.reference[1] else "below" if value < sign.reference[0] else ""


def _spread(values: Sequence[VitalMeasurement], sign: VitalSign) -> str:
    plausible = [m.value for m in values if m.is_plausible]
    if not plausible:
        return "–"
    ends = dict.fromkeys(_in_print(value, sign) for value in (min(plausible), max(plausible)))
    return f"{'–'.join(ends)}, {len(plausible)}"


def _doubt(values: Sequence[VitalMeasurement]) -> str:
    doubtful = sum(not m.is_plausible for m in values)
    return f"{doubtful} implausible" if doubtful else ""


def _in_print(value: float, sign: VitalSign) -> str:
    """Write a value with the decimals that its reference range is given in, or with its own."""
    is_decimal = any(edge != round(edge) for edge in sign.reference)
    return f"{value:.1f}" if is_decimal else _number(value)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
