"""A batch on a cluster, its actors in this process: rows, parts and refusals are those of a batch on one machine."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from medmm.cli.main import USAGE, main
from medmm.core.errors import Cancelled, ExchangeError, InputError, MedMMError, StorageError
from medmm.core.prediction import CaseResult, FindingScore, ModelIdentity
from medmm.core.progress import CancelToken
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch import BatchJob, score_batch
from medmm.workflow.batch_folders import key_of
from medmm.workflow.cluster import run, session, stream
from medmm.workflow.cluster.actor import ActorWork, ScoringActor
from medmm.workflow.cluster.part import Kept, from_part, origin_of, part_name, to_part
from medmm.workflow.cluster.part_folder import SET_ASIDE
from medmm.workflow.cluster.patients import fetched
from medmm.workflow.cluster.run import ClusterJob, score_on_cluster
from medmm.workflow.cluster.session import Machines
from medmm.workflow.cluster.stream import shape_for
from medmm.workflow.ready_case import ReadyCase
from tests.storage.postgres_server import can_serve, running_server
from tests.workflow.kill_batch import UsesAll

fsspec = pytest.importorskip("fsspec")
pytest.importorskip("ray.data")
pytestmark = pytest.mark.slow
ONE_MACHINE = Machines(1, 4, 0, 4)


class Died(BaseException):
    """Stands for the end of an actor's process."""


@dataclass(frozen=True)
class Recipe:
    """An engine that answers by the note's length; a case named "kills" ends its actor."""

    sha256: str = "m1"

    def load(self, n_lanes: int) -> Recipe:
        return self

    load_prepare = UsesAll
    n_lanes = 1

    def warm_up(self) -> ModelIdentity:
        return ModelIdentity("test", "1", self.sha256)

    def score_ready(self, cases: Sequence[ReadyCase], *, explain: bool, cancel: CancelToken) -> list[Any]:
        return [self._score(ready) for ready in cases]

    def _score(self, ready: ReadyCase) -> CaseResult:
        if "kills" in ready.case.folder.name:
            raise Died
        score = len(ready.case.notes[0].text) / 1000
        finding = FindingScore("nodule", 0.0, score, None, 0.5, "negative")
        return CaseResult(ready.case.patient.patient_id, "", "", self.warm_up(), (finding,), {})


@dataclass(frozen=True)
class HereDataset:
    """Gives groups to actors in this process as Ray does: one that died is made again and has its group once more."""

    groups: Sequence[Sequence[tuple[str, bytes]]]
    work: ActorWork

    def iter_batches(self, **_: object) -> Iterator[pa.Table]:
        actor = ScoringActor(self.work)
        for group in self.groups:
            while True:
                try:
                    yield actor(stream._table(group))
                    break
                except Died:
                    actor = ScoringActor(self.work)


class NoSession:
    """Stands for Ray."""

    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    def dataset(groups: Any, work: ActorWork, shape: object) -> HereDataset:
        return HereDataset(groups, replace(work, n_readers=0))

    monkeypatch.setattr(stream, "_dataset", dataset)
    monkeypatch.setattr(run, "ray_session", lambda *_, **__: NoSession())
    monkeypatch.setattr(run, "machines", lambda: ONE_MACHINE)
    monkeypatch.setattr(sys.modules["__main__"], "__file__", "as it was", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    for number in range(9):
        (folder / f"p{number}").mkdir(parents=True)
        text = f"MRN: {number}\ncough" + " and fever" * number
        (folder / f"p{number}" / "note.txt").write_text(text, encoding="utf-8")
    (folder / "broken").mkdir()
    (folder / "broken" / "note.txt").write_bytes(b"\xff\xfe\x00")
    return folder


def job_of(root: Path | str, out: Path, *, parts: str = "", limit: int = 0, resume: bool = True) -> ClusterJob:
    return ClusterJob(str(root), BatchJob(Path(str(root)), out, resume=resume, limit=limit), parts, group=4)


def tables(out: Path) -> list[bytes]:
    files = sorted((out / "cases").rglob("*.*"))
    return [
        *(path.read_bytes() for path in files),
        *((out / f"results.{kind}").read_bytes() for kind in ("csv", "parquet")),
    ]


def stored(out: Path) -> dict[str, CaseRow]:
    store = ResultStore(out / "results.sqlite")
    rows = {row.case: row for row in store.cases()}
    store.close()
    return rows


def test_rows_and_files_are_those_of_one_machine(root: Path, tmp_path: Path) -> None:
    score_batch(BatchJob(root, tmp_path / "alone"), Recipe())

    summary, set_aside = score_on_cluster(job_of(root, tmp_path / "many"), Recipe())

    assert summary.outcomes["done"] == 9
    assert tables(tmp_path / "many") == tables(tmp_path / "alone")
    assert set_aside == ()
    assert not (tmp_path / "many" / "parts").exists()


@pytest.mark.parametrize("scheme", ["memory", "local"])
def test_patients_and_parts_behind_addresses_give_the_same_rows(
    scheme: str, root: Path, tmp_path: Path, medmm_home: Path
) -> None:
    shutil.make_archive(str(root / "p8"), "zip", root / "p8")
    shutil.rmtree(root / "p8")
    (root / "p7" / "deeper").mkdir()
    (root / "p7" / "note.txt").rename(root / "p7" / "deeper" / "note.txt")
    score_batch(BatchJob(root, tmp_path / "alone"), Recipe())
    there = f"{scheme}://{tmp_path}/there"
    fs = fsspec.filesystem(scheme)
    fs.put(str(root), f"{tmp_path}/there/night", recursive=True)

    score_on_cluster(job_of(f"{there}/night", tmp_path / "many", parts=f"{there}/parts"), Recipe())

    assert tables(tmp_path / "many") == tables(tmp_path / "alone")
    assert fs.find(f"{tmp_path}/there/parts") == []
    assert list((medmm_home / "work").iterdir()) == []
    assert not (tmp_path / "many" / "parts").exists()


def test_a_case_that_kills_its_workers_fails_alone(root: Path, tmp_path: Path) -> None:
    (root / "p4").rename(root / "p4 kills")

    summary, _ = score_on_cluster(job_of(root, tmp_path / "out"), Recipe())

    assert summary.outcomes == {"done": 8, "failed": 2, "refused": 0, "cancelled": 0, "pending": 0}
    assert stored(tmp_path / "out")["p4 kills"].reason == "worker_lost"
    assert not (tmp_path / "out" / "parts").exists()


def test_what_workers_of_a_dead_driver_left_is_merged_once_and_nothing_else_is(root: Path, tmp_path: Path) -> None:
    out, origin = tmp_path / "out", origin_of("m1", str(root))
    score_on_cluster(job_of(root, out, limit=1), Recipe())
    left = [made(name, score) for name, score in (("broken", 0.9), ("p0", 0.25))]
    plant(out, part_name(origin, ["broken", "p0"]), to_part(left, origin=origin))
    plant(out, "torn.parquet", to_part([made("p1", 0.5)], origin=origin)[:-20])
    plant(out, "foreign.parquet", to_part([made("p2", 0.5)], origin=origin_of("m2", str(root))))
    plant(out, "odd.parquet", to_part([replace(made("p3", 0.5), files={"result.json": b"other"})], origin=origin))

    _, set_aside = score_on_cluster(job_of(root, out), Recipe())

    lines = (out / "results.csv").read_text(encoding="utf-8").splitlines()
    scores = {line.split(",")[0]: line.split(",")[5] for line in lines[1:]}
    assert scores["p0"] == "0.250000"  # the left part's
    assert stored(out)["broken"].reason == "unreadable_file"  # had its outcome before
    assert [scores[name] for name in ("p1", "p2", "p3")] == ["0.022000", "0.032000", "0.042000"]
    assert len(set_aside) == 3
    assert sorted(path.name for path in (out / "parts" / SET_ASIDE).iterdir()) == [
        "foreign.parquet",
        "odd.parquet",
        "torn.parquet",
    ]


def test_a_new_batch_is_not_made_of_what_an_older_one_left(root: Path, tmp_path: Path) -> None:
    out, origin = tmp_path / "out", origin_of("m1", str(root))
    out.mkdir()
    plant(out, "older.parquet", to_part([made("p0", 0.25)], origin=origin))

    _, set_aside = score_on_cluster(job_of(root, out, resume=False), Recipe())

    assert [str(told) for told in set_aside] == [
        "part older.parquet was set aside: it is of an older batch, and this one was begun without --resume"
    ]
    assert "p0,0,done,,nodule,0.012000" in (out / "results.csv").read_text(encoding="utf-8")


def made(name: str, score: float) -> Kept:
    import hashlib

    content = b"{}\n"
    row = CaseRow(name, key_of(name), "1", "done", result_sha256=hashlib.sha256(content).hexdigest())
    return Kept(row, (FindingRow(name, "nodule", score, None, 0.5, 0, "negative"),), {"result.json": content})


def plant(out: Path, name: str, content: bytes) -> None:
    (out / "parts").mkdir(exist_ok=True)
    (out / "parts" / name).write_bytes(content)


def test_no_turned_bit_of_a_part_changes_what_it_says() -> None:
    kept = tuple(made(f"case {number}", number / 7) for number in range(5))
    content = to_part(kept, origin="o")
    rng = random.Random(3)

    for _ in range(300):
        damaged = bytearray(content)
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        try:
            found = from_part(bytes(damaged), origin="o")
        except StorageError:
            continue
        assert found == kept
    assert from_part(content, origin="o") == kept


def test_the_name_of_a_part_tells_cases_and_origin() -> None:
    assert part_name("o", ["a", "b"]) == part_name("o", ["b", "a"])
    assert len({part_name("o", ["a", "b"]), part_name("o", ["a\0b"]), part_name("p", ["a", "b"])}) == 3


def test_ctrl_c_keeps_what_is_merged_and_the_rest_waits(root: Path, tmp_path: Path) -> None:
    out, token = tmp_path / "out", CancelToken()

    def stop(done: int, total: int, text: str) -> None:
        if done >= 4:
            token.set()

    with pytest.raises(Cancelled):
        score_on_cluster(job_of(root, out), Recipe(), progress=stop, cancel=token)

    waiting = [row for row in stored(out).values() if row.outcome == "pending"]
    assert 0 < len(waiting) < 10
    assert score_on_cluster(job_of(root, out), Recipe())[0].outcomes["done"] == 9


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"version": "0.0.9"}, "it has MedMM .*, the batch runs MedMM 0.0.9"),
        ({"sign": "seen_by_all-other"}, "it sees another folder where the parts are to be"),
        ({"recipe": Recipe("m2")}, "its bundle is another one"),
    ],
)
def test_a_machine_that_is_not_like_the_others_stops_the_batch_and_fails_no_case(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any], told: str
) -> None:
    work_of = run._work
    monkeypatch.setattr(run, "_work", lambda *given: replace(work_of(*given), **wrong))
    if "recipe" in wrong:  # the driver's own is "m1"
        monkeypatch.setattr(Recipe, "load", lambda self, n_lanes: Recipe("m3"))

    with pytest.raises(MedMMError, match=told):
        score_on_cluster(job_of(root, tmp_path / "out"), Recipe())

    assert {row.outcome for row in stored(tmp_path / "out").values()} == {"pending"}


def test_a_lost_root_fails_no_case(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    score = ScoringActor._score

    def lose(self: ScoringActor, cases: pa.Table) -> Any:
        if root.is_dir():
            root.rename(tmp_path / "elsewhere")
        return score(self, cases)

    monkeypatch.setattr(ScoringActor, "_score", lose)
    with pytest.raises(StorageError, match="'root' is lost"):
        score_on_cluster(job_of(root, tmp_path / "out"), Recipe())

    assert {row.outcome for row in stored(tmp_path / "out").values()} == {"pending"}


def test_a_defect_stops_the_batch_in_words_that_quote_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("Jane Doe")

    monkeypatch.setattr("medmm.workflow.cluster.actor.keep_attempt", fail)

    with pytest.raises(StorageError, match=r"a defect of MedMM \(ZeroDivisionError at .*\)") as caught:
        score_on_cluster(job_of(root, tmp_path / "out"), Recipe())
    assert "Jane" not in str(caught.value.sentences)


def test_a_key_of_a_store_writes_nothing_outside_its_case(medmm_home: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.store["/evil/p1/../../../../escaped.txt"] = memory.open("/evil/p1/note.txt", "wb")

    with pytest.raises(InputError, match="'p1' names a file outside of itself"), fetched("memory://evil", "p1"):
        pass

    memory.store.pop("/evil/p1/../../../../escaped.txt")
    assert list(medmm_home.rglob("escaped.txt")) == []


def test_two_batches_with_one_place_for_parts_do_not_see_each_other(root: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "parts")
    origin = origin_of("m1", str(root))
    first, second = (run._parts(job_of(root, tmp_path / out, parts=place), origin) for out in ("a", "b"))

    first.write("x.parquet", b"")

    assert (first.names(), second.names()) == (["x.parquet"], [])


def test_parts_among_the_patients_are_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="--parts 'p0' lies among the patients' own files"):
        score_on_cluster(job_of(root, tmp_path / "out", parts=str(root / "p0")), Recipe())

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("found", "n_readers", "expected"),
    [
        (Machines(1, 2, 0, 2), 0, (1, 2, 0, 1)),
        (Machines(1, 1, 0, 1), 0, (1, 1, 0, 1)),
        (Machines(3, 48, 0, 16), 3, (3, 4, 0, 12)),
        (Machines(3, 40, 2, 16), 0, (19, 16, 1, 2)),
        (Machines(2, 32, 4, 16), 0, (7, 8, 1, 4)),
    ],
)
def test_an_actor_takes_a_share_of_a_machine(found: Machines, n_readers: int, expected: tuple[int, ...]) -> None:
    shape = shape_for(found, n_readers=n_readers)

    assert (shape.n_readers, shape.n_cpus, shape.n_gpus, shape.n_actors) == expected


@pytest.mark.parametrize(("n_cases", "expected"), [(60, 16), (1_000, 31), (1_000_000, 256)])
def test_a_group_grows_with_the_batch(n_cases: int, expected: int) -> None:
    assert run.group_size(n_cases, n_actors=2) == expected


def test_a_cluster_without_cores_is_told() -> None:
    with pytest.raises(ExchangeError, match="no machine of the cluster offers a core"):
        shape_for(Machines(1, 0, 0, 0), n_readers=0)


@pytest.mark.parametrize("address", ["head", "ray://127.0.0.1:", "127.0.0.1:1"])
@pytest.mark.enable_socket
def test_a_cluster_that_does_not_answer_is_told_at_once(address: str) -> None:
    with pytest.raises(ExchangeError, match=f"Ray cannot be used on {address}: "), session.ray_session(address):
        pass


def test_a_link_that_a_killed_process_left_is_removed_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.tempfile, "gettempdir", lambda: str(tmp_path))
    place = tmp_path / ("deep" * 20) / "work" / "ray-1"
    place.mkdir(parents=True)
    (tmp_path / "medmm-dead").symlink_to(place.with_name("ray-0"))
    (tmp_path / "medmm-live").symlink_to(place)
    (tmp_path / "medmm-other").symlink_to(tmp_path / "elsewhere")

    with session._short(place) as link:
        assert link.readlink() == place

    assert sorted(path.name for path in tmp_path.glob("medmm-*")) == ["medmm-live", "medmm-other"]


def test_without_ray_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None)

    with pytest.raises(ExchangeError, match="Ray, which is not installed") as caught, session.ray_session(""):
        pass
    assert "pip install 'medmm[cluster]'" in caught.value.hint


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--engine", "ray", "--watch"), "--watch runs on this machine alone"),
        (("--ray-address", "head:6379"), "need --engine ray"),
        (("--parts", "/parts"), "need --engine ray"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert main(["batch", str(tmp_path), "--out", str(tmp_path / "out"), *words]) == USAGE

    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())


@pytest.mark.skipif(not can_serve(), reason="PostgreSQL is not installed here")
def test_rows_on_a_server_are_those_of_a_file(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    score_batch(BatchJob(root, tmp_path / "alone"), Recipe())

    with running_server() as url:
        job = job_of(root, tmp_path / "many")
        score_on_cluster(replace(job, batch=replace(job.batch, store=url)), Recipe())

    assert tables(tmp_path / "many") == tables(tmp_path / "alone")
