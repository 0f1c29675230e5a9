"""An administrator with every permission at every door of the administration: refused, or an event for the auditor.

Complete by construction: the tables come from the admin's own register, the columns of a person from the model.
"""

from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from zeal import zeal_ignore

from exclusions.actions.review.interests import declare
from exclusions.models import AccessLog, Event, Interest, Notification, User
from tests.conftest import Clock
from tests.factories.cast import SignedIn
from tests.factories.people import LONG_AGO, PASSWORD, make_person
from tests.factories.tariff import follow
from tests.factories.world import World

pytestmark = pytest.mark.django_db
# fmt: off
# What makes a copy of a row one of its own.
COPIED: Mapping[str, Mapping[str, Any]] = {
    "round": {"slug": "another", "docket": "USTR-2030-0001", "opens_at_0": "2030-01-02", "opens_at_1": "00:00",
              "day_unit": "calendar", "roll_rule": "none",
              "closes_at_0": "2030-03-02", "closes_at_1": "23:59", "purchase_periods": ["2018"]},
    "interest": {"name": "Elsewhere Inc.", "nature": "Shares"},
}
# What a change has to say, where a change of nothing is none.
CHANGED: Mapping[str, Mapping[str, str]] = {"round": {"title": "Another title", "reason": "The notice says so."}}
# fmt: on
# Each column of a person, and the act of two persons that writes it; empty: nobody does.
WRITES = {
    "id": "",
    "date_joined": "",
    "last_login": "",
    "groups": "",
    "user_permissions": "",
    "email": "change_address",
    "full_name": "change_name",
    "role": "change_staff_role",
    "leads": "change_lead",
    "is_staff": "change_staff_role",
    "is_superuser": "change_staff_role",
    "is_active": "deactivate",
    "password": "reset_password",
}


def filled(form: forms.BaseForm) -> Iterator[tuple[str, Any]]:
    """Yield what a browser would send of a form as it stands."""
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        if isinstance(widget, forms.MultiWidget):
            yield from ((f"{bound.html_name}_{at}", part) for at, part in enumerate(widget.decompress(value)) if part)
        elif value is not None and value is not False:
            prepared = bound.field.prepare_value(value) if not isinstance(value, list) else value
            yield bound.html_name, prepared


def sent(answer: Any, *, copy: bool) -> dict[str, Any]:
    """Return what a browser would send of a page of the admin; for a copy without the rows that hang on it."""
    data = dict(filled(answer.context["adminform"].form))
    for inline in answer.context["inline_admin_formsets"]:
        data |= dict(filled(inline.formset.management_form))
        if copy:
            data |= {f"{inline.formset.prefix}-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
            continue
        for form in inline.formset.forms:
            data |= dict(filled(form))
    return data


def events() -> set[int]:
    return set(Event.objects.values_list("pk", flat=True))


def tried(label: str, verb: str, client: SignedIn, row: Any) -> Any:
    """Do one thing to one row as a browser would; return the answer."""
    base = f"admin:exclusions_{label}"
    change = reverse(f"{base}_change", args=[row.pk])
    if verb == "delete":
        return client.post(reverse(f"{base}_delete", args=[row.pk]), {"post": "yes"})
    page = client.get(change)
    data = sent(page, copy=verb == "add") if page.context and "adminform" in page.context else {}
    if verb == "add":
        return client.post(reverse(f"{base}_add"), {**data, **COPIED.get(label, {}), "user": row.pk})
    return client.post(change, {**data, **CHANGED.get(label, {})})


@pytest.fixture
def shown(world: World, cast: dict[str, User], clock: Clock) -> World:
    """Return the world with a row of each kind that it lacks."""
    AccessLog.objects.create(
        subject=f"petition:{world.posted.pk}", what="case", by=cast["admin"], role="admin", at=clock.now
    )
    declare(user=cast["reviewer1"], name="Someone Inc.", nature="Shares", by=cast["reviewer1"], at=clock.now)
    follow("8413810010", "8413810040")
    return world


def test_every_table_is_closed_or_leaves_an_event_that_the_auditor_sees(shown: World, cast: dict[str, User]) -> None:
    client, request = SignedIn(cast["admin"]), RequestFactory().get("/")
    request.user = cast["admin"]
    wrong, recorded = [], set()
    for register in django_admin.site._registry.values():
        label = str(register.opts.model_name)
        row = register.get_queryset(request).order_by("pk").first()
        if row is None:
            asks = (register.has_add_permission, register.has_change_permission, register.has_delete_permission)
            if any(ask(request) for ask in asks):
                wrong.append(f"{label}: there is no row to try")
            continue
        for verb in ("add", "change", "delete"):
            before = events()
            with zeal_ignore():
                answer = tried(label, verb, client, cast["reviewer1"] if label == "interest" and verb == "add" else row)
            new = Event.objects.filter(pk__in=events() - before)
            kept = verb == "delete" and type(row)._default_manager.filter(pk=row.pk).exists()
            if answer.status_code == 403 or kept:
                if new:
                    wrong.append(f"{label} {verb}: refused, and wrote")
            elif not new:
                errors = answer.context and "adminform" in answer.context and answer.context["adminform"].errors
                wrong.append(f"{label} {verb}: {answer.status_code} without an event {errors or ''}")
            else:
                recorded.add(f"{label} {verb}")
                seen = SignedIn(cast["auditor"]).get(reverse("staff-events")).content.decode()
                words = new.latest("pk").description
                if words not in seen or str(cast["admin"]) not in seen:
                    wrong.append(f"{label} {verb}: the auditor does not see it")
    assert wrong == [], "\n".join(wrong)
    assert not {one for one in recorded if one.split()[0] in {"user", "organization", "authorization", "membership"}}


def test_only_tables_of_the_product_are_shown(db: None) -> None:
    foreign = [model for model in django_admin.site._registry if model._meta.app_label != "exclusions"]
    assert foreign == []
    for model in (Group, EmailAddress):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_no_column_of_a_person_is_written_there(admin: User, legal: User, cast: dict[str, User]) -> None:
    columns = {field.name for field in User._meta.get_fields() if not field.auto_created or field.concrete}
    assert set(WRITES) == columns
    Group.objects.create(pk=1, name="Everything")
    client, url = SignedIn(admin), reverse("admin:exclusions_user_change", args=[legal.pk])
    before = User.objects.filter(pk=legal.pk).values().get()
    for person in (legal, admin):
        url = reverse("admin:exclusions_user_change", args=[person.pk])
        for column in columns:
            assert client.post(url, {column: "1"}).status_code == 403, column
    client.post(f"{url.removesuffix('change/')}password/", {"password1": "x", "password2": "x"})
    assert User.objects.filter(pk=legal.pk).values().get() == before
    assert not legal.groups.exists()


def test_each_column_that_is_written_at_all_has_an_act_for_it() -> None:
    from exclusions.workflow.two_persons import ACTS  # noqa: PLC0415

    assert {act for act in WRITES.values() if act} <= set(ACTS)


def test_the_flags_alone_open_no_administration(signatory: User) -> None:
    User.objects.filter(pk=signatory.pk).update(is_staff=True, is_superuser=True)
    signatory.refresh_from_db()
    assert SignedIn(signatory).get(reverse("admin:index")).status_code in {302, 403}
    assert SignedIn(signatory).get(reverse("admin:exclusions_round_changelist")).status_code in {302, 403}


def test_an_interest_that_is_declared_or_ended_for_somebody_is_told_to_them(admin: User, reviewer1: User) -> None:
    client = SignedIn(admin)
    url = reverse("admin:exclusions_interest_add")
    with zeal_ignore():
        assert client.post(url, {"user": reviewer1.pk, "name": "Elsewhere", "nature": "Shares"}).status_code == 302
        ended = {"action": "end_interests", "_selected_action": [Interest.objects.get().pk]}
        client.post(reverse("admin:exclusions_interest_changelist"), ended)
    told = Notification.objects.filter(template="account_changed", to=reviewer1.email)
    assert [message.context["what"].split()[-3] for message in told.order_by("pk")] == ["declared", "ended"]


def test_staff_change_no_address_of_theirs(admin: User, importer: User) -> None:
    url = reverse("account_email")
    for sent_to_it in ({"action_add": "", "email": "other@example.test"}, {"action_primary": "", "email": admin.email}):
        assert SignedIn(admin).post(url, sent_to_it).status_code == 403
    assert "Add address" not in SignedIn(admin).get(url).content.decode()
    assert "Add address" in SignedIn(importer).get(url).content.decode()
    assert EmailAddress.objects.filter(user=admin).count() == 1


def test_the_own_password_is_an_event(admin: User, auditor: User) -> None:
    client, new = SignedIn(admin), "another sound phrase of mine"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), data).status_code == 302
    event = Event.objects.get(subject=f"user:{admin.pk}")
    assert (event.kind, event.by) == ("own_password_changed", admin)
    assert "Own password changed" in SignedIn(auditor).get(reverse("staff-events")).content.decode()
    admin.refresh_from_db()
    assert SignedIn(admin).get(reverse("admin:password_change"))["Location"] == reverse("account_change_password")


def test_the_shell_makes_two_administrators_on_record_and_no_third(db: None, monkeypatch: Any) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    for number in (1, 2):
        call_command("createsuperuser", interactive=False, email=f"chief{number}@example.test", stdout=StringIO())
        made = User.objects.get(email=f"chief{number}@example.test")
        assert Event.objects.get(subject=f"user:{made.pk}").kind == "made_administrator"
    assert [one.to for one in Notification.objects.filter(template="account_changed")] == ["chief1@example.test"]
    with pytest.raises(CommandError, match="one proposes it, the other confirms it"):
        call_command("createsuperuser", interactive=False, email="chief3@example.test", stdout=StringIO())
    User.objects.filter(email="chief2@example.test").update(is_active=False)
    call_command("createsuperuser", interactive=False, email="chief3@example.test", stdout=StringIO())


def test_a_password_set_from_the_shell_is_on_record_and_told(admin: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt="": "another sound phrase")
    call_command("changepassword", admin.email, stdout=StringIO())
    assert Event.objects.get(subject=f"user:{admin.pk}").kind == "set_password_from_shell"
    assert Notification.objects.filter(to=admin.email, template="account_changed").count() == 1


def test_the_list_of_events_asks_no_more_for_more_rows(auditor: User, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        person = make_person(f"Pat Person{number}", role="legal")
        declare(user=person, name="Elsewhere", nature="Shares", by=person, at=LONG_AGO)
    client = SignedIn(auditor)
    with django_assert_max_num_queries(7):
        page = client.get(reverse("staff-events")).content.decode()
    assert page.count("Interest declared") == 8
    assert "Interest declared" not in client.get(reverse("staff-events"), {"q": "nobody at all"}).content.decode()
