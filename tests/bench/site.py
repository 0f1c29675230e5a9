"""The site that is measured: its tables, the shipped facts, and for most parts a whole edition and the real docket."""

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


def load(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Load a whole HTSUS edition, the exclusions and the real docket into a prepared database; return what it took."""
    say("  loading a whole HTSUS edition and 30,283 petitions …")
    hts, memory = manage(url, "load_hts", str(data / EDITION))
    manage(url, "load_exclusions", str(data / EXCLUSIONS))
    docket, docket_memory = manage(url, "load_docket", str(data / DOCKET), "--docket", "USTR-2019-0005")
    return [
        Figure("load_hts, 35,495 rows", hts, "s", goals.LOAD_HTS_SECONDS),
        Figure("load_hts, peak memory", memory, "MiB", goals.LOAD_HTS_MIB),
        Figure("load_docket, 30,283 rows", docket, "s", goals.LOAD_DOCKET_SECONDS),
        Figure("load_docket, peak memory", docket_memory, "MiB"),
    ]


def fill(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Load both real dockets into a prepared database, and make so many live cases; return what these took."""
    say(f"  making {goals.LIVE_CASES:,} live cases …")
    manage(url, "load_docket", str(data / LIST2_DOCKET), "--docket", "USTR-2018-0032")
    manage(url, "load_docket", str(data / DOCKET), "--docket", "USTR-2019-0005")
    seconds, memory = manage(url, "seed_demo", "--petitions", str(goals.LIVE_CASES), DEMO="1")
    note = f"{goals.LIVE_CASES / seconds:,.0f} a second, {memory:,.0f} MiB"
    return [Figure(f"seed_demo, {goals.LIVE_CASES:,} live cases", seconds, "s", goals.SEED_SECONDS, note)]
