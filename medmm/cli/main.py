"""The command `medmm`: one Typer application, exit codes as other programs rely on them."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import typer

from medmm import __version__
from medmm.cli.batch import batch
from medmm.cli.compare import compare
from medmm.cli.console import err, out, print_trouble, show_every_letter
from medmm.cli.doctor import doctor
from medmm.cli.drift import drift
from medmm.cli.evaluate import evaluate
from medmm.cli.info import info
from medmm.cli.models import models
from medmm.cli.recalibrate import recalibrate
from medmm.cli.report import report
from medmm.cli.score import score
from medmm.cli.simulate import simulate
from medmm.cli.train import train
from medmm.core.errors import Cancelled, MedMMError
from medmm.workflow.start import go_offline, start_process

log = logging.getLogger("medmm.cli")

TROUBLE, USAGE, DEFECT, INTERRUPTED = 1, 2, 70, 130

app = typer.Typer(
    name="medmm",
    help="Score, explain and report patients from image, note and vital signs. Research use only.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (score, batch, report, info, simulate, train, evaluate, recalibrate, compare, drift, doctor):
    app.command()(command)
app.add_typer(models, name="models")


@app.callback(invoke_without_command=True)
def common(
    verbose: bool = typer.Option(False, "-v", "--verbose", help="Write more into the log file."),
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    """Score, explain and report patients from image, note and vital signs. Research use only."""
    start_process(is_verbose=verbose)
    if version:
        out.print(f"medmm {__version__} - research use only")
        raise typer.Exit


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 trouble, 2 usage, 70 a defect of ours, 130 interrupted."""
    go_offline()
    show_every_letter()
    try:
        code = app(args=_global_first(sys.argv[1:] if argv is None else argv), standalone_mode=False, prog_name="medmm")
    except (Cancelled, KeyboardInterrupt, typer.Abort):
        err.print("Interrupted.")
        return INTERRUPTED
    except MedMMError as error:
        log.info("ended with %s", error.code)
        print_trouble(error)
        return TROUBLE
    except Exception as error:
        show = getattr(error, "show", None)  # usage errors print themselves
        if show is None:
            log.exception("defect")
            return _report_defect(error)
        show(file=sys.stderr)
        return USAGE
    return int(code or 0)


def _global_first(argv: Sequence[str]) -> list[str]:
    # -v may stand anywhere, also after the subcommand.
    flags = [word for word in argv if word in ("-v", "--verbose")]
    return [*flags[:1], *(word for word in argv if word not in ("-v", "--verbose"))]


def _report_defect(error: Exception) -> int:
    handler = next(iter(logging.getLogger("medmm").handlers), None)
    place = getattr(handler, "baseFilename", "the log")
    err.print(f"A defect of MedMM ({type(error).__name__}) stopped this command. Where it arose stands in {place}.")
    return DEFECT
