"""What would change the answer, as the report prints it."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.prediction import FindingScore
from medmm.core.what_if import WhatIf
from medmm.report.what_if_part import what_if_parts
from tests.report.builders import make_finding, make_result


def after(value: float, decision: str = "") -> FindingScore:
    return make_finding("pneumonia", value, decision=decision)


def parts_of(*changes: WhatIf) -> list[tuple[str, str, str]]:
    result = make_result()
    why = replace(result.explanations["pneumonia"], what_if=changes)
    (part,) = what_if_parts(replace(result, explanations={"pneumonia": why}))
    assert part.finding == "Pneumonia"
    return [*((line.change, line.numbers, line.becomes) for line in part.lines), ("", part.left_out, "")]


def test_every_input_and_only_what_matters_is_printed() -> None:
    lines = parts_of(
        WhatIf("without_input", "image", after(0.82)),
        WhatIf("without_input", "note", after(0.31, "uncertain")),
        WhatIf("sentence_negated", "No fever.", after(0.9), "Fever."),
        WhatIf("sentence_out", "CRP 142.", after(0.6)),
        WhatIf("vital_in_range", "spo2", after(0.8), value=88.0, new_value=96.0),
    )

    assert lines == [
        ("without image", "0.83 → 0.82", ""),
        ("without note", "0.83 → 0.31", "◐ uncertain"),
        ("sentence taken out: “CRP 142.”", "0.83 → 0.60", ""),
        ("sentence turned round: “Fever.”", "0.83 → 0.90", ""),
        ("", "1 other change is not printed.", ""),
    ]


def test_a_change_that_flips_is_printed_however_small() -> None:
    change = WhatIf("vital_in_range", "spo2", after(0.81, "uncertain"), value=88.0, new_value=96.0)

    assert parts_of(change) == [
        ("SpO₂ 88 → 96 %, in its usual range", "0.83 → 0.81", "◐ uncertain"),
        ("", "", ""),
    ]


def test_a_result_without_changes_prints_nothing() -> None:
    assert what_if_parts(make_result()) == ()


def test_what_flips_comes_before_what_moves_more() -> None:
    moved = [WhatIf("sentence_out", f"Sentence {i}.", after(0.6 + i / 100)) for i in range(5)]
    flipped = WhatIf("vital_in_range", "spo2", after(0.81, "uncertain"), value=88.0, new_value=96.0)

    lines = parts_of(*moved, flipped)

    assert lines[0][2] == "◐ uncertain"
    assert len(lines) == 5
    assert lines[-1][1] == "2 other changes are not printed."
