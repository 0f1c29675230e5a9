"""The parts of `make mutants` that are ours: the faults of tables, what is drawn, and how survivors are excused."""

import tomllib
from pathlib import Path

import pytest
from mutmut import configuration

from tests.conftest import PROJECT
from tests.mutants import planted, rows
from tests.mutants.drawing import SURVIVORS, Fault, draw, fits, from_mutmut, reasons, unexplained

CHOICE = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["mutmut"]
TABLE = """ROWS = (
    row("submit", {A}, B, OWNERS),
    row("post", {C}, D, {E, F}, needs=REASON),
)
GATES = {"submit": ("open", "certified"), "post": ("screened",)}
"""


@pytest.mark.parametrize(
    ("code", "becomes"),
    [
        ("x = (1, a)", "x = (1,)"),
        ("x = ['one', 'two']", "x = ['one']"),
        ("x = {S.A, S.B}", "x = {S.A}"),
        ("x = {a}", "x = {*()}"),
        ("x = {'a': b, 'c': d}", "x = {'c': d}"),
        ("x = frozenset({'a', 'b'})", "x = frozenset({'a'})"),
        ("x = (row('name', A, REASON),)", "x = (row('name', A),)"),
        ("x = (row('name', A, told=True),)", "x = (row('name', A),)"),
        ("x = (row('name', A, told=True),)", "x = (row('name', A, told=False),)"),
        ("DAYS = 14", "DAYS = 15"),
        ("class Status:\n    DRAFT = 'draft'", "class Status:\n    DRAFT = 'draftX'"),
    ],
)
def test_a_fault_of_a_table_is_made(code: str, becomes: str) -> None:
    assert becomes in {rows.with_fault(fault, code) for fault in rows.faults("a.py", code)}


@pytest.mark.parametrize(
    "code",
    [
        "x = 'A sentence for people.'",
        '"""Words."""',
        "def f(a: int = 1) -> bool:\n    return a in (1, 2)",
        "Gate = Callable[[Petition], list[str]]",
        "if TYPE_CHECKING:\n    import a",
        "@dataclass(frozen=True)\nclass A:\n    x: tuple[int, str]",
    ],
)
def test_what_is_a_function_a_type_or_a_sentence_is_left_alone(code: str) -> None:
    assert rows.faults("a.py", code) == []


def test_a_fault_of_a_table_says_its_row_and_no_line() -> None:
    names = {fault.name for fault in rows.faults("a.py", TABLE)}
    assert {"a.py ROWS['post']: E -> left out", "a.py GATES['submit']: 'certified' -> left out"} <= names
    assert names == {fault.name for fault in rows.faults("a.py", f"# More above.\n\n{TABLE}")}


def test_each_fault_of_the_workflow_can_be_put_there() -> None:
    text = (PROJECT / "exclusions/workflow/transitions.py").read_text()
    found = rows.faults("exclusions/workflow/transitions.py", text)
    assert len({rows.with_fault(fault, text) for fault in found}) == len(found) > 200


def test_what_builds_a_table_is_not_for_mutmut() -> None:
    code = "ROWS = (_row('a', 1),)\n\n\ndef _row(name, more):\n    return name\n\n\ndef asked():\n    return other()\n"
    assert rows.builders(code) == {"_row"}


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of a table and a rule with tests of their own, and one test that fails and names neither."""
    monkeypatch.setattr(planted, "WALKS", [])
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    for name, text in {
        "rules/__init__.py": "",
        "rules/table.py": "DAYS = {'held': 14, 'loose': 30}\n",
        "rules/rule.py": "class Other:\n    def late(self):\n        return None\n\n\nclass Rule:\n"
        "    def late(self, days):\n        return days > 14\n",
        "tests/test_table.py": "from rules.table import DAYS\n\ndef test_held():\n    assert DAYS['held'] == 14\n",
        "tests/test_rule.py": "from rules.rule import Rule\n\ndef test_late():\n    assert not Rule().late(14)\n",
        "tests/test_other.py": "def test_what_does_not_name_the_module():\n    assert False\n",
        "conftest.py": "",
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-ra'\nmarkers = ['postgres']\n"
        "[tool.mutmut]\nsource_paths = ['rules']\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def lived(faults: list[planted.Planted], project: Path) -> list[str]:
    copied = ["rules", "tests", "conftest.py", "pyproject.toml"]
    return [fault.change for fault in planted.judge(faults, ["tests"], ["-p", "no:playwright"], copied, project, 2)]


def of_table(project: Path, *changes: str) -> list[planted.Planted]:
    text = (project / "rules/table.py").read_text()
    faults = [fault for fault in rows.faults("rules/table.py", text) if fault.change in changes]
    return [(fault, rows.with_fault(fault, text)) for fault in faults]


def test_a_planted_fault_is_noticed_or_lives(small_project: Path) -> None:
    assert lived(of_table(small_project, "14 -> 15", "30 -> 31"), small_project) == ["30 -> 31"]
    assert "14" in (small_project / "rules/table.py").read_text()


def test_a_fault_of_mutmut_is_put_into_the_method_of_its_class(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_project)
    monkeypatch.setattr(configuration, "_config", None)  # mutmut's, which it has read of the whole project
    faults = [planted.of_mutmut(f"rules.rule.xǁRuleǁlate__mutmut_{number}", Path("rules/rule.py")) for number in (1, 2)]
    assert ["return None" in text and "return days" in text for _, text in faults] == [True, True]
    assert {fault.place for fault, _ in faults} == {"Rule.late"}
    assert lived(faults, small_project) == ["return days > 14 -> return days > 15"]


def test_tests_that_fail_without_a_fault_judge_none(small_project: Path) -> None:
    (small_project / "tests/test_table.py").write_text(
        "from rules.table import DAYS\n\ndef test():\n    assert not DAYS\n"
    )
    with pytest.raises(SystemExit, match=r"tests/test_table\.py fails without a fault"):
        lived(of_table(small_project, "14 -> 15"), small_project)


def test_the_tests_that_name_a_module_are_chosen() -> None:
    chosen = planted.naming("exclusions/workflow/transitions.py", CHOICE["pytest_add_cli_args_test_selection"], PROJECT)
    assert "tests/integration/casework/test_workflow_matrix.py" in chosen
    assert "tests/unit/workflow/test_term_choices.py" not in chosen


def test_the_tests_that_import_from_a_package_name_its_own_module() -> None:
    chosen = planted.naming("exclusions/permissions/__init__.py", planted.EVERYWHERE, PROJECT)
    assert "tests/integration/observed/test_refusals_told.py" in chosen
    assert "tests/integration/record/test_anchors.py" not in chosen


def test_a_seed_draws_the_same_again_and_another_seed_others() -> None:
    every = [str(number) for number in range(1000)]
    assert draw(every, 20, 1) == draw(every, 20, 1) != draw(every, 20, 2)
    assert (len(set(draw(every, 20, 1))), draw(every, 0, 1), len(draw(every, 2000, 1))) == (20, every, 1000)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("a.b.x_blocking_problems__mutmut_12", "blocking_problems"),
        ("a.b.x__concluded__mutmut_1", "_concluded"),
        ("a.b.xǁ_Formǁ__eq____mutmut_2", "_Form.__eq__"),
    ],
)
def test_a_fault_of_mutmut_is_known_by_its_change(name: str, place: str) -> None:
    shown = f"# {name}: survived\n--- a/b.py\n+++ a/b.py\n@@ -3,2 +3,2 @@\n def f():\n-    return 1\n+    return 2\n"
    assert from_mutmut(name, shown) == Fault("a/b.py", place, "return 1 -> return 2")


FAULT = Fault("exclusions/errors.py", "Refused.why", "save(force=True) -> save(force=None)")
ROW = '[[survivor]]\nmodule = "exclusions/errors.py"\nplace = "Refused.why"\nchange = "{}"\nreason = "{}"\n'


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("", 1),
        (ROW.format(FAULT.change, "It is never read."), 0),
        (ROW.format("save(force=True) -> save(…)", "It is never read."), 0),
        (ROW.format("save(force=True) -> save()", "It is never read."), 2),
    ],
)
def test_a_survivor_needs_a_reason_and_a_reason_a_survivor(
    file: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "survivors.toml").write_text(file)
    assert unexplained([FAULT], tmp_path / "survivors.toml", whole=True) == count
    assert ('place = "Refused.why"' in capsys.readouterr().out) == bool(count)


def test_a_row_without_a_reason_is_refused(tmp_path: Path) -> None:
    (tmp_path / "survivors.toml").write_text(ROW.format("1 -> 2", " "))
    with pytest.raises(SystemExit, match="no reason is given"):
        reasons(tmp_path / "survivors.toml")


def test_what_a_reason_speaks_of_still_stands_there() -> None:
    for row in reasons(SURVIVORS):
        text = (PROJECT / row.module).read_text()
        was = row.change.partition(" -> ")[0]
        of_table = any(fits(row, fault) for fault in rows.faults(row.module, text))
        assert of_table or all(part in text for part in was.split("…")), row.name


def test_what_is_mutated_and_what_judges_are_there() -> None:
    for pattern in CHOICE["only_mutate"]:
        assert list(PROJECT.glob(pattern)), pattern
    left_out = [each.partition("=")[2].partition("::")[0] for each in CHOICE["pytest_add_cli_args"] if "=" in each]
    for path in [*CHOICE["pytest_add_cli_args_test_selection"], *CHOICE["also_copy"], *left_out]:
        assert (PROJECT / path).exists(), path
