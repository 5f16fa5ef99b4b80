"""What names the patient is masked, and nothing that a score rests on."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medmm.core.identity import PatientIdentity
from medmm.core.resources import resource
from medmm.records.note import read_note
from medmm.records.phi import find_phi, mask_phi

WHO = PatientIdentity(patient_id="SIM-77", name="Smith^John=王^小红")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Seen on 2024-03-05 again.", ["2024-03-05"]),
        ("Seen on 3/5/2024, 05.03.24 and 12-11-2023.", ["3/5/2024", "05.03.24", "12-11-2023"]),
        ("Cough since May 3rd, 2024 and 4 March 2024.", ["May 3rd, 2024", "4 March 2024"]),
        ("2024年3月5日入院，3月6日复查", ["2024年3月5日", "3月6日"]),
        ("Call (555) 123-4567 or 555-123-4567.", ["(555) 123-4567", "555-123-4567"]),
        ("Call +49 170 1234567, tel: 33 44 55 66.", ["+49 170 1234567", "tel: 33 44 55 66"]),
        ("电话13812345678，或010-62345678", ["13812345678", "010-62345678"]),
        ("Write to jane.doe@clinic.org or www.clinic.org/x.", ["jane.doe@clinic.org", "www.clinic.org/x."]),
        ("MRN: A-123456; patient id 00042, accession no. X99.", ["A-123456", "00042", "X99"]),
        ("住院号：ZY10293，身份证 11010519491231002X", ["ZY10293", "11010519491231002X"]),
        ("Mr. O'Brien was sent by Dr. J. Miller.", ["O'Brien", "J. Miller"]),
        ("Patient Name: Ann Lee\nCough.", ["Ann Lee"]),
        ("姓名：王小红，女", ["王小红"]),
        ("JOHN says Smith's cough (SIM-77) is better, 王小红 too", ["JOHN", "Smith", "SIM-77", "王小红"]),
        ("Smith^John", ["Smith^John"]),
    ],
)
def test_what_names_the_patient_is_blanked_in_place(text: str, hidden: list[str]) -> None:
    expected = text
    for piece in hidden:
        assert piece in text
        expected = expected.replace(piece, " " * len(piece))

    assert mask_phi(text, WHO) == expected
    assert mask_phi(expected, WHO) == expected


@pytest.mark.parametrize(
    "text",
    [
        "BP 120/80, HR 104, RR 22/min, temp 38.6, SpO2 91 % on 2 l O2.",
        "CRP 142 mg/l, WBC 12.400, troponin 0.012, creatinine 1.3-1.5.",
        "Pain 5/10 for 3 days, 40 pack-years, NYHA III, T2DM, may improve in March.",
        "No pleural effusion. Johnson syndrome? Identity of the shadow unclear.",
        "体温38.6℃，血压120/80mmHg，咳嗽3天，白细胞12.4×10^9/L",
        "Liver 14 cm, nodule 8 x 6 mm, T1-2 N0, grade 2-3.",
    ],
)
def test_what_a_score_rests_on_stays(text: str) -> None:
    assert mask_phi(text, WHO) == text


def test_lines_and_length_stay() -> None:
    text = "Name: Ann\nSeen\n2024-01-02\nMRN 123456"

    assert [len(line) for line in mask_phi(text).split("\n")] == [len(line) for line in text.split("\n")]


@pytest.mark.parametrize("sample", ["chest_pneumonia", "chest_chinese"])
def test_nothing_of_the_samples_patient_is_left(sample: str) -> None:
    note = read_note(resource("samples", sample, "note.txt"))
    masked = mask_phi(note.text, note.identity)

    assert find_phi(note.text, note.identity)
    for piece in (note.identity.patient_id, *note.identity.name.replace("=", "^").split("^")):
        assert piece.casefold() not in masked.casefold() or len(piece) == 1
    assert note.identity.birth_date[:4] not in masked


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("患者Smith于2024-03-05复诊", "患者     于          复诊"),
        ("病人MRN: A-123456", "病人MRN:         "),
        ("编号SIM-77，电话555-123-4567。", "编号      ，电话            。"),
        ("由Dr. Miller诊治三天", "由Dr.       诊治三天"),
        ("患者发热，邮箱jane@clinic.org。", "患者发热，邮箱               。"),
        ("见https://x.org/a。患者咳嗽", "见               。患者咳嗽"),
        ("住院号：ZY10293患者发热三天", "住院号：       患者发热三天"),
    ],
)
def test_what_stands_in_chinese_without_a_space_ends_where_the_chinese_goes_on(text: str, left: str) -> None:
    assert mask_phi(text, WHO) == left


# What names people, what looks like it, letters that change their length in other cases, and anything at all.
PIECES = st.one_of(
    st.sampled_from(
        (
            "Smith", "JOHN", "王小红", "SIM-77", "Mr. O'Brien", "Dr. J. Miller", "2024-03-05", "3月6日",
            "May 3rd, 2024", "+49 170 1234567", "13812345678", "jane@clinic.org", "MRN: A-12", "住院号：ZY10",
            "Name: Ann Lee", "\n",
            "\r\n", " ", ", ", "temperature 38.6", "BP 120/80", "İ", "ß", "ﬁ", "\u0301", "😷",
        )
    ),
    st.text(max_size=8),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from((WHO, PatientIdentity())))
def test_every_place_in_the_text_stays_what_it_was(text: str, who: PatientIdentity) -> None:
    masked, stretches = mask_phi(text, who), find_phi(text, who)

    # Weights, sections and negations point into the note as it stands: nothing moves, and lines stay lines.
    hidden = {place for start, end in stretches for place in range(start, end)}
    expected = [" " if place in hidden and char != "\n" else char for place, char in enumerate(text)]
    assert list(masked) == expected
    assert stretches == tuple(sorted(stretches))
    assert all(0 <= start < end <= len(text) for start, end in stretches)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(("a-a", "ana", "Smith", "SIM-77", "a", "é")),
    st.lists(st.sampled_from(("a", "-", "n", "ana", "a-a", "SMITH", "SIM-77", "患", " ", "_", "7", "É")), max_size=12),
)
def test_a_word_is_found_wherever_it_stands_alone(word: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    letter = r"[^\W\u3400-\u9fff]"
    alone = rf"(?<!{letter}){re.escape(word)}(?!{letter})" if word.isascii() else re.escape(word)

    found = find_phi(text, PatientIdentity(patient_id=word))

    assert {match.span() for match in re.finditer(alone, text, re.IGNORECASE)} <= set(found)
    assert set(found) - set(find_phi(text)) <= {match.span() for match in re.finditer(alone, text, re.IGNORECASE)}


@pytest.mark.parametrize(
    "text", ["a" * 400_000, "ID" + " " * 4000 + "x", "Patient id " + "\t" * 4000 + "-", "x@" + "a" * 400_000]
)
def test_a_long_run_without_a_name_in_it_is_searched_once(text: str) -> None:
    began = time.process_time()

    assert mask_phi(text) == text

    assert time.process_time() - began < 3  # minutes and hours, where each letter begins a search of its own
