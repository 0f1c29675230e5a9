"""What programs ask every site for: what they may read, and its icon."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# Pages of people and of the staff, and lists that go on by a cursor: a robot has the map instead.
CLOSED = ("petitions", "review", "account_login", "account_signup", "admin:index")


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Say which pages no robot needs, and where the map of the others is (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {reverse(name)}" for name in CLOSED)]
    lines += [f"Disallow: {reverse(name)}?" for name in ("docket", "exclusions", "tariff")]
    lines += ["", f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=86_400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Give the icon to those who ask for it without having read a page."""
    return HttpResponse((settings.BASE_DIR / "static/img/favicon.ico").read_bytes(), content_type="image/x-icon")
