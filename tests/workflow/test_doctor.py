"""The doctor tells what is missing instead of failing on it."""

from __future__ import annotations

import sys

import pytest

from medmm.workflow import doctor


def test_a_library_that_cannot_be_loaded_is_a_line_and_no_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "medmm.inference.runtime", None)

    check = doctor._device()

    assert not check.is_fine
    assert check.found.startswith("ModuleNotFoundError") or check.found.startswith("ImportError")
    assert check.hint
