"""`medmm models`: bundles."""

from __future__ import annotations

from typing import Annotated

import typer

from medmm.cli.console import out

models = typer.Typer(help="List, show and verify model bundles.", no_args_is_help=True)

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
