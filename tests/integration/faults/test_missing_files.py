"""A file that is on record and not in the store: every door that gives files says so in a sentence, and the log too."""

import inspect
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import FileField
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from exclusions.gateways.documents.object_store import delete_file, storages
from exclusions.models import Document, Letter, User
from tests.conftest import Clock
from tests.factories.answered import answer_petition
from tests.factories.cast import SignedIn
from tests.factories.world import World

pytestmark = pytest.mark.django_db
GIVERS = {"send_file", "send_letter"}
ABOUT_FILES = ("object_store", "FileResponse", "default_storage", "storages")
Door = tuple[str, str | None, Document | Letter, list[Any]]


def views(found: list[URLPattern | URLResolver]) -> Iterator[tuple[str, Any]]:
    for item in found:
        if isinstance(item, URLResolver):
            yield from views(item.url_patterns)
        else:
            yield item.name or "", inspect.unwrap(item.callback)


@pytest.fixture
def doors(world: World, cast: dict[str, User], clock: Clock) -> list[Door]:
    """Return each address that gives a file, as whom it is asked, and the row of the file."""
    public, posted = world.public_file, world.posted
    at_case = answer_petition(posted, cast, clock.now)
    seen: list[Door] = [
        ("docket-document", None, public, [posted.reference, public.pk]),
        ("petition-document", "filer", public, [posted.pk, public.pk]),
        ("petition-document", "filer", world.secret_file, [posted.pk, world.secret_file.pk]),
        ("petition-document", "filer", world.draft_file, [world.draft.pk, world.draft_file.pk]),
        ("petition-letter", "filer", world.letter, [world.denied.pk, world.letter.code]),
        ("case-letter", "legal", world.letter, [world.denied.reference, world.letter.code]),
    ]
    for kind, file in at_case.items():
        if kind.status != "unconfirmed":
            seen.append(("case-document", "intake", file, [posted.reference, file.pk]))
        if kind.visibility == "public" and (kind.home == "reply" or kind.status == "posted"):
            seen.append(("docket-document", None, file, [posted.reference, file.pk]))
    return seen


def test_every_door_says_that_the_file_cannot_be_found_and_the_log_says_which(
    doors: list[Door], cast: dict[str, User], caplog: pytest.LogCaptureFixture
) -> None:
    given = {name for name, view in views(get_resolver().url_patterns) if GIVERS & {*view_names(view)}}
    assert given == {name for name, *_ in doors}, "an address that gives files has no row here"
    for key in {row.storage_key for _, _, row, _ in doors}:
        assert storages["files"].exists(key)
        delete_file(key)
    for name, who, row, arguments in doors:
        caplog.clear()
        with caplog.at_level(logging.ERROR):
            answer = SignedIn(cast[who] if who else None).get(reverse(name, args=arguments))
        page = answer.content.decode()
        assert answer.status_code == 503, (name, who)
        assert "we cannot find it at the moment" in page
        assert "We told the agency" in page
        assert "Try again later" in page
        assert "no-store" in answer["Cache-Control"]
        assert row.storage_key not in page
        (line,) = [record.getMessage() for record in caplog.records]
        assert row.storage_key in line
        secret = row.code if isinstance(row, Letter) else row.file_name
        assert secret not in line


def view_names(view: Any) -> tuple[str, ...]:
    return getattr(getattr(view, "__code__", None), "co_names", ())


def test_pages_api_and_admin_give_stored_files_by_one_module_alone() -> None:
    root = Path(settings.BASE_DIR) / "exclusions"
    found = {
        str(path.relative_to(root))
        for wing in ("views", "api", "admin")
        for path in (root / wing).rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ABOUT_FILES)
    }
    # The middleware tells a file from a stream of rows; it gives none.
    assert found == {"views/core/downloads.py", "views/core/middleware/public_reads.py"}
    ours = apps.get_app_config("exclusions").get_models(include_auto_created=True)
    assert not [field for model in ours for field in model._meta.get_fields() if isinstance(field, FileField)]
