"""The note in the report: one excerpt with marks for the leading finding, the heaviest words for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from medmm.core.case import Case
from medmm.core.prediction import CaseResult, Explanation, TokenWeight
from medmm.report.excerpt import choose_ranges, mark_lines
from medmm.report.finding_rows import signed, sort_findings
from medmm.report.value import Fact, NoteExcerpt, Span

HEAVIEST_WORDS = 6
Spans = Sequence[tuple[int, int]]


def note_excerpts(case: Case, result: CaseResult, *, negated: Mapping[int, Spans]) -> tuple[NoteExcerpt, ...]:
    """Give an excerpt of every note, marked for the leading finding; without the text, its heaviest words."""
    leading = leading_explanation(result)
    if not case.notes:
        return _words_only(result, leading)
    return tuple(
        _excerpt(case, result, index, leading=leading, negated=negated.get(index, ()))
        for index in range(len(case.notes))
    )


def leading_explanation(result: CaseResult) -> Explanation | None:
    """Give the explanation of the first finding in report order that has one with words or vitals."""
    explained = (result.explanations.get(finding.name) for finding in sort_findings(result.findings))
    return next((why for why in explained if why is not None and (why.tokens or why.vitals)), None)


def finding_title(result: CaseResult, name: str) -> str:
    """Give the printed name of a finding."""
    return next((finding.title for finding in result.findings if finding.name == name), name)


def _excerpt(case: Case, result: CaseResult, index: int, *, leading: Explanation | None, negated: Spans) -> NoteExcerpt:
    note = case.notes[index]
    tokens = _tokens(leading, index)
    shown = sum(end - start for start, end in choose_ranges(note.text, tokens))
    return NoteExcerpt(
        source=note.path.name,
        finding=finding_title(result, leading.finding) if leading and tokens else "",
        lines=mark_lines(note.text, tokens, negated=negated),
        strongest=_strongest(tokens),
        coverage=_coverage(len(note.text), shown, result.note_coverage),
        others=_other_findings(result, leading, index),
    )


def _coverage(length: int, shown: int, coverage: float | None) -> str:
    part = "whole note" if shown >= length else f"{shown:,} of {length:,} characters, around the heaviest words"
    if coverage is None:
        return f"Shown: {part}."
    read = (
        "all of it but lines that name the patient"
        if coverage >= 1
        else f"about {round(length * coverage):,} of {length:,} characters"
    )
    return f"Shown: {part}. Read by the model: {read}."


def _strongest(tokens: Sequence[TokenWeight]) -> str:
    top = max((abs(token.weight) for token in tokens), default=0.0)
    return f"{top:.2f}" if top else ""


def _tokens(why: Explanation | None, index: int) -> tuple[TokenWeight, ...]:
    return tuple(token for token in why.tokens if token.note_index == index) if why else ()


def _other_findings(result: CaseResult, leading: Explanation | None, index: int) -> tuple[Fact, ...]:
    others = [f for f in sort_findings(result.findings) if f.decision == "positive" and f.name in result.explanations]
    facts = (
        Fact(f.title, heaviest_words(_tokens(result.explanations[f.name], index)))
        for f in others
        if leading is None or f.name != leading.finding
    )
    return tuple(fact for fact in facts if fact.value)


def heaviest_words(tokens: Sequence[TokenWeight]) -> str:
    """List the heaviest words with their weights in logits."""
    heaviest = sorted(tokens, key=lambda token: -abs(token.weight))[:HEAVIEST_WORDS]
    return ", ".join(f"{token.text} {signed(token.weight)}" for token in heaviest if token.weight)


def _words_only(result: CaseResult, leading: Explanation | None) -> tuple[NoteExcerpt, ...]:
    if leading is None or not leading.tokens:
        return ()
    words = heaviest_words(leading.tokens)
    return (
        NoteExcerpt(
            source="",
            finding=finding_title(result, leading.finding),
            lines=((Span(words),),),
            strongest="",
            coverage="The stored result does not hold the note; these are its heaviest words.",
            others=_other_findings(result, leading, 0),
        ),
    )
