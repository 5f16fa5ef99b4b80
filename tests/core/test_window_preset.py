"""Window presets as values: what may stand in a file, and what is left out with a reason."""

from __future__ import annotations

from medmm.core.window_preset import WindowPreset, to_presets, to_table, why_not

LUNG = {"name": "Lung", "width": 1500, "level": -600}


def test_presets_come_in_the_order_of_the_file() -> None:
    presets, wrong = to_presets({"CT": [LUNG, {"name": "Bone", "width": 2000.5, "level": 400}]})

    assert presets == {"CT": (WindowPreset("Lung", 1500, -600), WindowPreset("Bone", 2000.5, 400))}
    assert wrong == ()


def test_what_cannot_be_is_named_and_the_rest_stays() -> None:
    presets, wrong = to_presets(
        {"CT": [LUNG, {"name": "Flat", "width": 0, "level": 1}, {"name": "Half", "width": 3}, "Bone"]}
    )

    assert presets == {"CT": (WindowPreset("Lung", 1500, -600),)}
    assert wrong == (
        "CT, entry 2: The width is 0; it must be above 0.",
        "CT, entry 3: a name, a width and a level are needed.",
        "CT, entry 4: name, width and level are needed; 'Bone' was found.",
    )


def test_radiographs_never_get_presets() -> None:
    presets, wrong = to_presets({"DX": [LUNG], "cr": [LUNG, LUNG]})

    assert presets == {}
    assert wrong == (
        "DX never has window presets; 1 were left out.",
        "cr never has window presets; 2 were left out.",
    )


def test_a_table_reads_back_equal() -> None:
    presets = {"CT": (WindowPreset("Lung", 1500, -600), WindowPreset("Fine", 2.5, 0.25))}

    assert to_presets(to_table(presets))[0] == presets


def test_a_name_is_needed_and_short() -> None:
    assert why_not("  ", 1, 1) == "A preset needs a name."
    assert why_not("x" * 41, 1, 1) == "The name has 41 characters; at most 40 fit."
    assert why_not("x", float("nan"), 1) == "Width and level are finite numbers."
