"""What full-text search needs beside the tables: indexes on PostgreSQL, FTS5 tables on SQLite.

Their triggers follow as guards of the models. The migrations that this stands for say why each of it is as it is.
"""

from typing import Any

from django.db import DatabaseError, transaction

PETITIONS, LINES = "exclusions_publicpetition", "exclusions_tariffline"
# The FTS5 table, the table whose text it finds, its columns, and how it takes words apart.
ON_SQLITE = (
    ("docketsearch", PETITIONS, "reference, organization_name, product_name, search_text", "porter unicode61"),
    ("storedsearch", "exclusions_storedcase", "reference, requester, words", "porter unicode61"),
    ("textsearch", "exclusions_exclusiontext", "text", "porter unicode61"),
    ("evidencesearch", "exclusions_evidence", "kind, terms", "unicode61"),
    ("goodswordsearch", "exclusions_goodsword", "letters", "unicode61"),
)
SPLIT = "to_tsvector('english', translate({}, '-./:@_+~&=?#', '            '))"
DOCKET = SPLIT.format("reference || ' ' || organization_name || ' ' || product_name || ' ' || search_text")
STORED = "to_tsvector('english', replace(reference, '-', ' ') || ' ' || requester || ' ' || words)"
KEPT = "GENERATED ALWAYS AS (to_tsvector('simple', {})) STORED"
ON_POSTGRESQL = (
    f"CREATE INDEX exclusions_stored_words ON exclusions_storedcase USING gin (({STORED}))",
    f"CREATE INDEX exclusions_text_words ON exclusions_exclusiontext USING gin (({SPLIT.format('text')}))",
    f"ALTER TABLE exclusions_evidence ADD COLUMN vector tsvector {KEPT.format('terms')}",
    "CREATE INDEX exclusions_evidencesearch ON exclusions_evidence USING gin (vector)",
    f"ALTER TABLE exclusions_goodsword ADD COLUMN vector tsvector {KEPT.format('letters')}",
    "CREATE INDEX exclusions_goodswordsearch ON exclusions_goodsword USING gin (vector)",
    f"ALTER TABLE {PETITIONS} ADD COLUMN words tsvector GENERATED ALWAYS AS ({DOCKET}) STORED",
    f"ALTER TABLE {PETITIONS} ALTER COLUMN words SET STATISTICS 1000",
    f"CREATE INDEX exclusions_docket_words ON {PETITIONS} USING gin (words, (ARRAY[stage::text, docket::text]))",
)
# Where the server has pg_trgm, and this role may bring it in.
BY_PARTS = (
    f"CREATE INDEX exclusions_docket_organizations ON {PETITIONS} USING gin (upper(organization_name) gin_trgm_ops)",
    f"CREATE INDEX exclusions_tariff_words ON {LINES} USING gin (upper(full_description) gin_trgm_ops)",
)


def build(apps: Any, schema_editor: Any) -> None:
    """Make what the database at hand needs."""
    if schema_editor.connection.vendor != "postgresql":
        for name, table, columns, words in ON_SQLITE:
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE exclusions_{name} USING fts5({columns}, content='{table}', content_rowid='id', "
                f"tokenize='{words}')",
                None,
            )
        return
    for statement in (*ON_POSTGRESQL, *(BY_PARTS if _has_trigrams(schema_editor.connection) else ())):
        schema_editor.execute(statement, None)


def _has_trigrams(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if not cursor.fetchone():
            return False
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except DatabaseError:
            return False
    return True
