"""`safecities build`: the same input gives the same bytes, and only a finished site ever takes the place of one."""

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

import built


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_two_builds_of_the_same_content_are_the_same_to_the_byte(tmp_path: Path, four: Path) -> None:
    """In other folders, with another time zone, locale and seed of hashes."""
    root = built.tiny_in_four(tmp_path / "elsewhere" / "with space")
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1",
    }
    done = subprocess.run(
        built.command("build", "--root", root, "--site-dir", tmp_path / "other site"),
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert built.differing(built.tree(four), built.tree(tmp_path / "other site")) == []


@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_the_number_of_processes_changes_nothing(jobs: str, root: Path, site: Path, tmp_path: Path) -> None:
    built.build(root, tmp_path / "other", "--jobs", jobs)
    assert built.differing(built.tree(site), built.tree(tmp_path / "other")) == []


def test_building_again_over_a_site_gives_the_same_site(root: Path, site: Path, tmp_path: Path) -> None:
    first = built.tree(site)
    assert "data/schema.json" in first
    built.build(root, site)
    assert built.differing(first, built.tree(site)) == []
    assert left_over(tmp_path) == []


def test_what_is_gone_from_the_content_is_gone_from_the_next_site(root: Path, site: Path) -> None:
    assert (site / "es" / "tools" / "lamp-map.html").is_file()
    (root / "tools_db" / "lamp-map.md").unlink()
    edit(root, "docs/guidance/one.md", "related: [lamp-map]\n", "")
    built.build(root, site)
    assert not list(site.rglob("*lamp-map*"))
    assert [path for path, data in built.tree(site).items() if b"lamp-map" in data] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("tools_db/lamp-map.md", "status: stub", "status: stubby", "tools_db/lamp-map.md:10:"),
        (
            "casestudies/night-bus.md",
            "related: [street-audit]",
            "related: [no-such-record]",
            "casestudies/night-bus.md:",
        ),
        ("docs/guidance/one.md", "[[street-audit]]", "[[street-adit]]", "docs/guidance/one.md:"),
        ("vocabularies/themes.yml", "label: {en: Data, es: Datos}", "label: [", "vocabularies/themes.yml:"),
    ],
)
def test_content_with_an_error_stops_the_build_and_the_old_site_stays(
    root: Path, site: Path, tmp_path: Path, name: str, old: str, new: str, place: str
) -> None:
    before = built.tree(site)
    edit(root, name, old, new)
    done = built.run("build", "--root", root, "--site-dir", site)
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith(place)]
    assert lines
    line, column = lines[0].removeprefix(f"{name}:").split(":")[:2]
    assert line.isdigit()
    assert column.isdigit()
    assert " error: " in lines[0]
    assert "Traceback" not in done.stderr
    assert built.differing(before, built.tree(site)) == []
    assert left_over(tmp_path) == []


def test_a_broken_template_stops_the_build_and_the_old_site_stays(site: Path, tmp_path: Path) -> None:
    root = built.copied(built.TINY, tmp_path / "tiny", templates=True)
    before = built.tree(site)
    edit(root, "overrides/record.html", "{% block main %}", "{% block main %}{{ entry.no_such_field.at_all }}")
    done = built.run("build", "--root", root, "--site-dir", site)
    assert done.returncode == 1
    assert built.differing(before, built.tree(site)) == []
    assert left_over(tmp_path) == []


def test_a_dead_link_between_guidance_pages_stops_the_build(root: Path, tmp_path: Path) -> None:
    edit(root, "docs/index.md", "(guidance/one.md)", "(guidance/two.md)")
    done = built.run("build", "--root", root, "--site-dir", tmp_path / "site")
    assert done.returncode == 1
    assert "two.md" in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_folder_that_holds_something_else_is_never_replaced(root: Path, tmp_path: Path) -> None:
    mine = tmp_path / "photographs"
    mine.mkdir()
    (mine / "one.jpg").write_bytes(b"dear to me")
    for target in (mine, root, root / "docs", root / "docs" / "site", tmp_path, mine / "one.jpg"):
        done = built.run("build", "--root", root, "--site-dir", target)
        assert done.returncode == 1, target
        assert "choose another" in done.stderr, target
        assert "Traceback" not in done.stderr
    link = tmp_path / "link"
    link.symlink_to(mine, target_is_directory=True)
    assert built.run("build", "--root", root, "--site-dir", link).returncode == 1
    assert built.tree(mine) == {"one.jpg": b"dear to me"}
    assert (root / "docs" / "index.md").is_file()


def test_an_empty_folder_and_an_older_site_may_be_replaced(root: Path, site: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    wanted = built.tree(built.build(root, tmp_path / "empty"))
    for name in ("index.html", "gone.html"):
        (site / name).write_text("of last year", encoding="utf-8")
    built.build(root, site)
    assert built.differing(wanted, built.tree(site)) == []


def test_a_build_that_is_killed_leaves_a_whole_site_and_the_next_one_clears_up(
    root: Path, site: Path, tmp_path: Path
) -> None:
    old = built.tree(site)
    edit(root, "tools_db/lamp-map.md", "title: Lamp map", "title: Map of lamps")
    began = time.monotonic()
    new = built.tree(built.build(root, tmp_path / "new"))
    whole_build = time.monotonic() - began
    shutil.rmtree(tmp_path / "new")
    assert built.differing(old, new)
    chance = random.Random()
    moments = [round(chance.uniform(0.2, 1.0) * whole_build, 3) for _ in range(5)]
    for moment in moments:
        process = subprocess.Popen(
            built.command("build", "--root", root, "--site-dir", site), stderr=subprocess.DEVNULL
        )
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert built.tree(site) in (old, new), f"killed after {moment} s"
    built.build(root, site)
    assert built.differing(new, built.tree(site)) == [], moments
    assert left_over(tmp_path) == [], moments


WAITING = """import pathlib, time

def on_post_build(config):
    pathlib.Path(config.config_file_path).with_name("waiting").touch()
    time.sleep(60)
"""


def test_an_interrupted_build_clears_up_at_once(root: Path, site: Path, tmp_path: Path) -> None:
    old = built.tree(site)
    (root / "hook.py").write_text(WAITING, encoding="utf-8")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("\nhooks: [hook.py]\n")
    process = subprocess.Popen(  # a shell lets what it runs in the background ignore Ctrl+C
        built.command("build", "--root", root, "--site-dir", site), stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    deadline = time.monotonic() + 60
    while not (root / "waiting").exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert left_over(tmp_path) != []
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=50)
    assert process.returncode != 0
    assert left_over(tmp_path) == []
    assert built.differing(old, built.tree(site)) == []


def test_two_builds_at_once_leave_one_whole_site(root: Path, site: Path, tmp_path: Path) -> None:
    wanted = built.tree(site)
    both = [
        subprocess.Popen(built.command("build", "--root", root, "--site-dir", site), stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[1].decode() for process in both]
    assert built.differing(wanted, built.tree(site)) == []
    assert not any("Traceback" in words for words in said), said
    assert left_over(tmp_path) == []


def test_mkdocs_itself_builds_the_same_site(root: Path, site: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            built.command()[0],
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--config-file",
            str(root / "mkdocs.yml"),
            "--site-dir",
            str(tmp_path / "by-mkdocs"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert built.differing(built.tree(site), built.tree(tmp_path / "by-mkdocs")) == []
