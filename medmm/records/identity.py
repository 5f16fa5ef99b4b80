"""Does everything in a case belong to one patient? Differences are shown, look-alikes are never taken for equal."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from medmm.core.identity import PatientIdentity, display_name
from medmm.core.quality import QualityNote, Severity
from medmm.records.person_name import name_scripts, name_words

MAX_CONFLICTS = 8


def compare_identities(identities: Sequence[PatientIdentity]) -> tuple[QualityNote, ...]:
    """Compare the identity blocks of all sources of a case.

    STOP for each conflict of id, name, birth date or sex, with both values; also for ids that differ in case or width
    alone (code identity_unsure): those a person must confirm. WARNING for names of which one is a part of the other,
    and identity_not_confirmed where a source is silent. INFO identity_confirmed where all agree.
    """
    blocks = _distinct(identities)
    found: list[QualityNote] = []
    for first, second in combinations(blocks, 2):
        found += [note for compare in _COMPARISONS if (note := compare(first, second))]
    # Stops first: a list that is cut must never lose one behind warnings.
    found = sorted(dict.fromkeys(found), key=lambda note: note.severity is not Severity.STOP)[:MAX_CONFLICTS]
    silent = [*_silent_notes(identities)]
    if not found and not silent and len(identities) > 1:
        text = f"All {len(identities)} sources name the same patient."
        return (QualityNote("identity_confirmed", text),)
    return (*found, *silent)


def _distinct(identities: Sequence[PatientIdentity]) -> list[PatientIdentity]:
    # Hundreds of images share one identity: compare each different block once.
    kept = {(one.patient_id, one.name, one.birth_date, one.sex): one for one in reversed(identities)}
    found = [one for key, one in reversed(kept.items()) if any(key)]
    return sorted(found, key=lambda one: one.source.startswith("images"))


def _compare_ids(first: PatientIdentity, second: PatientIdentity) -> QualityNote | None:
    one, other = first.patient_id, second.patient_id
    if not one or not other or one == other:
        return None
    if one.strip(" ") == other.strip(" "):
        text = f"{_claim(first, 'MRN', one)}; {_claim(second, 'MRN', other, again=True)}: they differ in spaces only."
        return QualityNote("identity_spaces", text, Severity.WARNING)
    text = f"{_claim(first, 'MRN', one)}; {_claim(second, 'MRN', other, again=True)}."
    if _folded(one) == _folded(other):
        return _stop("identity_unsure", f"{text} They differ in case or width only: confirm that this is one patient.")
    return _stop("identity_conflict", text)


def _compare_names(first: PatientIdentity, second: PatientIdentity) -> QualityNote | None:
    if not first.name or not second.name or first.name == second.name:
        return None
    pairs = [
        (name_words(one), name_words(other))
        for one in first.name.split("=")
        for other in second.name.split("=")
        if name_scripts(one) & name_scripts(other)
    ]
    text = f"{_named(first, again=False)}; {_named(second, again=True)}"
    if not pairs:
        # A pinyin name on the images and an ideographic one in the note are the rule where the id confirms them.
        severity = Severity.INFO if first.patient_id and first.patient_id == second.patient_id else Severity.WARNING
        return QualityNote("name_not_comparable", f"{text}: the scripts differ, compare them by eye.", severity)
    if any(one == other for one, other in pairs):
        return None
    if any(one <= other or other <= one for one, other in pairs):
        return QualityNote("name_partly_equal", f"{text}: one is a part of the other.", Severity.WARNING)
    return _stop("identity_conflict", f"{text}.")


def _compare_birth_dates(first: PatientIdentity, second: PatientIdentity) -> QualityNote | None:
    one, other = first.birth_date, second.birth_date
    if not one or not other or one == other:
        return None
    what = "a patient born"
    return _stop("identity_conflict", f"{_claim(first, what, one)}; {_claim(second, what, other, again=True)}.")


def _compare_sexes(first: PatientIdentity, second: PatientIdentity) -> QualityNote | None:
    one, other = first.sex, second.sex
    if not one or not other or one == other:
        return None
    what = "a patient of sex"
    return _stop("identity_conflict", f"{_claim(first, what, one)}; {_claim(second, what, other, again=True)}.")


_COMPARISONS: tuple[Callable[[PatientIdentity, PatientIdentity], QualityNote | None], ...] = (
    _compare_ids,
    _compare_names,
    _compare_birth_dates,
    _compare_sexes,
)


def _silent_notes(identities: Sequence[PatientIdentity]) -> Iterator[QualityNote]:
    """Warn of every source that cannot be tied to another by id, name or birth date."""
    for place, one in enumerate(identities):
        others = [other for index, other in enumerate(identities) if index != place]
        if _is_silent(one):
            names = "name" if _is_plural(one) else "names"
            yield _unconfirmed(f"{_subject(one, again=False)} {names} no patient: identity not confirmed.")
        elif (
            others
            and not any(_share_a_field(one, other) for other in others)
            and any(not _is_silent(other) for other in others)
        ):
            shares = "share" if _is_plural(one) else "shares"
            text = f"{_subject(one, again=False)} {shares} no id, name or birth date with another source"
            yield _unconfirmed(f"{text}: identity not confirmed.")


def _is_silent(one: PatientIdentity) -> bool:
    return not (one.patient_id or one.name or one.birth_date)


def _share_a_field(one: PatientIdentity, other: PatientIdentity) -> bool:
    return bool(
        (one.patient_id and other.patient_id) or (one.name and other.name) or (one.birth_date and other.birth_date)
    )


def _claim(one: PatientIdentity, what: str, value: str, *, again: bool = False) -> str:
    return f"{_subject(one, again=again)} {_verb(one)} {what} {_visible(what, value)}"


def _named(one: PatientIdentity, *, again: bool) -> str:
    verb = "name" if _is_plural(one) else "names"
    return f"{_subject(one, again=again)} {verb} {_visible('name', one.name)}"


def _subject(one: PatientIdentity, *, again: bool) -> str:
    kind, _, name = one.source.partition(" ")
    words = {"note": "this note", "images": "the images", "vitals": "these vitals", "": "one source"}.get(
        kind, one.source
    )
    if kind in ("note", "vitals") and again and name:
        words = f"the {kind} ({name})"
    return words if again else words[:1].upper() + words[1:]


def _verb(one: PatientIdentity) -> str:
    return "belong to" if _is_plural(one) else "belongs to"


def _is_plural(one: PatientIdentity) -> bool:
    return one.source.split(" ")[0] in ("images", "vitals")


def _visible(what: str, value: str) -> str:
    """Show a value so that look-alikes differ to the eye: odd characters are escaped in an id."""
    if what == "name":
        return display_name(value) if value.isprintable() else ascii(value)
    return value if value.isascii() and value.isprintable() and value.strip() == value else ascii(value)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _stop(code: str, message: str) -> QualityNote:
    return QualityNote(code, message, Severity.STOP)


def _unconfirmed(message: str) -> QualityNote:
    return QualityNote("identity_not_confirmed", message, Severity.WARNING)
