"""A Ray cluster of two machines on this one: prints the address of its head, kills a machine for each line it reads.

python ray_cluster.py TEMPORARY_FOLDER
"""

from __future__ import annotations

import os
import sys


def main(folder: str) -> None:
    os.environ["RAY_TMPDIR"] = folder
    from ray.cluster_utils import Cluster

    shared = {"include_dashboard": False, "object_store_memory": 80 << 20}
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **shared})
    nodes = [cluster.add_node(num_cpus=2, **shared) for _ in range(2)]
    sys.stdout.write(f"{cluster.address}\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        cluster.remove_node(nodes.pop(), allow_graceful=False)
        sys.stdout.write("killed\n")
        sys.stdout.flush()
    cluster.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
