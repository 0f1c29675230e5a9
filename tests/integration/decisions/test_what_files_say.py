"""What a file says in public, its name included, and what of an answer is nobody's secret because it is said anyhow."""

from collections.abc import Callable

import pytest

from exclusions.actions.filing import documents, responses
from exclusions.actions.filing.documents import Upload
from exclusions.checks.confidential.spellings import LONG
from exclusions.facts.forms import petition_form, response_form
from exclusions.gateways.documents.object_store import delete_file
from exclusions.gateways.documents.text_parts import BODY
from exclusions.gateways.spreadsheet import workbook
from exclusions.models import Document, Round, User
from exclusions.permissions.case_secrets import case_secrets, own_secrets
from exclusions.permissions.filing import judged_files
from exclusions.permissions.given import given_in_response
from exclusions.permissions.leaks import (
    JudgedFiles,
    Said,
    certified_answers,
    judge_files,
    judge_names,
    names_as_secrets,
    said_by,
    sealed_answers,
    still_judged,
)
from exclusions.permissions.screening import Waiting, answer_parts, file_parts
from exclusions.questionnaires import Kind
from tests.factories.answers import SECRETS, petition_answers
from tests.factories.cast import Responder
from tests.factories.petitions import Journey
from tests.factories.world import pdf, response_answers, token_of

pytestmark = pytest.mark.django_db
SECRET = "Eleven thousand four hundred slabs of Rockland stone a month"
NAME = "Rockland ledger of kilns"
PASSAGE = f"{SECRET} leave the second quarry by rail from the siding behind the old mill"


def attached(case: Journey, upload: Upload, question: str = "public_documents") -> Document:
    """Return a file of a petition that is not filed yet."""
    return documents.attach(case.petition, question, upload, by=case.cast["importer"], at=case.at)


@pytest.mark.parametrize("kept", [True, False])
def test_a_file_says_its_name_whether_its_text_can_be_read_or_not(journey: Callable[..., Journey], kept: bool) -> None:
    file = attached(journey(), Upload("price_list_2018.csv", b"slab,price\n"))
    name = ("name", "price list 2018.csv")
    if kept:
        assert said_by(file) == Said([name, (BODY, "slab,price\n")], True)
    else:
        delete_file(file.text_key)
        assert said_by(file) == Said([name], False)


def test_a_plain_text_is_one_part_whatever_it_holds_and_a_sheet_has_many(journey: Callable[..., Journey]) -> None:
    case = journey()
    words = "\fFirst\none\fSecond\ntwo"
    file = attached(case, Upload("notes.txt", words.encode()))
    sheet = attached(case, Upload("sheet.xlsx", workbook("Slabs", ["Length"], [["3 m"]])))
    assert file.text_key == file.storage_key
    assert sheet.text_key != sheet.storage_key
    assert said_by(file).parts[1:] == [(BODY, words)]
    assert "3 m" in " ".join(text for _, text in said_by(sheet).parts)
    assert not any("\f" in text for _, text in said_by(sheet).parts)


def test_each_file_that_repeats_a_value_is_told_of(journey: Callable[..., Journey]) -> None:
    case = journey()
    files = [attached(case, Upload(f"{name}.txt", f"{name}: {SECRET}".encode())) for name in ("first", "second")]
    answers = petition_answers() | {"sourcing_attempts": SECRET}
    hits = judge_files(petition_form(case.petition.round), answers, files).hits
    assert [hit.document.file_name for hit in hits] == ["first.txt", "second.txt"]


def test_the_name_of_a_confidential_file_is_a_secret_unless_it_is_that_of_its_question() -> None:
    files = [("capacity", "capacity.pdf"), ("capacity", "Rockland No. 2 prices.pdf"), ("plan", "capacity")]
    assert [secret.value for secret in names_as_secrets(files)] == ["Rockland No. 2 prices", "capacity"]


def test_the_names_of_files_that_a_row_of_a_sheet_names_are_looked_through_alone(list3: Round) -> None:
    form, answers = petition_form(list3), petition_answers()
    own = str(answers["org_legal_name"])
    names = {
        Document.Visibility.CONFIDENTIAL: [NAME, own],
        Document.Visibility.PUBLIC: [f"The_{NAME.replace(' ', '_')}, 2018", f"{NAME} again", own, "Slabs"],
    }
    files = [
        Document(question_key=f"{kind}_documents", visibility=kind, file_name=f"{name}.pdf")
        for kind, those in names.items()
        for name in those
    ]
    judged = judge_names(form, answers, files)
    (hit,) = judged.hits
    assert (hit.document.file_name, hit.hit.secret.value, hit.part) == (f"{NAME} again.pdf", NAME, "name")
    assert judged.unread == []
    assert still_judged(form, answers, files, judged) is judged
    assert judge_names(form, answers, files[2:]).hits == []


def test_what_holds_confidential_matter_says_none_of_it_where_a_program_prints_it(
    journey: Callable[..., Journey],
) -> None:
    """Tracebacks and logs print what a variable holds; not the long public texts beside it either."""
    case = journey()
    answers = petition_answers() | {"sourcing_attempts": SECRET}
    files = [attached(case, Upload("plan.txt", SECRET.encode()))]
    petition = case.take("submit", "post")
    sent = response_answers(Responder())
    given = responses.respond(reference=str(petition.reference), answers=sent, by=None, at=case.at)
    responses.confirm_response(token=token_of(given), at=case.at)
    judged = judge_files(petition_form(petition.round), answers, files)
    assert judged.hits
    holding = (judged, said_by(files[0]), own_secrets(petition), case_secrets(petition), Waiting("x", [("x", SECRET)]))
    for value in (SECRET, sent["responder_phone"], *SECRETS, petition_answers()["product_name"]):
        for one in holding:
            assert value not in repr(one)


def test_what_a_responder_says_in_public_itself_is_no_secret_but_a_passage_stays_one(list3: Round) -> None:
    form = response_form(list3)
    files = [("confidential_documents", f"{name}.pdf") for name in (NAME, PASSAGE)]

    def secrets(explanation: str) -> set[str]:
        answers = response_answers(Responder(), explanation=explanation)
        return {secret.value for secret in given_in_response(form, answers, files)} & {NAME, PASSAGE}

    assert secrets("We make slabs.") == {NAME, PASSAGE}
    assert secrets(f"All know of the {NAME}.") == {PASSAGE}
    assert secrets(f"All know that {PASSAGE}.") == {NAME, PASSAGE}


@pytest.mark.parametrize("count", [LONG - 1, LONG])
def test_a_passage_begins_at_twelve_words(list3: Round, count: int) -> None:
    value = " ".join(PASSAGE.split()[:count])
    answers = response_answers(Responder(), explanation=f"All know that {value}.")
    found = given_in_response(response_form(list3), answers, [("confidential_documents", f"{value}.pdf")])
    assert (value in {secret.value for secret in found}) == (count == LONG == 12)


def test_only_what_was_certified_tells_of_a_petition(journey: Callable[..., Journey]) -> None:
    case = journey()
    assert own_secrets(case.petition).told == case_secrets(case.petition).told == ""
    petition = case.take("submit")
    assert petition_answers()["product_name"] in own_secrets(petition).told
    assert petition_answers()["product_name"] in case_secrets(petition).told


def test_files_and_what_is_public_of_everybody_are_no_words_to_be_looked_through(list3: Round) -> None:
    form = petition_form(list3)
    answers = petition_answers() | {"public_documents": ["plan.pdf"]}
    labels = {question.key: question.label for question in form.questions}
    said = {label for label, _ in answer_parts(form, answers)}
    assert labels["product_name"] in said
    assert not said & {question.label for question in form.questions if question.kind is Kind.FILES}
    assert not said & {labels[key] for key in ("org_legal_name", "hts10") if key in labels}


def test_only_public_files_that_are_still_there_say_something(journey: Callable[..., Journey], importer: User) -> None:
    case = journey()
    public = attached(case, Upload("plan.pdf", pdf("Plan")))
    hidden = attached(case, Upload("prices.pdf", pdf("Prices")), "confidential_documents")
    gone = attached(case, Upload("gone.pdf", pdf("Gone")))
    gone.removed_at = case.at
    assert hidden.visibility == Document.Visibility.CONFIDENTIAL
    found = file_parts([public, hidden, gone])
    assert {where.partition(",")[0] for where, _ in found} == {"plan.pdf"}


def test_a_petition_without_files_gives_nothing_away_in_them(journey: Callable[..., Journey]) -> None:
    assert judged_files(journey().petition) == JudgedFiles([], [], None)


def test_what_was_certified_of_a_petition_is_nothing_until_it_is_filed(journey: Callable[..., Journey]) -> None:
    case = journey()
    form = petition_form(case.petition.round)
    assert sealed_answers(case.petition) == {}
    assert not any(certified_answers(case.petition, form).values())
    petition = case.take("submit")
    assert sealed_answers(petition)["product_name"] == petition_answers()["product_name"]
    assert certified_answers(petition, form)["product_name"] == petition_answers()["product_name"]


def test_a_responder_may_say_what_it_gave_itself(journey: Callable[..., Journey]) -> None:
    case = journey()
    petition = case.take("submit", "post")
    sent = response_answers(Responder())
    given = responses.respond(reference=str(petition.reference), answers=sent, by=None, at=case.at)
    responses.confirm_response(token=token_of(given), at=case.at)
    secrets, said = case_secrets(petition), f"Call {sent['responder_phone']}."
    assert [hit.secret.value for hit in secrets.hits_in(said)] == [sent["responder_phone"]]
    assert [hit.secret.value for hit in secrets.hits_in(said, but="another")] == [sent["responder_phone"]]
    assert secrets.hits_in(said, but=str(given.pk)) == secrets.of_responders(said, but=str(given.pk)) == []
    assert secrets.on_own_page(said) == secrets.hits_in(said)
    assert sent["responder_phone"] in {secret.value for secret in secrets.not_public()}
