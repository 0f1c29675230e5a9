"""The clock: response periods close, reviews begin, each at its second and only once."""

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from exclusions.actions.clock import run_clock
from exclusions.days import EASTERN
from exclusions.models import Event, Notification, Petition, PublicPetition, Reply
from exclusions.workflow.states import Status
from tests.factories.dockets import make_posted, make_response
from tests.factories.facts import make_round

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Moments are compared by each in its own way.")]
POSTED = datetime(2019, 7, 8, 10, 0, tzinfo=EASTERN)
CLOSES = datetime(2019, 7, 22, 23, 59, tzinfo=EASTERN)
SECOND = timedelta(seconds=1)


def test_nothing_happens_at_the_last_second_of_the_response_period():
    petition = make_posted(POSTED)
    assert run_clock(at=CLOSES).did_nothing
    petition.refresh_from_db()
    assert petition.status == Status.POSTED


def test_one_second_later_the_period_closes_and_without_responses_the_review_begins():
    petition = make_posted(POSTED)
    report = run_clock(at=CLOSES + SECOND)
    assert (report.closed, report.begun, report.refused) == ([petition.reference], [petition.reference], [])
    petition.refresh_from_db()
    assert petition.status == Status.LEVEL1
    assert [event.kind for event in Event.objects.order_by("sequence")] == ["close_responses", "begin_review"]
    assert all(event.by is None and event.role == "clock" for event in Event.objects.all())
    assert PublicPetition.objects.get(reference=petition.reference).stage == "stage2"
    assert list(Notification.objects.values_list("template", flat=True)) == ["begin_review"]


def test_a_second_run_does_nothing():
    make_posted(POSTED)
    run_clock(at=CLOSES + SECOND)
    assert run_clock(at=CLOSES + SECOND).did_nothing
    assert Event.objects.count() == 2


def test_with_a_response_the_review_waits_for_the_reply_period():
    petition = make_posted(POSTED)
    make_response(petition, datetime(2019, 7, 10, 9, 0, tzinfo=EASTERN))
    assert run_clock(at=CLOSES + SECOND).closed == [petition.reference]
    reply_closes = datetime(2019, 7, 29, 23, 59, tzinfo=EASTERN)
    assert run_clock(at=reply_closes).begun == []
    assert run_clock(at=reply_closes + SECOND).begun == [petition.reference]


def test_a_response_posted_after_the_close_keeps_the_reply_period_open_longer():
    petition = make_posted(POSTED)
    make_response(petition, datetime(2019, 7, 26, 9, 0, tzinfo=EASTERN))
    assert run_clock(at=datetime(2019, 8, 2, 23, 59, tzinfo=EASTERN)).begun == []
    assert run_clock(at=datetime(2019, 8, 3, 0, 0, tzinfo=EASTERN)).begun == [petition.reference]


def test_a_reply_to_every_response_lets_the_review_begin_at_once():
    petition = make_posted(POSTED)
    response = make_response(petition, datetime(2019, 7, 10, 9, 0, tzinfo=EASTERN))
    Reply.objects.create(response=response, submitted_at=POSTED, submitted_by=petition.filed_by)
    assert run_clock(at=CLOSES + SECOND).begun == [petition.reference]


def test_a_response_that_awaits_posting_holds_the_review_back():
    petition = make_posted(POSTED)
    make_response(petition, None)
    assert run_clock(at=CLOSES + timedelta(days=60)).begun == []
    petition.refresh_from_db()
    assert petition.status == Status.REPLYING


def test_a_round_without_responses_goes_straight_to_review():
    round = make_round("comments", response_days=None, response_questionnaire="", reply_days_after_close=None)
    petition = make_posted(POSTED, round=round)
    assert run_clock(at=POSTED + SECOND).begun == [petition.reference]


def test_many_petitions_move_in_one_run_and_the_rest_stay():
    for number in range(1, 5):
        make_posted(POSTED + timedelta(days=number), reference=f"USTR-2019-0005-00000{number}")
    report = run_clock(at=CLOSES + timedelta(days=2, seconds=1))
    assert report.begun == ["USTR-2019-0005-000001", "USTR-2019-0005-000002"]
    assert Petition.objects.filter(status=Status.POSTED).count() == 2


def test_the_command_takes_a_moment_and_says_what_it_did(capsys):
    petition = make_posted(POSTED)
    call_command("run_clock", "--at", "2019-07-22T23:59:01")
    out = capsys.readouterr().out
    assert f"{petition.reference}: the response period closed." in out
    assert f"{petition.reference}: review began." in out
    assert "1 response periods closed, 1 reviews begun, 0 left as they are" in out


def test_the_command_refuses_what_is_no_moment():
    with pytest.raises(CommandError, match="is not a time"):
        call_command("run_clock", "--at", "tomorrow")


def test_the_command_obeys_a_day_to_come_only_as_a_rehearsal(clock, capsys):
    clock.move_to(POSTED)
    petition = make_posted(POSTED)
    with pytest.raises(CommandError, match="would close for good"):
        call_command("run_clock", "--at", "2019-07-22T23:59:01")
    assert Petition.objects.get(pk=petition.pk).status == Status.POSTED
    call_command("run_clock", "--at", "2019-07-22T23:59:01", "--rehearsal")
    assert f"{petition.reference}: the response period closed." in capsys.readouterr().out
