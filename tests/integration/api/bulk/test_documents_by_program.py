"""A program sends the documents of a sheet in ZIPs, and reads what is missing, as a person does on its page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exclusions.models import BulkZip, Document, Organization, Round
from tests.factories.files import pdf
from tests.factories.importer.zips import packed
from tests.integration.api.bulk.test_bulk_by_program import begun, body_of, done, drafted
from tests.integration.api.test_own_petitions import Ask

pytestmark = pytest.mark.django_db
NAMED = {"public_documents": "plan.pdf; sizes.txt"}


def zipped(**files: bytes) -> dict[str, SimpleUploadedFile]:
    """Return what is sent: a ZIP of these files, an underscore for the dot of each name."""
    content = packed({name.replace("_", "."): content for name, content in files.items()})
    return {"zip": SimpleUploadedFile("documents.zip", content)}


def test_documents_are_sent_missed_and_attached(ask: Ask, list3: Round, meadowlark: Organization) -> None:
    address = begun(ask, body_of(list3, meadowlark, NAMED, NAMED))
    assert done(ask, address)["figures"]["wrong"] == 2
    answer = ask("POST", f"{address}documents/", zipped(plan_pdf=pdf("A plan."), more_txt=b"More."))
    assert (answer.status_code, len(answer.json()["zips"])) == (202, 1), answer.content
    done(ask, address)
    said = ask("GET", f"{address}documents/").json()
    assert (said["files"], said["checked"], said["missing"], said["unused"]) == (2, 1, 1, 1)
    assert said["missing_names"] == [{"name": "sizes.txt", "rows": 2}]
    assert said["unused_names"] == ["more.txt"]
    assert ask("POST", f"{address}documents/", zipped(sizes_txt=b"Sizes.")).status_code == 202
    assert done(ask, address)["figures"]["wrong"] == 0
    drafted(ask, address)
    assert Document.objects.count() == 4
    assert Document.objects.values("storage_key").distinct().count() == 2
    first = said["zips"][0]["id"]
    assert ask("DELETE", f"{address}documents/{first}/").status_code == 204
    assert ask("DELETE", f"{address}documents/{first}/").status_code == 404
    assert Document.objects.count() == 4


def test_a_zip_is_refused_in_the_words_of_the_page_and_taken_once_a_key(
    ask: Ask, list3: Round, meadowlark: Organization
) -> None:
    address = begun(ask, body_of(list3, meadowlark, NAMED))
    done(ask, address)
    refused = ask("POST", f"{address}documents/", {"zip": SimpleUploadedFile("a.zip", packed({"x/y.txt": b"A"}))})
    assert refused.status_code == 422
    assert "is a path or a folder" in refused.json()["errors"][0]["message"]
    for replayed in (False, True):
        answer = ask("POST", f"{address}documents/", zipped(a_txt=b"A"), **{"Idempotency-Key": "one-zip"})
        assert (answer.status_code, "Idempotent-Replayed" in answer) == (202, replayed)
    assert BulkZip.objects.count() == 1
