"""Mail of the account library while the mail server is away: what was done stays done, and no page says otherwise."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exclusions.actions.record.notifications import deliver
from exclusions.models import Notification, User
from tests.factories.cast import SignedIn

pytestmark = pytest.mark.both_databases("Rows are locked, which SQLite does not do.")

DEAD = "tests.integration.core.test_outbox.Refusing"
NEW = "quiet lantern over water"


@pytest.fixture
def dead_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = DEAD


def test_a_changed_password_is_told_once_the_mail_server_is_back(
    importer: User, dead_server: None, settings: Any
) -> None:
    importer.set_password("old lantern over water")
    importer.save()
    form = {"oldpassword": "old lantern over water", "password1": NEW, "password2": NEW}
    answer = SignedIn(importer).post(reverse("account_change_password"), form)
    assert answer.status_code == 302
    importer.refresh_from_db()
    assert importer.check_password(NEW)
    notice = Notification.objects.get(to=importer.email)
    assert notice.sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Notification.objects.update(attempts=0)
    deliver(at=timezone.now())
    (sent,) = mail.outbox
    assert "password" in sent.body.lower()
    assert NEW not in sent.body


def test_a_link_that_could_not_be_sent_is_said_and_written_down_nowhere(importer: User, dead_server: None) -> None:
    client = Client()
    pages = []
    for address in (importer.email, "nobody@example.test"):
        answer = client.post(reverse("account_reset_password"), {"email": address}, follow=True)
        assert answer.status_code == 200
        pages.append("We could not send the e-mail." in answer.content.decode())
    assert pages == [True, True]
    assert not Notification.objects.exists()
