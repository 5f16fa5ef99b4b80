"""What a batch that was stopped says how to go on with."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from medmm.cli.main import app
from medmm.core.errors import Cancelled
from medmm.core.resources import resource


def test_it_names_what_has_to_be_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise Cancelled

    monkeypatch.setattr("medmm.workflow.batch.score_batch", stop)
    samples, out = str(resource("samples")), str(tmp_path / "out")

    told = CliRunner().invoke(app, ["batch", samples, "--out", out, "--pdf", "--store", "postgresql://x@y/z"])

    line = " ".join(told.stderr.split())
    assert f"medmm batch {samples} --out {out} --pdf --resume and the same --store" in line
    assert "x@y" not in line
