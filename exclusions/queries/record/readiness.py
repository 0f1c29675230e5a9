"""Whether the parts that the service stands on are usable now."""

import logging
from collections.abc import Callable

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from exclusions.gateways.documents.store_check import check_store
from exclusions.gateways.outages.trouble import is_trouble
from exclusions.gateways.shared_cache import cache_responds

logger = logging.getLogger(__name__)

STORE_SECONDS = 5.0  # less than probes wait as a rule


def ask_database() -> None:
    """Return once the database has answered at all. Raises DatabaseError where it does not."""
    connection.ensure_connection()
    if not connection.is_usable():
        raise OperationalError("The database did not answer.")


def _database() -> bool:
    ask_database()
    return True


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _files() -> bool:
    check_store(seconds=STORE_SECONDS)
    return True


PARTS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": cache_responds,
    "files": _files,
}
# Without these the service is slower, not away: a balancer that sent nobody here for it would close a site that works.
ONLY_SPEED = frozenset({"cache"})


# What of this process's parts did not work when it was last asked.
_failing: set[str] = set()


def parts() -> dict[str, bool]:
    """Return each part's name with whether it works.

    The cause of a failure goes to the log, not to the caller: once when it begins, and once when it is over, however
    often probes ask meanwhile.
    """
    return {name: _asked(name, works) for name, works in PARTS.items()}


def _asked(name: str, works: Callable[[], bool]) -> bool:
    try:
        fine = works()
    except Exception as error:
        if name not in _failing:
            # A part that is away needs no traceback, and a line with one is left out of the log.
            said = (name, type(error).__name__)
            logger.error("Not ready: the part “%s” is not usable (%s).", *said, exc_info=not is_trouble(error))
        _failing.add(name)
        return False
    if name in _failing:
        _failing.discard(name)
        logger.warning("Ready again: the part “%s” is usable.", name)
    return fine
