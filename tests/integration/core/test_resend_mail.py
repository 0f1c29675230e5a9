"""Mail that was given up is tried again when somebody asks for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from exclusions.actions.record.events import notify
from exclusions.actions.record.notifications import deliver
from exclusions.models import Notification
from exclusions.queries.record.mail_due import MOST_ATTEMPTS, unsent

NOW = datetime(2019, 7, 8, 14, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_message_that_was_given_up_goes_out_after_resend_mail(capsys: pytest.CaptureFixture[str]) -> None:
    given_up = notify(to="ada@example.test", template="submit", subject="Filed", context={}, at=NOW)
    Notification.objects.filter(pk=given_up.pk).update(attempts=MOST_ATTEMPTS)
    later = NOW + timedelta(days=30)
    assert not unsent(later).exists()
    call_command("resend_mail")
    assert capsys.readouterr().out.startswith("1 message(s) will be tried again")
    assert deliver(at=later).sent == 1
    assert [message.to for message in mail.outbox] == [["ada@example.test"]]
    call_command("resend_mail")
    assert capsys.readouterr().out == "No message was given up.\n"
