"""A cluster builds the same site: the pieces of work go to Dask's workers, which load the content themselves."""

from pathlib import Path

from distributed import Client, LocalCluster

import built
from safecities import build, pipeline, work
from safecities.site import load_site


def test_a_dask_cluster_builds_the_same_site(tmp_path: Path) -> None:
    root = built.tiny_in_four(tmp_path / "tiny")
    catalogue, _ = pipeline.load(load_site(root))
    build.build_site(catalogue, tmp_path / "alone", 1)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None,
                      local_directory=tmp_path / "dask") as cluster, Client(cluster) as client:
        build.build_site(catalogue, tmp_path / "spread", executor=client.get_executor(pure=False))
        loaded = client.run(lambda: sorted(work._renderers))
    assert list(loaded.values()) == [[str(root)]] * 2  # both took part
    assert built.differing(built.tree(tmp_path / "alone"), built.tree(tmp_path / "spread")) == []
