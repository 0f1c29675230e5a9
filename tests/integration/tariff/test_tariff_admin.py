"""The tariff in the admin: searchable, read mostly, corrections kept in the history."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.models import CoveredLine, User
from tests.factories.people import LONG_AGO
from tests.factories.tariff import LIST_1, cover, follow, make_edition, make_lists

pytestmark = pytest.mark.django_db

KEPT = ["htsedition", "tariffline", "linesuccession", "tariffaction", "coveredline"]


@pytest.fixture
def admin(client: Client) -> Client:
    """Return a browser signed in as a superuser, with one row of each kind on file."""
    make_edition(date(2026, 1, 1), ("8413810040", "Pumps"))
    cover(make_lists()["1"], "84138100", "99038801", LIST_1)
    follow("8413810010", "8413810040")
    client.force_login(User.objects.create_superuser("root@example.test", "not-a-real-password", date_joined=LONG_AGO))
    return client


@pytest.mark.parametrize("model", KEPT)
def test_lists_open_and_nothing_is_deleted(admin: Client, model: str) -> None:
    response = admin.get(reverse(f"admin:exclusions_{model}_changelist"))
    assert response.status_code == 200
    assert "delete_selected" not in response.content.decode()


@pytest.mark.parametrize("model", KEPT)
def test_what_everybody_owes_by_is_read_only(admin: Client, model: str) -> None:
    assert admin.get(reverse(f"admin:exclusions_{model}_add")).status_code == 403


@pytest.mark.parametrize(("model", "found"), [("tariffline", "8413.81.0040"), ("coveredline", "8413.81.00")])
def test_number_is_found_by_its_first_digits(admin: Client, model: str, found: str) -> None:
    page = admin.get(reverse(f"admin:exclusions_{model}_changelist"), {"q": "8413"}).content.decode()
    assert found in page
    page = admin.get(reverse(f"admin:exclusions_{model}_changelist"), {"q": "9999"}).content.decode()
    assert found not in page


def test_a_list_and_a_line_lead_to_where_two_persons_change_them(admin: Client) -> None:
    line = CoveredLine.objects.get()
    for model, key in (("coveredline", line.pk), ("tariffaction", line.action_id)):
        address = reverse(f"admin:exclusions_{model}_change", args=[key])
        assert reverse("staff-list", args=["1"]) in admin.get(address).content.decode()
        assert admin.post(address, {"valid_to": "2024-09-26", "code": "9"}).status_code == 403
        assert admin.get(reverse(f"admin:exclusions_{model}_history", args=[key])).status_code == 200


def test_filters_of_the_admin_are_named_in_words(admin: Client) -> None:
    lines, rounds = (admin.get(reverse(f"admin:exclusions_{model}_changelist")).content.decode() for model in
                     ("coveredline", "round"))  # fmt: skip
    assert "By covered" in " ".join(lines.split())
    assert "By demonstration" in " ".join(rounds.split())
    assert "is demo" not in rounds


def test_the_administration_leads_to_its_part_of_the_manual(admin: Client) -> None:
    page = admin.get(reverse("admin:index")).content.decode()
    assert reverse("staff_manual_page", args=["two-persons"]) in page
