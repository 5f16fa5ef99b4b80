"""Stored values become settings; wrong ones are named and replaced by the default."""

from __future__ import annotations

import pytest

from medmm.core.settings import Settings, differences, facts_of, setting_names, to_settings


def test_sound_values_are_taken_and_unknown_names_ignored() -> None:
    settings, wrong = to_settings({"theme": "light", "font_scale_percent": 150, "keys": {"score": "F2"}, "x": 1})

    assert (settings.theme, settings.font_scale_percent, settings.keys) == ("light", 150, {"score": "F2"})
    assert wrong == ()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("theme", "pink", "setting 'theme' is 'pink'; wanted is one of dark, light, high_contrast"),
        ("font_scale_percent", 500, "setting 'font_scale_percent' is 500; wanted is 80 to 200"),
        ("font_scale_percent", True, "setting 'font_scale_percent' is True; wanted is a whole number"),
        ("remember_recent", 1, "setting 'remember_recent' is 1; wanted is true or false"),
        ("model", 3, "setting 'model' is 3; wanted is text in quotes"),
        ("keys", {"score": 5}, "setting 'keys' is {'score': 5}; wanted is a table of keys in quotes"),
    ],
)
def test_a_wrong_value_is_named_and_stands_at_its_default(name: str, value: object, words: str) -> None:
    settings, wrong = to_settings({name: value})

    assert settings == Settings()
    assert [each.message for each in wrong] == [words]


def test_every_setting_says_in_one_sentence_what_it_does() -> None:
    for name in setting_names():
        facts = facts_of(name)
        assert facts.title
        assert facts.sentence.endswith(".")
        assert not facts.choices or getattr(Settings(), name) in facts.choices


def test_differences_are_the_changed_fields_only() -> None:
    assert differences(Settings(), Settings(theme="light", keys={})) == {"theme": "light"}
