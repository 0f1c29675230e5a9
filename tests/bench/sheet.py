"""The filer of most petitions of a real docket, with one sheet in place of ten thousand forms.

Numbers and names are the docket's, the answers made up, with figures of their own in each row. Faults and confidential
values in public answers are planted; whoever files is killed half-way, by the signal that no process outlives.
"""

import csv
import gzip
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag
from threading import Thread

from django.db import connection

from exclusions.actions.bulk_sheets.certifying import certify_drafts
from exclusions.actions.bulk_sheets.drafting import accept_rows
from exclusions.actions.bulk_sheets.proving import check_drafts
from exclusions.actions.bulk_sheets.tables import take_in
from exclusions.actions.bulk_sheets.working import LEASE, work_on
from exclusions.actions.filing import petitions
from exclusions.gateways.bulk_sheets.joint_receipt import joint_receipt
from exclusions.gateways.bulk_sheets.layout import RawSheet
from exclusions.models import BulkRow, BulkSheet, Organization, Petition, Round, User
from exclusions.queries.importer.bulk_certify import certificates_of, receipt_of
from exclusions.queries.importer.bulk_marked import marked_workbook
from exclusions.workflow.states import Status
from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.parts import in_process
from tests.bench.posted import person
from tests.bench.server import PROJECT, environment, own_peak
from tests.bench.site import DOCKET
from tests.factories.answers import CERTIFIED, petition_answers, purchases
from tests.factories.importer.bulk_sheets import make_sheet, table_of
from tests.factories.people import make_organization

AT = datetime(2019, 8, 15, 14, tzinfo=UTC)  # within the window of List 3
PLANTED = 200
SECRET = "7071{:06}"  # as no figure of another row
Said = Callable[[str], None]


@dataclass(frozen=True)
class Goods:
    """One petition of the docket: its number and its product."""

    hts10: str
    product: str


def filer_of_most(data: Path) -> list[Goods]:
    """Return the petitions of whoever filed most in the docket, in its order."""
    with gzip.open(data / DOCKET, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    most = Counter(row["Organization Name"] for row in rows).most_common(1)[0][0]
    return [Goods(row["HTSUS code"], row["Product"]) for row in rows if row["Organization Name"] == most]


def table_with_faults(round: Round, goods: list[Goods], planted: int) -> RawSheet:
    """Return a table of a row for each of the goods; the first have no name, the next tell a confidential figure."""
    return table_of(round, *(_changes(place, one, planted) for place, one in enumerate(goods)))


def _changes(place: int, one: Goods, planted: int) -> dict[str, object]:
    secret = SECRET.format(place)
    bought = purchases()
    bought["china"]["2017"]["value"] = secret
    changes: dict[str, object] = {"hts10": one.hts10, "product_name": one.product, "purchases": bought}
    if place < planted:
        changes["product_name"] = ""
    elif place < 2 * planted:
        changes["product_function"] = f"Cut to size; we bought {secret} of it."
    return changes


@dataclass(frozen=True)
class Came:
    """What came of the sheet: seconds of each stage, and how many planted things were found."""

    seconds: dict[str, float]
    faults: int
    secrets: int
    filed: int
    twice: int
    beside: list[float]
    mib: float  # of the process that checked the rows; 0 where it was this one


def run(url: str, goods: list[Goods], planted: int, say: Said, *, kills: bool = True) -> Came:
    """Take the goods through dry run, marked sheet, drafts, check, certificate and filing; return what came of it."""
    round = Round.objects.current().get(docket="USTR-2019-0005", is_demo=False)
    organization = make_organization("Kestrel Bearings of the Bench LLC")
    who = person("Ada Sheet Importer", organization=organization)
    sheet = make_sheet(round, organization, who, AT)
    seconds: dict[str, float] = {}

    def timed(name: str, act: Callable[[], object]) -> None:
        begun = time.perf_counter()
        act()
        seconds[name] = time.perf_counter() - begun
        say(f"    {name}: {seconds[name]:.1f} s")

    table = table_with_faults(round, goods, planted)
    mib = list[float]()

    def dry_run() -> None:
        taken = take_in(sheet, table=table, is_file=True, by=who, at=AT)
        mib.append(_worked_apart(url, taken) if kills else 0)
        _worked(taken)

    timed("dry run", dry_run)
    timed("marked sheet", lambda: marked_workbook(_fresh(sheet)))
    faults, secrets = _planted_found(sheet, planted)
    timed("drafts", lambda: _worked(accept_rows(sheet, wanted=BulkSheet.Wanted.VALID, by=who, at=AT)))
    timed("check of the drafts", lambda: _worked(check_drafts(sheet, by=who, at=AT)))
    timed(
        "certificate",
        lambda: certify_drafts(sheet, certified=CERTIFIED, was_read=True, seen=_fresh(sheet).revision, by=who, at=AT),
    )
    beside, stop = list[float](), Flag()
    other = Thread(target=_file_beside, args=(round, stop, beside)) if kills else None
    if other:
        other.start()
    timed("filing", lambda: _file_all(url, sheet, kills=kills))
    if other:
        stop.set()
        other.join()
    timed("joint receipt", lambda: joint_receipt(receipt_of(_fresh(sheet), certificates_of(sheet)[0])))
    filed = sheet.rows.filter(filed_at__isnull=False, petition__status=Status.SUBMITTED)
    references = Counter(filed.values_list("petition__reference", flat=True))
    return Came(
        seconds, faults, secrets, filed.count(), sum(count > 1 for count in references.values()), beside, mib[0]
    )


def _fresh(sheet: BulkSheet) -> BulkSheet:
    return BulkSheet.objects.select_related("round", "organization", "filer_organization", "made_by").get(pk=sheet.pk)


def _worked(sheet: BulkSheet) -> None:
    while work_on(sheet, at=AT):
        pass


def _worked_apart(url: str, sheet: BulkSheet) -> float:
    """Work on the sheet in a process of its own; return the MiB that it held at most."""
    (memory,) = in_process(url, Path(str(sheet.pk)), "sheet", "work")
    return memory.value


def _planted_found(sheet: BulkSheet, planted: int) -> tuple[int, int]:
    """Return in how many of the rows with a planted fault, and with a planted secret, it was found."""
    rows = list(sheet.rows.order_by("number")[: 2 * planted])
    named = [_headings(row) for row in rows]
    return sum("product_name" in one for one in named[:planted]), sum(
        "product_function" in one for one in named[planted:]
    )


def _headings(row: BulkRow) -> set[str]:
    return {fault["heading"] for fault in row.faults if fault["level"] == "error"}


def _file_all(url: str, sheet: BulkSheet, *, kills: bool) -> None:
    """File by a process of its own, which is killed half-way, and by another one once its lease is over."""
    if not kills:
        while _waiting(sheet):
            work_on(sheet, at=AT + LEASE)
        return
    half = _waiting(sheet) // 2
    first = _begun(url, sheet, "work")
    while first.poll() is None and _waiting(sheet) > half:
        time.sleep(0.2)
    first.send_signal(signal.SIGKILL)
    first.wait()
    _begun(url, sheet, "work_later").wait()


def _waiting(sheet: BulkSheet) -> int:
    return sheet.rows.to_file().count()


def _begun(url: str, sheet: BulkSheet, function: str) -> subprocess.Popen[bytes]:
    """Return a process of this module that works on the sheet."""
    command = [sys.executable, "-m", "tests.bench.parts", "sheet", function, url, str(sheet.pk)]
    return subprocess.Popen(command, cwd=PROJECT, env=environment(url), stdout=subprocess.DEVNULL)


def work(url: str, key: Path, say: Said) -> list[Figure]:
    """Work on the sheet of a key until nothing is left, and say what that took: the process that is killed."""
    return [*_work(key, AT), Figure("memory", own_peak(), "MiB")]


def work_later(url: str, key: Path, say: Said) -> list[Figure]:
    """Go on with it once the lease of whoever was killed is over."""
    return _work(key, AT + LEASE)


def _work(key: Path, at: datetime) -> list[Figure]:
    while work_on(BulkSheet(pk=str(key)), at=at):
        pass
    return []


def _file_beside(round: Round, stop: Flag, took: list[float]) -> None:
    """File one petition after another beside the sheet, as another person; note how long each took."""
    organization = Organization.objects.filter(legal_name="Sparrow Beside LLC").first()
    organization = organization or make_organization("Sparrow Beside LLC")
    who: User = person("Bea Beside", organization=organization)
    while not stop.is_set():
        draft = petitions.start(round=round, organization=organization, by=who, at=AT, answers=petition_answers())
        begun = time.perf_counter()
        petitions.submit(draft, by=who, at=AT, certified=CERTIFIED)
        took.append(time.perf_counter() - begun)
        stop.wait(0.5)
    connection.close()


def measure(url: str, data: Path, say: Said) -> list[Figure]:
    """Return the figures of the filer of most petitions."""
    goods = filer_of_most(data)[: goals.SHEET_ROWS]
    say(f"  one sheet of {len(goods):,} petitions of the docket …")
    planted = min(PLANTED, len(goods) // 4)
    came = run(url, goods, planted, say, kills=url.startswith("postgres"))
    drafts = Petition.objects.filter(pk__in=BulkRow.objects.exclude(petition=None).values("petition")).count()
    figures = [
        Figure("sheet, dry run", came.seconds["dry run"], "s", goals.DRY_RUN_SECONDS * len(goods) / 10_000),
        Figure("sheet, dry run, memory", came.mib, "MiB", goals.DRY_RUN_MIB),
        Figure("sheet, marked sheet", came.seconds["marked sheet"], "s"),
        Figure("sheet, drafts", came.seconds["drafts"], "s", drafts / 100, f"{drafts:,} drafts"),
        Figure("sheet, check of the drafts", came.seconds["check of the drafts"], "s"),
        Figure("sheet, certificate", came.seconds["certificate"], "s"),
        Figure("sheet, filing", came.seconds["filing"], "s", came.filed / 40, f"{came.filed:,} filed, killed once"),
        Figure("sheet, joint receipt", came.seconds["joint receipt"], "s"),
        Figure("sheet, planted faults missed", planted - came.faults, "rows", 0),
        Figure("sheet, planted secrets missed", planted - came.secrets, "rows", 0),
        Figure("sheet, references given twice", came.twice, "", 0),
    ]
    if came.beside:
        slowest = sorted(came.beside)[int(len(came.beside) * 0.95)]
        figures.append(Figure("another's filing beside it, p95", slowest, "s", 2.0, f"{len(came.beside)} filings"))
    return figures
