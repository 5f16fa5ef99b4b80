"""Bundles out and in again: the same bytes, proven before they are installed."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from medmm.core.errors import BundleRefused, InputError, StorageError, WeightsMissing
from medmm.workflow.bundle_exchange import export_bundle, import_bundle
from medmm.workflow.bundles import list_bundles
from tests.models.builders import make_bundle

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(tmp_path_factory.mktemp("exchange") / "test-model")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MEDMM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_bundle_goes_out_and_comes_in_unchanged(bundle: Path, tmp_path: Path, home: Path) -> None:
    archive = export_bundle(str(bundle), tmp_path / "out" / "bundle.zip")

    identity = import_bundle(archive)

    installed = list_bundles()["test-model"]
    assert installed == home / "models" / "test-model"
    for path in bundle.rglob("*"):
        if path.is_file():
            assert (installed / path.relative_to(bundle)).read_bytes() == path.read_bytes()
    assert identity.name == "test-model"
    assert not list((home / "models").glob(".incoming-*"))


def test_the_same_bundle_becomes_the_same_zip(bundle: Path, tmp_path: Path) -> None:
    first = export_bundle(str(bundle), tmp_path / "a.zip")
    second = export_bundle(str(bundle), tmp_path / "b.zip")

    assert first.read_bytes() == second.read_bytes()
    with pytest.raises(StorageError, match="exists already"):
        export_bundle(str(bundle), first)


def test_a_folder_is_taken_too_and_again(bundle: Path) -> None:
    assert import_bundle(bundle).sha256 == import_bundle(bundle).sha256


def test_another_bundle_of_the_name_is_replaced_only_when_asked(bundle: Path, tmp_path: Path) -> None:
    from medmm.models.bundle import seal_bundle

    import_bundle(bundle)
    other = shutil.copytree(bundle, tmp_path / "other")
    (other / "docs" / "README.md").write_text("Another card.\n")
    seal_bundle(other)

    with pytest.raises(BundleRefused, match="is installed"):
        import_bundle(other)
    import_bundle(other, replace=True)

    assert (list_bundles()["test-model"] / "docs" / "README.md").read_text() == "Another card.\n"


def test_a_changed_bundle_is_refused_and_the_installed_one_stays(bundle: Path, tmp_path: Path, home: Path) -> None:
    import_bundle(bundle)
    changed = shutil.copytree(bundle, tmp_path / "changed")
    (changed / "docs" / "README.md").write_text("Changed.\n")

    with pytest.raises(BundleRefused, match="was changed"):
        import_bundle(changed, replace=True)

    assert (home / "models" / "test-model" / "docs" / "README.md").read_text() == "A card.\n"
    assert not list((home / "models").glob(".incoming-*"))


def test_a_link_a_way_out_and_no_bundle_are_refused(bundle: Path, tmp_path: Path) -> None:
    linked = shutil.copytree(bundle, tmp_path / "linked")
    (linked / "LICENSE").unlink()
    (linked / "LICENSE").symlink_to("/etc/hostname")
    with pytest.raises(BundleRefused, match="link"):
        import_bundle(linked)

    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.writestr("../outside", "x")
    with pytest.raises(InputError, match="outside"):
        import_bundle(tmp_path / "out.zip")

    (tmp_path / "empty").mkdir()
    with pytest.raises(WeightsMissing, match="holds no bundle"):
        import_bundle(tmp_path / "empty")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", ".hidden", "a/b", "..", "a b"])
def test_a_name_that_leads_elsewhere_is_refused(bundle: Path, tmp_path: Path, home: Path, name: str) -> None:
    import json

    from medmm.models.bundle import seal_bundle

    renamed = shutil.copytree(bundle, tmp_path / "renamed")
    path = renamed / "configs" / "metadata.json"
    content = json.loads(path.read_text())
    content["medmm"]["spec"]["name"] = name
    path.write_text(json.dumps(content))
    seal_bundle(renamed)
    before = set(tmp_path.rglob("*"))

    with pytest.raises(BundleRefused, match="no plain name"):
        import_bundle(renamed)

    assert {place for place in tmp_path.rglob("*") if place not in before} <= {home, home / "models"}
