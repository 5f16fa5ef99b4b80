"""Patients, labels and splits."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from medmm.core.errors import InvalidRecord, UnreadableFile
from medmm.training.config import SplitConfig
from medmm.training.domain_config import DomainColumns, DomainConfig, SoftLabels
from medmm.training.domains import find_domain, map_labels
from medmm.training.patients import find_patients, part_of, read_truth

FINDINGS = ("pneumonia", "nodule")
SPLIT = SplitConfig(train=0.7, validation=0.1, calibration=0.1, test=0.1)
DOMAIN = DomainConfig(
    name="films",
    folder="films",
    source="a test",
    label_column="label",
    positives={"Pneumonia": "pneumonia", "Mass": "nodule", "Nodule": "nodule"},
    negatives_known=("pneumonia", "nodule"),
    negative_words=("No Finding",),
    unknown_words={"Consolidation": "pneumonia"},
    train_where=({"license": ("CC0",)}, {"source": ("mine",), "license": ("",)}),
    skip_where={"view": ("L",)},
    soft=SoftLabels(columns={"t_mass": "nodule", "t_nodule": "nodule"}, weight=0.1),
    train_part=1.0,
)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def same(found: tuple[float, ...], expected: tuple[float, ...]) -> bool:
    return all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(found, expected, strict=True))


def test_truth_gives_labels_and_unknown_where_silent(tmp_path: Path) -> None:
    path = write(tmp_path / "truth.csv", "case,finding,present\nb,nodule,0\na,nodule,1\na,pneumonia,0\n")

    truth = read_truth(path, FINDINGS)

    assert list(truth) == ["a", "b"]
    assert truth["a"].labels == (0.0, 1.0)
    assert same(truth["b"].labels, (float("nan"), 0.0))
    assert truth["a"].boxes == truth["b"].boxes == (None, None)


def test_truth_gives_boxes_in_the_order_of_the_findings(tmp_path: Path) -> None:
    head = "case,finding,present,row0,col0,row1,col1\n"
    path = write(tmp_path / "truth.csv", head + "a,nodule,1,10,20,30,40\na,pneumonia,1,,,,\n")

    assert read_truth(path, FINDINGS)["a"].boxes == (None, (10, 20, 30, 40))


@pytest.mark.parametrize("box", ["10,20,10,40", "10,20,30,", "10,20,a,40", "-1,20,30,40"])
def test_a_box_that_is_none_is_refused(tmp_path: Path, box: str) -> None:
    path = write(tmp_path / "truth.csv", f"case,finding,present,row0,col0,row1,col1\na,nodule,1,{box}\n")

    with pytest.raises(InvalidRecord, match="four whole numbers of a box"):
        read_truth(path, FINDINGS)


def test_truth_with_another_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord, match="present"):
        read_truth(write(tmp_path / "truth.csv", "case,finding,present\na,nodule,maybe\n"), FINDINGS)


def test_case_without_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "truth.csv", "case,finding,present\na,nodule,1\n")

    with pytest.raises(InvalidRecord, match="no such folder"):
        find_patients(tmp_path, FINDINGS, SPLIT, domain="d")


def test_cohort_without_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"truth\.csv"):
        find_patients(tmp_path, FINDINGS, SPLIT, domain="d")


def test_split_keeps_its_shares_and_its_patients() -> None:
    parts = {f"case_{i:05d}": part_of(f"case_{i:05d}", train=0.7, validation=0.1, calibration=0.1) for i in range(4000)}

    counts = Counter(parts.values())
    # Four standard deviations of a binomial: 4 * sqrt(4000 * 0.7 * 0.3) = 116.
    assert abs(counts["train"] - 2800) < 116
    assert all(parts[name] == part_of(name, train=0.7, validation=0.1, calibration=0.1) for name in parts)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Mass|Pneumonia", (1.0, 1.0)),
        ("Nodule", (0.0, 1.0)),
        ("No Finding", (0.0, 0.0)),
        ("Consolidation|Nodule", (float("nan"), 1.0)),
        ("Fracture", (float("nan"), float("nan"))),
        ("", (float("nan"), float("nan"))),
    ],
)
def test_words_of_a_source_become_labels(words: str, expected: tuple[float, float]) -> None:
    assert same(map_labels(words, DOMAIN, FINDINGS), expected)


def test_terms_of_use_decide_what_may_be_trained_on(tmp_path: Path) -> None:
    rows = (
        "1.png,p1,Mass,CC0,,PA,,\n2.png,p2,Mass,,mine,PA,,\n3.png,p3,Mass,CC BY-NC,mine,PA,,\n4.png,p4,Mass,CC0,,L,,\n"
    )
    header = "filename,patient_id,label,license,source,view,t_mass,t_nodule\n"
    write(tmp_path / "films" / "cases.csv", header + rows)

    found = find_domain(DOMAIN, FINDINGS, root=tmp_path)

    assert [(row.path.name, row.part) for row in found] == [
        ("1.png", "train"),
        ("2.png", "train"),
        ("3.png", "held_out"),
    ]


def test_scores_of_another_model_are_soft_targets_for_training_only(tmp_path: Path) -> None:
    header = "filename,patient_id,label,license,source,view,t_mass,t_nodule\n"
    write(tmp_path / "films" / "cases.csv", header + "1.png,p1,,CC0,,PA,0.2,0.6\n2.png,p2,,CC BY-NC,,PA,0.2,0.6\n")

    (row,) = find_domain(DOMAIN, FINDINGS, root=tmp_path)

    assert same(row.labels, (float("nan"), 0.6))
    assert (row.is_soft, row.weight, row.part) == (True, 0.1, "train")


def test_absent_domain_is_left_out(tmp_path: Path) -> None:
    assert find_domain(DOMAIN, FINDINGS, root=tmp_path) == []


def test_a_table_says_more_of_a_case_and_its_texts_stay_out_of_training(tmp_path: Path) -> None:
    table = (
        "filename,patient_id,label,license,source,view,sex,age,story,temp\n"
        "a.png,p1,Mass,CC0,,AP,m,61,Cough.,38.5\n"
        "b.png,p2,Mass,none,other,PA,F,?,Fever for days.,39.1\n"
        "c.png,p3,Mass,none,third,PA,F,40,,\n"
    )
    write(tmp_path / "films/cases.csv", table)
    columns = DomainColumns(
        age="age", sex="sex", view="view", site="source", note="story", vitals={"temperature_c": "temp"}
    )
    config = DOMAIN.model_copy(update={"columns": columns, "only_where": {"source": ("", "other")}})

    may, may_not = find_domain(config, FINDINGS, root=tmp_path)

    assert (may.part, may.record.age_years, may.record.sex, may.record.view) == ("train", 61.0, "M", "AP")
    assert (may.record.note, may.record.vitals) == ("", ())
    assert (may_not.part, may_not.record.age_years, may_not.record.site) == ("held_out", None, "other")
    assert (may_not.record.note, may_not.record.vitals) == ("Fever for days.", (("temperature_c", 39.1),))


def test_an_unknown_vital_sign_of_a_table_is_named() -> None:
    with pytest.raises(ValueError, match="temperature_c"):
        DomainColumns(vitals={"temperature": "temp"})
