"""The digest of each day stands for all that was recorded before it; who copied one sees that history was rewritten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from exclusions.actions.clock import run_clock
from exclusions.actions.record.anchors import drop_anchor
from exclusions.actions.record.events import record_event
from exclusions.models import Anchor, Event, Letter, Petition, PublicLetter, Seal, seals
from exclusions.models.public import anchor_digest, heads_digest
from exclusions.queries.record.chain_heads import heads_between
from exclusions.queries.record.record_check import breaks
from tests.factories.petitions import Journey
from tests.integration.record.test_verify_record import forge

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("What is asked of all rows is SQL of our own.")]


@pytest.fixture
def three_days(journey: Callable[..., Journey]) -> list[Anchor]:
    """Return the anchors of three days, on each of which a petition was filed."""
    for _ in range(3):
        case = journey()
        case.take("submit")
        run_clock(at=case.at + timedelta(days=Anchor.objects.count()))
    return list(Anchor.objects.order_by("day"))


def test_a_day_has_one_digest_over_the_one_before(three_days: list[Anchor]) -> None:
    assert [later.day - earlier.day for earlier, later in pairwise(three_days)] == [timedelta(days=1)] * 2
    assert [later.previous for later in three_days[1:]] == [earlier.digest for earlier in three_days[:-1]]
    assert len({anchor.digest for anchor in three_days}) == 3
    run_clock(at=three_days[-1].made_at + timedelta(minutes=5))
    assert Anchor.objects.count() == 3
    assert list(breaks()) == []


def test_an_anchor_takes_in_the_one_of_the_day_before_and_the_first_one_none(journey: Callable[..., Journey]) -> None:
    made: list[Anchor] = []
    for days in range(3):
        case = journey()
        case.take("submit")
        anchor = drop_anchor(at=case.at + timedelta(days=days))
        assert anchor is not None
        made.append(anchor)
    before, after = "", 0
    for anchor in made:
        heads = heads_between(after, anchor.seal)
        assert (anchor.previous, anchor.chains) == (before, len(heads))
        assert anchor.digest == anchor_digest(
            previous=before, day=anchor.day, seal=anchor.seal, seal_hash=anchor.seal_hash, heads=heads_digest(heads)
        )
        before, after = anchor.digest, anchor.seal
    assert after == Seal.objects.latest("pk").pk
    for late in made:
        assert drop_anchor(at=late.made_at) is None, "a day has one, and none is made for a day before the last"
    assert Anchor.objects.count() == 3


def test_an_anchor_is_over_the_very_first_event(at: datetime) -> None:
    assert not Seal.objects.exists()
    event = record_event("petition:of-none", "start", by=None, at=at)
    anchor = drop_anchor(at=at)
    assert anchor is not None
    assert (anchor.chains, anchor.previous) == (1, "")
    assert heads_between(0, anchor.seal) == [(event.subject, 1, event.hash)]


def test_a_history_rewritten_with_all_its_hashes_has_another_digest(three_days: list[Anchor]) -> None:
    """The whole of it is made consistent again by somebody who owns the database: events, seals and anchors."""
    copied = three_days[1].digest
    event = Event.objects.filter(subject=f"petition:{Petition.objects.earliest('reference').pk}").latest("sequence")
    event.reason = "never said"
    event.hash = event.digest()
    forge("exclusions_event", "UPDATE exclusions_event SET reason = %s, hash = %s WHERE id = %s",
          event.reason, event.hash, event.pk)  # fmt: skip
    seal = Seal.objects.filter(of_table="exclusions_event", of_row=str(event.pk)).order_by("-pk")[0]
    forge("exclusions_seal", "UPDATE exclusions_seal SET digest = %s WHERE id = %s",
          dict(seals.rows_of(connection, Event))[str(event.pk)], seal.pk)  # fmt: skip
    last = Seal.objects.filter(pk=seal.pk - 1).values_list("hash", flat=True).first() or ""
    for row in Seal.objects.filter(pk__gte=seal.pk).order_by("pk"):
        last = seals.link(last, row.pk, row.of_table, row.of_row, row.digest, row.shape, row.why)
        forge("exclusions_seal", "UPDATE exclusions_seal SET hash = %s WHERE id = %s", last, row.pk)
    assert f"The anchor of {three_days[0].day}: the chain of seals is not the one that it was made over." in breaks()
    previous, after = "", 0
    for anchor in three_days:
        found = Seal.objects.get(pk=anchor.seal).hash
        heads = heads_digest(heads_between(after, anchor.seal))
        digest = anchor_digest(previous=previous, day=anchor.day, seal=anchor.seal, seal_hash=found, heads=heads)
        forge("exclusions_anchor", "UPDATE exclusions_anchor SET seal_hash = %s, previous = %s, digest = %s "
              "WHERE id = %s", found, previous, digest, anchor.pk)  # fmt: skip
        previous, after = digest, anchor.seal
    assert [line for line in breaks() if not line.startswith("exclusions_anchor")] == []
    with pytest.raises(CommandError, match="No day of the record has the digest"):
        call_command("verify_record", anchor=copied, stdout=StringIO(), stderr=StringIO())


def test_a_copied_digest_is_looked_for(three_days: list[Anchor]) -> None:
    out = StringIO()
    call_command("verify_record", anchor=f" {three_days[0].digest.upper()}\n", stdout=out)
    assert out.getvalue() == "The record is whole.\n"
    with pytest.raises(CommandError, match=r"No day of the record has the digest ffff"):
        call_command("verify_record", anchor="f" * 64, stdout=out, stderr=StringIO())


def test_a_day_taken_out_is_found(three_days: list[Anchor]) -> None:
    forge("exclusions_anchor", "DELETE FROM exclusions_anchor WHERE id = %s", three_days[1].pk)
    assert f"The anchor of {three_days[2].day}: its digest does not follow from the record." in list(breaks())


def test_everybody_reads_the_digests(client: Client, three_days: list[Anchor]) -> None:
    page = client.get("/verify/").content.decode()
    assert all(anchor.digest in page for anchor in three_days)
    answer = client.get("/verify.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert [line.split()[1] for line in lines] == [anchor.digest for anchor in three_days]
    found = client.get("/api/v1/anchors/").json()["results"]
    assert [row["digest"] for row in found] == [anchor.digest for anchor in reversed(three_days)]


def test_a_letter_prints_the_head_of_its_case_and_the_last_digest(
    client: Client, three_days: list[Anchor], journey: Callable[..., Journey]
) -> None:
    from exclusions.actions.record.letters import ensure_letter  # noqa: PLC0415

    case = journey()
    petition: Petition = case.take("submit")
    letter = ensure_letter(petition, Letter.Kind.RECEIPT, at=case.at)
    assert letter is not None
    public = PublicLetter.objects.get(code=letter.code)
    last = Event.objects.filter(subject=f"petition:{petition.pk}").order_by("-sequence")[0]
    assert (public.head, public.anchor) == (f"{last.sequence}:{last.hash}", three_days[-1].digest)
    page = client.get(f"/verify/{letter.code}/").content.decode()
    assert last.hash in page
    assert three_days[-1].digest in page
