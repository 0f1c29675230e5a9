"""Whom agency sign-on lets in; the way through a real provider is in the browser tests."""

from datetime import datetime

import pytest
from allauth.account.models import EmailAddress

from exclusions.actions.people.sign_ons import accept
from exclusions.errors import NotPermitted
from exclusions.models import Event, User
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_a_verified_address_leads_to_its_staff_account_and_the_link_is_on_record(
    reviewer1: User, importer: User, at: datetime
) -> None:
    assert accept(verified_emails=["REMY.reviewer@Example.test"], known=None, at=at) == reviewer1
    event = Event.objects.get(subject=f"user:{reviewer1.pk}")
    assert (event.kind, event.by, event.at) == ("link_agency_sign_on", reviewer1, at)


def test_somebody_linked_before_is_let_in_without_another_event(reviewer1: User, at: datetime) -> None:
    assert accept(verified_emails=[], known=reviewer1, at=at) == reviewer1
    assert not Event.objects.filter(subject=f"user:{reviewer1.pk}").exists()


def test_whoever_left_the_agency_is_kept_out(reviewer1: User, at: datetime) -> None:
    for field, value in (("role", ""), ("is_active", False)):
        left = User.objects.get(pk=reviewer1.pk)
        setattr(left, field, value)
        with pytest.raises(NotPermitted, match="This is not a staff account"):
            accept(verified_emails=[], known=left, at=at)


def test_an_address_that_the_provider_does_not_vouch_for_lets_nobody_in(reviewer1: User, at: datetime) -> None:
    with pytest.raises(NotPermitted, match="did not confirm your e-mail address"):
        accept(verified_emails=[], known=None, at=at)


def test_an_address_of_an_importer_a_stranger_or_one_unconfirmed_here_is_no_staff_account(
    importer: User, reviewer1: User, at: datetime
) -> None:
    EmailAddress.objects.filter(user=reviewer1).update(verified=False)
    for email in (importer.email, "stranger@example.test", reviewer1.email):
        with pytest.raises(NotPermitted, match="No staff account has the address"):
            accept(verified_emails=[email], known=None, at=at)
    assert not Event.objects.filter(kind="link_agency_sign_on").exists()


def test_addresses_of_two_staff_accounts_are_nobodys(reviewer1: User, at: datetime) -> None:
    other = make_person("Second Reviewer", role="reviewer1")
    with pytest.raises(NotPermitted, match="No staff account"):
        accept(verified_emails=[reviewer1.email, other.email], known=None, at=at)


def test_an_inactive_account_is_no_account(reviewer1: User, at: datetime) -> None:
    User.objects.filter(pk=reviewer1.pk).update(is_active=False)
    with pytest.raises(NotPermitted, match="No staff account"):
        accept(verified_emails=[reviewer1.email], known=None, at=at)
