"""Templates of letters: versions, looked at on a real case, used once two persons agree; never in hindsight."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from exclusions.actions.notices.letter_templates import preview, write_template
from exclusions.actions.people import proposals
from exclusions.actions.record.letters import decision_letter
from exclusions.errors import Incomplete, NotPermitted
from exclusions.gateways.documents.object_store import read_file
from exclusions.gateways.letter_words import shipped_words
from exclusions.models import Event, Letter, LetterTemplate, Petition, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.notices.letter_templates import WHY, another
from tests.factories.petitions import Journey
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
SENTENCE = "Keep this letter with the papers of the entry."
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def denied(denied_once: Journey) -> Journey:
    """Return a journey that was denied."""
    return denied_once


def words(letter: Letter) -> str:
    return pdf_text(read_file(letter.storage_key))


def test_a_version_that_two_persons_put_in_force_sets_the_letters_to_come_and_no_other(
    denied: Journey, cast: dict[str, User]
) -> None:
    letter = denied.petition.letters.get(kind="denial")
    before, told = read_file(letter.storage_key), words(letter)
    made = write_template("denial", text=another("denial"), why=WHY, by=cast["legal"], at=denied.at)
    assert (made.number, made.in_force_at) == (1, None)
    decision = denied.petition.decision
    assert SENTENCE not in words(decision_letter(decision, at=denied.at)), "written, and not in force"
    asked = proposals.propose("use_template", made.pk, by=cast["legal"], reason=WHY, at=denied.at)
    proposals.confirm(asked, by=cast["signatory"], at=denied.at)
    after = decision_letter(decision, at=denied.at)
    assert SENTENCE in words(after)
    assert "template denial 1" in words(after)
    assert (after.template, letter.template) == ("denial 1", "shipped")
    letter.refresh_from_db()
    assert read_file(letter.storage_key) == before
    assert SENTENCE not in told
    kinds = (
        Event.objects.filter(subject=f"letter_template:{made.pk}").order_by("sequence").values_list("kind", flat=True)
    )
    assert list(kinds) == ["write_template", "propose", "use_template"]
    assert list(breaks()) == []


def test_no_version_is_rewritten(cast: dict[str, User], denied: Journey) -> None:
    made = write_template("denial", text=another("denial"), why=WHY, by=cast["legal"], at=denied.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterTemplate.objects.filter(pk=made.pk).update(text="# Other")


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("Dear {banana},", ["no field “{banana}”", "{reference}, {docket}, {organization}"]),
        ("Mail {requester_email}.", ["“{requester_email}” is confidential", "The fields of this letter are"]),
        ("It is {findings} that decide.", ["{findings} is a passage"]),
        ("A stray { brace.", ["Remove the single brace"]),
        ("**Strong without an end.", ["nothing ends them"]),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_what_is_wrong(
    added: str, said: list[str], cast: dict[str, User], denied: Journey
) -> None:
    with pytest.raises(Incomplete) as refused:
        write_template("denial", text=another("denial", added), why=WHY, by=cast["legal"], at=denied.at)
    found = " ".join(refused.value.fields["text"])
    for sentence in said:
        assert sentence in found
    assert not LetterTemplate.objects.exists()


def test_what_a_kind_has_to_say_stays_in_its_template(cast: dict[str, User], denied: Journey) -> None:
    text = another("denial").replace("{reason_codes}", "")
    with pytest.raises(Incomplete, match=r"must say \{reason_codes\}"):
        write_template("denial", text=text, why=WHY, by=cast["legal"], at=denied.at)
    with pytest.raises(Incomplete, match="already in force"):
        write_template("denial", text=shipped_words("denial"), why=WHY, by=cast["legal"], at=denied.at)
    with pytest.raises(NotPermitted):
        write_template("denial", text=another("denial"), why=WHY, by=cast["admin"], at=denied.at)


def test_a_preview_has_the_facts_of_a_real_case_and_no_address(denied: Journey, cast: dict[str, User]) -> None:
    count = Letter.objects.count()
    how = {"text": another("denial"), "by": cast["legal"], "at": denied.at}
    said = pdf_text(preview("denial", reference=str(denied.petition.reference), **how))
    for wanted in (SENTENCE, str(denied.petition.reference), "A domestic source exists.", "Not issued"):
        assert wanted in said, wanted
    assert "Orchard Lane" not in said
    assert Letter.objects.count() == count
    with pytest.raises(Incomplete, match=f"Cases that did: {denied.petition.reference}"):
        preview("denial", reference="USTR-2019-0005-999999", **how)


def test_counsel_and_the_signatory_do_it_on_the_pages(
    denied: Journey, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    clock.move_to(denied.at)
    counsel, signatory = client_of(cast["legal"]), client_of(cast["signatory"])
    page = reverse("letter-template", args=["denial"])
    assert page in counsel.get(reverse("letter-templates")).content.decode()
    refused = counsel.post(page, {"text": another("denial", "Dear {banana},"), "why": WHY})
    assert refused.status_code == 422
    assert "Dear {banana}," in refused.content.decode(), "what was typed is there"
    sent = {"text": another("denial"), "reference": denied.petition.reference, "action": "preview"}
    shown = counsel.post(page, sent)
    assert (shown["Content-Type"], shown.content[:5]) == ("application/pdf", b"%PDF-")
    kept = counsel.post(page, {"text": another("denial"), "why": WHY}, follow=True)
    assert f"<ins>{SENTENCE}</ins>" in kept.content.decode()
    version = kept.redirect_chain[-1][0]
    previewed = counsel.post(f"{version}preview/", {"reference": denied.petition.reference})
    assert previewed["Content-Type"] == "application/pdf"
    proposed = counsel.post(version, {"reason": WHY}, follow=True)
    signatory.post(proposed.redirect_chain[-1][0], {"answer": "confirm"})
    assert LetterTemplate.objects.get().in_force_at is not None
    assert "Version 1, from" in counsel.get(reverse("letter-templates")).content.decode()


def test_letters_that_could_not_be_set_are_counted_and_tried_again(
    petition_in: Callable[[Status], Petition], cast: dict[str, User], client_of: ClientOf
) -> None:
    letter = petition_in(Status.POSTED).letters.get(kind="posted")
    letter.pending.attempts = 5
    letter.pending.save()
    counsel = client_of(cast["legal"])
    assert "(1 failed)" in counsel.get(reverse("letter-templates")).content.decode()
    counsel.post(reverse("letter-templates"))
    letter.refresh_from_db()
    assert letter.sha256
