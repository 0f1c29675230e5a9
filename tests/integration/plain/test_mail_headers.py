"""Every mail says that a program wrote it (RFC 3834), so that no absence note answers and no two programs write on."""

from pathlib import Path
from typing import Any

import allauth
import pytest
from django.contrib.sites.requests import RequestSite
from django.test import RequestFactory
from django.utils import timezone

from exclusions.actions.record.notifications import as_email
from exclusions.models import Notification
from exclusions.views.core.sign_in import SignInAdapter
from tests.architecture.source import product
from tests.conftest import PROJECT

KINDS = sorted(path.stem for path in (PROJECT / "templates" / "email").glob("*.txt"))
LIBRARY = Path(allauth.__file__).parent / "templates"
LIBRARY_KINDS = sorted(
    str(path.relative_to(LIBRARY)).removesuffix("_message.txt") for path in LIBRARY.glob("*/email/*_message.txt")
)


@pytest.mark.parametrize("kind", KINDS)
def test_mail_of_the_outbox_says_so(kind: str) -> None:
    context: dict[str, Any] = {"stop": "https://example.test/stop"}
    message = Notification(to="a@example.test", template=kind, subject="S", context=context, created_at=timezone.now())
    headers = as_email(message).message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"]


def test_what_one_mail_adds_no_other_carries() -> None:
    as_email(Notification(to="a@example.test", template="general", subject="S", context={"stop": "https://s.test/"}))
    plain = as_email(Notification(to="a@example.test", template="general", subject="S", context={})).message()
    assert plain["List-Unsubscribe"] is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in LIBRARY_KINDS if not kind.endswith("base")])
def test_mail_of_the_account_library_says_so(kind: str, rf: RequestFactory) -> None:
    request = rf.get("/")
    facts = {"request": request, "current_site": RequestSite(request), "code": "1", "email": "a@b.test"}
    headers = SignInAdapter(request).render_mail(kind, "a@example.test", facts).message()
    assert headers["Auto-Submitted"] == "auto-generated"


def test_mail_is_made_in_these_two_places_alone() -> None:
    makers = {
        source.name
        for source in product()
        if "django.core.mail" in " ".join(source.imports.values()) and "EmailMessage(" in source.text
    }
    assert makers == {"exclusions.actions.record.notifications"}
