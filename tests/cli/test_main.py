"""Exit codes and what is said on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from medmm.cli.main import app, main
from medmm.cli.start import COMMANDS


def test_no_command_shows_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "Research use only" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("command", [info.callback.__name__ for info in app.registered_commands])
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"Example: medmm {command}" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("command", [info.callback.__name__ for info in app.registered_commands])
def test_no_command_is_taken_for_a_patient(command: str) -> None:
    assert command in COMMANDS


@pytest.mark.parametrize("argv", [["scor"], ["score"], ["score", ".", "--without", "notes"], ["score", ".", "--pdf"]])
def test_wrong_usage_ends_with_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_wrong_input_name_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", ".", "--without", "notes"])

    assert "Did you mean 'note'?" in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_a_missing_folder_ends_with_1_and_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(tmp_path / "nobody")]) == 1

    said = capsys.readouterr().err
    assert said.startswith("'nobody' does not exist.")
    assert "Traceback" not in said


def test_verbose_may_stand_after_the_command(tmp_path: Path) -> None:
    assert main(["info", str(tmp_path / "nobody"), "-v"]) == 1


def test_a_folder_without_inputs_says_what_is_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)))

    assert main(["info", str(tmp_path)]) == 1
    assert "holds no image, note, vital-sign table or recording" in " ".join(capsys.readouterr().err.split())


def test_the_folder_one_stands_in_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "patient").mkdir()
    monkeypatch.chdir(tmp_path / "patient")

    assert main(["info", "."]) == 1
    assert capsys.readouterr().err.startswith("'patient' holds no image")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no UTF-8")
def test_a_file_name_that_is_no_utf8_is_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open(os.fsencode(tmp_path) + b"/n\xf6te.txt", "w", encoding="utf-8") as stream:
        stream.write("MRN: 9\ncough")

    assert main(["info", str(tmp_path), "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["notes"][0]["path"] == "n\udcf6te.txt"
    assert document["inputs"][0]["path"] == r"n\udcf6te.txt"


def test_a_terminal_that_lacks_a_letter_shows_its_code(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Name: 王小红\nMRN: 9\ncough", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "main.py", "info", str(tmp_path)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert rb"\u738b" in ran.stdout
