"""Poppler and qpdf as independent readers of what we wrote; tests are skipped where they are not installed."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.case import Case
from medmm.core.prediction import CaseResult
from medmm.report.content import compose_report
from medmm.report.pdf import render_pdf

NO_SPACE = {ord(space): None for space in " \n\t\f\u00a0\u200b"}


def run_tool(tool: str, *arguments: str) -> str:
    """Run a tool and give its output; its failure fails the test."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def text_of(content: bytes, folder: Path) -> str:
    """Extract the text of a PDF with pdftotext, NFKC and without white space (lines break where they like)."""
    path = folder / "read_back.pdf"
    path.write_bytes(content)
    return squeeze(run_tool("pdftotext", "-layout", str(path), "-"))


def squeeze(text: str) -> str:
    """Normalise to NFKC (Thai am comes back as its two parts) and drop white space and marks of direction."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return visible.translate(NO_SPACE)


def pdf_of(case: Case, result: CaseResult) -> bytes:
    """Render a case without pictures, which say nothing about text and take time."""
    return render_pdf(compose_report(replace(case, images=()), result))
