"""A line to the database that the server closed: noticed without asking, and made anew."""

import pytest
from django.db import connection
from django.test import Client

from tests.waiting import eventually

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_line_that_the_server_closed_is_made_anew_before_a_page_asks_anything(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    assert connection.is_usable()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [own])
    finally:
        other.close()

    eventually(lambda: not connection.is_usable(), "the end of the line is noticed")
    connection.health_check_enabled, connection.health_check_done = True, False
    assert client.get("/docket/").status_code == 200
