"""What was being opened when the program died is known at the next start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from medmm.workflow.openings import Openings, acquit, is_suspect, suspects
from medmm.workflow.recent import MOST, forget_recent, recent_paths, remember

DIES_WHILE_OPENING = """
import os, sys
from pathlib import Path
from medmm.workflow.openings import Openings
openings = Openings(remembers_paths={remembers})
openings.begin()
with openings.under_way(Path({path!r})):
    with openings.under_way(Path({path!r})):
        pass
    os._exit(9)
"""


def die_while_opening(path: Path, *, remembers: bool = True) -> None:
    code = DIES_WHILE_OPENING.format(path=str(path), remembers=remembers)
    assert subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=False).returncode == 9


def test_a_path_at_which_the_program_died_is_suspect_until_it_was_opened_by_hand(tmp_path: Path) -> None:
    die_while_opening(tmp_path / "bad")
    openings = Openings()

    found = openings.begin()
    openings.close()

    assert [suspect.name for suspect in found] == ["bad"]
    assert is_suspect(tmp_path / "bad")
    assert not is_suspect(tmp_path / "good")
    acquit(tmp_path / "bad")
    assert not is_suspect(tmp_path / "bad")


def test_the_list_survives_the_next_start_but_is_told_once(tmp_path: Path) -> None:
    die_while_opening(tmp_path / "bad")
    first, second = Openings(), Openings()
    first.begin()
    first.close()

    found = second.begin()
    second.close()

    assert found == ()
    assert is_suspect(tmp_path / "bad")


def test_a_path_is_not_written_down_when_none_may_be_remembered(tmp_path: Path, medmm_home: Path) -> None:
    die_while_opening(tmp_path / "wang_xiaohong", remembers=False)
    openings = Openings(remembers_paths=False)

    found = openings.begin()
    openings.close()

    assert is_suspect(tmp_path / "wang_xiaohong")
    assert found[0].name == ""
    assert not [p for p in medmm_home.rglob("*") if p.is_file() and b"wang" in p.read_bytes()]


def test_a_session_that_still_lives_is_left_alone(tmp_path: Path) -> None:
    one, other = Openings(), Openings()
    one.begin()

    with one.under_way(tmp_path / "large"):
        found = other.begin()
    one.close()
    other.close()

    assert found == ()
    assert suspects() == ()


def test_the_recent_list_holds_the_last_ones_once_and_can_be_forgotten(tmp_path: Path) -> None:
    for number in range(MOST + 2):
        remember(tmp_path / f"p{number}")
    remember(tmp_path / "p5")

    names = [path.name for path in recent_paths()]

    assert names == ["p5", "p11", "p10", "p9", "p8", "p7", "p6", "p4", "p3", "p2"]
    forget_recent()
    assert recent_paths() == ()
