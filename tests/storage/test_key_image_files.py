"""Key images on disk: whole, hashed, sound; of two windows neither loses the other's."""

from __future__ import annotations

from pathlib import Path

import pytest

from medmm.core.errors import Cancelled
from medmm.core.measurement import SlicePlace
from medmm.core.progress import CancelToken
from medmm.storage.key_image_files import FILE, read_key_images, write_key_images

STUDY = "1.2.840.99"
FIRST, SECOND = SlicePlace("1.2.3", 0, STUDY, "1.2"), SlicePlace("1.2.4", 7, STUDY, "1.2")


def test_what_was_marked_is_read_again_and_the_uid_stands_in_no_name(medmm_home: Path) -> None:
    write_key_images(STUDY, [FIRST, SECOND], known=set())

    assert read_key_images(STUDY).places == (FIRST, SECOND)
    (path,) = (medmm_home / "key_images").glob("*.json")
    assert STUDY not in path.name


def test_a_mark_of_another_window_is_kept_and_one_taken_back_goes() -> None:
    write_key_images(STUDY, [FIRST, SECOND], known=set())

    write_key_images(STUDY, [], known={FIRST.key})

    assert read_key_images(STUDY).places == (SECOND,)


def test_without_marks_there_is_no_file() -> None:
    write_key_images(STUDY, [FIRST], known=set())

    write_key_images(STUDY, [], known={FIRST.key})

    assert not FILE.path(STUDY).exists()


@pytest.mark.parametrize(
    ("old", "new"), [('"1.2.4"', "4"), ('"frame": 7', '"frame": -7'), ('"frame": 7', '"frame": true')]
)
def test_a_malformed_entry_is_told_and_the_rest_is_read(old: str, new: str) -> None:
    write_key_images(STUDY, [FIRST, SECOND], known=set())
    path = FILE.path(STUDY)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    stored = read_key_images(STUDY)

    assert stored.places == (FIRST,)
    assert stored.trouble is not None
    assert "1 of 2 saved key images" in stored.trouble.message
    assert read_key_images(STUDY).trouble is None


def test_a_cancelled_write_changes_nothing() -> None:
    write_key_images(STUDY, [FIRST], known=set())
    cancel = CancelToken()
    cancel.set()

    with pytest.raises(Cancelled):
        write_key_images(STUDY, [], known={FIRST.key}, cancel=cancel)

    assert read_key_images(STUDY).places == (FIRST,)
