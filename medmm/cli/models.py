"""`medmm models`: bundles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import out
from medmm.core.cores import n_cores

models = typer.Typer(help="List, show, verify, import and export model bundles.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Bundle name or folder; empty = the shipped one.")]


@models.command("list")
def list_all() -> None:
    """List the installed bundles.

    Example: medmm models list
    """
    from medmm.workflow.bundles import list_bundles

    found = list_bundles()
    for name, folder in found.items():
        out.print(f"{name}  {folder}")
    if not found:
        out.print("No bundle is installed.")


@models.command()
def show(name: Name = "") -> None:
    """Print a bundle's card.

    Example: medmm models show chest-multimodal
    """
    from medmm.workflow.bundles import read_card

    out.print(read_card(name))


@models.command()
def verify(name: Name = "") -> None:
    """Check every file of a bundle, load it offline and score its golden case.

    Example: medmm models verify chest-multimodal
    """
    from medmm.workflow.bundles import verify_bundle

    identity = verify_bundle(name)
    out.print(f"{identity.name} {identity.version} is sound: {identity.sha256}")


@models.command("import")
def import_one(
    source: Annotated[Path, typer.Argument(help="A bundle's folder, zip or tar.")],
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of another bundle of that name.")] = False,
) -> None:
    """Verify a bundle, score its golden case, then install it below MEDMM_HOME.

    Example: medmm models import department-0.2.zip
    """
    from medmm.workflow.bundle_exchange import import_bundle

    identity = import_bundle(source, replace=replace)
    out.print(f"{identity.name} {identity.version} is installed: {identity.sha256}")


@models.command()
def export(
    name: Annotated[str, typer.Argument(help="Bundle name or folder.")],
    target: Annotated[Path, typer.Option("--out", help="The zip to write, or with --onnx a folder.")],
    onnx: Annotated[bool, typer.Option("--onnx", help="Write the encoders as ONNX, proven against torch.")] = False,
) -> None:
    """Write a bundle as a zip that `models import` takes, or its encoders as ONNX.

    Example: medmm models export chest-multimodal --out chest.zip
    """
    from medmm.workflow.bundle_exchange import export_bundle
    from medmm.workflow.bundles import resolve_bundle

    if not onnx:
        out.print(f"written: {export_bundle(name, target)}")
        return
    from medmm.training.onnx_export import export_encoders

    for encoder in export_encoders(resolve_bundle(name), target):
        out.print(f"written: {encoder.file}, differs from torch by at most {encoder.gap:.1e}")


@models.command("convert-text")
def convert_text(
    source: Annotated[Path, typer.Argument(help="A BERT folder with pytorch_model.bin.")],
    target: Annotated[Path, typer.Option("--out", help="The folder to write; it must not exist.")],
) -> None:
    """Turn a BERT folder with pickled weights into one with safetensors, which a training config can name.

    Example: medmm models convert-text Bio_ClinicalBERT --out clinical-bert
    """
    from medmm.training.convert_text import convert_text_folder

    n_taken, left_out = convert_text_folder(source, target)
    out.print(f"written: {target}, {n_taken} tensors" + (f"; left out: {', '.join(left_out)}" if left_out else ""))


@models.command("test-maps")
def try_maps(
    name: Annotated[str, typer.Argument(help="Bundle name or folder.")],
    manifest: Annotated[Path, typer.Option("--data", help="truth.csv of cases with boxes, or its folder.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder of the new bundle; it must not exist.")],
    version: Annotated[str, typer.Option("--version", help="Version of the new bundle; empty = the same.")] = "",
    show_method: Annotated[str, typer.Option("--show", help="Method that users shall see.")] = "gradcam",
    cases: Annotated[str, typer.Option("--cases", help="What the cases are, for the card.")] = "labelled cases",
    seed: Annotated[int, typer.Option("--seed", min=0, help="For what is drawn by lot.")] = 0,
) -> None:
    """Test a bundle's heat maps on cases with known places and write a copy that holds the results.

    Example: medmm models test-maps chest-multimodal --data cohort --out tested

    The cases must be some that the model was not trained on. Where maps point, what hiding their hottest cells does,
    what a network with shuffled weights would draw: a method that fails is not shown.
    """
    from medmm.cli.console import cancel_on_interrupt, progress_bar
    from medmm.training.maps.measure import Plan
    from medmm.training.maps.tested_bundle import Request, add_map_tests
    from medmm.workflow.bundles import resolve_bundle

    cohort = manifest.parent if manifest.is_file() else manifest
    request = Request(cohort, out_dir, Plan(cases, show_method, seed=seed), version)
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        found = add_map_tests(resolve_bundle(name), request, workers=n_cores(), progress=progress, cancel=cancel)
    for method in found.methods.values():
        place = method.everything.place
        hits = f"{100 * place.hits.value:.0f} % of {place.n} maps at the finding" if place else "too few maps"
        out.print(
            f"{method.title}: {hits}, hiding {method.deletion_verdict}, shuffled weights {method.randomisation_verdict}"
        )
    out.print(f"written: {out_dir}")


@models.command()
def neighbours(
    name: Annotated[str, typer.Argument(help="Bundle name or folder.")],
    manifest: Annotated[Path, typer.Option("--data", help="truth.csv of training cases, or its folder.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder of the new bundle; it must not exist.")],
    config: Annotated[
        Path | None,
        typer.Option("--config", help="The bundle's training config: its split tells training from test cases."),
    ] = None,
    n_cases: Annotated[int, typer.Option("--cases", min=1, help="How many are drawn by lot.")] = 1000,
    simulated: Annotated[bool, typer.Option("--simulated", help="The cases are simulated, nobody's.")] = False,
    version: Annotated[str, typer.Option("--version", help="Version of the new bundle; empty = the same.")] = "",
    seed: Annotated[int, typer.Option("--seed", min=0, help="For what is drawn by lot.")] = 0,
) -> None:
    """Write a copy of a bundle that holds training cases as vectors: scores then name the most similar ones.

    Example: medmm models neighbours ours --data run/cohort --config ours.yaml --simulated --out ours-near

    With --config the test part of the cohort tells what the nearest are worth. Vectors of patients travel with the
    bundle: who holds a patient's files can tell from them that the model was trained on that patient.
    """
    from medmm.cli.console import cancel_on_interrupt, progress_bar
    from medmm.training.config import load_config
    from medmm.training.neighbour_bundle import Request, add_neighbours
    from medmm.workflow.bundles import resolve_bundle

    request = Request(
        cohort=manifest.parent if manifest.is_file() else manifest,
        out=out_dir,
        n=n_cases,
        are_simulated=simulated,
        config=load_config(config) if config else None,
        version=version,
        seed=seed,
    )
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        near = add_neighbours(resolve_bundle(name), request, workers=n_cores(), progress=progress, cancel=cancel)
    for one in near.figures.findings if near.figures else ():
        out.print(f"  {one.name:20} AUROC of the share of the nearest {one.auroc}, by lot {one.by_lot}")
    out.print(f"written: {out_dir}, {len(near.neighbours):,} cases")
