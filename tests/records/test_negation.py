"""Negation: what is denied, with its cue; what is not denied stays out."""

from __future__ import annotations

import pytest

from medmm.records.negation import find_negated, find_negations, find_negations_within


def denied(text: str) -> list[tuple[str, str]]:
    return [
        (text[found.cue_start : found.cue_end], text[found.scope_start : found.scope_end])
        for found in find_negations(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No pleural effusion.", [("No", "pleural effusion")]),
        ("Denies fever, chills, or cough.", [("Denies", "fever, chills, or cough")]),
        ("No fever, no cough.", [("No", "fever"), ("no", "cough")]),
        ("no fever but productive cough", [("no", "fever")]),
        ("No chest pain, BP 120/80.", [("No", "chest pain")]),
        ("without evidence of pneumonia", [("without", "evidence of pneumonia")]),
        ("negative for PE; dyspnea present", [("negative for", "PE")]),
        ("Pneumothorax is not seen.", [("is not seen", "Pneumothorax")]),
        ("Effusion: absent", [("absent", "Effusion")]),
        (
            "Lungs clear of focal disease, pneumothorax, or effusion.",
            [("clear of", "focal disease, pneumothorax, or effusion")],
        ),
        (
            "No consolidation, suspicious opacity, or effusion.",
            [("No", "consolidation, suspicious opacity, or effusion")],
        ),
        ("Interval resolution of left effusion.", [("resolution of", "left effusion")]),
        ("The pneumothorax has resolved.", [("has resolved", "The pneumothorax")]),
        ("no consolidation larger than 1.5 cm. Fever", [("no", "consolidation larger than 1.5 cm")]),
        ("No wheeze, bases clear.", [("No", "wheeze")]),
        ("No effusion, edema or nodules, trachea midline.", [("No", "effusion, edema or nodules")]),
        ("No signs of\nheart failure\nCough", [("No signs of", "heart failure")]),
    ],
)
def test_english_cues_deny_what_follows_or_precedes(text: str, expected: list[tuple[str, str]]) -> None:
    assert denied(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("否认胸痛、咯血，咳嗽三天。", [("否认", "胸痛、咯血")]),
        ("双肺未见实变影，心影增大。", [("未见", "实变影")]),
        ("无发热但有咳嗽", [("无", "发热")]),
        ("无发热，无咳嗽。", [("无", "发热"), ("无", "咳嗽")]),
        ("双肺未闻及湿啰音。", [("未闻及", "湿啰音")]),
        ("新冠核酸阴性，发热。", [("阴性", "新冠核酸")]),
    ],
)
def test_chinese_cues_deny_up_to_punctuation_or_a_turn(text: str, expected: list[tuple[str, str]]) -> None:
    assert denied(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Fever and cough.",
        "Gram-negative sepsis.",
        "No change.",
        "Pneumonia cannot be excluded.",
        "全身无力三天。",
        "肺炎不能排除。",
        "Patient knows nothing; northern lung",
    ],
)
def test_phrases_that_deny_nothing_are_left_alone(text: str) -> None:
    assert denied(text) == []


def test_spans_hold_cue_and_target_together_without_overlap() -> None:
    text = "Cough. No fever, no chills. Effusion was ruled out."

    assert [text[start:end] for start, end in find_negated(text)] == [
        "No fever",
        "no chills",
        "Effusion was ruled out",
    ]


def test_a_long_line_is_searched_in_linear_time() -> None:
    assert len(find_negations("no fever and cough, gram negative " * 2_500)) == 2_500


LONG_TEXT = (
    "HPI: Cough for days. No fever, no chills, denies chest pain, orthopnea or leg swelling.\n"
    "Effusion was ruled out; gram-negative sepsis. Pneumothorax is not seen\nand the heart is normal.\n"
    "否认胸痛、咯血，咳嗽三天。双肺未见实变影，心影增大。\n\n"
) * 60


@pytest.mark.parametrize("stretch", [500, 1_111, 4_096])
def test_stretches_together_find_what_the_whole_text_has(stretch: int) -> None:
    parts = [find_negations_within(LONG_TEXT, at, at + stretch) for at in range(0, len(LONG_TEXT), stretch)]

    found = sorted((negation for part in parts for negation in part), key=lambda negation: negation.span)
    assert tuple(found) == find_negations(LONG_TEXT)
    assert len(found) > 400


def test_a_stretch_without_a_cue_has_no_negation() -> None:
    text = "No effusion.\n" + "Cough and fever.\n" * 100

    assert find_negations_within(text, 100, 900) == ()
