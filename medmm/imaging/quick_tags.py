"""The values of a quickly walked header, the same that `Tags` gives over pydicom's data set.

A value is converted by pydicom itself, in a data set of that one element, and remembered: the slices of a series repeat
nearly all of theirs. Only the plainest forms of the few kinds that change from slice to slice are converted here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from medmm.imaging.header_runs import CONTEXT, Answer, HeaderRuns, Value
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.quick_walk import Doubt
from medmm.imaging.tags import TAG_TROUBLE, Made, Tags

N_REMEMBERED = 4096
# Sequences are remembered while they are short: the dose of a PET series, not the frames of a large object.
N_SEQUENCES, SHORT_BYTES = 32, 1 << 12
NOT_ALONE = frozenset((b"SQ", b"UN"))
# Values whose bytes are the text, apart from padding at the end (PS3.5 6.2).
_text_form = re.compile(rb"[0-9A-Z._-][0-9A-Z._ -]*\0?|[0-9A-Z._-]+(?:\\[0-9A-Z._-]+)+ ?\0?").fullmatch
_decimal_form = re.compile(rb"(?:[+-]?\d{1,16}(?:\.\d{0,16})?)(?:\\[+-]?\d{1,16}(?:\.\d{0,16})?)* ?").fullmatch
_integer_form = re.compile(rb"[+-]?\d{1,12} ?").fullmatch
PLAIN_FORMS = {
    b"UI": _text_form, b"TM": _text_form, b"DA": _text_form, b"CS": _text_form,
    b"DS": _decimal_form, b"IS": _integer_form,
}  # fmt: skip
NUMBER_FORMS = {b"DS": _decimal_form, b"IS": _integer_form}

# Tag, VR and bytes of one element, and those by which it is converted.
Alone = tuple[int, bytes, bytes]
Context = tuple[Alone, ...]
EMPTY_SEQUENCE = (b"SQ", b"")


class ItemsWanted(Exception):
    """Items are pydicom's to read: they must be asked for inside `quiet`."""


class QuickTags(Tags):
    """One header, asked by keyword."""

    def __init__(self, runs: HeaderRuns, changing: dict[int, Value]) -> None:
        super().__init__(None)
        self._runs = runs
        self._repeated = runs.repeated
        self._answers = runs.answers
        self._changing = changing
        self._context: Context = tuple((tag, *runs.repeated[tag]) for tag in CONTEXT if tag in runs.repeated)

    def value(self, keyword: str) -> Any:
        """Give the converted value, None where absent, empty or malformed."""
        return self._ask("value", keyword)

    def text(self, keyword: str) -> str:
        """Give one line of text; several values are joined by a backslash."""
        found: str = self._ask("text", keyword)
        return found

    def numbers(self, keyword: str) -> tuple[float, ...]:
        """Give every finite number; an empty tuple if one of them is none."""
        found: tuple[float, ...] = self._ask("numbers", keyword)
        return found

    def items(self, keyword: str) -> tuple[Tags, ...]:
        """Give the items of a sequence.

        Raises ItemsWanted where there are some and pydicom was not silenced for them.
        """
        tag = _tag(keyword)
        value = self._changing.get(tag) or self._repeated.get(tag, EMPTY_SEQUENCE)
        if _vr(keyword, value[0]) != b"SQ":
            raise Doubt
        if not value[1]:
            return ()
        if not self._runs.has_items:
            raise ItemsWanted
        found = _short_sequence if len(value[1]) <= SHORT_BYTES else _sequence
        return tuple(Tags(item, self.unreadable) for item in found(keyword, value, self._context))

    def once(self, make: Callable[..., Made], *values: object) -> Made:
        """Give make(self, *values), from memory where it was made of elements that this series repeats."""
        key = (make, values)
        answer: tuple[Made, bool] | None = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._make(make, values)
        return answer[0] if answer[1] else make(self, *values)

    def _make(self, make: Callable[..., Made], values: tuple[object, ...]) -> tuple[Made, bool]:
        recorder = _Recorder(self._runs, self._changing)
        made = make(recorder, *values)
        return made, not recorder.unreadable and recorder.asked.isdisjoint(self._changing)

    def groups(self) -> frozenset[int]:
        """Give the group numbers of all elements."""
        answer: Answer | None = self._answers.get(("groups", ""))
        if answer is None:
            answer = frozenset(tag >> 16 for tag in (*self._repeated, *self._changing)), True
            self._answers["groups", ""] = answer
        found: frozenset[int] = answer[0]
        return found

    def _ask(self, what: str, keyword: str) -> Any:
        answer = self._answers.get((what, keyword))
        if answer is None:
            answer = self._answer(what, keyword)
        found, is_sound = answer
        if not is_sound:
            self.unreadable.append(keyword)
        return found

    def _answer(self, what: str, keyword: str) -> Answer:
        tag = _tag(keyword)
        convert, absent = CONVERTERS[what]
        if tag in self._changing:
            return convert(keyword, self._changing[tag], self._context)
        value = self._repeated.get(tag)
        answer = convert(keyword, value, self._context) if value is not None else (absent, True)
        self._answers[what, keyword] = answer
        return answer


class _Recorder(QuickTags):
    """The same header, noting which elements are asked for."""

    def __init__(self, runs: HeaderRuns, changing: dict[int, Value]) -> None:
        super().__init__(runs, changing)
        self.asked: set[int] = set()

    def once(self, make: Callable[..., Made], *values: object) -> Made:
        """Make it anew, to note what it asks for."""
        return make(self, *values)

    def items(self, keyword: str) -> tuple[Tags, ...]:
        """Note and give."""
        self.asked.add(_tag(keyword))
        return super().items(keyword)

    def _ask(self, what: str, keyword: str) -> Any:
        self.asked.add(_tag(keyword))
        return super()._ask(what, keyword)


@lru_cache(maxsize=N_REMEMBERED)
def _tag(keyword: str) -> int:
    from pydicom.datadict import tag_for_keyword

    found = tag_for_keyword(keyword)
    assert found is not None, f"{keyword} is in the dictionary"
    return int(found)


def _vr(keyword: str, stated: bytes) -> bytes:
    return stated or _dictionary_vr(keyword)


@lru_cache(maxsize=N_REMEMBERED)
def _dictionary_vr(keyword: str) -> bytes:
    from pydicom.datadict import dictionary_VR

    return str(dictionary_VR(_tag(keyword))).encode("ascii")


@lru_cache(maxsize=N_REMEMBERED)
def _text(keyword: str, value: Value, context: Context) -> Answer:
    vr, raw = _vr(keyword, value[0]), value[1]
    if vr in PLAIN_FORMS and PLAIN_FORMS[vr](raw):
        return raw.decode("ascii").replace("\0", "").strip(), True
    return _by_pydicom(Tags.text, keyword, value, context)


@lru_cache(maxsize=N_REMEMBERED)
def _numbers(keyword: str, value: Value, context: Context) -> Answer:
    vr, raw = _vr(keyword, value[0]), value[1]
    if vr in NUMBER_FORMS and NUMBER_FORMS[vr](raw):
        return tuple(float(part) for part in raw.split(b"\\")), True
    return _by_pydicom(Tags.numbers, keyword, value, context)


@lru_cache(maxsize=N_REMEMBERED)
def _value(keyword: str, value: Value, context: Context) -> Answer:
    return _by_pydicom(Tags.value, keyword, value, context)


CONVERTERS: dict[str, tuple[Callable[[str, Value, Context], Answer], object]] = {
    "value": (_value, None),
    "text": (_text, ""),
    "numbers": (_numbers, ()),
}


def _sequence(keyword: str, value: Value, context: Context) -> Any:
    try:
        return _data_set((_tag(keyword), *value), context)[_tag(keyword)].value
    except TAG_TROUBLE as error:
        raise Doubt from error


_short_sequence = lru_cache(maxsize=N_SEQUENCES)(_sequence)


def _by_pydicom(ask: Callable[[Tags, str], Any], keyword: str, value: Value, context: Context) -> Answer:
    if _vr(keyword, value[0]) in NOT_ALONE:
        raise Doubt
    with quiet():
        tags = Tags(_data_set((_tag(keyword), *value), context))
        return ask(tags, keyword), not tags.unreadable


def _data_set(element: Alone, context: Context) -> Any:
    from pydicom.dataelem import RawDataElement, empty_value_for_VR
    from pydicom.dataset import Dataset
    from pydicom.tag import BaseTag

    raws = {}
    for tag, vr, raw in (*context, element):
        name = vr.decode("ascii") or None
        value = raw if raw else empty_value_for_VR(name, raw=True)
        raws[BaseTag(tag)] = RawDataElement(BaseTag(tag), name, len(raw), value, 0, not vr, True)
    data_set = Dataset(raws)
    try:
        data_set.set_original_encoding(not element[1], True, data_set._character_set)
    except TAG_TROUBLE as error:
        raise Doubt from error
    return data_set
