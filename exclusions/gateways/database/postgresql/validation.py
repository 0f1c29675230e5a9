"""What `manage.py check --database default` and `migrate` say of the way to the database."""

from contextlib import closing
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError
from django.db.backends.base.validation import BaseDatabaseValidation

from exclusions.gateways.database import limits

TO_DECLARE = "Set DB_POOLED=1, as docs/runbook.md says (A pooler), or let the address name PostgreSQL itself."
UNDECLARED = f"The address of the database leads to a pooler, which is not declared. {TO_DECLARE}"
UNTOLD = "The role “{role}” comes through a pooler, and has not been given all that the site tells PostgreSQL itself."


class DatabaseValidation(BaseDatabaseValidation):
    """Looks for a pooler that is not declared, and for what a declared one keeps from the server."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Return what is wrong with the way; nothing of a server that is away."""
        with closing(self.connection.copy()) as way:
            way.settings_dict = {**way.settings_dict, "DIRECT": {}}
            try:
                found = self._untold(way) if way.settings_dict.get("POOLED") else self._undeclared(way)
                return [*found, *super().check(**kwargs)]
            except DatabaseError as error:
                refused = "unsupported startup parameter" in str(error)
                return [Error(UNDECLARED, id="exclusions.E001")] if refused else []

    def _undeclared(self, way: Any) -> list[CheckMessage]:
        with way.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (answering,) = cursor.fetchone()
        greeted = way.connection.info.backend_pid
        return [] if answering == greeted else [Error(UNDECLARED, id="exclusions.E001")]

    def _untold(self, way: Any) -> list[CheckMessage]:
        with way.cursor() as cursor:
            cursor.execute(
                "SELECT lower(name), reset_val, quote_ident(current_user::text) FROM pg_settings "
                "WHERE lower(name) = ANY(%s)",
                [list(limits.OF_ROLE)],
            )
            rows = cursor.fetchall()
        missing = limits.untold({name: value for name, value, _ in rows})
        role = rows[0][2]
        lines = " ".join(f"ALTER ROLE {role} SET {name} = '{value}';" for name, value in missing.items())
        return [Warning(UNTOLD.format(role=role), hint=lines, id="exclusions.W001")] if missing else []
