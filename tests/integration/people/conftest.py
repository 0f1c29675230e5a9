"""Somebody who is signed in, and whose address is confirmed: most pages of one's own account need nobody else."""

import pytest
from django.test import Client

from exclusions.models import User
from tests.factories.people import make_person


@pytest.fixture
def person(db: None) -> User:
    return make_person("Wanda Watcher")


@pytest.fixture
def browser(person: User) -> Client:
    """Return a client in which the person is signed in."""
    client = Client()
    client.force_login(person)
    return client
