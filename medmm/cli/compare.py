"""`medmm compare`: encoders, fusions and classifiers in one table."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, out, progress_bar
from medmm.core.quality import InputKind

SHOWN = 20


def compare(
    config: Annotated[Path, typer.Argument(help="Training config (YAML).")],
    cohort: Annotated[Path, typer.Option("--data", help="Folder of patients with truth.csv.")],
    out_dir: Annotated[
        Path, typer.Option("--out", help="Folder for comparison.csv, .md, .html and what they rest on.")
    ],
    image: Annotated[str, typer.Option(help="Image encoders, joined by commas.")] = "",
    note: Annotated[str, typer.Option(help="Note encoders.")] = "",
    vitals: Annotated[str, typer.Option(help="Vital-sign encoders.")] = "",
    audio: Annotated[str, typer.Option(help="Audio encoders.")] = "",
    fusions: Annotated[str, typer.Option(help="Fusions.")] = "concat,mean,max,weighted,gated,attention,mlp,lstm",
    classifiers: Annotated[
        bool, typer.Option("--classifiers/--no-classifiers", help="Also fit classical classifiers on the embeddings.")
    ] = True,
) -> None:
    """Train each encoder alone, then every fusion and classifier on their embeddings; AUROC with 95 % intervals.

    Goes on where it stopped. Example: medmm compare CONFIG.yaml --data cohort --out table --note hf.bert,text.tfidf
    """
    from medmm.training.classifiers import ON_ALL_INPUTS
    from medmm.training.compare_run import Choices
    from medmm.training.compare_run import compare as run
    from medmm.training.config import load_config
    from medmm.training.embed import encoder_name

    settings = load_config(config)
    asked = {InputKind.IMAGE: image, InputKind.NOTE: note, InputKind.VITALS: vitals, InputKind.AUDIO: audio}
    encoders = {kind: _names(asked[kind]) or [encoder_name(settings, kind)] for kind in settings.inputs}
    chosen = ON_ALL_INPUTS if classifiers else ()
    options = {f"--{kind}": text for kind, text in asked.items() if text} | {"--fusions": fusions}
    command = ["medmm", "compare", config.name, "--data", "COHORT", "--out", "TABLE"]
    command += [word for option in options.items() for word in option]
    choices = Choices(encoders, _names(fusions), chosen, shlex.join(command))
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        lines = run(settings, choices, cohort=cohort, out=out_dir, progress=progress, cancel=cancel)
    for line in lines[:SHOWN]:
        out.print(f"{line.auroc}  {line.method:35} {', '.join(line.encoders.values())}")
    if len(lines) > SHOWN:
        out.print(f"and {len(lines) - SHOWN} more")
    out.print(f"written: {', '.join(str(out_dir / f'comparison.{end}') for end in ('csv', 'md', 'html'))}")


def _names(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
