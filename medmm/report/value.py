"""The report as plain frozen values: words and numbers ready to be set, nothing computed later."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fact:
    """A labelled line, e.g. ("Born", "12 March 1961")."""

    label: str
    value: str


@dataclass(frozen=True)
class ShareBar:
    """Share of one input in logits; text is its printed form."""

    kind: str
    value: float
    text: str


@dataclass(frozen=True)
class FindingRow:
    """One finding; shown, threshold and interval are on one scale from 0 to 1.

    baseline and total: logits without any input and with all of them, empty text where shares were not computed.
    """

    name: str
    decision: str
    shown: float
    shown_text: str
    threshold: float
    threshold_text: str
    interval: tuple[float, float] | None
    interval_text: str
    shares: tuple[ShareBar, ...] = ()
    baseline: str = ""
    total: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Cell:
    """One native cell of a heat map: corners as (x, y) in [0, 1] of the image, colour #rrggbb, alpha in [0, 1]."""

    corners: tuple[tuple[float, float], ...]
    color: str
    alpha: float


@dataclass(frozen=True)
class Overlay:
    """The heat map of one finding over a picture; cells empty and `refusal` set where it may not be shown.

    warning: what is to be said of a map that is shown.
    """

    finding: str
    method: str
    grid: str
    scale: str
    cells: tuple[Cell, ...] = ()
    seen: tuple[tuple[float, float], ...] = ()
    refusal: str = ""
    ready_png: bytes = b""
    warning: str = ""


@dataclass(frozen=True)
class KeyImage:
    """An image of the case as shown, with the overlays that belong on it.

    png: empty where only ready overlays are left; aspect: width over height on paper, from pixel spacing where known.
    """

    png: bytes
    aspect: float
    caption: str
    overlays: tuple[Overlay, ...] = ()


@dataclass(frozen=True)
class Span:
    """A stretch of a note line; tint in [-1, 1] is its weight over the strongest word's."""

    text: str
    tint: float = 0.0
    is_negated: bool = False


@dataclass(frozen=True)
class NoteExcerpt:
    """Part of one note with its words marked for one finding; lines of spans."""

    source: str
    finding: str
    lines: tuple[tuple[Span, ...], ...]
    strongest: str
    coverage: str
    others: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class ChartPoint:
    """A measurement in a small chart, x and y in [0, 1], y upwards."""

    x: float
    y: float
    is_plausible: bool = True


@dataclass(frozen=True)
class VitalRow:
    """One vital sign: last value, range, weight and its small chart; band = reference range in chart units."""

    title: str
    unit: str
    last: str
    side: str
    measured: str
    reference: str
    spread: str
    weight: float | None
    weight_text: str
    is_imputed: bool
    doubt: str = ""
    points: tuple[ChartPoint, ...] = ()
    band: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class VitalsPart:
    """The vitals table; finding: whose weights are printed, empty if none."""

    rows: tuple[VitalRow, ...]
    finding: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class WhatIfLine:
    """One change of the case: the number before and after; becomes: the new decision, empty where it stays."""

    change: str
    numbers: str
    becomes: str
    decision: str


@dataclass(frozen=True)
class WhatIfPart:
    """What would change the answer of one finding; left_out says how many changes are not printed."""

    finding: str
    lines: tuple[WhatIfLine, ...]
    left_out: str = ""


@dataclass(frozen=True)
class Check:
    """A remark about the data: severity is info, warning or stop."""

    severity: str
    code: str
    message: str


@dataclass(frozen=True)
class InputLine:
    """Whether an input was used, in words."""

    kind: str
    used: bool
    words: str


@dataclass(frozen=True)
class FileRow:
    """A file that was read, with its whole SHA-256 in hexadecimal."""

    kind: str
    path: str
    sha256: str


@dataclass(frozen=True)
class ReviewRow:
    """What the reader said of one finding; ai: the model's decision and number, which no reader changes.

    by: reader and time; order: which came first, the reader's call or the model's value; empty where nobody spoke.
    """

    name: str
    decision: str
    ai: str
    verdict: str
    call: str
    reason: str = ""
    by: str = ""
    order: str = ""


@dataclass(frozen=True)
class ReviewPart:
    """The reader's review; signed_by is empty while the report is a draft, void_words tell of a signature that was."""

    rows: tuple[ReviewRow, ...] = ()
    summary: str = ""
    signed_by: str = ""
    signed_at: str = ""
    signed_words: str = ""
    void_words: str = ""


@dataclass(frozen=True)
class Report:
    """Everything the PDF shows, in the order in which it shows it.

    dated: the case's index time in ISO 8601, which becomes the document's date; empty where there is none.
    """

    dated: str
    running_head: str
    patient_name: str
    patient: tuple[Fact, ...]
    study: tuple[Fact, ...]
    summary: str
    score_word: str
    kinds: tuple[str, ...]
    findings: tuple[FindingRow, ...]
    inputs: tuple[InputLine, ...]
    images: tuple[KeyImage, ...] = ()
    image_sentence: str = ""
    notes: tuple[NoteExcerpt, ...] = ()
    note_sentence: str = ""
    vitals: VitalsPart = field(default_factory=lambda: VitalsPart(()))
    vitals_sentence: str = ""
    what_if: tuple[WhatIfPart, ...] = ()
    similar: str = ""
    checks: tuple[Check, ...] = ()
    limits: tuple[str, ...] = ()
    model: tuple[Fact, ...] = ()
    model_line: str = ""
    files: tuple[FileRow, ...] = ()
    skipped: tuple[str, ...] = ()
    review: ReviewPart = field(default_factory=ReviewPart)
