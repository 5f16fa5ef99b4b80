"""`medmm doctor`: what works on this machine."""

from __future__ import annotations

import typer

from medmm.cli.console import out


def doctor() -> None:
    """Check devices, codecs, fonts, window system and the shipped bundle, with a hint for what is missing.

    Example: medmm doctor
    """
    from medmm.workflow.doctor import examine

    is_fine = True
    for check in examine():
        sign = "ok  " if check.is_fine else "-   " if check.is_optional else "FAIL"
        hint = "" if check.is_fine or not check.hint else f"   -> {check.hint}"
        out.print(f"{sign} {check.name}: {check.found}{hint}")
        is_fine = is_fine and (check.is_fine or check.is_optional)
    if not is_fine:
        raise typer.Exit(1)
