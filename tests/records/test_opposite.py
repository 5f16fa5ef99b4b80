"""The opposite of sentences of clinical notes, written by hand."""

from __future__ import annotations

import pytest

from medmm.records.opposite import opposite_of


@pytest.mark.parametrize(
    ("sentence", "opposite"),
    [
        ("No effusion.", "Effusion."),
        ("There is a small effusion.", "There is no small effusion."),
        ("Lungs are clear.", "Lungs are not clear."),
        ("Bases clear.", "Bases not clear."),
        ("Denies fever, chills or night sweats.", "Reports fever, chills and night sweats."),
        ("Reports fever and chills.", "Denies fever or chills."),
        (
            "58-year-old man, shaking chills, c/o cough for 6 days.",
            "58-year-old man, no shaking chills, no cough for 6 days.",
        ),
        ("Fine crackles at both bases, no wheeze.", "No fine crackles at both bases, no wheeze."),
        ("SOB.", "No SOB."),
        ("H/o CHF on furosemide, hypertension.", "No h/o CHF on furosemide, no hypertension."),
        ("T2DM, no h/o malignancy.", "No T2DM, no h/o malignancy."),
        ("Apex beat displaced laterally.", "Apex beat not displaced laterally."),
        ("Swollen legs.", "No swollen legs."),
        ("Lost 7 kg in 3 months.", "Did not lose 7 kg in 3 months."),
        ("Wakes up gasping.", "Does not wake up gasping."),
        ("She has a cough and fever.", "She has no cough or fever."),
        ("Chest film shows consolidation.", "Chest film shows no consolidation."),
        ("Pneumothorax was not seen.", "Pneumothorax was seen."),
        ("Pleural effusion is absent.", "Pleural effusion is present."),
        ("Cannot lie flat.", "Can lie flat."),
        ("fever for days", "no fever for days"),
        ("双踝部水肿。", "无双踝部水肿。"),
        ("无外伤，否认咳嗽。", "有外伤，有咳嗽。"),
        ("两肺底可闻湿啰音，颈静脉怒张，无哮鸣音。", "两肺底未闻及湿啰音，颈静脉无怒张，无哮鸣音。"),
        ("双肺未见实变。", "双肺可见实变。"),
        ("患者女，74岁，夜间憋醒。", "患者女，74岁，无夜间憋醒。"),
        ("体重增加3公斤。", "体重未增加3公斤。"),
        ("两肺底可闻湿啰音，CRP正常，无杂音。", "两肺底未闻及湿啰音，CRP不正常，无杂音。"),
        ("心衰病史，服用呋塞米。", "无心衰病史，未服用呋塞米。"),
        ("结核菌素试验阴性。", "结核菌素试验阳性。"),
    ],
)
def test_a_sentence_is_turned_round(sentence: str, opposite: str) -> None:
    assert opposite_of(sentence) == opposite


@pytest.mark.parametrize(
    "sentence",
    ["r/o pneumonia.", "Infiltrate?", "CRP 142.", "He went home.", "The effusion has resolved.",
     "Neither fever nor cough.", "66-year-old woman.", "请除外肺炎。", "吸烟40年，每日一包。", "CRP 98。", ""],
)  # fmt: skip
def test_what_no_rule_fits_has_no_opposite(sentence: str) -> None:
    assert opposite_of(sentence) is None
