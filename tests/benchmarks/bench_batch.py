"""What a batch costs beside its bare encoders and beside a loop of `medmm score`, and what it holds in memory.

python tests/benchmarks/bench_batch.py COHORT [N]

COHORT: a folder of `medmm simulate`. Exit 1 when a limit is missed: 0.9 of the bare loop's throughput, 2.5 times that
of the loop of scores. The bare loop runs the default bundle's torch modules on inputs already prepared, at the batch
size that suits them best; the loop of scores opens, scores and explains one patient after the other, as the command.
"""

from __future__ import annotations

import resource as usage
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.case import CaseSources
from medmm.core.cores import n_cores, n_lanes, n_readers_for
from medmm.core.resources import resource
from medmm.inference.embedding_cache import EmbeddingCache
from medmm.inference.prepare import collate
from medmm.storage.paths import DEFAULT_BUNDLE
from medmm.workflow.batch import BatchJob, score_batch
from medmm.workflow.batch_folders import find_cases
from medmm.workflow.engine import LocalEngine
from medmm.workflow.open_case import open_case

BATCH_SIZES = (1, 4, 8, 16, 32)
LEAST_OF_BARE, LEAST_OF_SCORES = 0.9, 2.5
# As many patients are enough for the loops, whose rate does not change.
LOOP = 48


def rate_of(work: Callable[[], int]) -> float:
    """Give cases a second."""
    began = time.perf_counter()
    n_cases = work()
    return n_cases / (time.perf_counter() - began)


def bare_rate(engine: LocalEngine, folders: list[Path]) -> tuple[float, int]:
    """Give the best rate of the bare modules over batch sizes, and that size."""
    predictor = engine.predictor
    inputs = [predictor.prepare(open_case(CaseSources(folder))).model_input for folder in folders]
    torch.set_num_threads(n_cores())
    rates = {}
    for size in BATCH_SIZES:
        batches = [collate(inputs[i : i + size], predictor.spec) for i in range(0, len(inputs), size)]

        def run(batches: list[object] = batches) -> int:
            with torch.inference_mode():
                for batch in batches:
                    predictor.net.encode(batch)
            return len(inputs)

        run()
        rates[size] = max(rate_of(run) for _ in range(2))
    best = max(rates, key=lambda size: rates[size])
    return rates[best], best


def score_rate(engine: LocalEngine, folders: list[Path], *, explain: bool) -> float:
    """Give the rate of a loop of scores in one process."""

    def run() -> int:
        for folder in folders:
            engine.score(open_case(CaseSources(folder)), explain=explain)
        return len(folders)

    engine.predictor._embeddings = EmbeddingCache(0)
    return rate_of(run)


def batch_rate(root: Path, n_cases: int) -> float:
    """Give the rate of a whole batch, its start and its tables included."""
    n_readers = n_readers_for(0)
    with tempfile.TemporaryDirectory() as out:

        def run() -> int:
            engine = LocalEngine(resource("models") / DEFAULT_BUNDLE, n_threads=1, n_lanes=n_lanes())
            summary = score_batch(BatchJob(root, Path(out), limit=n_cases, n_readers=n_readers), engine)
            return summary.n_cases - summary.outcomes["pending"]

        return rate_of(run)


def main() -> int:
    """Measure and print."""
    root, n_cases = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    folders = list(islice(find_cases(root), LOOP))
    whole = LocalEngine(resource("models") / DEFAULT_BUNDLE, n_threads=n_cores())
    whole.warm_up()
    scores, silent = (score_rate(whole, folders, explain=explain) for explain in (True, False))
    bare, size = bare_rate(whole, folders)
    batch = batch_rate(root, n_cases)
    memory = usage.getrusage(usage.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{n_cores()} cores: batch of {n_cases} {batch:.2f} cases/s = {batch / bare:.2f} of the bare modules "
        f"({bare:.2f}, at {size} together), {batch / scores:.2f} of a loop of scores ({scores:.2f}), "
        f"{batch / silent:.2f} of one that explains nothing ({silent:.2f}); {memory:.0f} MiB in the main process"
    )
    return 0 if batch >= LEAST_OF_BARE * bare and batch >= LEAST_OF_SCORES * scores else 1


if __name__ == "__main__":
    sys.exit(main())
