"""The user's settings as a typed value; beside each field stands what it means and allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from medmm.core.words import NOTHING, Words

Value = TypeVar("Value")
FACTS = "facts"

LOOK, IMAGE, WORK, MODEL, KEYS = "Look", "Image", "Work", "Model", "Keys"


@dataclass(frozen=True)
class Facts:
    """What is said and checked about one setting.

    choices: stored value -> words, empty where any value may stand; span: lowest and highest number, None for no
    limit; zero: the words for 0 where it means more than a number; needs_restart: taken up at the next start only.
    """

    group: str
    title: str
    sentence: str
    choices: Mapping[str, str] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    unit: str = ""
    zero: str = ""
    needs_restart: bool = False


def _setting(default: Value, facts: Facts) -> Value:
    return field(default=default, metadata={FACTS: facts})


@dataclass(frozen=True)
class Settings:
    """Preferences of one user; every field has a default that needs no thought."""

    theme: str = _setting(
        "dark",
        Facts(
            LOOK,
            "Theme",
            "Colours of the window; the image area stays black in all of them.",
            {"dark": "Dark", "light": "Light", "high_contrast": "High contrast"},
        ),
    )
    language: str = _setting(
        "system",
        Facts(
            LOOK,
            "Language",
            "Language of the window; patient data stay as they are.",
            {"system": "As the system", "en": "English", "zh_CN": "简体中文"},
        ),
    )
    font_scale_percent: int = _setting(
        100, Facts(LOOK, "Text size", "Size of all text and buttons of the window.", span=(80, 200), unit="%")
    )
    heat_map: str = _setting(
        "inferno",
        Facts(
            IMAGE,
            "Heat map colours",
            "Both scales are even to the eye and safe for colour blindness.",
            {"inferno": "Inferno (black, red, yellow)", "cividis": "Cividis (blue, grey, yellow)"},
        ),
    )
    horizontal_drag_is_width: bool = _setting(
        True,
        Facts(
            IMAGE,
            "Sideways drag changes the window's width",
            "With the window tool, up and down then change the level; off: the other way round.",
        ),
    )
    corner_text: str = _setting(
        "all",
        Facts(
            IMAGE,
            "Text in the image's corners",
            "How much is written over an image at first; O changes it while reading.",
            {"all": "All", "minimal": "Minimal", "none": "None"},
        ),
    )
    reader_first: bool = _setting(
        False,
        Facts(
            WORK,
            "Reader's first look",
            "Findings stay hidden until you have given a verdict, or no opinion, on each of them yourself.",
        ),
    )
    reader_name: str = _setting(
        "", Facts(WORK, "Reader's name", "Stands beside your verdicts in reports, results and statistics.")
    )
    restore_session: str = _setting(
        "ask",
        Facts(
            WORK,
            "Patients of the last session",
            "What happens at the start with the patients that were open when MedMM was closed.",
            {"ask": "Offer them", "always": "Open them", "never": "Forget them"},
        ),
    )
    remember_recent: bool = _setting(
        True, Facts(WORK, "Remember recent patients", "Keep a list of folders opened before; off also empties it.")
    )
    longest_wait_h: int = _setting(
        4,
        Facts(
            WORK,
            "Longest wait on the worklist",
            "A case that nobody has read for longer takes its turn at the front, however harmless it looks.",
            span=(0, 72),
            unit="h",
            zero="No limit",
        ),
    )
    memory_budget_mb: int = _setting(
        0,
        Facts(
            WORK,
            "Memory for images",
            "Above this, patients not shown are released from memory and read again when you come back to them.",
            span=(0, 1_048_576),
            unit="MB",
            zero="By the size of this machine",
        ),
    )
    device: str = _setting(
        "auto",
        Facts(
            MODEL,
            "Device",
            "Where the model runs.",
            {"auto": "Automatic", "cpu": "CPU", "cuda": "NVIDIA GPU (CUDA)", "mps": "Apple GPU (MPS)"},
            needs_restart=True,
        ),
    )
    model: str = _setting(
        "",
        Facts(
            MODEL, "Model", "Name or folder of the bundle that scores; empty for the shipped one.", needs_restart=True
        ),
    )
    note_encoding: str = _setting(
        "",
        Facts(
            MODEL,
            "Encoding of notes",
            "Used for notes that are not in Unicode, e.g. gb18030; empty: such a note is refused.",
        ),
    )
    keys: Mapping[str, str] = field(
        default_factory=dict,
        metadata={FACTS: Facts(KEYS, "Keys", "Keys that differ from the usual ones, by the name of the action.")},
    )


@dataclass(frozen=True)
class WrongSetting:
    """A stored value that cannot be used; the default stands in for it."""

    name: str
    found: object
    wanted: Words

    @property
    def message(self) -> Words:
        """Name the setting, the value found and what could stand there."""
        return Words(
            "setting {name!r} is {found!r}; wanted is {wanted}", name=self.name, found=self.found, wanted=self.wanted
        )


def facts_of(name: str) -> Facts:
    """Give what is known about a setting; an unknown name is a KeyError."""
    found: Facts = {each.name: each for each in fields(Settings)}[name].metadata[FACTS]
    return found


def setting_names() -> tuple[str, ...]:
    """Name all settings in the order of the page."""
    return tuple(each.name for each in fields(Settings))


def differences(before: Settings, after: Settings) -> dict[str, object]:
    """Give the fields that differ, with their new values."""
    return {
        name: getattr(after, name) for name in setting_names() if getattr(after, name) != getattr(before, name)
    }  # fmt: skip


KINDS_OF_VALUES: dict[type, Words] = {
    bool: Words("true or false"),
    int: Words("a whole number"),
    str: Words("text in quotes"),
}


def to_settings(table: Mapping[str, object]) -> tuple[Settings, tuple[WrongSetting, ...]]:
    """Make settings from a table of values; wrong ones are named and left at their default, unknown names ignored."""
    sound: dict[str, object] = {}
    wrong: list[WrongSetting] = []
    for name in setting_names():
        if name not in table:
            continue
        wanted = _wanted_instead(name, table[name])
        if wanted:
            wrong.append(WrongSetting(name, table[name], wanted))
        else:
            sound[name] = table[name]
    return Settings(**sound), tuple(wrong)  # type: ignore[arg-type]  # each value was checked against its field


def _wanted_instead(name: str, value: object) -> Words:
    """Say what should stand there instead of a value; empty when it is sound."""
    facts, default = facts_of(name), getattr(Settings(), name)
    if isinstance(default, dict):
        is_table = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
        return NOTHING if is_table else Words("a table of keys in quotes")
    # type(), because True is an int for isinstance.
    if type(value) is not type(default):
        return KINDS_OF_VALUES[type(default)]
    if facts.choices and value not in facts.choices:
        return Words("one of {choices}", choices=", ".join(facts.choices))
    if facts.span is not None and isinstance(value, int) and not facts.span[0] <= value <= facts.span[1]:
        return Words("{least} to {most}", least=facts.span[0], most=facts.span[1])
    return NOTHING
