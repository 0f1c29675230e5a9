"""The sites that are measured: one of the shipped facts, one with both real dockets and many live cases beside them."""

from collections.abc import Callable
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import manage

EDITION = "hts/hts_2026_rev_6.json.gz"
LIST2_DOCKET = "petitions/ustr_2018_0032_list2_requests.csv.gz"
DOCKET = "petitions/ustr_2019_0005_list3_requests.csv.gz"
EXCLUSIONS = "ch99/exclusions_note20_2026_rev6.csv.gz"


def prepare(url: str) -> None:
    """Fill a new database with the tables and the shipped facts."""
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "load_shipped")
    manage(url, "load_rounds", "exclusions/data/rounds.toml", DEMO="1")


def fill(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Load an edition, both dockets and many live cases into a prepared database; return what these took."""
    say(f"  loading an edition of the HTSUS and 32,952 petitions, making {goals.LIVE_CASES:,} live cases …")
    hts, memory = manage(url, "load_hts", str(data / EDITION))
    manage(url, "load_exclusions", str(data / EXCLUSIONS))
    manage(url, "load_docket", str(data / LIST2_DOCKET), "--docket", "USTR-2018-0032")
    docket, docket_memory = manage(url, "load_docket", str(data / DOCKET), "--docket", "USTR-2019-0005")
    seconds, seeding = manage(url, "seed_demo", "--petitions", str(goals.LIVE_CASES), DEMO="1")
    note = f"{goals.LIVE_CASES / seconds:,.0f} a second, {seeding:,.0f} MiB"
    return [
        Figure("load_hts, 35,495 rows", hts, "s", goals.LOAD_HTS_SECONDS),
        Figure("load_hts, peak memory", memory, "MiB", goals.LOAD_HTS_MIB),
        Figure("load_docket, 30,283 rows", docket, "s", goals.LOAD_DOCKET_SECONDS, f"{docket_memory:.0f} MiB"),
        Figure(f"seed_demo, {goals.LIVE_CASES:,} live cases", seconds, "s", goals.SEED_SECONDS, note),
    ]
