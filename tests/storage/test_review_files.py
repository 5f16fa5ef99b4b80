"""Reviews on disk: whole, hashed, sound; of two windows neither loses the other's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.errors import Cancelled
from medmm.core.progress import CancelToken
from medmm.core.review import ReviewLog, Signature
from medmm.storage.review_files import REVIEWS, SIGNATURES, read_all_reviews, read_reviews, write_reviews
from tests.core.review_builders import make_ai, make_review

STUDY = "1.2.840.99"
FIRST = make_review(make_ai(), "-", reason="old scar, left", is_first=True)
SECOND = make_review(make_ai("nodule", "?"), "0", time="2026-11-03T14:05:00+01:00")
SIGNED = Signature("s1", "ab" * 32, (FIRST.id, SECOND.id), "R", "2026-11-03T15:00:00+01:00")


def test_what_was_said_and_signed_is_read_again_and_the_uid_stands_in_no_name(medmm_home: Path) -> None:
    write_reviews(STUDY, ReviewLog((FIRST, SECOND), (SIGNED,)), known=set())

    assert read_reviews(STUDY).log == ReviewLog((FIRST, SECOND), (SIGNED,))
    assert not any(STUDY in path.name or STUDY in path.read_text("utf-8") for path in medmm_home.rglob("*.json"))


def test_a_review_of_another_window_is_kept_and_one_taken_back_goes() -> None:
    write_reviews(STUDY, ReviewLog((FIRST, SECOND)), known=set())

    write_reviews(STUDY, ReviewLog(), known={FIRST.id})

    assert read_reviews(STUDY).log.reviews == (SECOND,)


def test_reviews_of_two_windows_stand_in_the_order_of_time() -> None:
    # 13:03 in London is after 14:02 and before 14:05 on the continent.
    other = make_review(make_ai(), "+", time="2026-11-03T13:03:00+00:00")
    write_reviews(STUDY, ReviewLog((FIRST, SECOND)), known=set())

    write_reviews(STUDY, ReviewLog((other,)), known={other.id})

    assert read_reviews(STUDY).log.reviews == (FIRST, other, SECOND)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"call": "no opinion"', '"call": "maybe"'),
        ('"score": 0.5', '"score": NaN'),
        ("14:05:00+01:00", "14:05:00"),
        ('"decision": "uncertain"', '"decision": "perhaps"'),
        (f'"id": "{SECOND.id}"', '"id": 7'),
    ],
)
def test_a_malformed_review_is_told_and_the_rest_is_read(old: str, new: str) -> None:
    write_reviews(STUDY, ReviewLog((FIRST, SECOND)), known=set())
    path = REVIEWS.path(STUDY)
    text = path.read_text(encoding="utf-8")
    assert old in text
    head, _, tail = text.rpartition(old)
    path.write_text(head + new + tail, encoding="utf-8")

    stored = read_reviews(STUDY)

    assert stored.log.reviews == (FIRST,)
    assert stored.trouble is not None
    assert "1 of 2 saved reviews" in stored.trouble.message
    assert read_reviews(STUDY).trouble is None
    assert path.with_suffix(".damaged1").exists()


def test_a_damaged_signature_is_kept_aside_and_signs_nothing() -> None:
    write_reviews(STUDY, ReviewLog((FIRST,), (SIGNED,)), known=set())
    SIGNATURES.path(STUDY).write_text("{", encoding="utf-8")

    stored = read_reviews(STUDY)

    assert stored.log == ReviewLog((FIRST,))
    assert stored.trouble is not None


def test_a_cancelled_write_changes_nothing() -> None:
    write_reviews(STUDY, ReviewLog((FIRST,)), known=set())
    cancel = CancelToken()
    cancel.set()

    with pytest.raises(Cancelled):
        write_reviews(STUDY, ReviewLog(), known={FIRST.id}, cancel=cancel)

    assert read_reviews(STUDY).log.reviews == (FIRST,)


def test_all_cases_are_read_by_their_hash_and_a_damaged_one_is_left_as_it_is() -> None:
    write_reviews(STUDY, ReviewLog((FIRST,)), known=set())
    other = replace(SECOND, reason="x")
    write_reviews("1.2.840.100", ReviewLog((other,)), known=set())
    damaged = REVIEWS.path("1.2.840.101")
    damaged.write_text("[]", encoding="utf-8")

    found = read_all_reviews()

    assert set(found.values()) == {(), (FIRST,), (other,)}
    assert damaged.exists()
