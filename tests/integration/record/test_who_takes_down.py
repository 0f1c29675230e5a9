"""Who takes which public thing down, and what a taking down leaves: event, mail, reading; and how it ends."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from exclusions.actions.record import quarantine
from exclusions.actions.record.orphans import remove_orphans
from exclusions.actions.review.interests import declare
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.gateways.documents.object_store import open_file
from exclusions.models import (
    AccessLog,
    Decision,
    Document,
    Event,
    InquiryAnswer,
    Notification,
    Petition,
    PublicPetition,
    PublicResponse,
    Quarantine,
    Response,
    User,
)
from exclusions.queries.record.public_things import Thing, public_things
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.public_things import STAFF_ALONE, Ground, Kind
from tests.conftest import Clock
from tests.factories.answered import answer_petition, bring, respond_with_files
from tests.factories.casework.inquiries import asked
from tests.factories.cast import CAST
from tests.factories.people import make_person
from tests.factories.who_enters import CASE_STAFF, OWNERS, RECUSED
from tests.factories.world import World, token_of

pytestmark = pytest.mark.django_db
Case = tuple[Petition, Response, str]
STAFF = CASE_STAFF - {"auditor", "drafter"}  # the auditor changes nothing, the drafter works from the public copy
AUTHOR, LINK, ANOTHERS_LINK = "author", "link", "another's link"
EVERYBODY = sorted({*CAST, RECUSED, AUTHOR, LINK, ANOTHERS_LINK})
AUTHORS = frozenset({AUTHOR, LINK})
# Whose each kind is. Staff take down anything.
WHO: dict[str, frozenset[str]] = {
    **dict.fromkeys((Kind.PETITION, Kind.ANSWER, Kind.REPLY, Kind.REPLY_ANSWER, Kind.INQUIRY_ANSWER), OWNERS),
    **dict.fromkeys((Kind.RESPONSE, Kind.RESPONSE_ANSWER), AUTHORS),
    **dict.fromkeys(STAFF_ALONE, frozenset()),
    "document of petition": OWNERS,
    "document of reply": OWNERS,
    "document of response": AUTHORS,
}


def name_of(thing: Thing) -> str:
    """Return under which name the table has a thing: of a file, also what it belongs to."""
    if thing.document is None:
        return thing.kind
    homes = {"petition": thing.document.petition_id, "response": thing.document.response_id}
    return f"document of {next((name for name, key in homes.items() if key), 'reply')}"


@pytest.fixture
def case(world: World, cast: dict[str, User], clock: Clock) -> Case:
    """Return a petition with a thing of every kind, the response with files that an account gave, and its token."""
    answer_petition(world.posted, cast, clock.now)
    response = Response.objects.get(petition=world.posted, organization_name="Posted Quarry")
    token = token_of(response)
    Response.objects.filter(pk=response.pk).update(user=cast["nobody"])
    InquiryAnswer.objects.create(
        inquiry=asked(world.posted), text="Nobody else.", answered_by=cast["importer"], answered_at=clock.now
    )
    Petition.objects.filter(pk=world.posted.pk).update(status="denied")
    world.posted.refresh_from_db()
    Decision.objects.create(
        petition=world.posted, outcome="deny", rationale="A source exists.", denial_codes=["DR1"],
        signed_by=cast["signatory"], signed_at=clock.now,
        findings=[{"criterion": "availability", "title": "Availability", "result": "against", "reasons": "Made here."}],
        explanations=[{"key": "fact", "title": "Fact behind DR1", "words": "", "reasons": "Two makers are in Maine."}],
    )  # fmt: skip
    return world.posted, response, token


def test_each_thing_is_taken_down_by_its_owner_and_by_staff_and_by_nobody_else(
    case: Case, world: World, cast: dict[str, User], clock: Clock
) -> None:
    petition, response, token = case
    tied = make_person("Rhea Recused", role="reviewer1")
    declare(user=tied, name="meadowlark infant care llc", nature="Shares", by=tied, at=clock.now)
    people = {**cast, RECUSED: tied, AUTHOR: cast["nobody"], LINK: None, ANOTHERS_LINK: None}
    tokens = {LINK: token, ANOTHERS_LINK: world.posted_token}
    things = {name_of(thing): thing for thing in public_things(petition) if belongs(thing, response)}
    things |= {name_of(thing): thing for thing in public_things(world.denied) if thing.kind is Kind.LETTER}
    assert set(things) == set(WHO)
    wrong = {}
    for name, thing in things.items():
        for who in EVERYBODY:
            allowed = who in WHO[name] | STAFF or (who == "nobody" and AUTHOR in WHO[name])
            home = world.denied if thing.kind is Kind.LETTER else petition
            with transaction.atomic():
                try:
                    quarantine.take_down(
                        home, thing.key, by=people[who], at=clock.now, reason="Wrong.", token=tokens.get(who, "")
                    )
                except NotPermitted:
                    found = False
                else:
                    found = True
                transaction.set_rollback(True)
            if found != allowed:
                wrong[name, who] = found
    assert wrong == {}


def belongs(thing: Thing, response: Response) -> bool:
    """Whether a thing is the petition's, or the one response's."""
    return thing.response in (None, response) and (
        thing.document is None or thing.document.response_id in (None, response.pk)
    )


def test_the_record_has_who_when_and_why_and_the_owner_gets_mail_that_repeats_nothing(
    case: Case, cast: dict[str, User], clock: Clock
) -> None:
    petition, response, token = case
    for key, by, to in (
        ("answer:product_name", cast["intake"], petition.filed_by.email),
        (f"response:{response.reference}", cast["legal"], response.email),
        (f"response-answer:{response.reference}:explanation", None, response.email),
        (f"reply:{response.reference}", cast["importer"], petition.filed_by.email),
    ):
        known = Notification.objects.count()
        taken = quarantine.take_down(
            petition, key, by=by, at=clock.now, reason="It says Hidden Works.", ground="confidential",
            token="" if by else token,
        )  # fmt: skip
        event = Event.objects.filter(subject=f"petition:{petition.pk}").order_by("-sequence")[0]
        assert (event.kind, event.by, event.at, event.reason) == ("quarantine", by, clock.now, "It says Hidden Works.")
        assert event.data["key"] == key
        assert event.data["ground"] == "confidential"
        mail = Notification.objects.order_by("-pk")[0]
        assert Notification.objects.count() == known + 1
        assert (mail.to, mail.template) == (to, "taken_down")
        assert "Hidden Works" not in str(mail.context) + mail.subject
        quarantine.restore(taken, by=cast["intake"], at=clock.now)
        assert Notification.objects.order_by("-pk")[0].template == "put_back"
    assert list(breaks()) == []


def test_what_was_taken_down_comes_back_as_it_was(case: Case, cast: dict[str, User], clock: Clock) -> None:
    petition, *_ = case

    def public() -> list[object]:
        rows: list[object] = list(PublicPetition.objects.filter(reference=petition.reference).values())
        rows += PublicResponse.objects.order_by("reference").values()
        for row in rows:
            row.pop("id"), row.pop("updated_at", None), row.pop("petition_id", None)  # type: ignore[attr-defined]
        return rows

    first = quarantine.take_down(petition, "answer:product_name", by=cast["intake"], at=clock.now, reason="Wrong.")
    quarantine.restore(first, by=cast["intake"], at=clock.now)
    before = public()
    for thing in public_things(petition):
        taken = quarantine.take_down(petition, thing.key, by=cast["intake"], at=clock.now, reason="Wrong.")
        if thing.kind is not Kind.LETTER:
            assert public() != before, thing.key
        quarantine.restore(taken, by=cast["legal"], at=clock.now)
        assert public() == before, thing.key


def test_a_corrected_text_stands_in_the_place_and_is_looked_through(
    case: Case, cast: dict[str, User], clock: Clock, client: Client, client_of: Callable
) -> None:
    petition, *_ = case
    key = "answer:product_function"
    quarantine.take_down(petition, key, by=cast["importer"], at=clock.now, reason="A name.", ground="mistake")
    taken = Quarantine.objects.get()
    address = reverse("case-quarantine-correct", args=[petition.reference, taken.pk])
    for who in ("importer", "reviewer1", "publisher"):
        assert client_of(cast[who]).get(address).status_code in (403, 404), who
        with pytest.raises(NotPermitted):
            quarantine.correct(taken, text="Work surfaces.", by=cast[who], at=clock.now)
    mine, known = client_of(cast["intake"]), AccessLog.objects.count()
    page = mine.get(address).content.decode()
    assert "Cut to size and used as work surfaces" in page
    assert AccessLog.objects.count() == known + 1
    secret = mine.post(address, {"text": "Used by Hidden Supplier Works."})
    assert secret.status_code == 422
    assert "Used by Hidden Supplier Works." in secret.content.decode()
    assert not Quarantine.objects.exclude(correction="").exists()
    assert mine.post(address, {"text": "Work surfaces."}).status_code == 302
    shown = client.get(f"/docket/{petition.reference}/").content.decode()
    assert "Work surfaces." in shown
    assert "(corrected on July 9, 2019)" in shown
    assert "Cut to size" not in shown
    assert client.get("/docket/?q=surfaces").content.decode().count(str(petition.reference)) > 0
    assert Notification.objects.order_by("-pk")[0].template == "corrected"
    with pytest.raises(WrongState, match="corrected text has replaced it"):
        quarantine.restore(taken, by=cast["intake"], at=clock.now)
    whole = quarantine.take_down(petition, by=cast["intake"], at=clock.now, reason="All of it.")
    with pytest.raises(WrongState, match="Only an answer"):
        quarantine.correct(whole, text="Something else.", by=cast["intake"], at=clock.now)


def test_a_responder_takes_down_by_the_link_that_was_mailed_or_by_the_account(
    case: Case, world: World, cast: dict[str, User], client: Client, client_of: Callable
) -> None:
    petition, response, token = case
    by_link = reverse("docket-respond-take-down", args=[petition.reference, token])
    confirmed = client.get(reverse("docket-respond-confirm", args=[petition.reference, token])).content.decode()
    assert by_link in confirmed
    page = client.get(by_link).content.decode()
    assert f"response-answer:{response.reference}:explanation" in page
    assert "answer:product_name" not in page
    sent = {"thing": f"response-answer:{response.reference}:explanation", "ground": "author", "reason": "Too much."}
    assert client.post(by_link, {**sent, "reason": " "}).status_code == 422
    assert client.post(by_link, sent).status_code == 302
    assert "its author asked for it" in client.get(f"/docket/{petition.reference}/").content.decode()
    assert "Too much." in client.get(by_link).content.decode()
    own = reverse("docket-response-take-down", args=[petition.reference, response.reference])
    assert client_of(cast["rival"]).get(own).status_code == 404
    theirs = client_of(cast["nobody"])
    assert theirs.post(own, {**sent, "thing": f"response:{response.reference}"}).status_code == 302
    assert response.organization_name not in client.get(f"/docket/{petition.reference}/").content.decode()
    assert Quarantine.objects.get(kind=Kind.RESPONSE).taken_by == cast["nobody"]
    # Of a response that is not posted nothing is public.
    other = reverse("docket-respond-take-down", args=[petition.reference, world.token])
    assert client.get(other).status_code == 404


def test_a_file_that_was_taken_down_is_kept_for_staff_and_a_refused_replacement_is_not(
    case: Case, world: World, cast: dict[str, User], clock: Clock, client_of: Callable
) -> None:
    petition, response, _ = case
    file = Document.objects.get(response=response, visibility="public")
    taken = quarantine.take_down(petition, f"document:{file.pk}", by=cast["intake"], at=clock.now, reason="A name.")
    address = reverse("case-document", args=[petition.reference, file.pk])
    known = AccessLog.objects.count()
    assert b"".join(client_of(cast["legal"]).get(address)).startswith(b"%PDF")
    assert AccessLog.objects.count() == known + 1
    assert client_of(cast["publisher"]).get(address).status_code == 404
    assert file.file_name not in client_of(cast["publisher"]).get(f"/review/{petition.reference}/").content.decode()
    replace = reverse("case-quarantine-replace", args=[petition.reference, taken.pk])
    client_of(cast["intake"]).post(replace, {"file": SimpleUploadedFile("new.txt", b"A text of its own.")})
    new = Document.objects.get(file_name="new.txt")
    assert (new.response_id, Quarantine.objects.get(document=new).restored_at) == (response.pk, None)
    clock.shift(days=1)
    assert list(remove_orphans(at=clock.now)) == []
    for document in (file, new):
        for key in filter(None, (document.storage_key, document.text_key)):
            open_file(key).close()


def test_a_reason_is_read_by_those_who_read_the_case_and_no_other_party(
    case: Case, cast: dict[str, User], clock: Clock, client: Client, client_of: Callable
) -> None:
    petition, response, token = case
    quarantine.take_down(
        petition, f"response-answer:{response.reference}:explanation", by=cast["intake"], at=clock.now,
        reason="It says Hidden Works.", ground="anothers",
    )  # fmt: skip
    theirs = reverse("petition-quarantine", args=[petition.pk])
    ours = reverse("case-quarantine", args=[petition.reference])
    link = reverse("docket-respond-take-down", args=[petition.reference, token])
    seen = {
        "importer": client_of(cast["importer"]).get(theirs),
        "publisher": client_of(cast["publisher"]).get(ours),
        "link": client.get(link),
        "legal": client_of(cast["legal"]).get(ours),
    }
    told = {who: "Hidden Works" in answer.content.decode() for who, answer in seen.items()}
    assert told == {"importer": False, "publisher": False, "link": False, "legal": True}
    assert all(str(Ground.ANOTHERS.label)[3:] in answer.content.decode() for answer in seen.values())


def test_more_things_cost_no_more_statements(
    case: Case, cast: dict[str, User], clock: Clock, client_of: Callable, django_assert_max_num_queries: Callable
) -> None:
    petition, *_ = case
    client, address = client_of(cast["legal"]), reverse("case-quarantine", args=[petition.reference])
    client.get(address)
    with django_assert_max_num_queries(40) as first:
        client.get(address)
    Petition.objects.filter(pk=petition.pk).update(status="posted")
    for name in ("another", "third", "fourth"):
        bring(respond_with_files(petition, name, clock.now), Response.Status.POSTED, cast["intake"], clock.now)
    Petition.objects.filter(pk=petition.pk).update(status="denied")
    with django_assert_max_num_queries(len(first)):
        client.get(address)


def test_an_unknown_ground_is_refused_beside_its_field(world: World, cast: dict[str, User], clock: Clock) -> None:
    with pytest.raises(Incomplete) as refused:
        quarantine.take_down(world.posted, by=cast["intake"], at=clock.now, reason="Wrong.", ground="spite")
    assert set(refused.value.fields) == {"ground"}
