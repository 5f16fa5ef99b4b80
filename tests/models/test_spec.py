"""Specs: strict JSON, consistent parts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.models.ensemble_spec import EnsembleRule, EnsembleSpec, MemberSpec
from medmm.models.spec import ImageSpec, ModelSpec, VitalsSpec
from medmm.models.spec_json import spec_from_json, spec_to_json
from tests.models.builders import make_spec


def make_member_specs(*weights: float) -> tuple[MemberSpec, ...]:
    """Two members that share the encoder of the image."""
    first, second = weights or (0.5, 0.5)
    return (MemberSpec("a", "concat", first, (0, 0, 0)), MemberSpec("b", "mean", second, (0, 1, 1)))


def test_spec_survives_json() -> None:
    spec = make_spec()
    of_several = replace(spec, ensemble=EnsembleSpec("weighted", make_member_specs(0.75, 0.25)))

    assert spec_from_json(spec_to_json(spec)) == spec
    assert spec_from_json(spec_to_json(of_several)) == of_several


def test_spec_from_before_there_were_ensembles_is_of_one_network() -> None:
    content = json.loads(spec_to_json(make_spec()))
    del content["ensemble"]

    spec = spec_from_json(json.dumps(content))

    assert spec.ensemble is None
    assert spec.n_encoders(InputKind.NOTE) == 1


def test_members_say_how_many_encoders_of_an_input_are_stored() -> None:
    spec = replace(make_spec(), ensemble=EnsembleSpec("mean", make_member_specs()))

    assert {kind: spec.n_encoders(kind) for kind in spec.input_kinds} == {
        InputKind.IMAGE: 1,
        InputKind.NOTE: 2,
        InputKind.VITALS: 2,
    }


ONE = MemberSpec("a", "concat", 1.0, (0, 0, 0))


@pytest.mark.parametrize(
    ("rule", "members", "trouble"),
    [
        ("mean", (ONE,), "at least 2 members, found 1"),
        ("weighted", make_member_specs(0.75, 0.5), "sum to 1.25"),
        ("weighted", make_member_specs(1.5, -0.5), "negative"),
        ("vote", make_member_specs(0.75, 0.25), "one weight"),
        ("mean", (replace(ONE, weight=0.5), MemberSpec("b", "mean", 0.5, (0, 0, 2))), r"input 2 are numbered \[0, 2\]"),
        ("mean", (replace(ONE, weight=0.5), MemberSpec("b", "mean", 0.5, (0, 0))), "each input"),
    ],
)
def test_members_that_do_not_fit_are_refused(rule: EnsembleRule, members: tuple[MemberSpec, ...], trouble: str) -> None:
    with pytest.raises(ValueError, match=trouble):
        EnsembleSpec(rule, members)


def test_fusion_of_an_ensemble_is_that_of_its_first_member() -> None:
    with pytest.raises(ValueError, match="first member"):
        replace(make_spec(), fusion="mean", ensemble=EnsembleSpec("mean", make_member_specs()))


PLACES = [(), ("image",), ("text",), ("vitals",), ("ensemble",), ("ensemble", "members", 1)]


@pytest.mark.parametrize("place", PLACES)
def test_unknown_key_is_refused_at_every_level(place: tuple[str | int, ...]) -> None:
    content = json.loads(spec_to_json(replace(make_spec(), ensemble=EnsembleSpec("mean", make_member_specs()))))
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
