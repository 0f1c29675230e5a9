"""Who files for a number is told of the requester's other petitions for it, but of none that it may not read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.models import Organization, Petition, Round, User
from exclusions.permissions.filing import remarks
from tests.conftest import Clock
from tests.factories.answers import filer_answers

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
Begin = Callable[..., Petition]


@pytest.fixture
def begin(meadowlark: Organization, list3: Round, clock: Clock) -> Begin:
    """Begin a draft of one product for Meadowlark."""

    def started(by: User, **more: object) -> Petition:
        answers = filer_answers()
        return petitions.start(round=list3, organization=meadowlark, by=by, at=clock.now, answers=answers, **more)  # type: ignore[arg-type]

    return started


@pytest.fixture
def named(client_of: SignIn, clock: Clock) -> Callable[[User, Petition], set[str]]:
    """Return the keys of the petitions that the page of the check names to a person, and who is warned of one."""

    def read(by: User, petition: Petition) -> set[str]:
        page = client_of(by).get(reverse("petition-check", args=[petition.pk])).content.decode()
        assert ("You may have filed this petition already" in page) == warned(petition, clock)
        return {str(one.pk) for one in Petition.objects.exclude(pk=petition.pk) if str(one.pk) in page}

    return read


def warned(petition: Petition, clock: Clock) -> bool:
    """Return whether the checks say that the requester already asked for the product."""
    said = remarks(petition, petition.versions.get().answers, clock.now)
    return any("The requester already asked for" in one.message for one in said)


def test_the_requester_reads_of_all_its_petitions_and_a_firm_of_those_that_it_files(
    importer: User, filer: User, begin: Begin, named: Callable[[User, Petition], set[str]]
) -> None:
    firm = Organization.objects.get(memberships__user=filer)
    own = begin(importer)
    first = begin(filer, filer_organization=firm)
    assert named(filer, first) == set()
    assert named(importer, own) == {str(first.pk)}
    second = begin(filer, filer_organization=firm)
    assert named(filer, first) == {str(second.pk)}
    assert named(importer, own) == {str(first.pk), str(second.pk)}


def test_who_writes_down_a_petition_on_request_does_not_read_of_the_requesters_drafts(
    importer: User, intake: User, begin: Begin, named: Callable[[User, Petition], set[str]]
) -> None:
    begin(importer)
    written = begin(intake, assisted_request="Letter of July 1, 2019")
    assert named(intake, written) == set()
    other = begin(intake, assisted_request="Letter of July 2, 2019")
    assert named(intake, written) == {str(other.pk)}


def test_what_a_requester_only_drafts_is_not_filled_in_for_a_clerk(
    importer: User, intake: User, begin: Begin, filed: Petition
) -> None:
    draft = begin(importer).versions.get()
    draft.answers = {**draft.answers, "requester_city": "Unsaid City"}
    draft.saved_at += timedelta(hours=1)
    draft.save()
    written = petitions.start(
        round=filed.round, organization=filed.organization, by=intake, at=draft.saved_at, assisted_request="Letter"
    )
    certified = filed.versions.get().answers
    assert written.versions.get().answers["requester_city"] == certified["requester_city"]
