"""Each table that declares a guard has it, on either database, and has it again after whatever a migration does."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder

from exclusions.actions.record.events import record_event
from exclusions.models import Event, PetitionVersion, PublicPetition, Recusal, Round, TariffVersion, guards
from exclusions.models.guards import AppendOnly
from tests.factories.public import make_public

pytestmark = pytest.mark.both_databases("Triggers are written for each.")

MODELS = [model for model in apps.get_models() if getattr(model, "guards", ())]
KEPT = {model: guard for model in MODELS for guard in model.guards if isinstance(guard, AppendOnly)}  # type: ignore[attr-defined]
WHOLLY = [model for model, guard in KEPT.items() if not guard.once and not guard.but]
MOMENT = datetime(2019, 7, 8, 14, 0, tzinfo=UTC)
FILLED: dict[Any, Callable[[], Any]] = {
    models.BooleanField: lambda: True,
    models.DateField: lambda: date(2019, 7, 8),
    models.DateTimeField: lambda: MOMENT,
    models.JSONField: dict,
    models.UUIDField: uuid4,
    models.TextField: lambda: "words",
    models.SlugField: lambda: "word",
    models.CharField: lambda: "word",
    models.EmailField: lambda: "word@example.test",
    models.BigAutoField: lambda: 1,
    models.BigIntegerField: lambda: 1,
    models.PositiveIntegerField: lambda: 1,
    models.PositiveSmallIntegerField: lambda: 1,
}

# What the constraints of a table want otherwise: the first decision supersedes none, and two persons are two.
FITTING: dict[str, dict[str, Any]] = {
    "Decision": {"version": 2},
    "Reopening": {"confirmed_by_id": 2},
    "Closing": {"confirmed_by_id": 2},
    "Inquiry": {"lapsed_at": None},
    "TermDecision": {"recommended_by_id": 2},
    "TermReopening": {"confirmed_by_id": 2},
    "Argument": {"end": 2, "start": 1},
    "ArgumentAnswer": {"standing_id": None, "reason": ""},
    "Amendment": {"confirmed_by_id": 2, "dropped_at": None},
}

# Any plan will do: before a migration of ours, what reads other tables than its own gives way.
PLAN = [(Migration("any", "exclusions"), False)]


def filled(field: Any) -> Any:
    """Return a value for a column, whatever it means; a choice is the first of its choices."""
    if field.choices:
        return next(iter(dict(field.flatchoices)))
    return FILLED[type(field.target_field if isinstance(field, models.ForeignKey) else field)]()


def put_row(model: type[models.Model]) -> None:
    """Insert a row with every column filled. What it points at need not be there: that is asked at a commit only."""
    values = {field.attname: filled(field) for field in model._meta.local_concrete_fields}
    row = model(**{**values, **FITTING.get(model.__name__, {})})
    model._default_manager.bulk_create([row])


def refused(statement: str) -> bool:
    """Say whether the database refuses a statement as one against its record."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def update(model: type[models.Model], column: str | None = None) -> str:
    """Return the statement that writes a column (the key, if none is named) of each row as it is."""
    found = column or model._meta.pk.column
    return f"UPDATE {model._meta.db_table} SET {found} = {found}"


def delete(model: type[models.Model]) -> str:
    return f"DELETE FROM {model._meta.db_table}"


@pytest.mark.django_db
@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_the_database_refuses_to_delete_a_row_that_stands(model: type[models.Model]) -> None:
    with transaction.atomic():
        put_row(model)
        assert refused(delete(model))
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("model", WHOLLY, ids=lambda model: model.__name__)
def test_the_database_refuses_to_write_a_row_that_stands(model: type[models.Model]) -> None:
    with transaction.atomic():
        put_row(model)
        assert refused(update(model))
        transaction.set_rollback(True)


def test_what_is_added_and_never_rewritten_says_so_beside_its_table() -> None:
    names = {"AccessLog", "Anchor", "ArgumentAnswer", "BlindDraw", "BlindShare",
             "BulkCertificate", "CaseNote", "Closing", "CommentLine",
             "CommitteeAssessment", "ConfidentialityRefusal", "ConsistencyReview", "Contact", "Cure",
             "CustomsOpinion", "Decision", "Digest", "DueAlert", "Event", "Exclusion", "ExclusionNumber",
             "ExclusionTerm", "ExclusionText", "ExpiryReminder", "Finding", "InquiryAnswer", "JointAct",
             "JointActMember", "JointStatement", "LegalReview", "ListHeading", "ListedExclusion", "LookedForNotices",
             "MadeForm", "MadeQuestion", "Mention", "NotThem", "NoticeCase", "NoticeTerm", "NumberSettlement",
             "OwnView", "PrintedWording", "ProductDraft", "PublicCommentLine", "PublicTermDecision",
             "PublicTermReopening", "Recommendation", "Reopening", "Reply",
             "RoundOrder", "Seal", "StageTarget", "Supplement", "TermDecision", "TermRecommendation", "TermReopening",
             "TextMark"}  # fmt: skip
    assert {model.__name__ for model in WHOLLY} == names
    assert {model.__name__ for model in KEPT.keys() - set(WHOLLY)} == {
        "Absence",
        "Amendment",
        "Argument",
        "Assignment",
        "CaseTag",
        "FederalNotice",
        "Inquiry",
        "Letter",
        "LetterTemplate",
        "PetitionVersion",
        "Proposal",
        "PublicNotice",
        "Recusal",
        "StandingAnswer",
        "Tag",
    }


@pytest.mark.django_db
def test_of_a_recusal_only_the_end_is_entered() -> None:
    with transaction.atomic():
        put_row(Recusal)
        Recusal.objects.update(ended_at=None)
        Recusal.objects.update(ended_at=MOMENT)
        assert refused("UPDATE exclusions_recusal SET reason = 'another'")
        assert Recusal.objects.get().reason == "words"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_answers_are_open_until_they_are_sealed() -> None:
    with transaction.atomic():
        put_row(PetitionVersion)
        assert refused(update(PetitionVersion))
        transaction.set_rollback(True)
    with transaction.atomic():
        version = PetitionVersion(petition_id=uuid4(), saved_at=MOMENT)
        PetitionVersion.objects.bulk_create([version])
        PetitionVersion.objects.update(number=2)
        assert PetitionVersion.objects.filter(number=2).delete()[0] == 1
        transaction.set_rollback(True)


@pytest.mark.postgres
@pytest.mark.django_db
def test_no_table_that_stands_can_be_emptied_at_once() -> None:
    for model in KEPT:
        assert refused(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.django_db
def test_every_declared_guard_is_in_the_database_and_no_other() -> None:
    found = {name: trigger.sql for name, trigger in guards.installed_triggers(connection).items()}
    assert found == {name: trigger.sql for name, (trigger, _) in guards.declared(connection.vendor).items()}
    assert guards.install(connection) == []


def rebuild(model: type[models.Model]) -> None:
    """Lose the triggers of a table: SQLite does whenever it makes a table anew, elsewhere somebody has to drop them."""
    if connection.vendor == "sqlite":
        guards.before_migrate(using="default", plan=PLAN)
        with connection.schema_editor() as editor:
            editor._remake_table(model)  # type: ignore[attr-defined]
        return
    with connection.cursor() as cursor:
        for trigger in guards.installed_triggers(connection).values():
            if trigger.table == model._meta.db_table:
                cursor.execute(f"DROP TRIGGER {trigger.name} ON {trigger.table}")


@pytest.mark.django_db(transaction=True)
def test_tables_that_were_made_anew_have_their_guards_again_after_migrate() -> None:
    before = guards.installed_triggers(connection)
    kept = []
    for model in MODELS:
        rebuild(model)
        mine = {name for name, trigger in before.items() if trigger.table == model._meta.db_table}
        kept += mine & guards.installed_triggers(connection).keys()
    assert kept == []
    assert {trigger.table for trigger in before.values()} >= {model._meta.db_table for model in KEPT}
    call_command("migrate", verbosity=0)
    assert guards.installed_triggers(connection) == before


@pytest.mark.django_db(transaction=True)
def test_a_guard_that_was_switched_off_or_rewritten_is_put_right() -> None:
    table = Event._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_delete")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_delete")
            cursor.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT 1; END")
    record_event("petition:one", "submit", by=None, at=MOMENT)
    call_command("migrate", verbosity=0)
    assert refused(delete(Event))


@pytest.mark.django_db(transaction=True)
def test_a_guard_that_nobody_declares_any_longer_goes() -> None:
    old = f"CREATE TRIGGER exclusions_old BEFORE DELETE ON {PublicPetition._meta.db_table} "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{old} FOR EACH ROW EXECUTE FUNCTION exclusions_refuse()")
        else:
            cursor.execute(f"{old} BEGIN SELECT RAISE(ABORT, 'append-only'); END")
    call_command("migrate", verbosity=0)
    assert "exclusions_old" not in guards.installed_triggers(connection)


@pytest.mark.django_db(transaction=True)
def test_a_database_between_two_migrations_is_left_alone() -> None:
    rebuild(Event)
    before = guards.installed_triggers(connection)
    applied = MigrationRecorder(connection).migration_qs.filter(app="exclusions").order_by("pk")
    name = applied.values_list("name", flat=True)[applied.count() - 1]
    applied.filter(name=name).delete()
    try:
        guards.after_migrate(using="default")
        assert guards.installed_triggers(connection) == before
    finally:
        MigrationRecorder(connection).record_applied("exclusions", name)
        guards.after_migrate(using="default")
    assert guards.installed_triggers(connection).keys() > before.keys()


@pytest.mark.django_db(transaction=True)
def test_what_changed_while_a_table_had_no_guards_is_made_good() -> None:
    make_public(1, product_name="Quartz slabs")
    stamp = TariffVersion.current()
    rebuild(PublicPetition)
    rebuild(Round)
    PublicPetition.objects.update(product_name="Marble slabs")
    call_command("migrate", verbosity=0)
    assert PublicPetition.objects.matching("marble").count() == 1
    assert PublicPetition.objects.matching("quartz").count() == 0
    assert TariffVersion.current() != stamp


@pytest.mark.django_db(transaction=True)
def test_the_record_is_guarded_again_after_a_flush() -> None:
    record_event("petition:one", "submit", by=None, at=MOMENT)
    guards.lift(connection)  # which refuse a flush, too
    call_command("flush", interactive=False, verbosity=0)
    assert not Event.objects.exists()
    record_event("petition:one", "submit", by=None, at=MOMENT)
    assert refused(delete(Event))
