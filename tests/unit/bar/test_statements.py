"""What PostgreSQL repeats: every kind of statement that the tests send on SQLite, by as few tests as will do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PROJECT
from tests.statements import Repeats, fewest, shape, weight

KINDS = st.frozensets(st.sampled_from("abcdefgh"))
TESTS = st.dictionaries(st.sampled_from([f"test_{number}" for number in range(9)]), KINDS)
STATEMENTS = "tests/integration/people/test_representation.py::test_an_address_that_will_not_do_is_named"


@given(TESTS, st.sets(st.sampled_from([f"test_{number}" for number in range(9)])))
def test_what_is_chosen_sends_every_kind_and_no_test_for_nothing(
    tests: dict[str, frozenset[str]], given_: set[str]
) -> None:
    chosen = fewest(tests, lambda name: 1, given_)

    def sent(by: set[str]) -> frozenset[str]:
        return frozenset().union(*(tests[name] for name in tests if name in by))

    everything = frozenset().union(*tests.values())
    assert sent(chosen | given_) == everything
    assert not chosen & given_
    assert all(sent(chosen - {name} | given_) != everything for name in chosen)


def test_of_two_that_send_the_same_the_cheaper_is_chosen() -> None:
    tests = {"test_dear": frozenset("ab"), "test_cheap": frozenset("ab"), "test_other": frozenset("b")}
    assert fewest(tests, {"test_dear": 9, "test_cheap": 3, "test_other": 2}.__getitem__) == {"test_cheap"}


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON (1) WHERE "a"."id" IN (SELECT "id" FROM "c")', "SELECT a b c"),
        ('INSERT INTO "a" ("x") VALUES (%s), (%s) RETURNING "a"."id"', "INSERT a"),
        ('UPDATE "a" SET "x" = %s', "UPDATE a"),
        ("(SELECT 1 FROM a) UNION SELECT 2 FROM b", "SELECT a b"),
    ],
)
def test_a_statement_is_known_by_its_verb_and_tables(sql: str, kind: str) -> None:
    assert shape(sql) == kind


def test_what_writes_many_rows_at_once_is_dear() -> None:
    assert weight(("a", "b"), many=False) == weight([("a",)] * 9, many=True) == weight(None, many=False) == 1
    assert weight([("a",)] * 30_000, many=True) == 3_000


class Marked:
    """What the choice asks of a test: its marks."""

    def __init__(self, *marks: pytest.MarkDecorator) -> None:
        self.marks = {mark.name: mark.mark for mark in marks}

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        return self.marks.get(name)


def test_what_hangs_on_the_database_and_what_is_new_runs_whatever_it_sends(tmp_path: Path) -> None:
    items = {
        "marked": Marked(pytest.mark.on_both("Each sorts in its own way.")),
        "only there": Marked(pytest.mark.postgres),
        "transaction": Marked(pytest.mark.django_db(transaction=True)),
        "new": Marked(),
        "same as marked": Marked(pytest.mark.django_db),
        "of another": Marked(pytest.mark.django_db),
        "excused": Marked(pytest.mark.any_database("test_of_another")),
        "excused, and alone": Marked(pytest.mark.any_database("test_of_another")),
    }
    sent = {"marked": (1, ["a"]), "only there": (1, []), "transaction": (1, []), "same as marked": (1, ["a"])}
    sent |= {"of another": (9, ["b"]), "excused": (1, ["b"]), "excused, and alone": (1, ["c"])}
    file = tmp_path / "sent.json"
    file.write_text(json.dumps(sent))
    assert Repeats(file).chosen(items) == set(items) - {"same as marked", "excused"}  # type: ignore[arg-type]


def test_the_lines_that_send_are_written_down_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "sent.json"
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:playwright", "-p", "no:cacheprovider", STATEMENTS]
    noted = subprocess.run([*pytest_, f"--statements-to={file}"], cwd=PROJECT, check=False, capture_output=True)
    assert noted.returncode == 0, noted.stdout
    sent = json.loads(file.read_text())
    lines = {kind.partition(":")[0] for _, kinds in sent.values() for kind in kinds}
    assert "actions/people/authorizations.py" in lines
    assert all((PROJECT / "exclusions" / line).is_file() for line in lines)
    command = [*pytest_, f"--repeat-statements-of={file}", "--collect-only"]
    repeated = subprocess.run(command, cwd=PROJECT, check=False, capture_output=True, text=True)
    assert "deselected" in repeated.stdout
