"""The items of the timeline in words: on the lane, in a tooltip, for a screen reader."""

from __future__ import annotations

from medmm.core.quality import InputKind
from medmm.workflow.timeline import TimelineItem
from ui.language import tr
from ui.state.identity_line import date_words
from ui.state.time_words import moment_words

LANES = (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)


def lane_title(kind: InputKind) -> str:
    """Name a lane."""
    titles = {InputKind.IMAGE: tr("Studies"), InputKind.NOTE: tr("Notes"), InputKind.VITALS: tr("Vitals")}
    return titles[kind]


def when_words(item: TimelineItem) -> str:
    """Say when: day and clock, the day alone where no hour is stated, from and to for a table."""
    if item.start is None or item.end is None:
        return tr("no date")
    if not item.has_clock:
        return date_words(item.start.date())
    if item.start == item.end:
        return moment_words(item.start)
    last = f"{item.end:%H:%M}" if item.end.date() == item.start.date() else moment_words(item.end)
    return f"{moment_words(item.start)} – {last}"


def item_lines(item: TimelineItem) -> list[str]:
    """Say what an item is, in short lines."""
    what = " ".join(part for part in (item.modality, item.title) if part) or tr("study")
    lines = [what, when_words(item) if item.has_clock else tr("{day}, hour unknown").format(day=when_words(item))]
    if item.kind is InputKind.IMAGE and item.n_parts > 1:
        lines.append(tr("{n} series").format(n=item.n_parts))
    if item.kind is InputKind.VITALS:
        words = tr("measured at {n} times, {m} values marked")
        lines.append(words.format(n=f"{item.n_parts:,}", m=f"{item.n_unusual:,}"))
    return lines
