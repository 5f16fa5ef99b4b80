"""The base of every part of a configuration, and what is said about a key or a value that does not fit."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from medmm.core.words import Words


class Strict(BaseModel):
    """Base of every part: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def first_trouble(model: type[BaseModel], error: ValidationError, *, name: str) -> Words:
    """Say what is wrong first: unknown keys before values, for a mistyped key also leaves its field without a value."""
    troubles = error.errors()
    first = next((trouble for trouble in troubles if trouble["type"] == "extra_forbidden"), troubles[0])
    place = ".".join(str(part) for part in first["loc"]) or "the file"
    if first["type"] != "extra_forbidden":
        return Words("training configuration {name}: {place}: {first}", name=name, place=place, first=first["msg"])
    known = _keys_at(model, first["loc"][:-1])
    near = difflib.get_close_matches(str(first["loc"][-1]), known, n=1)
    if near:
        return Words(
            "training configuration {name}: unknown key {place}; did you mean {near!r}?",
            name=name,
            place=place,
            near=near[0],
        )
    return Words(
        "training configuration {name}: unknown key {place}; known there: {known}",
        name=name,
        place=place,
        known=", ".join(known),
    )


def _keys_at(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    for part in place:
        field = model.model_fields.get(str(part))
        # A number in the path is a place in a list: its items are of the model already found.
        if field is not None:
            model = _model_in(field.annotation) or model
    return sorted(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
