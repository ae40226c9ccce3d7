"""Finds the web servers that the ready files in hosting/ are tried with, and brings them where there are none.

The system's if there is one, else the distribution's packages, unpacked into ``.cache/servers`` and not installed: a
package that is installed would start a server. Where one can't be had its tests are skipped and say so. Run by `make
test` before pytest.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / ".cache" / "servers"
PACKAGES = {"nginx": ("nginx", "nginx-common"), "caddy": ("caddy",)}
_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", str(FOLDER / "usr/sbin"), str(FOLDER / "usr/bin")])


def server(name: str) -> str | None:
    """The path of a server that is here already and runs."""
    found = shutil.which(name, path=_PATH)
    if found is None:
        return None
    asked = subprocess.run([found, "-v" if name == "nginx" else "version"], check=False, capture_output=True)
    return found if asked.returncode == 0 else None


def mime_types() -> Path:
    """nginx's own table of media types, which its packages bring along."""
    unpacked = FOLDER / "etc/nginx/mime.types"
    return unpacked if unpacked.is_file() else Path("/etc/nginx/mime.types")


def _run(*command: str, folder: str | None = None) -> bool:
    print("+", *command, flush=True)
    try:
        return subprocess.run(command, check=False, cwd=folder).returncode == 0
    except OSError as error:
        print(error)
        return False


def _unpack(packages: tuple[str, ...]) -> None:
    if shutil.which("apt-get") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        fetch = ("apt-get", "-o", "APT::Sandbox::User=", "download", "--quiet", *packages)
        if not _run(*fetch, folder=folder):
            admin = () if os.geteuid() == 0 else ("sudo", "--non-interactive")
            if not (_run(*admin, "apt-get", "update", "--quiet") and _run(*fetch, folder=folder)):
                return
        FOLDER.mkdir(parents=True, exist_ok=True)
        for package in Path(folder).glob("*.deb"):
            _run("dpkg", "--extract", str(package), str(FOLDER))


def main() -> int:
    """Bring what is missing; never a failure, for the site needs no server."""
    for name, packages in PACKAGES.items():
        if server(name) is None:
            _unpack(packages)
        print(f"{name}:", server(name) or "none; its tests will be skipped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
