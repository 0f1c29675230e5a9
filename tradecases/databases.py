"""The databases that the environment names, with limits on every wait and seals on what is written."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tradecases.environment import env, flag, url

BACKENDS = "exclusions.gateways.database"  # Django's own, with limits on every wait and seals on what is written
# Long tables are read some rows at a time by key (queries/chunks.py): no cursor stays open on the server,
# which a pooler would give to another.
_ON_POSTGRESQL = {"CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": True}


def databases(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what DATABASE_URL names, or a SQLite file in the folder; beside it the public's own where it has one."""
    named = url("DATABASE_URL", {"postgres", "postgresql", "sqlite"}, "postgresql://user@127.0.0.1:5432/tradecases")
    default: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "tradecases.sqlite3"}
    if named:
        default = env.db_url_config(named)
    default["ATOMIC_REQUESTS"] = False
    # What a transaction wrote is sealed before it is committed, whatever wrote it, and nobody waits for long.
    default["ENGINE"] = default["ENGINE"].replace("django.db.backends", BACKENDS)
    if default["ENGINE"].endswith("sqlite3"):
        if flag("DB_POOLED") or env.str("DIRECT_DATABASE_URL", default="").strip():
            raise ImproperlyConfigured(
                "DB_POOLED and DIRECT_DATABASE_URL need a DATABASE_URL that names PostgreSQL, or are left unset."
            )
        # IMMEDIATE: a writer takes its lock at BEGIN, so two writers queue instead of failing half-way.
        default["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 8,  # seconds that a writer waits for another; then the page says so (views/core/unavailable.py)
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
        }
    else:
        default |= {**_ON_POSTGRESQL, "POOLED": flag("DB_POOLED"), "DIRECT": _direct(default["NAME"])}
    # Kept open between requests on SQLite, too: the last one to close a WAL file folds it back, at every request.
    default["CONN_MAX_AGE"] = 60
    public = _public(on_postgresql=default["ENGINE"].endswith("postgresql"))
    return {"default": default, **({"public": public} if public else {})}


def _public(*, on_postgresql: bool) -> dict[str, Any]:
    """Public pages may be read through a role that can select no confidential table (grant_public_role)."""
    named = url("PUBLIC_DATABASE_URL", {"postgres", "postgresql"}, "postgresql://reader@127.0.0.1/tradecases")
    if named and not on_postgresql:
        raise ImproperlyConfigured("PUBLIC_DATABASE_URL needs a DATABASE_URL that names the same PostgreSQL database.")
    if not named:
        return {}
    return {
        **env.db_url_config(named),
        "ENGINE": f"{BACKENDS}.postgresql",
        "CONN_MAX_AGE": 60,
        **_ON_POSTGRESQL,
        "POOLED": flag("DB_POOLED"),
        "TEST": {"MIRROR": "default"},
    }


def _direct(through: Any) -> dict[str, Any]:
    """Return the way of long jobs round a pooler, which DIRECT_DATABASE_URL names; none where it is unset."""
    named = url("DIRECT_DATABASE_URL", {"postgres", "postgresql"}, "postgresql://user@127.0.0.1:5432/tradecases")
    if not named:
        return {}
    direct: dict[str, Any] = env.db_url_config(named)
    if direct["NAME"] != through:
        raise ImproperlyConfigured("DIRECT_DATABASE_URL must name the same database of PostgreSQL as DATABASE_URL.")
    return {name: value for name, value in direct.items() if name not in {"ENGINE", "NAME"}}
