"""Sides of the chest in notes: 47 sentences, with negation, vertebrae, verbs and other parts of the body."""

from __future__ import annotations

import pytest

from medmm.records.laterality import affirmed_side, find_sides

SIDES = [
    ("Crackles over the left base.", "L"),
    ("Right lower lobe pneumonia suspected.", "R"),
    ("Left-sided chest pain since yesterday.", "L"),
    ("Dull to percussion on the right, r/o effusion.", "R"),
    ("Known LLL collapse.", "L"),
    ("RUL mass on outside CT.", "R"),
    ("? R pneumothorax after line placement.", "R"),
    ("Effusion (L), drained twice.", "L"),
    ("Reduced air entry lt base.", "L"),
    ("s/p thoracentesis rt side.", "R"),
    ("No left effusion. Pain on the right.", "R"),
    ("Denies left-sided pain; stabbing pain right chest.", "R"),
    ("Without right pleural effusion, but left basal crackles.", "L"),
    ("左肺呼吸音减低。", "L"),
    ("右侧胸痛三天。", "R"),
    ("Left lung clear to the apex, nothing else.", "L"),
    ("Patient has left lower lobe crackles.", "L"),
]
NO_SIDE = [
    "Fracture of L1 after a fall.",
    "Back pain at L4/5, no cough.",
    "Pain radiating from L5-S1.",
    "T12 and L2 compression fractures.",
    "He left the hospital against advice.",
    "She has left home three weeks ago.",
    "Patient left AMA, returned today with cough.",
    "Known left ventricular dysfunction, EF 35 %.",
    "Right heart failure with ankle swelling.",
    "Left bundle branch block.",
    "Right-handed man with cough.",
    "All right at rest, short of breath on exertion.",
    "Left knee pain, for pre-op film.",
    "Status post right total knee arthroplasty.",
    "心尖搏动向左下移位。",
    "Short of breath, left shoulder pain.",
    "Right hip fracture, pre-operative chest film.",
    "RR 16/min, L 4 WBC.",
    "No left or right effusion.",
    "Denies right chest pain.",
    "Crackles left and right base.",
    "Bilateral crackles.",
    "Left atrium enlarged, AF.",
    "Weakness of the right arm since this morning.",
    "Lab: L 12.3, R factor negative.",
    "No pneumothorax on the left.",
    "Right breast carcinoma 2018.",
    "Left hemiparesis, aspiration?",
    "患者无发热，咳嗽三天。",
    "Pacemaker left pectoral? Not known.  Crackles right base.",
]


@pytest.mark.parametrize(("text", "side"), SIDES)
def test_the_side_of_the_chest_is_found(text: str, side: str) -> None:
    assert affirmed_side(text) == side


@pytest.mark.parametrize("text", NO_SIDE)
def test_what_names_no_single_side_of_the_chest_gives_none(text: str) -> None:
    assert affirmed_side(text) is None


def test_a_mention_knows_its_place_and_whether_it_is_denied() -> None:
    text = "No left effusion. Pain on the right."
    assert [(text[m.start : m.end], m.side, m.is_denied) for m in find_sides(text)] == [
        ("left", "L", True),
        ("right", "R", False),
    ]
