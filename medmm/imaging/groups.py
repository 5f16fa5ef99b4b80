"""Group headers into what can be opened as one image: stacks by series and geometry, single objects else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from medmm.core.image import SeriesSummary, StudyHeader
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.geometry import plane_of
from medmm.imaging.multiframe import part_frames
from medmm.imaging.parting import film_order, part_stacks
from medmm.imaging.private_diffusion import read_private_diffusion
from medmm.imaging.spacing import PROJECTIONS
from medmm.imaging.stacking import describe, differences, same_stack, stack_key

MAX_SINGLES = 24
VOLUME_MODALITIES = frozenset({"CT", "MR", "PT"})
MAX_NAMED = 6
Group = list[InstanceFacts]


@dataclass(frozen=True)
class _Stack:
    """What is opened as one image; name: what tells it from the others, frames: those of one multi-frame object."""

    group: Group
    name: str = ""
    frames: tuple[int, ...] = ()


class GrowingSeries:
    """Headers as they are found, grouped into images; a series is grouped again only when it has grown."""

    def __init__(self) -> None:
        self._by_uid: dict[str, Group] = {}
        self._grouped: dict[str, tuple[SeriesSummary, ...]] = {}

    def add(self, facts: InstanceFacts) -> None:
        """Take one more header."""
        uid = facts.header.series_uid or _nameless(facts)
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
        parts = _interleaved(group) if len(group) > 1 else _frames(group[0])
        own = (*notes.get(id(group), ()), *_part_notes(group, parts))
        found += [_summary(part, own) for part in parts]
    return found


def _part_notes(group: Group, parts: list[_Stack]) -> tuple[QualityNote, ...]:
    if len(parts) < 2:
        return ()
    if not parts[0].name:
        message = Words(
            "{n_group} images of one series share places and nothing tells them apart; they are opened singly.",
            n_group=len(group),
        )
        return (QualityNote("series_ambiguous", message, Severity.WARNING, InputKind.IMAGE),)
    names = ", ".join(part.name for part in parts[:MAX_NAMED]) + (", ..." if len(parts) > MAX_NAMED else "")
    message = Words(
        "One series holds {n_parts} stacks ({names}); they are opened apart.", n_parts=len(parts), names=names
    )
    return (QualityNote("series_interleaved", message, Severity.INFO, InputKind.IMAGE),)


def _stacks(facts: InstanceFacts) -> bool:
    if facts.layout.n_frames > 1 or facts.header.modality in PROJECTIONS:
        return False
    return facts.is_placed or facts.header.modality in VOLUME_MODALITIES


def _split_notes(stacks: list[Group]) -> dict[int, tuple[QualityNote, ...]]:
    if len(stacks) < 2:
        return {}
    found = describe(differences([stack_key(group[0]) for group in stacks]))
    message = Words(
        "One series holds {n_stacks} stacks that do not fit together and are opened apart: {found}.",
        n_stacks=len(stacks),
        found=found,
    )
    note = QualityNote("series_split", message, Severity.WARNING, InputKind.IMAGE)
    return {id(group): (note,) for group in stacks}


def _interleaved(group: Group) -> list[_Stack]:
    """Part stacks that share their places: time points, echoes, b-values."""
    places = Counter(_place(facts) for facts in group)
    if not group[0].is_placed or max(places.values()) < 2 or _is_film(group):
        return [_Stack(group)]
    parts = part_stacks(group, place_of=_place, values_of=lambda facts: facts.split_values)
    if not parts and group[0].header.modality == "MR":
        parts = part_stacks(group, place_of=_place, values_of=lambda facts: read_private_diffusion(facts.path))
    if parts:
        return [_Stack(list(part.items), part.name) for part in parts]
    # Nothing tells the doubles apart: a stack could mix two reconstructions, so a few are opened one by one.
    is_doubled = len({facts.sop_instance_uid for facts in group}) < len(group)
    return [_Stack(group)] if is_doubled or len(group) > MAX_SINGLES else [_Stack([facts]) for facts in group]


def _is_film(group: Group) -> bool:
    """Tell whether all images lie at one place and a clock puts them in order."""
    return len({_place(facts) for facts in group}) == 1 and film_order(group) is not None


def _nameless(facts: InstanceFacts) -> str:
    # Anonymisers that empty the series UID keep the frame of reference: within one folder that is one acquisition.
    frame = facts.frame_of_reference_uid
    return f"{facts.path.parent}\0{frame}" if frame else str(facts.path)


def _frames(facts: InstanceFacts) -> list[_Stack]:
    return [_Stack([facts], part.name, part.items) for part in part_frames(facts)] or [_Stack([facts])]


def _place(facts: InstanceFacts) -> tuple[float, ...]:
    return tuple(round(number, 2) for number in facts.frames[0].position)


def _summary(stack: _Stack, notes: tuple[QualityNote, ...]) -> SeriesSummary:
    group, first = stack.group, stack.group[0]
    own = dict.fromkeys(note for facts in group for note in facts.notes)
    return SeriesSummary(
        header=_named(first.header, stack.name),
        identity=first.identity,
        paths=tuple(facts.path for facts in group),
        n_frames=len(stack.frames) or sum(facts.layout.n_frames for facts in group),
        rows=first.layout.rows,
        cols=first.layout.cols,
        notes=(*notes, *own),
        n_bytes=sum(facts.layout.n_bytes for facts in group),
        frames=stack.frames,
        plane=plane_of(first.frames[0].orientation),
        uids=tuple(facts.sop_instance_uid for facts in group),
        numbers=tuple(facts.instance_number for facts in group),
    )


def _named(header: StudyHeader, part: str) -> StudyHeader:
    # Words, so that the window can say "time 3" in its own language beside the file's description.
    if not part:
        return header
    described = header.series_description
    named = Words("{described} ({part})", described=described, part=part) if described else Words("({part})", part=part)
    return replace(header, series_description=named)
