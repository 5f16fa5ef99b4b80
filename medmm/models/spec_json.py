"""Model specs as strict JSON: an unknown key or a wrong type is refused."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from medmm.core.errors import BundleRefused
from medmm.core.words import Words
from medmm.models.spec import ModelSpec

_ADAPTER = TypeAdapter(ModelSpec)


def spec_to_json(spec: ModelSpec) -> str:
    """Write a spec as JSON."""
    return _ADAPTER.dump_json(spec).decode()


def spec_from_json(text: str | bytes) -> ModelSpec:
    """Read a spec. Raises BundleRefused naming the first thing that does not fit."""
    try:
        return _ADAPTER.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "spec"
        raise BundleRefused(
            Words("model spec: {place}: {trouble}", place=place, trouble=first["msg"]),
            Words("The bundle was made by another version; import a fitting one."),
        ) from error
