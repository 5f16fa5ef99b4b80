"""What would change the answer, in words written by hand."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.what_if import WhatIf
from tests.ui.builders import make_finding
from ui.state.what_if_words import what_if_rows

BEFORE = make_finding("pneumonia", 0.83, "positive")


def test_every_kind_of_change_is_named_with_its_numbers() -> None:
    after = make_finding("pneumonia", 0.31, "uncertain")
    changes = (
        WhatIf("without_input", "note", after),
        WhatIf("sentence_negated", "No fever.", replace(BEFORE, probability=0.9), "Fever."),
        WhatIf("sentence_out", "CRP 142.", replace(BEFORE, probability=0.7)),
        WhatIf("vital_in_range", "spo2", BEFORE, value=88.0, new_value=96.0),
    )

    rows = what_if_rows(BEFORE, changes)

    assert [(row.change, row.numbers, row.new_decision) for row in rows] == [
        ("without note", "0.83 → 0.31", "◐ uncertain"),
        ("turned round: “Fever.”", "0.83 → 0.90", ""),
        ("taken out: “CRP 142.”", "0.83 → 0.70", ""),
        ("SpO₂ 88 → 96 %, in its usual range", "0.83 → 0.83", ""),
    ]
    assert rows[1].whole == "“No fever.” was read as “Fever.”"


def test_a_long_sentence_is_cut_in_the_row_and_whole_in_its_tip() -> None:
    sentence = "fever " * 40 + "end."

    (row,) = what_if_rows(BEFORE, (WhatIf("sentence_out", sentence, BEFORE),))

    assert len(row.change) < 150
    assert sentence in row.whole
