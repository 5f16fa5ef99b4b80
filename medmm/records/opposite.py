"""Say the opposite of a sentence of a clinical note, by rules; what no rule fits has none.

A sentence that states something denies it then, clause by clause, and goes on denying what it denies; one that only
denies states it. Who the patient is stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from medmm.records.negation import find_negations

Rule = tuple[re.Pattern[str], str]
_CHINESE = re.compile(r"[一-鿿]")
_SPLIT = re.compile(r"([,，]\s*|\s*[.。;；!！]\s*$)")
_WHO = re.compile(
    r"\b\d{1,3}[- ]?(?:years?|yrs?|y/?o)\b|^(?:wo)?man$|\d+岁|^(?:患者)?[男女](?:患者|性)?$", re.IGNORECASE
)
_QUESTION = re.compile(r"[?？]|\br/o\b|\brule out\b|除外|有无|请", re.IGNORECASE)
# "CRP 142", "temp is 38.7": a measured value is what it is.
_MEASURED = re.compile(
    r"^(?:gp lab|外院)?[:：]?\s*[A-Za-z₂²]*(?:\s(?:is|was|of))?\s*[:=<>]?\s*\d[\d.,/]*(?![A-Za-z\d])", re.IGNORECASE
)
# "每日一包", "最高39℃": how much of what was said before.
_HOW_MUCH = re.compile(r"^(?:每|最高|最低|约|共)")
_SUBJECT = re.compile(r"^(?:he|she|it|they|we|who|which|the|this|his|her|their|pt|patient)\b", re.IGNORECASE)
_ADJECTIVES = (
    "normal|clear|equal|reduced|raised|increased|decreased|displaced|resonant|hyperresonant|dull|distended|swollen|"
    "tender|soft|enlarged|stable|unremarkable|present|positive|intact|regular|comfortable|alert|oriented|unwell|"
    "febrile|afebrile|feverish|short of breath|breathless|cyanosed|dyspnoeic|tachypnoeic|normotensive|ill|well"
)
# Alone or with a place; before a noun it belongs to that.
_IS_ADJECTIVE = re.compile(rf"^(?:{_ADJECTIVES})(?=$|\s+(?:at|in|on|over|to|than|for|since)\b)", re.IGNORECASE)
_AFTER_NOUN = re.compile(
    rf"(?<=[a-z\d] )(?<!ly )(?:{_ADJECTIVES})(?=$|\s+(?:\w+ly|at|in|on|over|to|than)\b)", re.IGNORECASE
)
_PAST = {
    "lost": "lose", "gained": "gain", "fell": "fall", "started": "start", "came": "come", "developed": "develop",
    "took": "take", "coughed": "cough", "smoked": "smoke", "worsened": "worsen", "noticed": "notice",
}  # fmt: skip
_PRESENT = {
    "needs": "need", "wakes": "wake", "sleeps": "sleep", "smokes": "smoke", "looks": "look", "feels": "feel",
    "takes": "take", "coughs": "cough", "appears": "appear", "suggests": "suggest",
}  # fmt: skip


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in pairs)


_VERBS = _rules(
    *((rf"^{past}\b", f"did not {base}") for past, base in _PAST.items()),
    *((rf"^{now}\b", f"does not {base}") for now, base in _PRESENT.items()),
)
_DENY_EN = _rules(
    (r"^(there (?:is|are|was|were)) (?:an? |some |any )?", r"\1 no "),
    (r"\b(is|are|was|were|can|could|will|did|does|do|should|would)\b(?! not)", r"\1 not"),
    (r"\bcannot\b", "can"),
    (r"\b(has|have|had|shows?|showed|reveals?|revealed|demonstrates?) (?:an? |some )?", r"\1 no "),
    (r"\b(?:reports?|reported|complain(?:s|ed) of|endorses|admits to|presents? with|presented with)\b", "denies"),
    (r"^c/o ", "no "),
    (r"^with (?:an? )?", "without "),
)
_AFFIRM_EN = _rules(
    (r"\bno (?:evidence|signs?|suspicion|history|complaints?|symptoms?|findings?|indication) (?:of|for) ", ""),
    (r"\bthere (is|are|was|were) no ", r"there \1 "),
    (r"\b(is|was) (?:ruled out|excluded|absent)", r"\1 present"),
    (r"\b(are|were) (?:ruled out|excluded|absent)", r"\1 present"),
    (r"\b(is|was|are|were|has been|have been) not ", r"\1 "),
    (r"\b(?:negative|neg) for\b", "positive for"),
    (r"\babsent\b", "present"),
    (r"\bdenies(?: any)?\b", "reports"),
    (r"\bdenied(?: any)?\b", "reported"),
    (r"\bwithout(?: any)?\b", "with"),
    (r"\b(?:no|not) ", ""),
    (r"\bnegative\b", "positive"),
)
_DENY_ZH = _rules(
    ("可闻及?", "未闻及"), ("(?:可|能)见", "未见"), ("伴有?", "不伴"), ("不能", "能"), ("能(?=平卧)", "不能"),
    ("(增加|下降|加重|减低|减弱|消失|升高|扩大|移位)", r"未\1"), ("怒张|充盈", r"无\g<0>"),
    ("正常|对称|稳定|平稳|清楚|规则", r"不\g<0>"), ("服用|吸入|接受|使用|吸烟", r"未\g<0>"),
    ("出现", "未出现"), ("提示", "未提示"), ("考虑", "不考虑"), ("(?<!没)有", "无"),
)  # fmt: skip
_AFFIRM_ZH = _rules(
    ("未见(?:明显)?", "可见"), ("未闻及?", "可闻及"), ("否认", "有"), ("(?:没有|并无|无明显|无)", "有"),
    ("不伴有?", "伴有"), ("阴性", "阳性"), ("(?:已排除|不明显)", "明确"), ("未(?=出现|发现|触及)", ""),
)  # fmt: skip


def opposite_of(sentence: str) -> str | None:
    """Give the sentence that says the opposite, with the same stop; None where no rule fits."""
    if _QUESTION.search(sentence):
        return None
    clauses = _clauses_of(sentence)
    is_chinese = bool(_CHINESE.search(sentence))
    if any(clause.is_stated for clause in clauses):
        deny = _deny_zh if is_chinese else _deny_en
        turned = [deny(clause.text) if clause.is_stated else clause.text for clause in clauses]
    elif any(clause.is_denied for clause in clauses):
        rules = _AFFIRM_ZH if is_chinese else _AFFIRM_EN
        turned = [_affirm(rules, clause) for clause in clauses]
    else:
        return None
    if None in turned:
        return None
    text = "".join(f"{said}{clause.stop}" for said, clause in zip(turned, clauses, strict=True))
    return text[:1].upper() + text[1:] if sentence[:1].isupper() else text


@dataclass(frozen=True)
class _Clause:
    """What stands between two commas, with what ends it; has_cue: the word that denies stands in it."""

    text: str
    stop: str
    is_denied: bool
    has_cue: bool

    @property
    def is_stated(self) -> bool:
        return bool(self.text.strip()) and not self.is_denied and not _WHO.search(self.text)


def _clauses_of(sentence: str) -> list[_Clause]:
    negations = find_negations(sentence)
    pieces = _SPLIT.split(sentence)
    clauses, start = [], 0
    for text, stop in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        end = start + len(text)
        is_denied = any(one.span[0] < end and start < one.span[1] for one in negations)
        has_cue = any(start <= one.cue_start < end for one in negations)
        clauses.append(_Clause(text, stop, is_denied, has_cue))
        start = end + len(stop)
    return clauses


def _deny_en(clause: str) -> str | None:
    if found := _first(_VERBS, clause):
        return found
    if _MEASURED.match(clause):
        return None
    if found := _first(_DENY_EN, clause):
        return re.sub(r"\band\b", "or", found)
    if _SUBJECT.match(clause):
        return None
    if _IS_ADJECTIVE.match(clause):
        return f"not {_small(clause)}"
    if _AFTER_NOUN.search(clause):
        return _AFTER_NOUN.sub(r"not \g<0>", clause, count=1)
    return "no " + re.sub(r"\band\b", "or", _small(clause)) if clause[0].isalpha() else None


def _deny_zh(clause: str) -> str | None:
    if _MEASURED.match(clause) or _HOW_MUCH.match(clause):
        return None
    return _first(_DENY_ZH, clause) or f"无{clause}"


def _affirm(rules: tuple[Rule, ...], clause: _Clause) -> str | None:
    """State what a clause denies; the middle of a list has no cue of its own and takes "and" for "or"."""
    said = _first(rules, clause.text) if clause.has_cue else clause.text
    return None if said is None else re.sub(r"\bor\b", "and", said)


def _first(rules: tuple[Rule, ...], clause: str) -> str | None:
    for pattern, said in rules:
        if pattern.search(clause):
            return pattern.sub(said, clause, count=1)
    return None


def _small(clause: str) -> str:
    # "SOB" and "T2DM" stay as they are.
    is_short_form = sum(letter.isupper() for letter in clause.split()[0]) > 1
    return clause if is_short_form else clause[0].lower() + clause[1:]
