"""What is wrong with a filing is said in a sentence that names field and remedy; nothing is lost, nothing is filed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.models import Document, Notification, Organization, Petition, ReferenceSequence, Round, TariffLine, User
from exclusions.permissions.filing import blocking_problems, remarks
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.facts import make_action
from tests.factories.people import make_organization
from tests.factories.typed import typed

SignIn = Callable[[User | None], Client]


@pytest.fixture
def whole(importer: User, meadowlark: Organization, list3: Round, at: datetime) -> Petition:
    """Return a draft with every answer given, and two more subheadings in the schedule: one on List 1, one on none."""
    for number, words in (("84879000", "Parts"), ("8482400000", "Needle bearings"), ("8471300100", "Laptops")):
        TariffLine.objects.create(
            number=number,
            level=len(number),
            position=1,
            description=words,
            full_description=words,
            valid_from=date(2018, 1, 1),
        )
    make_action("1", heading="99038801", number="84824000")
    TariffLine.objects.create(
        number="6810990020",
        level=10,
        position=2,
        description="Old slabs",
        full_description="Old slabs",
        valid_from=date(2018, 1, 1),
        valid_to=date(2018, 12, 31),
    )
    return petitions.start(round=list3, organization=meadowlark, by=importer, at=at, answers=petition_answers())


def enter(client: Client, petition: Petition, step: str, action: str = "continue", **fields: Any) -> Any:
    """Post a step's page with some fields changed, as a browser does."""
    url = reverse("petition-step", args=[petition.pk, step])
    return client.post(url, {**typed(client.get(url)), **fields, "action": action})


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("681099001", "9 digits"),
        ("68109900101", "11 digits, which is too many"),
        ("6810.99.00", "Choose one of: 6810.99.0010"),
        ("84879000", "Enter 8487.90.0000"),
        ("6810.99.0020", "is not in the tariff schedule on the filing date"),
        ("8471.30.0100", "is not covered by this action (List 3)"),
        ("8482.40.0000", "List 1 covers it"),
        ("quartz", "Use only the digits 0 to 9"),
        ("1.23E+09", "scientific form"),
    ],
)
def test_a_number_that_cannot_be_filed_is_named_with_its_remedy_and_kept(
    number: str, says: str, whole: Petition, importer: User, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    client = client_of(importer)
    saved = enter(client, whole, "product", hts10=number, product_name="Slabs, changed")
    assert saved.status_code == 302, "it is saved, and Back asks nobody to send it again"
    answer = client.get(saved["Location"])
    page = answer.content.decode()
    assert says in " ".join(answer.context["form"].errors["hts10"])
    assert 'aria-invalid="true"' in page
    kept = whole.versions.get().answers
    assert kept["product_name"] == "Slabs, changed"
    assert kept["hts10"].replace(".", "")[:4] == number.replace(".", "")[:4]
    with pytest.raises(Incomplete):
        petitions.submit(whole, by=importer, at=at, certified=CERTIFIED)
    checked = client.get(reverse("petition-check", args=[whole.pk]))
    assert checked.context["error_count"] == 1
    assert b"?gaps#id_hts10" in checked.content


def test_eight_digits_and_00_are_right_where_the_subheading_has_no_breakout(
    whole: Petition, importer: User, list3: Round, at: datetime
) -> None:
    make_action("3", number="84879000")
    petitions.save_answers(whole, by=importer, at=at, answers={"hts10": "8487.90.0000"})
    assert blocking_problems(whole, at) == []


def test_a_live_exclusion_is_a_warning_and_stops_nothing(whole: Petition, at: datetime) -> None:
    assert [r.key for r in remarks(whole, whole.versions.get().answers, at) if not r.is_error] == []


def test_a_filing_in_the_last_second_is_in_time_and_one_second_later_is_not(
    whole: Petition, importer: User, client_of: SignIn, clock: Clock, list3: Round
) -> None:
    late = list3.closes_at + timedelta(seconds=1)
    with pytest.raises(Incomplete, match=r"closed on Monday, September 30, 2019, 11:59 p\.m\. ET"):
        petitions.submit(whole, by=importer, at=late, certified=CERTIFIED)
    clock.move_to(late)
    client = client_of(importer)
    page = client.get(reverse("petition-certify", args=[whole.pk]))
    assert b"Monday, September 30, 2019, 11:59 p.m. ET" in page.content
    answer = client.post(reverse("petition-certify", args=[whole.pk]), CERTIFIED)
    assert answer.status_code == 422
    whole.refresh_from_db()
    assert (whole.status, whole.reference) == ("draft", None)
    assert not ReferenceSequence.objects.exists()
    filed = petitions.submit(whole, by=importer, at=list3.closes_at, certified=CERTIFIED)
    assert filed.submitted_at == list3.closes_at


def test_nothing_can_be_begun_outside_the_window(
    importer: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    early = list3.opens_at - timedelta(seconds=1)
    with pytest.raises(WrongState, match="opens on Sunday, June 30, 2019, noon ET"):
        petitions.start(round=list3, organization=meadowlark, by=importer, at=early)
    clock.move_to(early)
    client = client_of(importer)
    assert b"No filing window is open now" in client.get(reverse("petition-new")).content
    client.post(reverse("petition-new"), {"round": "list-3", "party": f"{meadowlark.pk}:"})
    assert not Petition.objects.exists()


def test_missing_answers_stop_the_submission_and_each_is_linked(
    importer: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    draft = petitions.start(round=list3, organization=meadowlark, by=importer, at=at)
    client = client_of(importer)
    checked = client.get(reverse("petition-check", args=[draft.pk]))
    assert checked.context["error_count"] >= 27
    assert b"?gaps#id_purchases" in checked.content
    petitions.save_answers(draft, by=importer, at=at, answers={"purchases": {"unit": "kg"}})
    checked = client.get(reverse("petition-check", args=[draft.pk]))
    assert "“Purchases of the product”: 18 cells have no answer".encode() in checked.content
    answer = client.post(reverse("petition-certify", args=[draft.pk]), CERTIFIED)
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.status == "draft"
    own = {"requester_first_name": "Ada", "requester_last_name": "Importer", "requester_email": importer.email}
    known = {"org_legal_name": meadowlark.legal_name, "is_third_party": "no", "purchases": {"unit": "kg"}}
    assert draft.versions.get().answers == known | own


def test_without_each_certification_nothing_is_filed(
    whole: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    answer = client_of(importer).post(reverse("petition-certify", args=[whole.pk]), {"certify_complete": "yes"})
    assert answer.status_code == 422
    assert "business confidential" in answer.context["reasons"][0]
    assert Notification.objects.count() == 0


def test_what_was_certified_must_be_what_is_stored(whole: Petition, importer: User, at: datetime) -> None:
    petitions.save_answers(whole, by=importer, at=at, answers={"product_name": "Other slabs"})
    with pytest.raises(ActionRefused, match="Read the public version again"):
        petitions.submit(whole, by=importer, at=at, certified=CERTIFIED, revision=0)


def test_a_second_submission_is_refused_clearly(
    whole: Petition, importer: User, filer: User, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    petitions.submit(whole, by=importer, at=at, certified=CERTIFIED)
    with pytest.raises(WrongState, match="Submit petition"):
        petitions.submit(whole, by=importer, at=at, certified=CERTIFIED)
    answer = client_of(importer).post(reverse("petition-certify", args=[whole.pk]), CERTIFIED, follow=True)
    assert b"was already submitted" in answer.content
    assert Petition.objects.get().reference == "USTR-2019-0005-000001"


def test_a_filed_petition_cannot_be_changed(
    whole: Petition, importer: User, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    client = client_of(importer)
    url = reverse("petition-step", args=[whole.pk, "product"])
    fields = {**typed(client.get(url)), "product_name": "Changed afterwards", "action": "save"}
    petitions.submit(whole, by=importer, at=at, certified=CERTIFIED)
    client.post(url, fields)
    assert whole.versions.get().answers["product_name"] == "Agglomerated quartz slabs"
    with pytest.raises(WrongState, match="can no longer change its answers"):
        petitions.save_answers(whole, by=importer, at=at, answers={"product_name": "Changed"})
    with pytest.raises(WrongState, match="stays on record"):
        petitions.delete_draft(whole, by=importer, at=at)


def test_two_windows_show_both_versions_and_keep_the_second(
    whole: Petition, importer: User, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    client = client_of(importer)
    url = reverse("petition-step", args=[whole.pk, "product"])
    stale = typed(client.get(url))
    petitions.save_answers(whole, by=importer, at=at, answers={"product_name": "From the first window"})
    answer = client.post(url, {**stale, "product_name": "From the second window", "action": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [(d.saved, d.sent) for d in answer.context["conflict"]] == [
        ("From the first window", "From the second window")
    ]
    assert 'value="From the second window"' in page
    assert whole.versions.get().answers["product_name"] == "From the first window"
    again = {**typed(answer), "product_name": "From the second window", "action": "save"}
    assert client.post(url, again).status_code == 302
    assert whole.versions.get().answers["product_name"] == "From the second window"


def test_two_people_may_work_on_different_steps(
    whole: Petition, importer: User, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    client = client_of(importer)
    url = reverse("petition-step", args=[whole.pk, "harm"])
    opened = typed(client.get(url))
    petitions.save_answers(whole, by=importer, at=at, answers={"product_name": "Slabs"})
    answer = client.post(url, {**opened, "severe_harm_explanation": "Fewer jobs.", "action": "save"})
    assert answer.status_code == 302
    kept = whole.versions.get().answers
    assert (kept["product_name"], kept["severe_harm_explanation"]) == ("Slabs", "Fewer jobs.")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("photo.png", b"%PDF-1.7 nothing", "is named as a PNG image, but its content is a PDF"),
        ("spec.pdf", b"", "is empty"),
        ("tool.exe", b"MZ\x90\x00" + b"\x00" * 200, "is not accepted"),
        ("page.txt", b"<html><script>1</script></html>", "a web page or script"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_and_the_answers_are_kept(
    name: str, content: bytes, says: str, whole: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    answer = enter(
        client_of(importer),
        whole,
        "product",
        "upload",
        product_name="Kept",
        product_documents=SimpleUploadedFile(name, content),
    )
    assert answer.status_code == 422
    assert says in " ".join(answer.context["form"].errors["product_documents"])
    assert not Document.objects.exists()
    assert whole.versions.get().answers["product_name"] == "Kept"


def test_staff_may_not_file(reviewer1: User, list3: Round, meadowlark: Organization, at: datetime) -> None:
    with pytest.raises(NotPermitted, match="Agency staff cannot file"):
        petitions.start(round=list3, organization=meadowlark, by=reviewer1, at=at)


def test_nobody_files_for_a_company_that_did_not_authorize_them(
    outsider: User, filer: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    firm = outsider.memberships.get().organization
    with pytest.raises(NotPermitted, match="has not authorized Saltmarsh Brokers"):
        petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=outsider, at=at)
    with pytest.raises(NotPermitted, match="You do not belong to Meadowlark"):
        petitions.start(round=list3, organization=meadowlark, by=outsider, at=at)
    stranger = make_organization("Two Rivers Radio Co.")
    with pytest.raises(NotPermitted, match="has not authorized Harbor and Vale"):
        petitions.start(
            round=list3,
            organization=stranger,
            filer_organization=filer.memberships.get().organization,
            by=filer,
            at=at,
        )
    answer = client_of(outsider).post(
        reverse("petition-new"), {"round": "list-3", "party": f"{meadowlark.pk}:{firm.pk}"}
    )
    assert answer.status_code == 422
    assert not Petition.objects.exists()
