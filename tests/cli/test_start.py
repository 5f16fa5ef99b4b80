"""Words on the command line: a command, or patients for the window."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from medmm.cli import main as commands
from medmm.cli.start import COMMANDS, start


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """What the window was opened with; no window is opened."""
    calls: list[list[Path]] = []
    monkeypatch.setitem(sys.modules, "ui.app", SimpleNamespace(run=lambda paths: calls.append(list(paths)) or 0))
    return calls


def test_nothing_opens_an_empty_window(opened: list[list[Path]]) -> None:
    assert start([]) == 0
    assert opened == [[]]


def test_paths_open_the_window_with_these_patients(opened: list[list[Path]], tmp_path: Path) -> None:
    assert start([str(tmp_path)]) == 0
    assert opened == [[tmp_path]]


@pytest.mark.parametrize("words", [["scor"], ["deid", "a", "b"], ["models", "nonsense"]])
def test_a_wrong_or_missing_command_is_wrong_usage_and_no_patient(
    opened: list[list[Path]], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(words) == 2
    assert opened == []
    assert "Traceback" not in capsys.readouterr().err


def test_every_command_that_is_there_is_known_at_the_start() -> None:
    names = {command.callback.__name__ for command in commands.app.registered_commands}

    assert names | {"models"} <= set(COMMANDS)


def test_the_installed_command_starts_the_same_way() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["project"]["scripts"]["medmm"] == "medmm.cli.start:start"


@pytest.mark.parametrize("words", [["syn/s1", "other"], ["gone.dcm"], ["..\\films"]])
def test_paths_that_are_not_there_are_said_not_to_exist(
    opened: list[list[Path]], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(words) == 1
    assert opened == []
    assert f"'{words[0]}' does not exist" in capsys.readouterr().err


def test_a_path_that_is_not_there_does_not_keep_the_next_from_being_opened(
    opened: list[list[Path]], tmp_path: Path
) -> None:
    assert start(["absent", str(tmp_path)]) == 0
    assert opened == [[Path("absent"), tmp_path]]


def test_a_slip_in_a_command_before_a_path_is_wrong_usage(opened: list[list[Path]], tmp_path: Path) -> None:
    assert start(["scor", str(tmp_path)]) == 2
    assert opened == []
