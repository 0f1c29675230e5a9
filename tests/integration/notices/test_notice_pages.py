"""The pages of notices: drafted, read, sent and published there; public from then on, with files that load back."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from docx import Document

from exclusions.actions.decision.undoing import enter_ace_day
from exclusions.actions.people import proposals
from exclusions.errors import WrongState
from exclusions.gateways.annex.counting import recount
from exclusions.gateways.annex.facts import read_facts
from exclusions.models import ExclusionTerm, FederalNotice, NoticeDraft, PublicNotice, User
from tests.conftest import Clock
from tests.factories.petitions import TEXT, Journey
from tests.integration.loading.test_load_exclusions import every_row, load

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def draft(to_sign: Journey, publisher: User, client_of: ClientOf, clock: Clock) -> NoticeDraft:
    """A notice that its publisher drafted on the page."""
    petition = to_sign.take("grant")
    clock.move_to(to_sign.at)
    page = client_of(publisher)
    assert page.post("/notices/drafts/", {}).status_code == 422
    assert page.post("/notices/drafts/", {"cases": [petition.reference]}).status_code == 302
    return NoticeDraft.objects.get()


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_a_notice_goes_from_granted_case_to_public_files(
    draft: NoticeDraft, publisher: User, client_of: ClientOf, clock: Clock, tmp_path: Path
) -> None:
    page, everybody = client_of(publisher), client_of(None)
    address = f"/notices/drafts/{draft.pk}/"
    shown = words(page, address)
    for part in (
        "Drafted", "1 specially prepared product description answers 1 separate exclusion request",
        "9903.88.13, note 20(p), paragraph (1)", "USTR-2019-0005", "Sep 24, 2018",
    ):  # fmt: skip
        assert part in shown, part
    assert everybody.get(f"{address}notice.docx").status_code == 302
    assert page.get(f"{address}notice.docx").status_code == 200
    refused = page.post(address, {"verb": "publish", "citation": "84 FR 99999", "published_on": "2019-07-09"})
    assert (refused.status_code, "You can do that only while it is sent" in refused.content.decode()) == (409, True)
    assert page.post(address, {"verb": "send"}).status_code == 302
    today = clock.now.date()
    sent = {"verb": "publish", "citation": "84 FR 99999", "published_on": today.isoformat()}
    assert page.post(address, {**sent, "citation": "83 FR 9"}).status_code == 422
    assert page.post(address, sent).status_code == 302
    number = FederalNotice.objects.get().pk
    public = f"/notices/published/{number}/"
    assert "84 FR 99999" in words(everybody, "/notices/published/")
    assert f"(1) {TEXT}" in words(everybody, public)
    reference = ExclusionTerm.objects.get().exclusion.reference
    assert public in everybody.get(f"/exclusions/{reference}/").content.decode()
    facts = read_facts(PublicNotice.objects.get().facts)
    document = Document(BytesIO(everybody.get(f"{public}notice.docx").content))
    assert recount([paragraph.text for paragraph in document.paragraphs], facts.rows, 1) == []
    assert f"(1) {TEXT}" in [paragraph.text for paragraph in document.paragraphs]
    with pikepdf.open(BytesIO(everybody.get(f"{public}notice.pdf").content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
    listed = json.loads(everybody.get(f"{public}notice.json").content)
    assert [one["exclusion"] for one in listed["exclusions"]] == [reference]
    (tmp_path / "customs.csv").write_bytes(everybody.get(f"{public}notice.csv").content)
    before = every_row()
    assert "Nothing changed" in load(tmp_path / "customs.csv")
    assert every_row() == before


def test_a_notice_is_taken_back_before_ace_and_refused_after(
    draft: NoticeDraft, publisher: User, signatory: User, client_of: ClientOf, clock: Clock
) -> None:
    page, today = client_of(publisher), clock.now.date()
    sent = {"verb": "publish", "citation": "84 FR 99999", "published_on": today.isoformat()}
    for form in ({"verb": "send"}, sent):
        assert page.post(f"/notices/drafts/{draft.pk}/", form).status_code == 302
    notice = FederalNotice.objects.get()
    why = "The citation is that of another notice."
    made = proposals.propose("undo_notice", notice.pk, by=publisher, at=clock.now, reason=why)
    proposals.confirm(made, by=signatory, at=clock.now)
    draft.refresh_from_db()
    assert (draft.status, draft.notice) == ("drafted", None)
    assert "removed it on" in words(client_of(None), f"/notices/published/{notice.pk}/")
    assert ExclusionTerm.objects.get().status == ExclusionTerm.Status.PENDING
    for form in ({"verb": "send"}, {**sent, "citation": "84 FR 99998"}):
        assert page.post(f"/notices/drafts/{draft.pk}/", form).status_code == 302
    again = FederalNotice.objects.latest("pk")
    enter_ace_day(again, today, by=publisher, at=clock.now)
    with pytest.raises(WrongState, match="Only a later notice can change it"):
        proposals.propose("undo_notice", again.pk, by=publisher, at=clock.now, reason=why)
    assert "Only a later notice can change it" in words(page, f"/notices/{again.pk}/")


def test_items_are_changed_on_the_page_and_a_draft_is_dropped(
    draft: NoticeDraft, publisher: User, client_of: ClientOf
) -> None:
    page, address, item = client_of(publisher), f"/notices/drafts/{draft.pk}/", draft.items.get()
    assert page.post(address, {"verb": "paragraph", "item": item.pk}).status_code == 422
    assert page.post(address, {"verb": "paragraph", "item": item.pk, "number": 7}).status_code == 302
    assert "paragraph (7)" in words(page, address)
    assert page.post(address, {"verb": "send"}).status_code == 302
    assert page.post(address, {"verb": "reopen"}).status_code == 302
    assert page.post(address, {"verb": "take_out", "item": item.pk}).status_code == 302
    assert "The notice has no item" in words(page, address)
    assert page.post(address, {"verb": "drop"}).status_code == 302
    assert page.get(address).status_code == 200


def test_counsel_withdraws_on_the_page(
    draft: NoticeDraft, publisher: User, legal: User, client_of: ClientOf, clock: Clock
) -> None:
    page, today = client_of(publisher), clock.now.date()
    for form in (
        {"verb": "send"},
        {"verb": "publish", "citation": "84 FR 99999", "published_on": today.isoformat()},
    ):
        page.post(f"/notices/drafts/{draft.pk}/", form)
    reference, last_day = ExclusionTerm.objects.get().exclusion.reference, today + timedelta(days=60)
    typed = {"exclusions": "L3-NONE", "last_day": last_day.isoformat(), "reason": "Makers in Ohio offer the product."}
    counsel = client_of(legal)
    refused = counsel.post("/notices/withdraw/", typed)
    assert (refused.status_code, "No exclusion L3-NONE is in force" in refused.content.decode()) == (422, True)
    assert counsel.post("/notices/withdraw/", {**typed, "exclusions": f"{reference}\n{reference}"}).status_code == 302
    address = f"/notices/drafts/{NoticeDraft.objects.latest('pk').pk}/"
    assert "[Exclusion deleted.]" in words(counsel, address)
    for form in (
        {"verb": "send"},
        {"verb": "publish", "citation": "84 FR 99998", "published_on": today.isoformat()},
    ):
        assert page.post(address, form).status_code == 302
    shown = words(client_of(None), f"/exclusions/{reference}/")
    assert "Withdrawn by the agency, by 84 FR 99998." in shown
    assert "Withdrawn by the agency: Makers in Ohio offer the product." in shown
