"""A large upload while it is read, and who may ask a probe."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

MEGABYTES = b"x" * 3_000_000


def test_a_large_upload_has_no_name_that_a_kill_could_leave_behind(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("spec.pdf", MEGABYTES)})
    file = request.FILES["file"]
    assert (file.name, file.size) == ("spec.pdf", len(MEGABYTES))
    assert list(tmp_path.iterdir()) == []
    assert b"".join(file.chunks()) == MEGABYTES
    file.close()


@pytest.mark.django_db
def test_a_probe_is_answered_without_https_and_a_page_is_not(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert [Client().get(f"/health/{name}").status_code for name in ("live", "ready")] == [200, 200]
    assert [Client().get(path).status_code for path in ("/", "/health/live/more")] == [301, 301]
