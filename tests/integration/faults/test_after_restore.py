"""A site that was put back to an earlier hour: numbers given since are left out, and mail of that time is held."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from exclusions.actions.record.events import notify
from exclusions.actions.record.notifications import deliver, resend
from exclusions.models import Event, Petition, ReferenceSequence
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]


def test_the_next_filing_gets_a_number_that_nobody_was_given(
    journey: Callable[..., Journey], capsys: pytest.CaptureFixture[str]
) -> None:
    first = journey().take("submit")
    docket, _, number = str(first.reference).rpartition("-")

    call_command("after_restore", "--past", f"{docket}-000250", "--skip", "100")

    assert f"{docket}: the next number is 000251; {250 - int(number)} are left out." in capsys.readouterr().out
    event = Event.objects.get(kind="references_left_out", subject=f"docket:{docket}")
    assert event.data == {"from": int(number), "to": 250}
    second = journey().take("submit")
    assert Petition.objects.get(pk=second.pk).reference == f"{docket}-000251"
    call_command("verify_record")


def test_a_docket_whose_first_filings_are_lost_leaves_numbers_out_too(journey: Callable[..., Journey]) -> None:
    petition = journey().petition
    call_command("after_restore", "--skip", "40")
    assert ReferenceSequence.objects.get(docket=petition.round.docket).last == 40


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say what to do"),
        (["--skip", "-1"], "cannot be left out at once"),
        (["--skip", "100001"], "from 0 to 100,000"),
        (["--past", "USTR-1999-0001-000001"], "is no reference of a docket here"),
        (["--past", "nonsense"], "Write it as USTR-2019-0005-012345"),
        (["--past", "{docket}-12"], "is no reference of a docket here"),
        (["--past", "{docket}-999999", "--skip", "1"], ""),
    ],
)
def test_what_it_cannot_do_is_a_sentence(journey: Callable[..., Journey], words: list[str], said: str) -> None:
    docket = journey().petition.round.docket
    asked = [word.format(docket=docket) for word in words]
    if said:
        with pytest.raises(CommandError, match=said):
            call_command("after_restore", *asked)
        assert not ReferenceSequence.objects.filter(last__gt=0).exists()
        return
    call_command("after_restore", *asked)
    with pytest.raises(CommandError, match="would have no numbers left"):
        call_command("after_restore", "--skip", "1")


def test_mail_is_held_until_somebody_lets_it_go(journey: Callable[..., Journey], mailoutbox: list[object]) -> None:
    at = journey().at
    notify(to="ada@example.test", template="general", subject="Filed", context={"reference": "X"}, at=at)
    call_command("after_restore", "--hold-mail")
    assert (deliver(at=at).sent, mailoutbox) == (0, [])
    resend()
    assert deliver(at=at).sent == 1
