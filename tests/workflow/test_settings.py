"""Settings of one start are there at the next."""

from __future__ import annotations

from pathlib import Path

from medmm.core.settings import Settings
from medmm.workflow.settings import load_settings, store_settings


def test_a_change_is_there_at_the_next_start_and_a_reset_leaves_no_trace(medmm_home: Path) -> None:
    store_settings({"theme": "light", "keys": {"score": "F2"}})
    assert load_settings().settings == Settings(theme="light", keys={"score": "F2"})

    store_settings({"theme": "dark", "keys": {}})

    assert load_settings().settings == Settings()
    assert (medmm_home / "settings.toml").read_text(encoding="utf-8") == "format = 1\n"


def test_wrong_values_are_told_and_never_stop_a_start(medmm_home: Path) -> None:
    medmm_home.mkdir()
    (medmm_home / "settings.toml").write_text('theme = "pink"\nlanguage = "en"\n', encoding="utf-8")

    loaded = load_settings()

    assert loaded.settings == Settings(language="en")
    assert loaded.troubles == ("setting 'theme' is 'pink'; wanted is one of dark, light, high_contrast",)


def test_a_file_that_is_no_toml_leaves_the_defaults(medmm_home: Path) -> None:
    medmm_home.mkdir()
    (medmm_home / "settings.toml").write_text("theme = \n", encoding="utf-8")

    loaded = load_settings()

    assert loaded.settings == Settings()
    assert "line 1" in loaded.troubles[0]
