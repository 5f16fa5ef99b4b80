"""Protocols from the user's file: before those that ship, or named and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from medmm.core.errors import InvalidRecord
from medmm.workflow.hanging import load_protocols, read_protocols

OWN = """
[[protocol]]
name = "Mine"
modalities = ["CR"]
shape = [1, 1]
cells = [{ views = ["PA"] }]
"""


def test_the_users_protocols_go_before_those_that_ship(medmm_home: Path) -> None:
    n_shipped = len(load_protocols().protocols)
    medmm_home.mkdir(parents=True)
    (medmm_home / "hanging.toml").write_text(OWN, encoding="utf-8")

    found = load_protocols()

    assert found.protocols[0].name == "Mine"
    assert len(found.protocols) == n_shipped + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[protocol", "no valid TOML"),
        (OWN.replace("views", "view"), "cells.0.view: unexpected keyword argument"),
        (OWN.replace("[1, 1]", '"big"'), "found 'big'"),
        (OWN.replace("[1, 1]", "[1, 9]"), "1 cells in 1 x 9 viewports"),
        (OWN.replace("[{ views", "[{}, { views"), "2 cells in 1 x 1 viewports"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "hanging.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidRecord) as refused:
        read_protocols(path)

    assert said in str(refused.value.message)


def test_a_broken_file_of_the_user_leaves_those_that_ship_in_force(medmm_home: Path) -> None:
    medmm_home.mkdir(parents=True)
    (medmm_home / "hanging.toml").write_text("[[protocol", encoding="utf-8")

    found = load_protocols()

    assert found.protocols
    assert "hanging.toml is no valid TOML" in found.troubles[0]
