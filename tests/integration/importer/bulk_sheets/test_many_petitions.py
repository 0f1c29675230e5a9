"""One act on many petitions of a person: all are withdrawn or deleted, or none and each that refuses is named."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.actions.filing import many
from exclusions.actions.filing.many import delete_many, withdraw_many
from exclusions.errors import Incomplete, SomeRefused
from exclusions.models import Event, Letter, Petition, Round, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.petitions import PATHS, Journey

SignIn = Callable[[User | None], Client]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases(
        "The petitions are locked in one order, so that two who choose the same never deadlock."
    ),
]
WHY = "The product line ends."


@pytest.fixture
def mine(cast: dict[str, User], list3: Round, clock: Clock) -> list[Petition]:
    """Return two petitions that are filed, and a draft."""
    trips = [Journey(cast, list3, clock.now) for _ in range(3)]
    for trip in trips[:2]:
        trip.take(*PATHS[Status.SUBMITTED])
    return [trip.petition for trip in trips]


def test_petitions_are_withdrawn_with_one_reason_and_a_letter_each(
    mine: list[Petition], importer: User, clock: Clock
) -> None:
    assert withdraw_many([one.pk for one in mine[:2]], reason=WHY, by=importer, at=clock.now) == 2
    for petition in mine[:2]:
        petition.refresh_from_db()
        assert petition.status == Status.WITHDRAWN
        assert Event.objects.get(subject=f"petition:{petition.pk}", kind="withdraw").reason == WHY
        assert Letter.objects.filter(petition=petition, kind=Letter.Kind.WITHDRAWAL).count() == 1


def test_where_one_refuses_none_is_withdrawn_or_deleted_and_it_is_named(
    mine: list[Petition], importer: User, clock: Clock
) -> None:
    keys = [one.pk for one in mine]
    with pytest.raises(SomeRefused) as refused:
        withdraw_many(keys, reason=WHY, by=importer, at=clock.now)
    assert list(refused.value.rows) == [str(mine[2])]
    with pytest.raises(SomeRefused) as refused:
        delete_many(keys, by=importer, at=clock.now)
    assert len(refused.value.rows) == 2
    assert Petition.objects.filter(status=Status.WITHDRAWN).count() == 0
    assert Petition.objects.count() == 3


def test_nobody_withdraws_what_is_another_s(mine: list[Petition], rival: User, clock: Clock) -> None:
    with pytest.raises(SomeRefused, match="no such petition of yours"):
        withdraw_many([mine[0].pk], reason=WHY, by=rival, at=clock.now)
    with pytest.raises(Incomplete):
        withdraw_many([], reason=WHY, by=rival, at=clock.now)


def test_no_more_than_so_many_at_once(
    mine: list[Petition], importer: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "MOST", 1)
    with pytest.raises(Incomplete) as refused:
        withdraw_many([one.pk for one in mine[:2]], reason=WHY, by=importer, at=clock.now)
    assert "at most 1" in refused.value.fields["chosen"][0]


def test_the_page_offers_them_asks_why_and_keeps_what_was_chosen(
    mine: list[Petition], importer: User, client_of: SignIn
) -> None:
    client, page = client_of(importer), reverse("petitions-many")
    with zeal_ignore():  # each is withdrawn by the action of one
        act_on_the_page(client, page, mine)


def act_on_the_page(client: Client, page: str, mine: list[Petition]) -> None:
    """Choose, be refused, choose better, on the page of acts on many."""
    assert page in client.get(reverse("petitions")).content.decode()
    keys = [str(one.pk) for one in mine[:2]]
    answer = client.post(page, {"chosen": keys, "act": "withdraw", "reason": " "})
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") == 3  # two petitions and the act
    answer = client.post(page, {"chosen": [*keys, str(mine[2].pk)], "act": "withdraw", "reason": WHY})
    assert answer.status_code == 409
    assert str(mine[2]) in answer.content.decode()
    answer = client.post(page, {"chosen": keys, "act": "withdraw", "reason": WHY}, follow=True)
    assert "2 petitions were withdrawn." in answer.content.decode()
    answer = client.post(page, {"chosen": [str(mine[2].pk)], "act": "delete"}, follow=True)
    assert "1 draft was deleted." in answer.content.decode()
    assert Petition.objects.count() == 2
