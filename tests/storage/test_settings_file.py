"""Settings on disk: read back equal, unknown names kept, damage survived."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medmm.core.errors import StorageError
from medmm.storage.settings_file import read_settings, write_settings
from medmm.storage.toml_text import to_toml

# A surrogate cannot stand in a UTF-8 file at all.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = st.one_of(
    st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), TEXT,
    st.datetimes(), st.dates(), st.times(),
)  # fmt: skip
VALUES = st.recursive(PLAIN, lambda each: st.lists(each, max_size=3) | st.dictionaries(TEXT, each, max_size=3))


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_what_is_written_reads_back_equal(table: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(table)) == table


def test_unknown_names_and_tables_stay_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "light"\nfrom_the_future = [1, 2]\n\n[plugin]\nname = "x"\n', encoding="utf-8")

    write_settings(path, {"language": "zh_CN"}, unset={"theme"})

    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        "format": 1, "from_the_future": [1, 2], "plugin": {"name": "x"}, "language": "zh_CN",
    }  # fmt: skip


def test_no_file_is_an_empty_table(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == {}


@pytest.mark.parametrize("content", [b'theme = "dark\n', b"\xff\xfe\x00"])
def test_a_damaged_file_is_named_and_put_aside_at_the_next_change(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)

    with pytest.raises(StorageError, match=r"settings\.toml is no valid TOML"):
        read_settings(path)
    write_settings(path, {"theme": "light"})

    assert read_settings(path)["theme"] == "light"
    assert (tmp_path / "settings.damaged.toml").read_bytes() == content


def test_an_old_format_is_brought_forward_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("format = 2\nzoom = 3\n", encoding="utf-8")

    def never(_table: dict[str, object]) -> dict[str, object]:
        raise AssertionError

    table = read_settings(path, (never, lambda old: {"magnification": old["zoom"]}))

    assert table == {"format": 3, "magnification": 3}


def test_a_file_of_a_later_program_keeps_its_number(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("format = 9\n", encoding="utf-8")

    write_settings(path, {"theme": "light"})

    assert read_settings(path) == {"format": 9, "theme": "light"}
