"""A second connection for what everybody may read, by a database role that cannot read anything else.

It is used where PUBLIC_DATABASE_URL is set. While a public page is made, every table of the product is read through
it; sessions and the signed-in person come from the first connection, and so does every write.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import models

from exclusions.models.evidence import Evidence, GoodsWord
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.models.mirrors.changes import DocketChange
from exclusions.models.mirrors.dumps import Dump, DumpFile
from exclusions.models.notices.listed import (
    ListedExclusion,
    PublicComment,
    PublicCommentLine,
    PublicTermDecision,
    PublicTermReopening,
)
from exclusions.models.notices.looked_for import LookedForNotices
from exclusions.models.notices.public_notices import PublicNotice
from exclusions.models.public import (
    Anchor,
    DocketVersion,
    PublicDocument,
    PublicLetter,
    PublicPetition,
    PublicResponse,
    Tombstone,
)
from exclusions.models.round import MadeForm, MadeQuestion, Round, RoundOrder
from exclusions.models.standing_answers import StandingAnswer
from exclusions.models.statistics import CountedFigures
from exclusions.models.tariff import (
    ActionRate,
    CoveredLine,
    HtsEdition,
    LineSuccession,
    TariffAction,
    TariffLine,
    TariffVersion,
)

ALIAS = "public"

# What the role may select: what public pages ask, and nothing else (a test walks through all of them). Allowed by name:
# a table that nobody put here is refused by the database. One that `refusals` names is never put here; its page is
# mended, so that it asks a public copy.
PUBLIC_MODELS: tuple[type[models.Model], ...] = (
    PublicPetition,
    PublicResponse,
    PublicDocument,
    PublicLetter,
    PublicNotice,
    Anchor,
    Tombstone,
    DocketVersion,
    DocketChange,
    Dump,
    DumpFile,
    Exclusion,
    ExclusionText,
    ExclusionNumber,
    ExclusionTerm,
    Round,
    Round.actions.through,
    RoundOrder,
    ListedExclusion,
    PublicComment,
    PublicCommentLine,
    PublicTermDecision,
    PublicTermReopening,
    StandingAnswer,
    MadeForm,
    MadeQuestion,
    TariffAction,
    TariffLine,
    TariffVersion,
    LineSuccession,
    ActionRate,
    CoveredLine,
    HtsEdition,
    LookedForNotices,
    CountedFigures,
    Evidence,
    GoodsWord,
)
PUBLIC_TABLES: tuple[str, ...] = tuple(model._meta.db_table for model in PUBLIC_MODELS)
# What a column says of itself that everybody may not read: it is no public table's, whatever page asks for it.
PRIVATE_WORDS = frozenset({"confidential", "secret", "private", "password", "token", "encrypted", "email", "phone"})

_inside: ContextVar[bool] = ContextVar("public_reads", default=False)


def refusals(listed: Sequence[type[models.Model]] = PUBLIC_MODELS) -> list[str]:
    """Return a sentence for each column for which a table cannot be on the list: it is of what is given in confidence,
    or leads to a table that the public may not read. A yes or no tells nothing of what it is about."""
    tables = {model._meta.db_table for model in listed}
    found = []
    for model in listed:
        for field in model._meta.local_concrete_fields:
            where = f"{model._meta.db_table}.{field.column}"
            if not isinstance(field, models.BooleanField) and PRIVATE_WORDS & _words_of(field):
                found.append(f"{where} may hold confidential matter. Mend the page that asks for this table instead.")
            elif field.related_model is not None and field.related_model._meta.db_table not in tables:
                found.append(f"{where} leads to {field.related_model._meta.db_table}, which the public may not read.")
    return found


def _words_of(field: "models.Field[Any, Any]") -> set[str]:
    """Return the words of a column's name, and of what is said beside it."""
    said = f"{field.name} {field.column} {field.verbose_name} {field.help_text}".lower()
    said = said.replace("in confidence", "confidential").replace("e-mail", "email")
    return set(re.findall(r"[a-z]+", said))


@contextmanager
def public_reads() -> Iterator[None]:
    """Read the product's tables through the public role within this block."""
    before = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(before)


class PublicReads:
    """The database router: which connection a query takes."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        """Inside a public page the public role reads every table of the product but that of the signed-in person."""
        ours = model._meta.app_label == "exclusions" and model._meta.label != settings.AUTH_USER_MODEL
        return ALIAS if _inside.get() and ours else "default"

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        """Everything is written through the first connection."""
        return "default"

    def allow_relation(self, first: models.Model, second: models.Model, **hints: Any) -> bool | None:
        """Both connections lead to one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """The public role changes nothing."""
        return False if db == ALIAS else None
