"""The Why tab: a table of what would change the answer, for the selected finding only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from medmm.core.quality import InputKind
from medmm.core.similar import SimilarCase, SimilarCases
from medmm.core.what_if import WhatIf
from tests.ui.builders import make_case, make_result
from ui.panels.what_if_table import WhatIfTable
from ui.panels.why import WhyPanel
from ui.state.case_state import CaseState
from ui.state.view_state import ViewState

pytestmark = pytest.mark.gui


@pytest.fixture
def cases(application: QApplication) -> CaseState:
    made = CaseState()
    key = made.add(Path("/patients/a"))
    made.select(key)
    made.set_case(key, make_case())
    return made


def show_result(cases: CaseState) -> None:
    result = make_result()
    pneumonia = next(finding for finding in result.findings if finding.name == "pneumonia")
    doubtful = replace(pneumonia, probability=0.4, decision="uncertain")
    changes = (WhatIf("without_input", "note", doubtful), WhatIf("without_input", "image", pneumonia))
    why = replace(result.explanations["pneumonia"], what_if=changes)
    cases.set_result(cases.key, replace(result, explanations={"pneumonia": why}))


def test_the_table_follows_the_selected_finding(cases: CaseState) -> None:
    panel = WhyPanel(cases, ViewState())
    table = panel.findChild(WhatIfTable)
    assert table.texts() == []

    show_result(cases)
    cases.select_finding("pneumonia")
    assert table.texts() == [
        ("without note", "0.83 → 0.40\n◐ uncertain"),
        ("without image", "0.83 → 0.83"),
    ]

    cases.select_finding("nodule")
    assert table.texts() == []
    assert table.isHidden()


def test_a_flip_is_bold_and_not_told_by_colour_alone(cases: CaseState) -> None:
    panel = WhyPanel(cases, ViewState())
    show_result(cases)
    cases.select_finding("pneumonia")

    answers = [label for label in panel.findChildren(QLabel) if "→" in label.text()]
    assert ["600" in label.styleSheet() for label in answers] == [True, False]


def test_similar_training_cases_follow_the_selected_finding_and_are_hidden_without_any(cases: CaseState) -> None:
    panel = WhyPanel(cases, ViewState())
    heading = next(label for label in panel.findChildren(QLabel) if label.text() == "Similar training cases")
    cases.set_result(cases.key, make_result())
    cases.select_finding("pneumonia")
    assert heading.parentWidget().isHidden()

    near = tuple(SimilarCase(n, n, 0.9, {"pneumonia": n < 4, "nodule": False}, True) for n in range(1, 6))
    similar = SimilarCases(near, 1000, (InputKind.IMAGE, InputKind.NOTE))
    cases.set_result(cases.key, replace(make_result(), similar=similar))

    def said() -> list[str]:
        return [label.text().split("\n")[0] for label in panel.findChildren(QLabel) if "of 5" in label.text()]

    assert said() == ["Pneumonia: 3 of 5 simulated patients had it."]
    assert not heading.parentWidget().isHidden()
    assert "no number above depends" in heading.parentWidget().toolTip()
    cases.select_finding("nodule")
    assert said() == ["Nodule: 0 of 5 simulated patients had it."]
