"""Group headers into what can be opened as one image: stacks by series and geometry, single objects else."""

from __future__ import annotations

from collections import Counter

from medmm.core.image import SeriesSummary
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.spacing import PROJECTIONS
from medmm.imaging.stacking import describe, differences, same_stack, stack_key

MAX_SINGLES = 24
VOLUME_MODALITIES = frozenset({"CT", "MR", "PT"})
Group = list[InstanceFacts]


class GrowingSeries:
    """Headers as they are found, grouped into images; a series is grouped again only when it has grown."""

    def __init__(self) -> None:
        self._by_uid: dict[str, Group] = {}
        self._grouped: dict[str, tuple[SeriesSummary, ...]] = {}

    def add(self, facts: InstanceFacts) -> None:
        """Take one more header."""
        uid = facts.header.series_uid or str(facts.path)
        self._by_uid.setdefault(uid, []).append(facts)
        self._grouped.pop(uid, None)

    def summaries(self) -> tuple[SeriesSummary, ...]:
        """Give one summary for each image that can be opened, in the order found."""
        for uid, series in self._by_uid.items():
            if uid not in self._grouped:
                self._grouped[uid] = tuple(_summaries(series))
        return tuple(summary for uid in self._by_uid for summary in self._grouped[uid])


def _summaries(series: Group) -> list[SeriesSummary]:
    groups: list[Group] = []
    for facts in series:
        fitting = next((group for group in groups if _stacks(facts) and same_stack(group[0], facts)), None)
        if fitting is not None and _stacks(fitting[0]):
            fitting.append(facts)
        else:
            groups.append([facts])
    stacks = [group for group in groups if _stacks(group[0])]
    notes = _split_notes(stacks)
    found = []
    for group in groups:
        parts = _interleaved(group)
        own = (*notes.get(id(group), ()), *_part_notes(group, parts))
        found += [_summary(part, own) for part in parts]
    return found


def _part_notes(group: Group, parts: list[Group]) -> tuple[QualityNote, ...]:
    if len(parts) < 2:
        return ()
    if len(parts) == len(group):
        message = (
            f"{len(group)} images of one series share places and nothing tells them apart; they are opened singly."
        )
        return (QualityNote("series_ambiguous", message, Severity.WARNING, InputKind.IMAGE),)
    message = f"One series holds {len(parts)} stacks at the same places (time points or echoes); they are opened apart."
    return (QualityNote("series_interleaved", message, Severity.INFO, InputKind.IMAGE),)


def _stacks(facts: InstanceFacts) -> bool:
    if facts.layout.n_frames > 1 or facts.header.modality in PROJECTIONS:
        return False
    return facts.is_placed or facts.header.modality in VOLUME_MODALITIES


def _split_notes(stacks: list[Group]) -> dict[int, tuple[QualityNote, ...]]:
    if len(stacks) < 2:
        return {}
    found = describe(differences([stack_key(group[0]) for group in stacks]))
    message = f"One series holds {len(stacks)} stacks that do not fit together and are opened apart: {found}."
    note = QualityNote("series_split", message, Severity.WARNING, InputKind.IMAGE)
    return {id(group): (note,) for group in stacks}


def _interleaved(group: Group) -> list[Group]:
    """Part stacks that share their places: time points, echoes, b-values."""
    places = Counter(_place(facts) for facts in group)
    if not group[0].is_placed or max(places.values()) < 2:
        return [group]
    for index, _ in enumerate(group[0].split_values):
        parts: dict[str, Group] = {}
        for facts in group:
            parts.setdefault(facts.split_values[index][1], []).append(facts)
        if len(parts) > 1 and all(_has_own_places(part) for part in parts.values()):
            return list(parts.values())
    # Nothing tells the doubles apart: a stack could mix two reconstructions, so a few are opened one by one.
    is_doubled = len({facts.sop_instance_uid for facts in group}) < len(group)
    return [group] if is_doubled or len(group) > MAX_SINGLES else [[facts] for facts in group]


def _has_own_places(part: Group) -> bool:
    return len({_place(facts) for facts in part}) == len(part) > 1


def _place(facts: InstanceFacts) -> tuple[float, ...]:
    return tuple(round(number, 2) for number in facts.frames[0].position)


def _summary(group: Group, notes: tuple[QualityNote, ...]) -> SeriesSummary:
    first = group[0]
    own = dict.fromkeys(note for facts in group for note in facts.notes)
    return SeriesSummary(
        header=first.header,
        identity=first.identity,
        paths=tuple(facts.path for facts in group),
        n_frames=sum(facts.layout.n_frames for facts in group),
        rows=first.layout.rows,
        cols=first.layout.cols,
        notes=(*notes, *own),
        n_bytes=sum(facts.layout.n_bytes for facts in group),
    )
