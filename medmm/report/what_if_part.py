"""What would change the answer, short: every input taken away, and of the other changes those that matter."""

from __future__ import annotations

from collections.abc import Sequence

from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.record import VITAL_BY_NAME
from medmm.core.what_if import WhatIf
from medmm.report.finding_rows import SIGNS, sort_findings
from medmm.report.value import WhatIfLine, WhatIfPart

# Changes that move the number by less are counted, not printed.
LEAST_MOVE = 0.05
MOST_OTHERS, MOST_LETTERS = 4, 110


def what_if_parts(result: CaseResult) -> tuple[WhatIfPart, ...]:
    """Give for each explained finding, in report order, the changes to print."""
    explained = [
        (f, result.explanations[f.name]) for f in sort_findings(result.findings) if f.name in result.explanations
    ]
    return tuple(_part(finding, why.what_if) for finding, why in explained if why.what_if)


def _part(finding: FindingScore, changes: Sequence[WhatIf]) -> WhatIfPart:
    away = [one for one in changes if one.change == "without_input"]
    others = [one for one in changes if one.change != "without_input"]
    ordered = sorted(others, key=lambda one: (not one.flips(finding), -_move(one, finding)))
    heavy = [one for one in ordered if _matters(one, finding)][:MOST_OTHERS]
    n_left = len(others) - len(heavy)
    are = "other change is" if n_left == 1 else "other changes are"
    return WhatIfPart(
        finding=finding.title,
        lines=tuple(_line(one, finding) for one in (*away, *heavy)),
        left_out=f"{n_left} {are} not printed." if n_left else "",
    )


def _line(one: WhatIf, before: FindingScore) -> WhatIfLine:
    flips = one.flips(before)
    return WhatIfLine(
        change=_words(one),
        numbers=f"{before.shown:.2f} → {one.score.shown:.2f}",
        becomes=f"{SIGNS[one.score.decision]} {one.score.decision}" if flips else "",
        decision=one.score.decision,
    )


def _words(one: WhatIf) -> str:
    if one.change == "without_input":
        return f"without {one.subject}"
    if one.change == "vital_in_range":
        sign = VITAL_BY_NAME[one.subject]
        return f"{sign.title} {one.value:g} → {one.new_value:g} {sign.unit}, in its usual range"
    if one.change == "sentence_out":
        return f"sentence taken out: “{_shortened(one.subject)}”"
    return f"sentence turned round: “{_shortened(one.becomes)}”"


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= MOST_LETTERS else f"{flat[:MOST_LETTERS].rsplit(' ', 1)[0]} …"


def _matters(one: WhatIf, before: FindingScore) -> bool:
    return one.flips(before) or _move(one, before) >= LEAST_MOVE


def _move(one: WhatIf, before: FindingScore) -> float:
    return abs(one.score.shown - before.shown)
