"""Let a PostgreSQL role read the public tables, and nothing else; PUBLIC_DATABASE_URL then signs in with that role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from exclusions.queries.public.public_reads import PUBLIC_TABLES, refusals


class Command(BaseCommand):
    """`grant_public_role ROLE`: run it again after each migration; it takes away first what was granted before."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the argument."""
        parser.add_argument("role", help="an existing role. To make one: CREATE ROLE name LOGIN PASSWORD '…'")

    def handle(self, *, role: str, **_: Any) -> None:
        """Grant, and check that the role can read no other table."""
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. On SQLite, only the import contract guards the public side.")
        if wrong := refusals():
            raise CommandError(f"Nothing was granted: the list of public tables is wrong. {' '.join(wrong)}")
        name = connection.ops.quote_name(role)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
            found = cursor.fetchone()
            if found is None:
                raise CommandError(f"There is no role “{role}”. Make it first: CREATE ROLE {name} LOGIN PASSWORD '…'")
            if found[0]:
                raise CommandError(f"“{role}” is a superuser and reads everything. Choose another role.")
            cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
            tables = ", ".join(connection.ops.quote_name(table) for table in PUBLIC_TABLES)
            cursor.execute(f"GRANT SELECT ON {tables} TO {name}")
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                "AND relkind IN ('r', 'p', 'v', 'm') AND relname <> ALL(%s) "
                "AND has_table_privilege(%s, oid, 'SELECT') ORDER BY relname",
                [list(PUBLIC_TABLES), role],
            )
            open_still = [row[0] for row in cursor.fetchall()]
            if open_still:
                raise CommandError(
                    f"“{role}” can still read {', '.join(open_still[:5])}: it owns them, or another role or PUBLIC "
                    "grants it. Nothing was changed."
                )
        self.stdout.write(f"{role} may read {len(PUBLIC_TABLES)} public tables and no other.")
