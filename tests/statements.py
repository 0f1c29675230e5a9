"""Which statements the product sends, test by test, and the fewest tests that send each of them once more.

The bar runs the tests on SQLite with `--statements-to=FILE`. On PostgreSQL, `--repeat-statements-of=FILE` leaves out
every test whose statements others send there, so what is repeated follows from what was sent: a new query in a view
brings a test that sends it. Run there in any case:

- tests marked `postgres` (they cannot run elsewhere) and `on_both` (their outcome hangs on the database beyond the
  statement: what a row may hold, how text is compared and sorted, what a trigger does; the mark says why),
- tests that end transactions,
- tests that FILE does not know.

A statement is known by the line of the product that sends it, its verb and its tables. One that fails counts as
another, since a transaction goes on after it on SQLite and is dead on PostgreSQL.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

PRODUCT = f"{Path(__file__).resolve().parent.parent / 'exclusions'}/"
WATCHER = "gateways/database/observed.py"  # stands around every statement, and sends none
TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)', re.IGNORECASE)
# What a test costs on the server beside its statements, in statements: its fixtures, and the end of its transaction.
COST_OF_A_TEST = 20
ROWS_OF_ONE = 10  # how many rows that are written at once cost about as much as a statement
SAME_EVERYWHERE = ("SAVEPOINT", "RELEASE", "ROLLBACK")
KINDS, SENT = "statement kinds", "statements sent"  # the names in a report's user_properties

Kinds = Mapping[str, frozenset[str]]
# What the running test sent; a step that is written instead of taken (tests/taken_once.py) counts as sending the same.
sent_by_test: Counter[str] = Counter()


@cache
def shape(sql: str) -> str:
    """Return a statement's verb and tables, which are the same on every database."""
    verb = sql.lstrip("( \n").partition(" ")[0].upper()
    return " ".join([verb, *sorted(set(TABLE.findall(sql)))])


def sender() -> str | None:
    """Return the line of the product that is running, `views/public/home.py:31`; None where only a test is."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.startswith(PRODUCT) and not frame.f_code.co_filename.endswith(WATCHER):
            return f"{frame.f_code.co_filename.removeprefix(PRODUCT)}:{frame.f_lineno}"
        frame = frame.f_back
    return None


def weight(params: Any, many: bool) -> int:
    """Return as how many a statement counts that is sent for many rows: a whole tariff goes in by few of them."""
    rows = len(params) if many and isinstance(params, list | tuple) else 1
    return max(1, rows // ROWS_OF_ONE)


class Recorder:
    """Notes what the running test sends, and in the process that hears of every test writes it down."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.sent = sent_by_test
        self.tests: dict[str, tuple[int, list[str]]] = {}
        self._execute: Callable[..., Any] = CursorWrapper._execute_with_wrappers

    def listen(self) -> None:
        """Take down every statement from now on, of every thread."""
        execute, sent = self._execute, self.sent

        def noting(cursor: CursorWrapper, sql: str, params: Any, many: bool, executor: Callable[..., Any]) -> Any:
            line = None if sql.startswith(SAME_EVERYWHERE) else sender()
            if line is None:
                return execute(cursor, sql, params, many, executor)
            kind = f"{line} {shape(sql)}"
            try:
                answer = execute(cursor, sql, params, many, executor)
            except Exception as error:
                sent[f"{kind} {type(error).__name__}"] += 1
                raise
            sent[kind] += weight(params, many)
            return answer

        CursorWrapper._execute_with_wrappers = noting

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Begin anew with each test; the names are pytest's."""
        self.sent.clear()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, Any]:
        """Send what was noted along with the last report of a test."""
        report = yield
        if call.when == "teardown":
            report.user_properties += [(SENT, self.sent.total()), (KINDS, sorted(self.sent))]
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take what a test sent, from this process or another."""
        found = dict(report.user_properties)
        if report.when == "teardown" and KINDS in found:
            self.tests[report.nodeid] = (int(str(found[SENT])), list(found[KINDS]))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write it down."""
        if not hasattr(session.config, "workerinput"):
            self.file.write_text(json.dumps(self.tests, indent=0, sort_keys=True))


def fewest(tests: Kinds, cost: Callable[[str], int], given: Iterable[str] = ()) -> set[str]:
    """Return tests that between them, and with those given, send every kind that any of them sends.

    The next is always the one that brings most for its cost; where two bring as much, the first by name. In the end
    each goes, the dearest first, whose kinds those that came later send as well. So the choice is the same on every
    machine.
    """
    wanted = missing = frozenset().union(*tests.values()) - frozenset().union(
        *(tests.get(name, frozenset()) for name in given)
    )
    chosen: set[str] = set()
    waiting = {name: kinds for name, kinds in tests.items() if kinds & missing}
    while waiting:
        best = min(waiting, key=lambda name: (-len(waiting[name] & missing) / cost(name), name))
        chosen.add(best)
        missing -= waiting[best]
        waiting = {name: kinds for name, kinds in waiting.items() if kinds & missing}
    senders = Counter(kind for name in chosen for kind in tests[name] & wanted)
    for name in sorted(chosen, key=lambda name: (-cost(name), name)):
        if all(senders[kind] > 1 for kind in tests[name] & wanted):
            chosen.remove(name)
            senders.subtract(tests[name] & wanted)
    return chosen


class Repeats:
    """Leaves out the tests whose statements others send."""

    def __init__(self, file: Path) -> None:
        self.sent: dict[str, tuple[int, list[str]]] = json.loads(file.read_text())

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Keep what is repeated; the name is pytest's."""
        kept = self.chosen({item.nodeid: item for item in items})
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
        items[:] = [item for item in items if item.nodeid in kept]

    def chosen(self, items: Mapping[str, pytest.Item]) -> set[str]:
        """Return the names of those that run; `any_database` only where nothing else sends the statement."""
        kinds = {name: frozenset(self.sent[name][1]) for name in items if name in self.sent}
        usual = {name: found for name, found in kinds.items() if not items[name].get_closest_marker("any_database")}
        always = {name for name in items if name not in kinds or self._always(items[name])}
        kept = always | fewest(usual, self._cost, always)
        return kept | fewest(kinds, self._cost, kept)

    def _cost(self, name: str) -> int:
        return COST_OF_A_TEST + self.sent[name][0]

    @staticmethod
    def _always(item: pytest.Item) -> bool:
        database = item.get_closest_marker("django_db")
        ends_transactions = database is not None and database.kwargs.get("transaction", False)
        return bool(ends_transactions or item.get_closest_marker("postgres") or item.get_closest_marker("on_both"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; the name is pytest's, as below."""
    parser.addoption("--statements-to", default="", help="write what the product sends, test by test, to this file")
    parser.addoption("--repeat-statements-of", default="", help="leave out tests whose statements others send")


def pytest_configure(config: pytest.Config) -> None:
    """Note, or choose, as the options say."""
    if config.getoption("--statements-to"):
        recorder = Recorder(Path(config.getoption("--statements-to")))
        recorder.listen()
        config.pluginmanager.register(recorder)
    if config.getoption("--repeat-statements-of"):
        config.pluginmanager.register(Repeats(Path(config.getoption("--repeat-statements-of"))))
