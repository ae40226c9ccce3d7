"""Finds the browsers that the tests use, and brings them where there are none.

Chromium: the system's if there is one, else Playwright's, else the distribution's package. Firefox: the system's, else
the distribution's package; where it can't be had its tests are skipped and say so. Run by `make test` before pytest.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox-esr", "firefox")


def _system(names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


def _playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def chromium() -> str | None:
    """The path of a Chromium that is here already."""
    return _system(CHROMIUM) or _playwright()


def firefox() -> str | None:
    """The path of a Firefox that is here already."""
    return _system(FIREFOX)


def _run(*command: str) -> bool:
    print("+", *command, flush=True)
    try:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(command, check=False, env=environment).returncode == 0
    except OSError as error:
        print(error)
        return False


def _package(*names: str) -> None:
    if shutil.which("apt-get") is None:
        return
    admin = () if os.geteuid() == 0 else ("sudo", "--non-interactive")
    _run(*admin, "apt-get", "update", "--quiet")
    for name in names:
        if _run(*admin, "apt-get", "install", "--quiet", "--yes", "--no-install-recommends", name):
            return


def main() -> int:
    """Bring what is missing; 1 if there is no Chromium in the end."""
    if chromium() is None:
        _run(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium")
    if chromium() is None:
        _package("chromium", "chromium-browser")
    if firefox() is None:
        _package("firefox-esr", "firefox")
    print("Chromium:", chromium() or "none")
    print("Firefox:", firefox() or "none; its tests will be skipped")
    if chromium() is None:
        print("The tests need Chromium. Install the package chromium, or run: .venv/bin/playwright install chromium")
    return 0 if chromium() else 1


if __name__ == "__main__":
    sys.exit(main())
