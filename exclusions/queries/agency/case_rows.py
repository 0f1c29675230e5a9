"""All that staff put on the record of a case, read in one statement with the people in it.

A page of a case shows some fifteen kinds of entries, and its buttons ask for them again. They are put where
`petition.findings.all()` and the like look first, so that whoever asks that way asks the database nothing more.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db import connections, models, router

from exclusions.gateways.database.together import Fetch
from exclusions.models import (
    Assignment,
    CommitteeAssessment,
    ConfidentialityRefusal,
    ConsistencyReview,
    Contact,
    CustomsOpinion,
    Decision,
    Event,
    Exclusion,
    Finding,
    LeakSettlement,
    LegalReview,
    Letter,
    Petition,
    PetitionVersion,
    ProductDraft,
    Recommendation,
    Recusal,
    Reopening,
    Screening,
    User,
)
from exclusions.workflow.roles import Role

OF_PETITION: dict[str, type[models.Model]] = {
    "assessments": CommitteeAssessment,
    "assignments": Assignment,
    "confidentiality_refusals": ConfidentialityRefusal,
    "consistency_reviews": ConsistencyReview,
    "contacts": Contact,
    "drafts": ProductDraft,
    "findings": Finding,
    "leak_settlements": LeakSettlement,
    "legal_reviews": LegalReview,
    "letters": Letter,
    "recommendations": Recommendation,
    "recusals": Recusal,
    "versions": PetitionVersion,
}
# What the drafter and the publisher need of it: they work from the public version.
ON_PUBLIC_SIDE = ("assignments", "drafts", "findings", "versions")
RECORD = "_record_of_case"


@dataclass(frozen=True)
class CaseRecord:
    """What is on record beside what the petition's own relations give: events and letters oldest first; every decision
    that was ever signed, newest first.
    """

    events: list[Event]
    letters: list[Letter]
    decisions: list[Decision]


def read_case(petition: Petition, *, whole: bool) -> CaseRecord:
    """Read the record of a case into the petition and return the rest of it, for somebody who reads the case whole.

    For others it reads no more than they need: no events, no letters. One statement, whatever is on record, and none
    the second time. Call it on a petition that is read for one page, and not acted on.
    """
    return cast("CaseRecord", petition.__dict__[RECORD]) if is_read(petition) else record_fetch(petition, whole).found()


def record_fetch(petition: Petition, whole: bool) -> Fetch[CaseRecord]:
    """The same of a petition that was not read, to be asked with others; it is read into it as this is found."""
    connection = connections[router.db_for_read(Petition)]
    found, statement, of_case = _statement(whole, connection.vendor)
    key = models.UUIDField().get_db_prep_value(petition.pk, connection)
    values = [key] * of_case + ([f"petition:{petition.pk}"] if whole else [])

    def made(printed: list[tuple[Any, ...]]) -> CaseRecord:
        return _kept(petition, whole, _instances(found, printed, connection))

    return Fetch(connection.alias, (statement, values), made)


def _kept(petition: Petition, whole: bool, rows: dict[type[models.Model], list[models.Model]]) -> CaseRecord:
    """Put what was read where the petition's own relations look; return the rest."""
    of_petition = {name: OF_PETITION[name] for name in (OF_PETITION if whole else ON_PUBLIC_SIDE)}
    for name, model in of_petition.items():
        _keep(petition, name, model, rows[model])
        for row in rows[model]:
            cast("Any", row).petition = petition
    drafted, opinions = cast("Any", (rows[ProductDraft], rows[CustomsOpinion]))
    for draft in drafted:
        _keep(draft, "opinions", CustomsOpinion, [opinion for opinion in opinions if opinion.draft_id == draft.pk])
        for opinion in draft.opinions.all():
            opinion.draft = draft
    _keep_screenings([*drafted, *opinions], cast("Any", rows[Screening]))
    events = sorted(cast("list[Event]", rows.get(Event, [])), key=lambda event: event.sequence)
    decisions = _decisions(petition, cast("Any", rows))
    petition.__dict__[RECORD] = CaseRecord(events, _letters(cast("Any", rows.get(Letter, []))), decisions)
    return cast("CaseRecord", petition.__dict__[RECORD])


def without_level1(petition: Petition, record: CaseRecord) -> CaseRecord:
    """Take out of a case that was read whatever level 1 put on record, for who is to judge before reading it."""
    for name in ("findings", "recommendations"):
        _keep(petition, name, OF_PETITION[name], [row for row in getattr(petition, name).all() if row.level != 1])
    events = [event for event in record.events if event.role != Role.REVIEWER1]
    petition.__dict__[RECORD] = CaseRecord(events, record.letters, record.decisions)
    return cast("CaseRecord", petition.__dict__[RECORD])


def _letters(found: list[Any]) -> list[Letter]:
    """The letters, each with the code of the one that supersedes it."""
    codes = {letter.supersedes_id: letter.code for letter in found}
    for letter in found:
        letter.next_code = codes.get(letter.pk)
    return sorted(found, key=lambda letter: (letter.issued_at, letter.pk))


def _decisions(petition: Petition, rows: Mapping[type[models.Model], list[Any]]) -> list[Decision]:
    granted = {row.pk: row for row in rows[Exclusion]}
    again = {row.decision_id: row for row in rows[Reopening]}
    for row in rows[Decision]:
        row._state.fields_cache |= {
            "petition": petition,
            "exclusion": granted.get(row.exclusion_id),
            "reopening": again.get(row.pk),
        }
    return sorted(rows[Decision], key=lambda row: -row.version)


def is_read(petition: Petition) -> bool:
    """Say whether the record of a case was read into the petition."""
    return "findings" in getattr(petition, "_prefetched_objects_cache", {})


def _instances(
    tables: Mapping[str, type[models.Model]], read: list[tuple[Any, ...]], connection: Any
) -> dict[type[models.Model], list[models.Model]]:
    """Return the rows of several tables, each a JSON array as the database prints it, by their models."""
    rows: dict[type[models.Model], list[models.Model]] = {model: [] for model in tables.values()}
    people: dict[int, User] = {}
    for table, printed in read:
        rows[tables[table]].append(_instance(tables[table], json.loads(printed), connection, people))
    return rows


@cache
def _statement(whole: bool, vendor: str) -> tuple[dict[str, type[models.Model]], str, int]:
    """The tables by their names, the statement that prints their rows, and how often it asks for the petition's key;
    with `whole`, it asks last for the subject of its events."""
    decision, within = Decision._meta.db_table, "{0}_id IN (SELECT id FROM {1} WHERE petition_id = %s)"
    wanted: list[tuple[type[models.Model], str]] = [
        *((OF_PETITION[name], "petition_id = %s") for name in (OF_PETITION if whole else ON_PUBLIC_SIDE)),
        (CustomsOpinion, within.format("draft", ProductDraft._meta.db_table)),
        (Reopening, within.format("decision", decision)),
        (Screening, "petition_id = %s"),
        (Decision, "petition_id = %s"),
        (Exclusion, f"id IN (SELECT exclusion_id FROM {decision} WHERE petition_id = %s)"),
    ]
    of_case = len(wanted)
    wanted += [(Event, "subject = %s")] if whole else []
    printing = " UNION ALL ".join(f"{_printing(model, vendor)} WHERE {where}" for model, where in wanted)
    return {model._meta.db_table: model for model, _ in wanted}, printing, of_case


# What a record says of a person; of the rest, secrets among it, nothing is read.
_OF_PERSON = ("id", "email", "full_name", "role")


@cache
def _printing(model: type[models.Model], vendor: str) -> str:
    """The SQL that prints the rows of a table: its columns, and the people whom it names."""
    array, text = ("json_build_array", "text") if vendor == "postgresql" else ("json_array", "TEXT")
    table, people = model._meta.db_table, User._meta.db_table
    person = f"(SELECT {array}({', '.join(_OF_PERSON)}) FROM {people} WHERE {people}.id = {table}.{{}})"
    # A part that SQLite did not just make is a text to it, unless it is told what it is.
    person = person if vendor == "postgresql" else f"json({person})"
    fields, _, named, _ = _columns(model, vendor)
    printed = [*(f'"{field.column}"' for field in fields), *(person.format(field.column) for field in named)]
    return f"SELECT '{table}', CAST({array}({', '.join(printed)}) AS {text}) FROM {table}"


@cache
def _columns(model: type[models.Model], vendor: str) -> tuple[list[Any], list[str], list[Any], list[Any]]:
    """The fields of a table, the names that an instance is made by, which fields name a person, how each is read."""
    fields = list(model._meta.concrete_fields)
    people = [field for field in fields if field.related_model is User]
    return fields, [field.attname for field in fields], people, [_reader(field, vendor) for field in fields]


def _instance(model: type[models.Model], printed: list[Any], connection: Any, people: dict[int, User]) -> models.Model:
    """A row as the ORM would give it, with the people whom it names: each is one object on the whole record."""
    fields, names, named, readers = _columns(model, connection.vendor)
    values = [
        value if read is None or value is None else read(value)
        for read, value in zip(readers, printed, strict=False)  # the people come after them
    ]
    made = model.from_db(connection.alias, names, values)
    for field, person in zip(named, printed[len(fields) :], strict=True):
        if person is not None:
            if person[0] not in people:
                people[person[0]] = User.from_db(connection.alias, _OF_PERSON, person)
            made._state.fields_cache[field.name] = people[person[0]]
    return made


def _reader(field: Any, vendor: str) -> Callable[[Any], Any] | None:
    """How a value of a field is read from JSON; None where it is there already."""
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    plain = (models.CharField, models.TextField, models.IntegerField)
    found: Callable[[Any], Any] | None = target.to_python
    if isinstance(target, models.DateTimeField):
        found = _moment
    elif isinstance(target, models.UUIDField):
        found = UUID
    elif isinstance(target, models.JSONField):  # SQLite keeps it as a text, and prints that
        found = None if vendor == "postgresql" else json.loads
    elif type(target).to_python in [kind.to_python for kind in (*plain, models.BigAutoField)]:
        found = None
    return found


def _moment(printed: str) -> datetime:
    # SQLite keeps moments in UTC, and prints them without a zone.
    found = datetime.fromisoformat(printed)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _keep(owner: models.Model, name: str, model: type[models.Model], rows: list[Any]) -> None:
    """Put rows where the manager of a relation looks first, as `prefetch_related` does.

    Whoever narrows them further asks the database for those of this owner, as that manager would.
    """
    known: Any = cast("Any", model)._default_manager.get_queryset()
    known._deferred_filter = (False, (), {"draft" if isinstance(owner, ProductDraft) else "petition": owner})
    known._result_cache, known._prefetch_done = sorted(rows, key=lambda row: row.pk), True
    kept: Any = owner
    kept.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known


def _keep_screenings(things: list[Any], screenings: list[Screening]) -> None:
    """Give each draft and opinion its screening, or the knowledge that there is none."""
    of_draft = {row.draft_id: row for row in screenings if row.draft_id}
    of_opinion = {row.opinion_id: row for row in screenings if row.opinion_id}
    for thing in things:
        known = of_draft if isinstance(thing, ProductDraft) else of_opinion
        thing._state.fields_cache["screening"] = known.get(thing.pk)
