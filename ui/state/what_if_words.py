"""What would change the answer, in words: what would be otherwise, the number before and after, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medmm.core.prediction import FindingScore
from medmm.core.record import VITAL_BY_NAME
from medmm.core.what_if import WhatIf
from ui import theme
from ui.language import tr
from ui.state.finding_words import number_words
from ui.state.why_words import shortened

MOST_LETTERS = 80


@dataclass(frozen=True)
class WhatIfRow:
    """A line of the table.

    new_decision: empty where it stays; whole: the change with its sentences uncut.
    """

    change: str
    numbers: str
    new_decision: str
    whole: str


def what_if_rows(before: FindingScore, changes: Sequence[WhatIf]) -> tuple[WhatIfRow, ...]:
    """Say every change of a finding in the order in which it was computed."""
    return tuple(_row(before, one) for one in changes)


def _row(before: FindingScore, one: WhatIf) -> WhatIfRow:
    after = f"{theme.DECISION_SIGNS[one.score.decision]} {tr(one.score.decision)}"
    return WhatIfRow(
        change=_change_words(one),
        numbers=f"{number_words(before)} → {number_words(one.score)}",
        new_decision=after if one.flips(before) else "",
        whole=_whole(one),
    )


def _change_words(one: WhatIf) -> str:
    if one.change == "without_input":
        return tr("without {inputs}").format(inputs=tr(one.subject))
    if one.change == "vital_in_range":
        return _vital_words(one)
    sentence = shortened(one.subject, MOST_LETTERS)
    if one.change == "sentence_out":
        return tr("taken out: “{sentence}”").format(sentence=sentence)
    return tr("turned round: “{sentence}”").format(sentence=shortened(one.becomes, MOST_LETTERS))


def _whole(one: WhatIf) -> str:
    """Say what the sentence was and what it became, for the tip."""
    if one.change == "sentence_out":
        return tr("No rule can turn this sentence round, so it was taken out: “{sentence}”").format(
            sentence=one.subject
        )
    if one.change == "sentence_negated":
        return tr("“{sentence}” was read as “{becomes}”").format(sentence=one.subject, becomes=one.becomes)
    return _change_words(one)


def _vital_words(one: WhatIf) -> str:
    sign = VITAL_BY_NAME.get(one.subject)
    title, unit = (tr(sign.title), sign.unit) if sign else (one.subject, "")
    words = tr("{title} {value} → {new_value} {unit}, in its usual range")
    return words.format(title=title, value=f"{one.value:g}", new_value=f"{one.new_value:g}", unit=unit)
