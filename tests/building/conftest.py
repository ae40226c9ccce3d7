"""A tiny repository to build, with the project's templates."""

import shutil
from pathlib import Path

import pytest

import built


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return built.copied(built.TINY, tmp_path / "tiny")


@pytest.fixture(scope="session")
def _finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    return built.build(built.copied(built.TINY, folder / "tiny"), folder / "site")


@pytest.fixture
def site(_finished: Path, tmp_path: Path) -> Path:
    """A copy of the tiny repository's finished site."""
    shutil.copytree(_finished, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.four(tmp_path_factory.getbasetemp())
