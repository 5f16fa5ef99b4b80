"""What was open is read back as it was stored; damage is no session."""

from __future__ import annotations

from pathlib import Path

import pytest

from medmm.workflow.last_session import LastSession, forget_last_session, read_last_session, store_last_session

OPEN = LastSession((Path("/patients/王小红"), Path("/patients/b.zip")), "abc-2", (2, 3), ("s1", "", "s3"), 2)


def test_a_session_is_read_back_as_it_was_stored(medmm_home: Path) -> None:
    store_last_session(OPEN)

    assert read_last_session() == OPEN


def test_a_forgotten_session_leaves_nothing_on_disk(medmm_home: Path) -> None:
    store_last_session(OPEN)

    forget_last_session()
    forget_last_session()

    assert read_last_session() is None
    assert list(medmm_home.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[]", '{"places": ["a"]}', '{"places": 3, "patient": "", "shape": [1]}'])
def test_a_damaged_file_is_no_session(medmm_home: Path, text: str) -> None:
    medmm_home.mkdir()
    (medmm_home / "session.json").write_text(text, encoding="utf-8")

    assert read_last_session() is None
