"""Reasons that repeat others, or name what is not cited, are asked about on every form, and confirmed with a tick."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.review import reviews
from exclusions.checks.substance import MEANT
from exclusions.errors import Incomplete
from exclusions.models import Cluster, Finding, Petition, Round, User
from tests.conftest import Clock
from tests.factories.casework.citing import ANSWERED
from tests.factories.casework.clusters import alike, findings, seen, together_as
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]
SAME = "A maker in Ohio offers the product."
REPEATS = "This reason repeats the one on “Availability outside China”."
NAMES = "This reason names question D6, and the finding does not cite it."


def sent_to(keys: list[str], **more: Any) -> dict[str, Any]:
    """Return a finding on each of these criteria as a page sends it, all for one reason."""
    results, reasons = {f"{key}-result": "neutral" for key in keys}, {f"{key}-reasons": SAME for key in keys}
    return results | reasons | {f"{key}-citations": ANSWERED[key] for key in keys} | more


def test_one_reason_five_times_is_asked_about_and_goes_on_record_once_it_is_meant(
    level1_once: Journey, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    clock.move_to(level1_once.at)
    case, client = level1_once.petition, client_of(cast["reviewer1"])
    where, keys = reverse("case-findings", args=[case.reference]), list(case.round.criteria)
    assert MEANT not in client.get(reverse("case", args=[case.reference])).content.decode()
    answer = client.post(where, sent_to(keys))
    page = answer.content.decode()
    assert (answer.status_code, case.findings.count()) == (422, 0)
    assert (page.count(REPEATS), page.count(MEANT), page.count(f"{SAME}</textarea>")) == (5, 4, len(keys)), (
        "once above them all"
    )
    ticks = {f"{key}-meant": "on" for key in keys[1:]}
    answer = client.post(where, sent_to(keys, **ticks, **{f"{keys[1]}-result": ""}))
    assert answer.content.decode().count(MEANT) == 4, "what was ticked stands there again"
    assert client.post(where, sent_to(keys, **ticks)).status_code == 302
    assert set(case.findings.values_list("reasons", flat=True)) == {SAME}


def test_the_page_of_one_finding_asks_about_a_source_that_is_not_cited(
    level1_once: Journey, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    clock.move_to(level1_once.at)
    case, client = level1_once.petition, client_of(cast["reviewer1"])
    where = reverse("case-finding", args=[case.reference, "availability"])
    sent = {"result": "against", "reasons": "D6 shows other sources.", "citations": ANSWERED["availability"]}
    assert MEANT not in client.get(where).content.decode()
    page = client.post(where, sent).content.decode()
    assert NAMES in page
    assert MEANT in page
    assert "D6 shows other sources.</textarea>" in page
    assert not case.findings.exists()
    assert client.post(where, {**sent, "meant": "on"}).status_code == 302
    with pytest.raises(Incomplete, match="names a document, and"):
        reviews.record_finding(
            case, criterion="objective", result="neutral", reasons="Exhibit 3 shows it all.",
            by=cast["reviewer1"], at=level1_once.at,
        )  # fmt: skip


def test_a_finding_made_anew_on_its_criterion_repeats_nothing(level1_once: Journey, cast: dict[str, User]) -> None:
    case, common = level1_once.petition, {"by": cast["reviewer1"], "at": level1_once.at}
    for _ in range(2):
        reviews.record_finding(case, criterion="objective", result="neutral", reasons=SAME, **common)
    with pytest.raises(Incomplete, match="repeats the one on"):
        reviews.record_finding(case, criterion="administrability", result="neutral", reasons=SAME, **common)
    assert case.findings.count() == 2


@pytest.fixture
def two(cast: Mapping[str, User], list3: Round, at: datetime, clock: Clock) -> tuple[Cluster, list[Petition], datetime]:
    """Return a cluster of two cases at level 1 that somebody took, and the moment."""
    cluster, petitions = alike(cast, list3, at, 2)
    now = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    together_as(cast["reviewer1"], cluster, "take", petitions, now)
    clock.move_to(now)
    cluster.refresh_from_db()
    return cluster, petitions, now


def test_the_joint_form_asks_before_it_shows_the_cases(
    two: tuple[Cluster, list[Petition], datetime], cast: dict[str, User], client_of: ClientOf
) -> None:
    cluster, petitions, _ = two
    client, where = client_of(cast["reviewer1"]), f"/clusters/{cluster.pk}/findings/"
    keys = ["availability", "objective"]
    chosen = [f"{one.reference}:{one.seen}" for one in seen(petitions)]
    sent = sent_to(keys, chosen=chosen, revision=cluster.revision)
    assert MEANT not in client.get(where).content.decode()
    answer = client.post(where, sent)
    page = answer.content.decode()
    assert (answer.status_code, page.count(REPEATS), page.count(MEANT)) == (422, 2, 2), "in the list of errors, too"
    assert page.count(f"{SAME}</textarea>") == 2
    sent |= {"objective-meant": "on"}
    page = client.post(where, sent).content.decode()
    assert "Nothing is done yet." in page
    assert f"{MEANT}</dt>" in page
    assert client.post(where, {**sent, "confirmed": "1"}).status_code == 302
    assert Finding.objects.filter(reasons=SAME).count() == 4


def test_the_joint_act_asks_about_what_the_record_of_its_cases_says(
    two: tuple[Cluster, list[Petition], datetime], cast: dict[str, User], client_of: ClientOf, list3: Round
) -> None:
    cluster, petitions, now = two
    by, entered = cast["reviewer1"], findings(list3)
    together_as(by, cluster, "findings", petitions, now, findings=entered)
    again = {"objective": {**entered["objective"], "reasons": entered["availability"]["reasons"]}}
    with pytest.raises(Incomplete, match="repeats the one on") as refused:
        together_as(by, cluster, "findings", petitions, now, findings=again)
    assert list(refused.value.fields) == ["objective-meant"]
    cluster.refresh_from_db()
    chosen = [f"{one.reference}:{one.seen}" for one in seen(petitions)]
    sent = sent_to(["objective"], chosen=chosen, revision=cluster.revision, confirmed="1")
    sent |= {"objective-reasons": entered["availability"]["reasons"]}
    page = client_of(by).post(f"/clusters/{cluster.pk}/findings/", sent).content.decode()
    assert MEANT in page, "the tick that answers it"
    again["objective"]["meant"] = True
    together_as(by, cluster, "findings", petitions, now, findings=again)
    assert petitions[0].findings.filter(criterion="objective").count() == 2
