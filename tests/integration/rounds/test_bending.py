"""An administrator with every permission tries each way to bend a live round, by POST: refused, or seen by all."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from exclusions.actions.people.proposals import confirm, propose
from exclusions.actions.rounds.versions import DAYS
from exclusions.models import Event, Notification, Petition, Round, TariffAction, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.cast import SignedIn
from tests.factories.facts import make_action
from tests.factories.people import make_person
from tests.integration.people.test_every_admin_door import filled

pytestmark = pytest.mark.django_db
WHY = {"reason": "The notice of August changed it.", "authority": "84 FR 40000"}
# Each field of the form, with another value than the round has.
BENT: Mapping[str, Any] = {
    "title": "Another title",
    "kind": "machinery",
    "eligible_chapters": ["68"],
    "citation": "84 FR 1",
    "channel": "elsewhere",
    "questionnaire": "petition-2018",
    "response_questionnaire": "",
    "reply_questionnaire": "",
    "purchase_periods": ["2018"],
    "criteria": ["availability"],
    "criteria_version": "2030-01",
    "procedure_version": "2030-01",
    "retroactive_rule": "publication",
    "retroactive_from": "2019-01-01",
    "term_rule": "notice",
    "term_ends_on": "2030-01-01",
    "heading": "9903.88.56",
    "note": "20(z)",
    "actions": None,  # another list, made by the test
}
HELD = ("slug", "docket", "is_demo", *DAYS)


@pytest.fixture
def live(petition_in: Any, list3: Round, clock: Clock) -> Petition:
    with_periods = {"purchase_periods": ["2018", "2019-Q1"]}
    Round.objects.filter(pk=list3.pk).update(**with_periods)
    petition: Petition = petition_in(Status.POSTED)
    return petition


def page_of(client: SignedIn, round: Round) -> tuple[str, dict[str, Any]]:
    """Return the address of the admin's form, and what a browser would send of it unchanged."""
    address = reverse("admin:exclusions_round_change", args=[round.pk])
    return address, dict(filled(client.get(address).context["adminform"].form))


def rules(round: Round) -> dict[str, Any]:
    lists: Iterator[str] = iter(round.actions.order_by("code").values_list("code", flat=True))
    return {**Round.objects.filter(pk=round.pk).values().get(), "lists": list(lists), "superseded_at": None}


def test_every_field_of_the_form_is_tried(live: Petition, admin: User) -> None:
    _, sent = page_of(SignedIn(admin), live.round)
    form = SignedIn(admin).get(reverse("admin:exclusions_round_change", args=[live.round_id])).context["adminform"].form
    assert set(form.fields) == set(BENT) | set(WHY)
    assert not set(HELD) & set(sent)


@pytest.mark.parametrize("field", BENT)
def test_a_bent_rule_is_a_version_for_others_seen_by_the_auditor_and_told_to_the_owner(
    field: str, live: Petition, admin: User, auditor: User
) -> None:
    client, before = SignedIn(admin), rules(live.round)
    address, sent = page_of(client, live.round)
    value = BENT[field] if field != "actions" else [make_action("1", heading="99038801", number="84138100").pk]
    refused = client.post(address, {**sent, field: value})
    assert refused.status_code == 200, "without a reason"
    assert Round.objects.count() == 1
    assert client.post(address, {**sent, **WHY, field: value}).status_code == 302
    live.refresh_from_db()
    assert live.round.version == 1
    assert rules(live.round) == before, "the case keeps the rules that it was filed under"
    assert Round.objects.current().get(slug="list-3").version == 2
    event = Event.objects.get(subject="round:list-3")
    assert (event.kind, event.by, event.data["fields"]) == ("round_version", admin, [field])
    seen = SignedIn(auditor).get(reverse("staff-events")).content.decode()
    assert event.description in seen
    assert WHY["reason"] in seen
    assert Notification.objects.filter(template="round_changed", to=live.filed_by.email).exists()
    assert WHY["reason"] in client.get(reverse("round-versions", args=["list-3"])).content.decode()


def test_what_the_form_does_not_offer_is_not_taken_from_a_post(live: Petition, admin: User) -> None:
    client = SignedIn(admin)
    address, sent = page_of(client, live.round)
    forged = {"slug": "other", "docket": "USTR-2030-0001", "is_demo": "on", "closes_at_0": "2030-01-01",
              "closes_at_1": "00:00", "opens_at_0": "2018-01-01", "opens_at_1": "00:00", "version": "9",
              "day_unit": "business", "response_days": "1", "reply_days_after_close": "1"}  # fmt: skip
    before = rules(live.round)
    client.post(address, {**sent, **WHY, **forged})
    client.post(address, {**sent, **WHY, **forged, "title": "Another title"})
    live.refresh_from_db()
    assert rules(live.round) == before
    now = Round.objects.current().get()
    held = {name: getattr(now, name) for name in HELD}
    assert held == {name: before[name] for name in HELD}
    assert client.post(address, {**sent, **WHY, "title": "Third"}).status_code in {302, 404}, (
        "version 1 is no more there"
    )


def test_nothing_is_deleted_and_the_list_of_a_live_round_is_told_when_it_changes(
    live: Petition, admin: User, auditor: User
) -> None:
    client = SignedIn(admin)
    assert (
        client.post(reverse("admin:exclusions_round_delete", args=[live.round_id]), {"post": "yes"}).status_code == 403
    )
    chosen = {"action": "delete_selected", "_selected_action": [live.round_id], "post": "yes"}
    client.post(reverse("admin:exclusions_round_changelist"), chosen)
    assert Round.objects.filter(pk=live.round_id).exists()
    line = TariffAction.objects.get(code="3").covered_lines.get()
    row = {"table": "line", "key": line.pk, "values": {"valid_to": "2019-07-01"}}
    facts, at = {"rows": [row], "as_of": "2019-06-30"}, timezone.now()
    asked = propose("change_list", line.action_id, facts=facts, reason="84 FR 30000.", by=admin, at=at)
    confirm(asked, by=make_person("Second Admin", role="admin"), at=at)
    assert "Change a list, its rates or its lines" in SignedIn(auditor).get(reverse("staff-events")).content.decode()
    assert Notification.objects.filter(template="round_changed", to=live.filed_by.email).exists()
    assert list(breaks()) == []


def test_the_index_says_of_each_table_what_it_is(admin: User) -> None:
    page = SignedIn(admin).get(reverse("admin:index")).content.decode()
    named = ["Editions of the tariff schedule", "Lines of the lists", "Readings of confidential matter"]
    for words in (*named, "Numbers that replaced others", "Who read confidential matter.", "Tradecases administration"):
        assert words in page
    for furniture in ("Hts editions", "Line successions", "Access logs", "Social", "Authenticators", "Groups"):
        assert furniture not in page
    petitions = SignedIn(admin).get(reverse("admin:exclusions_petition_changelist")).content.decode()
    assert "Step:" not in petitions
    assert 'status=draft"' not in petitions


def test_a_round_without_factors_is_refused_with_what_is_frozen(live: Petition, admin: User) -> None:
    client = SignedIn(admin)
    address, sent = page_of(client, live.round)
    refused = client.post(address, {**sent, **WHY, "criteria": []}).content.decode()
    assert "Tick at least one factor. You cannot take away the factors of petitions already filed" in refused
