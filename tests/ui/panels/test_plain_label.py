"""Tooltips show patient text as it is."""

from __future__ import annotations

from ui.panels.plain_label import plain_tip


def test_a_tooltip_never_becomes_markup() -> None:
    assert plain_tip("5 cm, no effusion") == "5 cm, no effusion"
    assert "<img" not in plain_tip("<img src='file:///x'> & more")
