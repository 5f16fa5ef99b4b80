"""Devices and operations in notes, and what only sounds like them."""

from __future__ import annotations

import pytest

from medmm.records.context_flags import find_context

FLAGGED = [
    ("Devices: permanent pacemaker in place.", "context_pacemaker"),
    ("ICD implanted 2019.", "context_pacemaker"),
    ("Cough. PPM since 2015.", "context_pacemaker"),
    ("植入物：永久起搏器。", "context_pacemaker"),
    ("s/p left pneumonectomy for carcinoma.", "context_pneumonectomy"),
    ("Right upper lobectomy in 2020.", "context_pneumonectomy"),
    ("Post-op day 2, fever.", "context_post_operative"),
    ("POD3 after sternotomy.", "context_post_operative"),
    ("Status post CABG x3.", "context_post_operative"),
    ("冠脉搭桥术后2年。", "context_post_operative"),
]
NOT_FLAGGED = [
    "Devices: none.",
    "No pacemaker.",
    "Denies ICD or pacemaker.",
    "FAMILY HISTORY: Father had a pacemaker.",
    "Pacemaker removed in 2018.",
    "For pacemaker tomorrow.",
    "Planned lobectomy.",
    "ICD-10 code J18.9.",
    "ICD 9 code 786.51.",
    "结肠癌术后，无糖尿病史。",
    "Colon cancer resected 2018.",
    "No h/o pneumonectomy.",
    "Candidate for CRT-D.",
    "After a fall from a bicycle.",
]


@pytest.mark.parametrize(("text", "code"), FLAGGED)
def test_what_is_in_place_is_flagged(text: str, code: str) -> None:
    assert [flag.code for flag in find_context(text)][:1] == [code]


@pytest.mark.parametrize("text", NOT_FLAGGED)
def test_what_is_denied_planned_or_of_relatives_is_not(text: str) -> None:
    assert find_context(text) == ()
