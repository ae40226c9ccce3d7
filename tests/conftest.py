"""What tests share: a tiny valid repository of their own, ways to load it, and expected texts in files."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from loaded import Loaded
from safecities import catalogue, rules
from safecities.content import read_content
from safecities.site import load_site

TINY = Path(__file__).parent / "fixtures" / "tiny"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="Write the expected results of golden tests anew.")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "golden: the expected result is a file; --rewrite-golden writes it anew")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A fresh copy of the tiny repository, with no templates of its own: those of this project are used."""
    root = tmp_path / "tiny"
    shutil.copytree(TINY, root)
    (root / "overrides").mkdir()
    return root


@pytest.fixture
def put(tiny: Path) -> Callable[[str, str], Path]:
    """Write a file of the tiny repository: ``put("tools_db/x.md", text)``."""
    def write(name: str, text: str) -> Path:
        path = tiny / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return path
    return write


@pytest.fixture
def change(tiny: Path) -> Callable[[str, str, str], Path]:
    """Replace words in a file of the tiny repository, which must be there."""
    def replace(name: str, old: str, new: str) -> Path:
        path = tiny / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_bytes(text.replace(old, new, 1).encode("utf-8"))
        return path
    return replace


@pytest.fixture
def load(tiny: Path) -> Callable[[], Loaded]:
    """Read the tiny repository as it now stands."""
    def read() -> Loaded:
        site = load_site(tiny)
        content, found = read_content(site)
        return Loaded(site, content, tuple(rules.check(content, found)), catalogue.build(content))
    return read


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds the expected one, or write that file with --rewrite-golden."""
    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--rewrite-golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing; write it with: pytest --rewrite-golden -m golden"
        assert text == path.read_text(encoding="utf-8")
    return compare
