"""Seals: a digest of every row of the product that counts, in one chain, so that no change goes unseen.

The connection (`gateways.database`) notes each row that the ORM inserts, updates or deletes, and has it sealed here
before the commit: one statement reads the rows back, two find the end of the chain, one adds to it. A row that SQL
changed behind the product's back does not agree with its last seal; one that was added has none; one that was deleted
leaves its seal behind. `queries.record.seal_check` looks.

The digest is over what the database itself prints of the row, in the order of the columns' names. It is therefore of
one kind of database: who moves from SQLite to PostgreSQL seals anew.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from json.encoder import encode_basestring_ascii as _text
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from exclusions.models.mirrors.changes import number_changes as number_changes

SEALS = "exclusions_seal"
AT_ONCE = 500
MANY = 100  # from so many rows on, PostgreSQL copies them in
LOCK = 1_913_301_974  # of those who add to the chain; any number that nobody else takes
OF_ROWS = "Tells of a change of rows, or is made of public ones each night."
LOADED = "The tariff's own lines: public, and to be compared with the edition, record or list that was loaded."
# Tables of ours whose rows are not sealed, and why.
WITHOUT: Mapping[str, str] = {
    SEALS: "The seals are a chain by themselves.",
    "exclusions_notification": "The outbox: what waits is sent, tried again and forgotten.",
    "exclusions_keptanswer": "What a program was answered, for a day, in case it asks again.",
    **{f"exclusions_{one}": OF_ROWS for one in ("docketversion", "tariffversion", "docketchange", "dump", "dumpfile")},
    **{f"exclusions_{one}": "Counted; nothing is decided by it." for one in ("publicdownload", "countedfigures")},
    **{f"exclusions_stored{one}": "Made from the sealed petitions and dockets." for one in ("case", "key", "number")},
    **{f"exclusions_{one}": LOADED for one in ("htsedition", "tariffline", "linesuccession", "coveredline")},
    **dict.fromkeys(("exclusions_cluster", "exclusions_clustermember"), "Machine-drawn; people's changes are events."),
    **dict.fromkeys(("exclusions_evidence", "exclusions_goodsword"), "Made from public texts, and anew at each load."),
    **{f"exclusions_{one}": "Who is told, and how." for one in ("subscription", "toldnews", "webhookdelivery")},
    "exclusions_historicalcoveredline": "How the tariff's own lines came to be what they are.",
}
# Rows that do not count yet, as SQL; the row is sealed when it begins to count.
ONLY: Mapping[str, str] = {
    "exclusions_petition": "status <> 'draft'",
    "exclusions_petitionversion": "sealed_at IS NOT NULL",
}
# Columns that change without anything having happened to the row.
USED = {"exclusions_user": "last_login", "exclusions_apitoken": "last_used_on"}
APART: Mapping[str, frozenset[str]] = {table: frozenset({column}) for table, column in USED.items()}
# Tables of libraries, which write them on their own account.
OF_OTHERS: Mapping[str, str] = {
    "django_migrations": "Which migrations ran.",
    "django_content_type": "Django's list of tables.",
    "django_session": "Who is signed in, until they are not.",
    "django_admin_log": "A convenience of the admin; what was done there are events of ours.",
    "auth_permission": "Django's list of permissions.",
    **dict.fromkeys(("auth_group", "auth_group_permissions"), "Groups are not used: a person has one role."),
    "account_emailaddress": "Sign-in addresses as the library confirms them.",
    "account_emailconfirmation": "Links that confirm an address, until they are used.",
    "mfa_authenticator": "Second factors, which the library changes at each use.",
    "usersessions_usersession": "Who is signed in where, until they are not.",
    **{f"socialaccount_socialapp{part}": "Sign-on services, set in the environment." for part in ("", "_sites")},
    "socialaccount_socialaccount": "Who signs on with which service, as the library notes it.",
    "socialaccount_socialtoken": "Keys of a service, which are not kept.",
    "sqlite_sequence": "SQLite's own counters.",
    **{
        "_".join(("exclusions", index, *part)): why
        for index, why in {
            "docketsearch": "The words of the docket's index, made from the sealed rows.",
            "storedsearch": "The words of the case store's index.",
            "textsearch": "The words of the index of exclusions' texts, made from the sealed rows.",
            "evidencesearch": "The index of the words for goods.",
            "goodswordsearch": "The index of the words for goods.",
        }.items()
        for part in ((), ("config",), ("content",), ("data",), ("docsize",), ("idx",))
    },
}


def _some(things: Iterable[Any], number: int) -> Iterator[tuple[Any, ...]]:
    left = iter(things)
    while some := tuple(islice(left, number)):
        yield some


def sealed_models() -> list[type[models.Model]]:
    """Return every model whose rows are sealed, those that join two others and those of histories included."""
    ours = apps.get_app_config("exclusions").get_models(include_auto_created=True)
    return [model for model in ours if model._meta.db_table not in WITHOUT]


def is_sealed(model: type[models.Model], columns: Iterable[str] | None = None) -> bool:
    """Say whether rows of the model are sealed; with columns: whether a change of these is."""
    table = model._meta.db_table
    if model._meta.app_label != "exclusions" or table in WITHOUT:
        return False
    return columns is None or not set(columns) <= APART.get(table, frozenset())


@cache
def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns that a digest is over, in order."""
    apart = APART.get(model._meta.db_table, frozenset())
    return tuple(sorted({str(field.column) for field in model._meta.local_concrete_fields} - apart))


@cache
def shape_of(model: type[models.Model]) -> str:
    """Return what stands for these columns."""
    return hashlib.sha256(json.dumps(columns_of(model)).encode()).hexdigest()[:16]


def digest_of(model: type[models.Model], printed: str) -> str:
    """Return the digest of a row as the database prints it."""
    return hashlib.sha256(f"{model._meta.db_table}\n{shape_of(model)}\n{printed}".encode()).hexdigest()


def link(previous: str, *parts: object) -> str:
    """Return the hash of a seal: over the one before it and all that it says."""
    # As `json.dumps` writes a list, which takes thrice as long.
    said = ", ".join([_text(part) if type(part) is str else json.dumps(part) for part in (previous, *parts)])
    return hashlib.sha256(f"[{said}]".encode()).hexdigest()


def select(connection: BaseDatabaseWrapper, model: type[models.Model], *, where: str = "") -> str:
    """Return the SQL that prints the rows of a model that count: table, key, content."""
    quote, meta = connection.ops.quote_name, model._meta
    array, text = ("json_build_array", "text") if connection.vendor == "postgresql" else ("json_array", "TEXT")
    columns = ", ".join(quote(column) for column in columns_of(model))
    conditions = " AND ".join(filter(None, (ONLY.get(meta.db_table, ""), where)))
    return (
        f"SELECT '{meta.db_table}', CAST({quote(str(meta.pk.column))} AS {text}), CAST({array}({columns}) AS {text}) "
        f"FROM {quote(meta.db_table)}{f' WHERE {conditions}' if conditions else ''}"
    )


def seal(connection: Any, changed: Mapping[type[models.Model], Iterable[Any]], why: str = "") -> None:
    """Seal the rows of these keys as they are now in the transaction, or as gone where they were sealed before."""
    keys = ((model, key) for model, found in changed.items() for key in sorted(found, key=str))
    for some in _some(keys, AT_ONCE):
        by_model: dict[type[models.Model], list[Any]] = {}
        for model, key in some:
            by_model.setdefault(model, []).append(key)
        by_table = {model._meta.db_table: model for model in by_model}
        rows, end = _printed_and_head(connection, by_model)
        printed = {(table, row): text for table, row, text in rows}
        gone = {(model._meta.db_table, str(key)) for model, found in by_model.items() for key in found} - printed.keys()
        digests = {at: digest_of(by_table[at[0]], text) for at, text in printed.items()}
        digests |= dict.fromkeys(_sealed_before(connection, gone) if gone else (), "")
        seals = ((*at, digest, shape_of(by_table[at[0]]), why) for at, digest in sorted(digests.items()))
        add(connection, seals, end)


def _printed_and_head(
    connection: Any, keys: Mapping[type[models.Model], list[Any]]
) -> tuple[list[tuple[str, str, str]], tuple[int, str] | None]:
    """Return the rows as printed and, on PostgreSQL, on the same way the last seal: nobody else adds to the chain
    since.

    Several statements: each sees what was there when the one before had the lock.
    """
    parts, values, together = list[str](), list[Any](), connection.vendor == "postgresql"
    for model, found in keys.items():
        key = connection.ops.quote_name(model._meta.pk.column)
        # A list is one value: of five hundred the driver takes longer than the server.
        where = f"{key} = ANY(%s)" if together else f"{key} IN ({', '.join(['%s'] * len(found))})"
        parts.append(select(connection, model, where=where))
        values += [found] if together else found
    asked = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(f"{asked}; {_LOCK_AND_HEAD}" if together else asked, [*values, LOCK] if together else values)
        rows = list(cursor.fetchall())
        return rows, _end(cursor) if together else None


def _end(cursor: Any) -> tuple[int, str]:
    """Return what the last two statements of `_LOCK_AND_HEAD` answered."""
    cursor.nextset()
    cursor.nextset()
    return cursor.fetchone() or (0, "")


def _sealed_before(connection: Any, rows: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return those of the rows whose last seal is not that of one that is gone."""
    which = " OR ".join(["(of_table = %s AND of_row = %s)"] * len(rows))
    last = f"SELECT max(id) FROM {SEALS} WHERE {which} GROUP BY of_table, of_row"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT of_table, of_row FROM {SEALS} WHERE id IN ({last}) AND digest <> ''",
            [value for row in sorted(rows) for value in row],
        )
        return {(table, row) for table, row in cursor.fetchall()}


COLUMNS = "id, of_table, of_row, digest, shape, why, hash"
HEAD = f"SELECT id, hash FROM {SEALS} ORDER BY id DESC LIMIT 1"
_LOCK_AND_HEAD = f"SELECT pg_advisory_xact_lock(%s); {HEAD}"


def head(connection: Any) -> tuple[int, str]:
    """Return the number and the hash of the last seal; (0, "") when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD)
        return cursor.fetchone() or (0, "")


def _head_to_add_to(connection: Any) -> tuple[int, str]:
    """Return the last seal as `head` does; until the transaction ends, nobody else adds to the chain."""
    if connection.vendor != "postgresql":  # on SQLite one transaction writes at a time
        return head(connection)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_AND_HEAD, [LOCK])  # the second statement sees what was there when the first had the lock
        cursor.nextset()
        return cursor.fetchone() or (0, "")


def add(connection: Any, seals: Iterable[tuple[str, str, str, str, str]], end: tuple[int, str] | None = None) -> None:
    """Add seals (table, row, digest, shape, why) to the end of the chain, which nobody else does meanwhile.

    `end`: the last seal, where it was read under the lock already.
    """
    waiting = list(seals)
    if not waiting:
        return
    before, last = end or _head_to_add_to(connection)
    rows = []
    for number, parts in enumerate(waiting, before + 1):
        last = link(last, number, *parts)
        rows.append((number, *parts, last))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) >= MANY:
            with cursor.copy(f"COPY {SEALS} ({COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        for some in _some(rows, AT_ONCE):
            marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(f"INSERT INTO {SEALS} ({COLUMNS}) VALUES {marks}", [value for row in some for value in row])


def chain(connection: Any) -> Iterator[tuple[int, tuple[str, str, str, str, str], str]]:
    """Yield each seal in order: its number, what it says (table, row, digest, shape, why), its hash."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {COLUMNS} FROM {SEALS} WHERE id > %s ORDER BY id LIMIT 5000", [after])
            some = cursor.fetchall()
        for number, *parts, found in some:
            yield number, tuple(parts), found
        if not some:
            return
        after = some[-1][0]


def last_seals(connection: Any, table: str) -> dict[str, tuple[str, str]]:
    """Return digest and shape of the last seal of each row of a table, by its key; those of rows that are gone, too."""
    last = f"SELECT max(id) FROM {SEALS} WHERE of_table = %s GROUP BY of_row"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT of_row, digest, shape FROM {SEALS} WHERE id IN ({last})", [table])
        return {row: (digest, shape) for row, digest, shape in cursor.fetchall()}


def rows_of(
    connection: Any, model: type[models.Model], *, where: str = "", values: Sequence[Any] = ()
) -> Iterator[tuple[str, str]]:
    """Yield key and digest of each row of a model that counts, of those alone for which the SQL of `where` holds."""
    with connection.cursor() as cursor:
        cursor.execute(select(connection, model, where=where), values)
        while some := cursor.fetchmany(AT_ONCE):
            for _, row, printed in some:
                yield row, digest_of(model, printed)


def seal_everything(connection: Any) -> None:
    """Seal each row that differs from its last seal: what migrations wrote, and what was there before seals were."""
    with transaction.atomic(using=connection.alias):
        for model in sealed_models():
            table, shape = model._meta.db_table, shape_of(model)
            known = last_seals(connection, table)
            found: list[tuple[str, str, str, str, str]] = []
            for row, digest in rows_of(connection, model):
                if known.pop(row, None) != (digest, shape):
                    found.append((table, row, digest, shape, "migration"))
            found += [(table, row, "", shape, "migration") for row, (digest, _) in sorted(known.items()) if digest]
            add(connection, found)


def note(connection: Any, model: type[models.Model], keys: Iterable[Any]) -> None:
    """Note rows that were written by SQL of our own, to be sealed before the commit."""
    if is_sealed(model):
        connection.note(model, keys)


def seal_now(connection: Any) -> None:
    """Seal what the running transaction wrote so far; for whoever looks at the seals within it."""
    connection.seal()
