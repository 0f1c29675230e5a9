"""Level 2 judges before it reads level 1, in the cases that are drawn: at no door does it learn what level 1 found."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from zeal import zeal_ignore

from exclusions.actions.review import assignments, own_view, reviews
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import BlindDraw, BlindShare, Event, OwnView, Petition, Recommendation, Round, User
from exclusions.models.casework.own_view import is_drawn
from exclusions.permissions.own_view import FIRST, must_view_first
from exclusions.queries.casework.agreement import agreement
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.citing import bearing
from tests.factories.casework.clusters import cluster_of
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Start = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
MARK = "zqlevelonemark"


def views(petition: Petition, **chosen: str) -> dict[str, str]:
    """Return a view on every criterion."""
    return {key: "supports" for key in petition.round.criteria} | chosen


def at_level2(journey: Start, percent: int = 100, status: Status = Status.LEVEL2) -> Journey:
    """Return a journey in a round with that share, its level 1 reasons marked, brought to that status."""
    trip = journey()
    share(trip, percent)
    trip.take(*PATHS[Status.LEVEL1])
    for key in trip.petition.round.criteria:
        reviews.record_finding(
            trip.petition, criterion=key, result="not_shown", reasons=f"{MARK} as the record shows of {key}.",
            confidential_note=f"{MARK} note", citations=bearing(trip.petition, key),
            by=trip.cast["reviewer1"], at=trip.at,
        )  # fmt: skip
    mark_as_suggested(trip.petition, by=trip.cast["reviewer1"], at=trip.at)
    reviews.recommend_outcome(
        trip.petition, outcome="deny", denial_codes=["DR1"], reasons=f"{MARK} on the whole.",
        by=trip.cast["reviewer1"], at=trip.at,
    )  # fmt: skip
    if status == Status.LEVEL2:
        trip.act("recommend")
        trip.at += timedelta(hours=1)
    return trip


def share(trip: Journey, percent: int) -> BlindShare:
    """Let the administrator set the share of the journey's round."""
    return own_view.set_share(trip.petition.round, percent=percent, by=trip.cast["admin"], at=trip.at)


def test_it_is_drawn_by_reference_and_secret_alone_once_and_on_the_chain(journey: Start) -> None:
    trip = at_level2(journey, percent=100)
    draw = BlindDraw.objects.get()
    assert (draw.drawn, draw.percent) == (True, 100)
    event = Event.objects.get(subject=f"petition:{trip.petition.pk}", kind="draw_own_view")
    assert event.data == {"drawn": True, "percent": 100}
    secret = BlindShare.objects.get().secret
    assert secret not in str(list(Event.objects.values_list("data", flat=True)))
    share(trip, 0)  # the secret stays, and so does the draw
    assert set(BlindShare.objects.values_list("secret", flat=True)) == {secret}
    assert must_view_first(trip.petition, trip.cast["reviewer2"])
    assert list(breaks()) == []


def test_the_share_drawn_is_the_share_set() -> None:
    references = [f"USTR-2019-0005-{number:06}" for number in range(4000)]
    for percent in (0, 5, 20, 100):
        drawn = sum(is_drawn("ab" * 32, percent, one) for one in references)
        assert abs(drawn - 40 * percent) <= 100
    assert {one for one in references if is_drawn("s", 5, one)} < {one for one in references if is_drawn("s", 20, one)}
    assert [is_drawn("s", 50, one) for one in references] != [is_drawn("t", 50, one) for one in references]


@pytest.mark.parametrize("status", [Status.LEVEL1, Status.LEVEL2])
def test_at_no_door_does_level_2_learn_what_level_1_found(
    status: Status, journey: Start, client_of: ClientOf, cast: dict[str, User]
) -> None:
    trip = at_level2(journey, status=status)
    reader = client_of(cast["reviewer2"])
    tried = 0
    with zeal_ignore():
        for address in addresses(trip.petition):
            for answer in (reader.get(address), reader.post(address, {})):
                text = b"".join(answer) if answer.streaming else answer.content
                assert MARK.encode() not in text, address
                assert b"Not shown" not in text or b"own view" in text, address
                tried += 1
    assert tried > 60
    assert not OwnView.objects.exists()
    trip.petition.refresh_from_db()
    assert trip.petition.status == status


def addresses(petition: Petition) -> list[str]:
    """Return every address of the site that can be made with this petition, and those that need nothing."""
    given = {
        "reference": petition.reference, "criterion": petition.round.criteria[0], "kind": "recommendation",
        "name": "concur", "verb": "take", "petition_id": petition.pk, "slug": petition.round.slug,
    }  # fmt: skip
    found = []
    for name in {str(key) for key in get_resolver().reverse_dict if isinstance(key, str)}:
        for _, pattern, *_ in get_resolver().reverse_dict.getlist(name):
            needed = {part.split(")")[0] for part in str(pattern).split("%(")[1:]}
            if needed <= given.keys() and not name.startswith(("account_", "mfa_", "socialaccount", "usersessions")):
                try:
                    found.append(reverse(name, kwargs={key: given[key] for key in needed}))
                except NoReverseMatch:
                    continue
    return sorted(set(found))


def test_after_the_own_view_everything_is_open_and_the_view_stays(
    journey: Start, client_of: ClientOf, cast: dict[str, User]
) -> None:
    trip = at_level2(journey)
    reader = client_of(cast["reviewer2"])
    case, own = (reverse(name, args=[trip.petition.reference]) for name in ("case", "case-own-view"))
    assert reader.get(case).url == own  # type: ignore[attr-defined]
    page = reader.get(own).content.decode()
    assert "checked" not in page
    assert "Granite" in page or trip.petition.product_name in page
    sent = {**views(trip.petition), "outcome": "grant"}
    short = reader.post(own, {key: value for key, value in sent.items() if key != "outcome"})
    assert short.status_code == 422
    assert "Outcome: choose grant, grant in part or deny." in short.content.decode()
    assert "checked" in short.content.decode()  # what was chosen is kept
    assert reader.post(own, sent).status_code == 302
    assert MARK in reader.get(case).content.decode()
    assert OwnView.objects.count() == len(trip.petition.round.criteria) + 1
    event = Event.objects.get(kind="own_view")
    assert event.data == {}
    again = reader.post(own, {**sent, "outcome": "deny"})
    assert again.status_code == 409
    assert "already on record" in again.content.decode()
    assert OwnView.objects.get(criterion="").view == "grant"
    other = client_of(cast["second_reviewer2"])
    assert other.get(case).url == own  # type: ignore[attr-defined]  # each has a view of one's own


def test_nothing_of_level_2_goes_before_the_own_view(journey: Start, cast: dict[str, User]) -> None:
    trip = at_level2(journey)
    by = cast["reviewer2"]
    with pytest.raises(Incomplete, match="Record your own view first"):
        reviews.recommend_outcome(trip.petition, outcome="grant", reasons="It weighs so.", by=by, at=trip.at)
    with pytest.raises(Incomplete, match="Record your own view first"):
        reviews.record_finding(
            trip.petition, criterion=trip.petition.round.criteria[0], result="supports", reasons="It weighs so.",
            by=by, at=trip.at,
        )  # fmt: skip
    for name in ("concur", "send_back"):
        with pytest.raises(Incomplete, match="Record your own view first"):
            trip.act(name)
    assignments.take(trip.petition, by=by, at=trip.at, reason="")
    record(trip, by)
    trip.act("send_back")
    assert trip.petition.status == Status.LEVEL1


def record(trip: Journey, by: User, outcome: str = "deny") -> None:
    """Record an own view that holds what level 1 found."""
    chosen = dict.fromkeys(trip.petition.round.criteria, "not_shown")
    own_view.record_own_view(trip.petition, views=chosen, outcome=outcome, by=by, at=trip.at)


@pytest.mark.parametrize("who", ["reviewer1", "legal", "auditor", "intake"])
def test_others_record_no_view_and_read_the_case_as_ever(
    who: str, journey: Start, client_of: ClientOf, cast: dict[str, User]
) -> None:
    trip = at_level2(journey)
    assert MARK in client_of(cast[who]).get(reverse("case", args=[trip.petition.reference])).content.decode()
    with pytest.raises(NotPermitted, match="a level 2 reviewer"):
        record(trip, cast[who])


def test_a_case_that_is_not_drawn_is_read_as_ever(journey: Start, client_of: ClientOf, cast: dict[str, User]) -> None:
    trip = at_level2(journey, percent=0)
    assert not BlindDraw.objects.get().drawn
    page = client_of(cast["reviewer2"]).get(reverse("case", args=[trip.petition.reference]))
    assert MARK in page.content.decode()
    with pytest.raises(WrongState, match="was not drawn"):
        record(trip, cast["reviewer2"])


def test_who_is_kept_from_the_case_or_comes_too_late_records_none(journey: Start, cast: dict[str, User]) -> None:
    trip = at_level2(journey)
    reviews.recuse(trip.petition, reason="A cousin works there.", by=cast["second_reviewer2"], at=trip.at)
    with pytest.raises(NotPermitted, match="recused"):
        record(trip, cast["second_reviewer2"])
    with pytest.raises(Incomplete, match="choose grant, grant in part or deny"):
        record(trip, cast["reviewer2"], outcome="perhaps")
    record(trip, cast["reviewer2"])
    Recommendation.objects.create(
        petition=trip.petition, level=2, outcome="deny", reasons="So.", made_by=cast["reviewer2"], made_at=trip.at
    )
    late = make_person("Lou Late", role="reviewer2")
    assert not must_view_first(trip.petition, late)
    Petition.objects.filter(pk=trip.petition.pk).update(status=Status.LEGAL)
    with pytest.raises(WrongState, match="only at level 2"):
        record(trip, late)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnView.objects.create(petition=trip.petition, view="deny", made_by=cast["reviewer2"], made_at=trip.at)


def test_an_administrator_alone_sets_the_share(journey: Start, client_of: ClientOf, cast: dict[str, User]) -> None:
    trip = journey()
    address = reverse("staff-round-sample", args=[trip.petition.round.slug])
    boss = client_of(cast["admin"])
    assert boss.post(address, {"percent": "101"}).status_code == 422
    assert boss.post(address, {"percent": "20"}).status_code == 302
    assert "20%" in boss.get(address).content.decode()
    assert boss.post(address, {"percent": "20"}).status_code == 409
    assert client_of(cast["legal"]).post(address, {"percent": "0"}).status_code == 403
    with pytest.raises(NotPermitted):
        own_view.set_share(trip.petition.round, percent=5, by=cast["legal"], at=trip.at)
    assert [(one.percent, one.set_by) for one in BlindShare.objects.all()] == [(20, cast["admin"])]
    assert Event.objects.filter(kind="set_blind_share").count() == 1
    assert Round.objects.filter(slug=trip.petition.round.slug).count() == 1  # no rule of the round changed


def test_the_report_suppresses_small_counts_and_what_would_give_them_away(
    journey: Start, client_of: ClientOf, cast: dict[str, User]
) -> None:
    trip = at_level2(journey)
    others = [make_person(f"Reviewer Number{number}", role="reviewer2") for number in range(6)]
    for number, by in enumerate(others[:4]):
        record(trip, by, outcome="deny" if number else "grant")
    report = agreement()
    assert [(line.compared, line.same) for line in report.outcome] == [(None, None)]
    for by in others[4:]:
        record(trip, by)
    report = agreement()
    assert [(line.compared, line.same, line.percent) for line in report.outcome] == [(6, 5, 83)]
    assert [line.percent for line in report.by_criterion] == [100] * len(trip.petition.round.criteria)
    assert {(line.compared, line.same) for line in report.by_pair} == {(None, None)}
    page = client_of(cast["auditor"]).get(reverse("review-agreement")).content.decode()
    assert "83%" in page
    assert "Too few to show" in page
    assert FIRST not in page


def test_of_a_cluster_its_drawn_cases_are_dealt_with_singly_and_show_nothing(
    journey: Start, client_of: ClientOf, cast: dict[str, User]
) -> None:
    trip = at_level2(journey)
    cluster = cluster_of([trip.petition], trip.at)
    reader = client_of(cast["reviewer2"])
    for kind in ("findings", "recommendation", "take"):
        page = reader.get(reverse("cluster-act", args=[cluster.pk, kind]))
        text = page.content.decode()
        assert MARK not in text
        assert page.status_code != 200 or "Record your own view first" in text, kind
    assert MARK not in reader.get(reverse("cluster", args=[cluster.pk])).content.decode()
