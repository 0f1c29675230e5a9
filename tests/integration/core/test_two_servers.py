"""Two server processes on one PostgreSQL and one Redis, public pages through a role that reads public tables alone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from exclusions.models import PublicDownload, User
from tests.factories.cast import SignedIn
from tests.factories.who_enters import EVERYBODY
from tests.factories.world import World
from tests.integration.core.test_every_url_every_role import ROWS
from tests.integration.faults.public_role import Server, public_role, serving, sign_in_as

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(transactional_db: None) -> Iterator[str]:
    """Make a role that may read the public tables; yield its name."""
    with public_role() as name:
        yield name


@pytest.fixture
def servers(reader: str, tmp_path: Path) -> Iterator[list[Server]]:
    """Start two gunicorn processes as `make run` does, on the test's database and a Redis without their old keys."""
    with redis.Redis.from_url(settings.REDIS_URL) as store:
        for old in store.scan_iter(":1:*"):
            store.delete(old)
    with serving(reader, tmp_path / "log", count=2) as started:
        yield started


def cookies_of(user: User) -> dict[str, str]:
    """Sign a person in, for the servers too: their clock is the real one, the test's stands in 2019."""
    client = SignedIn(user)
    Session.objects.update(expire_date=datetime(2999, 1, 1, tzinfo=UTC))
    return {"sessionid": client.cookies["sessionid"].value}


def public_pages(world: World) -> list[str]:
    # All but the first take something in, by a link of which the tests know that its time is over.
    skipped = {"health-ready", "docket-respond-confirm", "docket-respond-replace", "watch-confirm"}
    skipped |= {"docket-respond-many-confirm"}
    skipped |= {"mail-stop", "watch-stop"}  # made on the tests' day, of which the servers' clock knows nothing
    return [
        reverse(name, kwargs=row.arguments(world))
        for name, row in ROWS.items()
        if row.inside == EVERYBODY and row.status == 200 and name not in skipped
    ]


def refuses_private_tables(reader: str) -> None:
    """Assert that the role reads the public tables and no private one."""
    with psycopg.connect(sign_in_as(reader)) as line:
        assert line.execute("SELECT count(*) FROM exclusions_publicpetition").fetchone()
    private = ("petition", "petitionversion", "document", "response", "organization", "user", "event", "finding",
               "accesslog", "letter", "quarantine", "publicdownload", "subscription")  # fmt: skip
    for table in private:
        with psycopg.connect(sign_in_as(reader)) as line, pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute(f"SELECT 1 FROM exclusions_{table}")


def test_a_role_that_reads_more_is_refused(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT ON exclusions_petition TO PUBLIC")
        try:
            with pytest.raises(CommandError, match="can still read exclusions_petition"):
                call_command("grant_public_role", reader)
        finally:
            cursor.execute("REVOKE SELECT ON exclusions_petition FROM PUBLIC")
    wrong = "exclusions_petition.note may hold confidential matter."
    monkeypatch.setattr("exclusions.management.commands.grant_public_role.refusals", lambda: [wrong])
    with pytest.raises(CommandError, match=f"Nothing was granted.*{wrong}"):
        call_command("grant_public_role", reader)
    monkeypatch.undo()
    with pytest.raises(CommandError, match="no role"):
        call_command("grant_public_role", "nobody_of_that_name")


def test_public_pages_need_the_public_role_alone_and_what_is_taken_down_is_gone_from_both_servers(
    world: World, servers: list[Server], reader: str, filer: User
) -> None:
    refuses_private_tables(reader)
    assert {page: found for page in public_pages(world) if (found := servers[0].ask(page)[0]) != 200} == {}
    fetched = PublicDownload.objects.count()
    reference, key = str(world.posted.reference), world.public_file.pk
    lists = ["/", "/docket/", "/docket/?q=quartz", "/docket/?hts=6810", "/docket/feed/", "/docket.csv", "/docket.json",
             "/api/v1/docket/"]  # fmt: skip
    own = [f"/docket/{reference}/", f"/api/v1/docket/{reference}/", f"/docket/{reference}/documents/{key}/"]
    for server in servers:  # both have everything in their caches
        for page in lists[1:]:
            assert reference in server.ask(page)[1], page
        for page in own:
            assert server.ask(page)[0] == 200, page
    assert PublicDownload.objects.count() == fetched + 2
    cookies = cookies_of(filer)
    address = reverse("petition-quarantine", args=[world.posted.pk])
    status, text, headers = servers[0].ask(address, cookies=cookies)
    assert status == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    cookie = re.search(r"csrftoken=([^;]+)", " ".join(headers.get_all("Set-Cookie", [])))
    assert token
    assert cookie
    form = {
        "thing": "petition",
        "ground": "confidential",
        "reason": "A price slipped in.",
        "csrfmiddlewaretoken": token.group(1),
    }
    done = servers[0].ask(address, cookies={**cookies, "csrftoken": cookie.group(1)}, form=form)
    assert done[0] == 302
    for server in reversed(servers):
        for page in lists:
            assert reference not in server.ask(page)[1], page
        for page in own:
            assert server.ask(page)[0] == 410, page
    tombstone = servers[1].ask(own[0])[1]
    assert reference in tombstone
    assert str(world.posted.product_name) not in tombstone
    # And they were read through that role: without its leave for the table, the page breaks.
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE SELECT ON exclusions_publicpetition FROM {reader}")
    assert servers[0].ask(own[0])[0] == 500
