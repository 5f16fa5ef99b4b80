"""`medmm compare`: encoders and fusions in one table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, out, progress_bar
from medmm.core.quality import InputKind


def compare(
    config: Annotated[Path, typer.Argument(help="Training config (YAML).")],
    cohort: Annotated[Path, typer.Option("--data", help="Folder of patients with truth.csv.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for comparison.csv and what it rests on.")],
    image: Annotated[str, typer.Option(help="Image encoders, joined by commas.")] = "",
    note: Annotated[str, typer.Option(help="Note encoders.")] = "",
    vitals: Annotated[str, typer.Option(help="Vital-sign encoders.")] = "",
    fusions: Annotated[str, typer.Option(help="Fusions.")] = "concat,mean,max,weighted,gated,attention,mlp,lstm",
) -> None:
    """Train each encoder alone, every fusion on their embeddings, and print AUROC with 95 % intervals, best first.

    Example: medmm compare resources/training/chest-multimodal.yaml --data cohort --out table --note hf.bert,text.tfidf
    """
    from medmm.training.compare_run import TABLE, Choices
    from medmm.training.compare_run import compare as run
    from medmm.training.config import load_config
    from medmm.training.embed import encoder_name

    settings = load_config(config)
    asked = {InputKind.IMAGE: image, InputKind.NOTE: note, InputKind.VITALS: vitals}
    encoders = {kind: _names(asked.get(kind, "")) or [encoder_name(settings, kind)] for kind in settings.inputs}
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        lines = run(
            settings, Choices(encoders, _names(fusions)), cohort=cohort, out=out_dir, progress=progress, cancel=cancel
        )
    for line in sorted(lines, key=lambda line: -line.auroc.value):
        out.print(f"{line.auroc}  {line.fusion:10} {', '.join(line.encoders.values())}")
    out.print(f"written: {out_dir / TABLE}")


def _names(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
