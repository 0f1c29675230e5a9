"""Who reads a product text and an opinion on it that intake holds back: every door that shows them says the same."""

from collections.abc import Callable

import pytest

from exclusions.models import CustomsOpinion, Petition, ProductDraft, Screening, User
from exclusions.models.response import HELD_BACK
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.lists.short_worklists import draft_for_customs, drafts_for_customs, newest_of
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.factories.cast import SignedIn
from tests.factories.people import make_person
from tests.factories.petitions import TEXT

pytestmark = pytest.mark.django_db
WORDS = "This opinion is on the record."
Door = Callable[[ProductDraft, User], bool]

OF_A_CASE: dict[str, Door] = {
    "the case": lambda draft, user: draft in CasePage(draft.petition, user, draft.drafted_at).drafts,
    "the tab": lambda draft, user: TEXT[:100] in tab_of(draft, user),
}
OPINIONS_OF_A_CASE: dict[str, Door] = {
    "the case": lambda draft, user: any(
        row.opinions.all() for row in CasePage(draft.petition, user, draft.drafted_at).drafts
    ),
    "the tab": lambda draft, user: WORDS in tab_of(draft, user),
}
OF_CUSTOMS: dict[str, Door] = {
    "the list of texts": lambda draft, user: draft in drafts_for_customs(user),
    "the page of the list": lambda draft, user: f"/customs/{draft.pk}/" in page_of("/customs/", user),
    "a text": lambda draft, user: draft_for_customs(draft.pk, user, draft.drafted_at) is not None,
    "its page": lambda draft, user: TEXT[:100] in page_of(f"/customs/{draft.pk}/", user),
    "what took its place": lambda draft, user: newest_of(follows(draft).pk, user) is not None,
}
# Who works from the whole case reads all of it; others what was let through, or is their own.
READERS: dict[str, Role] = {
    "level 2": Role.REVIEWER2,
    "intake": Role.INTAKE,
    "the auditor": Role.AUDITOR,
    "the author": Role.DRAFTER,
    "another drafter": Role.DRAFTER,
    "the publisher": Role.PUBLISHER,
}
WHOLE = {"level 2", "intake", "the auditor"}


def page_of(address: str, user: User) -> str:
    """Return the words of a page, as the person sees it."""
    return SignedIn(user).get(address).content.decode()


def tab_of(draft: ProductDraft, user: User) -> str:
    """Return the tab of a case with its texts, as the person sees it."""
    return page_of(f"/review/{draft.petition.reference}/text/", user)


def follows(draft: ProductDraft) -> ProductDraft:
    """Return the text whose place the one asked about took."""
    return ProductDraft.objects.create(
        petition=draft.petition, version=draft.version - 1, text="An earlier text.", number=draft.number,
        drafted_by=draft.drafted_by, drafted_at=draft.drafted_at,
    )  # fmt: skip


def screened(outcome: str, case: Petition, **of: object) -> None:
    """Enter what intake made of a text or of an opinion; "": it was written before there were screenings."""
    Screening.objects.filter(**of).delete()
    if outcome:
        settled = {} if outcome == "waits" else {"settled_at": case.status_since, "settled_by": case.filed_by}
        reason = {"reason": "It names a supplier."} if outcome == "withheld" else {}
        Screening.objects.create(petition=case, outcome=outcome, begun_at=case.status_since, **settled, **reason, **of)


def person(reader: str, author: User) -> User:
    """Return the reader of that name."""
    return author if reader == "the author" else make_person(f"Ro {reader.title()}", role=READERS[reader])


@pytest.fixture
def draft(petition_in: Callable[[Status], Petition]) -> ProductDraft:
    """Return a text that is with Customs."""
    case = petition_in(Status.CUSTOMS)
    case = Petition.objects.select_related("round", "organization", "filer_organization", "filed_by").get(pk=case.pk)
    found: ProductDraft = case.drafts.select_related("drafted_by").get()
    found.petition = case
    return found


@pytest.mark.parametrize("outcome", ["", "through", "waits", "withheld"])
@pytest.mark.parametrize("reader", READERS)
def test_a_text_of_a_case_is_read_by_who_may(reader: str, outcome: str, draft: ProductDraft) -> None:
    screened(outcome, draft.petition, draft=draft)
    user = person(reader, draft.drafted_by)
    may = reader in WHOLE or reader == "the author" or outcome not in HELD_BACK
    assert {door: ask(draft, user) for door, ask in OF_A_CASE.items()} == dict.fromkeys(OF_A_CASE, may)


@pytest.mark.parametrize("outcome", ["", "through", "waits", "withheld"])
@pytest.mark.parametrize("reader", READERS)
def test_an_opinion_of_a_case_is_read_by_who_may(reader: str, outcome: str, draft: ProductDraft, customs: User) -> None:
    screened("through", draft.petition, draft=draft)
    opinion = CustomsOpinion.objects.create(
        draft=draft, result="misclassified", grounds=["on_its_face"], reasons=WORDS, given_by=customs,
        given_at=draft.drafted_at,
    )  # fmt: skip
    screened(outcome, draft.petition, opinion=opinion)
    user = person(reader, draft.drafted_by)
    may = reader in WHOLE or outcome not in HELD_BACK
    assert {door: ask(draft, user) for door, ask in OPINIONS_OF_A_CASE.items()} == dict.fromkeys(
        OPINIONS_OF_A_CASE, may
    )


@pytest.mark.parametrize("outcome", ["", "through", "waits", "withheld"])
@pytest.mark.parametrize("status", [Status.CUSTOMS, Status.DRAFTING, Status.COMMITTEE])
def test_customs_reads_the_text_that_waits_for_it_and_was_let_through(
    status: Status, outcome: str, draft: ProductDraft, customs: User
) -> None:
    screened(outcome, draft.petition, draft=draft)
    Petition.objects.filter(pk=draft.petition_id).update(status=status)
    may = status == Status.CUSTOMS and outcome not in HELD_BACK
    assert {door: ask(draft, customs) for door, ask in OF_CUSTOMS.items()} == dict.fromkeys(OF_CUSTOMS, may)
