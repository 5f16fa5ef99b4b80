"""Does everything in a case belong to one patient? Differences are shown, look-alikes are never taken for equal."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from medmm.core.identity import PatientIdentity, display_name
from medmm.core.quality import QualityNote, Severity
from medmm.core.words import Words
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
        text = Words("All {n_identities} sources name the same patient.", n_identities=len(identities))
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
        text = Words(
            "{claim}; {other}: they differ in spaces only.",
            claim=_claim(first, Words("MRN"), one),
            other=_claim(second, Words("MRN"), other, again=True),
        )
        return QualityNote("identity_spaces", text, Severity.WARNING)
    text = Words(
        "{claim}; {other}.",
        claim=_claim(first, Words("MRN"), one),
        other=_claim(second, Words("MRN"), other, again=True),
    )
    if _folded(one) == _folded(other):
        return _stop(
            "identity_unsure",
            Words("{text} They differ in case or width only: confirm that this is one patient.", text=text),
        )
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
    text = Words("{claim}; {other}", claim=_named(first, again=False), other=_named(second, again=True))
    if not pairs:
        # A pinyin name on the images and an ideographic one in the note are the rule where the id confirms them.
        severity = Severity.INFO if first.patient_id and first.patient_id == second.patient_id else Severity.WARNING
        return QualityNote(
            "name_not_comparable", Words("{text}: the scripts differ, compare them by eye.", text=text), severity
        )
    if any(one == other for one, other in pairs):
        return None
    if any(one <= other or other <= one for one, other in pairs):
        return QualityNote(
            "name_partly_equal", Words("{text}: one is a part of the other.", text=text), Severity.WARNING
        )
    return _stop("identity_conflict", Words("{text}.", text=text))


def _compare_birth_dates(first: PatientIdentity, second: PatientIdentity) -> QualityNote | None:
    one, other = first.birth_date, second.birth_date
    if not one or not other or one == other:
        return None
    what = Words("a patient born")
    return _stop(
        "identity_conflict",
        Words("{claim}; {other}.", claim=_claim(first, what, one), other=_claim(second, what, other, again=True)),
    )


def _compare_sexes(first: PatientIdentity, second: PatientIdentity) -> QualityNote | None:
    one, other = first.sex, second.sex
    if not one or not other or one == other:
        return None
    what = Words("a patient of sex")
    return _stop(
        "identity_conflict",
        Words("{claim}; {other}.", claim=_claim(first, what, one), other=_claim(second, what, other, again=True)),
    )


FIRST_SUBJECTS = {
    "note": Words("This note"),
    "images": Words("The images"),
    "vitals": Words("These vitals"),
    "": Words("One source"),
}
LATER_SUBJECTS = {
    "note": Words("this note"),
    "images": Words("the images"),
    "vitals": Words("these vitals"),
    "": Words("one source"),
}
NAMED_SUBJECTS = {"note": Words("the note"), "vitals": Words("the vitals")}
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
            yield _unconfirmed(
                Words(
                    "{subject} {names} no patient: identity not confirmed.",
                    subject=_subject(one, again=False),
                    names=_names(one),
                )
            )
        elif (
            others
            and not any(_share_a_field(one, other) for other in others)
            and any(not _is_silent(other) for other in others)
        ):
            yield _unconfirmed(
                Words(
                    "{subject} {shares} no id, name or birth date with another source: identity not confirmed.",
                    subject=_subject(one, again=False),
                    shares=Words("share") if _is_plural(one) else Words("shares"),
                )
            )


def _is_silent(one: PatientIdentity) -> bool:
    return not (one.patient_id or one.name or one.birth_date)


def _share_a_field(one: PatientIdentity, other: PatientIdentity) -> bool:
    return bool(
        (one.patient_id and other.patient_id) or (one.name and other.name) or (one.birth_date and other.birth_date)
    )


def _claim(one: PatientIdentity, what: Words, value: str, *, again: bool = False) -> Words:
    return Words(
        "{subject} {belongs_to} {what} {value}",
        subject=_subject(one, again=again),
        belongs_to=Words("belong to") if _is_plural(one) else Words("belongs to"),
        what=what,
        value=_visible(what, value),
    )


def _named(one: PatientIdentity, *, again: bool) -> Words:
    return Words(
        "{subject} {names} {value}",
        subject=_subject(one, again=again),
        names=_names(one),
        value=_visible("name", one.name),
    )


def _names(one: PatientIdentity) -> Words:
    return Words("name") if _is_plural(one) else Words("names")


def _subject(one: PatientIdentity, *, again: bool) -> Words:
    kind, _, name = one.source.partition(" ")
    if not again:
        return FIRST_SUBJECTS.get(kind) or Words("{source}", source=one.source[:1].upper() + one.source[1:])
    if kind in NAMED_SUBJECTS and name:
        return Words("{subject} ({name})", subject=NAMED_SUBJECTS[kind], name=name)
    return LATER_SUBJECTS.get(kind) or Words("{source}", source=one.source)


def _is_plural(one: PatientIdentity) -> bool:
    return one.source.split(" ")[0] in ("images", "vitals")


def _visible(what: str, value: str) -> str:
    """Show a value so that look-alikes differ to the eye: odd characters are escaped in an id."""
    if what == "name":
        return display_name(value) if value.isprintable() else ascii(value)
    return value if value.isascii() and value.isprintable() and value.strip() == value else ascii(value)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _stop(code: str, message: Words) -> QualityNote:
    return QualityNote(code, message, Severity.STOP)


def _unconfirmed(message: Words) -> QualityNote:
    return QualityNote("identity_not_confirmed", message, Severity.WARNING)
