"""Specs: strict JSON, consistent parts."""

from __future__ import annotations

import json

import pytest

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.models.spec import ImageSpec, ModelSpec, VitalsSpec
from medmm.models.spec_json import spec_from_json, spec_to_json
from tests.models.builders import make_spec


def test_spec_survives_json() -> None:
    spec = make_spec()

    assert spec_from_json(spec_to_json(spec)) == spec


@pytest.mark.parametrize("place", [(), ("image",), ("text",), ("vitals",)])
def test_unknown_key_is_refused_at_every_level(place: tuple[str, ...]) -> None:
    content = json.loads(spec_to_json(make_spec()))
    inner = content
    for key in place:
        inner = inner[key]
    inner["surprise"] = 1

    with pytest.raises(BundleRefused, match="surprise"):
        spec_from_json(json.dumps(content))


def test_wrong_type_is_refused() -> None:
    content = json.loads(spec_to_json(make_spec()))
    content["image"]["rows"] = "64"

    with pytest.raises(BundleRefused, match=r"image\.rows"):
        spec_from_json(json.dumps(content))


def test_input_kinds_must_match_the_parts() -> None:
    with pytest.raises(ValueError, match="image"):
        ModelSpec("m", "0", ("a",), (InputKind.NOTE,), image=ImageSpec(64, 64))


def test_vitals_spec_refuses_an_unknown_sign() -> None:
    with pytest.raises(ValueError, match="mood"):
        VitalsSpec(("mood",), (0.0,) * 7, (1.0,) * 7)


def test_vitals_columns_hold_the_statistics_and_the_flag() -> None:
    vitals = make_spec().vitals

    assert vitals is not None
    assert vitals.feature_names[vitals.columns_of("heart_rate")] == (
        "heart_rate.last",
        "heart_rate.mean",
        "heart_rate.min",
        "heart_rate.max",
        "heart_rate.slope_per_hour",
        "heart_rate.count",
        "heart_rate.hours_since",
        "heart_rate.missing",
    )
