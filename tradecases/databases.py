"""The databases that the environment names, with limits on every wait and seals on what is written."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tradecases.environment import env, url

BACKENDS = "exclusions.gateways.database"  # Django's own, with limits on every wait and seals on what is written


def databases(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what DATABASE_URL names, or a SQLite file in the folder; beside it the public's own where it has one."""
    declared = pooled()
    named = url("DATABASE_URL", {"postgres", "postgresql", "sqlite"}, "postgresql://user@127.0.0.1:5432/tradecases")
    default: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "tradecases.sqlite3"}
    if named:
        default = env.db_url_config(named)
    default["ATOMIC_REQUESTS"] = False
    # What a transaction wrote is sealed before it is committed, whatever wrote it, and nobody waits for long.
    default["ENGINE"] = default["ENGINE"].replace("django.db.backends", BACKENDS)
    if default["ENGINE"].endswith("sqlite3"):
        if declared:
            raise ImproperlyConfigured("DB_POOLED=session needs a DATABASE_URL that names PostgreSQL.")
        # IMMEDIATE: a writer takes its lock at BEGIN, so two writers queue instead of failing half-way.
        default["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 8,  # seconds that a writer waits for another; then the page says so (views/frame/unavailable.py)
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
        }
    else:
        default["CONN_HEALTH_CHECKS"] = True
        default["POOLED"] = declared
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
        "CONN_HEALTH_CHECKS": True,
        "POOLED": pooled(),
        "TEST": {"MIRROR": "default"},
    }


def pooled() -> str:
    """Return "session" where DB_POOLED says that a pooler in session mode stands before PostgreSQL, else "".

    Raises ImproperlyConfigured for transaction mode, behind which nothing can be served, and for anything else.
    """
    value: str = env.str("DB_POOLED", default="").strip().lower()
    if value in {"", "0", "false", "no", "off"}:
        return ""
    if value == "session":
        return value
    if value in {"1", "true", "yes", "on", "transaction"}:
        raise ImproperlyConfigured(
            f"DB_POOLED={value!r} means a pooler in transaction mode, which is not supported yet. Let DATABASE_URL "
            "name PostgreSQL itself, or run the pooler in session mode (PgBouncer: pool_mode = session) and set "
            "DB_POOLED=session."
        )
    raise ImproperlyConfigured(f"DB_POOLED={value!r} must be “session”, or be left unset.")
