"""Notes on a case, whom they name, and the tags of a team."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exclusions.actions.casework import notes
from exclusions.actions.review import reviews
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import CaseNote, CaseTag, Mention, Notification, Petition, Tag, User
from exclusions.queries.casework.notes import named, staff
from exclusions.workflow.states import Status
from tests.factories.people import make_person
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Bring = Callable[[Status], Petition]
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def case(level1_once: Journey) -> Petition:
    """Return a case at level 1."""
    return level1_once.petition


@pytest.fixture
def lead(db: None) -> User:
    """Return the lead of the level 1 team."""
    person = make_person("Lena Lead", role="reviewer1")
    User.objects.filter(pk=person.pk).update(leads=True)
    person.refresh_from_db()
    return person


def test_a_note_is_written_on_the_page_read_there_and_tells_whom_it_names(
    case: Petition, cast: dict[str, User], client_of: ClientOf
) -> None:
    url = f"/review/{case.reference}/notes/"
    text = "The margin of Hidden Supplier Works is 41 percent. @Sam Senior, and @lee.legal: look. Mail me@agency.test."
    assert client_of(cast["reviewer1"]).post(url, {"text": text}).status_code == 302
    page = client_of(cast["reviewer2"]).get(url).content.decode()
    assert "Hidden Supplier Works is 41 percent" in page
    assert {mention.user for mention in Mention.objects.all()} == {cast["reviewer2"], cast["legal"]}
    mails = Notification.objects.filter(template="case_note")
    assert sorted(mail.to for mail in mails) == sorted([cast["reviewer2"].email, cast["legal"].email])
    assert not [mail for mail in mails if "Hidden" in str(mail.context) + mail.subject]
    mine = client_of(cast["legal"]).get("/review/notes/").content.decode()
    assert case.reference in mine
    assert "Hidden Supplier" not in mine
    assert case.reference not in client_of(cast["committee"]).get("/review/notes/").content.decode()


@pytest.mark.parametrize("name", ["drafter", "publisher", "customs", "admin", "importer", "filer", "nobody"])
def test_who_does_not_read_the_whole_case_reads_and_writes_no_note(
    name: str, case: Petition, cast: dict[str, User], client_of: ClientOf, at: Any
) -> None:
    notes.write_note(case, "Between us.", by=cast["reviewer1"], at=case.status_since)
    client, url = client_of(cast[name]), f"/review/{case.reference}/notes/"
    for answer in (client.get(url), client.post(url, {"text": "Hello."})):
        assert answer.status_code in {403, 404}
        assert "Between us." not in answer.content.decode()
    with pytest.raises(NotPermitted):
        notes.write_note(case, "Hello.", by=cast[name], at=case.status_since)
    assert CaseNote.objects.count() == 1


def test_the_auditor_reads_and_writes_none(case: Petition, cast: dict[str, User], client_of: ClientOf) -> None:
    notes.write_note(case, "Between us.", by=cast["reviewer1"], at=case.status_since)
    page = client_of(cast["auditor"]).get(f"/review/{case.reference}/notes/").content.decode()
    assert "Between us." in page
    assert "Write the note" not in page
    with pytest.raises(NotPermitted):
        notes.write_note(case, "Hello.", by=cast["auditor"], at=case.status_since)


@pytest.mark.parametrize("who", ["drafter", "recused", "tied"])
def test_naming_somebody_who_may_not_see_the_case_is_refused_and_nothing_typed_is_lost(
    who: str, case: Petition, cast: dict[str, User], client_of: ClientOf
) -> None:
    name = {"drafter": "Dana Drafter", "recused": "Sam Senior", "tied": "Ada Insider"}[who]
    if who == "recused":
        reviews.recuse(case, reason="A cousin works there.", by=cast["reviewer2"], at=case.status_since)
    if who == "tied":
        insider = make_person("Ada Insider", role="legal")
        insider.interests.create(
            name=case.organization.legal_name, nature="Shares", declared_at=case.status_since, declared_by=insider
        )
    text = f"Look at the price, @{name}."
    answer = client_of(cast["reviewer1"]).post(f"/review/{case.reference}/notes/", {"text": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{name} may not see this case, so no note on it can name {name}." in page
    assert text in page
    assert not CaseNote.objects.exists()
    assert not Notification.objects.filter(template="case_note").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" ", "Write the note."),
        ("x" * 4_001, "at most 4,000 characters"),
        ("@Sam Seniorita, look.", "No member of staff is called “@Sam Seniorita,”"),
        ("@everybody", "No member of staff is called “@everybody”"),
    ],
)
def test_a_note_that_is_empty_too_long_or_names_nobody_is_refused(
    text: str, sentence: str, case: Petition, cast: dict[str, User]
) -> None:
    with pytest.raises(Incomplete, match=sentence):
        notes.write_note(case, text, by=cast["reviewer1"], at=case.status_since)


def test_the_longest_name_is_meant(cast: dict[str, User]) -> None:
    longer = make_person("Sam Senior Second", role="legal")
    assert named("@sam senior second: look.", staff()) == ([longer], [])
    assert named("@Sam Senior: look, @sam.senior", staff()) == ([cast["reviewer2"]], [])
    assert named("a@b.example and 3 @ 5", staff()) == ([], [])


def test_tags_are_the_teams_words_put_on_taken_off_filtered_and_retired(
    case: Petition, lead: User, cast: dict[str, User], client_of: ClientOf
) -> None:
    head, client = client_of(lead), client_of(cast["reviewer1"])
    assert head.post("/review/team/tags/", {"name": " Needs  figures "}).status_code == 302
    assert head.post("/review/team/tags/", {"name": "needs figures"}).status_code == 422
    assert client.post("/review/team/tags/", {"name": "Mine"}).status_code == 403
    tag = Tag.objects.get()
    assert client.post(f"/review/{case.reference}/tags/put/", {"tag": tag.pk}).status_code == 302
    assert client.post(f"/review/{case.reference}/tags/put/", {"tag": tag.pk}).status_code == 302
    assert CaseTag.objects.count() == 1
    assert "Needs figures" in client.get("/review/").content.decode()
    assert [row.reference for row in client.get(f"/review/?tag={tag.pk}").context["rows"]] == [case.reference]
    assert list(client.get("/review/?tag=999").context["rows"]) == []
    # Another team neither sees nor uses it.
    other = client_of(cast["reviewer2"])
    assert "Needs figures" not in other.get(f"/review/{case.reference}/notes/").content.decode()
    assert other.post(f"/review/{case.reference}/tags/take/", {"tag": tag.pk}).status_code == 409
    assert head.post("/review/team/tags/", {"tag": tag.pk}).status_code == 302
    assert client.post(f"/review/{case.reference}/tags/take/", {"tag": tag.pk}).status_code == 302
    assert client.post(f"/review/{case.reference}/tags/put/", {"tag": tag.pk}).status_code == 409
    assert client.post(f"/review/{case.reference}/tags/put/", {}).status_code == 422
    mark = CaseTag.objects.get()
    assert (mark.taken_by, mark.put_by) == (cast["reviewer1"], cast["reviewer1"])


def test_a_recused_person_tags_nothing_and_many_are_tagged_at_once(
    case: Petition, lead: User, cast: dict[str, User], client_of: ClientOf
) -> None:
    tag = notes.make_tag("Pumps", by=lead, at=case.status_since)
    sent = {"act": "tag", "tag": tag.pk, "chosen": [f"{case.reference}:level1"]}
    client = client_of(cast["reviewer1"])
    assert client.post("/review/many/", sent).status_code == 302
    assert CaseTag.objects.get().petition == case
    assert client.post("/review/many/", {**sent, "act": "untag"}).status_code == 302
    assert not CaseTag.objects.filter(taken_at=None).exists()
    assert client.post("/review/many/", {**sent, "tag": ""}).status_code == 422
    reviews.recuse(case, reason="A cousin works there.", by=cast["reviewer1"], at=case.status_since)
    with pytest.raises(NotPermitted):
        notes.put_tag(case, tag.pk, by=cast["reviewer1"], at=case.status_since)
    with pytest.raises(WrongState):
        notes.retire_tag(notes.retire_tag(tag.pk, by=lead, at=case.status_since).pk, by=lead, at=case.status_since)
