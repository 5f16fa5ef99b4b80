"""The PDF, read back by independent tools."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import typst

from medmm.core.errors import ReportError
from medmm.core.quality import InputKind
from medmm.core.resources import resource
from medmm.core.similar import SimilarCase, SimilarCases
from medmm.report import fonts, pdf
from medmm.report.content import compose_report
from medmm.report.pdf import render_pdf
from tests.report.builders import make_case, make_image, make_note, make_patient, make_result
from tests.report.pdf_tools import pdf_of, run_tool, squeeze, text_of

NAMES = {
    "latin": "MÜLLER JÖRG, ŁUKASIEWICZ ŻÓŁĆ, ĐẶNG THỊ HƯƠNG, O'BRIEN SEÁN, ŞAHİN İĞÜÇ",
    "greek": "Παπαδόπουλος Γεώργιος, Ὀδυσσεύς Λαερτιάδης, Άννα Ξένου, Θεοδώρα Ψαλτοπούλου, Ωμέγα Ϊώ",
    "cyrillic": "Иванова Ёлка, Щербаков Объём, Ђорђевић Његош, Їжакевич Ґанна, Әлиев Қайрат",
    "han": "王小红, 歐陽鐵龍, 司马懿, 陳麗華, 张喆",
    "japanese": "渡辺さくら, タカハシ ケンジ, 斎藤ゆうき, 桜井恵子, 広瀬ヴィ",
    "hangul": "김민준, 박서연, 최도윤, 정하은, 황보훈",
    "arabic": "محمد أحمد, فاطمة الزهراء, عبد الله يوسف, نور الهدى, رضا پهلوی",
    "hebrew": "כהן דוד, לוי שרה, מזרחי יוסף, פרץ רחל, ביטון אברהם",
    "thai": "สมชาย ใจดี, มาลี ศรีสุข, บุญมี ทองคำ, น้ำฝน พรหม, กิตติ แก้วมณี",
    "devanagari": "राम शर्मा, प्रिया सिंह, कृष्ण मूर्ति, अंजलि गुप्ता, विक्रम त्रिपाठी",
}
HOSTILE = (
    '#read("/etc/passwd")',
    "<b>bold</b>",
    "$x$",
    "x <i and y> z",
    '#import "evil.typ": *',
    "*strong* _emph_ `raw` @label \\u{41} [x] // --- ~",
    "{{7*7}} %n %s \\input{/etc/hostname}",
)


@pytest.fixture
def only_shipped_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any font of its own."""
    shipped = typst.Fonts(False, False, [str(resource("report", "fonts"))])
    monkeypatch.setattr(fonts, "report_fonts", lambda: shipped)
    monkeypatch.setattr(pdf, "report_fonts", lambda: shipped)


@pytest.mark.usefixtures("only_shipped_fonts")
@pytest.mark.parametrize("script", NAMES)
def test_names_in_ten_scripts_read_back_with_the_shipped_fonts_alone(script: str, tmp_path: Path) -> None:
    names = NAMES[script].split(", ")
    case = make_case(patient=make_patient(names[0].replace(" ", "^")), notes=(make_note("\n".join(names)),), vitals=())

    text = text_of(pdf_of(case, make_result(explanations={}, shares={})), tmp_path)

    assert [name for name in names if squeeze(name) not in text] == []
    assert "no_font" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_printed_and_never_obeyed(hostile: str, tmp_path: Path) -> None:
    case = make_case(
        patient=make_patient(hostile, patient_id=hostile), notes=(make_note(f"before {hostile} after"),), vitals=()
    )

    text = text_of(pdf_of(case, make_result(explanations={})), tmp_path)

    assert squeeze(f"before {hostile} after") in text
    assert squeeze(hostile) in text.split("Findings")[0]
    assert "root:x:0" not in text


@pytest.mark.usefixtures("only_shipped_fonts")
def test_character_without_a_font_is_printed_as_code_point_with_a_warning(tmp_path: Path) -> None:
    text = text_of(pdf_of(make_case(patient=make_patient("SMITH^\U00016a40")), make_result()), tmp_path)

    assert "SMITH[U+16A40]" in text
    assert "1characterhasnofontonthismachine" in text


def test_every_page_says_draft_purpose_patient_and_page(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(make_case(), make_result()))
    pages = run_tool("pdftotext", "-layout", str(path), "-").rstrip("\f").split("\f")

    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "RESEARCH USE ONLY" in page
        assert "DRAFT" in page
        assert "MILLER ANNA  ·  ID 004211  ·  12 March 1961".replace("  ", " ") in re.sub(" +", " ", page)
        assert f"Page {number} of {len(pages)}" in page


def test_pdf_holds_every_part_of_the_report(tmp_path: Path) -> None:
    case = make_case(images=(make_image(64, 56),))

    near = (SimilarCase(1, 17, 0.93, {"pneumonia": True, "nodule": False}, True),)
    result = make_result(similar=SimilarCases(near, 1000, (InputKind.IMAGE,)))

    text = text_of(render_pdf(compose_report(case, result)), tmp_path)

    for words in (
        "Similar training cases", "Of the 1 nearest of 1,000 simulated training cases", "pneumonia in 1",
        "Findings", "Pneumonia", "0.83", "0.75–0.91", "positive", "+1.42", "areas that changed the score",
        "Grad-CAM (fusion head), native grid 7 × 7", "0.5 logit per cell or more", "Productive cough and fever",
        "Temperature", "38.8", "above", "Shares of the decision", "Checks", "implausible_vital", "Limits",
        "chest-multimodal 1.2.0", "4f" * 16, "images/IM0001", "a" * 64, "1.2.826.0.1.3680043.10.1",
    ):  # fmt: skip
        assert squeeze(words) in text, words


def test_uncalibrated_report_has_no_percent_sign(tmp_path: Path) -> None:
    # Without vitals: the unit of SpO2 is a percent sign of its own.
    text = text_of(pdf_of(make_case(vitals=()), make_result(is_calibrated=False, explanations={})), tmp_path)

    assert "%" not in text
    assert "probability" not in text


def test_same_report_gives_the_same_bytes() -> None:
    case = make_case(images=(make_image(32, 28),))

    assert render_pdf(compose_report(case, make_result())) == render_pdf(compose_report(case, make_result()))


def test_file_is_sound_archival_and_embeds_its_fonts(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf(compose_report(make_case(images=(make_image(32, 28),)), make_result())))

    listed = run_tool("pdffonts", str(path)).splitlines()[2:]

    assert "No syntax or stream encoding errors" in run_tool("qpdf", "--check", str(path))
    assert listed
    assert all(line.split()[-5] == "yes" for line in listed)  # columns: emb sub uni object ID
    assert b"<pdfaid:part>2</pdfaid:part>" in path.read_bytes()


def test_metadata_names_no_patient() -> None:
    content = pdf_of(make_case(patient=make_patient("CANARY^NAME", patient_id="CANARYID")), make_result())

    # The XMP packet of a PDF/A is not compressed; page text is.
    assert b"MedMM report" in content
    assert b"CANARY" not in content


def test_hashes_can_be_copied_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(make_case(), make_result()))

    text = run_tool("pdftotext", "-raw", str(path), "-")

    assert "a" * 64 in text
    assert "4f" * 16 + "\n" + "4f" * 16 in text  # two lines in its narrow column


def test_very_long_values_stay_on_the_page(tmp_path: Path) -> None:
    case = make_case(patient=make_patient("N" * 300, patient_id="8" * 300), notes=(make_note("W" * 1200),))
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(case, make_result(explanations={})))

    boxes = run_tool("pdftotext", "-bbox", str(path), "-")

    assert max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)) < 595.3  # A4 is 595.28 points wide


def test_missing_template_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "resource", lambda *parts: tmp_path.joinpath(*parts))

    with pytest.raises(ReportError, match="template is missing"):
        render_pdf(compose_report(make_case(images=()), make_result()))


def test_typst_trouble_becomes_a_report_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "report.typ").write_text("#nonsense")
    monkeypatch.setattr(pdf, "resource", lambda *parts: tmp_path / parts[-1])

    with pytest.raises(ReportError, match="could not be set: unknown variable"):
        render_pdf(replace(compose_report(make_case(images=()), make_result()), dated=""))
