"""Two petitions of a sheet have one stored content: what happens to the file of one does not reach the other's."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing.petitions import submit
from exclusions.actions.record import quarantine
from exclusions.actions.record.files import Upload
from exclusions.actions.record.orphans import remove_orphans
from exclusions.actions.review.intake import post_petition
from exclusions.models import BulkSheet, Document, Petition, User
from exclusions.workflow.public_things import Kind, key_of
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED
from tests.factories.files import pdf
from tests.factories.importer.bulk_sheets import table_of, taken_in
from tests.factories.importer.zips import sent
from tests.integration.importer.bulk_sheets.test_sheet_documents import drafted, files_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.both_databases("Stored content is erased after a commit, where no other row names it."),
]


@pytest.fixture
def posted(sheet: BulkSheet, importer: User, cast: dict[str, User], clock: Clock) -> list[Petition]:
    """Return two posted petitions of a sheet that name one file."""
    taken_in(sheet, table_of(sheet.round, {"public_documents": "plan.pdf"}, {"public_documents": "plan.pdf"}), importer,
             clock.now)  # fmt: skip
    both = drafted(sent(sheet, {"plan.pdf": pdf("A plan.")}, importer, clock.now), importer, clock.now)
    for petition in both:
        submit(petition, by=importer, at=clock.now, certified=CERTIFIED)
        post_petition(petition, screened=True, by=cast["intake"], at=clock.now)
        petition.refresh_from_db()
    assert len({files_of(petition)[0].storage_key for petition in both}) == 1
    return both


def served(petition: Petition, document: Document) -> int:
    """Return with which status anybody gets a file."""
    cache.clear()
    answer = Client().get(reverse("docket-document", args=[petition.reference, document.pk]))
    if answer.status_code == 200:
        assert b"".join(answer)
    return answer.status_code


def test_a_file_taken_down_in_one_petition_stays_public_in_the_other(
    posted: list[Petition], cast: dict[str, User], clock: Clock
) -> None:
    first, second = posted
    plan, other = files_of(first)[0], files_of(second)[0]
    assert [served(first, plan), served(second, other)] == [200, 200]
    taken = quarantine.take_down(
        first, key_of(Kind.DOCUMENT, plan.pk), reason="It names a person.", by=cast["intake"], at=clock.now
    )
    assert [served(first, plan), served(second, other)] == [410, 200]
    new = quarantine.replace_document(taken, Upload("plan.pdf", pdf("Another plan.")), by=first.filed_by, at=clock.now)
    assert list(remove_orphans(at=clock.now + timedelta(days=36_500))) == []
    assert [served(first, plan), served(first, new), served(second, other)] == [410, 404, 200]
    waiting = first.quarantines.get(document=new)
    quarantine.restore(waiting, by=cast["intake"], at=clock.now)
    assert [served(first, plan), served(first, new), served(second, other)] == [410, 200, 200]
