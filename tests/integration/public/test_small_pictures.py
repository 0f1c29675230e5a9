"""A photograph goes out as a small picture: posted with its file, taken down with it, and made for what was there."""

import io
import random
import re
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from exclusions.actions.filing.documents import Upload, attach
from exclusions.actions.filing.petitions import delete_draft
from exclusions.actions.filing.small_pictures import make_thumbnails
from exclusions.actions.record.quarantine import replace_document, restore, take_down
from exclusions.gateways.documents.object_store import read_file
from exclusions.gateways.documents.parsing import thumbnail_of
from exclusions.gateways.documents.thumbnails import LONG_SIDE, MOST_BYTES
from exclusions.models import Document, Petition, PublicDocument, PublicDownload, Quarantine, User
from exclusions.queries.record.orphans import is_named
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.public_things import Kind, key_of
from tests.conftest import Clock
from tests.factories.answered import FileOf, answer_petition
from tests.factories.petitions import Journey
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def noise(width: int, height: int) -> bytes:
    """Return a PNG of random pixels: no picture is larger for its size."""
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), random.Random(7).randbytes(3 * width * height)).save(
        out, "PNG", compress_level=0
    )
    return out.getvalue()


def lying_photograph() -> bytes:
    """Return a JPEG of 900 x 300 pixels that its EXIF data turns upright, and that names its author."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Wanda Whisper"
    Image.new("RGB", (900, 300), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def bomb() -> bytes:
    """Return a small PNG that claims 20,000 x 20,000 pixels."""
    head = b"\x4e\x20".rjust(4, b"\0") * 2 + b"\x08\x02\0\0\0"

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def posted(journey: Callable[..., Journey], by: User, name: str, data: bytes) -> tuple[Petition, Document]:
    case = journey()
    document = attach(case.petition, "public_documents", Upload(name, data), by=by, at=case.at)
    case.take("submit", "post")
    return case.petition, document


def fetch(client: Client, address: str) -> tuple[int, str, str, int]:
    """Return status, content type, cache rule and length of what an address sends."""
    answer = client.get(address)
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    answer.close()
    return answer.status_code, answer["Content-Type"], answer.headers.get("Cache-Control", ""), len(sent)


def pictures(client: Client, petition: Petition) -> list[str]:
    """Return the addresses of the pictures that the petition's page shows."""
    page = client.get(reverse("docket-petition", args=[petition.reference])).content.decode()
    return re.findall(r'<img\s+src="([^"]*/documents/[^"]*)"', page)


def test_the_page_sends_less_than_a_hundred_kilobytes_for_a_photograph_of_thirty_megabytes(
    client: Client, journey: Callable[..., Journey], importer: User
) -> None:
    data = noise(3_200, 3_200)
    assert len(data) > 30_000_000
    petition, document = posted(journey, importer, "pump.png", data)
    (address,) = pictures(client, petition)
    status, kind, cached, length = fetch(client, address)
    assert (status, kind, cached) == (200, "image/jpeg", "no-store")
    assert length <= MOST_BYTES
    assert not PublicDownload.objects.exists(), "who reads a page fetches no file"
    page = " ".join(client.get(reverse("docket-petition", args=[petition.reference])).content.decode().split())
    assert f'width="{LONG_SIDE}" height="{LONG_SIDE}"' in page
    whole = reverse("docket-document", args=[petition.reference, document.pk])
    assert f'href="{whole}"' in page
    assert fetch(client, whole)[1] == "image/png"


def test_a_small_picture_stands_upright_and_names_nobody(journey: Callable[..., Journey], importer: User) -> None:
    _, document = posted(journey, importer, "pump.jpg", lying_photograph())
    small = read_file(document.thumbnail_key)
    with Image.open(io.BytesIO(small)) as image:
        assert image.size == (document.thumbnail_width, document.thumbnail_height) == (213, 640)
        assert not image.getexif()
    assert b"Wanda" not in small


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_has_a_small_picture(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (1_000, 10)).save(out, "PNG")
    assert thumbnail_of("a.png", out)[1:] == (640, 6)


@pytest.mark.parametrize("data", [b"", b"no picture", bomb(), lying_photograph()[:300]])
def test_what_cannot_be_opened_or_claims_too_many_pixels_has_none(data: bytes) -> None:
    assert thumbnail_of("a.png", io.BytesIO(data)) == (b"", 0, 0)


def test_a_small_picture_goes_and_comes_with_its_file(
    client: Client, journey: Callable[..., Journey], importer: User, cast: dict[str, User]
) -> None:
    petition, document = posted(journey, importer, "pump.png", noise(700, 10))
    (address,) = pictures(client, petition)
    petition.refresh_from_db()
    at = petition.posted_at
    assert at is not None
    taken = take_down(
        petition, key_of(Kind.DOCUMENT, document.pk), by=cast["intake"], at=at, reason="It names a buyer."
    )
    assert pictures(client, petition) == []
    assert fetch(client, address)[0] == 410
    new = replace_document(taken, Upload("other.png", noise(720, 20)), by=importer, at=at)
    assert fetch(client, address)[0] == 410
    restore(Quarantine.objects.get(document=new), by=cast["intake"], at=at)
    (address,) = pictures(client, petition)
    assert str(new.pk) in address
    assert fetch(client, address)[0] == 200
    assert not [line for line in breaks() if "picture" in line]


def test_photographs_of_earlier_versions_get_theirs_by_the_clock(
    client: Client, journey: Callable[..., Journey], importer: User
) -> None:
    petition, document = posted(journey, importer, "pump.png", noise(700, 10))
    for model, rows in ((Document, {"pk": document.pk}), (PublicDocument, {"key": document.pk})):
        model.objects.filter(**rows).update(thumbnail_key="", thumbnail_width=None, thumbnail_height=None)
    assert pictures(client, petition) == []
    call_command("run_clock", verbosity=0)
    assert len(pictures(client, petition)) == 1
    assert make_thumbnails() == 0
    assert not [line for line in breaks() if "picture" in line]


def test_responses_and_replies_have_theirs(world: World, cast: dict[str, User], clock: Clock) -> None:
    files = answer_petition(world.posted, cast, clock.now)
    kinds = {FileOf("response", "public", "posted"), FileOf("reply", "public")}
    for kind in kinds:
        document = files[kind]
        stored = Path(settings.STORAGE_URL.removeprefix("file://"))
        next(stored.rglob(document.storage_key)).write_bytes(noise(700, 10))
        Document.objects.filter(pk=document.pk).update(content_type="image/png")
        PublicDocument.objects.filter(key=document.pk).update(content_type="image/png")
    assert make_thumbnails() == 2
    assert PublicDocument.objects.exclude(thumbnail_key="").count() == 2


def test_a_deleted_draft_and_a_sweep_leave_no_small_picture(
    journey: Callable[..., Journey],
    importer: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    case = journey()
    kept = attach(case.petition, "public_documents", Upload("pump.png", noise(700, 10)), by=importer, at=case.at)
    assert is_named(kept.thumbnail_key)
    call_command("sweep_files", remove=True, verbosity=0)
    stored = Path(settings.STORAGE_URL.removeprefix("file://"))
    assert next(stored.rglob(kept.thumbnail_key))
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(case.petition, by=importer, at=case.at + timedelta(minutes=1))
    assert not list(stored.rglob(kept.thumbnail_key))


def test_the_record_is_not_whole_without_a_small_picture(journey: Callable[..., Journey], importer: User) -> None:
    _, document = posted(journey, importer, "pump.png", noise(700, 10))
    lost = f"The small picture of the document {document.pk} is not in the store."
    assert lost not in breaks()
    stored = Path(settings.STORAGE_URL.removeprefix("file://"))
    next(stored.rglob(document.thumbnail_key)).unlink()
    assert lost in breaks()
