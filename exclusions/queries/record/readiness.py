"""Whether the parts that the service stands on are usable now."""

import logging
from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from exclusions.gateways.documents.store_check import check_store
from exclusions.gateways.shared_cache import cache_answers

logger = logging.getLogger(__name__)

STORE_SECONDS = 5.0  # less than probes wait as a rule


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _files() -> bool:
    check_store(seconds=STORE_SECONDS)
    return True


PARTS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": cache_answers,
    "files": _files,
}
# Without these the service is slower, not away: a balancer that sent nobody here for it would close a site that works.
ONLY_SPEED = frozenset({"cache"})


def parts() -> dict[str, bool]:
    """Return each part's name with whether it works. A failure's cause goes to the log, not to the caller."""
    answers = {}
    for name, works in PARTS.items():
        try:
            answers[name] = works()
        except Exception:
            logger.exception("The %s is not usable", name)
            answers[name] = False
    return answers
