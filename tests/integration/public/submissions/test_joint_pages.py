"""The pages of a statement on many petitions: found, previewed, sent, confirmed by the link; nothing typed is lost."""

from collections.abc import Callable
from copy import copy
from itertools import takewhile
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.models import JointStatement, Petition, PublicPetition, Response, User
from tests.conftest import Clock
from tests.factories.at_doors.joint_doors import token_of_joint
from tests.factories.cast import SignedIn
from tests.integration.public.submissions.test_joint_statements import SAID, posted

__all__ = ["posted"]
pytestmark = pytest.mark.django_db


def test_the_page_finds_previews_sends_and_loses_nothing_typed(
    posted: list[Petition], rival: User, clock: Clock, client_of: Callable[[User | None], Client]
) -> None:
    address, client = reverse("docket-respond-many"), SignedIn(rival)
    assert client_of(None).get(address).status_code == 302
    begun = client.get(f"{address}?hts=6810&docket=USTR-2019-0005").content.decode()
    assert all(str(petition.reference) in begun for petition in posted)
    typed = {**SAID, "round": "list-3", "others": "others", "hts": "6810", "cases": ""}
    added = client.post(address, {**typed, "act": "find"}).content.decode()
    assert "3 petitions were added" in added
    assert "We have idle capacity." in added
    lines = "\n".join(str(petition.reference) for petition in posted)
    short = client.post(address, {**typed, "cases": lines, "org_legal_name": "", "act": "preview"})
    assert short.status_code == 422
    assert "We have idle capacity." in short.content.decode()
    assert lines.splitlines()[2] in short.content.decode()
    preview = client.post(address, {**typed, "cases": lines, "act": "preview"})
    page = preview.content.decode()
    assert "Send 3 responses" in page
    assert "We make Agglomerated quartz slabs of 6810.99.0010 in Georgia." in page
    unread = client.post(address, {**typed, "cases": lines, "act": "send"})
    assert unread.status_code == 409
    seen = preview.context["seen"]
    sent = client.post(address, {**typed, "cases": lines, "act": "send", "seen": seen}, follow=True)
    assert sent.redirect_chain == [(reverse("docket-respond-many-sent"), 302)]
    assert "goes to 3 petitions" in sent.content.decode()
    own = reverse("docket-respond-many-confirm", args=[token_of_joint(JointStatement.objects.get())])
    stranger = client_of(None)
    assert "Confirm all my responses" in stranger.get(own).content.decode()
    assert stranger.post(own).status_code == 302
    page = stranger.get(own).content.decode()
    assert "Your statement is filed" in page
    single = next(part for part in page.split('"') if "/respond/confirm/" in part and "USTR" in part)
    with zeal_ignore():
        assert "Withdraw my response" in stranger.get(single).content.decode()
        stranger.post(f"{single}withdraw/")
    assert Response.objects.filter(status="withdrawn").count() == 1


def test_lines_that_are_no_list_are_said_with_a_remedy(posted: list[Petition], rival: User) -> None:
    address, client = reverse("docket-respond-many"), SignedIn(rival)
    typed = {**SAID, "round": "list-3", "others": "others", "act": "preview"}
    for lines, said in (
        ("product\nslabs", "no column “reference”"),
        (f"{posted[0].reference}, slabs", "“slabs” is no reference"),
        (f"reference\n{posted[0].reference}\tslabs", "more cells than there are headings"),
        ("", "List at least one petition"),
    ):
        answer = client.post(address, {**typed, "cases": lines})
        assert answer.status_code == 422
        assert said in answer.content.decode()


def multiplied(petition: Petition, number: int) -> list[str]:
    """Insert so many posted petitions that are like this one, and return their references."""
    references = [f"{petition.round.docket}-{place:06d}" for place in range(100_000, 100_000 + number)]
    shown = PublicPetition.objects.get(reference=petition.reference)
    rows, copies = [], []
    for reference in references:
        row, other = copy(petition), copy(shown)
        row.pk, row.reference, other.pk, other.reference = uuid4(), reference, None, reference
        rows.append(row)
        copies.append(other)
    Petition.objects.bulk_create(rows, batch_size=100)
    PublicPetition.objects.bulk_create(copies, batch_size=50)
    return references


def statements(client: Client, address: str, sent: dict[str, str] | None, code: int) -> tuple[list[str], str]:
    """Return the statements of a request, and the page."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, sent) if sent is not None else client.get(address)
    assert answer.status_code == code, answer.content.decode()[-3000:]
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    # Its mail goes out after the answer.
    return list(takewhile(lambda sql: 'FROM "exclusions_notification"' not in sql, asked)), answer.content.decode()


def test_five_hundred_petitions_take_no_more_statements_than_a_few(
    posted: list[Petition], rival: User, clock: Clock, client_of: Callable[[User | None], Client]
) -> None:
    references = multiplied(posted[0], 500)
    address, client = reverse("docket-respond-many"), SignedIn(rival)
    typed = {**SAID, "round": "list-3", "others": "all", "cases": "\n".join(references)}
    client.get(address)
    begun, _ = statements(client, f"{address}?hts=6810", None, 200)
    preview, page = statements(client, address, {**typed, "act": "preview"}, 200)
    assert "Send 500 responses" in page
    assert max(len(begun), len(preview)) <= 15, "\n".join(sql[:150] for sql in preview)
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    sent, _ = statements(client, address, {**typed, "act": "send", "seen": seen}, 302)
    assert JointStatement.objects.get().responses.count() == 500
    own = reverse("docket-respond-many-confirm", args=[token_of_joint(JointStatement.objects.get())])
    shown, page = statements(client_of(None), own, None, 200)
    assert "file 500 responses" in page
    assert len(shown) <= 15
    confirmed, _ = statements(client_of(None), own, {}, 302)
    assert Response.objects.filter(status="submitted").count() == 500
    assert len(sent) <= 25
    assert len(confirmed) <= 20
