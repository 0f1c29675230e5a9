"""Every page, as everybody, asked for what nobody ought to ask: no error of ours, and a sentence with every refusal.

The addresses come from the URL table, the forms from the pages themselves, so that a new page is asked without being
named here. In the bar a part of the cases is sent, the same at each run. FUZZ=20 sends twenty times as many, FUZZ=all
every one, and FUZZ_SEED=2 others: for people who want to know.
"""

import os
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from heapq import nsmallest

import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from exclusions.actions.filing import petitions
from exclusions.actions.record.notifications import deliver
from exclusions.actions.review.interests import declare
from exclusions.errors import Conflict
from exclusions.models import Petition, Round, User
from tests.factories.cast import SignedIn
from tests.factories.people import make_person
from tests.factories.who_enters import RECUSED
from tests.factories.world import World
from tests.integration.fuzz import doors
from tests.integration.fuzz.asking import Case, ask, fault
from tests.integration.fuzz.forms import forms_of

OF_ADDRESSES, OF_A_FORM = 40, 3  # cases that the bar sends: for each person, and for each form that is met first
MORE = os.environ.get("FUZZ", "1")
SEED = os.environ.get("FUZZ_SEED", "1")


def lot(*words: str) -> int:
    """Return the lot that words draw: the same in each run, whatever else there is."""
    return int.from_bytes(blake2b("|".join((SEED, *words)).encode("utf-8", "surrogatepass"), digest_size=8).digest())


def some(cases: Iterable[doors.Unmade], count: int, who: str) -> Iterator[Case]:
    """Yield as many of the cases as are sent this time: by lot, so that a new page leaves the others as they were."""
    drawn = cases if MORE == "all" else nsmallest(count * int(MORE), cases, key=lambda case: lot(who, case[0]))
    for _, make in drawn:
        yield make()


@pytest.fixture
def people(cast: dict[str, User]) -> dict[str, User]:
    """Return the cast and a reviewer who is kept from every case here."""
    recused = make_person("Rhea Recused", role="reviewer1")
    declare(user=recused, name="meadowlark infant care llc", nature="Shares", by=recused, at=timezone.now())
    return {**cast, RECUSED: recused}


def cases(client: SignedIn, world: World, who: str, met: set[tuple[str, ...]], opened: set[str]) -> Iterator[Case]:
    """Yield what one person sends; a form that somebody has tried already is tried once more."""
    places = doors.everything(world, who)
    deliver(at=timezone.now())  # or each request would send what making these left in the outbox, and undo it
    yield from some(doors.on_addresses(places), OF_ADDRESSES, who)
    # The bar reads the forms of a page as one of those to whom it opens; for people, as each of them.
    for form in doors.pages(client, places, opened if MORE == "1" else set()):
        key = (form.method, *form.names)
        yield from some(doors.on_form(form), 1 if key in met else OF_A_FORM, who)
        met.add(key)


@pytest.mark.deep("Sent on SQLite, and test_what_is_no_number_is_none_for_every_form there.", only_on="postgresql")
def test_no_request_breaks_a_page_and_every_refusal_says_why(world: World, people: dict[str, User]) -> None:
    met, opened = set[tuple[str, ...]](), set[str]()
    wrong, sent = {}, 0
    with zeal_ignore():
        for who in sorted(doors.WHO, key=lot):
            client = SignedIn(people.get(who))
            client.raise_request_exception = False
            for case in cases(client, world, who, met, opened):
                found = fault(case, ask(client, case))
                sent += 1
                if found:
                    wrong[f"{who}: {case}"] = found
    assert sent > len(doors.WHO) * OF_ADDRESSES
    assert wrong == {}


def test_the_forms_of_a_page_are_read_as_a_browser_reads_them() -> None:
    page = """<form method="post"><input name="a" value="1"><input type="checkbox" name="b"><textarea name="c">
two</textarea><select name="d"><option value="x"><option value="y" selected></select><input type="file" name="e">
<button name="f" value="go"></button></form><form action="https://elsewhere.example/"></form>"""
    (form,) = forms_of("/here/", page)
    assert (form.action, form.method, form.files) == ("/here/", "POST", ["e"])
    assert form.pairs == [("a", "1"), ("c", "two"), ("d", "y")]
    assert form.names == ["a", "b", "c", "d", "f"]


@pytest.mark.parametrize("number", ["abc", "9" * 5_000, "²", "-1", "", "\x00"])
def test_what_is_no_number_is_none_for_every_form(world: World, people: dict[str, User], number: str) -> None:
    reviewer, importer = SignedIn(people["reviewer2"]), SignedIn(people["importer"])
    assign = reverse("case-assignment", kwargs={"reference": world.level1.reference, "verb": "assign"})
    answer = reviewer.post(assign, {"to": number})
    assert answer.status_code == 403
    assert "Choose a colleague." in answer.content.decode()
    step = reverse("petition-step", kwargs={"petition_id": world.draft.pk, "step": "product"})
    assert importer.post(step, {"revision": number, "action": "save"}).status_code < 500


@pytest.mark.parametrize("key", ["9" * 30, "9" * 19, "-" + "9" * 30, "9" * 5_000, "abc"])
def test_a_round_that_is_none_is_a_sentence_at_the_form(
    world: World, people: dict[str, User], list3: Round, key: str
) -> None:
    answer = SignedIn(people["importer"]).post(reverse("petition-representation"), {"rounds": [str(list3.pk), key]})
    assert answer.status_code == 422
    assert "rounds" in answer.context["form"].errors


@pytest.mark.parametrize("key", ["=1+1", "abc", "9" * 30, "9" * 5_000, "a\x00b"])
def test_a_key_that_names_nothing_is_refused_by_the_administration(list3: Round, admin: User, key: str) -> None:
    answer = SignedIn(admin).post(reverse("admin:exclusions_interest_add"), {"user": key, "name": "A", "nature": "B"})
    assert answer.status_code in {200, 400}
    change = reverse("admin:exclusions_round_change", args=[list3.pk])
    for name in ("purchase_periods", "actions", "heading", "response_days", "term_ends_on"):
        assert SignedIn(admin).post(change, {name: key}).status_code < 500


@pytest.mark.django_db
def test_a_passkey_that_is_none_is_refused_by_the_account_library() -> None:
    for credential in ("9" * 5_000, "{", ""):
        assert SignedIn().post(reverse("mfa_login_webauthn"), {"credential": credential}).status_code < 500


def test_a_draft_that_was_deleted_while_a_page_was_open_is_a_sentence(world: World, people: dict[str, User]) -> None:
    mine, same = Petition.objects.get(pk=world.draft.pk), Petition.objects.get(pk=world.draft.pk)
    petitions.delete_draft(mine, by=people["importer"], at=timezone.now())
    with pytest.raises(Conflict, match="deleted this draft"):
        petitions.delete_draft(same, by=people["importer"], at=timezone.now())
