"""Whoever opens confidential matter is written down, the requester sees it, and the auditor takes all of it along."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing.responses import confirm_response
from exclusions.models import AccessLog, User
from exclusions.workflow.deadlines import eastern_date
from tests.conftest import Clock
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> int:
    """Return the status of an answer that was read to its end, files too."""
    answer = client.get(address)
    b"".join(answer)
    return answer.status_code


def test_each_door_to_confidential_matter_writes_who_what_when_and_in_which_role(
    world: World, cast: dict[str, User], client_of: Callable, clock: Clock
) -> None:
    confirm_response(token=world.token, at=clock.now)
    posted, denied = world.posted, world.denied
    doors = [
        ("reviewer1", reverse("case", args=[posted.reference]), "case file"),
        ("legal", reverse("case-document", args=[posted.reference, world.secret_file.pk]), "document"),
        ("auditor", reverse("case-letter", args=[denied.reference, world.letter.code]), "letter"),
        ("reviewer1", reverse("case-finding", args=[world.level1.reference, "severe_economic_harm"]), "answers on"),
        ("signatory", reverse("sign-case", args=[world.signature.reference]), "case file"),
        ("intake", reverse("review-responses"), "responses that wait"),
        ("filer", reverse("petition-record", args=[posted.pk]), "record"),
        ("importer", reverse("petition-document", args=[posted.pk, world.secret_file.pk]), "document"),
        ("importer", reverse("petition-letter", args=[denied.pk, world.letter.code]), "letter"),
    ]
    for who, address, what in doors:
        known = set(AccessLog.objects.values_list("pk", flat=True))
        assert read(client_of(cast[who]), address) == 200, address
        written = AccessLog.objects.exclude(pk__in=known).get()
        role = {"importer": "requester"}.get(who, who)
        assert written.what.startswith(what), address
        assert (written.by, written.role) == (cast[who], role), address


def test_what_is_public_is_not_a_reading(world: World, cast: dict[str, User], client_of: Callable) -> None:
    before = AccessLog.objects.count()
    for who in ("drafter", "publisher"):
        client_of(cast[who]).get(reverse("case", args=[world.posted.reference]))
    read(client_of(cast["legal"]), reverse("case-document", args=[world.posted.reference, world.public_file.pk]))
    read(client_of(cast["importer"]), reverse("petition-document", args=[world.draft.pk, world.draft_file.pk]))
    assert AccessLog.objects.count() == before


def test_the_requester_sees_who_looked(
    world: World, cast: dict[str, User], client_of: Callable, django_assert_max_num_queries: Callable
) -> None:
    client_of(cast["legal"]).get(reverse("case", args=[world.posted.reference]))
    address = reverse("petition-accesses", args=[world.posted.pk])
    client = client_of(cast["importer"])
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert "Lee Legal" in page
    assert "Office of General Counsel" in page
    assert client_of(cast["rival"]).get(address).status_code == 404


def test_the_auditor_narrows_and_exports_the_log(world: World, cast: dict[str, User], client_of: Callable) -> None:
    for who in ("legal", "reviewer1"):
        client_of(cast[who]).get(reverse("case", args=[world.posted.reference]))
    client = client_of(cast["auditor"])
    narrowed = client.get(reverse("review-accesses"), {"reference": world.posted.reference, "role": "legal"})
    assert narrowed.status_code == 200
    page = narrowed.content.decode()
    assert "Lee Legal" in page
    assert "Remy Reviewer</td>" not in page
    lines = b"".join(client.get(reverse("review-access-export"), {"who": "lee.legal"})).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Petition,What,Who")
    assert len(lines) == 2
    assert world.posted.reference in lines[1]
    wrong = {"since": "nonsense", "role": "legal"}
    assert client.get(reverse("review-access-export"), wrong).status_code == 400
    told = client.get(reverse("review-accesses"), wrong)
    assert told.status_code == 422
    assert "Enter a valid date" in told.content.decode()
    on = eastern_date(AccessLog.objects.latest("at").at)
    day, before = {"since": on, "until": on}, {"until": on - timedelta(days=1)}
    for dates, found in (({}, 2), (day, 2), (before, 0), ({"since": on + timedelta(days=1)}, 0)):
        rows = client.get(reverse("review-accesses"), dates).content.decode().count("case file</td>")
        assert rows == found, dates
    assert client_of(cast["admin"]).get(reverse("review-accesses")).status_code == 403
