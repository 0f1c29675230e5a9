"""The parts of the mutation run: what faults it makes, that a module is loaded with one, how survivors are excused."""

import ast
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.mutation.judging import Mutant
from tests.mutation.operators import mutations
from tests.mutation.report import Verdicts, reasons, report
from tests.mutation.targets import importers, modules


def faults(code: str) -> set[str]:
    """Return the code after each fault, one a line."""
    found = set()
    for number in range(len(mutations(ast.parse(code)))):
        tree = ast.parse(code)
        mutations(tree)[number].apply()
        found.add(ast.unparse(ast.fix_missing_locations(tree)))
    return found


@pytest.mark.parametrize(
    ("code", "becomes"),
    [
        ("x = a < b", "x = a <= b"),
        ("x = a >= b", "x = a > b"),
        ("x = a == b", "x = a != b"),
        ("x = a in b", "x = a not in b"),
        ("x = a is None", "x = a is not None"),
        ("x = a and b", "x = a or b"),
        ("x = a + b", "x = a - b"),
        ("x = 1", "x = 2"),
        ("x = True", "x = False"),
        ("x = 'key'", "x = 'keyX'"),
        ("x = (1, a)", "x = (1,)"),
        ("x = {'a': b}", "x = {}"),
        ("x = {a}", "x = {*()}"),
        ("x = [y for y in z if y]", "x = [y for y in z]"),
        ("x = all(y)", "x = any(y)"),
        ("x = rows.filter(a=b)", "x = rows.exclude(a=b)"),
        ("x = rows.filter(a=b)", "x = rows.filter()"),
        ("x = row('name', A, 'gate')", "x = row('name', A)"),
        ("if a:\n    b()", "if not a:\n    b()"),
        ("if not a:\n    b()", "if a:\n    b()"),
        ("if a:\n    b()", "if a:\n    pass"),
        ("a.b = c", "pass"),
        ("if a:\n    raise B('said')", "if a:\n    pass"),
        ("def f():\n    return a", "def f():\n    return None"),
    ],
)
def test_a_fault_is_made(code: str, becomes: str) -> None:
    assert becomes in faults(code)


@pytest.mark.parametrize(
    "code",
    [
        "x = 'A sentence for people.'",
        '"""Words."""',
        "def f(a: int) -> bool:\n    pass",
        "Gate = Callable[[Petition], list[str]]",
        "if TYPE_CHECKING:\n    import a",
        "@dataclass(frozen=True)\nclass A:\n    pass",
        "from a import b",
    ],
)
def test_what_no_test_should_pin_is_left_alone(code: str) -> None:
    assert faults(code) == set()


def test_no_in_an_answer_of_yes_or_no_becomes_yes_alone() -> None:
    assert faults("def f():\n    return False") == {"def f():\n    return True"}
    assert "def f():\n    return None" in faults("def f():\n    return 0")


def test_a_fault_says_where_it_is() -> None:
    code = "ROWS = (\n    row('submit', A,\n        'gate'),\n)\nclass A:\n    def f(self):\n        return g('x', 1)\n"
    found = {(each.place, each.line, each.words) for each in mutations(ast.parse(code))}
    assert ("ROWS[submit]", 3, "row('submit', … 'gate') -> left out") in found
    assert ("A.f", 7, "1 -> 2") in found


def test_the_faults_of_a_text_are_the_same_each_time() -> None:
    for path in modules():
        text = path.read_text()
        first, second = ([(each.place, each.line, each.words) for each in mutations(ast.parse(text))] for _ in range(2))
        assert first == second


def test_a_process_loads_the_faulty_module_and_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "thing.py"
    file.write_text("def f():\n    return 1\n")
    code = (
        "import sys\n"
        "from tests.mutation.loading import put_fault\n"
        "put_fault('thing', int(sys.argv[1]))\n"
        "import thing\n"
        "print(thing.f())\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{tmp_path}"}
    said = [
        subprocess.run(
            [sys.executable, "-c", code, number], env=environment, capture_output=True, text=True, check=True
        )
        for number in ("-1", "0", "1", "-1")
    ]
    assert [done.stdout.strip() for done in said] == ["1", "None", "2", "1"]
    assert file.read_text() == "def f():\n    return 1\n"


def test_importers_are_found_however_they_import() -> None:
    found = {path.relative_to(PROJECT).as_posix() for path in importers("exclusions.workflow.transitions")}
    assert "exclusions/permissions/__init__.py" in found
    assert [path for path in found if path.startswith("exclusions/workflow/")] == ["exclusions/workflow/event_words.py"]


SURVIVOR = Mutant(PROJECT / "exclusions/errors.py", 0, 12, "Refused.why", "1 -> 2", ("tests/unit/test_a.py::test_b",))
ROW = """
[[survivor]]
module = "exclusions/errors.py"
place = "Refused.why"
change = "1 -> 2"
reason = "The second is never read."
"""


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Verdicts:
    """Return verdicts by which SURVIVOR lived, and an empty list of reasons."""
    monkeypatch.setattr("tests.mutation.report.SURVIVORS", tmp_path / "survivors.toml")
    (tmp_path / "survivors.toml").write_text("")
    verdicts = Verdicts(tmp_path / "verdicts.jsonl")
    verdicts.add(SURVIVOR, "survived")
    return verdicts


def test_verdicts_are_kept_for_the_next_run(judged: Verdicts) -> None:
    assert Verdicts(judged.file).known == {SURVIVOR.key: "survived"}
    assert Verdicts(judged.file, fresh=True).known == {}


def test_a_survivor_without_a_reason_fails_and_is_printed_as_a_row(
    judged: Verdicts, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report([SURVIVOR], judged, whole=False) == 1
    printed = capsys.readouterr().out
    assert 'place = "Refused.why"\nchange = "1 -> 2"\nreason = ""' in printed


def test_a_survivor_with_a_reason_passes(judged: Verdicts, tmp_path: Path) -> None:
    (tmp_path / "survivors.toml").write_text(ROW)
    assert report([SURVIVOR], judged, whole=False) == 0


def test_a_whole_run_below_the_goal_fails(judged: Verdicts, tmp_path: Path) -> None:
    (tmp_path / "survivors.toml").write_text(ROW)
    assert report([SURVIVOR], judged, whole=True) == 1


def test_a_reason_for_what_does_not_live_fails_a_whole_run(judged: Verdicts, tmp_path: Path) -> None:
    (tmp_path / "survivors.toml").write_text(ROW)
    killed = replace(SURVIVOR, number=1)
    judged.add(killed, "killed")
    assert report([killed], judged, whole=False) == 0
    assert report([killed], judged, whole=True) == 1


def test_every_reason_on_file_is_given_in_words() -> None:
    assert all(row.reason.strip() for row in reasons())
