"""The comparison on disk: every line as CSV, the page as HTML and Markdown."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from medmm.core.quality import InputKind
from medmm.training.comparison_lines import ComparisonRow
from medmm.training.pages.html import to_html
from medmm.training.pages.markdown import to_markdown_page
from medmm.training.pages.page import Page, Section, Table

CSV, HTML, MARKDOWN = "comparison.csv", "comparison.html", "comparison.md"
BEST = 20
USE = "For research and demonstration only. Not a medical device. Not for diagnosis."
METHOD = (
    "Each encoder was trained once, alone, on the training patients, with a head of its own; its embeddings were kept. "
    "Each fusion was then trained on the embeddings of one encoder per input and stopped by the validation patients; "
    "each classifier was fitted, one per finding, on the same embeddings of training and validation patients. AUROC is "
    "the mean over findings on the test patients, which nothing had seen. So the table says how choices compare under "
    "one small budget, not how good a model trained as a whole would be."
)
READING = (
    "The intervals of two lines overlap even where one is reliably better, for both were measured on the same "
    "patients; the best of many lines is best partly by luck. Times are seconds of one processor."
)


@dataclass(frozen=True)
class ComparisonFacts:
    """What the lines rest on. seconds_of_encoder: to train and to embed; settings: in words; samples: of bootstrap."""

    kinds: tuple[InputKind, ...]
    findings: tuple[str, ...]
    n_of_part: Mapping[str, int]
    seconds_of_encoder: Mapping[str, float]
    settings: str
    samples: int
    command: str


def write_comparison(lines: Sequence[ComparisonRow], facts: ComparisonFacts, folder: Path) -> None:
    """Write comparison.csv with all lines, comparison.html with all and comparison.md with what fits a page."""
    (folder / CSV).write_text(comparison_csv(lines, facts), encoding="utf-8")
    (folder / HTML).write_text(to_html(comparison_page(lines, facts, n_shown=len(lines))), encoding="utf-8")
    (folder / MARKDOWN).write_text(to_markdown_page(comparison_page(lines, facts, n_shown=BEST)), encoding="utf-8")


def comparison_csv(lines: Sequence[ComparisonRow], facts: ComparisonFacts) -> str:
    """Write the lines as they are ordered; seconds_encoders: to train and embed the encoders of the line."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    kinds = [kind.value for kind in facts.kinds]
    table.writerow([*kinds, "group", "method", "auroc", "low", "high", *facts.findings, "seconds", "seconds_encoders"])
    for line in lines:
        encoders = [line.encoders.get(kind, "") for kind in facts.kinds]
        numbers = (line.auroc.value, line.auroc.low, line.auroc.high, *line.by_finding)
        spent = f"{line.seconds:.2f}", f"{_encoder_seconds(line, facts):.0f}"
        table.writerow([*encoders, line.group, line.method, *(f"{number:.3f}" for number in numbers), *spent])
    return stream.getvalue()


def comparison_page(lines: Sequence[ComparisonRow], facts: ComparisonFacts, *, n_shown: int) -> Page:
    """Compose the page; n_shown: of the combinations, how many lines."""
    n = ", ".join(f"{count} {part}" for part, count in facts.n_of_part.items())
    rows = (
        ("Patients", f"{sum(facts.n_of_part.values())} ({n})"),
        ("Findings", ", ".join(facts.findings)),
        ("Training", facts.settings),
        ("Intervals", f"95 %, percentile bootstrap over test patients, {facts.samples} draws"),
        ("Command", facts.command),
        ("Use", USE),
    )
    return Page("Encoders, fusions and classifiers compared", rows, tuple(_sections(lines, facts, n_shown)))


def _sections(lines: Sequence[ComparisonRow], facts: ComparisonFacts, n_shown: int) -> Iterator[Section]:
    combined = [line for line in lines if line.group != "encoder alone"]
    yield Section("How to read this", (METHOD, READING))
    yield Section("Every encoder alone", (), (_alone_table(lines, facts),))
    yield Section(
        "Every choice over all others",
        ("Mean, lowest and highest AUROC over all lines that made this choice.",),
        (_choice_table(combined, "method"), *(_choice_table(combined, kind) for kind in facts.kinds)),
    )
    title = "All combinations" if n_shown >= len(combined) else f"The best {n_shown} of {len(combined)} combinations"
    yield Section(title, (), (_line_table(combined[:n_shown], facts),))


def _alone_table(lines: Sequence[ComparisonRow], facts: ComparisonFacts) -> Table:
    rows = [
        (
            *(f"{kind}: {name}" for kind, name in line.encoders.items()),
            _shown(line),
            f"{_encoder_seconds(line, facts):.0f}",
        )
        for line in lines
        if line.group == "encoder alone"
    ]
    return Table(("encoder, own head", "AUROC", "processor seconds to train and embed"), tuple(rows))


def _choice_table(lines: Sequence[ComparisonRow], choice: InputKind | str) -> Table:
    found: dict[str, list[ComparisonRow]] = defaultdict(list)
    for line in lines:
        found[line.encoders[choice] if isinstance(choice, InputKind) else f"{line.group}: {line.method}"].append(line)
    ordered = sorted(found.items(), key=lambda entry: -_mean(entry[1]))
    rows = tuple(
        (
            name,
            str(len(own)),
            f"{_mean(own):.3f}",
            f"{min(line.auroc.value for line in own):.3f}",
            f"{max(line.auroc.value for line in own):.3f}",
            f"{np.median([line.seconds for line in own]):.2f}",
        )
        for name, own in ordered
    )
    return Table((str(choice), "lines", "mean", "lowest", "highest", "median seconds"), rows)


def _line_table(lines: Sequence[ComparisonRow], facts: ComparisonFacts) -> Table:
    head = ("method", *(kind.value for kind in facts.kinds), "AUROC", "seconds", "seconds of the encoders")
    rows = tuple(
        (
            line.method,
            *(line.encoders[kind] for kind in facts.kinds),
            _shown(line),
            f"{line.seconds:.2f}",
            f"{_encoder_seconds(line, facts):.0f}",
        )
        for line in lines
    )
    return Table(head, rows, n_words=2)


def _mean(lines: Sequence[ComparisonRow]) -> float:
    return float(np.mean([line.auroc.value for line in lines]))


def _shown(line: ComparisonRow) -> str:
    return f"{line.auroc.value:.3f} ({line.auroc.low:.3f} to {line.auroc.high:.3f})"


def _encoder_seconds(line: ComparisonRow, facts: ComparisonFacts) -> float:
    return sum(facts.seconds_of_encoder[name] for name in line.encoders.values())
