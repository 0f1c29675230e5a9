"""The site that is measured: its tables, the shipped facts, and for most parts a whole edition and the real docket."""

from collections.abc import Callable
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import manage

EDITION = "hts/hts_2026_rev_6.json.gz"
DOCKET = "petitions/ustr_2019_0005_list3_requests.csv.gz"
EXCLUSIONS = "ch99/exclusions_note20_2026_rev6.csv.gz"


def prepare(url: str) -> None:
    """Fill a new database with the tables and the shipped facts."""
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "load_shipped")
    manage(url, "load_rounds", "exclusions/data/rounds.toml")


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
