"""Find and mask what names the patient in a note: names, dates, phone numbers, addresses on the net, identifiers.

The stretches of HIPAA's Safe Harbor (45 CFR 164.514(b)(2)) that notes hold most. What the note's own header or the
case says of the patient (name, number) is searched for word by word; the rest by its form. A mask keeps the length, so
every offset into the text stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from medmm.core.identity import PatientIdentity
from medmm.records.person_name import name_words

BLANK = " "
# Letters and figures but no Chinese ones, and the edges of words of them: Chinese needs no space between words, and in
# 患者Smith于2024-03-05复诊 the name and the date end where the Chinese goes on.
_W = r"[^\W\u3400-\u9fff]"
LETTER = re.compile(_W)
_BEGIN, _END = rf"(?<!{_W})", rf"(?!{_W})"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
DATES = re.compile(
    rf"{_BEGIN}\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}{_END}"
    rf"|{_BEGIN}\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}}){_END}(?![-/.]\d)"
    rf"|{_BEGIN}\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}[ ,-]+\d{{4}}{_END}"
    rf"|{_BEGIN}{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? +\d{{4}}{_END}"
    r"|\d{2,4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]",
    re.IGNORECASE,
)
PHONES = re.compile(
    rf"(?<!{_W})(?<!\.)\+\d[\d ().-]{{6,}}\d|\(\d{{2,5}}\) ?\d{{3,4}}[ -]?\d{{3,5}}{_END}"
    rf"|{_BEGIN}\d{{3}}[-.]\d{{3}}[-.]\d{{4}}{_END}"
    r"|(?<!\d)0\d{2,4}-\d{6,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
    rf"|{_BEGIN}(?:phone|tel(?:ephone)?|mobile|fax|cell){_END}\.?\s*:?\s*\d[\d ().-]{{4,}}\d",
    re.IGNORECASE,
)
# An address goes on until a space or until Chinese begins, its signs of punctuation included. It is looked for where a
# run of its letters begins and nowhere within: a million letters without a space would else be walked a million times.
PLACES_ON_THE_NET = re.compile(
    rf"(?<!{_W})(?<![.+-])(?:{_W}|[.+-])++@(?:{_W}|-)+\.(?:{_W}|[.-])*{_W}"
    rf"|(?:https?://|{_BEGIN}www\.)[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+",
    re.IGNORECASE,
)
# Spaces are taken whole (*+): tried in every way, a thousand of them behind "ID" take minutes.
IDENTIFIERS = re.compile(
    rf"{_BEGIN}(?:MRN|SSN|NHS|(?:patient|hospital|medical record|accession|case|visit|encounter|insurance|policy)\s*"
    rf"(?:id|no|nr|number|#)|id){_END}\.?\s*+(?:number|no\.?)?\s*+[:#=]?\s*+"
    rf"(?P<id>(?=(?:{_W}|-)*\d)[A-Z0-9](?:{_W}|-){{2,}})"
    rf"|(?:病历号|住院号|门诊号|身份证号?|就诊号|病案号|登记号|卡号)\s*[:：]?\s*(?P<zh>(?:{_W}|-){{3,}})"
    r"|(?<![\d.,])\d{7,18}[Xx]?(?![\d.,%])"
    rf"|{_BEGIN}\d{{3}}-\d{{2}}-\d{{4}}{_END}",
    re.IGNORECASE,
)
NAMES = re.compile(
    rf"{_BEGIN}(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof){_END}\.?\s+"
    rf"(?P<titled>(?:[A-Z]\.\s*)*[A-Z](?:{_W}|['’-])+(?:[ \t]+[A-Z][a-z'’](?:{_W}|['’-])*)?)"
    r"|^[ \t]*(?i:(?:(?:patient(?:'s)?|full|family|given|last|first)[ \t]+)?name)[ \t]*:[ \t]*(?P<named>[^\n]+)"
    r"|(?:姓\s*名|患者姓名|医师签名|医生签名|签\s*名)\s*[:：]\s*(?P<zh>[\u3400-\u9fff·]{2,8})",
    re.MULTILINE,
)


def mask_phi(text: str, identity: PatientIdentity = PatientIdentity()) -> str:
    """Give the text with every letter of such a stretch blanked; its length and its lines stay."""
    letters = list(text)
    for start, end in find_phi(text, identity):
        letters[start:end] = ["\n" if char == "\n" else BLANK for char in text[start:end]]
    return "".join(letters)


def find_phi(text: str, identity: PatientIdentity = PatientIdentity()) -> tuple[tuple[int, int], ...]:
    """Give the stretches that name the patient, in order of place; they may overlap."""
    found = [match.span() for pattern in (DATES, PHONES, PLACES_ON_THE_NET) for match in pattern.finditer(text)]
    found += _groups_of(IDENTIFIERS, text, ("id", "zh"))
    found += _groups_of(NAMES, text, ("titled", "named", "zh"))
    for word in _words_of(identity):
        found += _places_of(word, text)
    return tuple(sorted(found))


def _groups_of(pattern: re.Pattern[str], text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    # Where a label leads to it, what it labels is masked and the label stays: it says nothing of anybody.
    for match in pattern.finditer(text):
        yield next((match.span(name) for name in names if match[name]), match.span())


def _words_of(identity: PatientIdentity) -> Iterator[str]:
    if identity.patient_id:
        yield identity.patient_id
    for group in identity.name.split("="):
        yield from (form for form in (group, group.replace("^", " ")) if "^" in group)
        # One letter is an initial, and every note is full of it.
        yield from (word for word in name_words(group) if len(word) > 1)


def _places_of(word: str, text: str) -> Iterator[tuple[int, int]]:
    # The edges are compiled once for all names: within each name's own pattern they take 2 ms to compile, every time.
    pattern = re.compile(re.escape(word), re.IGNORECASE)
    place = 0
    while (match := pattern.search(text, place)) is not None:
        stands_alone = not word.isascii() or _stands_alone(text, *match.span())
        place = match.end() if stands_alone else match.start() + 1
        if stands_alone:
            yield match.span()


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not LETTER.match(before) and not LETTER.match(after)
