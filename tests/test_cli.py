"""The commands: what they print, where, and with which exit code."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from answered import ANSWERS, TOOL, issue
from safecities import exports
from safecities.cli import main
from safecities.schema import Tool

Put = Callable[[str, str], Path]
Change = Callable[[str, str, str], Path]
Run = Callable[..., Result]

TRANSLATION = "---\ntitle: T\nsummary: S\ntranslation: draft\n"


@pytest.fixture
def run(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the root of the tiny repository; anything but an orderly end is an error."""
    monkeypatch.chdir(tiny)

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result
    return invoke


@pytest.fixture
def faulty(change: Change) -> None:
    """An error in a tool, a warning in a case study."""
    change("tools_db/lamp-map.md", "status: stub", "status: done")
    change("casestudies/night-bus.md", "600 metres", "700 metres")


def test_validate_says_that_there_is_no_problem(run: Run) -> None:
    result = run("validate")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no problems\n", "")


@pytest.mark.usefixtures("faulty")
def test_validate_prints_all_problems_and_a_count(run: Run) -> None:
    result = run("validate")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert [line.partition(" ")[0] for line in lines[:-1]] == [
        "casestudies/night-bus.es.md:6:18:", "tools_db/lamp-map.md:10:9:"]
    assert lines[-1] == "1 error, 1 warning"


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(("paths", "code", "last"), [
    (["casestudies"], 0, "1 warning"), (["casestudies", "--strict"], 1, "1 warning"), (["tools_db"], 1, "1 error"),
    (["tools_db/lamp-map.md"], 1, "1 error"), (["tools_db/street-audit.md"], 0, "no problems"),
    (["docs"], 0, "no problems"),
    (["docs", "casestudies/night-bus.es.md"], 0, "1 warning"), (["."], 1, "1 error, 1 warning"),
    (["vocabularies/themes.yml", "--strict"], 0, "no problems"), (["docs/../tools_db"], 1, "1 error"),
])
def test_validate_looks_at_the_paths_named(paths: list[str], code: int, last: str, run: Run) -> None:
    result = run("validate", *paths)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (code, last)


def test_a_path_is_not_the_beginning_of_a_name(put: Put, run: Run) -> None:
    put("tools_db/lamp/x.md", "no record")
    assert run("validate", "tools_db/lamp-map.md").exit_code == 0
    assert run("validate", "tools_db/lamp").exit_code == 1


@pytest.mark.parametrize("path", ["nowhere.md", "tools_db/nowhere.md", "mkdocs.yml", "..", "/", "overrides"])
@pytest.mark.parametrize("style", ["text", "json"])
def test_a_path_that_is_no_content_is_misuse(path: str, style: str, run: Run) -> None:
    result = run("validate", path, "--format", style)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")


@pytest.mark.usefixtures("faulty")
def test_json_is_one_document_on_standard_output_and_nothing_else(run: Run) -> None:
    result = run("validate", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    found = json.loads(result.stdout)
    assert (found["errors"], found["warnings"], len(found["problems"])) == (1, 1, 2)


@pytest.mark.usefixtures("faulty")
def test_github_gets_commands(run: Run) -> None:
    lines = run("validate", "--format", "github").stdout.splitlines()
    assert lines[0].startswith("::warning file=casestudies/night-bus.es.md,line=6,col=18,title=stale-translation::")
    assert lines[1].startswith("::error file=tools_db/lamp-map.md,line=10,col=9,title=field-value::")


@pytest.mark.parametrize("arguments", [
    ["validate", "--format", "xml"], ["validate", "--root", "nowhere"], ["nothing"], ["new"], ["new", "tool"],
    ["new", "guide", "x"], ["export"], ["export", "doc"], ["translations", "--lang", "fr"],
    ["translations", "tools_db"], ["translations", "--stamp", "nowhere"], ["export", "csv", "--out", "tools_db"],
])
def test_misuse_ends_with_2_and_a_message(arguments: list[str], run: Run) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize(("text", "words"), [
    (None, "no mkdocs.yml"), ("[", "cannot be read"), ("", "holds no settings"), ("- a", "holds no settings"),
    ("site_name: x", "no language"), ("plugins: [i18n]", "no language"),
    ("plugins: {i18n: {languages: [{locale: en}]}}", "exactly one of them needs `default: true`"),
        ("plugins: {i18n: {languages: [{locale: en, default: true}, {locale: es, default: true}]}}", "exactly one"),
        ("plugins: 5", "plugins must be a list"), ("plugins: {i18n: [a]}", "no language"),
        ("plugins: {i18n: {languages: 5}}", "no language"), ("plugins: {i18n: {languages: [{name: x}]}}", "`locale`"),
        ("plugins: {i18n: {languages: [{locale: en_GB, default: true}]}}", "no BCP 47 tag"),
        ("{docs_dir: ../x, plugins: {i18n: {languages: [{locale: en, default: true}]}}}", "docs_dir must be"),
    ("plugins: {i18n: {languages: [{locale: en, default: true, build: false}]}}", "no language"),
])
def test_a_folder_without_sound_settings_is_misuse(text: str | None, words: str, tmp_path: Path) -> None:
    root = tmp_path / "elsewhere"
    root.mkdir()
    if text is not None:
        (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    for command in (["validate"], ["schema"], ["translations"], ["export", "json"], ["new", "tool", "x"]):
        result = CliRunner().invoke(main, [*command, "--root", str(root)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert words in result.stderr


def test_the_root_is_the_nearest_one_upwards(tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny / "docs" / "guidance")
    result = CliRunner().invoke(main, ["validate", "one.md"])
    assert (result.exit_code, result.stdout) == (0, "no problems\n")


def test_every_command_takes_the_root(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["validate"], ["schema"], ["translations"], ["export", "csv"], ["new", "tool", "x"]):
        result = CliRunner().invoke(main, [*command, "--root", str(tiny)])
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize(("kind", "folder"), [("tool", "tools_db"), ("case-study", "casestudies")])
def test_new_writes_a_valid_record_and_says_where(kind: str, folder: str, tiny: Path, run: Run) -> None:
    result = run("new", kind, "first-one")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{folder}/first-one.md\n", "")
    assert run("validate", "--strict").exit_code == 0


def test_new_leaves_what_exists(tiny: Path, run: Run) -> None:
    before = (tiny / "tools_db" / "lamp-map.md").read_bytes()
    result = run("new", "case-study", "lamp-map")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: tools_db/lamp-map.md exists; nothing was written\n"
    assert (tiny / "tools_db" / "lamp-map.md").read_bytes() == before


@pytest.mark.parametrize("name", ["Not An Id", "../x", "lamp-map.es", "index", "x" * 81])
def test_new_refuses_what_is_no_id(name: str, run: Run) -> None:
    result = run("new", "tool", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")


def test_translations_lists_what_is_to_be_done(run: Run) -> None:
    result = run("translations")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == ["es\tdraft\tdocs/guidance/one.es.md", "es\tmissing\ttools_db/lamp-map.es.md",
                                          "es\tmachine\tcasestudies/night-bus.es.md"]
    assert run("translations", "--lang", "en").stdout == ""
    assert run("translations", "--lang", "es").stdout == result.stdout


@pytest.mark.parametrize("paths", [["--stamp", "casestudies"], ["--stamp", "docs", "casestudies"],
                                   ["--stamp", "docs", "--stamp", "casestudies/night-bus.es.md"], ["--stamp", "."]])
def test_translations_stamps_files_and_folders(paths: list[str], change: Change, run: Run) -> None:
    change("casestudies/night-bus.md", "600 metres", "700 metres")
    result = run("translations", *paths)
    assert (result.exit_code, result.stdout) == (0, "stamped casestudies/night-bus.es.md\n")
    assert run("validate", "--strict").exit_code == 0


def test_validate_takes_a_path_as_its_own_messages_name_it(put: Put, run: Run, tiny: Path, tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    put("tools_db/x.md", "no record")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["validate", "--root", str(tiny), "tools_db/x.md"])
    assert (result.exit_code, result.stdout.partition(":")[0]) == (1, "tools_db/x.md")


@pytest.mark.parametrize(("name", "text", "said"), [
    ("tools_db/lamp-map.es.md", TRANSLATION + "translated_from: >\n  a\n  b\n---\n",
     "write `translated_from: \"189df12a9a85\""),
    ("tools_db/lamp-map.es.md", TRANSLATION + "place: [a\n---\n", "`safecities validate` names them"),
    ("tools_db/lamp-map.es.md", TRANSLATION + "title: Again\n---\n", "`safecities validate` names them"),
    ("tools_db/lamp-map.es.md", TRANSLATION + 'translated_from: "189df12a9a85"\n---\n', "up to date already"),
    ("tools_db/none.es.md", TRANSLATION + "---\n", "is no translation of a file that can be read"),
    ("tools_db/_notes.md", "x", "is no translation"),
])
def test_a_file_that_is_not_stamped_stays_as_it_is_and_says_why(name: str, text: str, said: str, put: Put,
                                                                 run: Run) -> None:
    path = put(name, text)
    result = run("translations", "--stamp", name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert said in result.stderr
    assert path.read_text(encoding="utf-8") == text


def test_the_advice_to_stamp_a_file_without_a_digest_is_good_advice(put: Put, run: Run) -> None:
    put("tools_db/lamp-map.es.md", "---\ntitle: Mapa\nsummary: S\ntranslation: draft\n---\nUn texto.\n")
    assert "`safecities translations --stamp` sets it" in run("validate").stdout
    assert run("translations", "--stamp", "tools_db/lamp-map.es.md").exit_code == 0
    assert run("validate", "--strict").exit_code == 0


def test_schema_prints_the_json_schema(run: Run) -> None:
    result = run("schema")
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(json.loads(result.stdout)["$defs"]["tool"]["properties"]) == list(Tool.model_fields)


def test_schema_of_a_broken_vocabulary_is_none(put: Put, run: Run) -> None:
    put("vocabularies/themes.yml", "data: x")
    result = run("schema")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "vocabularies/themes.yml:1:1: error:" in result.stderr


def test_export_prints_json_and_csv(run: Run) -> None:
    both = ["lamp-map", "night-bus", "street-audit"]
    assert [row["id"] for row in json.loads(run("export", "json").stdout)] == both
    assert [row["id"] for row in json.loads(run("export", "json", "--kind", "tool").stdout)] == [both[0], both[2]]
    assert [row["id"] for row in json.loads(run("export", "json", "--kind", "case-study").stdout)] == ["night-bus"]
    assert run("export", "csv").stdout_bytes.startswith("\ufeffid,kind,title,".encode())


@pytest.mark.parametrize("style", exports.FORMATS)
def test_export_writes_the_same_to_a_file_as_to_the_output(style: str, tiny: Path, run: Run) -> None:
    assert run("export", style, "--out", "x").exit_code == 0
    printed = run("export", style).stdout_bytes
    assert printed
    assert (tiny / "x").read_bytes() == printed


def test_export_writes_a_file(tiny: Path, run: Run) -> None:
    result = run("export", "csv", "--out", "tools.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tiny / "tools.csv").read_bytes() == run("export", "csv").stdout_bytes


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("command", [["export", "json"], ["export", "csv"], ["translations"]])
def test_nothing_is_made_of_content_with_errors(command: list[str], run: Run) -> None:
    result = run(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "tools_db/lamp-map.md:10:9: error:" in result.stderr


@pytest.mark.parametrize("kind", ANSWERS)
def test_from_issue_writes_a_valid_record_and_says_where(kind: str, tiny: Path, run: Run) -> None:
    (tiny / "issue.md").write_bytes(issue(kind, ANSWERS[kind]))
    result = run("from-issue", "issue.md")
    path = {"tool": "tools_db/map-of-dark-stops.md", "case-study": "casestudies/light-at-the-stops.md"}[kind]
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{path}\n", "")
    assert run("validate", "--strict").exit_code == 0
    before = (tiny / path).read_bytes()
    again = run("from-issue", "issue.md")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.splitlines() == [
        f"Title: {path} exists; give another name under `Short name`", "1 problem; nothing was written"]
    assert (tiny / path).read_bytes() == before
    assert run("from-issue", "issue.md", "--id", "another").stdout == f"{path.partition('/')[0]}/another.md\n"


def test_from_issue_reads_standard_input_and_prints_warnings(tiny: Path) -> None:
    text = issue("tool", TOOL | {"Where it can be read": "es: https://villachica.example/ficha.pdf"})
    result = CliRunner().invoke(main, ["from-issue", "-", "--kind", "tool", "--root", str(tiny)], input=text)
    assert (result.exit_code, result.stdout) == (0, "tools_db/map-of-dark-stops.md\n")
    assert result.stderr == (
        "warning: Where it can be read: tools_db/street-audit.md has the same link "
        "`https://villachica.example/ficha.pdf`; if it is the same work, keep one record\n")


def test_from_issue_names_all_problems_in_one_line_each_and_writes_nothing(tiny: Path, run: Run) -> None:
    before = sorted(path for path in tiny.rglob("*") if ".cache" not in path.parts)
    (tiny / "issue.md").write_bytes(issue("tool", TOOL | {"Title": "a\nb\x1b[31m", "Themes": "Dat\u202ea, X"}))
    result = run("from-issue", "issue.md")
    (tiny / "issue.md").unlink()
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "Title", "Themes", "Title", "Themes", "4 problems; nothing was written"]
    assert all(line.isprintable() for line in lines)
    assert sorted(path for path in tiny.rglob("*") if ".cache" not in path.parts) == before


@pytest.mark.parametrize("arguments", [["from-issue"], ["from-issue", "nowhere.md"], ["from-issue", "docs"],
                                       ["from-issue", "-", "--kind", "guidance"], ["issue-form", "guidance"]])
def test_from_issue_and_issue_form_say_what_they_want(arguments: list[str], run: Run) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize("kind", ANSWERS)
def test_issue_form_prints_the_form(kind: str, run: Run) -> None:
    result = run("issue-form", kind)
    assert (result.exit_code, result.stderr) == (0, "")
    assert yaml.safe_load(result.stdout)["labels"] == ["proposal", kind]


@pytest.mark.parametrize("command", ["validate", "build", "index", "search", "new", "from-issue", "issue-form",
                                     "translations", "export", "schema"])
def test_every_command_has_help(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "--root" in result.stdout


def test_the_installed_command_prints_utf_8_whatever_the_locale(tiny: Path, put: Put) -> None:
    put("tools_db/x.md", "---\ntitle: مرصد\nstatus: تم\n---\n")
    (tiny / "tools_db" / "\udcff.md").write_text("x", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "safecities.cli", "validate", "--root", tiny], capture_output=True, check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8:strict"})
    assert (result.returncode, result.stderr) == (1, b"")
    assert "`تم`" in result.stdout.decode("utf-8")
