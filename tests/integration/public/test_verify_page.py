"""Anyone can verify a letter by its code; the page tells public facts alone."""

from datetime import datetime

import pytest

from exclusions.days import EASTERN
from exclusions.models import Letter, PublicLetter
from tests.factories.dockets import make_posted

pytestmark = pytest.mark.django_db
POSTED = datetime(2019, 7, 8, 10, 0, tzinfo=EASTERN)


@pytest.fixture
def letter() -> Letter:
    code, at = "K7QF-2M9X-R4TD-8HWP", datetime(2019, 12, 5, 15, 0, tzinfo=EASTERN)
    petition = make_posted(POSTED)
    PublicLetter.objects.create(code=code, reference=petition.reference, kind="Denial", issued_at=at, sha256="ab" * 32)
    return Letter.objects.create(
        petition=petition, kind=Letter.Kind.DENIAL, code=code, sha256="ab" * 32, storage_key="0" * 32, issued_at=at
    )


def test_a_letter_that_was_issued_is_confirmed_with_its_facts(client, letter, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        answer = client.get(f"/verify/{letter.code}/")
    body = answer.content.decode()
    assert answer.status_code == 200
    for fact in ("Denial", "USTR-2019-0005-000001", "Thu, Dec 5, 2019", "ab" * 32):
        assert fact in body
    for private in ("Meadowlark", letter.storage_key, str(letter.petition.pk), "petra.poster"):
        assert private not in body


@pytest.mark.parametrize(
    "typed", [" k7qf-2m9x-r4td-8hwp ", "K7QF2M9XR4TD8HWP", "K7QF 2M9X R4TD 8HWP", "k7qf\u20132m9x\u2013r4td\u20138hwp"]
)
def test_a_code_is_found_as_people_type_it(client, letter, typed):
    answer = client.get("/verify/", {"code": typed}, follow=True)
    assert answer.status_code == 200
    assert "We issued this letter" in answer.content.decode()


@pytest.mark.parametrize("code", ["K7QF-2M9X-R4TD-0000", "%27--", "<b>", "x" * 300])
def test_another_code_is_not_confirmed(client, letter, code):
    answer = client.get(f"/verify/{code}/")
    assert answer.status_code == 404
    assert "No such letter" in answer.content.decode()


def test_the_first_page_asks_for_the_code(client):
    assert "Verification code" in client.get("/verify/").content.decode()
    blank = client.get("/verify/", {"code": " - "})
    assert (blank.status_code, "Enter the code as it is printed" in blank.content.decode()) == (400, True)
