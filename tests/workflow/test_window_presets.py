"""Window presets from and to disk."""

from __future__ import annotations

from pathlib import Path

from medmm.core.window_preset import WindowPreset
from medmm.workflow.window_presets import load_presets, store_presets


def test_the_usual_windows_ship_in_the_order_of_their_digits() -> None:
    shipped = load_presets().in_force

    assert [(preset.name, preset.width, preset.level) for preset in shipped["CT"][:10]] == [
        ("Soft tissue", 400, 40),
        ("Lung", 1500, -600),
        ("Mediastinum", 350, 50),
        ("Bone", 2000, 400),
        ("Brain", 80, 40),
        ("Stroke", 40, 40),
        ("Head, subdural", 200, 75),
        ("Liver", 150, 90),
        ("Vessel", 600, 200),
        ("Abdomen", 350, 50),
    ]
    assert shipped["PT"][0] == WindowPreset("SUV 0 to 6", 6, 3)
    assert not {"CR", "DX", "MG"} & set(shipped)


def test_a_changed_modality_replaces_the_one_that_ships(medmm_home: Path) -> None:
    mine = {"CT": (WindowPreset('My "own"', 123.5, -7),)}

    store_presets(mine)

    loaded = load_presets()
    assert loaded.own == mine
    assert loaded.in_force["CT"] == mine["CT"]
    assert loaded.in_force["PT"] == loaded.shipped["PT"]
    assert (medmm_home / "settings" / "windows.toml").read_text(encoding="utf-8").count("[[CT]]") == 1


def test_a_damaged_file_is_named_and_the_shipped_presets_hold(medmm_home: Path) -> None:
    path = medmm_home / "settings" / "windows.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[[CT]\nname = 1\n", encoding="utf-8")

    loaded = load_presets()

    assert loaded.in_force == loaded.shipped
    assert loaded.troubles[0].startswith("windows.toml is no valid TOML")


def test_a_wrong_entry_is_named_with_its_file(medmm_home: Path) -> None:
    path = medmm_home / "settings" / "windows.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[[CT]]\nname = "Flat"\nwidth = 0\nlevel = 1\n', encoding="utf-8")

    assert load_presets().troubles == ("windows.toml: CT, entry 1: The width is 0; it must be above 0.",)
