"""The ready files in hosting/, each with the server that it is for: headers, compression, lifetimes, missing pages."""

import contextlib
import gzip
import http.client
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from find_servers import mime_types, server

import built
from built import LANGUAGES, PROJECT, Html
from safecities import policy

HOSTING = PROJECT / "hosting"
NAME, FOLDER = "safe-cities-knowledge-base.example", "/srv/safe-cities/site"

NGINX = """{user}
worker_processes 1;
daemon off;
pid {here}/pid;
error_log stderr;
events {{ }}
http {{
  include {types};
  client_body_temp_path {here};
  proxy_temp_path {here};
  fastcgi_temp_path {here};
  uwsgi_temp_path {here};
  scgi_temp_path {here};
  include {here}/site.conf;
}}
"""

Answer = tuple[int, dict[str, str], bytes]
Ask = Callable[..., Answer]


def adapted(name: str, *changes: tuple[str, str]) -> str:
    """A ready file with what its first lines tell one to change, and a port that is free."""
    text = (HOSTING / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{name} does not hold {old!r}"
        text = text.replace(old, new)
    return text


def for_nginx(here: Path, site: Path, port: int) -> list[str]:
    (here / "site.conf").write_text(adapted("nginx.conf", ("listen 80;", f"listen 127.0.0.1:{port};"),
                                            ("listen [::]:80;", ""), (FOLDER, str(site))), encoding="utf-8")
    (here / "nginx.conf").write_text(NGINX.format(
        here=here, types=mime_types(), user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8")
    return ["-p", str(here), "-c", str(here / "nginx.conf"), "-e", "stderr"]


def for_caddy(here: Path, site: Path, port: int) -> list[str]:
    text = adapted("Caddyfile", (f"\n{NAME} {{", f"\nhttp://127.0.0.1:{port} {{"), (FOLDER, str(site)))
    # The server's own settings must stand first.
    (here / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text, encoding="utf-8")
    return ["run", "--adapter", "caddyfile", "--config", str(here / "Caddyfile")]


START = {"nginx": for_nginx, "caddy": for_caddy}


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextlib.contextmanager
def running(program: str, name: str, here: Path, site: Path) -> Iterator[int]:
    """The server with its ready file, until the block ends; gives its port."""
    port = free_port()
    log = here / "log"
    with log.open("wb") as output:
        process = subprocess.Popen([program, *START[name](here, site, port)], stdout=output, stderr=output,
                                   env={"HOME": str(here), "XDG_DATA_HOME": str(here), "XDG_CONFIG_HOME": str(here)})
        try:
            for _ in range(200):
                assert process.poll() is None, log.read_text(encoding="utf-8")
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module", params=START)
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks the server for an address; gives status, headers by their names in small letters, and the body."""
    program = server(request.param)
    if program is None:
        pytest.skip(f"there is no {request.param} and none can be had; see tests/hosting/find_servers.py")
    here = tmp_path_factory.mktemp(request.param)
    site = built.project(tmp_path_factory.getbasetemp())
    with running(program, request.param, here, site) as port:
        def answer(address: str, **headers: str) -> Answer:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", address, headers={key.replace("_", "-"): value for key, value in headers.items()})
            got = connection.getresponse()
            found = {key.lower(): value for key, value in got.getheaders()}
            body = got.read()
            connection.close()
            return got.status, found, body
        yield answer


@pytest.mark.parametrize("address", [
    "/", "/tools/index.html", "/assets/css/site.css", "/data/tools.json", "/es/nowhere"])
def test_every_answer_carries_the_headers_of_the_policy(ask: Ask, address: str) -> None:
    _, headers, _ = ask(address)
    assert {name: headers.get(name.lower()) for name in policy.HEADERS} == dict(policy.HEADERS)
    assert "set-cookie" not in headers
    lasting = address.split("/")[1] in policy.LASTING
    assert headers["cache-control"] == (policy.LIFETIME if lasting else policy.FRESH)


@pytest.mark.parametrize(("address", "media"), [
    ("/index.html", "text/html; charset=utf-8"), ("/assets/css/site.css", "text/css; charset=utf-8"),
    ("/assets/js/leave.js", "javascript"), ("/data/tools.json", "application/json"), ("/feed.xml", "xml"),
    ("/data/tools.csv", "text/csv; charset=utf-8"), ("/data/tools.bib", "application/x-bibtex"),
    ("/data/tools.ris", "application/x-research-info-systems"), ("/llms.txt", "text/plain; charset=utf-8"),
])
def test_texts_are_sent_compressed_and_as_what_they_are(ask: Ask, address: str, media: str) -> None:
    status, plain, body = ask(address)
    assert (status, "content-encoding" in plain) == (200, False)
    assert media in plain["content-type"]
    assert "html" in plain["content-type"] if address == "/index.html" else "html" not in plain["content-type"]
    _, packed, small = ask(address, Accept_Encoding="gzip")
    assert packed["content-encoding"] == "gzip"
    assert "accept-encoding" in packed["vary"].lower()
    assert gzip.decompress(small) == body
    assert len(small) < 0.6 * len(body)


def test_pictures_are_sent_as_they_are(ask: Ask) -> None:
    status, headers, _ = ask("/assets/cards/site.ar.png", Accept_Encoding="gzip")
    assert (status, headers["content-type"], headers.get("content-encoding")) == (200, "image/png", None)


def test_a_page_that_is_the_same_is_not_sent_again(ask: Ask) -> None:
    _, headers, _ = ask("/es/index.html", Accept_Encoding="gzip")
    status, _, body = ask("/es/index.html", Accept_Encoding="gzip", If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")


@pytest.mark.parametrize(("address", "lang"), [
    *((f"/{lang}/nowhere.html", lang) for lang in LANGUAGES), *((f"/{lang}/tools/nowhere", lang) for lang in LANGUAGES),
    ("/nowhere", "en"), ("/tools/nowhere.html", "en"), ("/xx/nowhere.html", "en"), ("/ar", "en"), ("/_headers", "en"),
])
def test_for_a_missing_page_the_answer_is_404_in_the_language_of_the_address(
        ask: Ask, address: str, lang: str) -> None:
    status, headers, body = ask(address)
    if address == "/ar" and status in (301, 308):  # the address of a folder without its slash
        return
    page = Html(body.decode("utf-8"))
    assert (status, headers["content-type"].lower()) == (404, "text/html; charset=utf-8")
    assert page.all("html") == [{"lang": lang, "dir": LANGUAGES[lang]}]


def test_nobody_gets_out_of_the_folder(ask: Ask) -> None:
    beside = "project/mkdocs.yml"
    for address in (f"/../{beside}", f"/%2e%2e/{beside}", f"/..%2f{beside}", f"/es/../../{beside}", "//etc/passwd"):
        status, _, body = ask(address)
        assert status in (400, 403, 404), address
        assert b"site_name" not in body
        assert b"root:" not in body
