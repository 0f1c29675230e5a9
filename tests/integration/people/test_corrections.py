"""Corrections of what was published: two persons, a dated version, the old one superseded, a letter that says so."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.loading.exclusion_registry import load_exclusions
from exclusions.actions.people import proposals
from exclusions.actions.people.record_acts import LETTER_TAKES, MOST_BESIDE
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.forms.people.proposals import WordingForm
from exclusions.gateways.documents.object_store import read_file
from exclusions.gateways.tariff.exclusion_item import ExclusionItem
from exclusions.models import Event, Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText, Notification, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import TEXT, Journey
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
RIGHT = TEXT.replace("polished on one face", "polished on both faces")
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def published(published_once: Journey) -> Journey:
    """Return a journey whose grant was published."""
    return published_once


@pytest.fixture
def exclusion(published: Journey) -> Exclusion:
    """Return the exclusion of that grant."""
    return Exclusion.objects.get(texts__source=f"Decision on {published.petition.reference}")


def wording(exclusion: Exclusion, **more: Any) -> dict[str, Any]:
    """Return the facts of a correction of the wording."""
    return {"what": "wording", "row": exclusion.texts.get().pk, "text": RIGHT, **more}


def term(exclusion: Exclusion, **more: Any) -> dict[str, Any]:
    """Return the facts of a correction of the term, which changes what `more` says."""
    row = exclusion.terms.get()
    days = {name: str(getattr(row, name) or "") for name in ("valid_from", "valid_to")}
    return {"what": "term", "row": row.pk, "heading": row.heading, "note": row.note, **days, **more}


@pytest.fixture
def correct(cast: dict[str, User], published: Journey, exclusion: Exclusion) -> Callable[..., None]:
    """Return `correct(facts)`: the publisher proposes it and counsel confirms it."""

    def both(facts: dict[str, Any], reason: str = "The annex of the notice says otherwise.") -> None:
        at = published.at
        key = exclusion.pk
        made = proposals.propose("correct_exclusion", key, by=cast["publisher"], at=at, reason=reason, facts=facts)
        proposals.confirm(made, by=cast["legal"], at=at)

    return both


def test_a_corrected_wording_supersedes_the_old_one_and_everybody_is_told(
    correct: Callable[..., None], published: Journey, exclusion: Exclusion, client: Client
) -> None:
    old, letter = exclusion.texts.get(), published.petition.letters.get(kind="grant")
    correct(wording(exclusion, citation="84 FR 43304"))
    new = exclusion.texts.get()
    assert (new.text, new.version, new.revision, new.valid_from) == (RIGHT, 1, old.revision + 1, old.valid_from)
    assert (new.supersedes, new.authority, new.corrected_by) == (old, "84 FR 43304", "Pat Publisher")
    assert ExclusionText.versions.get(pk=old.pk).text == TEXT
    page = client.get(reverse("exclusion", args=[exclusion.reference])).content.decode()
    assert "Corrected" in page
    assert "84 FR 43304" in page
    assert "one face" in page
    told = client.get(reverse("api-exclusion", args=[exclusion.reference])).json()
    assert told["texts"][0]["corrected_by"] == "Pat Publisher"
    assert [row["text"] for row in told["superseded"] if row["corrected_by"]] == [TEXT]
    tariff = client.get(reverse("tariff-number", args=["6810.99.0010"]), {"date": "2019-07-08"}).content.decode()
    assert "both faces" in tariff
    again = published.petition.letters.get(supersedes=letter)
    words = pdf_text(read_file(again.storage_key))
    for wanted in ("both faces", letter.code, "supersedes", "84 FR 43304", "The annex of the notice says otherwise."):
        assert wanted in words, wanted
    before = client.get(f"/verify/{letter.code}/").content.decode()
    assert "and replaced it" in before
    assert again.code in before
    assert letter.code in client.get(f"/verify/{again.code}/").content.decode()
    mail = Notification.objects.get(template="letter_superseded")
    assert (mail.to, mail.context["reference"]) == (published.petition.filed_by.email, published.petition.reference)
    assert list(breaks()) == []


def test_one_that_holds_from_a_later_day_leaves_the_old_words_until_its_eve(
    correct: Callable[..., None], exclusion: Exclusion, client: Client
) -> None:
    correct(wording(exclusion, holds_from="2019-06-01"))
    old, new = exclusion.texts.order_by("version")
    assert (old.text, old.valid_to) == (TEXT, date(2019, 5, 31))
    assert (new.text, new.version, new.valid_from, new.supersedes) == (RIGHT, 2, date(2019, 6, 1), None)

    def on(day: str) -> str:
        return client.get(reverse("tariff-number", args=["6810.99.0010"]), {"date": day}).content.decode()

    asked = "/api/v1/tariff/lines/6810990010/"
    assert [one["text"] for one in client.get(asked, {"as_of": "2019-05-31"}).json()["exclusions"]] == [TEXT]
    found = client.get(asked, {"as_of": "2019-06-01"}).json()["exclusions"]
    assert [one["text"] for one in found] == [RIGHT]
    assert found[0]["corrected_on"] is not None


def test_a_corrected_number_stands_in_the_wording_and_is_looked_up(
    correct: Callable[..., None], exclusion: Exclusion
) -> None:
    text = exclusion.texts.get()
    correct({"what": "number", "row": text.pk, "number": "6810990010", "instead": "6810.99.0080"})
    assert exclusion.texts.get().text == TEXT.replace("6810.99.0010", "6810.99.0080")
    assert [one.number for one in ExclusionNumber.objects.all()] == ["6810990080"]
    assert ExclusionNumber.versions.filter(text=text, number="6810990010").exists()


def test_a_corrected_term_has_other_days_or_another_heading_from_a_day_on(
    correct: Callable[..., None], exclusion: Exclusion
) -> None:
    first = exclusion.terms.get()
    correct(term(exclusion, valid_to="2020-12-31", citation="85 FR 48600"))
    longer = exclusion.terms.get()
    assert (longer.valid_to, longer.authority, longer.supersedes) == (date(2020, 12, 31), "85 FR 48600", first)
    correct(term(exclusion, heading="9903.88.18", note="20(v)", holds_from="2020-01-01", citation="85 FR 1"))
    old, new = exclusion.terms.order_by("valid_from")
    assert (old.heading, old.valid_to) == (first.heading, date(2019, 12, 31))
    assert (new.heading, new.note, new.valid_from, new.valid_to) == (
        "99038818", "v", date(2020, 1, 1), date(2020, 12, 31)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (lambda on: wording(on, text=TEXT), "This changes nothing"),
        (lambda on: wording(on, text="Slabs."), "names no statistical number"),
        (lambda on: wording(on, text=" "), "Enter the whole corrected wording"),
        (lambda on: wording(on, citation="banana"), "not a Federal Register citation"),
        (lambda on: wording(on, holds_from="2119-01-32"), "Enter a date"),
        (lambda on: term(on, heading="9903"), "8 digits"),
        (lambda on: term(on, heading="8413.81.00"), "not a heading of chapter 99"),
        (lambda on: term(on, note="a word"), "not a subdivision"),
        (lambda on: term(on, valid_to="2018-01-01"), "is before the first"),
        (lambda on: term(on, valid_to="2018-12-31"), "take back past days"),
        (lambda on: term(on, valid_from="2019-01-01"), "take back past days"),
        (lambda on: term(on, valid_to="2021-01-01", holds_from="2019-06-01"), "Leave this empty"),
        (lambda on: {"what": "number", "row": on.texts.get().pk, "number": "1", "instead": "6810.99.0080"}, "Choose a"),
        (
            lambda on: {"what": "number", "row": on.texts.get().pk, "number": "6810990010", "instead": "6810.99.0099"},
            "is not in the schedule on",
        ),
        (lambda on: {"what": "banana"}, "Choose what is wrong"),
        (lambda on: {"what": "term", "row": 0}, "have changed"),
    ],
)
def test_what_will_not_do_is_refused(
    facts: Callable[[Exclusion], dict[str, Any]], says: str, correct: Callable[..., None], exclusion: Exclusion
) -> None:
    with pytest.raises((Incomplete, WrongState), match=says):
        correct(facts(exclusion))


@pytest.mark.parametrize("what", ["correct_exclusion", "amend_exclusion"])
def test_a_reason_that_letters_have_no_room_for_is_refused(
    what: str, cast: dict[str, User], published: Journey, exclusion: Exclusion
) -> None:
    facts = wording(exclusion)
    reason = f"{'The annex says otherwise. ' * 22}It does!".ljust(MOST_BESIDE + 1, "!")
    with pytest.raises(Incomplete) as refused:
        proposals.propose(what, exclusion.pk, by=cast["publisher"], at=published.at, reason=reason, facts=facts)
    assert refused.value.fields["reason"] == [
        "The reason has 601 characters. The limit is 600, because the letter prints it."
    ]
    assert WordingForm({"text": RIGHT, "reason": reason}).errors["reason"]
    assert not WordingForm({"text": RIGHT, "reason": reason[1:]}).errors


def test_letters_print_the_reason_and_the_authority_whole_however_much_was_changed(
    correct: Callable[..., None], published: Journey, exclusion: Exclusion
) -> None:
    reason, long = f"{'The annex says otherwise. ' * 22}So it ends.", f"{RIGHT} {'which are cut to size, ' * 40}"
    correct(wording(exclusion, text=long.strip(), citation="84 FR 43304"), reason)
    letters = published.petition.letters.exclude(supersedes=None)
    assert letters
    for letter in letters:
        assert letter.reason.startswith("Corrected: Wording: “Slabs")
        assert letter.reason.endswith(f"…. Authority: 84 FR 43304. {reason}")
        assert len(letter.reason) == LETTER_TAKES


def test_each_petition_that_it_answers_gets_its_letter(
    journey: Callable[..., Journey], correct: Callable[..., None], published: Journey, exclusion: Exclusion
) -> None:
    other = journey(through_firm=True)
    other.take(*PATHS[Status.GRANTED])
    assert other.petition.decision.exclusion == exclusion
    published.at = other.at
    correct(wording(exclusion))
    for trip in (published, other):
        assert trip.petition.letters.filter(kind="grant", supersedes__isnull=False).count() == 1
    assert Notification.objects.filter(template="letter_superseded").count() == 2


def test_a_wrong_citation_or_day_of_a_notice_is_corrected_as_well(
    correct: Callable[..., None], exclusion: Exclusion
) -> None:
    before = exclusion.terms.get()
    correct(term(exclusion, citation="84 FR 43305", published_on="2019-08-20"))
    after = exclusion.terms.get()
    assert (after.authority, after.published_on) == ("84 FR 43305", date(2019, 8, 20))
    assert (after.valid_from, after.valid_to, after.supersedes) == (before.valid_from, before.valid_to, before)


def test_it_takes_a_publisher_and_counsel(cast: dict[str, User], published: Journey, exclusion: Exclusion) -> None:
    at = published.at
    facts = wording(exclusion)
    made = proposals.propose(
        "correct_exclusion",
        exclusion.pk,
        by=cast["publisher"],
        at=at,
        reason="The annex of the notice says otherwise.",
        facts=facts,
    )
    other = make_person("Pia Publisher", role="publisher")
    with pytest.raises(NotPermitted, match="You have the same role as the person who proposed this"):
        proposals.confirm(made, by=other, at=at)
    with pytest.raises(NotPermitted):
        proposals.confirm(made, by=cast["admin"], at=at)
    assert exclusion.texts.get().text == TEXT


def test_a_file_that_still_has_the_old_words_brings_nothing_back(
    correct: Callable[..., None], published: Journey, exclusion: Exclusion
) -> None:
    row = exclusion.terms.get()
    correct(wording(exclusion))
    correct(term(exclusion, valid_to="2020-12-31", citation="85 FR 1"))
    item = ExclusionItem(
        heading=row.heading, note=row.note, list_code=exclusion.action.code, released=(), seq=row.seq,
        printed=row.item, text=TEXT, valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip
    load_exclusions(items=[item], rows=1, source="note.txt", at=published.at + timedelta(days=1))
    assert exclusion.texts.get().text == RIGHT
    assert exclusion.terms.get().valid_to == date(2020, 12, 31)
    assert ExclusionTerm.objects.filter(exclusion=exclusion).count() == 1


def test_the_publisher_corrects_on_the_pages(
    cast: dict[str, User], exclusion: Exclusion, published: Journey, client_of: ClientOf, clock: Any
) -> None:
    clock.move_to(published.at)
    publisher = client_of(cast["publisher"])
    public = publisher.get(reverse("exclusion", args=[exclusion.reference])).content.decode()
    start = reverse("staff-exclusion", args=[exclusion.reference])
    assert start in public
    assert start not in client_of(None).get(reverse("exclusion", args=[exclusion.reference])).content.decode()
    form = reverse("staff-exclusion-correct", args=[exclusion.reference, "wording", exclusion.texts.get().pk])
    assert form in publisher.get(start).content.decode()
    refused = publisher.post(form, {"text": "Slabs.", "reason": "The annex of the notice says otherwise."})
    assert refused.status_code == 422
    assert "names no statistical number" in refused.content.decode()
    sent = publisher.post(form, {"text": RIGHT, "reason": "The annex of the notice says otherwise."}, follow=True)
    assert "both faces" in sent.content.decode()
    counsel, where = client_of(cast["legal"]), sent.redirect_chain[-1][0]
    assert "both faces" in counsel.get(start).content.decode()
    assert "one face" in counsel.get(where).content.decode()
    assert counsel.post(where, {"answer": "confirm"}).status_code == 302
    assert exclusion.texts.get().text == RIGHT
    assert Event.objects.filter(subject=f"exclusion:{exclusion.pk}", kind="correct_exclusion").count() == 1
    assert client_of(cast["admin"]).get(start).status_code == 200
    assert client_of(cast["admin"]).get(form).status_code == 404
