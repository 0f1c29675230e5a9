"""Does each row of the product agree with its last seal, and is the chain of seals unbroken?"""

from collections.abc import Iterator

from django.db import connection, models

from exclusions.models import Petition, seals


def seal_breaks(petition: Petition | None = None) -> Iterator[str]:
    """Yield a sentence for each break: of every table and of the chain, or of the rows of one petition.

    What the running transaction wrote is sealed first: there are no seals of it yet.
    """
    seals.seal_now(connection)
    if petition is None:
        yield from _chain_breaks()
    for model in seals.sealed_models():
        yield from _row_breaks(model) if petition is None else _breaks_of(model, petition)


def _chain_breaks() -> Iterator[str]:
    last, number = "", 0
    for found, parts, claimed in seals.chain(connection):
        number += 1
        if found != number:
            yield f"The chain of seals: number {number} is missing; the next on record is {found}."
            number = found
        elif seals.link(last, found, *parts) != claimed:
            yield f"The chain of seals: number {number} does not agree with its hash."
        last = claimed


def _row_breaks(model: type[models.Model]) -> Iterator[str]:
    sealed = seals.last_seals(connection, model._meta.db_table)
    for row, digest in seals.rows_of(connection, model):
        yield from _against(model, row, digest, sealed.pop(row, None))
    for row, (digest, _) in sorted(sealed.items()):
        if digest:
            yield f"{model._meta.db_table}: row {row} is sealed and no longer there."


def _breaks_of(model: type[models.Model], petition: Petition) -> Iterator[str]:
    """Yield the rows that belong to a petition by a column of their own, and the petition itself."""
    quote = connection.ops.quote_name
    column = next((field for field in model._meta.local_concrete_fields if field.related_model is Petition), None)
    if model is Petition:
        column = model._meta.pk
    if column is None:
        return
    key = Petition._meta.pk.get_db_prep_value(petition.pk, connection)
    rows = dict(seals.rows_of(connection, model, where=f"{quote(str(column.column))} = %s", values=[key]))
    sealed = seals.last_seals(connection, model._meta.db_table) if rows else {}
    for row, digest in rows.items():
        yield from _against(model, row, digest, sealed.get(row))


def _against(model: type[models.Model], row: str, digest: str, seal: tuple[str, str] | None) -> Iterator[str]:
    where = f"{model._meta.db_table}: row {row}"
    if seal is None or not seal[0]:
        yield f"{where} has no seal."
    elif seal[1] != seals.shape_of(model):
        yield f"{where} was sealed over other columns than the table has; run `manage.py migrate`."
    elif seal[0] != digest:
        yield f"{where} does not agree with its seal."
