"""One statement on many petitions: judged for each, sent once, confirmed by one link, named where it does not go."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from exclusions.actions.filing.joint import judging
from exclusions.actions.filing.joint.confirming import confirm_jointly
from exclusions.actions.filing.joint.judging import Case
from exclusions.actions.filing.joint.statements import digest_over, respond_to_many
from exclusions.actions.filing.petitions import withdraw
from exclusions.actions.filing.responses import confirm_response, respond
from exclusions.actions.filing.withdrawn_responses import withdraw_response
from exclusions.errors import ActionRefused, Incomplete, Repeats, SomeRefused, Unconfirmed, WrongState
from exclusions.models import Event, JointStatement, Notification, Petition, Response, Round, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.at_doors.joint_doors import token_of_joint
from tests.factories.facts import make_round
from tests.factories.petitions import PATHS, Journey
from tests.factories.world import token_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("The petitions of a statement are locked in one order, and its list is append-only."),
]
SAID = {**RESPONSE_ANSWERS, "explanation": "We make {product} of {number} in Georgia.\nWe have idle capacity."}


@pytest.fixture
def posted(cast: dict[str, User], list3: Round, clock: Clock) -> list[Petition]:
    """Return three petitions that take responses, and the clock an hour after the last was posted."""
    trips = [Journey(cast, list3, clock.now) for _ in range(3)]
    petitions = [trip.take(*PATHS[Status.POSTED]) for trip in trips]
    clock.move_to(max(trip.at for trip in trips))
    return petitions


def listed(petitions: Sequence[Petition], **own: str) -> list[Case]:
    return [Case(str(petition.reference), own) for petition in petitions]


def send(cases: Sequence[Case], by: User, clock: Clock, round_: Round, **changes: Any) -> JointStatement:
    """Send a statement as whoever read its preview does."""
    how = {"answers": SAID, "others_go": True, "stated_public": (), **changes}
    seen = digest_over(round_, cases, how["answers"])
    return respond_to_many(**{"round": round_, "cases": cases, "seen": seen, "by": by, "at": clock.now, **how})


def test_each_petition_gets_a_response_with_its_own_words_and_one_link_confirms_all(
    posted: list[Petition], list3: Round, rival: User, clock: Clock
) -> None:
    Petition.objects.filter(pk=posted[0].pk).update(product_name="never read: the public record is")
    joint = send(listed(posted), rival, clock, list3)
    responses = Response.objects.filter(joint=joint).order_by("petition__reference")
    assert [one.petition_id for one in responses] == [petition.pk for petition in posted]
    assert {one.status for one in responses} == {"unconfirmed"}
    assert responses[0].answers["explanation"] == (
        "We make Agglomerated quartz slabs of 6810.99.0010 in Georgia.\nWe have idle capacity."
    )
    assert Notification.objects.filter(to=joint.email).count() == 1
    done = confirm_jointly(token=token_of_joint(joint), at=clock.now)
    assert len(done.filed) == 3
    assert set(responses.all().values_list("status", flat=True)) == {"submitted"}
    for petition in posted:
        event = Event.objects.get(subject=f"petition:{petition.pk}", kind="respond")
        assert event.data == {"position": joint.position}
    assert Notification.objects.filter(template="joint_receipt").count() == 1


def test_a_second_click_changes_nothing_and_the_link_is_good_for_72_hours(
    posted: list[Petition], list3: Round, rival: User, clock: Clock
) -> None:
    joint = send(listed(posted), rival, clock, list3)
    late = joint.created_at + timedelta(hours=72, seconds=1)
    with pytest.raises(WrongState, match="This link was good until"):
        confirm_jointly(token=token_of_joint(joint), at=late)
    confirm_jointly(token=token_of_joint(joint), at=clock.now)
    before = Notification.objects.count(), Event.objects.count()
    assert not confirm_jointly(token=token_of_joint(joint), at=late).filed
    assert (Notification.objects.count(), Event.objects.count()) == before


def test_late_ones_are_named_and_the_others_go_or_all_wait(
    posted: list[Petition], list3: Round, rival: User, clock: Clock
) -> None:
    Petition.objects.filter(pk=posted[1].pk).update(response_closes_at=clock.now - timedelta(seconds=1))
    with pytest.raises(SomeRefused) as refused:
        send(listed(posted), rival, clock, list3, others_go=False)
    assert list(refused.value.rows) == [posted[1].reference]
    assert "A late response is not posted" in refused.value.rows[str(posted[1].reference)][0]
    assert not Response.objects.exists()
    joint = send(listed(posted), rival, clock, list3)
    assert list(joint.left_out) == [posted[1].reference]
    assert Response.objects.count() == 2
    mail = Notification.objects.get(template="confirm_joint")
    assert mail.context["left"][0][0] == posted[1].reference


def test_what_was_sent_in_time_counts_and_a_petition_that_went_on_is_named_at_the_link(
    posted: list[Petition], list3: Round, rival: User, importer: User, clock: Clock
) -> None:
    joint = send(listed(posted), rival, clock, list3)
    Petition.objects.filter(pk=posted[0].pk).update(response_closes_at=clock.now + timedelta(seconds=1))
    withdraw(posted[1], by=importer, at=clock.now, reason="No longer needed.")
    done = confirm_jointly(token=token_of_joint(joint), at=clock.now + timedelta(hours=2))
    assert [one.petition_id for one in done.filed] == [posted[0].pk, posted[2].pk]
    assert list(done.left_out) == [posted[1].reference]
    left = Response.objects.get(petition=posted[1])
    assert left.status == "unconfirmed"
    assert Notification.objects.get(template="joint_receipt").context["left"][0][0] == posted[1].reference


def test_who_responded_already_is_told_which_and_may_for_another_organization(
    posted: list[Petition], list3: Round, rival: User, clock: Clock
) -> None:
    sent = respond(reference=str(posted[0].reference), answers=RESPONSE_ANSWERS, by=rival, at=clock.now)
    first = confirm_response(token=token_of(sent), at=clock.now)
    joint = send(listed(posted), rival, clock, list3)
    assert first.receipt in joint.left_out[str(posted[0].reference)][0]
    other = {**SAID, "org_legal_name": "Ohio Stone Association"}
    assert not send(listed(posted), rival, clock, list3, answers=other).left_out
    withdraw_response(first, by=rival, at=clock.now)
    assert not send(listed(posted), rival, clock, list3).left_out


def test_two_statements_on_one_petition_are_filed_once(
    posted: list[Petition], list3: Round, rival: User, clock: Clock
) -> None:
    one = send(listed(posted[:2]), rival, clock, list3)
    links = [token_of_joint(one)]
    other = send(listed(posted[1:]), rival, clock, list3)
    links.append(token_of_joint(other))
    confirm_jointly(token=links[0], at=clock.now)
    assert list(confirm_jointly(token=links[1], at=clock.now).left_out) == [posted[1].reference]


def test_a_statement_that_is_sent_twice_is_taken_in_once(
    posted: list[Petition], list3: Round, rival: User, clock: Clock
) -> None:
    assert send(listed(posted), rival, clock, list3) == send(listed(posted), rival, clock, list3)
    assert Notification.objects.filter(template="confirm_joint").count() == 1


def test_a_requester_may_respond_to_its_own_as_the_single_form_lets_it(
    posted: list[Petition], list3: Round, importer: User, clock: Clock
) -> None:
    assert respond(reference=str(posted[0].reference), answers=RESPONSE_ANSWERS, by=importer, at=clock.now)
    assert not send(listed(posted), importer, clock, list3).left_out


def test_unknown_ones_and_those_of_another_round_are_named(
    posted: list[Petition], cast: dict[str, User], list3: Round, rival: User, clock: Clock
) -> None:
    other = make_round(slug="list-1", docket="USTR-2018-0025", opens_at=list3.opens_at, closes_at=list3.closes_at)
    trip = Journey(cast, other, clock.now)
    stranger = trip.take(*PATHS[Status.POSTED])
    clock.move_to(trip.at)
    draft = Journey(cast, list3, clock.now).take("submit")
    cases = [*listed([*posted, stranger]), Case(str(draft.reference)), Case("USTR-2019-0005-999999")]
    joint = send(cases, rival, clock, list3)
    assert "another round" in joint.left_out[str(stranger.reference)][0]
    unposted = joint.left_out[str(draft.reference)]
    assert unposted == joint.left_out["USTR-2019-0005-999999"], "nobody learns of what is not posted"
    assert Response.objects.count() == 3


def test_columns_answer_questions_and_fill_fields_and_each_is_judged_by_its_own_values(
    posted: list[Petition], list3: Round, rival: User, clock: Clock
) -> None:
    own = [
        {"stock": "40 slabs", "lead_time": "", "makes_product": ""},
        {"stock": "", "lead_time": "", "makes_product": ""},
        {"stock": "9 slabs", "lead_time": "Six weeks", "makes_product": "perhaps"},
    ]
    cases = [Case(str(petition.reference), values) for petition, values in zip(posted, own, strict=True)]
    answers = {**SAID, "explanation": "We have {Stock} of {product}."}
    joint = send(cases, rival, clock, list3, answers=answers)
    assert Response.objects.get().answers["explanation"].startswith("We have 40 slabs of")
    assert "column “stock” is empty" in joint.left_out[str(posted[1].reference)][0]
    assert "makes_product" not in joint.left_out[str(posted[2].reference)][0]
    assert joint.left_out[str(posted[2].reference)], "an answer that the form does not offer"
    assert joint.own_values[str(posted[0].reference)]["stock"] == "40 slabs"


@pytest.mark.parametrize(
    ("changes", "own", "field", "said"),
    [
        ({"explanation": "We make {prodcut}."}, {}, "explanation", "There is no field “{prodcut}”"),
        ({"explanation": ""}, {}, "explanation", "has no answer yet"),
        ({"certify_complete": ""}, {}, "certify_complete", ""),
        ({}, {"product": "x"}, "cases", "from the public record"),
        ({}, {"colour": "x"}, "cases", "Nothing uses the column “colour”"),
    ],
)
def test_what_is_wrong_for_all_of_them_is_said_once_beside_its_question(
    posted: list[Petition],
    list3: Round,
    rival: User,
    clock: Clock,
    changes: dict[str, str],
    own: dict[str, str],
    field: str,
    said: str,
) -> None:
    with pytest.raises(Incomplete) as refused:
        send(listed(posted, **own), rival, clock, list3, answers={**SAID, **changes})
    assert list(refused.value.fields) == [field]
    assert said in refused.value.fields[field][0]
    assert not JointStatement.objects.exists()


def test_own_confidential_values_are_asked_about_once_for_all(
    posted: list[Petition], list3: Round, rival: User, clock: Clock
) -> None:
    answers = {**SAID, "explanation": f"Write to {RESPONSE_ANSWERS['responder_email']} about {{product}}."}
    with pytest.raises(Repeats) as refused:
        send(listed(posted), rival, clock, list3, answers=answers)
    with pytest.raises(Repeats) as single:
        respond(reference=str(posted[0].reference), answers=answers, by=rival, at=clock.now)
    assert list(refused.value.asked) == list(single.value.asked)
    stated = list(refused.value.asked)
    assert not send(listed(posted), rival, clock, list3, answers=answers, stated_public=stated).left_out


def test_no_more_than_so_many_and_each_once(
    posted: list[Petition], list3: Round, rival: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judging.MOST == 500
    many = [Case(f"USTR-2019-0005-{number:06d}") for number in range(900_000, 900_501)]
    with pytest.raises(Incomplete) as refused:
        send(many, rival, clock, list3)
    assert "at most 500" in refused.value.fields["cases"][0]
    with pytest.raises(SomeRefused) as none:
        send(many[:500], rival, clock, list3)
    assert len(none.value.rows) == 500
    with pytest.raises(Incomplete, match=r"listed more than once"):
        send([*listed(posted), *listed(posted[:1])], rival, clock, list3)
    with pytest.raises(Incomplete):
        send([], rival, clock, list3)


def test_only_what_was_previewed_is_sent(posted: list[Petition], list3: Round, rival: User, clock: Clock) -> None:
    with pytest.raises(Unconfirmed):
        send(listed(posted), rival, clock, list3, seen="")
    read = digest_over(list3, listed(posted), SAID)
    with pytest.raises(ActionRefused):
        send(listed(posted), rival, clock, list3, answers={**SAID, "explanation": "Another."}, seen=read)
