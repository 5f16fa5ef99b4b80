"""Sentences of clinical notes, as offsets."""

from __future__ import annotations

import pytest

from medmm.records.sentences import find_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Fever for 3 days. No cough.", ["Fever for 3 days.", "No cough."]),
        ("Temp 38.6, CRP 142 mg/l. SpO2 91.5 %.", ["Temp 38.6, CRP 142 mg/l.", "SpO2 91.5 %."]),
        (
            "HISTORY: cough and\nfever. Seen by Dr. Lee.\n\nEXAM: clear",
            ["cough and\nfever.", "Seen by Dr. Lee.", "clear"],
        ),
        ("- cough\n- Fever\n- no pain", ["- cough", "- Fever", "- no pain"]),
        ("现病史：发热3天，伴咳嗽。无胸痛；双肺呼吸音清。", ["发热3天，伴咳嗽。", "无胸痛；", "双肺呼吸音清。"]),
        ("Pneumonia? Please assess!", ["Pneumonia?", "Please assess!"]),
        ("", []),
        (" . \n", []),
    ],
)
def test_sentences_are_found_without_headings(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in find_sentences(text)] == sentences
