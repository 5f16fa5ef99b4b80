"""Runs a batch on Ray in a process of its own, with the stand-in engine; it can be killed.

python ray_driver.py ROOT OUT MARKS [key=value ...]     keys: address, parts, seconds, n_cpus, group, sha256
"""

from __future__ import annotations

import sys
from pathlib import Path

from medmm.core.errors import MedMMError
from medmm.workflow.batch import BatchJob
from medmm.workflow.cluster.run import ClusterJob, score_on_cluster
from medmm.workflow.start import start_process
from tests.workflow.ray_engine import NotingRecipe


def main(root: str, out: str, marks: str, *given: str) -> None:
    start_process()
    told = dict(word.split("=", 1) for word in given)
    job = ClusterJob(
        root,
        BatchJob(Path(root), Path(out), resume=True, n_readers=1),
        told.get("parts", ""),
        told.get("address", ""),
        n_cpus=int(told.get("n_cpus", "4")),
        group=int(told.get("group", "4")),
    )
    recipe = NotingRecipe(Path(marks), told.get("sha256", "m1"), float(told.get("seconds", "0")))
    try:
        _, set_aside = score_on_cluster(job, recipe)
    except MedMMError as error:
        sys.exit(str(error.sentences))
    for sentence in set_aside:
        sys.stdout.write(f"{sentence}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
