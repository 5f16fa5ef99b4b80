"""Notes that hold the answer, are no text or say one thing over and over never reach the model."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from medmm.core.quality import InputKind, SkippedFile
from medmm.core.words import Words
from medmm.inference.gate import check_inputs
from tests.inference.builders import NOON, make_case, make_image, make_note, make_spec

REPORT = (
    "INDICATION: Cough.\nCOMPARISON: None.\nFINDINGS: There is a dense opacity in the left lower lobe.\n"
    "IMPRESSION: Pneumonia."
)
WITHOUT_HEADINGS = (
    "The cardiomediastinal silhouette is within normal limits. The lungs are clear. No focal consolidation. "
    "Osseous structures are intact."
)
CLINICAL = "CHIEF COMPLAINT: Cough.\nHPI: Fever for 3 days.\nCXR: ordered.\nASSESSMENT: Probably pneumonia. PLAN: film."


def codes(
    text: str,
    *,
    hours_before: float | None = None,
    accession: str = "A702331",
    languages: tuple[str, ...] = ("en",),
) -> tuple[bool, set[str]]:
    written = None if hours_before is None else NOON - timedelta(hours=hours_before)
    case = make_case(images=(make_image(accession_number=accession),), notes=(make_note(text, written_at=written),))
    spec = make_spec()
    spec = replace(spec, text=replace(spec.text, languages=languages))
    use = check_inputs(case, spec)[InputKind.NOTE]
    return use.used, {note.code for note in use.gate}


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        WITHOUT_HEADINGS,
        "CHEST X-RAY REPORT\n\nPneumonia of the left lower lobe is seen.",
        "胸片检查报告\n左下肺炎。",
    ],
)
def test_the_reading_of_the_film_itself_is_refused(text: str) -> None:
    assert codes(text) == (False, {"note_is_report"})
    assert codes(text, hours_before=1) == (False, {"note_is_report"})


def test_the_reading_of_an_earlier_film_is_history_unless_it_names_this_study() -> None:
    assert codes(REPORT, hours_before=48) == (True, set())
    assert codes(REPORT + "\nAccession: A702331", hours_before=48) == (False, {"note_is_report"})


@pytest.mark.parametrize(("days", "found"), [(6, set()), (30, {"note_not_current"})])
def test_a_history_of_weeks_ago_is_used_with_a_warning(days: int, found: set[str]) -> None:
    assert codes(CLINICAL, hours_before=24 * days) == (True, found)


def test_a_clinician_who_ordered_a_film_wrote_no_report() -> None:
    assert codes(CLINICAL) == (True, set())


def test_numbers_and_signs_are_no_running_text() -> None:
    assert codes("|1|2024-03-05|37.2|88|+++|{}[]|12.5;13.1;9.9|the|of|is|0x00|--" * 4) == (False, {"note_not_text"})


def test_a_text_pasted_over_and_over_is_refused() -> None:
    assert codes("Patient is stable and has no cough today. " * 40) == (False, {"note_repetitive"})


def test_a_long_note_that_goes_on_is_no_repetition() -> None:
    assert codes(" ".join(f"word{chr(97 + i % 26)}{chr(97 + i // 26)} the" for i in range(600))) == (True, set())


def test_letters_at_random_are_no_text() -> None:
    rng = np.random.default_rng(0)
    words = ["".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), rng.integers(4, 11))) for _ in range(60)]
    assert codes(" ".join(words)) == (False, {"note_garbled"})


CHINESE = "现病史：患者男，61岁，双下肢水肿，气促已1天。无尿痛，否认胸痛，无咳痰。体格检查：颈静脉充盈，双肺底湿啰音。"


@pytest.mark.parametrize(
    "text",
    [
        CHINESE.encode().decode("gbk", "ignore"),
        CHINESE.encode("gb18030").decode("big5", "ignore"),
        "".join(chr(0x4E00 + 20_000 * (7 * k % 61) // 61) for k in range(60)),
    ],
    ids=["UTF-8 read as GBK", "GB 18030 read as Big5", "characters at random"],
)
def test_chinese_characters_that_stand_in_no_text_are_garbled(text: str) -> None:
    assert "note_garbled" in codes(text, languages=("en", "zh"))[1]


@pytest.mark.parametrize(
    "text",
    [CHINESE, "患者發熱、咳嗽三天，無胸痛。雙肺呼吸音粗，未聞及囉音。既往高血壓病史十年，氣促，膿痰。"],
    ids=["simplified", "traditional"],
)
def test_chinese_in_either_script_is_text(text: str) -> None:
    assert codes(text, languages=("en", "zh")) == (True, set())


def test_letters_at_random_are_garbled_before_they_are_of_a_language() -> None:
    rng = np.random.default_rng(0)
    words = ["".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), rng.integers(4, 11))) for _ in range(60)]
    assert codes(" ".join(words) + " le la des con el una") == (False, {"note_garbled"})


@pytest.mark.parametrize(("text", "found"), [("Dyspnea", {"note_too_short"}), ("Chest pain.", set())])
def test_one_word_is_too_short_and_two_may_be_an_indication(text: str, found: set[str]) -> None:
    assert codes(text) == (not found, found)


def test_a_note_of_abbreviations_is_text() -> None:
    text = "Pt c/o SOB, DOE x3d, PND. Hx CHF, COPD, HTN, DMII, CKD. VSS. Lungs: BBS, crackles, rhonchi. r/o PNA, PTX."
    assert codes(text)[0]


def test_a_note_that_could_not_be_read_is_told_under_its_own_code() -> None:
    refused = SkippedFile(Path("note.txt"), "invalid_record", Words("note.txt holds no text."))
    use = check_inputs(replace(make_case(notes=()), skipped=(refused,)), make_spec())[InputKind.NOTE]
    assert (use.used, use.gate[0].code) == (False, "note_unreadable")
