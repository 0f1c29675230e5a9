"""Where to report a weakness: the file that finders look for (RFC 9116), and what they are promised."""

from datetime import UTC, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from exclusions.views.core.clock import moment

GOOD_FOR = timedelta(days=180)  # RFC 9116, 2.5.5: less than a year; it is served anew at each request
PLAIN = "text/plain; charset=utf-8"


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to write to, until when that holds, and where the policy is."""
    day = moment(request).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    fields = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": (day + GOOD_FOR).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "en",
        "Canonical": settings.BASE_URL + reverse("security-txt"),
        "Policy": settings.BASE_URL + reverse("security-policy"),
    }
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return HttpResponse(lines, content_type=PLAIN)


@require_safe
def security_policy(request: HttpRequest) -> HttpResponse:
    """Serve SECURITY.md: how to report, what is promised, and how each requirement of the standard stands."""
    return HttpResponse((settings.BASE_DIR / "SECURITY.md").read_bytes(), content_type=PLAIN)
