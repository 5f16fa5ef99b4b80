"""What the network saw, as words and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from medmm.core.network_input import LeftOut, NetworkImage, NetworkNote, NetworkVitals
from medmm.core.prediction import CaseResult
from medmm.core.quality import InputKind
from medmm.core.record import VITAL_BY_NAME, ClinicalNote
from medmm.core.run_record import RunRecord, TensorFacts
from ui.language import mark, told, tr
from ui.state.comparison_words import NAMES

Section = tuple[str, str]
MOST_QUOTED = 120
BETWEEN_TOKENS = " · "
STATISTICS = {
    "last": mark("last"),
    "mean": mark("mean"),
    "min": mark("lowest"),
    "max": mark("highest"),
    "slope_per_hour": mark("slope per hour"),
    "count": mark("count"),
    "hours_since": mark("hours since"),
    "missing": mark("missing"),
}
YES, NO = mark("yes"), mark("no")
NO_RECORD = mark("This result was made before what the network saw was kept. Score the patient again.")


def sections_of(result: CaseResult, kind: InputKind) -> list[Section]:
    """Give the numbers and the steps of one input, or in words why it was not used."""
    record = result.record
    if record is None:
        return [(tr("Not kept"), tr(NO_RECORD))]
    facts = record.tensors.get(kind)
    if facts is None:
        return [(tr("Not used"), _why_not(result, kind))]
    return [(tr("What reached the network"), tensor_words(facts)), (tr("Steps"), step_lines(record, kind))]


def tensor_words(facts: TensorFacts) -> str:
    """Write shape, range, mean and hash of an array."""
    shape = " × ".join(str(length) for length in facts.shape)
    if facts.dtype.startswith("int"):
        # Numbers of a vocabulary have an order, but no size.
        return f"{shape} {facts.dtype}\nSHA-256 {facts.sha256[:16]}…"
    numbers = tr("lowest {low}, highest {high}, mean {mean}").format(
        low=_number(facts.low), high=_number(facts.high), mean=_number(facts.mean)
    )
    return f"{shape} {facts.dtype}\n{numbers}\nSHA-256 {facts.sha256[:16]}…"


def step_lines(record: RunRecord, kind: InputKind) -> str:
    """Number the steps of one input."""
    return "\n".join(f"{number}. {told(step.words)}" for number, step in enumerate(record.steps.get(kind, ()), 1))


def chunk_texts(note: NetworkNote) -> list[Section]:
    """Give title and tokens of each chunk."""
    n_chunks = len(note.words)
    title = tr("Chunk {at} of {n}: {tokens} tokens")
    return [
        (title.format(at=number, n=n_chunks, tokens=len(words)), BETWEEN_TOKENS.join(words))
        for number, words in enumerate(note.words, 1)
    ]


def left_out_lines(note: NetworkNote, notes: Sequence[ClinicalNote]) -> str:
    """Quote what of the notes the network did not see, with the reason."""
    return "\n".join(_left_out(one, notes) for one in note.left_out) or tr("Nothing: the whole note was read.")


def read_words(note: NetworkNote) -> str:
    """Say how much of the note was read."""
    return tr("{n_read} of {n_tokens} tokens").format(n_read=f"{note.n_read:,}", n_tokens=f"{note.n_tokens:,}")


def image_captions(image: NetworkImage, size: tuple[int, int] | None) -> tuple[str, str]:
    """Name both pictures. size: rows and columns of the stored image, None where it is not in memory."""
    stored = tr("Stored image")
    if size is not None:
        words = tr("Stored image, {rows} × {cols}").format(rows=size[0], cols=size[1])
        stored = f"{words}\n{tr('dashed: what the network saw')}"
    rows, cols = image.pixels.shape[-2:]
    given = tr("As the network gets it, {rows} × {cols}").format(rows=rows, cols=cols)
    return stored, f"{given}\n{tr('even grey at the edge: padding')}" if any(image.padding) else given


def vital_titles(vitals: NetworkVitals) -> tuple[list[str], list[str]]:
    """Give the titles of columns and rows: statistics by sign, or signs by time where the model reads the course."""
    signs = [_sign(name) for name in vitals.names]
    if vitals.series is not None:
        return signs, [time.replace("T", " ")[:16] for time in vitals.times]
    return [tr(STATISTICS.get(name, name)) for name in (*vitals.statistics, "missing")], signs


def vital_cells(vitals: NetworkVitals) -> list[list[str]]:
    """Give the numbers by row; a value that was not measured is a dash."""
    if vitals.series is not None:
        return [[_number(float(value)) if is_there else "–" for value, is_there, _ in row] for row in vitals.series]
    return [[*(_number(float(value)) for value in row[:-1]), _yes_no(row[-1] > 0)] for row in vitals.features]


def vital_tip(vitals: NetworkVitals, row: int, column: int) -> str:
    """Say how a number came about from the measurements."""
    if vitals.series is not None or column >= len(vitals.statistics):
        return ""
    words = tr("(value − {centre}) / {scale}, 0 where it is missing")
    return words.format(centre=f"{vitals.centre[row, column]:.4g}", scale=f"{vitals.scale[row, column]:.4g}")


def record_rows(result: CaseResult) -> list[tuple[str, str, str]]:
    """Give the whole record as (group, name, value)."""
    model, record = result.model, result.record
    rows = [
        (tr("Model"), tr("name and version"), f"{model.name} {model.version}"),
        (tr("Model"), "SHA-256", model.sha256),
    ]
    rows += [(tr("File"), file.path, file.sha256) for file in result.inputs]
    if record is None:
        return rows
    rows.insert(0, (tr("Run"), tr("scored at (UTC)"), record.scored_at))
    rows.insert(1, (tr("Run"), tr("random steps"), tr(record.random)))
    rows += [(tr("Input"), tr(kind.value), facts.sha256) for kind, facts in record.tensors.items()]
    for title, group in ((tr("Machine"), record.machine), (tr("Setting"), record.settings)):
        rows += [(title, tr(NAMES.get(name, name)), tr(value) if value else "–") for name, value in group.items()]
    rows += [(tr("Software"), name, value) for name, value in record.software.items()]
    return rows


def _why_not(result: CaseResult, kind: InputKind) -> str:
    use = result.inputs_used.get(kind)
    reasons = [told(note.message) for note in use.gate] if use else []
    return "\n".join(reasons) or tr("This input was not used.")


def _left_out(one: LeftOut, notes: Sequence[ClinicalNote]) -> str:
    text = notes[one.note_index].text[one.start : one.end] if one.note_index < len(notes) else ""
    quoted = " ".join(text.split())
    quoted = f"{quoted[:MOST_QUOTED]}…" if len(quoted) > MOST_QUOTED else quoted
    words = tr("Note {number}, characters {start} to {end}, {reason}: “{text}”")
    return words.format(number=one.note_index + 1, start=one.start, end=one.end, reason=told(one.reason), text=quoted)


def _yes_no(is_so: bool) -> str:
    return tr(YES) if is_so else tr(NO)


def _sign(name: str) -> str:
    sign = VITAL_BY_NAME.get(name)
    return tr(sign.title) if sign else name


def _number(value: float) -> str:
    text = f"{value:.3f}"
    # A mean of -1e-7 is a zero, and "-0.000" looks like a fault.
    return "0.000" if float(text) == 0 else text.replace("-", "−")
