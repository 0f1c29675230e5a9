"""GET /api/v1/questionnaires/{key}/: the forms as data for programs."""

import pytest
from django.test import Client

from exclusions import questionnaires


@pytest.mark.parametrize("key", questionnaires.KEYS)
def test_every_form_is_served_as_data(client: Client, key: str) -> None:
    answer = client.get(f"/api/v1/questionnaires/{key}/")
    assert answer.status_code == 200
    assert answer.json() == questionnaires.get(key).schema()


def test_types_conditions_and_visibility_are_told(client: Client) -> None:
    questions = {q["key"]: q for q in client.get("/api/v1/questionnaires/petition-2019-4a/").json()["questions"]}
    assert questions["hts10"]["kind"] == "hts10"
    assert questions["hts10"]["required"] is True
    assert questions["purchases"]["visibility"] == "confidential"
    assert questions["adcvd_cases"]["shown_if"] == {"is": {"key": "adcvd", "value": "yes"}}
    required_if = questions["available_us_explanation"]["required_if"]
    assert required_if == {"one_of": {"key": "available_us", "values": ["no", "unsure"]}}


def test_a_program_may_name_the_periods_of_its_round(client: Client) -> None:
    answer = client.get("/api/v1/questionnaires/petition-2019/", {"periods": "2024,2025,2026-H1"})
    purchases = next(q for q in answer.json()["questions"] if q["key"] == "purchases")
    assert [period["key"] for period in purchases["periods"]] == ["2024", "2025", "2026-H1"]


def test_an_unreadable_period_is_a_problem_in_a_sentence(client: Client) -> None:
    answer = client.get("/api/v1/questionnaires/petition-2019/", {"periods": "2024,soon"})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert "is not a period" in answer.json()["detail"]


@pytest.mark.django_db
def test_an_unknown_form_is_not_there_and_the_keys_are_offered(client: Client) -> None:
    answer = client.get("/api/v1/questionnaires/petition-1999/")
    assert answer.status_code == 404
    assert "petition-2019-4a" in answer.json()["detail"]
